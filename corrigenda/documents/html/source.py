"""Pages as browsers read them, by turbohtml: its tokenizer tells where everything stands, its tree where elements end.

Which parser, and what others did with broken pages: docs/formats.md.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from corrigenda.documents.errors import Unreadable
from corrigenda.documents.html.events import Event, Open, Remark, Said, Shut

if TYPE_CHECKING:
    from turbohtml import Document, Element, Node, SourceSpan

_PAGE = re.compile(r"<(?:!doctype|html|head|body)(?=[\s/>])", re.IGNORECASE)
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)


def is_page(text: str) -> bool:
    """Return whether a text is a whole page, and no fragment of one."""
    return _PAGE.search(text) is not None


class Page(NamedTuple):
    """A parsed page: its events in the order of the source, and the body that turbohtml takes for its content."""

    events: list[Event]
    content: tuple[int, int] | None
    whole: bool


def parsed(text: str) -> Page:
    """Return what a page or a fragment is made of.

    Raises:
        Unreadable: turbohtml is not installed.
    """
    try:
        import turbohtml  # deferred: only where there is HTML
    except ImportError:
        raise Unreadable("HTML is read by the package turbohtml, which is not installed here. Install it.") from None

    whole = is_page(text)
    lines = _Lines(text)
    tree: Document | Element
    if whole:
        tree = turbohtml.parse(lines.text, source_locations=True, scripting=False)
    else:
        tree = turbohtml.parse_fragment(lines.text, source_locations=True)
    ends = _ends(tree, lines)
    found = tree.main_content() if whole else None
    content = None
    if found is not None and found.source_location is not None:
        first = found.source_location.start_tag
        start = lines.at(first.start_line, first.start_col)
        content = (lines.original(start), lines.original(ends[start]))
    return Page(list(_events(lines, ends)), content, whole)


class _Lines:
    """A text with the line ends that parsers make of CRLF and CR, and the way back to its own positions."""

    def __init__(self, text: str) -> None:
        self._pairs: list[int] = []
        self.text = text
        if "\r" in text:
            self._pairs = [found.start() - number for number, found in enumerate(re.finditer("\r\n", text))]
            self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._starts = [0, *(found.end() for found in re.finditer("\n", self.text))]

    def at(self, line: int, column: int) -> int:
        """Return the position of a line, counted from 1, and a column, counted from 0."""
        return self._starts[line - 1] + column

    def original(self, position: int) -> int:
        """Return where a position of `text` is in the text as it was."""
        return position + bisect_left(self._pairs, position) if self._pairs else position

    @property
    def map(self) -> Callable[[int], int]:
        """The way back, for many positions."""
        return self.original if self._pairs else _same


def _same(position: int) -> int:
    return position


def _ends(tree: "Document | Element", lines: _Lines) -> dict[int, int]:
    """Return where each element ends, by where it begins.

    One that no tag closes ends with the element that it stands in, or where the next one begins that is not in it.
    """
    starts: list[int] = []
    tag_ends: list[int] = []
    closed: list[tuple[int, int] | None] = []
    parents: list[int] = []
    void: list[bool] = []
    stack: list[tuple[Node, int]] = [(tree, -1)]
    while stack:
        node, parent = stack.pop()
        place = node.source_location
        if place is not None:
            start = _start(place.start_tag, lines)
            closing = None
            if place.end_tag is not None:
                closing = (_start(place.end_tag, lines), lines.at(place.end_tag.end_line, place.end_tag.end_col))
            parents.append(parent)
            starts.append(start)
            tag_ends.append(lines.at(place.start_tag.end_line, place.start_tag.end_col))
            closed.append(closing)
            void.append(_tag(node) in _VOID)
            parent = len(starts) - 1
        stack += ((child, parent) for child in reversed(node.children))
    number = len(starts)
    after = list(range(1, number + 1))
    for index in range(number - 1, -1, -1):  # where the subtree of each ends, in the tree's order
        if parents[index] >= 0:
            after[parents[index]] = max(after[parents[index]], after[index])
    inner: list[int] = []
    ends: dict[int, int] = {}
    total = len(lines.text)
    for index in range(number):
        own = closed[index]
        if own is not None:
            inner.append(own[0])
            ends[starts[index]] = own[1]
            continue
        if void[index]:
            inner.append(tag_ends[index])
            ends[starts[index]] = tag_ends[index]
            continue
        parent, following = parents[index], after[index]
        last = inner[parent] if parent >= 0 else total
        if following < number and starts[following] >= tag_ends[index]:
            last = min(last, starts[following])
        last = max(last, tag_ends[index])
        inner.append(last)
        ends[starts[index]] = last
    return ends


def _tag(node: "Node") -> str:
    return str(getattr(node, "tag", ""))


def _start(span: "SourceSpan", lines: _Lines) -> int:
    return lines.at(span.start_line, span.start_col)


def _events(lines: _Lines, ends: dict[int, int]) -> Iterator[Event]:
    """Yield the events of a text, in its own positions."""
    from turbohtml import TokenType, tokenize  # deferred: as above

    text, original, at = lines.text, lines.map, lines.at
    words, reference = TokenType.TEXT, TokenType.CHARACTER_REFERENCE
    opening, closing, comment = TokenType.START_TAG, TokenType.END_TAG, TokenType.COMMENT
    for token in tokenize(text, resolve_references=False, capture_source=True):
        start = at(token.line, token.col)
        kind = token.type
        if kind is words:
            yield from _plain(text, token.data or "", start, original)
            continue
        begin, end = original(start), original(start + len(token.source or ""))
        if kind is reference:
            yield Said(token.data or "", begin, end)
        elif kind is opening:
            if start in ends:
                yield Open(token.tag or "", token.attrs or (), begin, end, original(ends[start]))
            else:
                yield Shut(token.tag or "", begin, end)
        elif kind is closing:
            yield Shut(token.tag or "", begin, end)
        elif kind is comment:
            yield Remark(begin, end)


def _plain(text: str, said: str, start: int, original: Callable[[int], int]) -> Iterator[Said]:
    """Yield text in pieces in which each character stands for itself, line ends apart where they are of two."""
    if not text.startswith(said, start):  # what the tokenizer left out stands in its midst
        return
    first, last = original(start), original(start + len(said))
    if last - first == len(said):
        yield Said(said, first, last)
        return
    at = start
    for line in said.splitlines(keepends=True):
        body = len(line) - 1 if line.endswith("\n") else len(line)
        if body:
            yield Said(line[:body], original(at), original(at + body))
        if body < len(line):
            yield Said("\n", original(at + body), original(at + body + 1))
        at += len(line)


def lengths(events: Sequence[Event]) -> tuple[list[int], list[int]]:
    """Return where pieces of text begin, and how many characters that are no white space stand before each of them."""
    positions: list[int] = []
    sums = [0]
    for event in events:
        if isinstance(event, Said):
            positions.append(event.start)
            sums.append(sums[-1] + len("".join(event.value.split())))
    return positions, sums
