"""Replacing stretches of a document's text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unwritable
from corrigenda.documents.parts import Edit


def settled(document: Document, edits: Iterable[Edit]) -> list[Edit]:
    """Return edits as they are made: in the text's order, with the document's own line endings.

    Args:
        document: The document that the edits' positions belong to.
        edits: In any order.

    Raises:
        Unwritable: An edit lies outside the text, or two overlap.
    """
    newline = document.encoding.newline
    position = 0
    result: list[Edit] = []
    for edit in sorted(edits):
        if edit.start < position or edit.end < edit.start or edit.end > len(document.text):
            raise Unwritable(f"Two corrections meet at character {edit.start}; apply one, check again, then the other.")
        if newline != "\n":  # what is settled already stays as it is
            edit = edit._replace(text=edit.text.replace("\r\n", "\n").replace("\n", newline))
        result.append(edit)
        position = edit.end
    return result


def apply(document: Document, edits: Iterable[Edit]) -> str:
    """Return the document's text with all edits made; everything outside them is untouched.

    Raises:
        Unwritable: As `settled`.
    """
    text = document.text
    pieces: list[str] = []
    position = 0
    for edit in settled(document, edits):
        pieces += (text[position : edit.start], edit.text)
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)


class _Piece(NamedTuple):
    """A piece of an edited text: `[start, end)` of the original, or where these are one, text that was put in there."""

    start: int
    end: int
    text: str = ""

    def length(self) -> int:
        """Return the piece's length in code points."""
        return len(self.text) or self.end - self.start

    def cut(self, start: int, end: int) -> "_Piece":
        """Return a part of the piece."""
        if self.text:
            return self._replace(text=self.text[start:end])
        return _Piece(self.start + start, self.start + end)


def composed(first: Sequence[Edit], second: Sequence[Edit], length: int) -> list[Edit]:
    """Return the edits of a text that do at once what two rounds of edits do one after the other.

    Args:
        first: Edits of the text, as `settled` returns them.
        second: Edits of the text that the first ones leave, as `settled` returns them.
        length: The text's length in code points.

    Returns:
        Edits of the text, ascending; those that touch are joined into one.
    """
    result: list[Edit] = []
    reached, put = 0, ""
    for piece in (*_edited(_edited([_Piece(0, length)], first), second), _Piece(length, length)):
        if piece.text:
            put += piece.text
            continue
        if put or piece.start > reached:
            result.append(Edit(reached, piece.start, put))
        reached, put = piece.end, ""
    return result


def _edited(pieces: Iterable[_Piece], edits: Iterable[Edit]) -> Iterator[_Piece]:
    """Yield the pieces of a text after edits of the text that the given pieces make together."""
    position = 0
    todo = iter(edits)
    edit = next(todo, None)
    for piece in pieces:
        begin, end = position, position + piece.length()
        while edit is not None and edit.start < end:
            if edit.start > position:
                yield piece.cut(position - begin, edit.start - begin)
                position = edit.start
            if edit.text and edit.start >= begin:
                yield _Piece(0, 0, edit.text)
            if edit.end > end:
                position = end
                break
            position = max(position, edit.end)
            edit = next(todo, None)
        if position < end:
            yield piece.cut(position - begin, end - begin)
        position = end
    while edit is not None:
        if edit.text and edit.start >= position:
            yield _Piece(0, 0, edit.text)
        edit = next(todo, None)
