"""Two readers of formats that corrigenda does not have, as another package would bring them.

`ParagraphsReader` takes the text out of XML in a ZIP archive, as Word's files have it; `PairsReader` reads a
translation that has its source beside it. No module of corrigenda knows of either.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape

from corrigenda.documents import moved, views
from corrigenda.documents.document import Document
from corrigenda.documents.edits import settled
from corrigenda.documents.encodings.decode import MAX_BYTES, decode, digest, encode, too_large
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.origin import Anchor, AnchoredOrigin, NodeEdit
from corrigenda.documents.parts import Block, Directive, Edit, Region, RegionKind, Span, Unit

PART = "content.xml"


@dataclass
class Node:
    """A text node: `[start, end)` of the part's bytes, its text, and the paragraph and element that it stands in."""

    start: int
    end: int
    text: str
    paragraph: int
    element: str


class Nodes:
    """The text nodes of an XML document with their bytes: an entity is a node of its own."""

    def __init__(self, data: bytes) -> None:
        self.found: list[Node] = []
        self.paragraphs = 0
        self._stack: list[str] = []
        self._open = False
        self._parser = parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._other
        parser.Parse(data, True)

    def _other(self, *_: object) -> None:
        if self._open:
            self.found[-1].end = self._parser.CurrentByteIndex
            self._open = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._other()
        self._stack.append(name)
        self.paragraphs += name == "p"

    def _end(self, name: str) -> None:
        self._other()
        self._stack.pop()

    def _text(self, text: str) -> None:
        self._other()
        if "p" in self._stack:
            self.found.append(Node(self._parser.CurrentByteIndex, -1, text, self.paragraphs, self._stack[-1]))
            self._open = True


class ParagraphsReader:
    """Reads `.paragraphs`: a ZIP archive whose content.xml has its text in `<p>`, with `<em>` for italics."""

    format = "paragraphs"
    suffixes = (".paragraphs",)

    def read(self, data: bytes, display: str, *, limit: int = MAX_BYTES) -> Document:
        """Return the paragraphs with an empty line between each two."""
        if len(data) > limit:
            raise too_large(len(data), limit)
        try:
            nodes = Nodes(_part(data))
        except (zipfile.BadZipFile, KeyError, expat.ExpatError) as error:
            raise Unreadable(f"This is no file of paragraphs ({error}).") from None
        pieces: list[str] = []
        anchors: list[Anchor] = []
        regions: list[Region] = []
        blocks: list[Block] = []
        at = begin = 0
        for number, node in enumerate(nodes.found):
            if number and node.paragraph != nodes.found[number - 1].paragraph:
                blocks.append(_block(pieces, begin, at))
                pieces.append("\n\n")
                begin = at = at + 2
            anchors.append(Anchor(at, at + len(node.text), PART, number, 0, f"paragraph {node.paragraph}"))
            if node.element == "em":
                regions.append(Region(RegionKind.EMPHASIS, at, at + len(node.text)))
            pieces.append(node.text)
            at += len(node.text)
        if at > begin:
            blocks.append(_block(pieces, begin, at))
        regions += (Region(RegionKind.PROSE, block.start, block.end) for block in blocks)
        return Document(
            display,
            "".join(pieces),
            self.format,
            tuple(sorted(regions, key=lambda region: (region.start, -region.end))),
            tuple(blocks),
            sha256=digest(data),
            origin=AnchoredOrigin(tuple(anchors)),
        )

    def edited(self, document: Document, edits: Sequence[Edit]) -> Document:
        """Return the document with edits made."""
        return moved.edited(document, edits)

    def write(self, data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
        """Return the archive with its text corrected; other parts, and all else in this one, stay as they are."""
        if not edits:
            return data
        assert isinstance(document.origin, AnchoredOrigin)
        content = _part(data)
        nodes = Nodes(content).found
        pieces: list[bytes] = []
        at = 0
        for number, own in _by_node(document.origin.placed(settled(document, edits))):
            node = nodes[number]
            pieces += (content[at : node.start], _changed(node.text, own).encode())
            at = node.end
        pieces.append(content[at:])
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(target, "w") as after:
            for info in before.infolist():
                after.writestr(info, b"".join(pieces) if info.filename == PART else before.read(info))
        return target.getvalue()


def _part(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(PART)


def _block(pieces: list[str], start: int, end: int) -> Block:
    return Block(RegionKind.PROSE, start, end, views.plain("".join(pieces), start, end))


def _by_node(edits: Iterable[NodeEdit]) -> list[tuple[int, list[NodeEdit]]]:
    found: dict[int, list[NodeEdit]] = {}
    for edit in edits:
        found.setdefault(edit.node, []).append(edit)
    return sorted(found.items())


def _changed(text: str, edits: Iterable[NodeEdit]) -> str:
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    return escape("".join([*pieces, text[at:]]))


class PairsReader:
    """Reads `.pairs`: a line a unit, of name, state, source, translation and note, with tabs between."""

    format = "pairs"
    suffixes = (".pairs",)

    def read(self, data: bytes, display: str, *, limit: int = MAX_BYTES) -> Document:
        """Return the translations with an empty line between each two; their sources stand in the blocks."""
        text, encoding = decode(data, limit=limit)
        rows = [line.split("\t") for line in text.split("\n") if line]
        if any(len(row) != 5 for row in rows):
            raise Unreadable("A line does not have five columns.")
        targets = "\n\n".join(row[3] for row in rows)
        sources = "\n\n".join(row[2] for row in rows)
        blocks: list[Block] = []
        anchors: list[Anchor] = []
        directives: list[Directive] = []
        at = source_at = 0
        for number, (name, state, source, target, note) in enumerate(rows):
            end = at + len(target)
            source_view = views.plain(sources, source_at, source_at + len(source))
            view = views.plain(targets, at, end)
            blocks.append(Block(RegionKind.PROSE, at, end, view, source_view, Unit(name, state)))
            anchors.append(Anchor(at, end, "", number, 0, f"unit {name}"))
            if note.startswith("corrigenda:"):
                said = note.removeprefix("corrigenda:").strip()
                directives.append(Directive(at, at, said, Span(at, end)))
            at, source_at = end + 2, source_at + len(source) + 2
        return Document(
            display,
            targets,
            self.format,
            tuple(Region(RegionKind.PROSE, block.start, block.end) for block in blocks),
            tuple(blocks),
            encoding,
            digest(data),
            tuple(directives),
            "en",
            AnchoredOrigin(tuple(anchors)),
            sources,
        )

    def edited(self, document: Document, edits: Sequence[Edit]) -> Document:
        """Return the document with edits made."""
        return moved.edited(document, edits)

    def write(self, data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
        """Return the file with its translations corrected."""
        assert isinstance(document.origin, AnchoredOrigin)
        lines = decode(data)[0].split("\n")
        places = [number for number, line in enumerate(lines) if line]
        for number, own in _by_node(document.origin.placed(settled(document, edits))):
            row = lines[places[number]].split("\t")
            pieces = row[3]
            for edit in reversed(own):
                pieces = pieces[: edit.start] + edit.text + pieces[edit.end :]
            lines[places[number]] = "\t".join([*row[:3], pieces, row[4]])
        return encode("\n".join(lines), document.encoding)


PARAGRAPHS = ParagraphsReader()
PAIRS = PairsReader()
