"""What the reader of a page sees: the events of its source become blocks and regions."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from corrigenda.documents import captions, characters, directives, urls, views
from corrigenda.documents.html import attributes, elements
from corrigenda.documents.html.events import Event, Open, Remark, Said, Shut
from corrigenda.documents.html.paragraph import Words
from corrigenda.documents.parts import Block, Directive, Region, RegionKind, Span, Unread, View

Scope = Callable[[int], bool]
"""Says of a position of the source whether it belongs to what is read."""

HEADING_WIDTH = 120
"""Longest paragraph in bold type that is taken for a heading, in code points."""

LAYOUT_CELL = 400
"""Code points from which on what stands in a table's cell is a paragraph: old pages are laid out by tables."""

FOREIGN = "text that the page says is in another language"

_NO_HEADING_END = frozenset(".!?:;,…")
_BOLD = frozenset(("b", "strong"))
_OUTSIDE = frozenset(("title", "meta"))


class Written(NamedTuple):
    """A block, its words with their invisible marks, and whether they are an attribute's value."""

    block: Block
    view: View
    attribute: bool


class _Frame:
    """An element that is open, and what it means for what stands in it."""

    __slots__ = ("close", "element", "kind", "masks", "open", "region")

    def __init__(self, element: Open) -> None:
        self.element = element
        self.close = element.close
        self.open = True
        self.kind: RegionKind | None = None
        self.masks: list[str] = []
        self.region: RegionKind | None = None


