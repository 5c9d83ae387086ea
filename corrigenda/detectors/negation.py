"""Detector `negation`: a "not" that the source does not say, and one that it says and the translation lost.

What negates in each language is data (corpora/sources/negation); corrigenda/cues/balance.py says when one side has a
negation that the other cannot account for.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypedDict

from corrigenda.cues.balance import CARRIER, Counted, counted, leaning, surplus
from corrigenda.cues.lists import Cue, Cues, cues
from corrigenda.cues.sides import Sides, sides, source_span, target_span
from corrigenda.detectors.detector import Detector
from corrigenda.detectors.templates import fault_of_message
from corrigenda.errors import CheckError
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.languages import code_of
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.alignment.bitext import Bitext
    from corrigenda.rules.check import Check

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_ASKS = re.compile(r"[?？؟;](?:\W|$)")
_SURE = 0.8
"""How sure the alignment must be for more than a suggestion."""


class NegationKeys(TypedDict):
    """The keys of a check."""

    gained: Annotated[str, Key("the message where only the translation negates")]
    lost: Annotated[str, Key("the message where only the source negates")]


class NegationPayload(NamedTuple):
    """The two messages."""

    gained: str
    lost: str


class NegationDetector(Detector):
    """Negations of a text and its source."""

    name = "negation"
    scope = "document"
    options = NegationKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule: a document that has its source."""
        keys = check.keys(NegationKeys)
        for key, message in (("gained", keys["gained"]), ("lost", keys["lost"])):
            fault = fault_of_message(message, ())
            if fault:
                raise CheckError(check.path, check.line(key), fault)
        return [Rule(structure="source", payload=NegationPayload(keys["gained"], keys["lost"]))]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Compare the pairs of each document."""
        for nominee in nominees:
            bitext = context.bitext(nominee.document)
            if bitext is None:
                continue
            own = cues("negation", code_of(context.documents[nominee.document].language))
            other = cues("negation", bitext.language)
            if own is not None and other is not None:
                for pair in sides(bitext):
                    yield from _compared(nominee, bitext, pair, own, other)


def _compared(nominee: Nominee, bitext: "Bitext", pair: Sides, own: Cues, other: Cues) -> Iterator[Hit]:
    """Yield what one side of a pair negates and the other does not."""
    target, source = counted(pair.target.text, own), counted(pair.source.text, other)
    asked = _ASKS.search(pair.source.text) is not None  # a polite question is a negated one in many languages
    doubtful = asked or not pair.single or pair.confidence < _SURE
    severity = Severity.SUGGESTION if doubtful else None
    payload = nominee.rule.payload(NegationPayload)
    for cue in surplus(target, source):
        start, end, correction = _whole(pair.target.text, cue, target)
        span = target_span(bitext, pair.target, start, end)
        yield Hit(
            nominee.rule.check,
            nominee.document,
            span.start,
            span.end,
            corrections=correction,
            message=payload.gained,
            severity=severity,
            source_span=source_span(bitext, pair.source),
        )
    if asked:
        return
    for cue in surplus(source, target):
        start, end = _place(pair.target.text, cue, source, target)
        span = target_span(bitext, pair.target, start, end)
        yield Hit(
            nominee.rule.check,
            nominee.document,
            span.start,
            span.end,
            message=payload.lost,
            severity=severity,
            source_span=source_span(bitext, pair.source, cue.start, cue.end),
        )


def _whole(text: str, cue: Cue, side: Counted) -> tuple[int, int, tuple[Correction, ...]]:
    """Return the negation with the word that it leans on, and that word alone as the correction, where it can stand
    alone ("is not", "is").
    """
    for carrier in side.carriers:
        if carrier.end + 1 == cue.start and text[carrier.end] == " ":
            alone = Correction(text[carrier.start : carrier.end], Applicability.UNSAFE)
            return carrier.start, cue.end, (alone,) if carrier.group == CARRIER else ()
    return cue.start, cue.end, ()


def _place(text: str, cue: Cue, source: Counted, target: Counted) -> tuple[int, int]:
    """Return where a lost negation most likely stood: at the word that it would lean on, or at the word whose place in
    the translation is that of the negation in the source.
    """
    carrier = leaning(cue, source, target)
    if carrier is not None:
        return carrier.start, carrier.end
    words = list(_WORD.finditer(text))
    if not words:
        return 0, len(text)
    place = cue.start / source.length
    nearest = min(words, key=lambda word: abs(word.start() / target.length - place))
    return nearest.start(), nearest.end()


DETECTOR = NegationDetector()
