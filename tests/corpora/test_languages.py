"""Every file of corpora/ says which language it speaks of (corpora/languages.toml)."""

import tomllib
from typing import Any

import pytest

from corrigenda import languages, resources

SOURCES = set("ar be cs de es fr it ja ko pl pt ru tr uk vi zh".split())


def entries() -> dict[str, dict[str, Any]]:
    """The file's tables, by path."""
    return tomllib.loads(resources.path("corpora", "languages.toml").read_text(encoding="utf-8"))


def files() -> list[str]:
    """The paths of all files of corpora/."""
    folder = resources.folder("corpora")
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", files())
def test_each_file_has_one_entry(path: str) -> None:
    holding = [entry for entry in entries() if entry == path or (entry.endswith("/") and path.startswith(entry))]
    assert len(holding) == 1, f"corpora/{path} has {len(holding)} entries in corpora/languages.toml"


def test_each_entry_names_something_that_is_there_and_known_languages() -> None:
    folder = resources.folder("corpora")
    assert list(entries()) == sorted(entries())
    for path, entry in entries().items():
        assert (folder / path).is_dir() if path.endswith("/") else (folder / path).is_file(), path
        assert entry["language"] in {languages.ANY, *languages.shipped()}, path
        assert set(entry.get("source", ())) <= SOURCES, path
        assert entry.keys() <= {"language", "source"}, path
