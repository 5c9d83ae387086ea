"""Compare the negations of a sentence with those of its translation.

A language may repeat its negation, and may say by a verb or a prefix what another says by "not". So the negations of
each side are counted twice: the fewest that there can be, and the most that there could be. Only where the fewest of
one side are more than the most of the other is one of them without a counterpart.
"""

from collections.abc import Sequence
from typing import NamedTuple

from corrigenda.cues.lists import Cue, Cues

CLEAR, CARRIER, SUPPORT = "clear", "carrier", "support"
_COUNTED = frozenset((CLEAR, "concord", "mild"))


class Counted(NamedTuple):
    """The negations of a text that are clear, all that could be one, and the words that a negation would lean on."""

    length: int
    clear: tuple[Cue, ...]
    possible: tuple[Cue, ...]
    carriers: tuple[Cue, ...]


def counted(text: str, cues: Cues) -> Counted:
    """Find the negations of a text."""
    found = cues.find(text)
    return Counted(
        max(1, len(text)),
        tuple(cue for cue in found if cue.group == CLEAR),
        tuple(cue for cue in found if cue.group in _COUNTED),
        tuple(cue for cue in found if cue.group in (CARRIER, SUPPORT)),
    )


def surplus(own: Counted, other: Counted) -> Sequence[Cue]:
    """Return the clear negations of one text that the other has no counterpart for, none where each may have one.

    Where some have one, those are left that stand farthest from all of the other's, each text's length being 1.
    """
    extra = len(own.clear) - len(other.possible)
    if extra <= 0:
        return ()
    if not other.possible:
        return own.clear
    places = [cue.start / other.length for cue in other.possible]

    def distance(cue: Cue) -> float:
        return min(abs(cue.start / own.length - place) for place in places)

    return sorted(sorted(own.clear, key=distance, reverse=True)[:extra], key=lambda cue: cue.start)


def leaning(cue: Cue, own: Counted, other: Counted) -> Cue | None:
    """Return the word of the other text that a negation would lean on: of those that could, the one whose place in its
    text is the nearest to the negation's in its own.
    """
    place = cue.start / own.length
    return min(other.carriers, key=lambda carrier: abs(carrier.start / other.length - place), default=None)
