"""One side of a pair as one text, of which every part knows its stretch."""

from collections.abc import Sequence
from typing import NamedTuple

from corrigenda.alignment.bitext import Bitext, Stretch
from corrigenda.documents.parts import Span


class Joined(NamedTuple):
    """Some stretches joined by spaces, and where each begins in the joined text."""

    text: str
    stretches: Sequence[Stretch]
    starts: Sequence[int]

    def part(self, start: int, end: int) -> tuple[Stretch, int, int]:
        """Return the stretch in which `start` lies, and `[start, end)` within it, cut at its end."""
        at = max(number for number, first in enumerate(self.starts) if first <= start)
        stretch, first = self.stretches[at], self.starts[at]
        length = len(stretch.text)
        low = min(start - first, max(0, length - 1))
        return stretch, low, max(min(end - first, length), min(low + 1, length))

    def target_span(self, bitext: Bitext, start: int, end: int) -> Span:
        """Return where a part of the translation's side stands in the document."""
        return bitext.target_span(*self.part(start, end))

    def source_span(self, bitext: Bitext, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the source's side stands in the source's text."""
        span = bitext.source_span(*self.part(start, end))
        return span.start, span.end


def joined(stretches: Sequence[Stretch]) -> Joined:
    """Join the stretches of one side of a pair."""
    starts: list[int] = []
    length = 0
    for stretch in stretches:
        starts.append(length)
        length += len(stretch.text) + 1
    return Joined(" ".join(stretch.text for stretch in stretches), stretches, starts)
