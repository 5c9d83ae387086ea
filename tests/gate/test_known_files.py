"""The files of known findings: what stands in them, and where they may lie."""

import json
import os
import sys
import time
from pathlib import Path

import pytest

from corrigenda.finding import DocumentReport, Report
from corrigenda.gate import baseline, policy
from corrigenda.gate.baseline import BaselineError, Entry, KnownFiles, read, write
from tests.conftest import Corrigenda

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows, and it has no pipes")
TEXT = "It lay on the territory of the port.\n"
ENTRIES = 200_000


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x1c", "\x1e", "\x0b", "\x0c", "\r", "\n", "\r\n"])
def test_any_name_comes_back(tmp_path: Path, mark: str) -> None:
    file = tmp_path / "baseline.jsonl"
    entries = [Entry(f"a{mark}b.md", "house/term", "0", f"on{mark}the territory of", f"so{mark}it is")]
    write(file, entries)
    assert read(file) == entries
    write(file, read(file))
    assert read(file) == entries


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_file_with_such_a_name_is_known(corrigenda: Corrigenda, tmp_path: Path, house: list[str]) -> None:
    (tmp_path / "a\u2028b.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(
        'check-folders = ["own-checks"]\ndisable = ["all"]\nenable = ["house"]\n', encoding="utf-8"
    )
    assert corrigenda("baseline", ".").code == 0
    outcome = corrigenda("check", ".", "--fail-on", "suggestion")
    assert outcome.code == 0 and "1 known finding left out" in outcome.err


