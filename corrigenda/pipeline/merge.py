"""What an engine or a comparison of documents adds later joins the finding whose place it shares."""

from collections.abc import Iterable
from dataclasses import replace

from corrigenda.finding import Applicability, Finding, Severity


def merge_later(ours: Iterable[Finding], theirs: Iterable[Finding]) -> list[Finding]:
    """Add later findings to a document's own, one finding a place, in document order.

    Two findings speak of the same place when they share at least half of the shorter one and neither is more than four
    times as long as the other. Ours stays, with its message and its corrections first; the other check goes into its
    evidence, and corrections for exactly the same characters join it. The graver severity stays with our finding.
    """
    result = sorted(ours, key=lambda finding: finding.sort_key)
    added: list[Finding] = []
    for finding in theirs:
        for index, own in enumerate(result):
            if _same_place(own, finding):
                result[index] = _joined(own, finding)
                break
        else:
            added.append(finding)
    return sorted([*result, *added], key=lambda finding: finding.sort_key)


def _same_place(a: Finding, b: Finding) -> bool:
    common = min(a.end, b.end) - max(a.start, b.start)
    shorter, longer = sorted((a.end - a.start, b.end - b.start))
    return common > 0 and 2 * common >= shorter and longer <= max(4 * shorter, 12)


def _joined(own: Finding, other: Finding) -> Finding:
    also = sorted({*own.evidence.get("also", ()), other.check})
    # What comes from elsewhere than LanguageTool, such as other documents, is named too.
    more = {key: other.evidence[key] for key in ("languagetool", "documents") if key in other.evidence}
    evidence = {**own.evidence, "also": also, **more}
    corrections = own.corrections
    if (own.start, own.end) == (other.start, other.end):
        known = {correction.text for correction in corrections}
        added = (replace(c, applicability=Applicability.UNSAFE) for c in other.corrections if c.text not in known)
        corrections = (*corrections, *added)
    severity = own.severity if own.severity.rank >= other.severity.rank else Severity(other.severity)
    return replace(own, evidence=evidence, corrections=corrections, severity=severity)
