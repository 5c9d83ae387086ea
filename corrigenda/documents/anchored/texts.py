"""Documents made of texts that are taken out of a file one by one: the cells of a workbook, the parts of a message.

Each is read by the reader of its own format. It stands in the document's text character by character, with an empty
line before the next.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corrigenda.documents import embedding
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.origin import Anchor, AnchoredOrigin
from corrigenda.documents.parts import Edit, Embedded, Encoding, Region, RegionKind, Segment, Unread, View
from corrigenda.settings import ReadingOptions

BETWEEN = "\n\n"


class Stretch(NamedTuple):
    """A piece of a taken text, the node that it comes from and where in it, and what tells a person where that is."""

    value: str
    node: int
    offset: int
    label: str


class Taken(NamedTuple):
    """A text: the name of its part, the pieces, what it is written in, its record (as `Embedded` has it), and whether
    it is a headline.
    """

    part: str
    pieces: Sequence[Stretch]
    format: str
    record: int = 0
    title: bool = False


def document(
    taken: Iterable[Taken],
    display: str,
    name: str,
    sha256: str,
    *,
    limit: int,
    encoding: Encoding | None = None,
    masked: Iterable[Region] = (),
    unread: Sequence[str] = (),
    options: ReadingOptions | None = None,
) -> Document:
    """Return the document of some texts, in their order.

    Args:
        taken: The texts.
        display: The path that reports show.
        name: The format's name.
        sha256: The hash of the file's bytes.
        limit: Most characters that they may come to.
        encoding: Of the file, for its line ends.
        masked: More regions, by positions in the document's text.
        unread: What may hold copy and was not read.
        options: What the reader was told.

    Raises:
        Unreadable: They are too long, or a text's own format cannot read it.
    """
    pieces: list[str] = []
    anchors: list[Anchor] = []
    parts: list[Embedded] = []
    found: list[embedding.Contents] = []
    at = 0
    for one in taken:
        if pieces:
            pieces.append(BETWEEN)
            at += len(BETWEEN)
        start = at
        for value, node, offset, label in one.pieces:
            pieces.append(value)
            anchors.append(Anchor(at, at + len(value), one.part, node, offset, label))
            at += len(value)
        if at > limit:
            raise Unreadable(f"The text of the file has more than {limit:,} characters. Split it.")
        said = "".join(piece.value for piece in one.pieces)
        view = View(said, (Segment(0, len(said), start, len(said)),) if said else ())
        parts.append(Embedded(start, at, view, one.format, one.pieces[0].label if one.pieces else "", one.record))
        found.append(embedding.contents(parts[-1], RegionKind.HEADING if one.title else None))
    text = "".join(pieces)
    own = embedding.joined(found)
    return Document(
        display,
        text,
        name,
        tuple(sorted((*own.regions, *masked), key=lambda region: (region.start, -region.end))),
        tuple(block for block in own.blocks if block.view.text),
        encoding or Encoding(),
        sha256,
        own.directives,
        origin=AnchoredOrigin(tuple(anchors)),
        unread=(*own.unread, *(Unread(len(text), len(text), what) for what in unread)),
        embedded=tuple(parts),
        options=options or ReadingOptions(),
    )


def spelled(document: Document, edit: Edit) -> Edit:
    """Return an edit whose text is copy as the edit that its text's own format has for it, not reaching out of it."""
    part = document.embedded_at(edit.start)
    if part is None:
        return edit
    start, end, text = embedding.spelled(document, part, edit)
    return Edit(part.start + start, part.start + end, text)


def harmless(document: Document, edit: Edit) -> bool:
    """Return whether an edit stays within one text and leaves what programs read in it as it is."""
    part = document.embedded_at(edit.start)
    if part is None or edit.end > part.end:
        return False
    after = document.text[part.start : edit.start] + edit.text + document.text[edit.end : part.end]
    return embedding.harmless(part, after)
