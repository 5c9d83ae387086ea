"""Reads XML whose elements are paragraphs and what stands in them, by a vocabulary that says which are which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from corrigenda.documents import views
from corrigenda.documents.document import Document
from corrigenda.documents.encodings.decode import MAX_BYTES
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.markup.paragraphs import Markup, Paragraphs
from corrigenda.documents.parts import Edit, Encoding, RegionKind
from corrigenda.documents.xml.decoding import decode
from corrigenda.documents.xml.events import Comment, End, Event, Instruction, Spelling, Start, Text
from corrigenda.documents.xml.scanner import scan


class Vocabulary(NamedTuple):
    """What the elements of a schema are, by their names without prefixes."""

    blocks: Mapping[str, RegionKind | None]
    """Elements that are paragraphs by themselves, or hold some, with what they are; None for what is around them."""
    captioned: frozenset[str]
    """Elements whose title is a caption."""
    emphasis: frozenset[str]
    quotes: frozenset[str]
    """Elements that put their words between quotation marks."""
    code: frozenset[str]
    """Elements in a sentence that no check may judge."""
    hidden: frozenset[str]
    """Elements that leave nothing in the sentence, or in the text."""
    verbatim: frozenset[str]
    """Elements that are shown as they stand, such as listings."""
    apart: frozenset[str]
    """Elements that are read by themselves, out of their sentence: notes."""


@dataclass(slots=True)
class _Frame:
    """A paragraph that is being read, and the depth of the element that it stands in."""

    kind: RegionKind
    start: int
    depth: int
    begun: int = -1
    markup: Markup = field(default_factory=Markup)


_DEEPEST = 20
_LANGUAGES = ("xml:lang", "lang")


class _Reading:
    """One text that is being read."""

    def __init__(self, text: str, vocabulary: Vocabulary, paragraphs: Paragraphs) -> None:
        self.text, self.known, self.paragraphs = text, vocabulary, paragraphs
        self.frames = [_Frame(RegionKind.PROSE, 0, 0)]
        self.open: list[tuple[str, RegionKind, int]] = []
        """The elements around: their names, the kind of what stands in them, and where their start tag ends."""
        self.skipping = 0
        """Depth of the element whose contents are masked, 0 for none."""
        self.language = ""
        self.reached = 0

    def event(self, event: Event) -> None:
        """Take in one event."""
        if event.start > self.reached and not self.skipping:
            self._cut(self.reached, event.start)  # the marks of a CDATA section, the declaration
        self.reached = max(self.reached, event.end)
        if isinstance(event, Start):
            self._start(event)
        elif isinstance(event, End):
            self._end(event)
        elif isinstance(event, Text):
            self._text(event)
        elif isinstance(event, Comment):
            self.paragraphs.comment(event.start, event.end, event.value)
            self._cut(event.start, event.end)
        elif isinstance(event, Instruction):
            self._cut(event.start, event.end)

    def finish(self) -> None:
        """End what is open."""
        self._flush(len(self.text), len(self.text))

    def _cut(self, start: int, end: int) -> None:
        if end > start and not self.skipping:
            self.frames[-1].markup.cuts.append((start, end))

    def _text(self, event: Text) -> None:
        if self.skipping or event.spelling is Spelling.PLAIN or event.spelling is Spelling.CDATA:
            return
        markup = self.frames[-1].markup
        markup.letters.append((event.start, event.end, event.value))
        if event.spelling is Spelling.UNKNOWN:
            markup.regions.append((RegionKind.CODE, event.start, event.end))

    def _start(self, event: Start) -> None:
        name = event.name.rpartition(":")[2]
        around = self.open[-1][1] if self.open else RegionKind.PROSE
        if not self.open:
            said = next((event.attributes[key] for key in _LANGUAGES if key in event.attributes), "")
            self.language = said.replace("_", "-")
        depth = len(self.open) + 1
        known = self.known
        kind = around
        if not self.skipping:
            if event.attributes.get("translate") == "no" and name not in known.blocks:
                self._inside_code(event, depth)
            elif event.attributes.get("translate") == "no" or name in known.verbatim:
                self._flush(event.start, event.start)
                self.skipping = depth
            elif name in known.hidden:
                self.skipping = depth
            elif name in known.code:
                self._inside_code(event, depth)
            elif name in known.apart and len(self.frames) < _DEEPEST:
                self.frames.append(_Frame(RegionKind.PROSE, event.end, depth, event.start))
                kind = RegionKind.PROSE
            elif name in known.blocks:
                said_kind = known.blocks[name]
                if name in ("title", "subtitle") and self.open and self.open[-1][0] in known.captioned:
                    said_kind = RegionKind.CAPTION
                kind = said_kind or around
                self._flush(event.start, event.end)
            else:
                self._inline(name, event)
        self.open.append((name, kind, event.end if not self.skipping else event.start))

    def _inside_code(self, event: Start, depth: int) -> None:
        self._cut(event.start, event.end)
        self.skipping = depth

    def _inline(self, name: str, event: Start) -> None:
        markup = self.frames[-1].markup
        if name in self.known.quotes:
            markup.letters.append((event.start, event.end, "“"))
        else:
            self._cut(event.start, event.end)

    def _end(self, event: End) -> None:
        name = event.name.rpartition(":")[2]
        depth = len(self.open)
        _, kind, begun = self.open.pop() if self.open else ("", RegionKind.PROSE, 0)
        known = self.known
        if self.skipping:
            if depth == self.skipping:
                self.skipping = 0
                self._skipped(name, begun, event)
            return
        frame = self.frames[-1]
        if len(self.frames) > 1 and frame.depth == depth:
            self._flush(event.start, event.start, RegionKind.PROSE)
            self.frames.pop()
            outer = self.frames[-1].markup
            outer.gone(self.text, frame.begun, event.end, None)
        elif name in known.blocks:
            self._flush(event.start, event.end, kind)
        elif name in known.quotes:
            frame.markup.letters.append((event.start, event.end, "”"))
        else:
            self._cut(event.start, event.end)
            if name in known.emphasis:
                frame.markup.regions.append((RegionKind.EMPHASIS, begun, event.start))

    def _skipped(self, name: str, begun: int, event: End) -> None:
        """Take in an element whose contents were passed over."""
        markup = self.frames[-1].markup
        if name in self.known.verbatim:
            self.paragraphs.region(RegionKind.CODE, begun, event.end)
            self.frames[-1].start = event.end
            self.frames[-1].markup = Markup()
        elif name in self.known.hidden:
            markup.regions.append((RegionKind.HTML, begun, event.end))
            markup.gone(self.text, begun, event.end, None)
        elif name in self.known.blocks:
            self.paragraphs.region(RegionKind.HTML, begun, event.end)
            self.frames[-1].start = event.end
            self.frames[-1].markup = Markup()
        else:
            first = self.text.find(">", begun, event.end) + 1 or begun
            markup.regions.append((RegionKind.CODE, begun, event.end))
            if first >= event.start:  # an empty element: something stands there for a reader
                markup.letters.append((begun, event.end, "\ufffc"))
                if markup.cuts and markup.cuts[-1][0] == begun:
                    markup.cuts.pop()
            else:
                markup.cuts.append((event.start, event.end))

    def _flush(self, end: int, following: int, kind: RegionKind | None = None) -> None:
        """End the paragraph at a position; the next one begins at another."""
        frame = self.frames[-1]
        start, found = frame.start, frame.markup
        own = kind or (self.open[-1][1] if self.open else frame.kind)
        frame.start, frame.markup = following, Markup()
        if end <= start or not self.text[start:end].strip():
            return

        def inline(raw: str, markup: Markup) -> None:
            markup.cuts = [(max(a, start) - start, min(b, end) - start) for a, b in found.cuts if b > start and a < end]
            markup.letters = [(a - start, b - start, words) for a, b, words in found.letters if a >= start and b <= end]

        for region in found.regions:
            self.paragraphs.region(*region)
        self.paragraphs.take(views.plain(self.text, start, end), own, inline)


class SchemaReader(IdentityReader):
    """Reads XML of one vocabulary and writes it back."""

    vocabulary: Vocabulary

    def decoded(self, data: bytes, *, limit: int = MAX_BYTES) -> tuple[str, Encoding]:
        """Return the text of a file's bytes, in the encoding that it claims. Raises Unreadable."""
        return decode(data, limit=limit)

    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        """Return the document of a text. Raises Unreadable for what is no XML, or not safe."""
        paragraphs = Paragraphs(text)
        reading = _Reading(text, self.vocabulary, paragraphs)
        for event in scan(text):
            reading.event(event)
        reading.finish()
        return paragraphs.document(display, self.format, encoding, sha256, reading.language)

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit with references for what would be markup, or what the file's encoding does not have."""
        from corrigenda.documents.markup.spelling import spelled  # deferred: few runs have corrections
        from corrigenda.documents.xml.splicing import escaped  # deferred: as above

        text = document.text
        opening = text.rfind("<![CDATA[", 0, edit.start)
        in_section = opening >= 0 and text.find("]]>", opening, edit.start) < 0

        def escape(words: str) -> str:
            written = words.replace("]]>", "]]]]><![CDATA[>") if in_section else escaped(words)
            codec = document.encoding.codec
            return written if in_section else written.encode(codec, "xmlcharrefreplace").decode(codec)

        return spelled(document, edit, escape)

    def harmless(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits after which programs read the document as before."""
        from corrigenda.documents.markup.structure import harmless  # deferred: few runs have corrections to judge

        return harmless(document, edits, partial(self.edited, document))
