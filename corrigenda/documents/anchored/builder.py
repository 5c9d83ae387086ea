"""The text of a document that is taken out of nodes, block by block, with its anchors and regions."""

from collections.abc import Sequence

from corrigenda.documents import characters, urls, views
from corrigenda.documents.document import Document
from corrigenda.documents.encodings.decode import digest
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.origin import Anchor, AnchoredOrigin
from corrigenda.documents.parts import READABLE, Block, Directive, Region, RegionKind, Segment, Unread, View

BETWEEN = "\n\n"
"""What stands between two blocks; it is in no node, so that no correction can touch it."""


class Builder:
    """Collects blocks in the order in which they are read.

    A block is begun, filled from nodes, and ended; one that says nothing leaves no trace. Regions inside a block are
    told by their positions in the text (`at`).
    """

    def __init__(self, limit: int) -> None:
        """Make an empty text; `limit` is how many code points it may have."""
        self._limit = limit
        self._pieces: list[str] = []
        self._own: list[str] = []
        self._anchors: list[Anchor] = []
        self._blocks: list[Block] = []
        self._regions: list[Region] = []
        self._directives: list[Directive] = []
        self._unread: list[Unread] = []
        self._kept = (0, 0)
        self._label = ""
        self._text_blocks: int | None = None
        self.at = 0
        """Where the next character will stand."""
        self.begun = 0
        """Where the block that is being filled begins."""

    def begin(self, label: str) -> None:
        """Begin a block; `label` tells a person where to look: "paragraph 12"."""
        self._kept = (len(self._anchors), len(self._regions))
        self._own = []
        self._label = label
        self.begun = self.at = self.at + (len(BETWEEN) if self._pieces else 0)

    def add(self, value: str, part: str, node: int, offset: int = 0) -> None:
        """Add text of a node to the block, character by character.

        Args:
            value: The text.
            part: Name of the node's part.
            node: The node's number.
            offset: Where in the node's text it begins, in code points.

        Raises:
            Unreadable: The text grows too long.
        """
        if not value:
            return
        self._own.append(value)
        end = self.at + len(value)
        self._anchors.append(Anchor(self.at, end, part, node, offset, self._label))
        self.at = end
        if end > self._limit:
            raise Unreadable(
                f"The text of the file is too long: more than {self._limit / 2**20:,.1f} million characters. Split it."
            )

    def region(self, kind: RegionKind, start: int, end: int | None = None) -> None:
        """Note what a stretch of the text is; without an end it reaches to where the text ends now."""
        last = self.at if end is None else end
        if last > start:
            self._regions.append(Region(kind, start, last))

    def directive(self, directive: Directive) -> None:
        """Note a comment that speaks to corrigenda."""
        self._directives.append(directive)

    def unread(self, what: str) -> None:
        """Note that something with copy in it stands here and is not read."""
        self._unread.append(Unread(self.at, self.at, what))

    def said(self) -> str:
        """Return what the block says so far."""
        return "".join(self._own)

    def beside(self) -> None:
        """Say that what follows stands beside the text: notes, headers, footers. It counts from the first such call."""
        if self._text_blocks is None:
            self._text_blocks = len(self._blocks)

    def text(self) -> str:
        """Return the text of all blocks that were ended."""
        return "".join(self._pieces)

    def end(self, kind: RegionKind, *, skip: int = 0, breaks: bool = True) -> None:
        """End the block.

        Args:
            kind: What it is. One that is not read (code) becomes a region and no block.
            skip: Characters at its head that are no copy: the mark of a list.
            breaks: Whether its line feeds are breaks that the reader sees; otherwise they are spaces.
        """
        said = self.said()
        if not said or said.isspace():
            anchors, regions = self._kept
            del self._anchors[anchors:], self._regions[regions:]
            self.at = self.begun - (len(BETWEEN) if self._pieces else 0)
            return
        self._pieces += (BETWEEN, said) if self._pieces else (said,)
        self._regions.append(Region(kind, self.begun, self.at))
        if kind not in READABLE:
            return
        view = View(said, (Segment(0, len(said), self.begun, len(said)),))
        if skip:
            view = views.keep(view, [(skip, len(said))])
        if characters.any_odd(said):
            view = characters.as_read(view)
        if not breaks and "\n" in view.text:
            view = views.tidy(view)
        start = len(view.text) - len(view.text.lstrip())
        end = len(view.text.rstrip())
        if start >= end:
            return
        if (start, end) != (0, len(view.text)):
            view = views.keep(view, [(start, end)])
        span = view.to_document(0, len(view.text))
        self._blocks.append(Block(kind, span.start, span.end, view))

    def document(
        self, data: bytes, display: str, name: str, *, language: str = "", directives: Sequence[Directive] = ()
    ) -> Document:
        """Return the document.

        Args:
            data: The file's bytes.
            display: The path that reports show.
            name: The format's name.
            language: The language that the file says its text is in.
            directives: Comments that speak to corrigenda, besides those that were noted.
        """
        text = "".join(self._pieces)
        regions = [*self._regions, *urls.find(text)]
        return Document(
            display,
            text,
            name,
            tuple(sorted(regions, key=lambda region: (region.start, -region.end))),
            tuple(self._blocks),
            sha256=digest(data),
            directives=tuple(sorted([*self._directives, *directives])),
            language=language,
            origin=AnchoredOrigin(tuple(self._anchors)),
            beside=0 if self._text_blocks is None else len(self._blocks) - self._text_blocks,
            unread=tuple(Unread(min(start, len(text)), min(end, len(text)), what) for start, end, what in self._unread),
        )
