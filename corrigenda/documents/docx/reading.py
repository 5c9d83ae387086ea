"""A Word file becomes a document: which parts are read, in which order, and what each paragraph is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

from corrigenda.documents import directives, spoken
from corrigenda.documents.anchored.builder import Builder
from corrigenda.documents.anchored.reader import Extract
from corrigenda.documents.containers.package import PART_LIMIT, Package
from corrigenda.documents.containers.rewriting import rewritten
from corrigenda.documents.docx.comments import read_comments
from corrigenda.documents.docx.content import Look, Paragraph, Piece, WordPart
from corrigenda.documents.docx.relations import KIND, Relation, main_part, relations, text_of
from corrigenda.documents.docx.styles import Role, Styles, read_styles
from corrigenda.documents.docx.walk import twins, walk
from corrigenda.documents.errors import Unwritable
from corrigenda.documents.kinds import FINAL, HEADING_WIDTH, kind_of
from corrigenda.documents.parts import Region, RegionKind, Span

_LONG = 200
"""Code points from which on a table's cell that ends a sentence is a paragraph of the text."""

_PAGES = MappingProxyType({"first": "first-page ", "even": "even-page "})
_KINDS = MappingProxyType(
    {
        Role.HEADING: RegionKind.HEADING,
        Role.CAPTION: RegionKind.CAPTION,
        Role.QUOTATION: RegionKind.QUOTATION,
        Role.CODE: RegionKind.CODE,
        Role.LIST: RegionKind.LIST,
    }
)


def extract(data: bytes, display: str, *, limit: int) -> Extract:
    """Return the document of a Word file with the parts that its text comes from.

    Args:
        data: The file's bytes.
        display: The path that reports show.
        limit: Largest size in bytes of a text, which bounds the code points of the document.

    Raises:
        Unreadable: The file is not a Word document, is damaged, or is not safe to read.
    """
    package = Package(data, kind=KIND)
    main = main_part(package)
    linked = relations(package, main)
    styles = _styles(package, linked.values())
    parts: dict[str, WordPart] = {}

    def part_of(name: str) -> WordPart:
        if name not in parts:
            raw, encoding = text_of(package, name, limit=PART_LIMIT)
            parts[name] = walk(raw, encoding, name, hidden=lambda style: styles.of(style).hidden is True)
        return parts[name]

    reading = _Reading(styles, Builder(limit), _comments(package, linked.values()))
    body = part_of(main)
    reading.body(body)
    reading.builder.beside()
    for kind in ("footnote", "endnote"):
        own = next((relation.target for relation in linked.values() if relation.kind == f"{kind}s"), None)
        if own is not None:
            reading.notes(part_of(own), kind, [name for noted, name in body.notes if noted == kind])
    for kind in ("header", "footer"):
        known: dict[tuple[str, ...], WordPart] = {}
        for place, pages, identifier in body.furniture:
            relation = linked.get(identifier)
            if place != kind or relation is None or relation.target in parts:
                continue
            part = part_of(relation.target)
            said = tuple(node.piece.value for node in part.nodes)
            first = known.setdefault(said, part)
            if first is part:
                reading.furniture(part, f"{_PAGES.get(pages, '')}{kind}")
            else:
                twins(first, range(len(first.nodes)), part, range(len(part.nodes)))
    document = reading.builder.document(data, display, "docx", language=reading.language())
    return Extract(document, parts, partial(_rebuilt, package))


def _rebuilt(package: Package, changed: Mapping[str, bytes]) -> bytes:
    """Return the file with parts changed. Raises Unwritable where it is signed."""
    if any(name.lower().startswith("_xmlsignatures/") for name in package.names()):
        raise Unwritable(
            "The file has a digital signature, which any correction would break. Correct a copy that is not signed."
        )
    return rewritten(package, changed)


