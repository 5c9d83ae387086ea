"""Detector `measures`: what a measure comes to in another system cannot be right, as the text itself shows.

"25 cm (9.8 feet)" has the right number and a wrong unit; "40 km (65 miles)" was converted the wrong way. And where one
odd number stands with metres in one place and with feet in another, one of the two units was mistranslated.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.languages import any_language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompiledRule, CompileResources, Rule

if TYPE_CHECKING:
    import re

    from corrigenda.documents.document import Document
    from corrigenda.languages.base import Measures, Unit
    from corrigenda.rules.check import Check
    from corrigenda.rules.structures import Place

TOLERANCE = 0.15
"""How far a conversion may be off, as a share: people round."""
_LONGEST = 40
"""Code points that the first half of a measure in two units may take."""
_SAME_NUMBER = "“{quote}” stands beside “{other}” in this text: one of the two units is wrong."


class MeasuresKeys(TypedDict):
    """The keys of a check: none of its own."""


class _Measure(NamedTuple):
    """A number with its unit at `[start, end)` of a block's view."""

    block: int
    start: int
    end: int
    number: str
    unit: str


class MeasuresDetector(Detector):
    """Conversions that cannot be right."""

    name = "measures"
    scope = "document"
    values = frozenset(("first", "other"))
    options = MeasuresKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the rule: documents with a unit that another system has."""
        return [Rule(structure=self.name)]

    def places(self, document: "Document", rule: CompiledRule) -> Iterator["Place"]:
        """Yield a document in which a unit stands that is no metric one."""
        if document.blocks and any_language(document.language).measures.hint.search(document.readable):
            yield None, document.blocks[0].start, document.blocks[-1].end

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Compute what each measure comes to."""
        for nominee in nominees:
            document = context.documents[nominee.document]
            known = any_language(document.language).measures
            pairs = [hit for index in range(len(document.blocks)) for hit in _pairs(nominee, document, index, known)]
            yield from pairs
            taken = {(hit.start, hit.end) for hit in pairs}
            yield from (hit for hit in _same_numbers(nominee, document, known) if (hit.start, hit.end) not in taken)


def _pairs(nominee: Nominee, document: "Document", index: int, known: "Measures") -> Iterator[Hit]:
    view = document.blocks[index].view
    for found in known.pair.finditer(view.text):
        one, other = known.units[found[2]], known.units[found[5]]
        if one.kind != other.kind or one.system == other.system or _in_two_units(view.text, found, known):
            continue
        amount = _value(found[1]) * one.size
        if _fits(amount, found[4], other.size):
            continue
        span = view.to_document(*found.span(3))
        first = view.text[found.start(1) : found.end(2)]
        yield Hit(
            check=nominee.rule.check,
            document=nominee.document,
            start=span.start,
            end=span.end,
            corrections=_corrections(amount, found[4], found[5], known),
            values={"first": first, "other": f"{_rounded(amount / other.size)} {found[5]}"},
            evidence={"conversion": f"{first} is {_rounded(amount / other.size)} {found[5]}"},
        )


def _in_two_units(text: str, pair: "re.Match[str]", known: "Measures") -> bool:
    """Return whether one side of a pair is a measure in two units ("5 ft 11 in"): half of it says nothing."""
    behind = known.one.match(text, pair.end() + (text[pair.end() : pair.end() + 1] in (" ", "\u00a0")))
    if behind is not None and _goes_on(known.units[pair[5]], known.units[behind[2]]):
        return True
    before = text[max(0, pair.start() - _LONGEST) : pair.start()].rstrip()
    halves = (half for half in known.one.finditer(before) if half.end() == len(before))
    return any(_goes_on(known.units[half[2]], known.units[pair[2]]) for half in halves)


def _goes_on(larger: "Unit", smaller: "Unit") -> bool:
    return (larger.kind, larger.system) == (smaller.kind, smaller.system) and larger.size > smaller.size


def _corrections(amount: float, number: str, name: str, known: "Measures") -> tuple[Correction, ...]:
    """Return the number with the unit that it belongs to, if there is one, and else the right number."""
    unit = known.units[name]
    spelled = len(name) > 3
    for other, size in known.units.items():
        same = size.kind == unit.kind and size.system == unit.system and size.size != unit.size
        plural = other.endswith("s") or other == "feet"
        if same and (len(other) > 3) == spelled and (plural or not spelled) and _fits(amount, number, size.size):
            return (Correction(f"{number} {other}", Applicability.UNSAFE),)
    return (Correction(f"{_rounded(amount / unit.size)} {name}", Applicability.UNSAFE),)


def _fits(amount: float, number: str, size: float) -> bool:
    """Return whether a number of units is what an amount comes to, as people round."""
    given, right = _value(number), amount / size
    step = 1.0 if "." not in number else 10.0 ** -len(number.rpartition(".")[2])
    trailing = len(number) - len(number.rstrip("0")) if "." not in number else 0
    return abs(given - right) <= max(TOLERANCE * right, 0.6 * step * 10.0**trailing)


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _rounded(number: float) -> str:
    """Return a number with two or three figures that count, as a text would have it."""
    if number >= 10:
        return f"{float(f'{number:.2g}' if number < 100 else f'{number:.3g}'):,.0f}"
    return f"{number:.2g}"


def _same_numbers(nominee: Nominee, document: "Document", known: "Measures") -> Iterator[Hit]:
    """Yield measures whose odd number stands in the text with another system's unit of the same kind."""
    first: dict[tuple[str, str], _Measure] = {}
    for index, block in enumerate(document.blocks):
        for found in known.one.finditer(block.view.text):
            if "." not in found[1] or found[1].endswith((".5", ".0")):
                continue
            unit = known.units[found[2]]
            own = _Measure(index, found.start(), found.end(), found[1], found[2])
            earlier = first.setdefault((found[1], unit.kind), own)
            if known.units[earlier.unit].system != unit.system:
                span = block.view.to_document(own.start, own.end)
                other = f"{earlier.number} {earlier.unit}"
                yield Hit(
                    check=nominee.rule.check,
                    document=nominee.document,
                    start=span.start,
                    end=span.end,
                    corrections=(Correction(other, Applicability.UNSAFE),),
                    values={"first": other, "other": other},
                    message=_SAME_NUMBER.replace("{other}", other),
                    severity=Severity.SUGGESTION,
                )


DETECTOR = MeasuresDetector()
