"""A document: one file's text, what is in it, and where each character comes from.

A reader (one module a format, in `formats/`) turns bytes into a `Document`. Everything after it works on `Document`
alone. All positions are code points in `Document.text`, half open `[start, end)`.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from corrigenda.documents.parts import (
    READABLE,
    Block,
    Directive,
    Edit,
    Embedded,
    Encoding,
    Location,
    Quotation,
    Region,
    RegionKind,
    Span,
    Unread,
)
from corrigenda.settings import ReadingOptions

_LOOKED_AT = 400
"""Units by which the language of their sources is told."""
_NO_OPTIONS = ReadingOptions()

_SOME_LENGTH = 3
"""Blocks from which on a field of a file of data is a text of some length."""
_SHOWN = 2
"""Pieces of code, or links to files beside it, from which on a document is documentation."""
_SHOWN_CODE = re.compile(r"`|~~~|[ \t]")
_OWN_PAGE = re.compile(r"\((?!\w+:|//)[^()\s]+\.(?:mdx?|rst|adoc)(?:[#?][^()]*)?\)")
_UNSEEN = "\u2060"
_LINE_END = re.compile(r"\r\n?|\n")
_UNMASKED = READABLE | {RegionKind.MARKUP}


class Origin(Protocol):
    """Where the text of a document comes from, in a file whose bytes are not simply that text."""

    def locate(self, position: int) -> Location:
        """Return where a position of the document's text is in the file."""
        ...

    def moved(self, edits: Sequence[Edit]) -> "Origin":
        """Return the origin of the text that edits (ascending, not overlapping) leave."""
        ...


_LONGEST_NAME = 60


def _name(identifier: str) -> str:
    """Return the identifier of a unit as a report shows it: in one line, and a long one cut."""
    name = " ".join(identifier[: 2 * _LONGEST_NAME].split())
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


_SENTENCE = 60
"""Code points from which a unit of a translation is more than a label."""


def mostly_labels(blocks: Sequence[Block]) -> bool:
    """Return whether fewer than half of some blocks are sentences of some length."""
    long = sum(block.kind is RegionKind.PROSE and len(block.view.text) >= _SENTENCE for block in blocks)
    return 2 * long < len(blocks)