def _styles(package: Package, linked: Iterable[Relation]) -> Styles:
    name = next((relation.target for relation in linked if relation.kind == "styles"), None)
    if name is None:
        return Styles({})
    return read_styles(text_of(package, name, limit=PART_LIMIT)[0], name)


def _comments(package: Package, linked: Iterable[Relation]) -> Mapping[str, str]:
    name = next((relation.target for relation in linked if relation.kind == "comments"), None)
    if name is None:
        return {}
    return read_comments(text_of(package, name, limit=PART_LIMIT)[0], name)


@dataclass
class _Reading:
    """Puts the paragraphs of stories into a builder."""

    styles: Styles
    builder: Builder
    comments: Mapping[str, str]
    number: int = 0
    """Paragraphs of the body so far that say something."""
    tagged: dict[str, int] = field(default_factory=dict)
    """Letters by the language that the file says they are in, where it does."""
    letters: int = 0
    begun: dict[str, int] = field(default_factory=dict)
    """Where the comments that are open began."""

    def body(self, part: WordPart) -> None:
        """Read the body: its paragraphs, tables and text boxes."""
        paragraphs = list(_flat(part.stories[""]))
        empty = [not _says(paragraph) for paragraph in paragraphs]
        own = [n for n, paragraph in enumerate(paragraphs) if not empty[n] and not paragraph.place]
        gaps = [n for n in own if n == 0 or empty[n - 1]]
        spaced = len(gaps) * 2 > len(own)
        styled = any(self._role(paragraphs[n]) is Role.HEADING for n in own)
        gap = set(gaps)
        for number, paragraph in enumerate(paragraphs):
            alone = number in gap and (number + 1 == len(paragraphs) or empty[number + 1])
            first = bool(own) and number == own[0]
            self._put(part, paragraph, "", guess=(first, alone, spaced) if not styled else None)

    def notes(self, part: WordPart, kind: str, identifiers: Sequence[str]) -> None:
        """Read the notes that the body refers to, by the numbers that their readers see."""
        for number, identifier in enumerate(dict.fromkeys(identifiers), 1):
            for paragraph in _flat(part.stories.get(identifier, ())):
                self._put(part, paragraph, f"{kind} {number}")

    def furniture(self, part: WordPart, label: str) -> None:
        """Read what stands at the head or foot of pages."""
        for paragraph in _flat(part.stories[""]):
            self._put(part, paragraph, label)

    def language(self) -> str:
        """Return the language that the text is in, as far as the file can be trusted in that."""
        return spoken.dominant(self.tagged, self.letters, self.styles.language, self.builder.text())

    def _put(
        self, part: WordPart, paragraph: Paragraph, where: str, *, guess: tuple[bool, bool, bool] | None = None
    ) -> None:
        builder = self.builder
        if self._role(paragraph) is Role.CONTENTS:
            return
        label = ", ".join(filter(None, (where, paragraph.place)))
        if not label:
            says = _says(paragraph)
            self.number += says
            label = f"paragraph {max(1, self.number if says else self.number + 1)}"
        builder.begin(label)
        for what in paragraph.unread:
            builder.unread(what)
        style = self.styles.of(paragraph.style or self.styles.paragraph)
        marks = _Marks(builder)
        for piece in paragraph.pieces:
            marks.note(self._kinds(piece.look, bool(style.italic)))
            builder.add(piece.value, part.name, piece.node, piece.offset)
            self._count(piece, style.language)
        marks.end()
        start, end = builder.begun, builder.at
        kind, skip = self._kind(paragraph, builder.said(), guess)
        if paragraph.description:
            builder.region(RegionKind.IMAGE, start)
        builder.end(kind, skip=skip)
        self._comment(paragraph, start, max(start, min(end, builder.at)))

    def _kinds(self, look: Look, italic: bool) -> frozenset[RegionKind]:
        own = self.styles.of(look.style)
        shown = look.italic if look.italic is not None else bool(own.italic) != italic
        found = set()
        if shown != italic:
            found.add(RegionKind.EMPHASIS)
        if look.struck or own.struck:
            found.add(RegionKind.STRUCK)
        if look.masked or own.role is Role.CODE:
            found.add(RegionKind.CODE)
        return frozenset(found)

    def _count(self, piece: Piece, usual: str) -> None:
        letters = sum(map(str.isalpha, piece.value))
        self.letters += letters
        said = piece.look.language or self.styles.of(piece.look.style).language or usual
        if said:
            self.tagged[said] = self.tagged.get(said, 0) + letters

    def _role(self, paragraph: Paragraph) -> Role:
        style = self.styles.of(paragraph.style or self.styles.paragraph)
        if style.role is Role.PLAIN and (paragraph.outline is not None):
            return Role.HEADING
        return style.role

    def _kind(self, paragraph: Paragraph, said: str, guess: tuple[bool, bool, bool] | None) -> tuple[RegionKind, int]:
        """Return what a paragraph is, and how many characters of its head are no copy."""
        if paragraph.description:
            return RegionKind.CAPTION, 0
        role = self._role(paragraph)
        if role in _KINDS and not (role is Role.LIST and paragraph.numbered is False):
            return _KINDS[role], 0
        style = self.styles.of(paragraph.style or self.styles.paragraph)
        numbered = paragraph.numbered if paragraph.numbered is not None else style.numbered
        if numbered:
            return RegionKind.LIST, 0
        bare = said.strip()
        if not bare:
            return RegionKind.PROSE, 0
        if paragraph.cells is not None and paragraph.cells.count > 1:
            long = len(bare) >= _LONG and bare[-1] in FINAL
            return (RegionKind.PROSE if long else RegionKind.TABLE), 0
        first, alone, spaced = guess or (False, False, True)
        at = len(said) - len(said.lstrip())
        kind, skip = kind_of(said, at, at + len(bare), first, alone, spaced)
        if kind is RegionKind.PROSE and guess is not None and _is_bold(paragraph) and len(bare) <= HEADING_WIDTH:
            kind = RegionKind.PROSE if bare[-1] in FINAL else RegionKind.HEADING
        return kind, skip + at if skip else 0

    def _comment(self, paragraph: Paragraph, start: int, end: int) -> None:
        """Note the comments that end in a paragraph and speak to corrigenda: each covers the paragraphs it touches."""
        for identifier, _, begins in paragraph.marks:
            if begins:
                self.begun.setdefault(identifier, start)
                continue
            first = self.begun.pop(identifier, start)
            for found in directives.spoken(first, first, self.comments.get(identifier, "")):
                self.builder.directive(found._replace(covers=Span(first, max(end, first + 1))))


class _Marks:
    """Regions of a block, each from where its kind begins to where it ends."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._open: dict[RegionKind, int] = {}
        self._found: list[Region] = []

    def note(self, kinds: frozenset[RegionKind]) -> None:
        """Say what the text that follows is."""
        for kind in [kind for kind in self._open if kind not in kinds]:
            self._found.append(Region(kind, self._open.pop(kind), self._builder.at))
        for kind in kinds:
            self._open.setdefault(kind, self._builder.at)

    def end(self) -> None:
        """Say that the block ends. What is emphasised from end to end is not set off from anything."""
        self.note(frozenset())
        for kind, start, end in self._found:
            if kind is not RegionKind.EMPHASIS or (start, end) != (self._builder.begun, self._builder.at):
                self._builder.region(kind, start, end)


def _flat(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield paragraphs, each followed by what is anchored in it."""
    for paragraph in paragraphs:
        yield paragraph
        yield from _flat(paragraph.after)


def _says(paragraph: Paragraph) -> bool:
    return any(not piece.value.isspace() for piece in paragraph.pieces)


def _is_bold(paragraph: Paragraph) -> bool:
    return all(piece.look.bold or piece.value.isspace() for piece in paragraph.pieces)
