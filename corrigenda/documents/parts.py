"""What a document is made of: regions, blocks with their views, quotations, directives, and how its bytes became text.

All positions are Unicode code points, half open `[start, end)`; they come from the reader and are never searched for
again.
"""

# Named tuples where dataclasses would do: every run imports this module, and their classes are made much faster.

from bisect import bisect_left, bisect_right
from enum import StrEnum
from typing import NamedTuple


class RegionKind(StrEnum):
    """What a stretch of a document is."""

    PROSE = "prose"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    CAPTION = "caption"
    QUOTATION = "quotation"
    EMPHASIS = "emphasis"
    """Italics, as foreign words and titles have them; bold is not emphasis."""
    IMAGE = "image"
    """A picture with its description."""
    LABEL = "label"
    """A link's words that are also the key by which its target is found."""
    CODE = "code"
    LINK_TARGET = "link-target"
    URL = "url"
    FRONT_MATTER = "front-matter"
    HTML = "html"
    COMMENT = "comment"
    DATA = "data"
    """What programs read in a file of data: keys, brackets, identifiers, the timings of subtitles."""
    STRUCK = "struck"
    """What was struck through: it is there to be seen, and no longer said."""
    DIRECTIVE = "directive"
    """A comment that speaks to corrigenda (see `Directive`)."""
    MARKUP = "markup"
    """Tags between words. They are no copy, and a finding may reach over them: "annexed <b>Russia</b>"."""


READABLE = frozenset(
    {
        RegionKind.PROSE,
        RegionKind.HEADING,
        RegionKind.LIST,
        RegionKind.TABLE,
        RegionKind.CAPTION,
        RegionKind.QUOTATION,
        RegionKind.EMPHASIS,
        RegionKind.IMAGE,
        RegionKind.LABEL,
    }
)
"""Regions that hold copy a reader sees; the others are masked: never judged and never rewritten."""


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Region(NamedTuple):
    """A stretch of the document of one kind. Regions may nest (a URL in a paragraph); sorted by start, then longest
    first.
    """

    kind: RegionKind
    start: int
    end: int


class Segment(NamedTuple):
    """A stretch of a view and the stretch of the document that it stands for.

    Where the two are of one length, each character stands for its own counterpart. Otherwise the whole stands for the
    whole: the letter of a decoded entity for all of its characters, or a character that a reader supplied (a break
    between two table cells, say) for none.
    """

    view_start: int
    view_length: int
    start: int
    length: int


