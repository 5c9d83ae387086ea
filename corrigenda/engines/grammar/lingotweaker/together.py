"""Several paragraphs as one text: each call of LingoTweaker costs the same few milliseconds, whatever its length.

With the rules left out that look beyond a paragraph (`rules`) what is said of one does not hang on those beside it:
2,400 paragraphs of native, Markdown and translated text got the same answers, byte for byte, alone and together.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from corrigenda.engines.grammar.lingotweaker.text import PlainText
from corrigenda.engines.grammar.pieces import GAP, Piece

SIZE = 2_000
"""Code points that are asked about together. More save nothing, and a text that is lost is asked about again."""

_APART = re.compile(
    r"""\n\s*\n|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]|^\W*\w{1,4}\.|^[^\w"'“‘]|\s$""",
)
"""What might make LingoTweaker see other paragraphs or sentences than there are: breaks, and "B." at the start."""
_PAIRS = ("()", "[]", "{}", "“”", "«»")


def _stands_alone(text: str) -> bool:
    """Return whether a text is better asked about by itself.

    What is not closed in it might be by another one, and then what LingoTweaker says of that hides something else.
    """
    if _APART.search(text) or text.count('"') % 2 or "‘" in text:
        return True
    return any(text.count(pair[0]) != text.count(pair[1]) for pair in _PAIRS)


class Together:
    """The first of some pieces, as many as are asked about in one text."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.plain: list[PlainText] = []
        size = 0
        for piece in pieces:
            size += piece.end - piece.start + len(GAP)
            if size > SIZE:
                break
            plain = PlainText(piece)
            if _stands_alone(plain.text):
                break
            self.plain.append(plain)

    @property
    def text(self) -> str:
        """All of them as one text."""
        return GAP.join(plain.text for plain in self.plain)

    def apart(self, items: Sequence[Sequence[Any]]) -> list[list[Sequence[Any]]] | None:
        """Return what the child said of the text by piece, positions counted from the piece's start.

        None when something that it said is of no one piece. Raises what a wrong answer leads to.
        """
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for plain in self.plain:
            starts.append(at)
            ends.append(at + len(plain.text.encode("utf-8")))
            at = ends[-1] + len(GAP)
        found: list[list[Sequence[Any]]] = [[] for _ in starts]
        for offset, length, *rest in items:
            number = bisect_right(starts, int(offset)) - 1
            if number < 0 or int(offset) + int(length) > ends[number]:
                return None
            found[number].append((int(offset) - starts[number], length, *rest))
        return found
