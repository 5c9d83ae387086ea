"""Whole hostile repositories through every command: all refuse in clear lines, nothing outside is read or written."""

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

from tests.conftest import HOUSE_TERM, Corrigenda
from tests.hostile.repository import harm, write

COMMANDS = (
    ("check", "."),
    ("check", ".", "--format", "json"),
    ("fix", "."),
    ("fix", ".", "--unsafe"),
    ("fix", "--decisions", "decisions.json"),
    ("baseline", "."),
    ("names", ".", "--format", "json"),
    ("doctor",),
    # As the action and the hook start it (action.yml).
    (
        "check",
        ".",
        "--untrusted",
        "--format",
        "sarif",
        "--output",
        "out.sarif",
        "--format",
        "github",
        "--keep-baseline",
    ),
    ("check", ".", "--staged", "--untrusted"),
)
SECRET = "He kept the the secret of Kiev and Kyiv.\n"
OFF = '[engines]\nspacy = "off"\nembeddings = "off"\nlanguage-model = "off"\ngrammar = "off"\n'


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file that belongs to somebody else, beside the repository."""
    path = tmp_path / "secret.md"
    path.write_text(SECRET, encoding="utf-8")
    return path


def repository(kind: str, tmp_path: Path, outside: Path) -> Path:
    """Make one of the repositories, each of which reaches for the file outside or for the program that reads it."""
    folder = tmp_path / "repository"
    write(folder, {"a.md": "He met the the mayor  on the territory of the port.\n", "corrigenda.toml": OFF})
    safe = HOUSE_TERM.replace('["in"]', '[{text: "PWNED", applicability: safe}]').replace(
        "on the territory of", "secret"
    )
    configurations = {
        "baseline outside": f'baseline = "{outside.as_posix()}"\n',
        "baseline above": 'baseline = "../secret.md"\nignore-list = "../secret.md"\n',
        "checks outside": f'check-folders = ["{tmp_path.as_posix()}"]\n',
        "address": 'languagetool-url = "http://192.0.2.1:1"\n',
        "model with a parent": 'spacy-model = "antigravity.x"\n',
        "model with code": 'embedding-model = "./model"\n',
        "word list outside": f'word-list = "{outside.as_posix()}"\n',
        "style outside": f'house-style = "{outside.as_posix()}"\n',
        "a key of a thousand parts": "a" + ".a" * 1_000 + " = 1\n",
        "a hundred thousand words": f"words = {json.dumps([str(n) for n in range(100_000)])}\n",
    }
    if kind in configurations:
        (folder / "corrigenda.toml").write_text(configurations[kind] + OFF, encoding="utf-8")
    elif kind == "links":
        (folder / "b.md").symlink_to(outside)
        (folder / "c").symlink_to(tmp_path, target_is_directory=True)
    elif kind == "links and a safe correction":
        (folder / "b.md").symlink_to(outside)
        write(folder, {"own/house/term.yaml": safe, "corrigenda.toml": 'check-folders = ["own"]\n' + OFF})
    elif kind == "a check of aliases":
        pairs = zip("abcdefgh", "bcdefghi", strict=True)
        bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in pairs)
        write(folder, {"own/house/term.yaml": bomb, "corrigenda.toml": 'check-folders = ["own"]\n' + OFF})
    elif kind == "modules":
        # Had one of these been imported instead of Python's or ours, it would say so.
        said = "raise SystemExit('imported from the repository')\n"
        names = ("multiprocessing", "json", "sqlite3", "click", "corrigenda", "lt_py", "spacy", "pip", "venv", "yaml")
        write(folder, {f"{name}.py": said for name in names})
        (folder / "corrigenda.toml").write_text("jobs = 2\n" + OFF, encoding="utf-8")
    elif kind == "a pipe":
        os.mkfifo(folder / "b.md")
        os.mkfifo(folder / ".corrigenda-baseline.jsonl")
    place = "../secret.md" if kind == "decisions above" else outside.as_posix()
    decision = {
        "fingerprint": "0" * 16,
        "start": 0,
        "end": 2,
        "quote": "He",
        "verdict": "accepted",
        "correction": "PWNED",
    }
    documents = [{"path": place, "sha256": hashlib.sha256(SECRET.encode()).hexdigest(), "decisions": [decision]}]
    (folder / "decisions.json").write_text(json.dumps({"schema": 1, "documents": documents}), encoding="utf-8")
    return folder


WHY = {
    "baseline outside": (("check", "."), 2, "leads out of the folder"),
    "baseline above": (("check", "."), 2, "leads out of the folder"),
    "checks outside": (("check", "."), 2, "leads out of the folder"),
    "address": (("check", "."), 2, "the user's to decide"),
    "model with a parent": (("check", "."), 2, "the user's to decide"),
    "model with code": (("check", "."), 2, "the user's to decide"),
    "word list outside": (("check", "."), 2, "leads out of the folder"),
    "style outside": (("check", "."), 2, "leads out of the folder"),
    "a key of a thousand parts": (("check", "."), 2, "parts"),
    "a hundred thousand words": (("check", "."), 0, ""),
    "a check of aliases": (("check", "."), 2, "alias"),
    "modules": (("check", "."), 0, ""),
    "links": (("check", ".", "--format", "json"), 3, "This link leads out of the folder"),
    "links and a safe correction": (("check", ".", "--format", "json"), 3, "This link leads out of the folder"),
    "a pipe": (("check", "."), 2, "not a regular file"),
    "decisions": (("fix", "--decisions", "decisions.json"), 3, "outside the current folder"),
    "decisions above": (("fix", "--decisions", "decisions.json"), 3, "outside the current folder"),
}
"""For each kind a command that has to refuse, its exit code, and what it says."""


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need rights there")
@pytest.mark.parametrize("kind", WHY)
def test_a_hostile_repository_reaches_nothing_outside(
    corrigenda: Corrigenda, tmp_path: Path, outside: Path, kind: str
) -> None:
    folder = repository(kind, tmp_path, outside)
    around = sorted(path.name for path in tmp_path.iterdir())
    for command in COMMANDS:
        done = corrigenda(*command, cwd=folder)
        assert "something went wrong" not in done.err, command
        assert "Traceback" not in done.err, command
        assert "secret of Kiev" not in done.out + done.err, command
        assert outside.read_text(encoding="utf-8") == SECRET, command
        assert list(harm(done.err)) == [], command
    assert sorted(path.name for path in tmp_path.iterdir()) == around
    command, code, reason = WHY[kind]
    refused = corrigenda(*command, cwd=folder)
    assert refused.code == code, refused.err
    assert reason in refused.out + refused.err