class View(NamedTuple):
    """A block's text as its reader sees it, without markup, with the map back to the document.

    The segments are ascending in the view and in the document, none is empty in the view, and together they cover its
    text; between two of them the document may have markup, which the reader does not see. Masked inline stretches
    (code, URLs) stay in the view, since grammar needs them, and are listed in the document's masked regions.
    """

    text: str
    segments: tuple[Segment, ...]

    def to_document(self, start: int, end: int) -> Span:
        """Return the document's span for the view's `[start, end)`.

        The span begins at the first and ends after the last character, so markup between the two is inside it. An
        empty range gives an empty span where its next character begins, or where the view ends.

        Raises:
            IndexError: The range does not lie in the view.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"{start} to {end} does not lie in a view of {len(self.text)} characters")
        if start == end:
            at = self._first(start)
            return Span(at, at)
        segment = self._holding(end - 1)
        last = segment.start + segment.length
        if segment.view_length == segment.length:
            last += end - segment.view_start - segment.view_length
        return Span(self._first(start), last)

    def from_document(self, position: int) -> int:
        """Return the view's position of a document's character, or of the next one that the view holds; its length
        behind the last one. A position inside an entity is that of its letter.
        """
        index = bisect_right(self.segments, position, key=_start) - 1
        if index >= 0:
            segment = self.segments[index]
            if position < segment.start + segment.length:
                exact = segment.view_length == segment.length
                return segment.view_start + (position - segment.start if exact else 0)
        return self.segments[index + 1].view_start if index + 1 < len(self.segments) else len(self.text)

    def span_of(self, start: int, end: int) -> Span:
        """Return the view's span of the characters that stand for something in the document's `[start, end)`; an empty
        one where the view shows nothing of it.
        """
        first = self.from_document(start)
        index = bisect_left(self.segments, end, key=_start) - 1
        if index < 0 or end <= start:
            return Span(first, first)
        segment = self.segments[index]
        last = segment.view_start + segment.view_length
        if segment.view_length == segment.length:
            last = min(last, segment.view_start + end - segment.start)
        return Span(first, max(first, last))

    def _first(self, index: int) -> int:
        if not self.segments:
            return 0
        segment = self._holding(index)
        offset = index - segment.view_start
        if segment.view_length == segment.length:
            return segment.start + offset
        return segment.start + (segment.length if offset >= segment.view_length else 0)

    def _holding(self, index: int) -> Segment:
        return self.segments[bisect_right(self.segments, index, key=_view_start) - 1]


def _start(segment: Segment) -> int:
    return segment.start


def _view_start(segment: Segment) -> int:
    return segment.view_start


class Unit(NamedTuple):
    """What a translation file says of one of its segments: its identifier there, and how far it is.

    `state` is in XLIFF's words: "initial", "translated", "reviewed" or "final"; empty where the file does not say.
    """

    id: str
    state: str = ""


class Block(NamedTuple):
    """A paragraph, heading, list item, table cell or caption: the unit that is segmented into sentences.

    Where the document is a translation that has its source beside it, `source` is that of this block, and `unit` what
    the file says of the pair. A source's view maps to `Document.source_text`.
    """

    kind: RegionKind
    start: int
    end: int
    view: View
    source: View | None = None
    unit: Unit | None = None


class Embedded(NamedTuple):
    """A text that stands in a file of another format, such as a field of a file of data.

    `[start, end)` is its place in the document, `view` what it says once the file's escapes are read, and `format` what
    it is written in. `label` tells a person where to look ("articles[4].body"). `record` counts the records of a file
    of data from 1; with 0 the parts of a file are one text, as the cues of subtitles are.
    """

    start: int
    end: int
    view: View
    format: str
    label: str = ""
    record: int = 0


class Quotation(NamedTuple):
    """What stands between a pair of quotation marks, the marks included.

    `style` is the opening and the closing mark, such as `“”`. A quotation that runs over paragraphs has one Quotation
    for each, all but the first with `continued` set; one that is not closed in its block ends with the block.
    """

    start: int
    end: int
    style: str
    continued: bool = False
    closed: bool = True


class Unread(NamedTuple):
    """A stretch of a document that may hold copy and was not read, and what it is, such as "raw HTML"."""

    start: int
    end: int
    what: str


class Fault(StrEnum):
    """Why a comment that means to speak to corrigenda does not."""

    COLON = "colon"
    """Nothing stands between the name and what it says."""
    NAME = "name"
    """The name is spelt otherwise."""
    NO_COMMENT = "no-comment"
    """The format has no comments of this form."""


class Directive(NamedTuple):
    """A comment that speaks to corrigenda, such as `<!-- corrigenda: ignore names -->`.

    `[start, end)` is the whole comment, `text` what it says after "corrigenda:", without the white space around it.
    `covers` is the stretch that it speaks of where the format says so (the translation unit that a note belongs to);
    None where the lines around it decide. `fault` says why it is of no use.
    """

    start: int
    end: int
    text: str
    covers: Span | None = None
    fault: Fault | None = None


class Location(NamedTuple):
    """Where a position is, as a person would look for it.

    Line and column count from 1, the column in code points; both are None in a file without lines that a person sees,
    where `label` ("paragraph 12", "unit greeting") says it all.
    """

    line: int | None
    column: int | None
    label: str = ""

    def words(self) -> str:
        """Return the place in words, such as "line 12" or "paragraph 12"."""
        return f"line {self.line}" if self.line is not None else self.label


class Edit(NamedTuple):
    """Replace `[start, end)` of a document's text (code points) with `text`."""

    start: int
    end: int
    text: str


class Encoding(NamedTuple):
    """How the bytes became text, so that they can be written back: codec name, byte order mark, and line ending."""

    codec: str = "utf-8"
    bom: bytes = b""
    newline: str = "\n"
