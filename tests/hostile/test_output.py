"""Item 9: whatever a repository's names, texts and configuration hold, no output acts on a terminal or a runner."""

import json
import os
import sys
from pathlib import Path

import pytest

from corrigenda.reporting import formats
from tests.conftest import HOUSE_TERM
from tests.hostile.repository import COMMAND, ESCAPES, articles, harm, write

if sys.platform != "win32":
    import pexpect

from tests.conftest import Corrigenda

TOML_ESCAPES = json.dumps(ESCAPES + "\n" + COMMAND).replace("\\u009b", "\\u009B")
"""The same inside a string of TOML, which takes JSON's escapes."""

RULES_ALONE = '[engines]\nspacy = "off"\nembeddings = "off"\nlanguage-model = "off"\n'

CONFIGURATIONS = {
    "value": f"fail-on = {TOML_ESCAPES}\n",
    "key": f"{TOML_ESCAPES} = 1\n",
    "check": f"disable = [{TOML_ESCAPES}]\n",
    "house style": f"house-style = {TOML_ESCAPES}\n",
    "folder": f"check-folders = [{TOML_ESCAPES}]\n",
    "word": f"words = [{TOML_ESCAPES}]\n",
    "baseline": f"baseline = {TOML_ESCAPES}\n",
    "override": f"[[overrides]]\nfiles = [{TOML_ESCAPES}]\ndisable = [{TOML_ESCAPES}]\n",
    "engine": f"[engines]\n{TOML_ESCAPES} = {TOML_ESCAPES}\n",
    "model": f"spacy-model = {TOML_ESCAPES}\n",
    "broken": f"disable = [\x1b{COMMAND}\n",
}

COMMANDS = (
    ("check", "."),
    ("fix", "."),
    ("fix", ".", "--diff"),
    ("baseline", "."),
    ("names", ".", "--format", "csv"),
    ("names", ".", "--format", "json"),
    ("doctor",),
    ("doctor", "--format", "json"),
    ("config",),
    ("config", "--format", "json"),
    ("checks",),
)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    write(folder, {**articles(), "corrigenda.toml": RULES_ALONE})
    return folder


@pytest.mark.parametrize("name", sorted(set(formats.own()) - {"diff", "docx", "xlsx"}))
def test_no_report_acts(corrigenda: Corrigenda, repository: Path, name: str) -> None:
    """A diff is what `patch` reads, byte for byte; it is made visible on a terminal alone, which is tested below."""
    done = corrigenda("check", ".", "--format", name, cwd=repository)
    assert done.code == 1, done.err
    assert "twice" in done.out
    assert list(harm(done.out, annotations=name == "github")) == []
    assert list(harm(done.err)) == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_acts(corrigenda: Corrigenda, repository: Path, command: tuple[str, ...]) -> None:
    done = corrigenda(*command, cwd=repository)
    out = done.out if "--diff" not in command else "\n".join(x for x in done.out.split("\n") if x[:3] in ("---", "+++"))
    assert list(harm(out)) == []
    assert list(harm(done.err)) == []


@pytest.mark.parametrize("kind", CONFIGURATIONS)
@pytest.mark.parametrize(
    "command", [("check", "plain.md"), ("fix", "plain.md"), ("doctor",), ("config",)], ids=" ".join
)
def test_no_configuration_acts(corrigenda: Corrigenda, repository: Path, kind: str, command: tuple[str, ...]) -> None:
    (repository / "corrigenda.toml").write_text(CONFIGURATIONS[kind], encoding="utf-8")
    done = corrigenda(*command, cwd=repository)
    assert done.out or done.err
    assert list(harm(done.out)) == []
    assert list(harm(done.err)) == []


def test_no_check_acts(corrigenda: Corrigenda, repository: Path) -> None:
    """Its summary, its messages and its examples are the repository's own words."""
    evil = json.dumps(f"Evil\n{COMMAND} {ESCAPES}")
    text = HOUSE_TERM.replace("The house says otherwise", evil).replace("The house style names", "Evil\u202e \u009b")
    own = {
        "own/house/term.yaml": text,
        f"own/house/{ESCAPES}.yaml": "id: [",
        "wrong/house/term.yaml": f"{evil}: {evil}",
    }
    write(repository, own)
    for folder in ("own", "wrong"):
        for command in (
            ("check", "plain.md", "--checks", folder),
            ("checks", "--checks", folder),
            ("explain", "house/term", "--checks", folder),
            ("test-checks", folder),
        ):
            done = corrigenda(*command, cwd=repository)
            assert list(harm(done.out)) == [], command
            assert list(harm(done.err)) == [], command


@pytest.mark.parametrize("name", [".corrigenda-baseline.jsonl", "decisions.json"])
def test_no_file_of_ours_acts(corrigenda: Corrigenda, repository: Path, name: str) -> None:
    entry = {"path": f"{COMMAND}\n{COMMAND}{ESCAPES}", "check": ESCAPES, "quote": f"\n{COMMAND}"}
    (repository / name).write_text(json.dumps(entry, ensure_ascii=False) + "\n", encoding="utf-8")
    options = ("fix", "--decisions", name) if name == "decisions.json" else ("check", ".", "--baseline", name)
    done = corrigenda(*options, cwd=repository)
    assert done.code
    assert list(harm(done.out)) == []
    assert list(harm(done.err)) == []


def test_a_wrong_option_is_shown_and_does_nothing(corrigenda: Corrigenda) -> None:
    """A hook hands file names on, and a file may be named like an option."""
    done = corrigenda("check", f"--{ESCAPES}\n{COMMAND}")
    assert done.code == 2
    assert "No such option" in done.err
    assert list(harm(done.err)) == []
    assert list(harm(corrigenda(f"evil\n{COMMAND}").err)) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
@pytest.mark.parametrize("options", [("fix", "plain.md", "--diff"), ("check", "plain.md", "--format", "diff")])
def test_a_diff_on_a_terminal_is_made_visible(repository: Path, options: tuple[str, ...]) -> None:
    text = f"A  B {ESCAPES}\n{COMMAND}\n"
    (repository / "plain.md").write_text(text, encoding="utf-8")
    child = pexpect.spawn(
        sys.executable, ["-m", "corrigenda", *options], cwd=str(repository), env={**os.environ, "NO_COLOR": "1"},
        encoding="utf-8", timeout=120,
    )  # fmt: skip
    out = child.read()
    child.close()
    assert "+A B <U+001B>" in out
    assert list(harm(out)) == []
