"""A book becomes a document: the text of its chapters, each paragraph with its place in its chapter's part."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from corrigenda.documents import spoken
from corrigenda.documents.anchored.builder import Builder
from corrigenda.documents.anchored.nodes import Node, PartText
from corrigenda.documents.anchored.reader import Extract
from corrigenda.documents.containers.rewriting import rewritten
from corrigenda.documents.epub.book import Book, opened, read_book, text_of
from corrigenda.documents.html import xhtml
from corrigenda.documents.html.reading import Reading, Written
from corrigenda.documents.parts import Directive, Region, RegionKind, Span
from corrigenda.documents.xml.events import Spelling, Text
from corrigenda.languages import code_of

_WHOLE = frozenset((RegionKind.LIST, RegionKind.TABLE, RegionKind.QUOTATION))
_INSIDE = frozenset((RegionKind.EMPHASIS, RegionKind.CODE, RegionKind.HTML, RegionKind.IMAGE))


def extract(data: bytes, display: str, *, limit: int) -> Extract:
    """Return the document of a book with the parts that its text comes from.

    Args:
        data: The file's bytes.
        display: The path that reports show.
        limit: Largest size in bytes of a text, which bounds the code points of the document.

    Raises:
        Unreadable: The file is no book, is damaged or locked, or is not safe to read.
    """
    package = opened(data)
    book = read_book(package)
    builder = Builder(limit)
    parts: dict[str, PartText] = {}
    _metadata(book, builder, parts)
    number = 0
    for name in book.chapters:
        raw, encoding = text_of(package, name)
        part = PartText(name, raw, encoding)
        events = xhtml.events(raw, what=name)
        reading = Reading(raw, span=(len(raw), 0), language=book.language or code_of(""), book=True)
        reading.take(events)
        if reading.blocks:
            number += 1
            parts[name] = part
            _chapter(reading, number, part, builder)
    document = builder.document(data, display, "epub", language=_believed(book.language, builder))
    return Extract(document, parts, lambda changed: rewritten(package, changed))


def _believed(language: str, builder: Builder) -> str:
    """Return the language that a book says it is in, empty where its letters are those of others."""
    text = builder.text()
    return spoken.dominant({language: len(text)}, len(text), language, text) if language else ""


def _metadata(book: Book, builder: Builder, parts: dict[str, PartText]) -> None:
    """Read the title and the description that shops and libraries show."""
    part = parts[book.part] = PartText(book.part, book.raw, book.encoding)
    for said in book.said:
        builder.begin(said.label)
        for piece in said.pieces:
            builder.add(piece.value, part.name, part.add(Node(piece)))
        title = said.label.endswith("title")
        builder.region(RegionKind.HEADING if title else RegionKind.IMAGE, builder.begun)
        builder.end(RegionKind.HEADING if title else RegionKind.CAPTION, breaks=False)


class _Placed(NamedTuple):
    """A block as it was read in its part, and where it begins in the document's text."""

    written: Written
    begun: int


def _chapter(reading: Reading, number: int, part: PartText, builder: Builder) -> None:
    """Read a chapter's blocks into the text, with what is said of them."""
    placed: list[_Placed] = []
    paragraph = 0
    for written in sorted(reading.written, key=lambda one: (one.block.start, -one.block.end)):
        described = written.attribute
        paragraph += not described
        where = f"paragraph {paragraph:,}" if not described else f"a description at paragraph {paragraph + 1:,}"
        builder.begin(f"chapter {number:,}, {where}")
        placed.append(_Placed(written, builder.begun))
        text = written.view.text
        for view_start, view_length, start, length in written.view.segments:
            value = text[view_start : view_start + view_length]
            supplied = part.raw[start] == "<"
            exact = view_length == length and not supplied
            piece = Text(value, start, start + length, Spelling.PLAIN if exact else Spelling.REFERENCE)
            builder.add(value, part.name, part.add(Node(piece, supplied=supplied, attribute=described)))
        builder.end(written.block.kind)
    _regions(reading.regions, placed, builder)
    starts = [one.written.block.start for one in placed]
    for directive in reading.directives:
        index = bisect_left(starts, directive.start)
        builder.directive(_covering(directive, placed[index:], builder))


def _regions(regions: Sequence[Region], placed: Sequence[_Placed], builder: Builder) -> None:
    """Note what the chapter's regions are in the document's text."""
    starts = [one.written.block.start for one in placed]
    for kind, start, end in regions:
        if kind not in _INSIDE and kind not in _WHOLE:
            continue
        first = max(0, bisect_left(starts, start + 1) - 1)
        inside = [one for one in placed[first : bisect_left(starts, end)] if one.written.block.end > start]
        spans = []
        for one in inside:
            seen = one.written.view.span_of(start, end)
            if seen:
                spans.append((one.begun + seen.start, one.begun + seen.end))
        if kind in _WHOLE and spans:
            builder.region(kind, min(spans)[0], max(end for _, end in spans))
        elif kind not in _WHOLE:
            for span in spans:
                builder.region(kind, *span)


def _covering(directive: Directive, following: Sequence[_Placed], builder: Builder) -> Directive:
    """Return a comment in a chapter as one of the document: it speaks of the paragraph that follows, or of all."""
    if not following:
        return directive._replace(start=builder.at, end=builder.at, covers=Span(builder.at, builder.at))
    begun, length = following[0].begun, len(following[0].written.view.text)
    return directive._replace(start=begun, end=begun, covers=_covers(directive.text, begun, begun + length, builder))


def _covers(said: str, start: int, end: int, builder: Builder) -> Span:
    return Span(0, builder.at + 1) if said.lower().startswith("ignore-file") else Span(start, end)
