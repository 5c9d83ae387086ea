"""What a paragraph is whose format does not say it: a heading, a list's item, a caption, a quoted mail's line."""

from corrigenda.documents import captions
from corrigenda.documents.parts import RegionKind
from corrigenda.expressions import lazy

HEADING_WIDTH = 120
"""Longest heading, in code points."""

FINAL = frozenset(".!?:;,…。！？\"”’'»“)]")
"""Marks that a sentence, and no heading, ends with."""

LIST_ITEM = lazy(r"(?:[-*•‣▪●◦·]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)](?=\s+[A-Z]))[ \t\u00a0]+(?=\S)")
QUOTED = lazy(r"(?:>[ \t]?)+")


def kind_of(text: str, start: int, end: int, first: bool, alone: bool, spaced: bool) -> tuple[RegionKind, int]:
    """Return what a paragraph is, and the length of the list or quotation mark before its words.

    Args:
        text: The text that it stands in.
        start: Where it begins.
        end: Where it ends.
        first: Whether it is the text's first.
        alone: Whether empty lines stand on both its sides.
        spaced: Whether empty lines stand between most paragraphs.
    """
    head = text[start]
    if head == ">":
        mark = QUOTED.match(text, start, end)
        return RegionKind.QUOTATION, mark.end() - start if mark else 0
    item = LIST_ITEM.match(text, start, end) if not head.isalpha() or text[start + 1 : start + 2] in ".)" else None
    if item is not None and item.end() < end:
        return RegionKind.LIST, item.end() - start
    length = end - start
    if captions.is_caption(text, start, end):
        return RegionKind.CAPTION, 0
    if length <= HEADING_WIDTH and _is_heading(text, start, end, first, alone, spaced):
        return RegionKind.HEADING, 0
    return RegionKind.PROSE, 0


def _is_heading(text: str, start: int, end: int, first: bool, alone: bool, spaced: bool) -> bool:
    last = text[end - 1]
    if first:
        # A headline may ask, and may end with a quotation that is no sentence of its own.
        return last in "?!" or last not in FINAL or (last in "\"”’'»)" and text[end - 2] not in ".!?…,")
    if last in FINAL:
        return False
    # Where no empty lines set anything off, only a very short line is taken for a subheading.
    return alone if spaced else end - start <= 60 and not text[start].islower()
