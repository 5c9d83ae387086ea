"""Detector `bilingual-coverage`: what of a source the translation lacks, what it adds, and what it puts elsewhere.

Rule `omission`: a sentence, an item, a heading or a note of the source beside which nothing stands, and a sentence that
is far too short for its source. Rule `addition`: the same in the other direction. Rule `length`: a sentence that is far
longer than its source. Rule `swapped`: a paragraph that stands at another place than in the source.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict

from corrigenda.alignment.bitext import SURE, Bitext, Pair, Stretch
from corrigenda.detectors.detector import Detector
from corrigenda.documents.parts import Span
from corrigenda.finding import Severity
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check

RuleName = Literal["omission", "addition", "length", "swapped"]

_LEAST = 12
"""Characters that a translation would have from which on a sentence is one whose loss is spoken of."""
_CERTAIN = 0.85
"""The confidence from which on a sentence that stands alone is a warning; paths and lengths agree there."""
_SHORT = 0.5
"""The share under which part of it seems to be lost."""
_LONG = 2.1
_COMPARED = 60
"""Characters that a translation would have from which on its length says something."""

LOST = "The source says “{source_quote}” here, and the translation does not."
PARTLY = "This is far shorter than its source: something of “{source_quote}” seems to be lost."
ADDED = "Nothing in the source says this."
LONGER = "This is far longer than its source, “{source_quote}”: something seems to be added."
MOVED = "In the source this stands elsewhere: what goes before and behind it does not lead to it here."


class BilingualCoverageKeys(TypedDict):
    """The keys of a check."""

    rule: RuleName


class _Payload(NamedTuple):
    rule: str


class BilingualCoverage(Detector):
    """Whether all of the source is there, and nothing else."""

    name = "bilingual-coverage"
    scope = "document"
    options = BilingualCoverageKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule: every document with a source."""
        return [Rule(structure="source", payload=_Payload(check.keys(BilingualCoverageKeys)["rule"]))]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Look through the pairs of each document."""
        for nominee in nominees:
            bitext = context.bitext(nominee.document)
            if bitext is None or not bitext.pairs:
                continue
            match nominee.rule.payload(_Payload).rule:
                case "omission":
                    yield from _omissions(nominee, bitext)
                case "addition":
                    yield from _additions(nominee, bitext)
                case "length":
                    yield from _longer(nominee, bitext)
                case _:
                    yield from _moved(nominee, bitext)


def _omissions(nominee: Nominee, bitext: Bitext) -> Iterator[Hit]:
    empty = _empty(bitext)
    if empty is not None:
        yield _hit(nominee, bitext.target_span(empty), LOST, Severity.WARNING, _source(bitext, _all_sources(bitext)))
        return
    lost: list[Pair] = []
    before: Stretch | None = None
    for pair in (*bitext.pairs, None):
        if pair is not None and not pair.target:
            if pair.confidence >= SURE and _expected(pair, bitext) >= _LEAST:
                lost.append(pair)
            continue
        if lost:
            place = _last_word(before) if before is not None else None
            at = bitext.target_span(*place) if place is not None else _first_word(bitext)
            if at is not None:
                severity = Severity.WARNING if max(one.confidence for one in lost) >= _CERTAIN else Severity.SUGGESTION
                yield _hit(nominee, at, LOST, severity, _source(bitext, [s for one in lost for s in one.source]))
            lost = []
        if pair is None:
            return
        before = pair.target[-1]
        if pair.source and not any(map(str.isalnum, pair.target_text)) and _expected(pair, bitext) >= 2 * _LEAST:
            yield _hit(nominee, bitext.target_span(before), LOST, Severity.WARNING, _source(bitext, pair.source))
        elif pair.source and pair.confidence >= SURE:
            share = len(pair.target_text) / max(1.0, _expected(pair, bitext))
            long = _expected(pair, bitext) >= _COMPARED
            if long and share < _SHORT:
                at = bitext.target_span(*_last_word(before))
                yield _hit(nominee, at, PARTLY, Severity.SUGGESTION, _source(bitext, pair.source))


def _empty(bitext: Bitext) -> Stretch | None:
    """Return what stands in place of a translation that says nothing at all: a dot."""
    own = [stretch for pair in bitext.pairs for stretch in pair.target]
    if not own or any(character.isalnum() for stretch in own for character in stretch.text):
        return None
    long = sum(_expected(pair, bitext) for pair in bitext.pairs) >= 2 * _LEAST
    return own[0] if long and _all_sources(bitext) else None


def _all_sources(bitext: Bitext) -> list[Stretch]:
    return [stretch for pair in bitext.pairs for stretch in pair.source]


def _additions(nominee: Nominee, bitext: Bitext) -> Iterator[Hit]:
    for pair in bitext.pairs:
        if pair.source or pair.confidence < SURE:
            continue
        for stretch in pair.target:
            if len(stretch.text) >= _LEAST:
                severity = Severity.WARNING if pair.confidence >= _CERTAIN else Severity.SUGGESTION
                yield _hit(nominee, bitext.target_span(stretch), ADDED, severity, None)


def _longer(nominee: Nominee, bitext: Bitext) -> Iterator[Hit]:
    for pair in bitext.sure():
        expected = _expected(pair, bitext)
        if expected >= _COMPARED / 2 and len(pair.target_text) > _LONG * expected + _COMPARED / 2:
            first, last = bitext.target_span(pair.target[0]), bitext.target_span(pair.target[-1])
            at = Span(first.start, last.end)
            yield _hit(nominee, at, LONGER, Severity.SUGGESTION, _source(bitext, pair.source))


def _moved(nominee: Nominee, bitext: Bitext) -> Iterator[Hit]:
    """Yield what stands at another place: of two that changed places, one."""
    if bitext.units:
        return
    furthest = -1, -1
    pairs = bitext.sure()
    for number, pair in enumerate(pairs):
        at = pair.source[0].block, pair.source[0].start
        after = next(((p.source[0].block, p.source[0].start) for p in pairs[number + 1 :]), None)
        behind = at < furthest and at[0] != furthest[0]
        ahead = not behind and after is not None and after < at and after > furthest and after[0] != at[0]
        if behind or (ahead and number + 2 < len(pairs) and pairs[number + 2].source[0].block > at[0]):
            span = Span(bitext.target_span(pair.target[0]).start, bitext.target_span(pair.target[-1]).end)
            severity = Severity.WARNING if pair.confidence >= _CERTAIN else Severity.SUGGESTION
            yield _hit(nominee, span, MOVED, severity, _source(bitext, pair.source))
        if not ahead:
            furthest = max(furthest, at)


def _hit(nominee: Nominee, at: Span, message: str, severity: Severity, source: tuple[int, int] | None) -> Hit:
    return Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=at.start,
        end=at.end,
        message=message,
        severity=severity,
        source_span=source,
    )


def _source(bitext: Bitext, stretches: Sequence[Stretch]) -> tuple[int, int]:
    first, last = bitext.source_span(stretches[0]), bitext.source_span(stretches[-1])
    return min(first.start, last.start), max(first.end, last.end)


def _expected(pair: Pair, bitext: Bitext) -> float:
    """Return how many characters a translation of a pair's source would have."""
    from corrigenda.alignment.scoring import expected_length  # deferred: runs without a source never ask

    return expected_length(bitext.language) * len(pair.source_text)


def _last_word(stretch: Stretch) -> tuple[Stretch, int, int]:
    """Return the last word of a stretch, without the marks behind it; all of it where it has none."""
    text = stretch.text
    end = len(text)
    while end and not text[end - 1].isalnum():
        end -= 1
    start = end
    while start and not text[start - 1].isspace():
        start -= 1
    while start < end and not text[start].isalnum():
        start += 1
    return (stretch, start, end) if end > start else (stretch, 0, len(text))


def _first_word(bitext: Bitext) -> Span | None:
    """Return the first word of the translation, None where it has no text."""
    for number, view in enumerate(bitext.target_views):
        words = view.text.split()
        if words:
            start = view.text.index(words[0])
            return bitext.target_span(Stretch(number, start, start + len(words[0]), words[0]))
    return None


DETECTOR = BilingualCoverage()
