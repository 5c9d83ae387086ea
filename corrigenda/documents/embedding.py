"""Texts that stand in files of another format: the fields of a file of data, HTML in a feed, the cells of a notebook.

The outer format decodes a value into a view; the text that it says is read by the reader of its own format, and the
views and regions that come of it are composed with the outer view, so that all positions are the file's.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corrigenda.documents import registry, views
from corrigenda.documents.document import Document
from corrigenda.documents.edits import widened
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.parts import (
    Block,
    Directive,
    Edit,
    Embedded,
    Encoding,
    Region,
    RegionKind,
    Segment,
    Span,
    Unread,
    View,
)


class Contents(NamedTuple):
    """What stands in embedded texts, at the file's positions: each ascending."""

    blocks: tuple[Block, ...]
    regions: tuple[Region, ...]
    directives: tuple[Directive, ...]
    unread: tuple[Unread, ...]


def composed(outer: View, inner: View) -> View:
    """Return the view of a view: `inner` maps to positions of `outer.text`, the result to what `outer` maps to."""
    segments: list[Segment] = []
    for view_start, view_length, start, length in inner.segments:
        if view_length != length:
            span = outer.to_document(start, start + length)
            segments.append(Segment(view_start, view_length, span.start, len(span)))
            continue
        kept = views.keep(outer, [(start, start + length)])
        segments += (segment._replace(view_start=segment.view_start + view_start) for segment in kept.segments)
    return View(inner.text, tuple(segments))


def document_of(part: Embedded) -> Document:
    """Return the document that an embedded text is for itself. Raises Unreadable where its format cannot read it."""
    try:
        reader = registry.reader(part.format)
    except KeyError:
        raise Unreadable(f"There is no format {part.format!r} to read {part.label or 'a field'} by.") from None
    if not isinstance(reader, IdentityReader):
        raise Unreadable(f"{part.format} cannot stand in a field: it is no text.")
    return reader.parse(part.view.text, part.label, Encoding(), "")


def contents(part: Embedded, kind: RegionKind | None = None) -> Contents:
    """Return what stands in an embedded text.

    Args:
        part: The text.
        kind: What all its blocks are, where the outer format knows that (a headline); None for what their own says.

    Raises:
        Unreadable: Its format cannot read it.
    """
    inner, outer = document_of(part), part.view
    blocks: list[Block] = []
    regions: list[Region] = []
    for block in inner.blocks:
        span = _place(outer, block.start, block.end)
        said = kind or block.kind
        blocks.append(Block(said, span.start, span.end, composed(outer, block.view)))
    own = {(block.kind, block.start, block.end) for block in inner.blocks}
    for region in inner.regions:
        span = _place(outer, region.start, region.end)
        said = kind if kind is not None and tuple(region) in own else region.kind
        regions.append(Region(said, span.start, span.end))
    directives = tuple(_directive(directive, part) for directive in inner.directives)
    unread = tuple(Unread(*_place(outer, one.start, one.end), one.what) for one in inner.unread)
    return Contents(tuple(blocks), tuple(regions), directives, unread)


def joined(found: Iterable[Contents]) -> Contents:
    """Return the contents of several embedded texts, which come in the file's order."""
    every = list(found)
    return Contents(
        tuple(block for one in every for block in one.blocks),
        tuple(region for one in every for region in one.regions),
        tuple(directive for one in every for directive in one.directives),
        tuple(stretch for one in every for stretch in one.unread),
    )


def between(parts: Sequence[Embedded], length: int) -> list[Region]:
    """Return what of a file of data lies outside its texts, as regions: programs read it, and nobody else."""
    found: list[Region] = []
    at = 0
    for start, end in (*((part.start, part.end) for part in parts), (length, length)):
        if start > at:
            found.append(Region(RegionKind.DATA, at, start))
        at = max(at, end)
    return found


def _place(outer: View, start: int, end: int) -> Span:
    return outer.to_document(start, max(start, end))


def _directive(directive: Directive, part: Embedded) -> Directive:
    """Return a directive at the file's positions. It speaks of the field that it stands in: lines there are no lines of
    the file.
    """
    span = _place(part.view, directive.start, directive.end)
    return directive._replace(start=span.start, end=span.end, covers=Span(part.start, part.end))


