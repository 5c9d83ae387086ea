"""The elements of an XML file that hold text and nothing else, or that are named, with what they say."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from corrigenda.documents import views
from corrigenda.documents.parts import Segment, View
from corrigenda.documents.xml.events import Comment, End, Start, Text
from corrigenda.documents.xml.scanner import scan

NAMESPACES: Mapping[str, str] = {
    "http://purl.org/rss/1.0/": "",
    "http://www.w3.org/2005/Atom": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/xhtml": "xhtml",
    **{f"http://wordpress.org/export/1.{minor}/": "wp" for minor in range(4)},
    **{f"http://wordpress.org/export/1.{minor}/excerpt/": "excerpt" for minor in range(4)},
}
"""Namespaces under the prefixes by which people know their elements, whatever prefix a file has."""


class Element(NamedTuple):
    """An element that is wanted: `[start, end)` of its content, the names of the elements around it and its own, its
    attributes, what it says, and the number of the record that it is in (0 outside of them).

    `markup` tells that it has elements in it: then what it says is its content as it stands.
    """

    start: int
    end: int
    names: tuple[str, ...]
    attributes: Mapping[str, str]
    view: View
    markup: bool
    record: int


class _Open:
    """A wanted element that is being read."""

    def __init__(self, start: int, depth: int, attributes: Mapping[str, str]) -> None:
        self.start, self.depth, self.attributes = start, depth, attributes
        self.texts: list[Text] = []
        self.markup = False


def elements(
    text: str,
    wanted: Callable[[Sequence[str]], bool],
    records: frozenset[str],
    remark: Callable[[Comment], None],
) -> Iterator[Element]:
    """Yield the elements that are wanted, in the order in which they end; none lies in another.

    Args:
        text: The whole text.
        wanted: Returns whether an element is wanted, by the names of those around it and its own.
        records: Names of the elements that are records.
        remark: Called for each comment outside of them.

    Raises:
        Unreadable: The text is no XML, or one that is not safe to read.
    """
    names: list[str] = []
    record = 0
    open_: _Open | None = None
    for event in scan(text, namespaces=NAMESPACES):
        if isinstance(event, Start):
            names.append(_shown(event.name))
            record += names[-1] in records
            if open_ is not None:
                open_.markup = True
            elif wanted(names):
                open_ = _Open(event.end, len(names), event.attributes)
        elif isinstance(event, End):
            if open_ is not None and len(names) == open_.depth:
                start, end = open_.start, event.start
                if end > start:
                    view = views.plain(text, start, end) if open_.markup else said(open_.texts)
                    yield Element(start, end, tuple(names), open_.attributes, view, open_.markup, record)
                open_ = None
            names.pop()
        elif isinstance(event, Text) and open_ is not None:
            open_.texts.append(event)
        elif isinstance(event, Comment) and open_ is None:
            remark(event)


def _shown(name: str) -> str:
    """Return an element's name without an unknown namespace."""
    return name.rpartition("}")[2]


def said(pieces: Sequence[Text]) -> View:
    """Return the view of pieces of text: a reference is one letter that stands for the whole of it."""
    segments: list[Segment] = []
    at = 0
    for piece in pieces:
        if piece.value:
            segments.append(Segment(at, len(piece.value), piece.start, piece.end - piece.start))
            at += len(piece.value)
    return View("".join(piece.value for piece in pieces), tuple(segments))


def content(raw: str) -> View:
    """Return what an element's content says, given as it stands in the file. Raises Unreadable where it is broken."""
    head = "<x>"
    pieces: list[Text] = []
    for event in scan(f"{head}{raw}</x>"):
        if isinstance(event, Start) and event.start:
            return views.plain(raw, 0, len(raw))
        if isinstance(event, Text):
            pieces.append(event._replace(start=event.start - len(head), end=event.end - len(head)))
    return said(pieces)


def in_section(text: str, start: int, at: int) -> bool:
    """Return whether a position of an element's content that begins at `start` lies in a CDATA section."""
    return text.rfind("<![CDATA[", start, at) > text.rfind("]]>", start, at)
