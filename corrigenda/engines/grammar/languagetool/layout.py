"""A batch as LanguageTool's server reads it: one annotated text.

Positions that come back count through markup, so they are positions in the document's own characters and need no map.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from corrigenda.documents.utf16 import Units
from corrigenda.engines.grammar.composing import composed
from corrigenda.engines.grammar.pieces import GAP, Part, Piece


class Layout:
    """A batch as one annotated text, and the way from its UTF-16 positions back to the pieces."""

    def __init__(self, batch: Sequence[Piece]) -> None:
        self.annotation: list[dict[str, str]] = []
        self._starts: list[int] = []
        texts: list[str] = []
        position = 0
        for index, piece in enumerate(batch):
            if index:
                self.annotation.append({"text": GAP})
                texts.append(GAP)
                position += len(GAP)
            self._starts.append(position)
            for part in piece.parts:
                self.annotation += _entries(part)
                texts.append(part.text)
                position += len(part.text)
        self._lengths = [piece.end - piece.start for piece in batch]
        self._units = Units("".join(texts))

    def place(self, offset: int, length: int) -> tuple[int, int, int] | None:
        """Return (piece, start, end) in code points of that piece; None for what does not lie inside one piece."""
        start, end = self._units.point(offset), self._units.end(offset + length)
        index = bisect_right(self._starts, start) - 1
        if index < 0:
            return None
        begin = self._starts[index]
        if not begin <= start < end or end > begin + self._lengths[index]:
            return None
        return index, start - begin, end - begin


def _entries(part: Part) -> Iterator[dict[str, str]]:
    """Yield a part as the server reads it. A letter that is written in several characters is mark-up to it, which reads
    as the one that the dictionaries know.
    """
    if part.markup:
        yield {"markup": part.text, "interpretAs": part.reads} if part.reads else {"markup": part.text}
        return
    if unicodedata.is_normalized("NFC", part.text):
        yield {"text": part.text}
        return
    begun = 0
    for start, end, new in composed(part.text):
        if new == part.text[start:end]:
            continue
        if begun < start:
            yield {"text": part.text[begun:start]}
        yield {"markup": part.text[start:end], "interpretAs": new}
        begun = end
    if begun < len(part.text):
        yield {"text": part.text[begun:]}
