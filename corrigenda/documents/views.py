"""Making a block's view: what the reader does not see is dropped, and what is left is mapped back to the document."""

import re
from collections.abc import Sequence
from re import Pattern

from corrigenda.documents.document import View

# The look-behind keeps a run of spaces that no line break ends from being scanned once for each of them.
GAP = re.compile(r"(?<![ \t\u00a0])[ \t\u00a0]*(\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])\s*")
"""A line break inside a paragraph, with the spaces around it."""


def plain(text: str, start: int, end: int) -> View:
    """Return the view of a stretch of the document that is read as it stands."""
    return View(text[start:end], ((0, start, end - start),))


def joined(text: str, spans: Sequence[tuple[int, int]]) -> View:
    """Return the view of several stretches of the document, one after the other."""
    runs: list[tuple[int, int, int]] = []
    at = 0
    for start, end in spans:
        if end > start:
            runs.append((at, start, end - start))
            at += end - start
    return View("".join(text[start:end] for start, end in spans), tuple(runs))


def keep(view: View, spans: Sequence[tuple[int, int]]) -> View:
    """Return a view of the given stretches (ascending, not overlapping) of another view."""
    runs: list[tuple[int, int, int]] = []
    at = 0
    index = 0
    for start, end in spans:
        while index < len(view.runs) - 1 and view.runs[index][0] + view.runs[index][2] <= start:
            index += 1
        scan = index
        while start < end and scan < len(view.runs):
            run_at, origin, length = view.runs[scan]
            taken = min(end, run_at + length) - start
            if taken > 0:
                first = origin + start - run_at
                if runs and runs[-1][0] + runs[-1][2] == at and runs[-1][1] + runs[-1][2] == first:
                    runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + taken)
                else:
                    runs.append((at, first, taken))
                at += taken
                start += taken
            scan += 1
    return View("".join(view.text[start:end] for start, end in spans), tuple(runs))


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
    return View(" ".join(words), kept.runs)


def with_breaks(view: View, positions: Sequence[int]) -> View:
    """Return a view in which the characters at the given positions are line breaks; they map to what they stood for."""
    pieces: list[str] = []
    at = 0
    for position in sorted(positions):
        pieces += (view.text[at:position], "\n")
        at = position + 1
    pieces.append(view.text[at:])
    return View("".join(pieces), view.runs)
