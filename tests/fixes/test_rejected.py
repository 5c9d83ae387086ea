"""What an editor rejects is not said again, if so wished: from the HTML report and from `fix --interactive`."""

import hashlib
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import HOUSE_TERM, Corrigenda

IGNORED = ".corrigenda-ignore.jsonl"
TEXT = "A fair lay on the territory of the port.\n\nA ship lay on the territory of the town.\n"
PHRASE = "on the territory of"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "own" / "house").mkdir(parents=True)
    (tmp_path / "own" / "house" / "term.yaml").write_text(HOUSE_TERM, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(
        'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\nfail-on = "warning"\n', encoding="utf-8"
    )
    return tmp_path


def write(project: Path, name: str, text: str = TEXT) -> Path:
    path = project / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def entries(project: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (project / IGNORED).read_text("utf-8").splitlines()]


def decide(corrigenda: Corrigenda, project: Path, name: str, *verdicts: tuple[str, str]) -> None:
    """Write the decisions that the HTML report would save for the findings of a document, one after the other."""
    (document,) = corrigenda("check", name, "--format", "json", "--no-baseline").report["documents"]
    rows = []
    for finding, (verdict, more) in zip(document["findings"], verdicts, strict=True):
        row = {key: finding[key] for key in ("fingerprint", "check", "start", "end", "quote")}
        row |= {"verdict": verdict, "correction": more if verdict == "accepted" else None}
        rows.append({**row, "reason": more} if verdict == "rejected" and more else row)
    sha256 = hashlib.sha256((project / name).read_bytes()).hexdigest()
    whole = {"schema": 1, "documents": [{"path": name, "sha256": sha256, "decisions": rows}]}
    (project / "decisions.json").write_text(json.dumps(whole), encoding="utf-8")


def test_what_the_report_rejected_is_not_said_again(corrigenda: Corrigenda, project: Path) -> None:
    path = write(project, "sub/a.md")
    decide(corrigenda, project, "sub/a.md", ("accepted", "in"), ("rejected", "the act says so"))
    outcome = corrigenda("fix", "--decisions", "decisions.json", "--ignore-rejected")
    assert outcome.code == 0 and "1 entry added" in outcome.err
    assert path.read_text("utf-8") == TEXT.replace(PHRASE, "in", 1)
    assert [(e["path"], e["check"], e["reason"]) for e in entries(project)] == [
        ("sub/a.md", "house/term", "the act says so")
    ]
    again = corrigenda("check", "sub/a.md", "--format", "json")
    assert again.code == 0 and not again.findings
    assert "1 known finding left out" in again.err


def test_corrections_beside_it_do_not_bring_it_back(corrigenda: Corrigenda, project: Path) -> None:
    path = write(project, "a.md", f"A ship lay {PHRASE} Kent {PHRASE} Kent {PHRASE} Kent.\n")
    decide(corrigenda, project, "a.md", ("accepted", "in"), ("rejected", ""), ("accepted", "near"))
    assert corrigenda("fix", "--decisions", "decisions.json", "--ignore-rejected").code == 0
    assert path.read_text("utf-8") == f"A ship lay in Kent {PHRASE} Kent near Kent.\n"
    assert corrigenda("check", "a.md").code == 0


def test_without_the_word_nothing_is_ignored(corrigenda: Corrigenda, project: Path) -> None:
    write(project, "a.md")
    for options in ((), ("--no-ignore-rejected",), ("--ignore-rejected", "--diff")):
        decide(corrigenda, project, "a.md", ("rejected", "x"), ("rejected", "y"))
        outcome = corrigenda("fix", "--decisions", "decisions.json", *options)
        assert outcome.code == 0 and not (project / IGNORED).exists()
        assert ("2 findings rejected; with --ignore-rejected" in outcome.err) == (not options)


def test_rejections_of_another_text_or_place_are_refused(corrigenda: Corrigenda, project: Path) -> None:
    write(project, "a.md")
    decide(corrigenda, project, "a.md", ("rejected", "x"), ("rejected", "y"))
    data = json.loads((project / "decisions.json").read_text("utf-8"))
    data["documents"][0]["decisions"][0]["start"] += 1
    (project / "decisions.json").write_text(json.dumps(data), encoding="utf-8")
    outcome = corrigenda("fix", "--decisions", "decisions.json", "--ignore-rejected")
    assert outcome.code == 3 and "is no longer there" in outcome.err
    assert [entry["reason"] for entry in entries(project)] == ["y"]
    write(project, "a.md", TEXT + "More.\n")
    assert corrigenda("fix", "--decisions", "decisions.json", "--ignore-rejected").code == 3
    assert len(entries(project)) == 1


@pytest.fixture
def dialogue(project: Path) -> Any:
    """Start `fix --interactive` on a terminal, and answer; returns what was shown."""
    if os.name == "nt":
        pytest.skip("a pseudo-terminal needs POSIX")
    import pexpect

    def talk(*arguments: str, answers: list[str]) -> str:
        environment = {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1", "TERM": "dumb"}
        child = pexpect.spawn(
            sys.executable, ["-m", "corrigenda", "fix", "--interactive", *arguments], cwd=str(project),
            env=environment, encoding="utf-8", timeout=120, dimensions=(40, 200),
        )  # fmt: skip
        shown = ""
        for answer in answers:
            child.expect(r"\?\]: ?|go back\): ?|no reason\): ?|\[Y/n\]: ?")
            shown += child.before + child.after
            child.sendline(answer)
        child.expect(pexpect.EOF)
        child.close()
        return re.sub(r"\r\n", "\n", shown + child.before)

    return talk


def test_own_text_undo_and_previous(dialogue: Any, project: Path) -> None:
    path = write(project, "a.md")
    # Own text, undone; go on, come back, another text; the second one rejected, undone, and put in.
    dialogue("a.md", answers=["e", "at", "u", "n", "p", "e", "by", "r", "", "N"])
    assert path.read_text("utf-8") == TEXT.replace(PHRASE, "by", 1)
    dialogue("a.md", answers=["e", "", "x", "a"])
    assert path.read_text("utf-8") == TEXT.replace(PHRASE, "by", 1).replace(PHRASE, "in")


def test_rejected_goes_into_the_ignore_list_when_asked(corrigenda: Corrigenda, dialogue: Any, project: Path) -> None:
    path = write(project, "a.md")
    shown = dialogue("a.md", answers=["r", "  the act   says so ", "1", "y"])
    assert "1 finding rejected. Into the ignore list, so that they are not said again?" in shown
    assert path.read_text("utf-8") == TEXT.replace(f"ship lay {PHRASE}", "ship lay in")
    assert [entry["reason"] for entry in entries(project)] == ["the act says so"]
    assert corrigenda("check", "a.md").code == 0


def test_all_like_this_and_skip(dialogue: Any, project: Path) -> None:
    first, second, third = (write(project, f"{name}.md") for name in "abc")
    dialogue("a.md", "b.md", "c.md", "--no-ignore-rejected", answers=["A", "s", "R", ""])
    assert first.read_text("utf-8") == TEXT.replace(PHRASE, "in")
    assert second.read_text("utf-8") == third.read_text("utf-8") == TEXT
    assert not (project / IGNORED).exists()
    dialogue("b.md", "--ignore-rejected", answers=["R", "all of them are right"])
    assert [entry["reason"] for entry in entries(project)] == ["all of them are right"] * 2


def test_the_keys_are_those_of_the_report(root: Path) -> None:
    from corrigenda.cli.asking import HELP

    page = (root / "reports" / "html" / "report.html").read_text("utf-8")
    keys = set(re.findall(r"<kbd>(\w)</kbd>", page))
    mine = set(re.findall(r"(?:^|  |, )([a-zA-Z])(?=,|   )", HELP, re.MULTILINE))
    assert {"a", "r", "A", "R", "e", "n", "p", "u"} <= keys & mine


def test_all_of_one_name_holds_for_later_files(corrigenda: Corrigenda, dialogue: Any, project: Path) -> None:
    (project / "corrigenda.toml").write_text('disable = ["all"]\nenable = ["names"]\n', encoding="utf-8")
    copy = "Trams run in Kyiv. Buses run in Kyiv.\n\nBoats run to Kyiv. The old gate of Kiev stands.\n"
    first, second = write(project, "a.md", copy), write(project, "b.md", copy)
    shown = dialogue("a.md", "b.md", answers=["A"])
    assert first.read_text("utf-8") == second.read_text("utf-8") == copy.replace("Kiev", "Kyiv")
    assert "b.md: 1 finding decided as before" in shown
    first.write_text(copy, encoding="utf-8"), second.write_text(copy, encoding="utf-8")
    dialogue("a.md", "b.md", "--ignore-rejected", answers=["R", "the title of a film"])
    assert {(e["path"], e["reason"]) for e in entries(project)} == {
        ("a.md", "the title of a film"), ("b.md", "the title of a film")
    }  # fmt: skip
    assert corrigenda("check", ".").code == 0
