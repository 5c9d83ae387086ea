"""The engine: merging, quotations, severities, engines that do not run."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda.documents.store import Source
from corrigenda.finding import Correction, EngineStatus, Finding, Problem, Report, Severity
from corrigenda.pipeline.findings import LOOK_UP
from corrigenda.pipeline.merge import merge
from corrigenda.pipeline.run import run
from corrigenda.pipeline.status import report_of
from corrigenda.settings import Settings
from tests.conftest import HOUSE_TERM

GOOD = "A fair was held on the territory of the port.\n"


def check(text: str, settings: Settings) -> Report:
    return run([Source("a.txt", data=text.encode())], settings)


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    path = tmp_path / "own" / "house" / "term.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(HOUSE_TERM, encoding="utf-8")
    return Settings(check_folders=(tmp_path / "own",), disabled=("all",), enabled=("house",))


def with_check(tmp_path: Path, body: str, **options: object) -> Settings:
    path = tmp_path / "own" / "house" / "term.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HOUSE_TERM.replace('find: on the territory of\ncorrections: ["in"]\n', body), encoding="utf-8")
    return Settings(check_folders=(tmp_path / "own",), disabled=("all",), enabled=("house",), **options)  # type: ignore[arg-type]


def test_a_finding_points_at_its_characters(own: Settings) -> None:
    text = "\ufeffNaïve café 👩‍👩‍👧.\r\n\r\nA fair was held on the territory\r\nof the port.\r\n"
    finding = check(text, own).documents[0].findings[0]
    shown = text.removeprefix("\ufeff")
    assert shown[finding.start : finding.end] == finding.quote == "on the territory\r\nof"
    assert (finding.line, finding.column) == (3, 17)
    assert finding.corrections == (Correction("in"),)


def test_inside_quotation_marks_nothing_is_safe_and_the_message_says_to_look_up(tmp_path: Path) -> None:
    settings = with_check(tmp_path, "find: on the territory of\ncorrections: [{text: in, applicability: safe}]\n")
    text = "A fair was on the territory of the port. “We met on the territory of the port,” she said.\n"
    outside, inside = check(text, settings).documents[0].findings
    assert (outside.in_quotation, inside.in_quotation) == (False, True)
    assert outside.corrections[0].applicability.value == "safe"
    assert inside.corrections[0].applicability.value == "unsafe"
    assert inside.message.endswith(LOOK_UP) and not outside.message.endswith(LOOK_UP)


def test_a_check_may_leave_quotations_alone(tmp_path: Path) -> None:
    settings = with_check(tmp_path, "find: on the territory of\nquotations: false\n")
    text = "“We met on the territory of the port,” she said, on the territory of the fair.\n"
    assert [finding.in_quotation for finding in check(text, settings).documents[0].findings] == [False]


def test_code_and_links_are_not_read(own: Settings) -> None:
    text = "A `fair on the territory of` it.\n\n```\non the territory of\n```\n\n[a](http://on the territory of)\n"
    report = quotes_of(own, text, "a.md")
    assert report == []


def quotes_of(settings: Settings, text: str, name: str) -> list[str]:
    from corrigenda.documents import registry as reading
    from corrigenda.pipeline.checker import Checker
    from corrigenda.pipeline.examples import findings
    from corrigenda.pipeline.index import load

    own = Checker(load(settings.check_folders, settings.disabled, settings.enabled), settings)
    document = reading.read_bytes(text.encode(), name, reading.format_of(name))
    return [finding.quote for finding in findings(own, [document])[0]]


def test_severities_of_the_configuration(own: Settings) -> None:

    assert check(GOOD, own).documents[0].findings[0].severity is Severity.WARNING
    louder = own._replace(severities={"house": Severity.ERROR})
    assert check(GOOD, louder).documents[0].findings[0].severity is Severity.ERROR


def finding(start: int, end: int, check: str, severity: Severity = Severity.WARNING, **more: object) -> Finding:
    return Finding(check, "style/x", severity, 0.5, start, end, 1, start + 1, "x" * (end - start), "Said.", **more)  # type: ignore[arg-type]


def test_two_checks_on_the_same_characters_become_one_finding() -> None:
    merged = merge(
        [
            finding(3, 5, "a/one", corrections=(Correction("x"), Correction("y"))),
            finding(3, 5, "a/two", Severity.ERROR, corrections=(Correction("y"), Correction("z"))),
            finding(3, 6, "a/three"),
        ]
    )
    assert [(one.check, one.start, one.end) for one in merged] == [("a/two", 3, 5), ("a/three", 3, 6)]
    assert [correction.text for correction in merged[0].corrections] == ["y", "z", "x"]
    assert merged[0].evidence["also"] == ["a/one"]


# Few places and many checks, so that three of them meet on the same characters often.
spans = st.tuples(st.integers(0, 2), st.integers(1, 2)).map(lambda pair: (pair[0], pair[0] + pair[1]))
some = st.lists(
    st.builds(
        lambda span, check, severity: finding(*span, check, severity),
        spans,
        st.sampled_from(["a/one", "a/two", "b/one", "b/two"]),
        st.sampled_from(list(Severity)),
    ),
    max_size=12,
)


def merged_by_hand(findings: list[Finding]) -> list[tuple[int, int, str, Severity, list[str]]]:
    """What merging means, said in another way: the places in order, whose finding is kept, and which checks are named
    beside it.
    """

    def inside(one: Finding, other: Finding) -> bool:
        longer = (other.start, other.end) != (one.start, one.end)
        return longer and one.check == other.check and other.start <= one.start and one.end <= other.end

    outermost = [one for one in findings if not any(inside(one, other) for other in findings)]
    result = []
    for start, end in sorted({(one.start, one.end) for one in outermost}):
        here = [one for one in outermost if (one.start, one.end) == (start, end)]
        gravest = max(one.severity.rank for one in here)
        kept = min((one for one in here if one.severity.rank == gravest), key=lambda one: one.check)
        others = sorted({one.check for one in here} - {kept.check})
        result.append((start, end, kept.check, kept.severity, others))
    return result


@settings(deadline=None)
@given(some, st.randoms())
def test_merging_knows_no_order_and_loses_nothing(findings: list[Finding], dice: Random) -> None:
    merged = merge(findings)
    shuffled = list(findings)
    dice.shuffle(shuffled)
    assert merge(shuffled) == merged
    said = [(one.start, one.end, one.check, one.severity, one.evidence.get("also", [])) for one in merged]
    assert said == merged_by_hand(findings)


def test_fingerprints_are_by_content_and_differ_within_a_document(own: Settings) -> None:
    first = check("One.\n\n" + GOOD + "\n" + GOOD, own).documents[0].findings
    second = check("Another line, longer than the first.\n\nTwo.\n\n" + GOOD, own).documents[0].findings
    assert len({one.fingerprint for one in first}) == 2
    # Nothing but the words around it names a finding: neither its line nor its file.
    assert all(len(one.fingerprint) == 16 for one in (*first, *second))
    lone = check("It rained.\n\n" + GOOD + "\nIt stopped.\n", own).documents[0].findings[0]
    moved = check("Later.\n\nIt rained.\n\n" + GOOD + "\nIt stopped.\n", own).documents[0].findings[0]
    assert lone.fingerprint == moved.fingerprint and lone.line != moved.line


def test_a_missing_pipeline_is_said_and_is_a_problem_where_it_is_demanded(tmp_path: Path) -> None:
    body = 'detector: pattern\nfind: "the army :NOUN"\n'
    settings = with_check(tmp_path, "", spacy_model="en_no_such_model")
    path = tmp_path / "own" / "house" / "term.yaml"
    path.write_text(HOUSE_TERM.split("detector:")[0] + body, encoding="utf-8")
    report = check("They saw the army camp.\n", settings)
    status = {engine.name: engine for engine in report.engines}["spacy"]
    assert status.status == "absent" and "en_no_such_model" in status.reason
    assert report.problems == ()
    demanded = with_check(tmp_path, "", spacy_model="en_no_such_model", engines={"spacy": "on"})
    path.write_text(HOUSE_TERM.split("detector:")[0] + body, encoding="utf-8")
    report = check("They saw the army camp.\n", demanded)
    assert [problem.path for problem in report.problems] == ["spacy"]


def test_spacy_can_be_turned_off(tmp_path: Path) -> None:
    settings = with_check(tmp_path, "", engines={"spacy": "off"})
    path = tmp_path / "own" / "house" / "term.yaml"
    path.write_text(HOUSE_TERM.split("detector:")[0] + 'detector: pattern\nfind: "the army camp"\n', encoding="utf-8")
    report = check("They saw the army camp.\n", settings)
    assert report.documents[0].findings == ()
    assert {engine.name: engine.status for engine in report.engines}["spacy"] == "off"


def test_engines_of_all_batches_in_one_report() -> None:
    quiet, busy = EngineStatus("spacy", "not needed"), EngineStatus("spacy", "ran")
    problems = [Problem("b", "twice"), Problem("a", "once"), Problem("b", "twice")]
    report = report_of([], problems, [quiet, busy, quiet])
    assert {engine.name: engine.status for engine in report.engines}["spacy"] == "ran"
    assert [problem.path for problem in report.problems] == ["a", "b"]


def test_progress_is_told_and_no_source_is_no_document(own: Settings) -> None:
    told: list[tuple[int, int]] = []
    run(
        [Source(str(n), data=GOOD.encode()) for n in range(70)],
        own,
        progress=lambda done, of, _: told.append((done, of)),
    )
    assert told[-1] == (70, 70) and len(told) >= 2
    assert run([], own).documents == ()
