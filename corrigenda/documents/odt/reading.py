"""An OpenDocument text becomes a document: which parts are read, in which order, and what each paragraph is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corrigenda.documents import directives, spoken
from corrigenda.documents.anchored.builder import Builder
from corrigenda.documents.anchored.nodes import PartText
from corrigenda.documents.anchored.reader import Extract
from corrigenda.documents.anchored.viewing import Placed, note, put
from corrigenda.documents.containers.package import PART_LIMIT, Package
from corrigenda.documents.containers.rewriting import rewritten
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.kinds import FINAL, HEADING_WIDTH, kind_of
from corrigenda.documents.odt.names import NAMESPACES
from corrigenda.documents.odt.styles import Styles
from corrigenda.documents.odt.walk import Paragraph, walk
from corrigenda.documents.parts import Encoding, RegionKind, Span, View
from corrigenda.documents.xml.decoding import UNICODE, decode
from corrigenda.documents.xml.events import Event, Start
from corrigenda.documents.xml.scanner import scan

KIND = "an OpenDocument text"

_MIMES = tuple(f"application/vnd.oasis.opendocument.text{kind}" for kind in ("", "-template", "-web"))
_FLAT = "the file"
_LIST_LIMIT = 4 * 1024 * 1024
_LONG = 200
"""Code points from which on a table's cell that ends a sentence is a paragraph of the text."""
_MACROS = "The file contains macros (programs that it brings along). Save it without them and check that."
_LOCKED = "The file is protected by a password. Save a copy without one and check that."


def extract(data: bytes, display: str, *, limit: int) -> Extract:
    """Return the document of an OpenDocument text, a package or a flat file, with the parts that its text comes from.

    Args:
        data: The file's bytes.
        display: The path that reports show.
        limit: Largest size in bytes of a text, which bounds the code points of the document.

    Raises:
        Unreadable: The file is no such text, is damaged or locked, or is not safe to read.
    """
    if data.lstrip()[:5] in (b"<?xml", b"<offi") or data.startswith(b"\xef\xbb\xbf<"):
        return _flat(data, display, limit)
    package = Package(data, kind=KIND)
    _refuse(package)
    raw, encoding = _text(package, "content.xml")
    content = list(scan(raw, what="content.xml", namespaces=NAMESPACES, doctype=False))
    parts = {"content.xml": PartText("content.xml", raw, encoding)}
    styles = Styles()
    furniture: list[Event] = []
    if "styles.xml" in package:
        own, own_encoding = _text(package, "styles.xml")
        parts["styles.xml"] = PartText("styles.xml", own, own_encoding)
        furniture = list(scan(own, what="styles.xml", namespaces=NAMESPACES, doctype=False))
        styles.read(furniture)
    styles.read(content)
    reading = _Reading(styles, Builder(limit))
    reading.body(parts["content.xml"], walk(content, styles))
    if furniture:
        reading.story(parts["styles.xml"], walk(furniture, styles))
    document = reading.builder.document(data, display, "odt", language=reading.language())
    return Extract(document, parts, lambda changed: rewritten(package, changed))


def _flat(data: bytes, display: str, limit: int) -> Extract:
    raw, encoding = decode(data, what=_FLAT, limit=max(limit, 0))
    events = list(scan(raw, what=_FLAT, namespaces=NAMESPACES, doctype=False))
    root = next((event for event in events if isinstance(event, Start)), None)
    if root is None or root.attributes.get("office:mimetype", "") not in _MIMES:
        raise Unreadable(f"This is not {KIND}, although its name says so: it is XML of another kind.")
    styles = Styles()
    styles.read(events)
    part = PartText(_FLAT, raw, encoding)
    reading = _Reading(styles, Builder(limit))
    reading.body(part, walk(events, styles))
    document = reading.builder.document(data, display, "odt", language=reading.language())
    return Extract(document, {_FLAT: part}, lambda changed: changed.get(_FLAT, data))


def _text(package: Package, name: str) -> tuple[str, Encoding]:
    return decode(package.read(name, limit=PART_LIMIT), what=name, limit=PART_LIMIT, only=UNICODE)


def _refuse(package: Package) -> None:
    """Raise Unreadable where a package is no text, or one that cannot be read."""
    manifest = "META-INF/manifest.xml"
    if manifest in package:
        raw, _ = decode(package.read(manifest, limit=_LIST_LIMIT), what=manifest, limit=_LIST_LIMIT, only=UNICODE)
        for event in scan(raw, what=manifest, namespaces=NAMESPACES):
            if isinstance(event, Start) and event.name == "manifest:encryption-data":
                raise Unreadable(_LOCKED)
    if "mimetype" in package:
        said = package.read("mimetype", limit=1024).strip().decode("ascii", "replace")
        if said not in _MIMES:
            raise Unreadable(f"This is not {KIND}, although its name says so: it is a package of another kind.")
    if "content.xml" not in package:
        raise Unreadable(f"This is not {KIND}, although its name says so: it is an archive of other files.")
    for name in package.names():
        lower = name.lower()
        module = lower.startswith("basic/") and lower.endswith(".xml") and not lower.endswith(("-lb.xml", "-lc.xml"))
        if module or (lower.startswith("scripts/") and not lower.endswith("/")):
            raise Unreadable(_MACROS)


