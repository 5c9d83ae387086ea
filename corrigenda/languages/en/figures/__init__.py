"""Figures: one grammar of numbers, dates, times, money, units and scores as the world writes them.

Each module is a family: an expression that nominates its paragraphs, and a function that finds in them what is not
English and says how English has it. Checks decide which kinds they speak of, and what they say.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from corrigenda.expressions import compiled
from corrigenda.languages.base import Figure, FigureFamily, Figures, Habits
from corrigenda.languages.en.figures import (
    counts,
    dates,
    days,
    ordinals,
    quantities,
    scores,
    times,
    units,
    years,
)
from corrigenda.languages.en.figures.habits import EnglishHabits

Find = Callable[[str, int, int, EnglishHabits], Iterator[Figure]]
_FINDERS: Mapping[str, Find] = MappingProxyType(
    {
        "counts": counts.find,
        "dates": dates.find,
        "days": days.find,
        "ordinals": ordinals.find,
        "quantities": quantities.find,
        "scores": scores.find,
        "times": times.find,
        "units": units.find,
        "years": years.find,
    }
)
_AROUND = 120
"""Code points on each side of what nominated a place that are read: a figure and its context are no longer."""


class EnglishFigures(Figures):
    """The English ones."""

    families: Mapping[str, FigureFamily] = MappingProxyType(
        {
            "counts": FigureFamily(counts.KINDS, counts.SCAN),
            "dates": FigureFamily(dates.KINDS, dates.SCAN),
            "days": FigureFamily(days.KINDS, days.SCAN),
            "ordinals": FigureFamily(ordinals.KINDS, ordinals.SCAN),
            "quantities": FigureFamily(quantities.KINDS, quantities.SCAN),
            "scores": FigureFamily(scores.KINDS, scores.SCAN),
            "times": FigureFamily(times.KINDS, times.SCAN),
            "units": FigureFamily(units.KINDS, units.SCAN),
            "years": FigureFamily(years.KINDS, years.SCAN),
        }
    )

    def habits(self, text: str, tag: str, *, documentation: bool) -> EnglishHabits:
        """Return what a document's figures are judged by."""
        return EnglishHabits(text, tag, documentation=documentation)

    def find(self, text: str, habits: Habits) -> Sequence[Figure]:
        """Return the figures of a paragraph that are not English; where two overlap, the longer one."""
        assert isinstance(habits, EnglishHabits)
        found = [
            figure
            for name, find in _FINDERS.items()
            for low, high in _windows(text, self.families[name].scan)
            for figure in find(text, low, high, habits)
            if figure.end < high or high == len(text)
        ]
        result: list[Figure] = []
        last = 0
        for figure in sorted(found, key=lambda own: (own.start, own.start - own.end, own.kind)):
            if figure.start >= last:
                result.append(figure)
                last = figure.end
            elif figure.end - figure.start > result[-1].end - result[-1].start:
                result[-1] = figure
                last = figure.end
        return result


def _windows(text: str, scan: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text around what a scan finds; those that meet are one."""
    low = high = -1
    for found in compiled(scan).finditer(text):
        start, end = max(0, found.start() - _AROUND), min(len(text), found.end() + _AROUND)
        if start <= high:
            high = end
            continue
        if high >= 0:
            yield low, high
        low, high = start, end
    if high >= 0:
        yield low, high
