"""The place of a finding in its line: what stands before, the marked words, and what follows."""

from typing import NamedTuple

from corrigenda.documents.document import Document
from corrigenda.documents.parts import RegionKind
from corrigenda.finding import Finding
from corrigenda.reporting.visible import clip, visible, width

_KINDS = {
    RegionKind.PROSE: "Paragraph",
    RegionKind.HEADING: "Heading",
    RegionKind.LIST: "List item",
    RegionKind.TABLE: "Table cell",
    RegionKind.CAPTION: "Caption",
    RegionKind.QUOTATION: "Quotation",
}
_REACH = 400
_LABEL = 60
"""Columns of the label of a place that has a line as well."""
_PIECE = 16


class Excerpt(NamedTuple):
    """A piece of one line with its marked part, already visible text."""

    before: str
    marked: str
    after: str


def excerpt(finding: Finding, document: Document | None, columns: int) -> Excerpt:
    """Return the finding's line cut to so many terminal columns, the marked part kept as whole as it fits.

    Without the document's text (or when the text no longer has the quote at that place) only the quote is shown.
    """
    if document is None or document.text[finding.start : finding.end] != finding.quote:
        return Excerpt("", clip(visible(finding.quote[: 4 * columns]), columns), "")
    text = document.text
    start, end = finding.start, finding.end
    before = _from_line_start(text[max(0, start - _REACH) : start])
    after = _to_line_end(text[end : end + _REACH])
    marked = visible(finding.quote if end - start <= 4 * columns else finding.quote[: 4 * columns] + "…")
    alone = not before.strip() and not after.strip()
    marked = clip(marked, columns if alone else max(columns * 2 // 3, 8))
    left = visible(before).lstrip()
    right = visible(after).rstrip()
    room = columns - width(marked)
    need_left, need_right = width(left), width(right)
    if need_left + need_right > room:
        half = room // 2
        left_room = max(half, room - need_right) if need_right < half else half
        left = _whole_words(clip(left, left_room, from_end=True), from_end=True)
        right = _whole_words(clip(right, room - width(left)))
    return Excerpt(left, marked, right)


def _whole_words(text: str, from_end: bool = False) -> str:
    """Drop the piece of a word next to the ellipsis that clipping left, unless it is long."""
    if from_end and text.startswith("…"):
        at = text.find(" ", 1, _PIECE)
        return "…" + text[at:] if at > 0 else text
    if not from_end and text.endswith("…"):
        at = text.rfind(" ", max(0, len(text) - _PIECE))
        return text[: at + 1] + "…" if at >= 0 else text
    return text


def _from_line_start(text: str) -> str:
    at = max(text.rfind("\n"), text.rfind("\r"))
    return text[at + 1 :]


def _to_line_end(text: str) -> str:
    ends = [at for at in (text.find("\n"), text.find("\r")) if at >= 0]
    return text[: min(ends)] if ends else text


class Places:
    """Names the blocks of a document as a person would: "Paragraph 3", "Heading", "Caption"."""

    def __init__(self, document: Document | None) -> None:
        """Number the paragraphs of a document; None gives no names."""
        self._document = document
        self._numbers: list[int] = []
        number = 0
        for block in document.blocks if document else ():
            number += block.kind is RegionKind.PROSE
            self._numbers.append(number)

    def key(self, finding: Finding) -> int:
        """Return what findings of one block share: the block's index, or minus the line outside any block."""
        index = self._index(finding.start)
        return -(finding.line or finding.start + 1) if index is None else index

    def label(self, finding: Finding) -> str:
        """Return the block's name with its line, such as "Paragraph 3, line 7"."""
        index = self._index(finding.start)
        if index is None or self._document is None:
            return f"Line {finding.line:,}" if finding.line is not None else _capital(finding.label)
        block = self._document.blocks[index]
        where = self._document.locate(block.start)
        if where.line is None:
            return _capital(where.label)
        name = _KINDS.get(block.kind, "Block")
        if block.kind is RegionKind.PROSE:
            name = f"{name} {self._numbers[index]:,}"
        return f"{name}, line {where.line:,}" + (f", {clip(visible(where.label), _LABEL)}" if where.label else "")

    def _index(self, position: int) -> int | None:
        return self._document.block_at(position) if self._document is not None else None


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