@pytest.mark.parametrize(
    "line",
    [
        *("1", "null", "[]", '"a"', "[" * 100_000, "9" * 5000, "{}", '{"path": "a.md", "check": "x"}'),
        *('{"path": 1, "check": "x", "fingerprint": "y"}', '{"path": ["a"], "check": "x", "fingerprint": "y"}'),
        *('{"path": "a", "check": {}, "fingerprint": "y"}', '{"path": "a", "check": "x", "fingerprint": null}'),
        '{"path": "a", "check": "x", "fingerprint": "y", "quote": {}}',
        '{"path": "a", "check": "x", "fingerprint": "y", "reason": 3}',
    ],
)
def test_what_is_no_entry_is_one_line_with_its_place(corrigenda: Corrigenda, tmp_path: Path, line: str) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    file = tmp_path / ".corrigenda-baseline.jsonl"
    good = json.dumps({"path": "a.md", "check": "x", "fingerprint": "y"})
    file.write_text(f"{good}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(BaselineError, match=r"jsonl:3: this line is not an entry"):
        read(file)
    outcome = corrigenda("check", ".", "--disable", "all")
    assert outcome.code == 2 and len(outcome.err.splitlines()) == 1


@posix
@pytest.mark.parametrize("name", [".corrigenda-baseline.jsonl", ".corrigenda-ignore.jsonl"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "large"])
def test_what_is_no_file_is_said(corrigenda: Corrigenda, tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    if kind == "pipe":
        os.mkfifo(tmp_path / name)
    elif kind == "folder":
        (tmp_path / name).mkdir()
    else:
        with (tmp_path / name).open("wb") as file:
            file.truncate(baseline.LARGEST + 1)
    outcome = corrigenda("check", ".", "--disable", "all")
    assert outcome.code == 2 and name in outcome.err and len(outcome.err.splitlines()) == 1


@posix
def test_nothing_is_written_through_a_link_out_of_the_project(corrigenda: Corrigenda, tmp_path: Path) -> None:
    repo = tmp_path / "repo"
    (repo / "own" / "house").mkdir(parents=True)
    (repo / "own" / "house" / "term.yaml").write_text(
        "id: house/term\nsummary: The house says otherwise\nwhy: The house style names another word.\n"
        "category: style/unidiomatic\nseverity: warning\ndetector: phrases\nfind: on the territory of\n",
        encoding="utf-8",
    )
    (repo / "corrigenda.toml").write_text(
        'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\n', encoding="utf-8"
    )
    (repo / "a.md").write_text(TEXT, encoding="utf-8")
    links = {".corrigenda-baseline.jsonl": "made", ".corrigenda-ignore.jsonl": "made", "b.jsonl": "known"}
    assert corrigenda("baseline", ".", "--output", "b.jsonl", cwd=repo).code == 0
    (repo / "b.jsonl").replace(tmp_path / "known")
    known = (tmp_path / "known").read_bytes()
    for name, target in links.items():
        (repo / name).symlink_to(f"../{target}")
    for command in (["baseline", "."], ["ignore", "a.md:1"], ["baseline", ".", "--output", "b.jsonl"]):
        assert corrigenda(*command, cwd=repo).code in (2, 3), command
    (repo / "a.md").write_text("Nothing.\n", encoding="utf-8")
    (repo / ".corrigenda-ignore.jsonl").unlink()
    corrigenda("check", ".", "--baseline", "b.jsonl", cwd=repo)
    assert (tmp_path / "known").read_bytes() == known
    assert not (tmp_path / "made").exists()


def test_a_large_baseline_shrinks_in_one_pass(tmp_path: Path) -> None:
    file = tmp_path / "baseline.jsonl"
    stays = [Entry("b.md", "house/term", f"{number:016x}", "q") for number in range(10)]
    twice = Entry("a.md", "house/term", "same", "q")
    write(file, [*(Entry("a.md", "house/term", f"{number:016x}", "q") for number in range(ENTRIES)), *stays, twice])
    report = Report("", (), (DocumentReport("a.md", "checked"),), ())
    started = time.process_time()
    new = policy.leave_out_known(
        report, KnownFiles(file, tmp_path / "none", Path.cwd()), lambda: lambda *_: True, shrink=True
    )
    # With a search for each entry it takes minutes on any machine; in one pass, seconds.
    assert time.process_time() - started < 30
    assert len(new.fixed) == ENTRIES + 1 and new.left == 10
    assert read(file) == stays


def test_of_two_equal_entries_one_may_be_fixed(tmp_path: Path) -> None:
    file = tmp_path / "baseline.jsonl"
    entry = Entry("a.md", "house/term", "same", "q")
    write(file, [entry, entry, entry])
    new = policy._shrunk(
        policy.New(Report("", (), (), ())), file, baseline.look(file), policy.Shrinking((entry, entry))
    )
    assert new.left == 1 and read(file) == [entry]


def test_what_another_run_writes_meanwhile_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "baseline.jsonl"
    mine, theirs = Entry("a.md", "house/term", "mine", "q"), Entry("b.md", "house/term", "theirs", "q")
    seen: list[list[Entry]] = []

    def change(known: list[Entry]) -> list[Entry]:
        seen.append(known)
        if len(seen) == 1:
            write(file, [theirs])
        return [*known, mine]

    baseline.update(file, change)
    assert seen == [[], [theirs]] and read(file) == [mine, theirs]
    looked = baseline.look(file)
    write(file, [theirs])
    baseline.update(file, lambda known: [entry for entry in known if entry != mine], looked)
    assert read(file) == [theirs], "the one that went meanwhile does not come back"
    with pytest.raises(OSError, match="other runs"):
        baseline.update(file, lambda known: (write(file, [*known, mine]), known)[1])


@pytest.mark.parametrize("setting", ["baseline", "ignore-list"])
def test_nothing_is_written_into_the_folder_of_git(corrigenda: Corrigenda, tmp_path: Path, setting: str) -> None:
    (tmp_path / ".git" / "hooks").mkdir(parents=True)
    (tmp_path / "corrigenda.toml").write_text(f'{setting} = ".git/hooks/pre-push"\n', encoding="utf-8")
    (tmp_path / "a.md").write_text("He met the the mayor.\n", encoding="utf-8")
    command = ["baseline", "a.md"] if setting == "baseline" else ["ignore", "a.md:1"]
    outcome = corrigenda(*command)
    assert outcome.code == 3 and "git's own folder" in outcome.err
    assert list((tmp_path / ".git" / "hooks").iterdir()) == []
