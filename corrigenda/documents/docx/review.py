"""A reviewed copy of a Word document: findings as tracked changes and comments, everything else as it was."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from corrigenda.documents.anchored.nodes import PartText
from corrigenda.documents.document import Document
from corrigenda.documents.docx import marking, packaging, record
from corrigenda.documents.docx.changes import Change, core
from corrigenda.documents.encodings.decode import MAX_BYTES
from corrigenda.documents.errors import Unwritable
from corrigenda.documents.origin import Anchor, AnchoredOrigin
from corrigenda.documents.xml.events import Spelling

_DECLARED = re.compile(r"""\sxmlns:([^\s=:]+)\s*=\s*["']([^"']+)["']""")
_ROOT_LENGTH = 20_000


class _Stretch(NamedTuple):
    """A stretch of a part's raw text."""

    part: str
    start: int
    end: int


def reviewed(data: bytes, document: Document, changes: Sequence[Change], said: record.Record) -> bytes:
    """Return a document's bytes with changes in it as an editor's program shows them.

    Comments stand in the body: what was found in a note, a header or a place that cannot be marked (it begins in a
    field, say) is told in a comment on the document's first words, with where it is.

    Args:
        data: The file's bytes.
        document: The document that was read from them.
        changes: What was found; their edits do not overlap.
        said: What the copy says of itself.

    Raises:
        Unwritable: The document is none that a review can be written into.
    """
    copy = packaging.Copy(data, document.path, limit=max(MAX_BYTES, len(data)))
    origin = copy.extract.document.origin
    if copy.extract.document.text != document.text or not isinstance(origin, AnchoredOrigin):
        raise Unwritable("The file is not the one that was checked. Check it again.")
    if not changes:
        copy.add_record(said)
        return copy.written()
    spans = _Spans(origin.anchors, copy.extract.parts)
    numbers = _Numbers(copy.numbers(), max(change.key for change in changes))
    notes: dict[int, tuple[str, ...]] = {}
    marks: dict[str, list[marking.Mark]] = {}
    elsewhere: list[Change] = []
    date = copy.saved()
    markers = _Markers(copy.extract.parts, date)
    shown: set[int] = set()
    for change in changes:
        part, own = _mark(change, document.text, spans, copy.main, numbers) or ("", None)
        if own is None or not markers.of(part).fits(own):
            elsewhere.append(change)
            continue
        marks.setdefault(part, []).append(own)
        if own.deleted is not None:
            shown.add(change.key)
        if own.comment is None:
            elsewhere.append(change)
        else:
            notes[own.comment] = change.comment if change.edit is None or change.key in shown else change.told
    first = spans.first(copy.main)
    for change in elsewhere if first is not None else ():
        assert first is not None
        number = numbers.comment(change.key)
        own = marking.Mark(first.start, first.end, None, "", "", number, numbers.mark(change.key))
        marks.setdefault(copy.main, []).append(own)
        where = document.locate(change.start).words()
        quote = document.text[change.start : change.end]
        said_here = change.comment if change.edit is None or change.key in shown else change.told
        notes[number] = (f"{where[:1].upper()}{where[1:]}, “{quote}”:", *said_here)
    for part, own_marks in marks.items():
        copy.change(part, markers.of(part).marked(own_marks))
    if notes:
        copy.add_comments(dict(sorted(notes.items())), date)
    # What could not be shown as a change was not proposed to anybody: leaving it alone rejects nothing.
    proposals = tuple(one if one.key in shown else one._replace(correction=None) for one in said.proposals)
    copy.add_record(said._replace(proposals=proposals))
    return copy.written()


class _Numbers:
    """Numbers for comments and marks that nothing else in the document has."""

    def __init__(self, first: int, most: int) -> None:
        self._first, self._most = first, most

    def comment(self, key: int) -> int:
        """Return the number of a finding's comment."""
        return self._first + key

    def mark(self, key: int) -> int:
        """Return the first number of a finding's mark."""
        return self._first + self._most + 1 + key * marking.NUMBERS


