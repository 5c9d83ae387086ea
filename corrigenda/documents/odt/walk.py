"""The paragraphs of an OpenDocument text, in the order in which they are read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from corrigenda.documents.html.paragraph import Words
from corrigenda.documents.odt.names import FIELDS, PARAGRAPHS, UNSEEN
from corrigenda.documents.odt.styles import Styles
from corrigenda.documents.parts import Region, RegionKind
from corrigenda.documents.xml.events import End, Event, Start, Text

_SIGNS: Mapping[str, str] = {"text:tab": "\t", "text:line-break": "\n"}
_MOST_SPACES = 1_000
_NOTES: Mapping[str, str] = {"footnote": "footnote", "endnote": "endnote"}
_KINDS: Mapping[str, RegionKind] = {
    "text:list": RegionKind.LIST,
    "table:table-cell": RegionKind.TABLE,
    "table:covered-table-cell": RegionKind.TABLE,
}
_FURNITURE: Mapping[str, str] = {
    f"style:{name}{page}": name for name in ("header", "footer") for page in ("", "-left", "-first")
}
_DESCRIBED = frozenset(("svg:desc", "svg:title"))
_WORDED = PARAGRAPHS | _DESCRIBED
_APART = frozenset(("text:note-body", "draw:text-box", "draw:custom-shape", "office:annotation", *_FURNITURE))


class _Open(NamedTuple):
    """An element that is open, and whether it hides what is in it."""

    name: str
    start: int
    attributes: Mapping[str, str]
    hides: bool


@dataclass(eq=False)
class Paragraph:
    """A paragraph: its words as a view of the part's raw text, and what is said of it and in it."""

    style: str
    start: int
    words: Words = field(default_factory=Words)
    end: int = 0
    heading: bool = False
    kind: RegionKind | None = None
    """What it is by where it stands: in a list, a cell of a table."""
    place: str = ""
    """Where it stands, such as "footnote 2"; empty in the body."""
    regions: list[Region] = field(default_factory=list)
    """What stretches of the raw text are, in positions of it."""
    bold: list[tuple[int, int]] = field(default_factory=list)
    """Stretches in bold type, likewise."""
    letters: dict[str, int] = field(default_factory=dict)
    """Letters by the language of the words' own style."""
    remark: bool = False
    """Whether it is a comment's."""
    after: "list[Paragraph]" = field(default_factory=list)
    """What is anchored in it: notes, text boxes, comments."""

    def flat(self) -> "Iterator[Paragraph]":
        """Yield it and what is anchored in it."""
        yield self
        for one in self.after:
            yield from one.flat()


def walk(events: Iterable[Event], styles: Styles) -> list[Paragraph]:
    """Return the paragraphs of a part that stand in no other, in order."""
    walker = _Walk(styles)
    for event in events:
        if isinstance(event, Text):
            walker.text(event)
        elif isinstance(event, Start):
            walker.start(event)
        elif isinstance(event, End):
            walker.end(event)
    return walker.found


