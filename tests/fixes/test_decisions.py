"""Files of decisions: which files they may correct, and what is no file of decisions."""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Corrigenda

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows, and it has no pipes")
TEXT = "They utilise boats.\n"


def decide(folder: Path, *paths: str, data: bytes = TEXT.encode()) -> None:
    """Write a file of decisions that corrects the text of some files."""
    row = {"fingerprint": "f", "start": 5, "end": 12, "quote": "utilise", "verdict": "accepted", "correction": "use"}
    sha256 = hashlib.sha256(data).hexdigest()
    documents = [{"path": path, "sha256": sha256, "decisions": [row]} for path in paths]
    (folder / "decisions.json").write_text(json.dumps({"schema": 1, "documents": documents}), encoding="utf-8")


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A folder with a text in it, and one beside it."""
    folder = tmp_path / "repo"
    (folder / ".github").mkdir(parents=True)
    for path in (folder / "a.md", folder / ".github" / "a.md", tmp_path / "secret.md"):
        path.write_bytes(TEXT.encode())
    return folder


def corrected(path: Path) -> bool:
    return path.read_bytes() != TEXT.encode()


@pytest.mark.parametrize("form", ["absolute", "above", "through", "hidden"])
def test_paths_lead_below_the_current_folder(corrigenda: Corrigenda, repo: Path, form: str) -> None:
    secret = repo / ".github" / "a.md" if form == "hidden" else repo.parent / "secret.md"
    path = {
        "absolute": str(secret), "above": "../secret.md", "through": ".github/../../secret.md", "hidden": ".github/a.md"
    }[form]  # fmt: skip
    decide(repo, path, "a.md")
    outcome = corrigenda("fix", "--decisions", "decisions.json", cwd=repo)
    assert outcome.code == 3 and not corrected(secret)
    assert "name it on the command line" in outcome.err and len(outcome.err.splitlines()) == 2
    assert corrected(repo / "a.md"), "the other documents go on"
    assert corrigenda("fix", "--decisions", "decisions.json", str(secret), cwd=repo).code == 0
    assert corrected(secret)


@posix
def test_links_do_not_lead_out(corrigenda: Corrigenda, repo: Path) -> None:
    (repo / "link.md").symlink_to("../secret.md")
    (repo / "up").symlink_to("..")
    (repo / "in.md").symlink_to("a.md")
    for path in ("link.md", "up/secret.md"):
        decide(repo, path)
        for named in ([], [path]):
            outcome = corrigenda("fix", "--decisions", "decisions.json", *named, cwd=repo)
            assert outcome.code == 3 and f"{path}: " in outcome.err and "leads out" in outcome.err
    assert not corrected(repo.parent / "secret.md")
    decide(repo, "in.md")
    assert corrigenda("fix", "--decisions", "decisions.json", cwd=repo).code == 0
    assert corrected(repo / "a.md") and (repo / "in.md").is_symlink()


def test_what_is_named_is_all_that_is_corrected(corrigenda: Corrigenda, repo: Path) -> None:
    (repo / "b.md").write_bytes(TEXT.encode())
    decide(repo, "a.md", "b.md", "../secret.md")
    assert corrigenda("fix", "--decisions", "decisions.json", "b.md", cwd=repo).code == 0
    assert [corrected(path) for path in (repo / "a.md", repo / "b.md", repo.parent / "secret.md")] == [
        False, True, False
    ]  # fmt: skip


def entry(**changes: Any) -> str:
    row = {"fingerprint": "f", "start": 5, "end": 12, "quote": "utilise", "verdict": "accepted", "correction": "use"}
    document = {"path": "a.md", "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), "decisions": [row]}
    for name, value in changes.items():
        (row if name in row else document)[name] = value
    return json.dumps({"schema": 1, "documents": [document]})


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "[]", "{}", "[" * 100_000, '{"schema": 1}', '{"schema": 2, "documents": []}', "9" * 5000),
        *('{"schema": 1, "documents": 3}', '{"schema": 1, "documents": [1]}', '{"schema": {}, "documents": []}'),
        *(entry(path=1), entry(sha256=None), entry(decisions={}), entry(decisions=[1])),
        *(entry(quote=["utilise"]), entry(correction=["use"]), entry(start="5"), entry(end=5), entry(start=True)),
    ],
)
def test_what_is_no_file_of_decisions(corrigenda: Corrigenda, repo: Path, text: str) -> None:
    (repo / "decisions.json").write_text(text, encoding="utf-8")
    outcome = corrigenda("fix", "--decisions", "decisions.json", cwd=repo)
    assert outcome.code == 2 and len(outcome.err.splitlines()) == 1 and len(outcome.err) < 400
    assert "this is not a decisions file" in outcome.err
    assert not corrected(repo / "a.md")


def test_a_name_that_no_file_has(corrigenda: Corrigenda, repo: Path) -> None:
    decide(repo, "a\0.md", "x\n::error::y.md")
    outcome = corrigenda("fix", "--decisions", "decisions.json", cwd=repo)
    assert outcome.code == 3 and len(outcome.err.splitlines()) == 3
    assert not any(line.startswith("::") for line in outcome.err.splitlines())


@posix
def test_a_pipe_is_not_waited_for(corrigenda: Corrigenda, repo: Path) -> None:
    os.mkfifo(repo / "decisions.json")
    outcome = corrigenda("fix", "--decisions", "decisions.json", cwd=repo)
    assert outcome.code == 2 and "not a regular file" in outcome.err
