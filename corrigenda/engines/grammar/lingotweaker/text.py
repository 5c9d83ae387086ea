"""A paragraph as LingoTweaker reads it, and the way back from what it answers.

It takes plain text in UTF-8 and counts bytes; LanguageTool's server takes annotated text. So the mark-up is left out
here, what it reads as is put in, and everything is composed (NFC), since the dictionaries know composed letters alone.
Every character remembers the stretch of the piece that it stands for.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from corrigenda.engines.grammar.composing import composed
from corrigenda.engines.grammar.pieces import Part, Piece

_SURROGATE = re.compile("[\ud800-\udfff]")


class PlainText:
    """A piece as plain text, and the map from the bytes of that text to the code points of the piece."""

    def __init__(self, piece: Piece) -> None:
        self._places: list[tuple[int, int]] | None = None
        if all(not part.markup for part in piece.parts) and piece.source.isascii():
            self.text = piece.source
            self._inner: list[int] = []
            return
        shown, places = _shown(piece.parts)
        texts: list[str] = []
        mapped: list[tuple[int, int]] = []
        for start, end, new in composed(shown):
            texts.append(new)
            if new == shown[start:end]:
                mapped += places[start:end]
            else:
                mapped += [(places[start][0], places[end - 1][1])] * len(new)
        self.text = "".join(texts)
        self._places = mapped
        self._inner = [found.start() for found in re.finditer(rb"[\x80-\xbf]", self.text.encode("utf-8"))]

    def place(self, offset: int, length: int) -> tuple[int, int] | None:
        """Return the code points of the piece that some bytes of the text stand for, None for none.

        Mark-up between the characters is within, mark-up before and after them is not, as with LanguageTool's server.
        A character that mark-up reads as, such as an entity's, is the whole mark-up.
        """
        start, last = self._character(offset), self._character(offset + length - 1)
        if offset < 0 or length <= 0 or last >= len(self.text):
            return None
        if self._places is None:
            return start, last + 1
        return self._places[start][0], self._places[last][1]

    def _character(self, byte: int) -> int:
        """Return the character that a byte belongs to."""
        return byte - bisect_right(self._inner, byte)


def _shown(parts: Sequence[Part]) -> tuple[str, list[tuple[int, int]]]:
    """Return what a reader sees, and for each character of it the stretch of the piece."""
    texts: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    for part in parts:
        end = at + len(part.text)
        if part.markup:
            texts.append(part.reads)
            places += [(at, end)] * len(part.reads)
        else:
            texts.append(part.text)
            places += pairwise(range(at, end + 1))
        at = end
    # UTF-8 has no place for half a character.
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", "".join(texts)), places
