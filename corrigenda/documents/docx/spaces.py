"""Spaces at the ends of a run: Word drops them unless the element says that they count."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from corrigenda.documents.anchored.nodes import PartText, said
from corrigenda.documents.docx.content import WordPart, Written
from corrigenda.documents.parts import Edit
from corrigenda.documents.xml.splicing import raw_edits

_SPACE = re.compile(r"""\sxml:space\s*=\s*(?:"[^"]*"|'[^']*')""")
_PRESERVE = ' xml:space="preserve"'


def further_edits(part: PartText, edits: Mapping[int, Sequence[Edit]]) -> list[Edit]:
    """Return the edits of a part's raw text by which spaces count at the ends of elements whose text edits change.

    Args:
        part: A part of a Word document.
        edits: Edits of its nodes, by number.
    """
    if not isinstance(part, WordPart):
        return []
    result: list[Edit] = []
    for index in sorted({_index(part, number) for number in edits}):
        if index >= 0:
            result += _counted(part, part.written[index], edits)
    return result


def _index(part: WordPart, number: int) -> int:
    """Return which element's text a node is, -1 where it is none's."""
    index = bisect_right(part.written, number, key=lambda written: written.first) - 1
    return index if index >= 0 and number < part.written[index].last else -1


def _counted(part: WordPart, element: Written, edits: Mapping[int, Sequence[Edit]]) -> list[Edit]:
    if element.preserved:
        return []
    numbers = range(element.first, element.last)
    whole = "".join(said(part.nodes[number].piece.value, edits.get(number, ())) for number in numbers)
    shown = whole[element.head : len(whole) - element.tail]
    if not shown or not (shown[0].isspace() or shown[-1].isspace()):
        return []
    tag = element.tag
    raw = part.raw[tag.start : tag.end]
    found = _SPACE.search(raw)
    if found is not None:
        result = [Edit(tag.start + found.start(), tag.start + found.end(), _PRESERVE)]
    else:
        result = [Edit(tag.end - 1, tag.end - 1, _PRESERVE)]
    return result + _dropped(part, element)


def _dropped(part: WordPart, element: Written) -> list[Edit]:
    """Return the edits that take away the spaces that nobody saw so far."""
    numbers = range(element.first, element.last)
    length = sum(len(part.nodes[number].piece.value) for number in numbers)
    result: list[Edit] = []
    at = 0
    for number in numbers:
        piece = part.nodes[number].piece
        size = len(piece.value)
        for start, end in ((0, element.head), (length - element.tail, length)):
            own = Edit(max(start - at, 0), min(end - at, size), "")
            if own.start < own.end:
                result += raw_edits(piece, [own])
        at += size
    return result
