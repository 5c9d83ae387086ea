"""Views of a part's raw text put into a document's text, segment by segment."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corrigenda.documents.anchored.builder import Builder
from corrigenda.documents.anchored.nodes import Node, PartText
from corrigenda.documents.parts import Region, RegionKind, View
from corrigenda.documents.xml.events import Spelling, Text

WHOLE = frozenset((RegionKind.LIST, RegionKind.TABLE, RegionKind.QUOTATION))
"""Regions that several blocks share."""


class Placed(NamedTuple):
    """A view of a part's raw text, and where it begins in the document's text."""

    view: View
    begun: int

    @property
    def start(self) -> int:
        """Where it begins in the raw text."""
        return self.view.segments[0].start

    @property
    def end(self) -> int:
        """Where it ends in the raw text."""
        last = self.view.segments[-1]
        return last.start + last.length


def put(builder: Builder, part: PartText, view: View, *, attribute: bool = False) -> Placed:
    """Put a view into the block that was begun.

    Args:
        builder: The document's text.
        part: The part whose raw text the view maps to.
        view: The words. What stands for a tag can be taken away with it, and not be changed.
        attribute: Whether they are in an attribute's value.
    """
    placed = Placed(view, builder.begun)
    for view_start, view_length, start, length in view.segments:
        value = view.text[view_start : view_start + view_length]
        supplied = part.raw[start] == "<"
        exact = view_length == length and not supplied
        piece = Text(value, start, start + length, Spelling.PLAIN if exact else Spelling.REFERENCE)
        builder.add(value, part.name, part.add(Node(piece, supplied=supplied, attribute=attribute)))
    return placed


def note(builder: Builder, placed: Sequence[Placed], regions: Iterable[Region]) -> None:
    """Note what stretches of a part's raw text are, in the document's text.

    Args:
        builder: The document's text.
        placed: What was put into it from the part, in the order of the raw text.
        regions: The stretches; one that several blocks share becomes one, others become one a block.
    """
    starts = [one.start for one in placed]
    for kind, start, end in regions:
        spans: list[tuple[int, int]] = []
        for one in placed[max(0, bisect_left(starts, start + 1) - 1) : bisect_left(starts, end)]:
            seen = one.view.span_of(start, end) if one.end > start else None
            if seen:
                spans.append((one.begun + seen.start, one.begun + seen.end))
        if kind in WHOLE and spans:
            spans = [(spans[0][0], spans[-1][1])]
        for first, last in spans:
            builder.region(kind, first, last)
