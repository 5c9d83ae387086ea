"""From the markup of paragraphs to a document: blocks with their views, regions, and what is masked."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corrigenda.documents import captions, characters, directives, urls, views
from corrigenda.documents.document import Document
from corrigenda.documents.parts import READABLE, Block, Directive, Encoding, Region, RegionKind, Unread, View

Cut = tuple[int, int]

_CLOSING_SIGNS = frozenset(" \t\n\r.,;:!?)")


@dataclass(slots=True)
class Markup:
    """The markup of one paragraph, in positions of its raw text."""

    cuts: list[Cut] = field(default_factory=list)
    """What its reader does not see."""
    letters: list[tuple[int, int, str]] = field(default_factory=list)
    """What is read as something else: an escaped sign, an entity, an accent."""
    breaks: list[int] = field(default_factory=list)
    """Single characters that are read as a line break."""
    regions: list[tuple[RegionKind, int, int]] = field(default_factory=list)
    apart: list[tuple[int, int, RegionKind]] = field(default_factory=list)
    """What is read by itself, out of the sentence around it: notes and captions."""

    def gone(self, raw: str, start: int, end: int, kind: RegionKind | None = RegionKind.HTML) -> None:
        """Cut what leaves nothing behind: with the space before it, lest two spaces meet."""
        if kind is not None and end > start:
            self.regions.append((kind, start, end))
        if end >= len(raw) or raw[end] in _CLOSING_SIGNS:
            while start > 0 and raw[start - 1] in " \t":
                start -= 1
        self.cuts.append((start, end))

    def code(self, start: int, end: int, kind: RegionKind = RegionKind.CODE) -> None:
        """Mask what stays in the sentence though no check may judge it."""
        if end > start:
            self.regions.append((kind, start, end))


Inline = Callable[[str, Markup], None]
"""Finds the markup of a paragraph's raw text."""


class Paragraphs:
    """Collects the blocks, regions and comments of one document."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.regions: list[Region] = []
        self.unread: list[Unread] = []
        self.spoken: list[Directive] = []

    def region(self, kind: RegionKind, start: int, end: int) -> None:
        """Say what a stretch of the text is."""
        if end > start:
            self.regions.append(Region(kind, start, end))

    def comment(self, start: int, end: int, said: str) -> None:
        """Take in a comment, which may speak to corrigenda; `said` is what it says without its marks."""
        self.region(RegionKind.COMMENT, start, end)
        self.spoken += directives.spoken(start, end, said)

    def not_read(self, start: int, end: int, what: str) -> None:
        """Say that a stretch may hold copy and is not read."""
        self.region(RegionKind.CODE, start, end)
        if self.text[start:end].strip():
            self.unread.append(Unread(start, end, what))

    def take(self, view: View, kind: RegionKind, inline: Inline | None) -> None:
        """Add the block of a paragraph's raw text, and the regions of the markup in it."""
        raw = view.text
        if not raw.strip():
            return
        found = Markup()
        if inline is not None:
            inline(raw, found)
        for own, start, end in found.regions:
            if end > start:
                span = view.to_document(start, end)
                self.region(own, span.start, span.end)
        if found.breaks:
            view = views.with_breaks(view, found.breaks)
        if not found.apart:
            self._block(view, found.cuts, found.letters, kind)
            return
        apart = sorted(found.apart, key=lambda part: (part[0], -part[1]))
        cuts = sorted([*found.cuts, *((start, end) for start, end, _ in apart)])
        letters = sorted(found.letters)
        self._block(view, cuts, letters, kind)
        for start, end, own in apart:
            part = views.keep(view, [(start, end)])
            some = cuts[bisect_left(cuts, (start, 0)) : bisect_left(cuts, (end, 0))]
            inside = [(a - start, min(b, end) - start) for a, b in some if (a, b) != (start, end)]
            low = bisect_left(letters, (start, 0, ""))
            high = bisect_left(letters, (end, 0, ""), low)
            self._block(part, inside, [(a - start, b - start, text) for a, b, text in letters[low:high]], own)

    def _block(self, view: View, cuts: list[Cut], letters: list[tuple[int, int, str]], kind: RegionKind) -> None:
        if letters:
            seen = views.replaced(view, _together(cuts, letters))
        else:
            seen = views.without(view, cuts) if cuts else view
        seen = views.tidy(characters.as_read(seen))
        if not any(segment.length for segment in seen.segments):
            return
        given = kind
        if kind in (RegionKind.PROSE, RegionKind.QUOTATION) and captions.is_caption(seen.text, 0, len(seen.text)):
            kind = RegionKind.CAPTION
        span = seen.to_document(0, len(seen.text))
        if kind in (RegionKind.CAPTION, RegionKind.PROSE, RegionKind.HEADING) or kind is not given:
            self.region(kind, span.start, span.end)
        self.blocks.append(Block(kind, span.start, span.end, seen))

    def document(self, display: str, name: str, encoding: Encoding, sha256: str, language: str = "") -> Document:
        """Return the document of what was taken in; what no block holds is masked."""
        text = self.text
        blocks = tuple(sorted(self.blocks, key=lambda block: (block.start, -block.end)))
        spoken = tuple(sorted(self.spoken))
        regions = [*self.regions, *urls.find(text), *directives.regions(spoken)]
        regions += _outside(text, blocks, regions)
        regions.sort(key=lambda region: (region.start, -region.end))
        return Document(
            display,
            text,
            name,
            tuple(regions),
            blocks,
            encoding,
            sha256,
            spoken,
            language,
            unread=tuple(sorted(self.unread)),
        )


def _outside(text: str, blocks: Sequence[Block], regions: Sequence[Region]) -> list[Region]:
    """Return regions for the markup that stands between the blocks: underlines, marks of items, frames of tables."""
    known = [(block.start, block.end) for block in blocks]
    known += ((region.start, region.end) for region in regions if region.kind not in READABLE)
    known.sort()
    found: list[Region] = []
    reached = 0
    for start, end in (*known, (len(text), len(text))):
        if start > reached:
            between = text[reached:start]
            words = between.strip()
            if words:
                first = reached + len(between) - len(between.lstrip())
                found.append(Region(RegionKind.HTML, first, first + len(words)))
        reached = max(reached, end)
    return found


def _together(cuts: Sequence[Cut], letters: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return cuts and letters as replacements that do not overlap; what is cut away reads as nothing."""
    result: list[tuple[int, int, str]] = []
    reached = 0
    for start, end, text in sorted([*((*cut, "") for cut in cuts), *letters]):
        if start >= reached:
            result.append((start, end, text))
        elif end > reached:
            result.append((reached, end, ""))
        reached = max(reached, end)
    return result
