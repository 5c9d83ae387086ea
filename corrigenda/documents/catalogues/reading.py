"""From the entries of a catalogue to a document: blocks with their views, and masks over all that is no copy."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from corrigenda.documents import captions, characters, directives, urls, views
from corrigenda.documents.catalogues import placeholders
from corrigenda.documents.catalogues.entry import Catalogue, Entry
from corrigenda.documents.document import Document, mostly_labels
from corrigenda.documents.parts import Block, Directive, Encoding, Region, RegionKind, Span, Unit, View
from corrigenda.expressions import lazy

HEADING_WIDTH = 120
"""Longest text, in code points, that is read as a heading where no mark ends it: the label of a button, a title."""

_PARAGRAPH = lazy(r"\n[ \t]*\n\s*")
_COLUMNS = r"(?<=\S)(?: {3,}|[ \t]*\t[ \t]*)(?=\S)"
_COLUMN = lazy(_COLUMNS)
"""What parts the columns of a table that is set with spaces, such as a program's help."""
_CELL = lazy(rf"{_COLUMNS}|\s*\n\s*")
_ODD = re.compile(r"[\n\r\t\v\f]|[ ]{3}|^\s|\s$")
_GAP = lazy(r"[ \t\r\v\f]*\n[ \t\r\v\f]*")
_TAGS = MappingProxyType({"": RegionKind.MARKUP, "\n": RegionKind.HTML})
"""What tags are by what is seen of them: a finding may reach over formatting, and not over a break."""
_FINAL = frozenset(".!?:;…。！？")
_CLOSING = "\"”’»)]'"


@dataclass(frozen=True)
class CatalogueDocument(Document):
    """A catalogue's document, which can be asked for the entries that its blocks were made of."""

    reread: Callable[[str, str], Catalogue] | None = field(default=None, compare=False, repr=False)

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """The entries, read anew when they are first asked for: few documents have corrections to write."""
        return self.reread(self.text, self.path).entries if self.reread is not None else ()


def document_of(
    text: str,
    display: str,
    name: str,
    encoding: Encoding,
    sha256: str,
    catalogue: Catalogue,
    language: str,
    reread: Callable[[str, str], Catalogue],
) -> CatalogueDocument:
    """Return the document of a catalogue: its text is the file's, each text of a unit is a block or several, and all
    else is masked.

    Args:
        text: The file's text.
        display: The path that reports show.
        name: The format's name.
        encoding: How the text was encoded.
        sha256: Of the file's bytes.
        catalogue: What was read.
        language: The language of the texts, a BCP 47 tag; empty where nobody knows.
        reread: Reads a text anew, as `catalogue` was.
    """
    blocks: list[Block] = []
    inner: list[Region] = []
    addresses = urls.find(text)
    for entry in catalogue.entries:
        for block, masks in _blocks(entry):
            blocks.append(block)
            inner += masks
    if mostly_labels(blocks):  # a program has no captions
        blocks = [
            block._replace(kind=_label_or_sentence(block.view.text)) if block.kind is RegionKind.CAPTION else block
            for block in blocks
        ]
    inner += (Region(RegionKind.CODE, span.start, span.end) for span in catalogue.hidden)
    regions = [*_between(blocks, len(text)), *inner, *addresses, *directives.regions(catalogue.directives)]
    regions += (Region(block.kind, block.start, block.end) for block in blocks)
    regions.sort(key=lambda region: (region.start, -region.end))
    bilingual = any(block.source is not None for block in blocks)
    return CatalogueDocument(
        display,
        text,
        name,
        tuple(regions),
        tuple(blocks),
        encoding,
        sha256,
        catalogue.directives,
        language,
        source_text=text if bilingual else "",
        source_language=catalogue.source_language if bilingual else "",
        unread=catalogue.unread,
        reread=reread,
    )


def _between(blocks: Sequence[Block], length: int) -> Iterator[Region]:
    """Yield the stretches outside of all blocks: the format's own."""
    at = 0
    for block in blocks:
        if block.start > at:
            yield Region(RegionKind.DATA, at, block.start)
        at = block.end
    if at < length:
        yield Region(RegionKind.DATA, at, length)


