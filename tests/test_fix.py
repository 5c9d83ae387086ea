"""`corrigenda fix` and `check --format diff` as they are called: what they write, refuse and ask."""

import codecs
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import home
from tests.conftest import Corrigenda

CHECKS = {
    "term": ("on the territory of", '{text: "in", applicability: safe}'),
    "word": ("utilise", '{text: "use"}, {text: "employ"}'),
    "advice": ("one of the most", '{text: "Say which", applicability: display-only}'),
}
TEXT = "A fair was held on the territory of the port, where they utilise boats.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose own checks alone run: one safe, one unsafe with two corrections, one with advice."""
    folder = tmp_path / "own" / "house"
    folder.mkdir(parents=True)
    for name, (words, corrections) in CHECKS.items():
        (folder / f"{name}.yaml").write_text(
            f"id: house/{name}\nsummary: The house says otherwise\nwhy: The house style names another word.\n"
            f"category: style/unidiomatic\nseverity: warning\ndetector: phrases\nfind: {words}\n"
            f"corrections: [{corrections}]\n",
            encoding="utf-8",
        )
    (tmp_path / "corrigenda.toml").write_text(
        'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\nfail-on = "never"\n', encoding="utf-8"
    )
    home.trust(tmp_path)
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_safe_corrections_alone(corrigenda: Corrigenda, project: Path) -> None:
    path = write(project, "a.md", TEXT)
    outcome = corrigenda("fix", "a.md")
    assert path.read_text(encoding="utf-8") == TEXT.replace("on the territory of", "in")
    assert outcome.code == 1
    assert "1 correction made in 1 file." in outcome.err and "1 more needs a person" in outcome.err
    assert not list(project.glob("*.orig")) and not list(project.glob(".*tmp"))
    before = path.stat().st_mtime_ns
    again = corrigenda("fix", "a.md", "--exit-zero")
    assert (again.code, path.stat().st_mtime_ns) == (0, before)
    assert "0 corrections made in 0 files." in again.err


def test_unsafe_takes_the_first_of_several(corrigenda: Corrigenda, project: Path) -> None:
    path = write(project, "a.md", TEXT)
    outcome = corrigenda("fix", "a.md", "--unsafe")
    assert path.read_text(encoding="utf-8") == "A fair was held in the port, where they use boats.\n"
    assert outcome.code == 0


def test_diff_writes_nothing_and_the_report_shows_the_same(corrigenda: Corrigenda, project: Path) -> None:
    path = write(project, "a.md", TEXT)
    shown = corrigenda("fix", "a.md", "--diff")
    assert path.read_text(encoding="utf-8") == TEXT
    assert "1 correction would be made in 1 file." in shown.err
    report = corrigenda("check", "a.md", "--format", "diff")
    body = "".join(line for line in report.out.splitlines(keepends=True) if not line.startswith("#"))
    assert body == shown.out
    assert "-A fair was held on the territory of the port, where they utilise boats." in body
    assert "+A fair was held in the port, where they utilise boats." in body
    write(project, "change.diff", report.out)
    subprocess.run(["git", "apply", "change.diff"], cwd=project, check=True)
    applied = path.read_bytes()
    write(project, "a.md", TEXT)
    corrigenda("fix", "a.md")
    assert path.read_bytes() == applied


def test_the_diff_of_standard_input(corrigenda: Corrigenda, project: Path) -> None:
    outcome = corrigenda("check", "-", "--format", "diff", data=TEXT.encode())
    assert "+A fair was held in the port, where they utilise boats." in outcome.out


def test_backup_keeps_the_first_original(corrigenda: Corrigenda, project: Path) -> None:
    path = write(project, "a.md", TEXT)
    corrigenda("fix", "a.md", "--backup")
    assert (project / "a.md.orig").read_text(encoding="utf-8") == TEXT
    write(project, "a.md", "It lay on the territory of a town.\n")
    corrigenda("fix", "a.md", "--backup")
    assert path.read_text(encoding="utf-8") == "It lay in a town.\n"
    assert (project / "a.md.orig").read_text(encoding="utf-8") == TEXT


def test_quotations_are_left_to_a_person(corrigenda: Corrigenda, project: Path) -> None:
    text = "He said: “It lay on the territory of the port.”\n\n> It lay on the territory of the town.\n"
    path = write(project, "a.md", text)
    assert corrigenda("fix", "a.md", "--unsafe").code == 1
    assert path.read_text(encoding="utf-8") == text
    found = corrigenda("check", "a.md", "--format", "json").findings
    assert [one["corrections"][0]["applicability"] for one in found] == ["unsafe", "unsafe"]
    assert all("look up the original words" in one["message"] for one in found)


