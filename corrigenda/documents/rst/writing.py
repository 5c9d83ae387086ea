"""Spelling corrections as reStructuredText has them."""

import re

from corrigenda.documents.document import Document
from corrigenda.documents.parts import Edit, RegionKind

_MARK = re.compile(r"[\\*`|]|(?<=\w)_(?!\w)")
_UNDERLINE = re.compile(r"[ \t]*(\r\n|\n|\r)(([!-/:-@\[-`{-~])\3*)(?=[ \t]*(?:[\r\n]|$))")
_OVERLINE = re.compile(r"(([!-/:-@\[-`{-~])\2*)[ \t]*(\r\n|\n|\r)[ \t]*$")


def outgrown(document: Document, edit: Edit) -> Edit:
    """Return an escaped edit as the file is given it: a title that outgrows its lines takes them along."""
    number = document.block_at(edit.start)
    if number is None or document.blocks[number].kind is not RegionKind.HEADING:
        return edit
    text = document.text
    block = document.blocks[number]
    below = _UNDERLINE.match(text, block.end)
    grown = len(edit.text) - (edit.end - edit.start)
    if below is None or edit.end > block.end or grown <= 0:
        return edit
    line = max(text.rfind("\n", 0, block.start), text.rfind("\r", 0, block.start)) + 1
    missing = block.end - line + grown - len(below[2])
    if missing <= 0:
        return edit
    above = _OVERLINE.search(text[max(0, line - 1_000) : line])
    put = edit.text + text[edit.end : below.end()] + below[3] * missing
    if above is None or above[1] != below[2]:
        return Edit(edit.start, below.end(), put)
    start = max(0, line - 1_000) + above.end(1)
    return Edit(start, below.end(), above[2] * missing + text[start : edit.start] + put)


def escaped(words: str) -> str:
    """Return words with a backslash before what would be a mark."""
    return _MARK.sub(r"\\\g<0>", words)
