"""Detector `source-figures`: numbers, dates, times and units that do not say what the source says.

Each pair of sentences that the alignment is sure of is read by value on both sides (corrigenda.quantities). What a
neighbouring sentence has is taken for moved, not for lost; what the source's language has no table for is not judged.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Required, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.detectors.templates import fault_of_message
from corrigenda.errors import CheckError
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.languages import any_language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key, Text
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.alignment.bitext import Bitext, Pair, Stretch
    from corrigenda.documents.document import Document
    from corrigenda.quantities.comparing import Difference
    from corrigenda.quantities.quantity import Quantity
    from corrigenda.quantities.tables import Table
    from corrigenda.rules.check import Check

_NEAR = 2
"""Pairs on each side in which a quantity may stand that this pair lacks."""
_CERTAIN = 0.9
"""The confidence of a pair from which on two figures that differ are an error."""
_MOST_IN_PAIR = 60
"""Quantities of a pair from which on it is a table, whose cells no order holds together."""
_LONGEST_BEFORE = 20
_SMALL = 2
"""Numbers that translations put otherwise: an hour, both, a return."""
_ONE_DIGIT = 10
_CLAUSE_ENDS = tuple(",.;:!?)")
_CLOSE = 0.2
"""How far, as a share of the sentence, the end of a clause may be from where something is missing."""
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w+")


class FaultKeys(TypedDict, total=False):
    """What is said of one kind of difference."""

    fault: Required[Literal["changed", "lost", "added", "unit", "format"]]
    message: Required[Text]
    severity: Severity


class SourceFiguresKeys(TypedDict):
    """The keys of a check."""

    differences: Annotated[list[FaultKeys], Key("the kinds of differences that are reported", least=1)]


class SourceFiguresPayload(NamedTuple):
    """By kind of difference, the message and the severity; "" for that of the check."""

    said: dict[str, list[str]]


class _Side(NamedTuple):
    """One side of a pair, in one piece: its text, and its quantities with their places in that."""

    text: str
    quantities: list["Quantity"]


class SourceFigures(Detector):
    """Quantities that differ from the source's."""

    name = "source-figures"
    scope = "document"
    values = frozenset(("source_quote",))
    options = SourceFiguresKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the rule: documents that have a source."""
        said: dict[str, list[str]] = {}
        for number, entry in enumerate(check.keys(SourceFiguresKeys)["differences"]):
            fault = fault_of_message(entry["message"], self.values)
            if fault:
                raise CheckError(check.path, check.line("differences", number, "message"), fault)
            said[entry["fault"]] = [entry["message"], str(entry.get("severity", ""))]
        return [Rule(structure="source", payload=SourceFiguresPayload(said))]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Read and compare each pair."""
        # deferred: no run without a source needs the tables
        from corrigenda.quantities.tables import languages, table

        for nominee in nominees:
            bitext = context.bitext(nominee.document)
            document = context.documents[nominee.document]
            if bitext is None or bitext.language not in languages():
                continue
            own = any_language(document.language).code
            if own in languages():
                yield from _hits(nominee, document, bitext, table(own))


def _hits(nominee: Nominee, document: "Document", bitext: "Bitext", own: "Table") -> Iterator[Hit]:
    # deferred with the tables
    from corrigenda.quantities.comparing import differences

    said = nominee.rule.payload(SourceFiguresPayload).said
    ours = [_side(pair.target, own.code, document, bitext, target=True) for pair in bitext.pairs]
    theirs = [_side(pair.source, bitext.language, document, bitext, target=False) for pair in bitext.pairs]
    held = {id(pair) for pair in bitext.held()}
    for index, pair in enumerate(bitext.pairs):
        one, other = ours[index], theirs[index]
        if id(pair) not in held:
            continue
        if not (one.quantities or other.quantities) or len(one.quantities) + len(other.quantities) > _MOST_IN_PAIR:
            continue
        near = [] if bitext.units else [at for at in _around(index, len(bitext.pairs)) if at != index]

        def rounded(quantity: "Quantity", text: str = one.text) -> bool:
            before = text[max(0, quantity.start - _LONGEST_BEFORE) : quantity.start].lower().rstrip(" $€£")
            return before.endswith(own.rounding)

        for difference in differences(
            one.quantities,
            other.quantities,
            near_target=[quantity for at in near for quantity in ours[at].quantities],
            near_source=[quantity for at in near for quantity in theirs[at].quantities],
            rounded=rounded,
        ):
            if difference.fault in said and not _literal(difference, one.text, other.text):
                hit = _hit(nominee, bitext, pair, difference, one, other, own)
                if hit is not None:
                    yield hit


def _around(index: int, length: int) -> range:
    return range(max(0, index - _NEAR), min(length, index + _NEAR + 1))


