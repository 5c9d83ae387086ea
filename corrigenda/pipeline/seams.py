"""Corrections over markup: what a check would put in the place of words keeps the marks that stand between them.

A check sees the words as a reader does. Where the words of its finding have markup between them in the file (the
bracket of a link, stars, the sign that begins a line of a quotation), replacing the whole would take the markup away.
So only what differs is replaced: at the end if the words begin alike, else at the beginning.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from corrigenda.documents import characters
from corrigenda.documents.document import Document
from corrigenda.documents.parts import Segment, View

_LINE_BREAK = re.compile(r"([ \t]*(?:\r\n|\r|\n)[ \t>]*)[ \t]")


def sewn(document: Document, start: int, end: int, text: str) -> str | None:
    """Return what is to stand at `[start, end)` of a document, so that its words read as `text` and markup stays.

    None where that cannot be: what is to be replaced has markup in its midst.
    """
    number = document.block_at(start)
    if number is None or end > document.blocks[number].end:
        return text
    view = document.blocks[number].view
    shown = view.span_of(start, end)
    if len(shown) in (0, end - start):
        return text
    quote = view.text[shown.start : shown.end]
    # A line end, of two characters too, is a space in the view.
    if characters.plain(document.text[start:end].replace("\r\n", " ")) == characters.plain(quote):
        return text  # letters written in another way, or invisible marks: no markup
    bare = not _has_markup(document, view, start, end)
    for first, last, put in _changes(quote, text):
        place = _place(document, view, shown.start + first, shown.start + last)
        if place is not None:
            return document.text[start : place[0]] + put + document.text[place[1] : end]
    return text if bare else _on_two_lines(document, view, (shown.start, shown.end), text)


def _has_markup(document: Document, view: View, start: int, end: int) -> bool:
    """Return whether a stretch of the file has anything that its reader does not see, other than invisible marks.

    A ligature, an entity or a letter with its accent is longer or shorter than what is read, and is seen.
    """
    reached = start
    first = max(0, bisect_right(view.segments, start, key=lambda segment: segment.start) - 1)
    for segment in islice(view.segments, first, None):
        if segment.start >= end:
            break
        if segment.start > reached and characters.plain(document.text[reached : segment.start].rstrip("\r")):
            return True
        reached = max(reached, segment.start + segment.length)
    return False


def _changes(quote: str, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the smallest changes that make one text of another: what differs, aligned to the end and to the start."""
    shorter = min(len(quote), len(text))
    same = next((n for n in range(shorter) if quote[n] != text[n]), shorter)
    left = shorter - same
    behind = next((n for n in range(left) if quote[-1 - n] != text[-1 - n]), left)
    yield same, len(quote) - behind, text[same : len(text) - behind]
    behind = next((n for n in range(shorter) if quote[-1 - n] != text[-1 - n]), shorter)
    left = shorter - behind
    same = next((n for n in range(left) if quote[n] != text[n]), left)
    yield same, len(quote) - behind, text[same : len(text) - behind]


def _place(document: Document, view: View, first: int, last: int) -> tuple[int, int] | None:
    """Return where a stretch of a view stands in the file, None if it has markup or a line break in its midst."""
    span = view.to_document(first, last)
    if last == first and first:  # behind the character before it, not before the next, which markup may part
        at = view.to_document(first - 1, first).end
        return at, at
    if not _is_whole(view, first, last) or "\n" in document.text[span.start : span.end]:
        return None
    return span.start, span.end


def _is_whole(view: View, first: int, last: int) -> bool:
    """Return whether nothing in the file stands between the characters of a stretch, and none is one of several."""
    reached: int | None = None
    index = max(0, bisect_right(view.segments, first, key=_view_start) - 1)
    for view_start, view_length, start, length in islice(view.segments, index, None):
        if view_start >= last:
            break
        if reached is not None and start != reached:
            return False
        if view_length != length and not first <= view_start <= view_start + view_length <= last:
            return False
        reached = start + length
    return True


def _view_start(segment: Segment) -> int:
    return segment.view_start


def _on_two_lines(document: Document, view: View, shown: tuple[int, int], text: str) -> str | None:
    """Return the words without those that are repeated on the next line, with the signs that the line begins with."""
    start, end = shown
    span = view.to_document(start, end)
    quote = view.text[start:end]
    if not quote.startswith(text) or document.text[span.end : span.end + 1] != " ":
        return None
    gap = _LINE_BREAK.match(document.text, view.to_document(start, start + len(text)).end)
    if gap is None or document.text[gap.end() : span.end] != quote[len(text) :].lstrip():
        return None
    return document.text[span.start : gap.start()] + gap[1]
