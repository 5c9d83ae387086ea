"""Spelling a correction as a markup language has it, without touching the markup that the correction keeps."""

from bisect import bisect_right
from collections.abc import Callable

from corrigenda.documents.document import Document
from corrigenda.documents.parts import Edit


def spelled(document: Document, edit: Edit, escape: Callable[[str], str]) -> Edit:
    """Return an edit whose new words are escaped; what it has in common with the text is markup that stays as it is.

    Args:
        document: The document.
        edit: The edit, whose text is copy.
        escape: Returns words as the format spells them.
    """
    start, end, text = edit
    old = document.text[start:end]
    shorter = min(len(old), len(text))
    first = next((n for n in range(shorter) if old[n] != text[n]), shorter)
    first = max(0, _outside(document, start + first, before=True) - start)
    left = min(len(old), len(text)) - first
    same = next((n for n in range(left) if old[-1 - n] != text[-1 - n]), left)
    same = max(0, end - max(start + first, _outside(document, end - same, before=False)))
    put = text[first : len(text) - same]
    spelt = escape(put)
    return edit if spelt == put else Edit(start, end, text[:first] + spelt + text[len(text) - same :])


def _outside(document: Document, position: int, *, before: bool) -> int:
    """Return a position that does not lie inside of what is written for one letter (an escape or entity)."""
    number = document.block_at(position)
    if number is None:
        return position
    segments = document.blocks[number].view.segments
    index = bisect_right(segments, position, key=lambda segment: segment.start) - 1
    if index < 0:
        return position
    _, shown, start, length = segments[index]
    if shown == length or not start < position < start + length:
        return position
    return start if before else start + length