def test_what_is_ignored_stays(corrigenda: Corrigenda, project: Path) -> None:
    path = write(project, "a.md", TEXT)
    assert corrigenda("ignore", "a.md:1", "--check", "house/term", "--reason", "The law says so").code == 0
    corrigenda("fix", "a.md", "--unsafe")
    assert path.read_text(encoding="utf-8") == TEXT.replace("utilise", "use")
    assert corrigenda("check", "a.md", "--format", "diff").out.count("@@") == 0
    write(project, "b.md", "It lay on the territory of a town. <!-- corrigenda: ignore -->\n")
    corrigenda("fix", "b.md", "--unsafe")
    assert "on the territory of" in (project / "b.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("codec", "bom"), [("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("cp1251", b"")]
)
def test_bytes_outside_the_corrections_are_kept(corrigenda: Corrigenda, project: Path, codec: str, bom: bytes) -> None:
    text = (
        "Селище «Зоря» лежить біля самого моря, так пишуть у газеті.\r\n\r\nIt lay on the territory of a town. \t\r\n"
    )
    path = project / "a.txt"
    path.write_bytes(bom + text.encode(codec))
    assert corrigenda("fix", "a.txt").code == 0
    assert path.read_bytes() == bom + text.replace("on the territory of", "in").encode(codec)


def test_permissions_and_links_are_kept(corrigenda: Corrigenda, project: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such permissions, and links need a right there")
    path = write(project, "real.md", TEXT)
    path.chmod(0o640)
    (project / "link.md").symlink_to("real.md")
    corrigenda("fix", "link.md")
    assert (project / "link.md").is_symlink()
    assert "held in the port" in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o640


def test_what_is_not_read_is_not_written(corrigenda: Corrigenda, project: Path) -> None:
    path = write(project, "a.docx", TEXT)
    bad = project / "bad.md"
    bad.write_bytes(b"\xff\xfe\x00")
    outcome = corrigenda("fix", "a.docx", "bad.md", "nowhere.md")
    assert outcome.code == 3
    assert path.read_text(encoding="utf-8") == TEXT
    assert bad.read_bytes() == b"\xff\xfe\x00"
    for name in ("a.docx", "bad.md", "nowhere.md"):
        assert f"corrigenda: {name}: " in outcome.err
    assert "Traceback" not in outcome.err


def test_a_folder_that_cannot_be_written_into(corrigenda: Corrigenda, project: Path) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("an administrator may write anywhere")
    folder = project / "closed"
    folder.mkdir()
    path = write(folder, "a.md", TEXT)
    folder.chmod(0o500)
    try:
        outcome = corrigenda("fix", "closed/a.md")
    finally:
        folder.chmod(0o700)
    assert outcome.code == 3 and "cannot be written" in outcome.err
    assert path.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "name the files"),
        (["a.md", "--interactive"], "needs a terminal"),
        (["-"], "standard input cannot"),
        (["--decisions", "nowhere.json"], "cannot be read"),
        (["--decisions", "corrigenda.toml"], "not a decisions file"),
        (["--decisions", "x.json", "--unsafe"], "exclude it"),
    ],
)
def test_wrong_usage(corrigenda: Corrigenda, project: Path, arguments: list[str], words: str) -> None:
    write(project, "a.md", TEXT)
    outcome = corrigenda("fix", *arguments)
    assert outcome.code == 2
    assert words in outcome.err and "Traceback" not in outcome.err


def decisions(project: Path, path: Path, *accepted: tuple[str, str]) -> None:
    text = path.read_bytes().decode()
    rows: list[dict[str, Any]] = []
    for quote, correction in accepted:
        start = text.index(quote)
        rows.append(
            {"fingerprint": "f", "check": "house/x", "start": start, "end": start + len(quote), "quote": quote,
             "verdict": "accepted", "correction": correction}
        )  # fmt: skip
    rows.append({**rows[0], "verdict": "rejected", "correction": None})
    entry = {"path": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "decisions": rows}
    data = {"corrigenda": "0", "schema": 1, "documents": [entry]}
    (project / "decisions.json").write_text(json.dumps(data), encoding="utf-8")


