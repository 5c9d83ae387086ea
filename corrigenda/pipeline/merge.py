"""What is found twice is said once, and what is found too often is cut short.

Within one stage findings on exactly the same characters become one (`merge`); what an engine or a comparison of
documents adds later joins the finding whose place it shares (`merge_later`).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from corrigenda.finding import Applicability, Finding, Severity
from corrigenda.rules.hit import Hit

MAX_HITS = 1000
"""Places of one check in one document that are looked for; more is a damaged file."""

DUPLICATION = "linguistic-conventions/duplication"
_BY_MODEL = "model"
"""In the evidence of what a large language model named."""
_SPELLER = "MORFOLOGIK_RULE_"
"""How the rules of a grammar engine begin that know a word only by the dictionary, in the evidence of a finding."""
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


def witnessed(hits: Sequence[Hit]) -> list[Hit]:
    """Note in the evidence of hits that a detector which reads texts whole finds words of the same place wrong.

    Such detectors yield, so what they say of a place that another check names would be lost; and some of it is said for
    this alone, and left out here.
    """
    late: dict[int, list[Hit]] = {}
    for hit in hits:
        if hit.check.yields and UNLIKELY in hit.evidence:
            late.setdefault(hit.document, []).append(hit)
    return [
        hit._replace(evidence={**hit.evidence, UNLIKELY: max(other.evidence[UNLIKELY] for other in witnesses)})
        if not hit.check.yields
        and (
            witnesses := [
                other
                for other in late.get(hit.document, ())
                if other.start < hit.end and hit.start < other.end and hit.end - hit.start <= _SHORT
            ]
        )
        else hit
        for hit in hits
        if hit.evidence.get("alone", True)
    ]


UNLIKELY = "unlikely"
"""In the evidence of what a language model does not expect: the share of such words that editors change."""
_SHORT = 60
"""Code points up to which a place is one wording, of which each word speaks for the whole."""
_UNTRANSLATED = "accuracy/untranslated"
_SENTENCE = 5
"""Words from which an untranslated place is a sentence, in which no word is judged by itself."""


def _uncovered(findings: Iterable[Finding], among: Iterable[Finding]) -> list[Finding]:
    """Leave out what lies inside a sentence, one of `among`, that was left in another language.

    Of two such sentences that overlap, one of which has a word more than the other, the graver is said.
    """
    sentences = sorted(
        (f for f in among if f.category == _UNTRANSLATED and len(f.quote.split()) >= _SENTENCE), key=lambda f: f.start
    )
    if not sentences:
        return list(findings)
    starts = [sentence.start for sentence in sentences]
    reached = list(accumulate((sentence.end for sentence in sentences), max))

    def is_covered(finding: Finding) -> bool:
        longest = finding.category == _UNTRANSLATED and len(finding.quote.split()) >= _SENTENCE
        for at in range(bisect_right(starts, finding.end) - 1, -1, -1):
            if reached[at] < finding.start:
                return False
            own = sentences[at]
            if longest and own.severity.rank != finding.severity.rank:
                if own.severity.rank > finding.severity.rank and own.start < finding.end and finding.start < own.end:
                    return True
            elif (
                own.start <= finding.start
                and finding.end <= own.end
                and (finding.start, finding.end) != (own.start, own.end)
            ):
                return True
        return False

    return [finding for finding in findings if not is_covered(finding)]


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
    So it is with two findings side by side whose corrections cannot both be made: see `_either`.
    """
    result = sorted(ours, key=lambda finding: finding.sort_key)
    added: list[Finding] = []
    for finding in _uncovered(theirs, result):
        for same in (same_place, _either):
            index = next((n for n, own in enumerate(result) if same(own, finding)), None)
            if index is not None:
                result[index] = _joined(result[index], finding)
                break
        else:
            added.append(finding)
    return sorted([*result, *added], key=lambda finding: finding.sort_key)


_NO_WORD = 2
"""Most code points between two findings side by side: a word and its spaces need three."""


def _either(own: Finding, other: Finding) -> bool:
    """Return whether only one of two findings can have its first correction.

    Two that overlap at their ends replace the same characters. Of two side by side, the first corrections together
    would write a word twice ("depends" → "depends on", "from" → "on"), or the other one adds its word to what ours
    changes ("depends" → "depends upon").
    """
    repairs = _first_repair(own), _first_repair(other)
    if repairs[0] is None or repairs[1] is None:
        return False
    first, second = sorted((own, other), key=lambda finding: (finding.start, finding.end))
    if first.start < second.start < first.end < second.end:
        return True
    if not 0 <= second.start - first.end <= _NO_WORD:
        return False
    # From the border outwards, on both sides: what stands there, and what would.
    own_old, own_new = _from_border(own.quote, own is first), _from_border(repairs[0], own is first)
    old, new = _from_border(other.quote, other is first), _from_border(repairs[1], other is first)
    adds = 0 < len(old) < len(new) and new[-len(old) :] == old and own_new[:1] != own_old[:1]
    repeats = bool(own_new) and new[:1] == own_new[:1] and old[:1] != own_old[:1]
    return adds or repeats


def _first_repair(finding: Finding) -> str | None:
    first = next(iter(finding.corrections), None)
    return None if first is None or first.applicability is Applicability.DISPLAY_ONLY else first.text


def _from_border(text: str, before: bool) -> list[str]:
    """Return the words of a text from the border with its neighbour: from its end where it stands before that."""
    words = text.casefold().split()
    return words[::-1] if before else words


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
    guessed = _is_guess(other) and _first_repair(own) is not None
    if (own.start, own.end) == (other.start, other.end) and not guessed:
        known = {correction.text for correction in corrections}
        added = (c._replace(applicability=Applicability.UNSAFE) for c in other.corrections if c.text not in known)
        corrections = (*corrections, *added)
    severity = own.severity if own.severity.rank >= other.severity.rank else Severity(other.severity)
    confidence = own.confidence
    if _BY_MODEL in other.evidence and same_place(own, other):
        # Two that know nothing of each other name the same place.
        confidence = round(min(0.95, 1 - (1 - own.confidence) * (1 - other.confidence)), 2)
    return own._replace(evidence=evidence, corrections=corrections, severity=severity, confidence=confidence)


def _is_guess(finding: Finding) -> bool:
    """Return whether a finding has what the dictionary has that looks like an unknown word: with a check's own
    correction beside it, it tells an editor nothing.
    """
    return str(finding.evidence.get("languagetool", "")).startswith(_SPELLER)