class Change(NamedTuple):
    """An edit of a file that lies in an embedded text, reduced to what changes: `[start, end)` of what the text says,
    and the words put in there, as its own format spells them.
    """

    start: int
    end: int
    text: str


def change(document: Document, part: Embedded, edit: Edit) -> Change:
    """Return an edit of a document as a change of one of its embedded texts, which it does not reach out of."""
    start, end = max(part.start, min(edit.start, part.end)), max(part.start, min(edit.end, part.end))
    start, end, text = narrowed(document, part.view, Edit(start, end, edit.text))
    seen = _seen(part.view, start, end)
    return Change(seen.start, seen.end, text)


def narrowed(document: Document, outer: View, edit: Edit) -> Edit:
    """Return an edit without what it leaves as it is: what is left of its text is copy, to be spelled for the file.

    A correction that reaches over escapes or markup has them in its text, as `pipeline.seams` sews them. One of plain
    words stays whole.

    Args:
        document: The document.
        outer: The view of the text around it, whose escapes are not to be cut.
        edit: The edit.
    """
    start, end, text = edit
    raw = document.text[start:end]
    seen = outer.span_of(start, end)
    number = document.block_at(start)
    view = document.blocks[number].view if number is not None else outer
    if end <= start or (outer.text[seen.start : seen.end] == raw and _unbroken(view, start, end)):
        return edit
    before = _common(raw, text)
    before = max(0, _boundary(view, outer, start + before, forwards=False) - start) if before else 0
    after = _common(raw[before:][::-1], text[before:][::-1])
    after = end - _boundary(view, outer, end - after, forwards=True) if after else 0
    after = max(0, min(after, len(raw) - before, len(text) - before))
    return Edit(start + before, end - after, text[before : len(text) - after])


def _seen(view: View, start: int, end: int) -> Span:
    if start < end:
        return view.span_of(start, end)
    at = view.from_document(start)
    return Span(at, at)


def spelled(document: Document, part: Embedded, edit: Edit) -> Change:
    """Return an edit of a document as a change of one of its embedded texts, spelled as that text's own format needs,
    and with what a deletion would leave of lines and spaces there.
    """
    found = change(document, part, edit)
    inner = document_of(part)
    own = registry.spelled(inner, widened(inner.text, Edit(*found)))
    return Change(*own)


def harmless(part: Embedded, after: str) -> bool:
    """Return whether programs read an embedded text as before once it says something else.

    Args:
        part: The text as it is.
        after: What it says then.
    """
    if part.format == "text":
        return True
    inner = document_of(part)
    same = _common(inner.text, after)
    behind = _common(inner.text[same:][::-1], after[same:][::-1])
    edit = Edit(same, len(inner.text) - behind, after[same : len(after) - behind])
    return bool(registry.harmless(inner, [edit]))


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin alike with."""
    shorter = min(len(one), len(other))
    if one[:shorter] == other[:shorter]:
        return shorter
    low, high = 0, shorter  # the first `low` are alike, the first `high` are not
    while high - low > 1:
        middle = (low + high) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle
    return low


def _unbroken(view: View, start: int, end: int) -> bool:
    """Return whether a view shows all of a stretch of the document, character by character."""
    seen = view.span_of(start, end)
    return len(seen) == end - start and view.to_document(seen.start, seen.end) == (start, end)


def _boundary(view: View, outer: View, position: int, *, forwards: bool) -> int:
    """Return the position, or where it lies inside an escape or markup the nearest one before or after it."""
    for one in (view, outer):
        index = bisect_right(one.segments, position, key=_start) - 1
        if index < 0:
            continue
        segment = one.segments[index]
        end = segment.start + segment.length
        if position < end and position > segment.start and segment.view_length != segment.length:
            position = end if forwards else segment.start
    index = bisect_left(view.segments, position, key=_start)
    before = view.segments[index - 1] if index else None
    if before is not None and position > before.start + before.length:  # in markup that the view does not show
        following = view.segments[index].start if index < len(view.segments) else position
        if position != following:
            return following if forwards else before.start + before.length
    return position


def _start(segment: Segment) -> int:
    return segment.start
