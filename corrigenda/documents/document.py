"""What a document is once it is read: its text, its regions, and the map from every character back to the file.

A reader (one module a format) turns bytes into a `Document`. Everything after it works on `Document` alone. All
positions are code points in `Document.text`, half open `[start, end)`; they come from the parser and are never searched
for again.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

_LINE_END = re.compile(r"\r\n?|\n")


class RegionKind(StrEnum):
    """What a stretch of a document is."""

    PROSE = "prose"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    CAPTION = "caption"
    QUOTATION = "quotation"
    CODE = "code"
    LINK_TARGET = "link-target"
    URL = "url"
    FRONT_MATTER = "front-matter"
    HTML = "html"
    COMMENT = "comment"


READABLE = frozenset(
    {
        RegionKind.PROSE,
        RegionKind.HEADING,
        RegionKind.LIST,
        RegionKind.TABLE,
        RegionKind.CAPTION,
        RegionKind.QUOTATION,
    }
)
"""Regions that hold copy a reader sees; the others are masked: never judged and never rewritten."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the document of one kind. Regions may nest (a URL in a paragraph); sorted by start, then longest
    first.
    """

    kind: RegionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class View:
    """A block's text as its reader sees it, without markup, with the map back to the document.

    `runs` are (position in the view, position in the document, length) of the stretches that stand in both, ascending;
    between two runs lies markup that the reader does not see. Masked inline stretches (code, URLs) stay in the view,
    since grammar needs them, and are listed in the document's masked regions.
    """

    text: str
    runs: tuple[tuple[int, int, int], ...]

    def to_document(self, start: int, end: int) -> Span:
        """Return the document's span for the view's `[start, end)`, which must not be empty.

        The span begins at the first and ends after the last character, so markup between the two is inside it.
        """
        first = self._position(start)
        last = self._position(end - 1)
        return Span(first, last + 1)

    def from_document(self, position: int) -> int:
        """Return the view's position of a document's character, or of the next one that the view holds."""
        index = bisect_right(self.runs, position, key=lambda run: run[1]) - 1
        if index >= 0:
            at, origin, length = self.runs[index]
            if position < origin + length:
                return at + position - origin
        return self.runs[index + 1][0] if index + 1 < len(self.runs) else len(self.text)

    def contiguous(self, start: int, end: int) -> bool:
        """Return whether the view's `[start, end)` stands in the document without markup in between."""
        span = self.to_document(start, end)
        return len(span) == end - start

    def _position(self, index: int) -> int:
        run = bisect_right(self.runs, (index, 2**62, 0)) - 1
        at, origin, length = self.runs[run]
        if not 0 <= index - at < length:
            raise IndexError(f"position {index} is not in the view")
        return origin + index - at


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table cell or caption: the unit that is segmented into sentences."""

    kind: RegionKind
    start: int
    end: int
    view: View


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between a pair of quotation marks, the marks included.

    `style` is the opening and the closing mark, such as `“”`. A quotation that runs over paragraphs has one Quotation
    for each, all but the first with `continued` set; one that is not closed in its block ends with the block.
    """

    start: int
    end: int
    style: str
    continued: bool = False
    closed: bool = True

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes became text, so that they can be written back: codec name, byte order mark, and line ending."""

    codec: str = "utf-8"
    bom: bytes = b""
    newline: str = "\n"


@dataclass(frozen=True)
class Document:
    """One file as read.

    `path` is what reports show (with forward slashes). `text` is the decoded text without a byte order mark and with
    its own line endings. `sha256` is the hash of the file's bytes when it was read; a correction is refused when it
    changed.
    """

    path: str
    text: str
    format: str
    regions: tuple[Region, ...] = ()
    blocks: tuple[Block, ...] = ()
    encoding: Encoding = field(default_factory=Encoding)
    sha256: str = ""

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """All quotations, ascending by start, found when they are first asked for."""
        from corrigenda.documents.quotations import find

        return find(self)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Code-point positions at which lines begin; lines end with LF, CRLF or CR."""
        return (0, *(match.end() for match in _LINE_END.finditer(self.text)))

    def line_and_column(self, position: int) -> tuple[int, int]:
        """Return line and column of a position, both counted from 1, the column in code points."""
        line = bisect_right(self.line_starts, position)
        return line, position - self.line_starts[line - 1] + 1

    @cached_property
    def masked(self) -> tuple[Span, ...]:
        """Stretches that no check may judge and no correction may touch, merged and ascending."""
        spans = sorted(Span(r.start, r.end) for r in self.regions if r.kind not in READABLE)
        merged: list[Span] = []
        for span in spans:
            if merged and span.start <= merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        return tuple(merged)

    def is_masked(self, start: int, end: int) -> bool:
        """Return whether any character of `[start, end)` is masked."""
        index = bisect_right(self.masked, Span(start, 2**62)) - 1
        if index >= 0 and self.masked[index].end > start:
            return True
        return index + 1 < len(self.masked) and self.masked[index + 1].start < end

    @cached_property
    def _block_starts(self) -> tuple[int, ...]:
        return tuple(block.start for block in self.blocks)

    def block_at(self, position: int) -> int | None:
        """Return the index of the block that holds a position, or None between blocks."""
        index = bisect_right(self._block_starts, position) - 1
        if index >= 0 and position < self.blocks[index].end:
            return index
        return None

    def quotation_at(self, start: int, end: int) -> Quotation | None:
        """Return the innermost quotation that holds all of `[start, end)` between its marks."""
        best: Quotation | None = None
        index = bisect_right(self._quotation_starts, start)
        # Quotations nest two or three deep; what opened a hundred marks ago does not hold this one.
        for quotation in self.quotations[max(0, index - 100) : index]:
            if end <= quotation.end and (best is None or len(quotation) <= len(best)):
                best = quotation
        return best

    @cached_property
    def _quotation_starts(self) -> tuple[int, ...]:
        return tuple(quotation.start for quotation in self.quotations)

    def in_quotation(self, start: int, end: int) -> bool:
        """Return whether `[start, end)` was said or written by another: between quotation marks or in a block quote."""
        if self.quotation_at(start, end) is not None:
            return True
        return any(region.start <= start and end <= region.end for region in self._quoted)

    @cached_property
    def _quoted(self) -> tuple[Region, ...]:
        return tuple(region for region in self.regions if region.kind is RegionKind.QUOTATION)

    def lines(self) -> Iterator[tuple[int, int]]:
        """Yield `[start, end)` of each line without its line ending."""
        starts = (*self.line_starts, len(self.text) + 1)
        for start, following in pairwise(starts):
            end = min(following, len(self.text))
            while end > start and self.text[end - 1] in "\r\n":
                end -= 1
            yield start, end
