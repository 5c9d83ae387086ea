"""Replacing stretches of a document's text."""

import re
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


_MARKS = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)]|#{1,6})[ \t]*)*")


def widened(text: str, edit: Edit) -> Edit:
    """Return an edit that takes away what a deletion would leave: a blank line, or a space too many.

    A line of which nothing is left goes whole, with the mark of its list or quotation, and of two blank lines that
    would meet one stays.
    """
    if edit.text or edit.start >= edit.end:
        return edit
    first = max(text.rfind("\n", 0, edit.start), text.rfind("\r", 0, edit.start)) + 1
    ends = [at for at in (text.find("\n", edit.end), text.find("\r", edit.end)) if at >= 0]
    last = min(ends, default=len(text))
    before, after = text[first : edit.start], text[edit.end : last]
    if _MARKS.fullmatch(before) is not None and not after.strip():
        return _line_gone(text, first, last)
    if not after.strip():
        # Two spaces at the end of a line are a line break in Markdown: they stay.
        return edit._replace(start=first + len(before.rstrip(" \t")), end=edit.end if len(after) > 1 else last)
    if after[0] in " \t" and (not before or before[-1] in " \t"):
        return edit._replace(end=edit.end + 1)
    return edit


def _line_gone(text: str, first: int, last: int) -> Edit:
    """Return the edit that deletes a line, and a blank one after it where another stands before."""
    last = _line_end(text, last)
    if first == 0 or not text[text.rfind("\n", 0, first - 1) + 1 : first].strip(" \t>\r\n"):
        while last < len(text):
            end = _line_end(text, last)
            if text[last:end].strip():
                break
            last = end
    return Edit(first, last, "")


def _line_end(text: str, at: int) -> int:
    """Return where the next line begins that follows the line break at or after a position."""
    found = _LINE_END.search(text, at)
    return found.end() if found is not None else len(text)


_LINE_END = re.compile(r"\r\n?|\n")


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
