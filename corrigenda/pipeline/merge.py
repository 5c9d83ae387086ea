"""What is found twice is said once, and what is found too often is cut short.

Within one stage findings on exactly the same characters become one (`merge`); what an engine or a comparison of
documents adds later joins the finding whose place it shares (`merge_later`).
"""

from collections.abc import Iterable, Sequence

from corrigenda.finding import Applicability, Finding, Severity
from corrigenda.rules.hit import Hit

MAX_HITS = 1000
"""Places of one check in one document that are looked for; more is a damaged file."""

DUPLICATION = "linguistic-conventions/duplication"
_BY_MODEL = "model"
"""In the evidence of what a large language model named."""
MORE = "not_looked_for"
"""In the evidence of the last place that is listed: that there may be more."""
_MORE = f"places of this check beyond the first {MAX_HITS:,} in this file"


def limited(hits: Iterable[Hit], documents: int) -> list[Hit]:
    """Keep the first MAX_HITS of one check in each document; the last kept one says that no more were looked for.

    Args:
        hits: The hits of one check as they are found. No more are asked for than all documents need.
        documents: How many documents they may be of.
    """
    kept: list[Hit] = []
    counts: dict[int, int] = {}
    last: dict[int, int] = {}
    full = 0
    for hit in hits:
        counts[hit.document] = count = counts.get(hit.document, 0) + 1
        if count <= MAX_HITS:
            last[hit.document] = len(kept)
            kept.append(hit)
        elif count == MAX_HITS + 1:
            at = last[hit.document]
            kept[at] = kept[at]._replace(evidence={**kept[at].evidence, MORE: _MORE})
            full += 1
            if full == documents:
                break
    return kept


def without_yielding(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out what is merely close to something known where another check says what is wrong."""
    said: dict[int, list[tuple[int, int]]] = {}
    for hit in hits:
        if not hit.check.yields:
            said.setdefault(hit.document, []).append((hit.start, hit.end))
    return [
        hit
        for hit in hits
        if not hit.check.yields
        or not any(start < hit.end and hit.start < end for start, end in said.get(hit.document, ()))
    ]


_UNTRANSLATED = "accuracy/untranslated"
_SENTENCE = 5
"""Words from which an untranslated place is a sentence, in which no word is judged by itself."""


def _uncovered(findings: Iterable[Finding], among: Iterable[Finding]) -> list[Finding]:
    """Leave out what lies inside a sentence, one of `among`, that was left in another language."""
    left = [(f.start, f.end) for f in among if f.category == _UNTRANSLATED and len(f.quote.split()) >= _SENTENCE]
    if not left:
        return list(findings)
    return [
        finding
        for finding in findings
        if not any(
            start <= finding.start and finding.end <= end and (finding.start, finding.end) != (start, end)
            for start, end in left
        )
    ]


def merge(findings: Sequence[Finding]) -> list[Finding]:
    """Make one finding of those on exactly the same characters: the graver, then the surer, then the first by name.

    Findings with variants speak of names and stay, since each pair of forms is a statement of its own. The others are
    named in the evidence.
    """
    ordered = sorted(
        _outermost(_uncovered(findings, findings)),
        key=lambda f: (f.start, f.end, -f.severity.rank, -f.confidence, f.check, f.message),
    )
    result: list[Finding] = []
    for finding in ordered:
        last = result[-1] if result else None
        elsewhere = last is None or (last.start, last.end) != (finding.start, finding.end)
        other_name = (
            last is not None
            and bool(finding.variants)
            and bool(last.variants)
            and set(finding.variants) != set(last.variants)
        )
        if last is None or elsewhere or other_name:
            result.append(finding)
        elif finding.check != last.check:
            also = sorted({*last.evidence.get("also", ()), finding.check})
            more = tuple(c for c in finding.corrections if c.text not in {known.text for known in last.corrections})
            variants = last.variants or finding.variants
            result[-1] = last._replace(
                evidence={**last.evidence, "also": also}, corrections=last.corrections + more, variants=variants
            )
    return result


def _outermost(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out what lies inside a longer finding of the same check; two of a check's entries met there."""
    last_end: dict[str, tuple[int, int]] = {}
    result: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        start, end = last_end.get(finding.check, (-1, -1))
        if finding.end <= end and (finding.start, finding.end) != (start, end) and not finding.variants:
            continue
        last_end[finding.check] = (finding.start, finding.end)
        result.append(finding)
    return result


def merge_later(ours: Iterable[Finding], theirs: Iterable[Finding]) -> list[Finding]:
    """Add later findings to a document's own, one finding a place, in document order.

    Two findings speak of the same place when they share at least half of the shorter one and neither is more than four
    times as long as the other. Ours stays, with its message and its corrections first; the other check goes into its
    evidence, and corrections for exactly the same characters join it. The graver severity stays with our finding.
    """
    result = sorted(ours, key=lambda finding: finding.sort_key)
    added: list[Finding] = []
    for finding in _uncovered(theirs, result):
        for index, own in enumerate(result):
            if same_place(own, finding):
                result[index] = _joined(own, finding)
                break
        else:
            added.append(finding)
    return sorted([*result, *added], key=lambda finding: finding.sort_key)


def same_place(a: Finding, b: Finding) -> bool:
    """Return whether two findings speak of the same place."""
    if a.category == b.category == DUPLICATION and a.start <= b.start and b.end <= a.end:
        return True  # two of the words that a loop has five times
    common = min(a.end, b.end) - max(a.start, b.start)
    shorter, longer = sorted((a.end - a.start, b.end - b.start))
    return common > 0 and 2 * common >= shorter and longer <= max(4 * shorter, 12)


def _joined(own: Finding, other: Finding) -> Finding:
    also = sorted({*own.evidence.get("also", ()), other.check})
    # What comes from elsewhere than LanguageTool, such as other documents, is named too.
    more = {key: other.evidence[key] for key in ("languagetool", "documents", _BY_MODEL) if key in other.evidence}
    evidence = {**own.evidence, "also": also, **more}
    corrections = own.corrections
    if (own.start, own.end) == (other.start, other.end):
        known = {correction.text for correction in corrections}
        added = (c._replace(applicability=Applicability.UNSAFE) for c in other.corrections if c.text not in known)
        corrections = (*corrections, *added)
    severity = own.severity if own.severity.rank >= other.severity.rank else Severity(other.severity)
    confidence = own.confidence
    if _BY_MODEL in other.evidence:
        # Two that know nothing of each other name the same place.
        confidence = round(min(0.95, 1 - (1 - own.confidence) * (1 - other.confidence)), 2)
    return own._replace(evidence=evidence, corrections=corrections, severity=severity, confidence=confidence)