def _blocks(entry: Entry) -> Iterator[tuple[Block, list[Region]]]:
    """Yield the blocks of an entry, each with the regions of what it holds beside copy."""
    if not placeholders.holds_copy(entry.view.text):
        return
    unit = Unit(entry.id, entry.state)
    for piece in _read(entry):
        if not placeholders.holds_copy(piece.text):
            continue
        view, masks = _inline(entry, piece)
        for part in _paragraphs(view):
            part = views.keep(part, _core(part.text)) if part.text else part
            if not part.segments or not any(map(str.isalpha, part.text)):
                continue
            first, last = part.segments[0], part.segments[-1]
            start, end = first.start, last.start + last.length
            own = [mask for mask in masks if mask.start < end and mask.end > start]
            yield Block(_kind(part.text), start, end, part, entry.source, unit), own


def _read(entry: Entry) -> Iterator[View]:
    """Yield the stretches of an entry that are read by themselves: in a plural message, each of its forms."""
    spans = placeholders.forms(entry.view.text) if entry.icu and "{" in entry.view.text else None
    if spans is None:
        yield entry.view
        return
    for start, end in spans:
        yield views.keep(entry.view, [(start, end)])


def _inline(entry: Entry, view: View) -> tuple[View, list[Region]]:
    """Return a view without what its reader does not see, and the masked stretches of the file."""
    found = placeholders.find(view.text)
    changes: list[tuple[int, int, str]] = []
    masks: list[Region] = []
    for start, end, seen in found:
        span = view.to_document(start, end)
        if seen is None:
            masks.append(Region(RegionKind.CODE, span.start, span.end))
            continue
        changes.append((start, end, seen))
        if seen in ("", "\n"):
            masks.append(Region(_TAGS[seen], span.start, span.end))
    if entry.mnemonics and entry.source is not None:
        at = placeholders.mnemonic(view.text, entry.source.text)
        if at is not None and not any(start <= at < end for start, end, _ in changes):
            changes.append((at, at + 1, ""))
    masks += (Region(_TAGS.get(mark.seen, RegionKind.CODE), mark.start, mark.end) for mark in entry.marks)
    if changes:
        view = views.replaced(view, sorted(changes))
    return characters.as_read(view), masks


def _paragraphs(view: View) -> Iterator[View]:
    """Yield the paragraphs of a view, white space in them as it is read: a line break that a sentence goes over is a
    space, any other stays one.
    """
    if _ODD.search(view.text) is None:
        yield view
        return
    at = 0
    gaps = _CELL if _COLUMN.search(view.text) is not None else _PARAGRAPH
    for gap in (*gaps.finditer(view.text), None):
        end = gap.start() if gap is not None else len(view.text)
        part = views.keep(view, [(at, end)])
        text = part.text
        changes: list[tuple[int, int, str]] = []
        for found in _GAP.finditer(text):
            if not 0 < found.start() < found.end() < len(text):
                continue
            goes_on = text[found.start() - 1] not in _FINAL and text[found.end()].islower()
            changes.append((*found.span(), " " if goes_on else "\n"))
        yield views.replaced(part, changes) if changes else part
        at = gap.end() if gap is not None else end


def _core(text: str) -> list[tuple[int, int]]:
    """Return the stretch of a text without the white space around it."""
    start = len(text) - len(text.lstrip())
    return [(start, max(start, len(text.rstrip())))]


def _kind(text: str) -> RegionKind:
    """Return whether a text is a sentence, a label or a caption."""
    if captions.is_caption(text, 0, len(text)):
        return RegionKind.CAPTION
    return _label_or_sentence(text)


def _label_or_sentence(text: str) -> RegionKind:
    bare = text.rstrip(_CLOSING)
    if len(text) <= HEADING_WIDTH and bare[-1:] not in _FINAL:
        return RegionKind.HEADING
    return RegionKind.PROSE


def spoken(notes: Iterable[tuple[int, int, str]], covers: Span) -> Iterator[Directive]:
    """Yield the notes of a unit that speak to corrigenda; one that speaks of the file covers all of it.

    Args:
        notes: `[start, end)` of each note in the file, and what it says.
        covers: All of the unit.
    """
    for start, end, said in notes:
        for directive in directives.spoken(start, end, said):
            whole = directive.text.lower().startswith("ignore-file")
            yield directive if whole else directive._replace(covers=covers)


def entry_at(entries: Sequence[Entry], position: int) -> Entry | None:
    """Return the entry whose text holds a position of the file, its ends too; None where there is none."""
    index = bisect_left(entries, position, key=_last)
    if index < len(entries) and entries[index].view.segments and entries[index].view.segments[0].start <= position:
        return entries[index]
    return None


def _last(entry: Entry) -> int:
    segments = entry.view.segments
    return segments[-1].start + segments[-1].length if segments else entry.end