class Reading:
    """Collects the blocks and regions of a page or a fragment."""

    def __init__(
        self,
        text: str,
        *,
        span: tuple[int, int],
        language: str = "",
        controls: bool = True,
        book: bool = False,
        scope: Scope | None = None,
    ) -> None:
        """Make a reader.

        Args:
            text: The source.
            span: Where what is read begins and ends; what holds all of it is as it is.
            language: The language of what is read, a BCP 47 tag.
            controls: Whether the words of buttons and forms are read.
            book: Whether it is a book's chapter, of which titles, lists of contents and page numbers are not read.
            scope: Says which of what stands outside the head is read; None reads all.
        """
        self.text = text
        self.blocks: list[Block] = []
        self.regions: list[Region] = []
        self.directives: list[Directive] = []
        self.unread: list[Unread] = []
        self._language = _primary(language)
        self._span = span
        self._controls = controls
        self._book = book
        self.written: list[Written] = []
        self._scope = scope
        self._words = Words()
        self._tags: list[tuple[int, int]] = []
        """The markup within the paragraph that is collected."""
        self._urls_from = 0
        self._depth: dict[str, int] = {}
        self._kinds: list[_Frame] = []
        self._ends: list[tuple[int, int, _Frame]] = []
        self._break: tuple[int, int] | None = None
        self._bold: tuple[int, int] | None = None
        """The element in bold type with which the paragraph begins."""

    def take(self, events: Iterable[Event]) -> None:
        """Read events, in the order of the source."""
        count = 0
        ends = self._ends
        for event in events:
            while ends and ends[0][0] <= event.start:
                self._close(heappop(ends)[2])
            if isinstance(event, Said):
                self._say(event)
            elif isinstance(event, Open):
                count += 1
                frame = self._open(event)
                if frame is not None:
                    heappush(ends, (event.close, -count, frame))
            elif isinstance(event, Shut):
                self._shut(event)
            else:
                self._remark(event)
        while ends:
            self._close(heappop(ends)[2])
        self._flush()

    # --- elements ---

    def _open(self, element: Open) -> _Frame | None:
        name = element.name
        frame = _Frame(element)
        if self._in("unseen"):
            return None
        if name in elements.BLOCKS:
            self._flush()
        elif self._words:
            self._tags.append((element.start, element.end))
        if name == "meta" and not self._book:
            if elements.is_metadata(element):
                self._describe(element, ("content",))
            return None
        if (
            elements.is_unseen(element)
            or (name in elements.CONTROLS and not self._controls)
            or (self._book and elements.is_of_book(element))
        ):
            self._words.leave_out()
            if element.close == element.end:
                return None
            self._begin(frame, "unseen")
            return frame
        if self._is_outside(element):
            return self._quiet(frame, element)
        described = elements.descriptions(element)
        if described:
            self._describe(element, described)
        if name == "br":
            self._broken(element)
            return None
        if name == "hr":
            self._flush()
            return None
        if name in ("img", "wbr"):
            return None
        return self._means(frame, element)

    def _means(self, frame: _Frame, element: Open) -> _Frame:
        name = element.name
        kind = elements.KINDS.get(name)
        role = element.get("role") if element.attributes else None
        if role == "heading":
            kind = RegionKind.HEADING
        elif (name in ("td", "th") and self._in("layout")) or (
            name == "p" and bool(self._kinds) and self._kinds[-1].kind is RegionKind.TABLE
        ):
            kind = RegionKind.PROSE
        if kind is not None:
            frame.kind = kind
            self._kinds.append(frame)
        frame.region = elements.AROUND.get(name)
        if frame.region is RegionKind.TABLE and role in ("presentation", "none"):
            frame.region = None
            self._begin(frame, "layout")
        if name in elements.EMPHASIS:
            frame.region = RegionKind.EMPHASIS
        if name in elements.STRUCK:
            self._begin(frame, "unseen")
            frame.region = RegionKind.STRUCK
            self._words.leave_out()
        elif elements.is_code(element):
            if name in elements.OWN_LINE_CODE or name == "div":
                self._flush()
                self._begin(frame, "unseen")
            if not self._in("code"):
                frame.region = RegionKind.CODE
            self._begin(frame, "code")
        elif name == "sup" and self._is_note(element):
            self._begin(frame, "unseen")
            self._words.leave_out()
        elif elements.is_untranslated(element) or self._is_foreign(element):
            foreign = not elements.is_untranslated(element)
            if name in elements.BLOCKS:
                self._begin(frame, "unseen")
                if foreign:
                    self.unread.append(Unread(element.start, element.close, FOREIGN))
            else:
                frame.region = RegionKind.HTML
        if name == "q":
            self._quote("“", element.start, element.end)
        if name in _BOLD and not self._words:
            self._bold = (element.start, element.close)
        return frame

    def _close(self, frame: _Frame) -> None:
        frame.open = False
        element = frame.element
        for mask in frame.masks:
            self._depth[mask] -= 1
        if element.name in elements.BLOCKS:
            self._flush()
        while self._kinds and not self._kinds[-1].open:
            self._kinds.pop()
        if frame.region is not None:
            self.regions.append(Region(frame.region, element.start, element.close))

    def _shut(self, event: Shut) -> None:
        if self._in("unseen"):
            return
        if event.name in elements.BLOCKS:
            self._flush()
        elif event.name == "br":  # "</br>" is a line break to browsers
            self._broken(event)
        elif event.name == "q" and self._words:
            self._quote("”", event.start, event.end)
        if self._words:
            self._tags.append((event.start, event.end))

    def _quiet(self, frame: _Frame, element: Open) -> _Frame | None:
        """Take in an element outside what is read: it may hold something that is."""
        if element.name in ("html", "body", "head"):
            return frame
        return None

    def _is_outside(self, element: Open) -> bool:
        return self._scope is not None and element.name not in _OUTSIDE and not self._scope(element.start)

    def _is_note(self, element: Open) -> bool:
        """Return whether a raised piece is the mark of a note: a link within the page."""
        inside = self.text[element.end : min(element.close, element.end + 400)].lstrip()
        return inside.lower().startswith("<a ") and 'href="#' in inside[:300].replace("'", '"')

    def _is_foreign(self, element: Open) -> bool:
        said = _primary(elements.language(element))
        whole = element.start <= self._span[0] and self._span[1] <= element.close
        return bool(said) and said != self._language and not whole

    def _begin(self, frame: _Frame, mask: str) -> None:
        self._depth[mask] = self._depth.get(mask, 0) + 1
        frame.masks.append(mask)

    def _in(self, mask: str) -> bool:
        return self._depth.get(mask, 0) > 0

    # --- what is said ---

    def _say(self, said: Said) -> None:
        if self._in("unseen") or (self._scope is not None and not self._scope(said.start) and not self._in_head()):
            return
        if self._break is not None and not said.value.isspace():
            self._break = None
        self._words.add(said.value, said.start, said.end)

    def _in_head(self) -> bool:
        return bool(self._kinds) and self._kinds[-1].element.name == "title"

    def _quote(self, mark: str, start: int, end: int) -> None:
        self._words.supply(mark, start, end)
        self.regions.append(Region(RegionKind.HTML, start, end))

    def _broken(self, event: Open | Shut) -> None:
        """Take in a line break; two of them part paragraphs."""
        if not self._words:
            return
        if self._break is not None:
            self._flush()
            return
        self._break = (event.start, event.end)
        self._words.supply("\n", event.start, event.end)
        self.regions.append(Region(RegionKind.HTML, event.start, event.end))

    def _remark(self, remark: Remark) -> None:
        text = self.text[remark.start : remark.end]
        found = directives.in_comment(self.text, remark.start, remark.end)
        self.directives += found
        if found or not text.startswith("<!-") or len(text.strip("<!-> ")):
            self.regions.append(Region(RegionKind.COMMENT, remark.start, remark.end))
        elif self._words:
            self._tags.append((remark.start, remark.end))

    def _describe(self, element: Open, names: Sequence[str]) -> None:
        """Take in attributes that a reader sees or hears, each as a block of its own."""
        known = dict(element.attributes)
        seen: set[str] = set()
        for name, value in attributes.values(self.text, element.start, element.end):
            if name not in names or name in seen:
                continue
            seen.add(name)
            words = Words()
            said = attributes.pieces(self.text, value)
            if "".join(piece.value for piece in said).replace("\r\n", "\n") != known.get(name):
                continue  # written in a way that only a browser makes sense of
            for piece in said:
                words.add(piece.value, piece.start, piece.end)
            heading = element.name == "meta" and "title" in (element.get("property") or "")
            self._block(words, RegionKind.HEADING if heading else RegionKind.CAPTION, attribute=True)
            if not heading:
                self.regions.append(Region(RegionKind.IMAGE, value.start, value.end))

    # --- paragraphs ---

    def _flush(self) -> None:
        words, self._words = self._words, Words()
        tags, self._tags = self._tags, []
        self._break = None
        bold, self._bold = self._bold, None
        if not words:
            return
        kind = self._kinds[-1].kind if self._kinds else RegionKind.PROSE
        self._block(words, kind or RegionKind.PROSE, tags, bold=bold)

    def _block(
        self,
        words: Words,
        kind: RegionKind,
        tags: Iterable[tuple[int, int]] = (),
        *,
        bold: tuple[int, int] | None = None,
        attribute: bool = False,
    ) -> None:
        written = words.view()
        view = views.trimmed(characters.as_read(written))
        if not view.text:
            return
        span = view.to_document(0, len(view.text))
        if kind is RegionKind.TABLE and len(view.text) > LAYOUT_CELL:
            kind = RegionKind.PROSE
        if kind in (RegionKind.PROSE, RegionKind.QUOTATION) and captions.is_caption(view.text, 0, len(view.text)):
            kind = RegionKind.CAPTION
        elif kind is RegionKind.PROSE and bold is not None and _is_heading(span, view.text, bold):
            kind = RegionKind.HEADING
        self.regions.append(Region(kind, span.start, span.end))
        block = Block(kind, span.start, span.end, view)
        self.blocks.append(block)
        if self._book:
            self.written.append(Written(block, written, attribute))
        for region in urls.find(view.text):
            where = view.to_document(region.start, region.end)
            self.regions.append(Region(RegionKind.URL, where.start, where.end))
        for start, end in tags:
            if span.start <= start and end <= span.end:
                self.regions.append(Region(RegionKind.MARKUP, start, end))


