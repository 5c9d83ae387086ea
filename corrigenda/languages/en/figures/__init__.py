"""Figures: one grammar of numbers, dates, times, money, units and scores as the world writes them.

Each module is a family: an expression that nominates its paragraphs, and a function that finds in them what is not
English and says how English has it. Checks decide which kinds they speak of, and what they say.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from corrigenda.languages.base import Figure, FigureFamily, Figures, Habits
from corrigenda.languages.en.figures import dates, ordinals, quantities, times
from corrigenda.languages.en.figures.habits import EnglishHabits

Find = Callable[[str, EnglishHabits], Iterator[Figure]]
_FINDERS: tuple[Find, ...] = (quantities.find, ordinals.find, dates.find, times.find)


class EnglishFigures(Figures):
    """The English ones."""

    families: Mapping[str, FigureFamily] = MappingProxyType(
        {
            "dates": FigureFamily(dates.KINDS, dates.SCAN),
            "ordinals": FigureFamily(ordinals.KINDS, ordinals.SCAN),
            "quantities": FigureFamily(quantities.KINDS, quantities.SCAN),
            "times": FigureFamily(times.KINDS, times.SCAN),
        }
    )

    def habits(self, text: str, tag: str, *, documentation: bool) -> EnglishHabits:
        """Return what a document's figures are judged by."""
        return EnglishHabits(text, tag, documentation=documentation)

    def find(self, text: str, habits: Habits) -> Sequence[Figure]:
        """Return the figures of a paragraph that are not English; where two overlap, the longer one."""
        assert isinstance(habits, EnglishHabits)
        found = [figure for find in _FINDERS for figure in find(text, habits)]
        result: list[Figure] = []
        for figure in sorted(found, key=lambda own: (own.start - own.end, own.start, own.kind)):
            if all(figure.end <= other.start or other.end <= figure.start for other in result):
                result.append(figure)
        return sorted(result, key=lambda own: own.start)
