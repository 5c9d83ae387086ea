"""What a repository's files may make this machine do: a limited amount, and one line where there is more of it."""

import time
from pathlib import Path

import pytest

from corrigenda.rules.check import CheckError, load_folder
from corrigenda.settings import Override
from corrigenda.workspace.config import ConfigError, load
from tests.conftest import HOUSE_TERM, Corrigenda

SECONDS = 30
"""What hung before took hours, or all memory; what is refused takes a moment on any machine."""

BILLION = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]" for n in range(9)) + "\n"

CONFIGURATIONS = {
    "a dotted key": (".".join("a" * 100_000) + " = 1\n", ":1: a key has more than 32 parts"),
    "a dotted table": ("\n[" + ".".join(['"a b"'] * 100_000) + "]\n", ":2: a key has more than 32 parts"),
    "deep lists": ("jobs = " + "[" * 100_000 + "\n", "nested too deeply"),
    "deep tables": ("jobs = " + "{a = " * 50_000 + "\n", "nested too deeply"),
    "a long number": ("jobs = " + "1" * 100_000 + "\n", "a value cannot be read"),
    "100,000 overrides": ('[[overrides]]\nfiles = ["a"]\n' * 35_000, "35,000 entries"),
    "100,000 globs": ("overrides = [{files = [" + '"*a",' * 100_000 + "]}]\n", "100,000 entries"),
    "an endless exclude": ('exclude = ["' + "*a" * 250_000 + '"]\n', "an entry of 500,000 characters"),
    "an endless glob": ('[[overrides]]\nfiles = ["' + "*a" * 250_000 + '"]\n', "an entry of 500,000 characters"),
    "an endless name": ("x" * 900_000 + " = 1\n", "is not a setting"),
    "100,000 excludes": ("exclude = [" + '"*a",' * 100_000 + "]\n", "exclude has 100,000 entries"),
    "100,000 severities": (
        "[severity]\n" + "".join(f'"a/{n}" = "error"\n' for n in range(50_000)),
        "severity has 50,000",
    ),
    "too large": ("#" * 2_000_000, "the file is too large"),
    "many jobs": ("jobs = 100000\n", ":1: jobs must be a number of processes up to 64"),
    "a wrong value in a long list": (
        "exclude = [\n" + '"a",\n' * 100_000 + "1]\n",
        "exclude must be a list of strings",
    ),
}

CHECKS = {
    "aliases": (BILLION, "an alias (*) is not read"),
    "deep flow": ("id: " + "[" * 200_000, "nested too deeply"),
    "deep blocks": ("- " * 100_000, "nested too deeply"),
    "tags": ("".join(f"%TAG !a{n}! b\n" for n in range(15_000)) + "--- a\n", "%TAG is not read"),
    "a day that no month has": ("id: 2024-99-99\n", "month must be"),
    "too large": ("#" * 300_000, "the file is too large"),
}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_configuration_is_read_within_limits(tmp_path: Path, name: str) -> None:
    text, said = CONFIGURATIONS[name]
    path = tmp_path / "corrigenda.toml"
    path.write_text(text, encoding="utf-8")
    start = time.monotonic()
    with pytest.raises(ConfigError) as raised:
        load(path)
    assert said in str(raised.value) and "\n" not in str(raised.value) and len(str(raised.value)) < 3_000
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_is_read_within_limits(tmp_path: Path, name: str) -> None:
    text, said = CHECKS[name]
    path = tmp_path / "house" / "term.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    start = time.monotonic()
    with pytest.raises(CheckError) as raised:
        load_folder(tmp_path)
    assert said in str(raised.value) and "\n" not in str(raised.value)
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize("name", ["aliases", "deep flow", "deep blocks", "a day that no month has"])
def test_a_house_style_is_read_within_limits(corrigenda: Corrigenda, tmp_path: Path, name: str) -> None:
    text, said = CHECKS[name]
    (tmp_path / "style.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text('house-style = "style.yaml"\n', encoding="utf-8")
    outcome = corrigenda("check", ".")
    assert outcome.code == 2 and said in outcome.err and len(outcome.err.splitlines()) == 1


def test_aliases_in_a_check_of_a_project(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "own" / "house").mkdir(parents=True)
    (tmp_path / "own" / "house" / "term.yaml").write_text(HOUSE_TERM + BILLION, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text('check-folders = ["own"]\n', encoding="utf-8")
    outcome = corrigenda("check", ".")
    assert outcome.code == 2 and "term.yaml:10: this is not valid YAML: an alias" in outcome.err


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("*.md", "a/b/c.md", True),
        ("b/*.md", "a/b/c.md", True),
        ("b/*.md", "a/b/c/d.md", False),
        ("a/**", "a/b/c.md", True),
        ("a/**/d.md", "a/d.md", True),
        ("/a/", "x/a", True),
        ("a", "x/ba", False),
        ("b?.md", "b/.md", False),
        ("b?.md", "b\N{CYRILLIC SMALL LETTER A}.md", True),
        ("a+(b).md", "a+(b).md", True),
        ("a b-c.md", "a b-c.md", True),
        ("\N{CYRILLIC SMALL LETTER A}*", "x\n/\N{CYRILLIC SMALL LETTER A}\n", True),
        ("a", "\ud800/a", True),
    ],
)
def test_globs_of_overrides(glob: str, path: str, matches: bool) -> None:
    assert Override((glob,)).matches(path) is matches


def test_no_glob_backtracks() -> None:
    start = time.monotonic()
    assert not Override(("*a" * 40 + "b", "**/a" * 40 + "b")).matches("a" * 250 + "/" + "a/" * 200 + "c")
    assert time.monotonic() - start < SECONDS
