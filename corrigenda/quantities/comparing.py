"""What two texts that should say the same differ in, as far as quantities go.

First what stands in both is paired off: by value, by the parts of what may be read otherwise, by conversion into
another unit. What is left of the translation and of the source is then set against each other.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from corrigenda.quantities.quantity import Level, Quantity
from corrigenda.quantities.tables import measures

TOLERANCE = 0.07
"""How far a conversion may be off, as a share: people round."""
_ROUNDED = 0.1
"""How far a number that is said to be rounded may be off."""

_NAMED = ("month", "weekday")
"""Kinds that translations leave out and put in: only another one is a fault."""

Fault = Literal["changed", "lost", "added", "unit", "format"]


class Difference(NamedTuple):
    """A quantity of the translation, of the source, or one of each, that do not say the same.

    `sure` says that no other quantity of the two texts may be meant.
    """

    fault: Fault
    target: Quantity | None
    source: Quantity | None
    sure: bool = True


def differences(
    target: Sequence[Quantity],
    source: Sequence[Quantity],
    *,
    near_target: Sequence[Quantity] = (),
    near_source: Sequence[Quantity] = (),
    rounded: Callable[[Quantity], bool] = lambda own: False,
) -> list[Difference]:
    """Return what a stretch of a translation and its source differ in.

    Args:
        target: The quantities of the translation.
        source: Those of the source.
        near_target: Those of the sentences around the translation's: what moved there is not lost.
        near_source: Those of the sentences around the source's: what comes from there is not added.
        rounded: Says of a quantity of the translation whether the text gives it as about so many.
    """
    found: list[Difference] = []
    ours, theirs = list(target), list(source)
    found += _pair(ours, theirs)
    ours, theirs = list(_broken(ours)), list(_broken(theirs))
    found += _pair(ours, theirs)
    # What the other side has elsewhere, or twice, is said; it only stands in another place.
    ours = [own for own in ours if not any(_same(own, other) for other in source)]
    theirs = [other for other in theirs if not any(_same(own, other) for own in _broken(target))]
    ours = [own for own in ours if not any(_same(own, other) for other in near_source)]
    theirs = [other for other in theirs if not any(_same(own, other) for own in near_target)]
    _remove(ours, theirs, lambda own, other: _converted(own, other))
    ours = [own for own in ours if not any(_converted(own, other) for other in target if other is not own)]
    shares = [other.value for other in source if other.value.denominator != 1]
    ours = [own for own in ours if not any(own.value in (one.numerator, one.denominator) for one in shares)]
    _remove(ours, theirs, lambda own, other: rounded(own) and _about(own, other))
    said = {reading.value for own in target for reading in own.readings}
    theirs = [one for one in theirs if one.value.denominator == 1 or not _terms(one) <= said]
    ours = [own for own in ours if own.level is not Level.HINT]
    hints = [other for other in theirs if other.level is Level.HINT]
    theirs = [other for other in theirs if other.level is not Level.HINT]
    found += _changed(ours, theirs)
    found += [Difference("lost", None, other) for other in theirs if other.kind not in _NAMED and other.value]
    found += [Difference("added", own, None, sure=not hints) for own in ours if own.kind not in _NAMED]
    return sorted(found, key=_place)


def _terms(own: Quantity) -> set[Fraction]:
    return {Fraction(own.value.numerator), Fraction(own.value.denominator)}


def _place(difference: Difference) -> tuple[int, int]:
    own, other = difference.target, difference.source
    return (own.start if own is not None else -1, other.start if other is not None else -1)


def _same(own: Quantity, other: Quantity) -> bool:
    """Return whether two quantities may say the same."""
    if own.kind == other.kind == "time" and _exact(own) and _exact(other):
        return own.value == other.value
    return not own.readings.isdisjoint(other.readings) or not own.foreign.isdisjoint(other.readings)


def _exact(own: Quantity) -> bool:
    return sum(reading.kind == "time" for reading in own.readings) == 1


def _pair(ours: list[Quantity], theirs: list[Quantity]) -> list[Difference]:
    """Take what both sides say out of the two lists; return what is paired and yet differs, by unit or marks."""
    found: list[Difference] = []
    # What is sure goes first, so that a hint takes no number away from a figure.
    for rank in (0, 1, 2):
        for own in list(ours):
            best = None
            for at, other in enumerate(theirs):
                if not _same(own, other) or (rank < 2 and Level.HINT in (own.level, other.level)):
                    continue
                unit = own.unit and other.unit and not _unit_differs(own, other)
                if rank == 0 and not unit:
                    continue
                if best is None or own.value == other.value != theirs[best].value:
                    best = at
            if best is not None:
                other = theirs.pop(best)
                ours.remove(own)
                if own.readings.isdisjoint(other.readings):
                    found.append(Difference("format", own, other))
                elif _unit_differs(own, other):
                    found.append(Difference("unit", own, other))
    return found


def _unit_differs(own: Quantity, other: Quantity) -> bool:
    """Return whether the units of two equal numbers are two of one kind, as kilometres and miles are."""
    if not own.unit or not other.unit or own.unit == other.unit or own.value != other.value:
        return False
    known = measures()
    one, two = known.get(own.unit), known.get(other.unit)
    if one is not None and two is not None:
        return one.kind == two.kind
    return len(own.unit) == len(other.unit) == 3 and own.unit.isupper() and other.unit.isupper()


def _broken(quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """Yield quantities, and the parts of those that have some."""
    for own in quantities:
        if own.parts:
            yield from own.parts
        else:
            yield own


def _remove(ours: list[Quantity], theirs: list[Quantity], same: Callable[[Quantity, Quantity], bool]) -> None:
    for own in list(ours):
        for other in theirs:
            if same(own, other):
                ours.remove(own)
                theirs.remove(other)
                break


def _converted(own: Quantity, other: Quantity) -> bool:
    """Return whether one is the other in another unit."""
    one, two = measures().get(own.unit), measures().get(other.unit)
    if one is None or two is None or one.kind != two.kind or own.unit == other.unit:
        return False
    ours, theirs = float(own.value) * one.size, float(other.value) * two.size
    return abs(ours - theirs) <= TOLERANCE * max(ours, theirs)


def _about(own: Quantity, other: Quantity) -> bool:
    """Return whether one number is the other, rounded."""
    return own.kind == other.kind == "number" and abs(own.value - other.value) <= _ROUNDED * other.value


def _changed(ours: list[Quantity], theirs: list[Quantity]) -> list[Difference]:
    """Take out pairs of which one probably stands for the other, the likeliest first."""
    several = len(ours) > 1 or len(theirs) > 1
    candidates = sorted(
        (
            (_distance(own, other, at / max(1, len(ours)), place / max(1, len(theirs))), at, place)
            for at, own in enumerate(ours)
            for place, other in enumerate(theirs)
            if _may_stand_for(own, other)
        ),
    )
    taken: set[int] = set()
    gone: set[int] = set()
    found: list[Difference] = []
    for _, at, place in candidates:
        if at in taken or place in gone:
            continue
        taken.add(at)
        gone.add(place)
        found.append(Difference("changed", ours[at], theirs[place], sure=not several))
    ours[:] = [own for at, own in enumerate(ours) if at not in taken]
    theirs[:] = [other for place, other in enumerate(theirs) if place not in gone]
    return found


def _may_stand_for(own: Quantity, other: Quantity) -> bool:
    """Return whether a quantity of the source may be what a wrong one of the translation should be."""
    if {own.kind, other.kind} & {"month", "weekday"}:
        return own.kind == other.kind
    return own.code == other.code or not (own.code and other.level is Level.WORD)


def _distance(own: Quantity, other: Quantity, at: float, place: float) -> float:
    """Return how little two quantities have in common: their kind, unit, way of writing, place and size."""
    distance = abs(at - place) + (own.kind != other.kind) * 2 + (own.level is not other.level)
    distance += (own.unit != other.unit) * (1 if own.unit and other.unit else 0.5)
    distance += (own.ordinal != other.ordinal) * 0.3
    if own.value > 0 and other.value > 0:
        larger, smaller = max(own.value, other.value), min(own.value, other.value)
        distance += 1 - float(smaller / larger)
    return distance
