"""A quantity as it stands in a text, and what it may mean."""

from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple


class Level(IntEnum):
    """How much a quantity says by itself."""

    HINT = 0
    """It can account for a quantity of the other text, and nobody need account for it: one, both, half, a decade."""
    WORD = 1
    """A number in words. Translations put some of them otherwise, so a lost one proves nothing."""
    FIGURE = 2
    """A number in figures."""


class Reading(NamedTuple):
    """One thing that a quantity may mean.

    `kind` is "number", "time" (minutes after midnight), "month", "weekday" (Monday is 1) or "digits" (a number of
    digits that is no amount, such as a telephone's).
    """

    kind: str
    value: Fraction


class Quantity(NamedTuple):
    """A quantity at `[start, end)` of a text.

    `readings` are what it may mean, `foreign` what it would mean in another language's way of writing numbers alone.
    `main` is what it most probably means. `unit` is the code of its unit or currency, "" where it has none, and
    `unit_place` where that stands. `code` says
    that letters stand at the figures, as in a model's name. `parts` are what it consists of where it may also be read
    so: "10:12" is a time, or a score.
    """

    start: int
    end: int
    main: Reading
    readings: frozenset[Reading]
    level: Level
    unit: str = ""
    unit_place: tuple[int, int] = (0, 0)
    code: bool = False
    ordinal: bool = False
    foreign: frozenset[Reading] = frozenset()
    parts: tuple["Quantity", ...] = ()

    @property
    def kind(self) -> str:
        """The kind of what it most probably means."""
        return self.main.kind

    @property
    def value(self) -> Fraction:
        """What it most probably comes to."""
        return self.main.value


def number(value: Fraction | int) -> Reading:
    """Return the reading of a plain number."""
    return Reading("number", Fraction(value))
