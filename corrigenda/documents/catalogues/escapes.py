"""Strings with escapes: what they say, mapped to how they are written, and back."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from corrigenda.documents.parts import Edit, Segment, View

Escapes = Callable[[int, int], Iterable[tuple[int, int, str]]]
"""Yields the escapes in `[start, end)` of a text, ascending: where each stands, and what it stands for."""

Decode = Callable[[re.Match[str]], str | None]
"""Returns what an escape stands for; None where it is no escape and each of its characters stands for itself."""


def decoded(text: str, spans: Sequence[tuple[int, int]], escape: re.Pattern[str], decode: Decode) -> View:
    """Return the view of a string that is written in one or more pieces, one after the other.

    Args:
        text: The file's text.
        spans: Where the pieces stand, ascending, without their quotation marks.
        escape: Finds the escapes.
        decode: Tells what one stands for.
    """

    def found(start: int, end: int) -> Iterator[tuple[int, int, str]]:
        for match in escape.finditer(text, start, end):
            said = decode(match)
            if said is not None:
                yield *match.span(), said

    return view_of(text, spans, found)


def view_of(text: str, spans: Sequence[tuple[int, int]], escapes: Escapes) -> View:
    """Return the view of a string that is written in one or more pieces, one after the other.

    What stands between two pieces (the quotation marks and line break of a string that goes on) belongs to the last
    character of the first: a correction over both replaces it, and the string goes on without a break.

    Args:
        text: The file's text.
        spans: Where the pieces stand, ascending, without their quotation marks.
        escapes: Yields the escapes of `[start, end)` with what each stands for.
    """
    pieces: list[str] = []
    segments: list[Segment] = []
    at = 0
    for start, end in spans:
        if start == end:
            continue
        if segments and segments[-1].start + segments[-1].length < start:
            _stretch(segments, start)
        position = start
        for first, last, said in escapes(start, end):
            if first > position:
                segments.append(Segment(at, first - position, position, first - position))
                pieces.append(text[position:first])
                at += first - position
            position = last
            if said:
                segments.append(Segment(at, len(said), first, last - first))
                pieces.append(said)
                at += len(said)
        if end > position:
            segments.append(Segment(at, end - position, position, end - position))
            pieces.append(text[position:end])
            at += end - position
    return View("".join(pieces), tuple(segments))


def _stretch(segments: list[Segment], end: int) -> None:
    """Let the last character of a view stand for all of the file up to `end`."""
    view_start, view_length, start, length = segments.pop()
    if view_length == length > 1:
        segments.append(Segment(view_start, view_length - 1, start, length - 1))
        view_start, view_length, start = view_start + view_length - 1, 1, start + length - 1
    segments.append(Segment(view_start, view_length, start, end - start))


def respelled(text: str, edit: Edit, token: re.Pattern[str], spell: Callable[[str], str]) -> Edit:
    """Return an edit whose text is copy as the edit that the file is given.

    A correction may keep what stands in the file at its beginning and its end, markup and escapes with it
    (corrigenda.pipeline.seams); that stays as it is, and what lies between is spelled.

    Args:
        text: The file's text.
        edit: The edit.
        token: Matches, at any position of the file's string, what must not be cut: an escape, or one character.
        spell: Returns copy as the format writes it.
    """
    raw, put = text[edit.start : edit.end], edit.text
    bounds = [0, *(found.end() for found in token.finditer(raw))]
    head = 0
    for bound in bounds:
        if not put.startswith(raw[:bound]):
            break
        head = bound
    tail = len(raw)
    for bound in reversed(bounds):
        kept = len(raw) - bound
        if bound < head or kept > len(put) - head or not put.endswith(raw[bound:]):
            break
        tail = bound
    middle = put[head : len(put) - (len(raw) - tail)]
    return edit._replace(text=raw[:head] + spell(middle) + raw[tail:])
