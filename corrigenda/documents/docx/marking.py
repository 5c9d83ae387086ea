"""Tracked changes, comment ranges and bookmarks put into the XML of a Word document's part, and nothing else changed.

A run of text is split where a mark begins or ends in it; each piece keeps the run's formatting. No library of those at
hand keeps the rest of a document: python-docx, and what builds on it (docx-revisions, docx-plus), write every part anew
that they know, eight of ten where nothing was edited; docx-editor works in a folder that it unpacks into.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corrigenda.documents.errors import Unwritable
from corrigenda.documents.parts import Edit
from corrigenda.documents.xml.events import End, Spelling, Start, Text
from corrigenda.documents.xml.scanner import scan
from corrigenda.documents.xml.splicing import escaped, spliced

AUTHOR = "corrigenda"
BOOKMARK = "_corrigenda"
"""How the bookmarks begin that say where a finding is; Word hides those that begin with an underscore."""

NUMBERS = 32
"""Numbers that a mark may use: one for its bookmark, one for what is put in, one for each run that is struck out."""

_TAG_NAME = re.compile(r"</?([^\s/>]+)")


class Mark(NamedTuple):
    """A change, placed in the raw text of a part (code points).

    `[start, end)` is its place, `deleted` what of it is struck out (empty where text is only put in), None where
    nothing is changed, and `inserted` what is put in behind that. `bookmark` names the place, empty for none;
    `comment` is the number of its comment in the part of comments, None where it has none. `id` is the first of
    `NUMBERS` numbers that no other mark of the document has.
    """

    start: int
    end: int
    deleted: tuple[int, int] | None
    inserted: str
    bookmark: str
    comment: int | None
    id: int


class _Run(NamedTuple):
    """A run of one formatting: its tags, and its properties, as positions in the raw text."""

    start: int
    opened: int
    properties: tuple[int, int]
    closing: int
    end: int


class _Node(NamedTuple):
    """A text element of a run: its tags and what lies between them. `alone` says whether it is the first and the last
    of the run's contents.
    """

    start: int
    content: int
    closing: int
    end: int
    run: _Run
    first: bool
    last: bool
    plain: bool


class _Struck(NamedTuple):
    """A stretch of a text element that is struck out, and the number of that change."""

    start: int
    end: int
    id: int


class _Point(NamedTuple):
    """XML to put in at a position; `order` decides among those at one position."""

    at: int
    order: int
    xml: str


class PartMarker:
    """Puts marks into one part, whose text elements are found once for all of them."""

    def __init__(self, raw: str, namespace: str, prefix: str, date: str) -> None:
        """Find the text elements of a part.

        Args:
            raw: The part's text.
            namespace: The namespace of word-processing XML in this part.
            prefix: The prefix that the part has for it, with its colon.
            date: When the changes were made, in ISO 8601.
        """
        self._raw, self._prefix = raw, prefix
        self._by = f'{prefix}author="{AUTHOR}" {prefix}date="{date}"'
        self._nodes = list(_nodes(raw, namespace))
        self._starts = [node.content for node in self._nodes]

    def fits(self, mark: Mark) -> bool:
        """Return whether runs can be split where a mark begins and ends."""
        try:
            self._points(mark)
        except Unwritable:
            return False
        return all(self._nodes[number].plain for number, _ in self._struck(mark))

    def marked(self, marks: Sequence[Mark]) -> str:
        """Return the part's raw text with marks in it.

        Args:
            marks: The marks; what they strike out does not overlap, their places may.

        Raises:
            Unwritable: A mark begins or ends where a run cannot be split.
        """
        points: dict[int, list[_Point]] = {}
        struck: dict[int, list[_Struck]] = {}
        for mark in marks:
            for number, point in self._points(mark):
                points.setdefault(number, []).append(point)
            for number, piece in self._struck(mark):
                struck.setdefault(number, []).append(piece)
        touched = sorted({*points, *struck})
        edits = [self._rewritten(self._nodes[at], points.get(at, ()), struck.get(at, ())) for at in touched]
        return spliced(self._raw, edits)

    def _points(self, mark: Mark) -> list[tuple[int, _Point]]:
        """Return the XML that a mark puts between runs, each with the number of the text element that it splits."""
        first, last = self._holding(mark.start, after=True), self._holding(mark.end, after=False)
        points = [
            (first, _Point(mark.start, 2, _opening(mark, self._prefix))),
            (last, _Point(mark.end, 1, _ending(mark, self._prefix))),
        ]
        if mark.deleted is None or not mark.inserted:
            return points
        begin, end = mark.deleted
        if begin == end:
            # What is put in at the very beginning comes behind the mark's opening, all else before other marks begin.
            number = first if begin == mark.start else self._holding(begin, after=False)
            points.append((number, _Point(begin, 3 if begin == mark.start else 0, self._inserted(number, mark))))
            return points
        touched = self._touched(begin, end)
        # Behind all that is struck out; behind its first piece where the pieces lie in different elements.
        number = touched[-1] if self._siblings(touched) else touched[0]
        points.append((number, _Point(min(end, self._nodes[number].closing), 0, self._inserted(touched[0], mark))))
        return points

    def _struck(self, mark: Mark) -> Iterator[tuple[int, _Struck]]:
        """Yield what a mark strikes out, by text element."""
        if mark.deleted is None or mark.deleted[0] == mark.deleted[1]:
            return
        begin, end = mark.deleted
        for count, number in enumerate(self._touched(begin, end)):
            node = self._nodes[number]
            own = mark.id + min(2 + count, NUMBERS - 1)
            yield number, _Struck(max(begin, node.content), min(end, node.closing), own)

    def _rewritten(self, node: _Node, points: Iterable[_Point], struck: Iterable[_Struck]) -> Edit:
        """Return the edit that puts points and deletions into one text element, and splits its run there."""
        gone = sorted(struck)
        todo = sorted(points)
        cuts = sorted(
            {node.content, node.closing, *(p.at for p in todo), *(at for one in gone for at in (one.start, one.end))}
        )
        run = node.run
        begin = self._raw[run.start : run.opened] + self._raw[slice(*run.properties)]
        close = f"</{_name(self._raw, run.start)}>"
        result: list[str] = []
        opened = not node.first
        for number, cut in enumerate(cuts):
            for point in todo:
                if point.at == cut:
                    if opened:
                        result.append(close)
                        opened = False
                    result.append(point.xml)
            following = cuts[number + 1] if number + 1 < len(cuts) else cut
            words = self._raw[cut:following]
            if not words:
                continue
            deleted = next((one.id for one in gone if one.start <= cut < one.end), None)
            if deleted is not None:
                if opened:
                    result.append(close)
                    opened = False
                attributes = f'{self._prefix}id="{deleted}" {self._by}'
                text = f'<{self._prefix}delText xml:space="preserve">{words}</{self._prefix}delText>'
                result.append(f"<{self._prefix}del {attributes}>{begin}{text}{close}</{self._prefix}del>")
                continue
            if not opened:
                result.append(begin)
                opened = True
            result.append(f'<{self._prefix}t xml:space="preserve">{words}</{self._prefix}t>')
        start = run.start if node.first else node.start
        if node.last:
            return Edit(start, run.end, "".join(result) + (close if opened else ""))
        return Edit(start, node.end, "".join(result) + ("" if opened else begin))

    def _touched(self, begin: int, end: int) -> range:
        return range(self._holding(begin, after=True), self._holding(end, after=False) + 1)

    def _holding(self, at: int, *, after: bool) -> int:
        """Return the number of the text element that has the character after a position, or the one before it.

        Raises:
            Unwritable: None has it, or it cannot be split.
        """
        number = (bisect_right(self._starts, at) if after else bisect_left(self._starts, at)) - 1
        if number < 0 or at > self._nodes[number].closing or not self._nodes[number].plain:
            raise Unwritable("The place is in a part of the text that cannot be split.")
        return number

    def _siblings(self, numbers: Sequence[int]) -> bool:
        """Return whether nothing but runs stands between the first and the last of some text elements."""
        runs = {self._nodes[number].run.start: self._nodes[number].run for number in numbers}
        ordered = [runs[start] for start in sorted(runs)]
        return all(not self._raw[one.end : other.start].strip() for one, other in pairwise(ordered))

    def _inserted(self, number: int, mark: Mark) -> str:
        """Return the run that a mark puts in, formatted as that of a text element."""
        run, prefix = self._nodes[number].run, self._prefix
        begin = self._raw[run.start : run.opened] + self._raw[slice(*run.properties)]
        text = " ".join(mark.inserted.splitlines()).replace("\t", " ")
        attributes = f'{prefix}id="{mark.id + 1}" {self._by}'
        words = f'<{prefix}t xml:space="preserve">{escaped(text)}</{prefix}t>'
        return f"<{prefix}ins {attributes}>{begin}{words}</{_name(self._raw, run.start)}></{prefix}ins>"


def _nodes(raw: str, namespace: str) -> Iterator[_Node]:
    """Yield the text elements of a part, in order."""
    stack: list[tuple[str, Start]] = []
    runs: list[_Open] = []
    found: list[tuple[int, _Open, Start, End, bool, bool]] = []
    text: Start | None = None
    plain = True
    for event in scan(raw, namespaces={namespace: "w"}, doctype=False):
        if isinstance(event, Start):
            if runs and stack and stack[-1][1] is runs[-1].tag:
                runs[-1].child(event)
                if event.name == "w:t":
                    text, plain = event, True
            elif text is not None:
                plain = False
            if event.name == "w:r":
                runs.append(_Open(event))
            stack.append((event.name, event))
        elif isinstance(event, End):
            _, tag = stack.pop()
            if text is tag:
                found.append(
                    (tag.start, runs[-1], tag, event, runs[-1].contents == 1, plain and event.end > event.start)
                )
                text = None
            elif runs and tag.name == "w:rPr" and stack and stack[-1][1] is runs[-1].tag:
                runs[-1].properties = (tag.start, event.end)
            elif runs and tag is runs[-1].tag:
                runs.pop().close(event)
        elif text is not None and not (isinstance(event, Text) and event.spelling is not Spelling.CDATA):
            plain = False
    for _, run, tag, end, first, whole in sorted(found, key=lambda entry: entry[0]):
        own = _Run(run.tag.start, run.tag.end, run.properties, run.closing, run.end)
        yield _Node(tag.start, tag.end, end.start, end.end, own, first, run.final is tag, whole)


class _Open:
    """A run that is being read."""

    def __init__(self, tag: Start) -> None:
        self.tag = tag
        self.properties = (tag.end, tag.end)
        self.contents = 0
        self.final: Start | None = None
        self.closing = self.end = tag.end

    def child(self, tag: Start) -> None:
        """Take note of an element in it."""
        if tag.name != "w:rPr":
            self.contents += 1
            self.final = tag

    def close(self, end: End) -> None:
        """Take note of where it ends."""
        self.closing, self.end = end.start, end.end


def _name(raw: str, at: int) -> str:
    found = _TAG_NAME.match(raw, at)
    assert found is not None
    return found[1]


def _opening(mark: Mark, prefix: str) -> str:
    bookmark = (
        f'<{prefix}bookmarkStart {prefix}id="{mark.id}" {prefix}name="{mark.bookmark}"/>' if mark.bookmark else ""
    )
    return bookmark + (f'<{prefix}commentRangeStart {prefix}id="{mark.comment}"/>' if mark.comment is not None else "")


def _ending(mark: Mark, prefix: str) -> str:
    bookmark = f'<{prefix}bookmarkEnd {prefix}id="{mark.id}"/>' if mark.bookmark else ""
    if mark.comment is None:
        return bookmark
    return (
        f'<{prefix}commentRangeEnd {prefix}id="{mark.comment}"/>'
        f'<{prefix}r><{prefix}commentReference {prefix}id="{mark.comment}"/></{prefix}r>{bookmark}'
    )