class _Walk:
    def __init__(self, styles: Styles) -> None:
        self.found: list[Paragraph] = []
        self._styles = styles
        self._unseen = 0
        self._stack: list[_Open] = []
        self._paragraphs: list[Paragraph | None] = []
        """The paragraph that is open, below it those that it is anchored in."""
        self._spans: list[str] = []
        self._kinds: list[RegionKind | None] = []
        self._places: list[str] = [""]
        self._notes: dict[str, int] = {}
        self._boxes = 0
        self._remarks = 0

    def start(self, event: Start) -> None:
        """Take in an element."""
        name = event.name
        style = event.attributes.get("text:style-name", "")
        hides = (
            self._unseen > 0
            or name in UNSEEN
            or event.attributes.get("text:display") == "none"
            or (name == "text:span" and self._styles.of("text", style).hidden is True)
        )
        self._stack.append(_Open(name, event.start, event.attributes, hides))
        if hides:
            self._unseen += 1
        elif name in _WORDED:
            self._begin(event)
        elif name in _SIGNS:
            self._supply(_SIGNS[name], event)
        elif name == "text:s":
            count = event.attributes.get("text:c", "1")
            self._supply(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES), event)
        elif name == "text:span":
            self._spans.append(style)
        elif name in _KINDS:
            self._kinds.append(_KINDS[name])
        elif name in _APART:
            self._apart(event)

    def end(self, event: End) -> None:
        """Take in the end of an element."""
        name, start, _, hides = self._stack.pop()
        if hides:
            self._unseen -= 1
        elif name in _WORDED:
            self._finish(event.end)
        elif name == "text:span":
            self._ended(self._spans.pop(), start, event.end)
        elif name in _KINDS:
            self._kinds.pop()
        elif name in FIELDS:
            self._region(RegionKind.CODE, start, event.end)
        elif name in _APART:
            self._places.pop()
            self._kinds.pop()
            self._paragraphs.pop()
            self._remarks -= name == "office:annotation"

    def text(self, event: Text) -> None:
        """Take in words."""
        paragraph = self._paragraphs[-1] if self._paragraphs else None
        if self._unseen or paragraph is None:
            return
        paragraph.words.add(event.value, event.start, event.end)
        language = ""
        for style in reversed(self._spans):
            language = language or self._styles.of("text", style).language
        letters = sum(map(str.isalpha, event.value))
        paragraph.letters[language] = paragraph.letters.get(language, 0) + letters

    def _begin(self, event: Start) -> None:
        paragraph = Paragraph(event.attributes.get("text:style-name", ""), event.start, place=self._places[-1])
        paragraph.heading = event.name == "text:h"
        paragraph.kind = self._kinds[-1] if self._kinds else None
        paragraph.remark = self._remarks > 0
        if event.name in _DESCRIBED:
            paragraph.kind, paragraph.place = RegionKind.IMAGE, "a picture's description"
        above = next((one for one in reversed(self._paragraphs) if one is not None), None)
        (above.after if above is not None else self.found).append(paragraph)
        self._paragraphs.append(paragraph)

    def _finish(self, end: int) -> None:
        paragraph = self._paragraphs.pop()
        if paragraph is not None:
            paragraph.end = end

    def _apart(self, event: Start) -> None:
        """Begin what stands apart from the words around it."""
        name = event.name
        place = self._places[-1]
        if name == "text:note-body":
            kind = "footnote"
            around = self._stack[-2:-1]
            if around and around[0].name == "text:note":
                kind = _NOTES.get(around[0].attributes.get("text:note-class", ""), "note")
            self._notes[kind] = self._notes.get(kind, 0) + 1
            place = f"{kind} {self._notes[kind]:,}"
        elif name in _FURNITURE:
            place = _FURNITURE[name]
        elif name in ("draw:text-box", "draw:custom-shape"):
            self._boxes += 1
            place = f"text box {self._boxes:,}"
        self._remarks += name == "office:annotation"
        self._places.append(place)
        self._kinds.append(None)
        self._paragraphs.append(None)

    def _supply(self, sign: str, event: Start) -> None:
        paragraph = self._paragraphs[-1] if self._paragraphs else None
        if paragraph is not None:
            paragraph.words.supply(sign, event.start, event.end)

    def _ended(self, style: str, start: int, end: int) -> None:
        own = self._styles.of("text", style)
        if own.italic:
            self._region(RegionKind.EMPHASIS, start, end)
        paragraph = self._paragraphs[-1] if self._paragraphs else None
        if own.bold and paragraph is not None:
            paragraph.bold.append((start, end))
        if own.struck:
            self._region(RegionKind.STRUCK, start, end)
        if own.kind is RegionKind.CODE:
            self._region(RegionKind.CODE, start, end)

    def _region(self, kind: RegionKind, start: int, end: int) -> None:
        paragraph = self._paragraphs[-1] if self._paragraphs else None
        if paragraph is not None:
            paragraph.regions.append(Region(kind, start, end))
