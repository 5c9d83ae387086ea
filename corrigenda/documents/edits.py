"""Replacing stretches of a document's text."""

from collections.abc import Sequence
from dataclasses import dataclass

from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unwritable


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace `[start, end)` of a document's text (code points) with `text`."""

    start: int
    end: int
    text: str


def apply(document: Document, edits: Sequence[Edit]) -> str:
    """Return the document's text with all edits made.

    Args:
        document: The document that the edits' positions belong to.
        edits: In any order. Line feeds in their texts become the document's own line endings.

    Returns:
        The new text; everything outside the edits is untouched.

    Raises:
        Unwritable: An edit lies outside the text, or two overlap.
    """
    text = document.text
    newline = document.encoding.newline
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits):
        if edit.start < position or edit.end < edit.start or edit.end > len(text):
            raise Unwritable(f"Two corrections meet at character {edit.start}; apply one, check again, then the other.")
        pieces.append(text[position : edit.start])
        pieces.append(edit.text if newline == "\n" else edit.text.replace("\n", newline))
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)