@dataclass
class _Reading:
    """Puts paragraphs into a builder."""

    styles: Styles
    builder: Builder
    number: int = 0
    """Paragraphs of the body so far that say something."""
    tagged: dict[str, int] = field(default_factory=dict)
    """Letters by the language that the file says they are in."""
    letters: int = 0
    code: bool = True
    """Whether preformatted paragraphs are code."""

    def body(self, part: PartText, found: Sequence[Paragraph]) -> None:
        """Read the body: its paragraphs, tables, notes and text boxes."""
        paragraphs = [one for paragraph in found for one in paragraph.flat()]
        views = [paragraph.words.view() for paragraph in paragraphs]
        says = [bool(view.text.strip()) for view in views]
        own = [n for n, paragraph in enumerate(paragraphs) if says[n] and not paragraph.place]
        gaps = {n for n in own if n == 0 or not says[n - 1]}
        spaced = len(gaps) * 2 > len(own)
        styled = any(self._is_heading(paragraphs[n]) for n in own)
        # LibreOffice sets what it reads from plain text as preformatted; that is no code.
        code = sum(self.styles.of("paragraph", paragraphs[n].style).kind is RegionKind.CODE for n in own)
        self.code = code * 2 <= len(own)
        placed: list[Placed] = []
        for n, paragraph in enumerate(paragraphs):
            alone = n in gaps and (n + 1 == len(paragraphs) or not says[n + 1])
            guess = (bool(own) and n == own[0], alone, spaced) if not styled else None
            self._put(part, paragraph, views[n], placed, guess)
        self._notes(part, paragraphs, placed)

    def story(self, part: PartText, found: Sequence[Paragraph]) -> None:
        """Read what stands at the head and foot of pages."""
        paragraphs = [one for paragraph in found for one in paragraph.flat()]
        placed: list[Placed] = []
        for paragraph in paragraphs:
            self._put(part, paragraph, paragraph.words.view(), placed, None)
        self._notes(part, paragraphs, placed)

    def language(self) -> str:
        """Return the language that the text is in, as far as the file can be trusted in that."""
        return spoken.dominant(self.tagged, self.letters, self.styles.language, self.builder.text())

    def _notes(self, part: PartText, paragraphs: Iterable[Paragraph], placed: list[Placed]) -> None:
        placed.sort(key=lambda one: one.start)
        regions = (region for paragraph in paragraphs for region in paragraph.regions)
        note(self.builder, placed, sorted(regions, key=lambda region: region.start))

    def _put(
        self,
        part: PartText,
        paragraph: Paragraph,
        view: View,
        placed: list[Placed],
        guess: tuple[bool, bool, bool] | None,
    ) -> None:
        said = view.text
        style = self.styles.of("paragraph", paragraph.style)
        if not said.strip() or style.contents or style.hidden:
            return
        builder = self.builder
        if paragraph.remark:
            for found in directives.spoken(builder.begun, builder.begun, said):
                last = builder.at if not found.text.lower().startswith("ignore-file") else 2**31
                first = builder.begun if last == builder.at else 0
                builder.directive(found._replace(covers=Span(first, max(last, first + 1))))
            return
        if not paragraph.place:
            self.number += 1
        builder.begin(paragraph.place or f"paragraph {self.number:,}")
        for language, letters in paragraph.letters.items():
            self.letters += letters
            tag = language or style.language
            if tag:
                self.tagged[tag] = self.tagged.get(tag, 0) + letters
        placed.append(put(builder, part, view))
        kind, skip = self._kind(paragraph, view, guess)
        if paragraph.kind is RegionKind.IMAGE:
            builder.region(RegionKind.IMAGE, builder.begun)
        builder.end(kind, skip=skip)

    def _is_heading(self, paragraph: Paragraph) -> bool:
        return paragraph.heading or self.styles.of("paragraph", paragraph.style).kind is RegionKind.HEADING

    def _kind(self, paragraph: Paragraph, view: View, guess: tuple[bool, bool, bool] | None) -> tuple[RegionKind, int]:
        """Return what a paragraph is, and how many characters of its head are no copy."""
        style = self.styles.of("paragraph", paragraph.style)
        said = view.text
        if paragraph.kind is RegionKind.IMAGE:
            return RegionKind.CAPTION, 0
        if self._is_heading(paragraph):
            return RegionKind.HEADING, 0
        if style.kind not in (None, RegionKind.LIST) and (style.kind is not RegionKind.CODE or self.code):
            return style.kind or RegionKind.PROSE, 0
        bare = said.strip()
        if paragraph.kind is RegionKind.TABLE:
            return (RegionKind.PROSE if len(bare) >= _LONG and bare[-1] in FINAL else RegionKind.TABLE), 0
        if paragraph.kind is not None:
            return paragraph.kind, 0
        at = len(said) - len(said.lstrip())
        kind, skip = kind_of(said, at, at + len(bare), *(guess or (False, False, True)))
        if kind is RegionKind.PROSE and guess is not None and len(bare) <= HEADING_WIDTH and bare[-1] not in FINAL:
            bold = style.bold or self._is_bold(paragraph, view)
            kind = RegionKind.HEADING if bold else kind
        return kind, skip + at if skip else 0

    def _is_bold(self, paragraph: Paragraph, view: View) -> bool:
        """Return whether one stretch in bold type holds all of a paragraph."""
        first, last = view.segments[0], view.segments[-1]
        return any(start <= first.start and last.start + last.length <= end for start, end in paragraph.bold)
