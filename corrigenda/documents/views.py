"""Making a block's view: what the reader does not see is dropped, and what is left is mapped back to the document."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from re import Pattern

from corrigenda.documents.parts import Segment, View

# The look-behind keeps a run of spaces that no line break ends from being scanned once for each of them.
GAP = re.compile(r"(?<![ \t\u00a0])[ \t\u00a0]*(\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])\s*")
"""A line break inside a paragraph, with the spaces around it."""


def plain(text: str, start: int, end: int) -> View:
    """Return the view of a stretch of the document that is read as it stands."""
    return View(text[start:end], (Segment(0, end - start, start, end - start),) if end > start else ())


def joined(text: str, spans: Sequence[tuple[int, int]]) -> View:
    """Return the view of several stretches of the document, one after the other."""
    segments: list[Segment] = []
    at = 0
    for start, end in spans:
        if end > start:
            segments.append(Segment(at, end - start, start, end - start))
            at += end - start
    return View("".join(text[start:end] for start, end in spans), tuple(segments))


def lines_joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches of lines, each with the line break and indentation before the next one."""
    joined: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(spans):
        following = spans[number + 1][0] if number + 1 < len(spans) else end
        if text[end:following].strip():  # the frame of a table: of it only the line break is seen
            at = next((n for n in range(end, following) if text[n] in "\r\n"), end)
            joined += ((start, end), (at, at + 1))
        else:
            joined.append((start, following))
    return joined


def keep(view: View, spans: Sequence[tuple[int, int]]) -> View:
    """Return a view of the given stretches (ascending, not overlapping) of another view.

    A part of what stands for a whole (the first letter of a ligature's entity) still stands for the whole.
    """
    segments: list[Segment] = []
    at = 0
    index = max(0, bisect_right(view.segments, spans[0][0], key=_view_start) - 1) if spans else 0
    for start, end in spans:
        while index < len(view.segments) - 1 and view.segments[index][0] + view.segments[index][1] <= start:
            index += 1
        scan = index
        while start < end and scan < len(view.segments):
            view_start, view_length, origin, length = view.segments[scan]
            taken = min(end, view_start + view_length) - start
            if taken > 0:
                if view_length == length:
                    _append(segments, Segment(at, taken, origin + start - view_start, taken))
                else:
                    segments.append(Segment(at, taken, origin, length))
                at += taken
                start += taken
            scan += 1
    return View("".join(view.text[start:end] for start, end in spans), tuple(segments))


def _view_start(segment: Segment) -> int:
    return segment.view_start


def _append(segments: list[Segment], new: Segment) -> None:
    """Append a segment whose characters stand for their own counterparts, joined to the one before where it goes on."""
    if segments:
        view_start, view_length, start, length = segments[-1]
        if view_length == length and start + length == new.start:
            segments[-1] = Segment(view_start, view_length + new.view_length, start, length + new.length)
            return
    segments.append(new)


def replaced(view: View, texts: Sequence[tuple[int, int, str]]) -> View:
    """Return a view in which each stretch `[start, end)` of it (ascending, not overlapping) reads as another text.

    The new text stands for the whole of what the stretch stood for: the letter of an entity for its characters. Where
    the text is empty the stretch is left out.
    """
    pieces: list[str] = []
    segments: list[Segment] = []
    at = 0
    position = 0
    for start, end, text in (*texts, (len(view.text), len(view.text), "")):
        kept = keep(view, [(position, start)])
        pieces.append(kept.text)
        segments += (segment._replace(view_start=segment.view_start + at) for segment in kept.segments)
        at += len(kept.text)
        if text:
            span = view.to_document(start, end)
            segments.append(Segment(at, len(text), span.start, len(span)))
            pieces.append(text)
            at += len(text)
        position = end
    return View("".join(pieces), tuple(segments))


def without(view: View, cuts: Sequence[tuple[int, int]]) -> View:
    """Return a view without the given stretches, in any order; they may overlap."""
    spans: list[tuple[int, int]] = []
    position = 0
    for start, end in sorted(cuts):
        if start > position:
            spans.append((position, start))
        position = max(position, end)
    if position < len(view.text):
        spans.append((position, len(view.text)))
    return keep(view, spans)


def tidy(view: View, gap: Pattern[str] = GAP) -> View:
    """Return a view as it is read: a line break is one space, which maps to the break itself; the ends are trimmed."""
    text = view.text
    start = len(text) - len(text.lstrip())
    end = max(start, len(text.rstrip()))
    gaps = [match for match in gap.finditer(text, start, end) if match.end() < end]
    if not gaps:
        return view if (start, end) == (0, len(text)) else keep(view, [(start, end)])
    spans: list[tuple[int, int]] = []
    position = start
    for match in gaps:
        spans += ((position, match.start()), (match.start(1), match.start(1) + 1))
        position = match.end()
    spans.append((position, end))
    kept = keep(view, spans)
    words = [text[first:last] for first, last in spans[::2]]
    return View(" ".join(words), kept.segments)


def trimmed(view: View) -> View:
    """Return a view without white space at its ends."""
    text = view.text
    if text and not (text[0].isspace() or text[-1].isspace()):
        return view
    start = len(text) - len(text.lstrip())
    return keep(view, [(start, max(start, len(text.rstrip())))])


def with_breaks(view: View, positions: Sequence[int]) -> View:
    """Return a view in which the characters at the given positions are line breaks; they map to what they stood for."""
    pieces: list[str] = []
    at = 0
    for position in sorted(positions):
        pieces += (view.text[at:position], "\n")
        at = position + 1
    pieces.append(view.text[at:])
    return View("".join(pieces), view.segments)
