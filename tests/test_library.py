"""The library: three lines are enough, what it says is what the command line says, and threads may share a session."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corrigenda import Applicability, Finding, Session, Settings, Severity, check, check_paths, fix
from corrigenda.pipeline.stages import CancelledError, Stage
from tests.conftest import Corrigenda

TEXT = "The army left because the enemy is closing. Kyiv was quiet, and in Kiev it rained on the the gate.\n"
DAM = "The turbines of the factory stand in the river below the dam, and the reservoir behind it is full.\n"
LIGHT = Settings(disabled=("all",), enabled=("cleanup", "artefacts/repeated-word"))


def test_three_lines_in_a_process_of_their_own(tmp_path: Path) -> None:
    program = "from corrigenda import check\nfor finding in check('Kiev and Kyiv.'):\n    print(finding.quote)\n"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"Kiev", "Kyiv"} and done.stdout


def test_it_says_what_the_command_line_says(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    report = corrigenda("check", "a.txt", "--format", "json", "--config", "none", "--fail-on", "never").report
    shown = report["documents"][0]["findings"]
    checked = check(TEXT)
    assert len(checked) == len(shown) >= 3
    for finding, row in zip(checked, shown, strict=True):
        assert isinstance(finding, Finding) and isinstance(finding.severity, Severity)
        assert (finding.check, finding.severity.value, finding.message) == (
            row["check"],
            row["severity"],
            row["message"],
        )
        assert (finding.start, finding.end, finding.fingerprint) == (row["start"], row["end"], row["fingerprint"])
        assert TEXT[finding.start : finding.end] == finding.quote == row["quote"]
        assert json.loads(json.dumps(dict(finding.evidence))) == row["evidence"]
    assert {(one.name, one.status) for one in checked.engines} == {
        (one["name"], one["status"]) for one in report["engines"]
    }
    assert checked.problems == () and checked.document.text == TEXT


def test_fix_makes_what_is_safe_and_what_it_is_told_to() -> None:
    text = "He met the the mayor , and said “the the mayor” twice.\n"
    safe = fix(text, configuration=LIGHT)
    assert safe.text == str(safe) == text.replace(" ,", ",")
    assert len(safe.applied) == 1 and [finding.in_quotation for finding in safe.left] == [False, True]
    assert all(one.applicability is not Applicability.SAFE for finding in safe.left for one in finding.corrections)
    everything = fix(text, configuration=LIGHT, unsafe=True)
    assert everything.text == "He met the mayor, and said “the the mayor” twice.\n", "a quotation is left to a person"
    assert fix(everything.text, configuration=LIGHT, unsafe=True).text == everything.text


def test_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The the fair.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("A fair.\n", encoding="utf-8")
    report = check_paths([tmp_path, tmp_path / "gone.txt"], configuration=LIGHT)
    assert [len(document.findings) for document in report.documents] == [1, 0]
    assert [Path(problem.path).name for problem in report.problems] == ["gone.txt"]


def test_stages_are_told_and_a_check_can_be_cancelled() -> None:
    with Session(LIGHT) as session:
        stages: list[Stage] = []
        session.check(TEXT, on_stage=lambda report: stages.append(report.stage))
        assert stages[0] is Stage.RULES and stages == sorted(stages)
        with pytest.raises(CancelledError):
            session.check(TEXT, cancelled=lambda: True)
        assert [one.quote for one in session.check(TEXT)] == ["the the"], "the session goes on"


@pytest.mark.parametrize("sessions", [1, 2])
def test_threads_give_what_one_gives(sessions: int) -> None:
    """With models, a tagger and caches behind them: one session for all threads, or several beside each other."""
    texts = [TEXT, DAM, DAM + "\n" + TEXT, "Nothing at all is wrong.\n"] * 3
    settings = Settings(disabled=("all",), enabled=("artefacts", "names"))
    made = [Session(settings) for _ in range(sessions)]
    try:
        expected = [tuple(made[0].check(text)) for text in texts]
        assert {finding.check for found in expected for finding in found} > {"artefacts/confusable-sense"}
        with ThreadPoolExecutor(4) as pool:
            work = [(made[number % sessions], text) for number, text in enumerate(texts)]
            given = list(pool.map(lambda pair: tuple(pair[0].check(pair[1])), work))
        assert given == expected
    finally:
        for session in made:
            session.close()
