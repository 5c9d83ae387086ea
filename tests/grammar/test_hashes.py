"""What LanguageTool is made of is known by hash before any of it runs."""

import hashlib
from pathlib import Path

import pytest

from corrigenda import resources
from corrigenda.engines.grammar.errors import UnavailableError
from corrigenda.engines.grammar.languagetool.install import hold


def test_a_jar_with_another_hash_is_refused(tmp_path: Path) -> None:
    (tmp_path / "libs").mkdir()
    jar = tmp_path / "libs" / "language-en.jar"
    jar.write_bytes(b"rules")
    listed = f"{hashlib.sha256(b'rules').hexdigest()}  libs/language-en.jar\n"
    hold(tmp_path, listed)
    jar.write_bytes(b"other rules")
    with pytest.raises(UnavailableError, match=r"libs/language-en\.jar is not the one"):
        hold(tmp_path, listed)


def test_a_jar_that_nobody_listed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "more.jar").write_bytes(b"more")
    with pytest.raises(UnavailableError, match="more"):
        hold(tmp_path, "")


def test_the_list_has_the_server_and_its_rules() -> None:
    listed = resources.path("corpora", "languagetool", "jars.sha256").read_text(encoding="utf-8")
    names = [line.split()[1] for line in listed.splitlines()]
    assert {"languagetool-server.jar", "libs/language-en.jar", "libs/languagetool-core.jar"} <= set(names)
    assert len(names) == len(set(names))