@dataclass(frozen=True)
class Document:
    """One file as read.

    `path` is what reports show (with forward slashes). `text` is the text that the file holds: in Markdown and plain
    text all of it, decoded, without a byte order mark and with its own line endings; in a container (a Word file) what
    its paragraphs say, one after the other. `sha256` is the hash of the file's bytes when it was read, by which a
    correction is refused once they changed; of an edited document, which has no bytes yet, it is the hash of its text.

    `directives` are the comments that speak to corrigenda, ascending. `language` is the language that the file says
    its text is in (a BCP 47 tag), empty where it does not say. `origin` is None where the text is the file's own,
    character by character. `source_text` is the text of the other side in a file that has a source beside its
    translation; blocks have their views of it. `source` is the source where it is a file of its own, and `source_text`
    its text then. `source_language` is the tag of the source's language, "" where nobody knows.
    `unread` is what may hold copy and was not read. `embedded` are the texts of other formats that stand
    in the file (the fields of a file of data), ascending and not overlapping.
    `options` is what the reader was told. `beside` is how many of the last blocks stand beside the text: its notes, and
    the headers and footers of its pages.
    """

    path: str
    text: str
    format: str
    regions: tuple[Region, ...] = ()
    blocks: tuple[Block, ...] = ()
    encoding: Encoding = field(default_factory=Encoding)
    sha256: str = ""
    directives: tuple[Directive, ...] = ()
    language: str = ""
    origin: Origin | None = None
    source_text: str = ""
    source: "Document | None" = None
    source_language: str = ""
    unread: tuple[Unread, ...] = ()
    embedded: tuple[Embedded, ...] = ()
    options: ReadingOptions = _NO_OPTIONS
    beside: int = 0

    @property
    def text_blocks(self) -> int:
        """How many blocks the text has, without what stands beside it: its end is the end of the last of them."""
        return len(self.blocks) - self.beside

    def with_source(self, source: "Document") -> "Document":
        """Return the document with another file's document as its source."""
        return replace(self, source=source, source_text=source.text, source_language=source.language)

    @cached_property
    def origin_language(self) -> str:
        """The tag of the language of the source that is at hand: what was said of it, or else what its units look like;
        "" where nobody knows.
        """
        if self.source_language or self.source is not None or not self.source_text:
            return self.source_language
        # deferred: few documents have units with their sources
        from corrigenda.languages.identify import identify

        views = (block.source for block in self.blocks[:_LOOKED_AT])
        return identify("\n".join(view.text for view in views if view is not None))

    @property
    def has_source(self) -> bool:
        """Whether the text's source is at hand, in a file of its own or unit by unit."""
        return self.source is not None or bool(self.source_text)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """All quotations, ascending by start, found when they are first asked for."""
        # deferred: many runs never ask for quotations
        from corrigenda.documents.quotations import find

        return find(self.blocks, len(self.text), self.language)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Code-point positions at which lines begin; lines end with LF, CRLF or CR."""
        return (0, *(match.end() for match in _LINE_END.finditer(self.text)))

    def line_and_column(self, position: int) -> tuple[int, int]:
        """Return line and column of a position in the text, both counted from 1, the column in code points."""
        line = bisect_right(self.line_starts, position)
        return line, position - self.line_starts[line - 1] + 1

    def locate(self, position: int) -> Location:
        """Return where a position is in the file: by line and column, or by what the format has instead of lines."""
        if self.origin is not None:
            return self.origin.locate(position)
        return Location(*self.line_and_column(position), self._label(position))

    def _label(self, position: int) -> str:
        """Return where to look beside the line: the field of a file of data, or the unit of a translation."""
        part = self.embedded_at(position)
        if part is not None:
            return part.label
        block = self.block_at(position)
        unit = self.blocks[block].unit if block is not None else None
        return f"unit {_name(unit.id)}" if unit is not None else ""

    def places(self, positions: Iterable[int]) -> list[int | str]:
        """Return the lines of positions, or their labels in a file without lines, each once and in the text's order."""
        found = (self.locate(position) for position in sorted(positions))
        return list(dict.fromkeys(place.label if place.line is None else place.line for place in found))

    @cached_property
    def masked(self) -> tuple[Span, ...]:
        """Stretches that no check may judge and no correction may touch, merged and ascending."""
        return _merged(Span(r.start, r.end) for r in self.regions if r.kind not in _UNMASKED)

    @cached_property
    def unseen(self) -> tuple[Span, ...]:
        """What is masked, and the tags between words, merged and ascending: all that is no copy."""
        markup = self.regions_of(RegionKind.MARKUP)
        return _merged((*self.masked, *(Span(r.start, r.end) for r in markup))) if markup else self.masked

    def is_masked(self, start: int, end: int) -> bool:
        """Return whether any character of `[start, end)` is masked."""
        index = bisect_right(self.masked, Span(start, 2**62)) - 1
        if index >= 0 and self.masked[index].end > start:
            return True
        return index + 1 < len(self.masked) and self.masked[index + 1].start < end

    def masked_in(self, start: int, end: int) -> Sequence[Span]:
        """Return the masked stretches that lie, with any of their characters, in `[start, end)`."""
        first = max(0, bisect_right(self.masked, Span(start, 2**62)) - 1)
        last = bisect_right(self.masked, Span(end, 0))
        return [span for span in self.masked[first:last] if span.start < end and span.end > start]

    @cached_property
    def readable(self) -> str:
        """The text with every character that is no copy replaced by U+FFFC, for searching: of the same length, and a
        match is always copy.
        """
        if not self.unseen:
            return self.text
        pieces: list[str] = []
        at = 0
        for span in self.unseen:
            pieces += (self.text[at : span.start], "\ufffc" * len(span))
            at = span.end
        pieces.append(self.text[at:])
        return "".join(pieces)

    def embedded_at(self, position: int) -> Embedded | None:
        """Return the embedded text that holds a position, or at whose end it is; None outside of them."""
        index = bisect_right(self._embedded_starts, position) - 1
        return self.embedded[index] if index >= 0 and position <= self.embedded[index].end else None

    def text_of(self, index: int) -> range:
        """Return the blocks of the text that a block belongs to: all of them, or in a file of data those of its field.

        What is said of a text as a whole (that it says a thing twice, how it begins) is said of one of these.
        """
        texts = self._texts
        return range(bisect_left(texts, texts[index]), bisect_right(texts, texts[index]))

    @cached_property
    def is_collection(self) -> bool:
        """Whether the file holds several texts of some length, each about its own thing: the articles of a feed."""
        counts = Counter(self._texts)
        return sum(count >= _SOME_LENGTH for count in counts.values()) > 1

    @cached_property
    def _texts(self) -> tuple[int, ...]:
        """For each block the number of the text that it belongs to, ascending."""
        if not any(part.record for part in self.embedded):
            return (0,) * len(self.blocks)
        return tuple(bisect_right(self._embedded_starts, block.start) for block in self.blocks)

    @cached_property
    def _embedded_starts(self) -> tuple[int, ...]:
        return tuple(part.start for part in self.embedded)

    @cached_property
    def words(self) -> str:
        """The text for what looks at words and their neighbours in the whole of it: of the same length, without tags.

        Tags between words are invisible marks, a reference is its letter with such marks behind it, and what stands
        between two blocks is line breaks. In a text without tags it is the text itself.
        """
        if not self.regions_of(RegionKind.MARKUP):
            return self.text
        pieces: list[str] = []
        at = 0
        for index, block in enumerate(self.blocks):
            if self._around[index] >= 0:
                continue  # a description within a paragraph would part its words
            pieces.append("\n" * (block.start - at))
            at = block.start
            for view_start, view_length, start, length in block.view.segments:
                letters = block.view.text[view_start : view_start + view_length]
                filled = letters[:length] + _UNSEEN * (length - view_length)
                pieces += (_UNSEEN * (start - at), filled)
                at = start + length
        pieces.append("\n" * (len(self.text) - at))
        return "".join(pieces)

    @cached_property
    def _block_starts(self) -> tuple[int, ...]:
        return tuple(block.start for block in self.blocks)

    @cached_property
    def _around(self) -> tuple[int, ...]:
        """For each block the index of the block that it stands in, -1 for most: a picture's description may stand in
        the midst of a paragraph.
        """
        around: list[int] = []
        open_: list[int] = []
        for index, block in enumerate(self.blocks):
            while open_ and self.blocks[open_[-1]].end <= block.start:
                open_.pop()
            around.append(open_[-1] if open_ else -1)
            open_.append(index)
        return tuple(around)

    def block_at(self, position: int) -> int | None:
        """Return the index of the innermost block that holds a position, or None between blocks.

        A note or a picture's description stands in its paragraph, so one block may lie in another.
        """
        index = bisect_right(self._block_starts, position) - 1
        while index >= 0 and position >= self.blocks[index].end:
            index = self._around[index]
        return index if index >= 0 else None

    def quotation_at(self, start: int, end: int) -> Quotation | None:
        """Return the innermost quotation that holds all of `[start, end)` between its marks."""
        best: Quotation | None = None
        index = bisect_right(self._quotation_starts, start)
        # Quotations nest two or three deep; what opened a hundred marks ago does not hold this one.
        for quotation in self.quotations[max(0, index - 100) : index]:
            if end <= quotation.end and (best is None or quotation.end - quotation.start <= best.end - best.start):
                best = quotation
        return best

    @cached_property
    def _quotation_starts(self) -> tuple[int, ...]:
        return tuple(quotation.start for quotation in self.quotations)

    @cached_property
    def _by_kind(self) -> dict[RegionKind, tuple[Region, ...]]:
        found: dict[RegionKind, list[Region]] = {}
        for region in self.regions:
            found.setdefault(region.kind, []).append(region)
        return {kind: tuple(regions) for kind, regions in found.items()}

    def regions_of(self, kind: RegionKind) -> tuple[Region, ...]:
        """Return all regions of one kind, in order."""
        return self._by_kind.get(kind, ())

    @cached_property
    def shows_code(self) -> bool:
        """Whether the text shows its readers code, as one about programming does: a block of it, or several pieces."""
        # Templates and formulas are masked as code too, and stand in articles.
        code = [own for own in self.regions_of(RegionKind.CODE) if _SHOWN_CODE.match(self.text, own.start)]
        return len(code) >= _SHOWN or any(self.text.find("\n", own.start, own.end) >= 0 for own in code)

    @cached_property
    def is_catalogue(self) -> bool:
        """Whether the text is the catalogue of a program: units that are mostly labels and short messages, each for a
        place of its own, so that nothing is said of them as of one text.
        """
        return any(block.unit is not None for block in self.blocks) and mostly_labels(self.blocks)

    def marks_of(self, quotation: Quotation) -> tuple[Span, Span]:
        """Return where the opening and the closing mark of a quotation stand, however each is written."""
        opening, closing = Span(quotation.start, quotation.start + 1), Span(quotation.end - 1, quotation.end)
        block = self.block_at(quotation.start)
        if block is None or quotation.end > self.blocks[block].end:
            return opening, closing
        view = self.blocks[block].view
        first, last = view.from_document(opening.start), view.from_document(closing.start)
        if not first <= last < len(view.text):
            return opening, closing
        return view.to_document(first, first + 1), view.to_document(last, last + 1)

    @cached_property
    def is_documentation(self) -> bool:
        """Whether the text is documentation, which repeats itself and links to its own pages: it shows code, or leads
        to other files of its folder, or is a catalogue of a program's texts.
        """
        if self.is_catalogue:
            return True
        targets = self.regions_of(RegionKind.LINK_TARGET)
        own = sum(_OWN_PAGE.match(self.text, target.start, target.end) is not None for target in targets)
        return self.shows_code or own >= _SHOWN

    def is_field(self, position: int) -> bool:
        """Return whether a block that begins at a position is a field of front matter: it says what the text is."""
        before = [own for own in self.regions_of(RegionKind.FRONT_MATTER) if own.end <= position]
        if not before or self.text.endswith(("---", "+++"), 0, before[-1].end):
            return False
        return not self.text[before[-1].end : position].strip(" \t\r\n\"'")

    def within(self, kind: RegionKind, start: int, end: int) -> bool:
        """Return whether all of `[start, end)` lies in one region of a kind."""
        return any(region.start <= start and end <= region.end for region in self.regions_of(kind))

    def touches(self, kind: RegionKind, start: int, end: int) -> bool:
        """Return whether any of `[start, end)` lies in a region of a kind."""
        return any(region.start < end and start < region.end for region in self.regions_of(kind))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return stretches in ascending order, those that meet as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
