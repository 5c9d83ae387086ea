"""A book becomes a document: the text of its chapters, each paragraph with its place in its chapter's part."""

from bisect import bisect_left
from collections.abc import Sequence

from corrigenda.documents import spoken
from corrigenda.documents.anchored.builder import Builder
from corrigenda.documents.anchored.nodes import Node, PartText
from corrigenda.documents.anchored.reader import Extract
from corrigenda.documents.anchored.viewing import WHOLE, Placed, note, put
from corrigenda.documents.containers.rewriting import rewritten
from corrigenda.documents.epub.book import Book, opened, read_book, text_of
from corrigenda.documents.html import xhtml
from corrigenda.documents.html.reading import Reading
from corrigenda.documents.parts import Directive, RegionKind, Span
from corrigenda.languages import code_of

_NOTED = WHOLE | {RegionKind.EMPHASIS, RegionKind.CODE, RegionKind.HTML, RegionKind.IMAGE}


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


def _chapter(reading: Reading, number: int, part: PartText, builder: Builder) -> None:
    """Read a chapter's blocks into the text, with what is said of them."""
    placed: list[Placed] = []
    paragraph = 0
    for block, view, described in sorted(reading.written, key=lambda one: (one.block.start, -one.block.end)):
        paragraph += not described
        where = f"paragraph {paragraph:,}" if not described else f"a description at paragraph {paragraph + 1:,}"
        builder.begin(f"chapter {number:,}, {where}")
        placed.append(put(builder, part, view, attribute=described))
        builder.end(block.kind)
    note(builder, placed, (region for region in reading.regions if region.kind in _NOTED))
    starts = [one.start for one in placed]
    for directive in reading.directives:
        builder.directive(_covering(directive, placed[bisect_left(starts, directive.start) :], builder))


def _covering(directive: Directive, following: Sequence[Placed], builder: Builder) -> Directive:
    """Return a comment in a chapter as one of the document: it speaks of the paragraph that follows, or of all."""
    if not following:
        return directive._replace(start=builder.at, end=builder.at, covers=Span(builder.at, builder.at))
    begun, length = following[0].begun, len(following[0].view.text)
    return directive._replace(start=begun, end=begun, covers=_covers(directive.text, begun, begun + length, builder))


def _covers(said: str, start: int, end: int, builder: Builder) -> Span:
    return Span(0, builder.at + 1) if said.lower().startswith("ignore-file") else Span(start, end)