def _is_heading(span: Span, text: str, bold: tuple[int, int]) -> bool:
    """Return whether a paragraph is all in bold type, as headings are that nobody marked as such."""
    inside = bold[0] <= span.start and span.end <= bold[1]
    return inside and len(text) <= HEADING_WIDTH and text[-1] not in _NO_HEADING_END


def _primary(tag: str) -> str:
    """Return the language of a BCP 47 tag without its region."""
    return tag.replace("_", "-").partition("-")[0].lower()


class Stretches:
    """Stretches of a source, to be asked whether one holds a position."""

    def __init__(self, inside: Iterable[tuple[int, int]], outside: Iterable[tuple[int, int]] = ()) -> None:
        """Take the stretches that are read, less those that are not."""
        edges: list[tuple[int, int]] = []
        for start, end in inside:
            edges += ((start, 1), (end, -1))
        for start, end in outside:
            edges += ((start, -1_000_000), (end, 1_000_000))
        self._positions: list[int] = []
        self._states: list[bool] = []
        level = 0
        for position, step in sorted(edges):
            level += step
            if self._positions and self._positions[-1] == position:
                self._states[-1] = level > 0
            else:
                self._positions.append(position)
                self._states.append(level > 0)

    def __call__(self, position: int) -> bool:
        """Return whether a position is in what is read."""
        index = bisect_right(self._positions, position) - 1
        return index >= 0 and self._states[index]

    def spans(self, end: int, *, inside: bool) -> list[tuple[int, int]]:
        """Return the stretches of `[0, end)` that are read, or those that are not."""
        result: list[tuple[int, int]] = []
        begun = 0
        state = False
        for position, now in zip([*self._positions, end], [*self._states, not inside], strict=True):
            if now is state:
                continue
            if state is inside and position > begun:
                result.append((begun, position))
            begun, state = position, now
        if state is inside and end > begun:
            result.append((begun, end))
        return result
