"""Second opinions: whatever an engine says, the pipeline decides what it may change."""

from collections.abc import Sequence

import pytest

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.engines.engine import Case, Opinion
from corrigenda.finding import Applicability, Correction, DocumentReport, EngineStatus, Severity
from corrigenda.pipeline.checker import Checker, checker
from corrigenda.pipeline.reviewing import reviewed
from corrigenda.pipeline.run import check_documents
from corrigenda.pipeline.stages import CancelledError
from corrigenda.rules.rule import CompiledRule, Scope
from corrigenda.settings import Settings

TEXT = "The fair was on the territory of the port. The firefighters arrived on the place of the accident.\n"
LIGHT = Settings(engines=dict.fromkeys(("spacy", "embeddings", "language-model", "grammar"), "off"))


class Voice:
    """A reviewer that says the same of everything."""

    name = "voice"
    scope: Scope = "document"

    def __init__(self, opinion: Opinion | None) -> None:
        self.opinion = opinion
        self.heard: list[str] = []

    def status(self) -> EngineStatus:
        return EngineStatus(self.name, "ran")

    def identity(self) -> str:
        return ""

    def needs(self, rule: CompiledRule) -> bool:
        return False

    def opinions(self, cases: Sequence[Case]) -> list[Opinion | None]:
        self.heard += [case.finding.quote for case in cases]
        return [self.opinion for _ in cases]


@pytest.fixture(scope="module")
def own() -> Checker:
    return checker(LIGHT)


@pytest.fixture(scope="module")
def document() -> Document:
    return registry.read_bytes(TEXT.encode(), "a.txt", "text")


@pytest.fixture(scope="module")
def report(own: Checker, document: Document) -> DocumentReport:
    (found,) = check_documents(own, [document]).documents
    assert [finding.severity for finding in found.findings] == [Severity.WARNING, Severity.SUGGESTION]
    return found


def after(voice: Voice, own: Checker, report: DocumentReport, document: Document | None) -> list[Severity]:
    (result,) = reviewed([voice], [report], lambda _: document, own.index.checks, own.settings)
    return [finding.severity for finding in result.findings]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (Opinion(None, 0.1, "no"), [Severity.WARNING]),
        (Opinion(Severity.ERROR, 0.9, "yes"), [Severity.WARNING, Severity.SUGGESTION]),
        (Opinion(Severity.WARNING, 0.9, "yes"), [Severity.WARNING, Severity.WARNING]),
        (Opinion(Severity.SUGGESTION, 0.4, "no"), [Severity.SUGGESTION, Severity.SUGGESTION]),
        (None, [Severity.WARNING, Severity.SUGGESTION]),
    ],
)
def test_only_a_suggestion_is_dropped_and_nothing_becomes_an_error(
    own: Checker, document: Document, report: DocumentReport, said: Opinion | None, left: list[Severity]
) -> None:
    assert after(Voice(said), own, report, document) == left


def test_what_has_an_opinion_is_not_asked_again(own: Checker, document: Document, report: DocumentReport) -> None:
    first, second = Voice(Opinion(Severity.WARNING, 0.9, "90 of 100")), Voice(Opinion(None, 0.1, "no"))
    (result,) = reviewed([first, second], [report], lambda _: document, own.index.checks, own.settings)
    assert len(first.heard) == 2 and second.heard == []
    assert len(result.findings) == 2


def test_a_document_that_vanished_stays_as_it_is(own: Checker, report: DocumentReport) -> None:
    voice = Voice(Opinion(None, 0.1, "no"))
    assert after(voice, own, report, None) == [Severity.WARNING, Severity.SUGGESTION]
    assert voice.heard == []


@pytest.mark.parametrize(
    "change",
    [
        {"severity": Severity.ERROR},
        {"variants": ("Kiev", "Kyiv")},
        {"evidence": {"model": "large"}},
        {"category": "design-and-markup/boilerplate"},
        {"corrections": (Correction("in", Applicability.SAFE),)},
        {"check": "names/near-miss"},
        {"check": "suppression/unused"},
    ],
)
def test_what_is_not_to_be_asked(
    own: Checker, document: Document, report: DocumentReport, change: dict[str, object]
) -> None:
    voice = Voice(Opinion(None, 0.1, "no"))
    findings = tuple(finding._replace(**change) for finding in report.findings)  # type: ignore[arg-type]
    assert len(after(voice, own, report._replace(findings=findings), document)) == 2
    assert voice.heard == []


def test_a_caller_who_stops_is_heard_before_it_is_asked(
    own: Checker, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice, stopped = Voice(None), False

    def status() -> EngineStatus:
        nonlocal stopped
        stopped = True
        return EngineStatus("voice", "ran")

    monkeypatch.setattr(voice, "status", status)
    monkeypatch.setattr("corrigenda.pipeline.external.reviewers", lambda _: [voice])
    with pytest.raises(CancelledError):
        check_documents(own, [document], cancelled=lambda: True)
    check_documents(own, [document])
    assert len(voice.heard) == 2 and stopped
