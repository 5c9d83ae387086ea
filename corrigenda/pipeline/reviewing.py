"""A second opinion on what the rules found: an engine that reads as an editor does (corrigenda.engines.engine.Reviewer)
may lift a suggestion to a warning, make a warning a suggestion, and drop a suggestion.

It has no say where its reading cannot decide, or where somebody has decided already: on errors, on names and on what
was compared with other places of the text, on what the document's layout shows, on corrections that are safe anyway, on
a project's own checks, on checks whose severity the configuration says, and on what it has named itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from corrigenda import resources
from corrigenda.detectors.registry import detector
from corrigenda.documents.document import Document
from corrigenda.engines.engine import Case, Opinion, Reviewer
from corrigenda.finding import Applicability, DocumentReport, Finding, Severity
from corrigenda.rules.rule import CompiledCheck
from corrigenda.settings import Settings

OPINION = "second reading"
"""Where the evidence of a finding holds what a reviewer said."""
_NAMED = ("model", OPINION)
"""In the evidence of what a reviewer named itself, or gave its opinion on: one question about a place is enough."""
_LAYOUT = ("design-and-markup/", "linguistic-conventions/character-encoding")
"""Categories of what is wrong in a file and not in a sentence."""


def reviewed(
    reviewers: Sequence[Reviewer],
    reports: Sequence[DocumentReport],
    document_of: Callable[[str], Document | None],
    checks: Mapping[str, CompiledCheck],
    settings: Settings,
) -> list[DocumentReport]:
    """Return reports with the reviewers' opinions on their findings.

    Args:
        reviewers: The engines that are asked, each about what the one before has left.
        reports: The reports, to which nothing more is added.
        document_of: Returns the document of a path, None where it cannot be read any more.
        checks: The checks of the findings, by their ids; what is not among them is left alone.
        settings: The settings of the run.
    """
    result = list(reports)
    for reviewer in reviewers:
        asked: list[tuple[int, int]] = []
        cases: list[Case] = []
        for number, report in enumerate(result):
            places = [n for n, own in enumerate(report.findings) if may_be_asked(own, report.path, checks, settings)]
            document = document_of(report.path) if places else None
            if document is not None:
                asked += [(number, place) for place in places]
                cases += [Case(document, report.findings[place]) for place in places]
        found: dict[int, dict[int, Finding | None]] = {}
        for (number, place), case, opinion in zip(asked, cases, reviewer.opinions(cases), strict=True):
            if opinion is not None:
                found.setdefault(number, {})[place] = _after(case.finding, opinion)
        for number, changed in found.items():
            left = (changed.get(place, own) for place, own in enumerate(result[number].findings))
            result[number] = result[number]._replace(findings=_sorted(own for own in left if own is not None))
    return result


def may_be_asked(finding: Finding, path: str, checks: Mapping[str, CompiledCheck], settings: Settings) -> bool:
    """Return whether a reviewer has a say on a finding (see above)."""
    check = checks.get(finding.check)
    if check is None or finding.severity is Severity.ERROR or finding.variants:
        return False
    if any(name in finding.evidence for name in _NAMED) or finding.category.startswith(_LAYOUT):
        return False
    if any(correction.applicability is Applicability.SAFE for correction in finding.corrections):
        return False
    return detector(check.detector).shows and _is_ours(check.id) and not _is_decided(check.id, path, settings)


def _is_ours(check: str) -> bool:
    """Return whether a check is one that comes with corrigenda; a project's own are its house rules."""
    return resources.path("checks", *f"{check}.yaml".split("/")).is_file()


def _is_decided(check: str, path: str, settings: Settings) -> bool:
    """Return whether the configuration says of which severity a check is: then its own makes no difference."""
    said = {settings.severity_of(check, own, path) for own in (Severity.SUGGESTION, Severity.ERROR)}
    return len(said) == 1


def _after(finding: Finding, opinion: Opinion) -> Finding | None:
    """Return a finding with an opinion on it, None where it is to be dropped.

    Whatever a reviewer says, only a suggestion is dropped, and nothing becomes an error.
    """
    severity = opinion.severity
    if severity is None and finding.severity is Severity.SUGGESTION:
        return None
    if severity is None or severity is Severity.ERROR:
        severity = finding.severity
    said = opinion.said
    if severity is not finding.severity:
        said += f", which makes a {severity.value} of a {finding.severity.value}"
    return finding._replace(
        severity=severity, confidence=opinion.confidence, evidence={**finding.evidence, OPINION: said}
    )


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))