def test_decisions(corrigenda: Corrigenda, project: Path) -> None:
    text = "He said: “It lay on the territory of the port.” They utilise boats.\n"
    path = write(project, "a.md", text)
    decisions(project, path, ("on the territory of", "at"), ("utilise", "employ"))
    assert corrigenda("fix", "--decisions", "decisions.json", "--diff").out.count("\n+") == 2
    assert path.read_text(encoding="utf-8") == text
    outcome = corrigenda("fix", "--decisions", "decisions.json", "--backup")
    assert outcome.code == 0, outcome.err
    assert path.read_text(encoding="utf-8") == "He said: “It lay at the port.” They employ boats.\n"
    again = corrigenda("fix", "--decisions", "decisions.json")
    assert again.code == 3 and "changed since the report was made" in again.err


def test_decisions_of_a_file_without_a_hash_or_that_is_gone(corrigenda: Corrigenda, project: Path) -> None:
    path = write(project, "a.md", TEXT)
    decisions(project, path, ("utilise", "use"))
    data = json.loads((project / "decisions.json").read_text(encoding="utf-8"))
    data["documents"][0]["sha256"] = ""
    (project / "decisions.json").write_text(json.dumps(data), encoding="utf-8")
    assert corrigenda("fix", "--decisions", "decisions.json").code == 3
    assert path.read_text(encoding="utf-8") == TEXT
    path.unlink()
    outcome = corrigenda("fix", "--decisions", "decisions.json")
    assert outcome.code == 3 and "no such file" in outcome.err


@pytest.fixture
def dialogue(project: Path) -> Any:
    """Start `fix --interactive` on a terminal."""
    if os.name == "nt":
        pytest.skip("a pseudo-terminal needs POSIX")
    import pexpect

    def start(*arguments: str) -> Any:
        environment = {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1", "TERM": "dumb"}
        return pexpect.spawn(
            sys.executable, ["-m", "corrigenda", "fix", "--interactive", *arguments], cwd=str(project),
            env=environment, encoding="utf-8", timeout=60, dimensions=(40, 200),
        )  # fmt: skip

    return start


def test_interactive_asks_one_by_one(dialogue: Any, project: Path) -> None:
    text = "Before. " + TEXT.rstrip() + " After.\n\n“They utilise boats,” he said. It is one of the most odd.\n"
    path = write(project, "a.md", text)
    child = dialogue("a.md")
    child.expect(r"a\.md:1:25 .*house/term")
    child.expect(r"- A fair was held on the territory of the port, where they utilise boats\.\r\n")
    child.expect(r"1 A fair was held in the port, where they utilise boats\.\r\n")
    child.expect_exact("Put in which? [1/a/A/e/r/R/n/p/u/s/q/?]")
    child.sendline("7")
    child.expect("put that one in .* put the first one in")
    child.expect("Put in which")
    child.sendline("1")
    child.expect("house/word")
    child.expect(r"2 A fair was held on the territory of the port, where they employ boats\.")
    child.expect_exact("[1/2/a/A/e/r/R/n/p/u/s/q/?]")
    child.sendline("2")
    child.expect("look up the original words")
    child.expect("Put in which")
    child.sendline("y")
    child.expect_exact("What is to be done? [e/r/R/n/p/u/s/q/?]")
    child.sendline("n")
    child.expect("3 corrections made in 1 file")
    child.expect_exact("1 more needs a person")
    child.close()
    assert path.read_text(encoding="utf-8") == (
        "Before. A fair was held in the port, where they employ boats. After.\n\n"
        "“They use boats,” he said. It is one of the most odd.\n"
    )


@pytest.mark.parametrize("ending", ["q\n", "\x04", "\x03"])
def test_interactive_ends_when_it_is_told_and_keeps_what_was_decided(dialogue: Any, project: Path, ending: str) -> None:
    first, second = write(project, "a.md", TEXT), write(project, "b.md", TEXT)
    child = dialogue("a.md", "b.md")
    child.expect("Put in which")
    child.sendline("1")
    child.expect("house/word")
    child.expect("Put in which")
    child.send(ending)
    child.expect("1 correction made in 1 file")
    child.close()
    assert first.read_text(encoding="utf-8") == TEXT.replace("on the territory of", "in")
    assert second.read_text(encoding="utf-8") == TEXT


def test_interactive_shows_no_control_characters(dialogue: Any, project: Path) -> None:
    write(project, "a.md", "A fair \x1b[2J\u202ewas held on the territory of the port.\n")
    child = dialogue("a.md")
    child.expect("Put in which")
    assert "\x1b[2J" not in child.before and "\u202e" not in child.before
    child.sendline("q")
    child.close()


def test_quiet_says_nothing_where_all_went_well(corrigenda: Corrigenda, project: Path) -> None:
    write(project, "a.md", TEXT)
    outcome = corrigenda("fix", "a.md", "--quiet", "--exit-zero")
    assert outcome.code == 0 and not outcome.out and not outcome.err