def _mark(change: Change, text: str, spans: "_Spans", main: str, numbers: _Numbers) -> tuple[str, marking.Mark] | None:
    """Return the part that a change stands in and its mark, None where it cannot be marked."""
    edit = core(text, change.edit) if change.edit is not None else None
    start, end = change.start, change.end
    if edit is not None:
        start, end = min(start, edit.start), max(end, edit.end)
    place = spans.of(start, end)
    if place is None:
        return None
    deleted, inserted = None, ""
    if edit is not None and not spans.supplied(edit.start, edit.end):
        if edit.start < edit.end:
            struck = spans.of(edit.start, edit.end)
            deleted = None if struck is None else (struck.start, struck.end)
        else:
            at = spans.behind(edit.start) if edit.start > start else place.start
            deleted = None if at is None else (at, at)
        inserted = edit.text if deleted is not None else ""
    comment = numbers.comment(change.key) if place.part == main else None
    bookmark = f"{marking.BOOKMARK}{change.key}"
    return place.part, marking.Mark(
        place.start, place.end, deleted, inserted, bookmark, comment, numbers.mark(change.key)
    )


class _Markers:
    """Makes what puts marks into a part when the first one is put there."""

    def __init__(self, parts: Mapping[str, PartText], date: str) -> None:
        self._parts, self._date = parts, date
        self._made: dict[str, marking.PartMarker] = {}

    def of(self, part: str) -> marking.PartMarker:
        """Return what puts marks into a part. Raises Unwritable where the part has an unusual form."""
        if part not in self._made:
            raw = self._parts[part].raw
            self._made[part] = marking.PartMarker(raw, *_prefix(raw, part), self._date)
        return self._made[part]


def _prefix(raw: str, part: str) -> tuple[str, str]:
    """Return the namespace of word-processing XML in a part and the prefix, with its colon, that it has for it."""
    for found in _DECLARED.finditer(raw, 0, _ROOT_LENGTH):
        if found[2] in packaging.NAMES:
            return found[2], f"{found[1]}:"
    raise Unwritable(f"The part {part} has an unusual form. Save the file again with the program that made it.")


class _Spans:
    """Finds where stretches of the document's text stand in the raw text of its parts."""

    def __init__(self, anchors: Sequence[Anchor], parts: Mapping[str, PartText]) -> None:
        self._anchors, self._parts = anchors, parts

    def of(self, start: int, end: int) -> _Stretch | None:
        """Return where a stretch stands; None where it is not in one part, or in no text."""
        touched = [a for a in self._touched(start, end) if not self._parts[a.part].nodes[a.node].supplied]
        if not touched or touched[0].part != touched[-1].part:
            return None
        first, last = touched[0], touched[-1]
        return self._stretch(first, max(start, first.start), last, min(end, last.end))

    def behind(self, at: int) -> int | None:
        """Return where the character before a position ends, None where that is not text."""
        stretch = self.of(at - 1, at)
        return stretch.end if stretch is not None else None

    def supplied(self, start: int, end: int) -> bool:
        """Return whether an element that stands for a character is in a stretch, or what is in no node."""
        touched = self._touched(start, end)
        inside = sum(min(end, a.end) - max(start, a.start) for a in touched)
        return inside < end - start or any(self._parts[a.part].nodes[a.node].supplied for a in touched)

    def first(self, part: str) -> _Stretch | None:
        """Return the first text of a part that can be marked."""
        for anchor in self._anchors:
            node = self._parts[anchor.part].nodes[anchor.node]
            if anchor.part == part and not node.supplied and node.piece.spelling is Spelling.PLAIN:
                return self._stretch(anchor, anchor.start, anchor, anchor.end)
        return None

    def _stretch(self, first: Anchor, start: int, last: Anchor, end: int) -> _Stretch | None:
        begin, close = self._raw_at(first, start, after=False), self._raw_at(last, end, after=True)
        return None if begin is None or close is None else _Stretch(first.part, begin, close)

    def _raw_at(self, anchor: Anchor, at: int, *, after: bool) -> int | None:
        """Return where a position of an anchor's text is in the raw text; inside a reference, its beginning or end."""
        node = self._parts[anchor.part].nodes[anchor.node]
        piece = node.piece
        if node.attribute or piece.spelling is Spelling.CDATA:
            return None
        offset = anchor.offset + at - anchor.start
        if piece.spelling is Spelling.PLAIN and piece.end - piece.start == len(piece.value):
            return piece.start + offset
        return piece.end if after or offset >= len(piece.value) else piece.start

    def _touched(self, start: int, end: int) -> list[Anchor]:
        index = max(0, bisect_right(self._anchors, start, key=lambda anchor: anchor.start) - 1)
        touched: list[Anchor] = []
        while index < len(self._anchors) and self._anchors[index].start < end:
            if self._anchors[index].end > start:
                touched.append(self._anchors[index])
            index += 1
        return touched