def _side(
    stretches: Sequence["Stretch"], language: str, document: "Document", bitext: "Bitext", *, target: bool
) -> _Side:
    """Return one side of a pair with the quantities that a reader sees: none of code and addresses."""
    from corrigenda.quantities.reading import quantities  # deferred with the tables

    text = " ".join(stretch.text for stretch in stretches)
    if not text:
        return _Side(text, [])
    behind = document if target else document.source
    found: list[Quantity] = []
    for quantity in quantities(text, language):
        if behind is not None:
            place = _span(stretches, quantity.start, quantity.end, bitext, target=target)
            if place is not None and behind.is_masked(*place):
                continue
        found.append(quantity)
    return _Side(text, found)


def _span(
    stretches: Sequence["Stretch"], start: int, end: int, bitext: "Bitext", *, target: bool
) -> tuple[int, int] | None:
    """Return where a part of a side stands in its document, None where it runs over two sentences."""
    at = 0
    for stretch in stretches:
        if at <= start and end <= at + len(stretch.text):
            span = bitext.target_span if target else bitext.source_span
            found = span(stretch, start - at, end - at)
            return found.start, found.end
        at += len(stretch.text) + 1
    return None


def _literal(difference: "Difference", ours: str, theirs: str) -> bool:
    """Return whether what seems to differ stands in the other text, letter by letter."""
    for quantity, own, other in ((difference.target, ours, theirs), (difference.source, theirs, ours)):
        if quantity is None or difference.fault in ("unit", "format"):
            continue
        if quantity.kind == "time":
            continue
        written = own[quantity.start : quantity.end]
        digits = _DIGITS.findall(written)
        if digits and all(digit in _DIGITS.findall(other) for digit in digits) and written in other:
            return True
        if not digits and len(written) > 2 and re.search(rf"\b{re.escape(written)}\b", other):
            return True
    return False


def _hit(
    nominee: Nominee,
    bitext: "Bitext",
    pair: "Pair",
    difference: "Difference",
    one: _Side,
    other: _Side,
    own: "Table",
) -> Hit | None:
    from corrigenda.quantities.quantity import Level  # deferred with the tables
    from corrigenda.quantities.writing import unit, written

    message, level = nominee.rule.payload(SourceFiguresPayload).said[difference.fault]
    ours, theirs = difference.target, difference.source
    severity = Severity(level) if level else nominee.rule.check.severity
    corrections: tuple[Correction, ...] = ()
    if theirs is not None and ours is None:
        if theirs.level is not Level.FIGURE or theirs.code or theirs.value <= _SMALL:
            return None
        if theirs.value < _ONE_DIGIT:
            severity = Severity.SUGGESTION
        start, end = _place_of(theirs, one, other)
    elif ours is not None and theirs is None:
        if ours.code or (ours.level is not Level.FIGURE and not difference.sure):
            return None
        start, end = ours.start, ours.end
        if ours.level is not Level.FIGURE:
            severity = Severity.SUGGESTION
    else:
        assert ours is not None and theirs is not None
        start, end = ours.start, ours.end
        stands = one.text[start:end]
        right = written(theirs, other.text[theirs.start : theirs.end], ours, stands, own)
        if right is not None and right != stands and difference.fault in ("changed", "format"):
            corrections = (Correction(right, Applicability.UNSAFE),)
        if difference.fault == "unit":
            start, end = ours.unit_place
            right = unit(theirs.unit, one.text[start:end], own)
            corrections = (Correction(right, Applicability.UNSAFE),) if right is not None else ()
        figures = ours.level is theirs.level is Level.FIGURE
        if difference.fault == "changed" and figures and difference.sure and pair.confidence >= _CERTAIN:
            severity = Severity.ERROR
    place = _span(pair.target, start, end, bitext, target=True)
    behind = _span(pair.source, theirs.start, theirs.end, bitext, target=False) if theirs is not None else None
    if place is None:
        return None
    return Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=place[0],
        end=place[1],
        corrections=corrections,
        message=message,
        severity=severity,
        source_span=behind,
    )


def _place_of(lost: "Quantity", one: _Side, other: _Side) -> tuple[int, int]:
    """Return the word of the translation behind which a quantity is missing: it stood about as far in the sentence."""
    share = lost.start / max(1, len(other.text))
    words = [found.span() for found in _WORD.finditer(one.text)] or [(0, len(one.text))]
    wanted = share * len(one.text)
    ends = [span for span in words if one.text[span[1] : span[1] + 1] in _CLAUSE_ENDS]
    near = [span for span in ends if abs(span[1] - wanted) <= _CLOSE * len(one.text)]
    if near:
        return min(near, key=lambda span: abs(span[1] - wanted))
    before = [span for span in words if span[1] <= wanted]
    return before[-1] if before else words[0]


DETECTOR = SourceFigures()
