"""What the walk through a part finds: paragraphs in their order, with the pieces of text that they are made of."""

from dataclasses import dataclass, field
from typing import NamedTuple

from corrigenda.documents.anchored.nodes import PartText
from corrigenda.documents.xml.events import Start


class Look(NamedTuple):
    """How a run looks, as far as it says what its text is."""

    italic: bool | None = None
    bold: bool = False
    struck: bool = False
    masked: bool = False
    """It is a field's result, a formula or code: it is read, and neither judged nor changed."""
    style: str = ""
    language: str = ""


class Piece(NamedTuple):
    """Text of a node from an offset on."""

    value: str
    node: int
    offset: int
    look: Look


@dataclass(slots=True, eq=False)
class Cells:
    """A table, as far as it says whether it only lays out a page."""

    count: int = 0


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph, or the description of a picture.

    `place` tells where it stands outside the body's own paragraphs: "table 2, row 3, cell 1". `marks` are the comments
    that begin or end in it: identifier, number of the piece before which, and whether it begins there. `unread` are
    things in it that may hold copy.
    """

    place: str
    style: str = ""
    outline: int | None = None
    numbered: bool | None = None
    joins: bool = False
    """Its end is deleted: with the change accepted it is one paragraph with the next."""
    description: bool = False
    cells: Cells | None = None
    pieces: list[Piece] = field(default_factory=list)
    after: list["Paragraph"] = field(default_factory=list)
    marks: list[tuple[str, int, bool]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    gap: bool = False
    """An empty paragraph, or nothing, stands before it."""


class Written(NamedTuple):
    """A `w:t` element: its tag, the numbers of its first node and of the one after its last, and what counts of it.

    `head` and `tail` are how many white-space characters at its ends Word drops.
    """

    tag: Start
    first: int
    last: int
    preserved: bool
    head: int
    tail: int


@dataclass
class WordPart(PartText):
    """A part of a Word document, with its stories: the body under "", notes by their identifiers."""

    stories: dict[str, list[Paragraph]] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Kinds ("footnote", "endnote") and identifiers of the notes that are referred to, in order."""
    furniture: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind ("header", "footer"), on which pages ("default", "first", "even"), and relation of what pages have."""
    written: list[Written] = field(default_factory=list)
