"""The two sides of a pair as texts to search, with the way back to the stretches that they are made of."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from corrigenda.alignment.bitext import Bitext, Stretch
from corrigenda.cues.lists import LONGEST

if TYPE_CHECKING:
    from corrigenda.documents.parts import Span


class Place(NamedTuple):
    """A part `[start, end)` of a stretch."""

    stretch: Stretch
    start: int
    end: int


class Side:
    """The sentences of one side of a pair, joined by spaces."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        """Join the sentences of a side; there is at least one."""
        self.stretches = stretches
        self.text = " ".join(stretch.text for stretch in stretches)

    def place(self, start: int, end: int) -> Place:
        """Return where a part of the text stands: in the sentence in which it begins, cut at that sentence's end."""
        at = 0
        for stretch in self.stretches:
            if start < at + len(stretch.text) or stretch is self.stretches[-1]:
                return Place(stretch, max(0, start - at), max(0, min(end - at, len(stretch.text))))
            at += len(stretch.text) + 1
        raise AssertionError("a side has a sentence")


class Sides(NamedTuple):
    """A pair: what the translation says and what the source says, and how sure the alignment is of the two."""

    target: Side
    source: Side
    confidence: float

    @property
    def single(self) -> bool:
        """Whether one sentence stands beside one."""
        return len(self.target.stretches) == 1 and len(self.source.stretches) == 1


def sides(bitext: Bitext) -> Iterator[Sides]:
    """Yield the pairs of which the alignment is sure and that are short enough to be compared."""
    for pair in bitext.sure():
        target, source = Side(pair.target), Side(pair.source)
        if 0 < len(target.text) <= LONGEST and 0 < len(source.text) <= LONGEST:
            yield Sides(target, source, pair.confidence)


def target_span(bitext: Bitext, side: Side, start: int, end: int) -> "Span":
    """Return where a part of the translation's side stands in the document's text."""
    return bitext.target_span(*side.place(start, end))


def source_span(bitext: Bitext, side: Side, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """Return where a part of the source's side stands in the source's text; all of its first sentence where no part is
    named.
    """
    place = side.place(start, len(side.text) if end is None else end)
    span = bitext.source_span(*place)
    return span.start, span.end
