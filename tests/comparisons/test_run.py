"""Comparisons in a run: what is found and what not, what is said without a model, and what a second run loads."""

import subprocess
import sys
from pathlib import Path

import pytest

from corrigenda.documents.store import Source
from corrigenda.engines.judge.judge import Judge
from corrigenda.finding import Report
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings
from tests.conftest import HOUSE_TERM

DAM = "The turbines of the factory stand in the river below the dam, and the reservoir behind it is full.\n"
TOLD = "The occupiers have ordered people to leave the city because {} is closing, the governor said.\n"


def check(text: str, settings: Settings) -> Report:
    return run([Source("a.txt", data=text.encode())], settings, incremental=False)


def engine(report: Report, name: str) -> tuple[str, str]:
    return next((e.status, e.reason) for e in report.engines if e.name == name)


def only(*checks: str, **more: object) -> Settings:
    return Settings(disabled=("all",), enabled=checks, **more)  # type: ignore[arg-type]


@pytest.fixture
def closing(tmp_path: Path) -> Settings:
    """A rule that nominates too much, and leaves the decision to the comparison."""
    path = tmp_path / "own" / "house" / "term.yaml"
    path.parent.mkdir(parents=True)
    body = HOUSE_TERM.split("find:")[0] + (
        "find: is closing\ncorrections: [is closing in]\ncompare: {margin: 0, contrast: is-closing}\n"
    )
    path.write_text(body, encoding="utf-8")
    return Settings(check_folders=(tmp_path / "own",), disabled=("all",), enabled=("house",))


def test_a_rule_that_nominates_too_much_is_confirmed_or_not(closing: Settings, judge: Judge) -> None:
    found = check(TOLD.format("Ukraine"), closing).documents[0].findings
    assert [f.quote for f in found] == ["is closing"]
    assert "language model" in found[0].evidence["comparison"]
    assert set(found[0].evidence["scores"]) == {"consent", "likelihood", "closeness", "alike"}
    assert check(TOLD.format("the shop"), closing).documents[0].findings == ()


@pytest.mark.parametrize(
    ("engines", "options", "status"),
    [
        ({}, {"language-model": "no-such-model"}, "absent"),
        ({"language-model": "off"}, {}, "off"),
        ({"language-model": "on"}, {"language-model": "no-such-model"}, "failed"),
    ],
)
def test_without_a_model_the_run_goes_on_and_says_so(
    closing: Settings, engines: dict[str, str], options: dict[str, str], status: str
) -> None:
    report = check(
        TOLD.format("Ukraine") + "\n" + TOLD.format("the shop"), closing._replace(engines=engines, options=options)
    )
    assert report.documents[0].findings == ()
    told, reason = engine(report, "language-model")
    assert told == status and reason.endswith("2 places were not judged")
    assert [problem.path for problem in report.problems] == (["language-model"] if status == "failed" else [])


def test_what_was_not_judged_is_counted_in_kept_results_too(closing: Settings, tmp_path: Path) -> None:
    settings = closing._replace(options={"language-model": "no-such-model"})
    sources = []
    for number in range(3):
        path = tmp_path / f"{number}.txt"
        path.write_text(TOLD.format("Ukraine") + "x" * number, encoding="utf-8")
        sources.append(Source(path.name, path))
    first, second = run(sources, settings), run(sources, settings)
    assert first == second
    assert engine(second, "language-model")[1].endswith("3 places were not judged")


def test_nothing_to_judge_needs_no_model(closing: Settings) -> None:
    report = check("The road is open.\n", closing._replace(options={"language-model": "no-such-model"}))
    assert engine(report, "language-model") == ("not needed", "")


def test_a_wrong_sense_is_at_most_a_suggestion_and_says_why(judge: Judge) -> None:
    (found,) = check(DAM, only("artefacts/confusable-sense")).documents[0].findings
    assert (found.quote, found.corrections[0].text, found.severity.value) == ("factory", "plant", "suggestion")
    assert found.evidence["source word"] == "завод" and 0.5 < found.confidence <= 0.95


def test_a_checks_compare_needs_its_margin(tmp_path: Path) -> None:
    from corrigenda.rules.check import CheckError, load

    path = tmp_path / "house" / "term.yaml"
    path.parent.mkdir()
    path.write_text(HOUSE_TERM + "compare: {margn: 1}\n", encoding="utf-8")
    with pytest.raises(CheckError, match="compare"):
        load(path, tmp_path)


def test_a_compare_without_corrections_is_refused(tmp_path: Path) -> None:
    from corrigenda.pipeline.compile import compile_checks
    from corrigenda.rules.check import CheckError, load

    path = tmp_path / "house" / "term.yaml"
    path.parent.mkdir()
    path.write_text(HOUSE_TERM.split("corrections:")[0] + "compare: {margin: 1}\n", encoding="utf-8")
    with pytest.raises(CheckError, match="needs corrections") as caught:
        compile_checks([load(path, tmp_path)])
    assert caught.value.line == 8


def test_outlier_alone_finds_the_lines_of_the_page(shared_dir: Path) -> None:
    text = (shared_dir / "articles" / "kherson.txt").read_text(encoding="utf-8")
    found = [f.quote.split()[0] for f in check(text, only("cleanup/outlier")).documents[0].findings]
    assert found == ["Contact", "For", "Thousands"]


def test_a_second_run_imports_no_model_library(tmp_path: Path, judge: Judge) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(DAM * (number + 1), encoding="utf-8")
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from corrigenda.documents.store import Source\n"
        "from corrigenda.pipeline.run import run\n"
        "from corrigenda.settings import Settings\n"
        "sources = [Source(p.name, p) for p in sorted(Path(sys.argv[1]).glob('*.txt'))]\n"
        "report = run(sources, Settings(disabled=('all',), enabled=('artefacts/confusable-sense',)))\n"
        "loaded = {'onnxruntime', 'tokenizers', 'torch', 'numpy'} & set(sys.modules)\n"
        "print(sum(len(d.findings) for d in report.documents), ','.join(sorted(loaded)))\n"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert said[0][0] == said[1][0] != "0"
    assert "onnxruntime" in said[0][1] and len(said[1]) == 1


def test_any_number_of_jobs_gives_the_same_findings(tmp_path: Path, judge: Judge) -> None:
    sources = []
    for number in range(66):
        path = tmp_path / f"{number:03}.txt"
        path.write_text(DAM if number in (0, 65) else f"Boat {number} is out.\n", encoding="utf-8")
        sources.append(Source(path.name, path))
    settings = only("artefacts/confusable-sense")
    assert run(sources, settings, jobs=1, incremental=False) == run(sources, settings, jobs=2, incremental=False)
