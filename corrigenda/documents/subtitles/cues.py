"""The cues of a subtitle file, and what is said in each of their lines."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from corrigenda.expressions import lazy

MOST_CUES = 100_000
"""Cues of a file that are read; a feature film has some two thousand."""

TIMING = lazy(
    r"(?:^|(?<=\r))[ \t]*(?:\d{1,4}:)?\d{1,3}:\d{2}[,.:]\d{1,3}[ \t]*-->"
    r"[ \t]*(?:\d{1,4}:)?\d{1,3}:\d{2}[,.:]\d{1,3}[^\r\n]*",
    re.MULTILINE,
)
_CLOCK = re.compile(r"(?:\d{1,4}:)?\d{1,3}:\d{2}[,.:]\d{1,3}")
_PARTS = re.compile(r"\d+")
_NUMBER = re.compile(r"[ \t]*\d{1,9}[ \t]*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_MARKUP = re.compile(
    r"\{\\[^{}]{0,400}\}"  # {\an8}
    r"|\{[a-zA-Z]:[^{}]{0,60}\}"  # {y:i}
    r"|</?(?:i|b|u|s|font|c|v|lang|ruby|rt|em|strong)(?:[.\s][^<>]{0,400})?/?>"
    r"|<\d{1,3}(?::\d{2}){1,2}[.,]\d{1,3}>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_DASH = re.compile(r"[ \t]*(?:[-–—‐]|>>)[ \t]*(?=[^\s\d-])")
_SPEAKER = re.compile(
    r"[ \t]*(?:\[[^\[\]]{1,40}\]:|[^\W\d_a-z][^\Wa-z_]*(?:[ '’.&#-]{1,2}[^\Wa-z_]+){0,4}:)(?=[ \t]|$)"
)
_NOTE = re.compile(r"(?:\[[^\[\]]{1,200}\]|\([^()a-z]{1,200}\)|[♪♫#]+(?=[ \t]|$))[ \t]*")
_WHOLE_NOTE = re.compile(r"[ \t]*(?:\[([^\[\]]{1,400})\]|\(([^()]{1,400})\))[ \t.]*")


class Cue(NamedTuple):
    """`[start, end)` of what a cue shows, its number from 1, the time at which it is shown as the file has it, and how
    long nothing was shown before it, in seconds.
    """

    start: int
    end: int
    number: int
    time: str
    pause: float = 0.0


class Line(NamedTuple):
    """A line of a cue: `[start, end)` without white space around it, the stretches of it that nobody says (markup,
    notes, dashes, labels), the entities with what they are, and whether a new speaker begins.

    `note` is set for a line that is nothing but a note of sounds; its brackets are among the stretches.
    """

    start: int
    end: int
    cuts: tuple[tuple[int, int], ...]
    entities: tuple[tuple[int, int, str], ...]
    new: bool
    note: bool


def cues(text: str, *, strict: bool) -> Iterator[Cue]:
    """Yield the cues of a file, in their order.

    Args:
        text: The text.
        strict: Whether an empty line ends a cue, as in WebVTT; otherwise the next one's number does.
    """
    timings = list(TIMING.finditer(text))
    over = 0.0
    for number, timing in enumerate(timings, 1):
        start = _line_after(text, timing.end())
        limit = timings[number].start() if number < len(timings) else len(text)
        end = _end(text, start, limit, strict=strict, last=number == len(timings))
        if end > start:
            begins, ends = (_seconds(said) for said in _CLOCK.findall(timing[0])[:2])
            yield Cue(start, end, number, timing[0].split()[0], begins - over)
            over = ends


def _seconds(said: str) -> float:
    """Return a time of a cue in seconds."""
    result = 0
    *whole, part = _PARTS.findall(said)
    for number in whole:
        result = result * 60 + int(number)
    return result + int(part.ljust(3, "0")) / 1000


def _line_after(text: str, at: int) -> int:
    found = _LINE.match(text, at)
    return found.end() if found is not None else at


def _end(text: str, start: int, limit: int, *, strict: bool, last: bool) -> int:
    """Return where a cue's text ends that begins at a position and has room up to another."""
    lines: list[tuple[int, int]] = []
    at = start
    while at < limit:
        following = min(_line_after(text, at), limit)
        if following == at:
            break
        blank = not text[at:following].strip()
        if blank and (strict or not lines):
            break
        lines.append((at, following))
        at = following
    if not strict and not last and lines and _NUMBER.fullmatch(text[slice(*lines[-1])].rstrip("\r\n")):
        lines.pop()
    if not lines:
        return start
    return start + len(text[start : lines[-1][1]].rstrip())


def lines(text: str, cue: Cue, *, entities: bool) -> Iterator[Line]:
    """Yield the lines of a cue in which anything stands.

    Args:
        text: The file's text.
        cue: The cue.
        entities: Whether the format has entities.
    """
    at = cue.start
    while at < cue.end:
        following = min(_line_after(text, at), cue.end)
        if following == at:
            break
        start = at + len(text[at:following]) - len(text[at:following].lstrip())
        end = at + len(text[at:following].rstrip())
        if end > start:
            yield _line(text, start, end, entities=entities)
        at = following


def _line(text: str, start: int, end: int, *, entities: bool) -> Line:
    cuts = [found.span() for found in _MARKUP.finditer(text, start, end)]
    new = any(text[first : first + 2].lower() == "<v" for first, _ in cuts)
    at = _past(cuts, start)
    note = _WHOLE_NOTE.fullmatch(text, at, _before(cuts, end))
    if note is not None:
        inner = note.span(1) if note[1] is not None else note.span(2)
        cuts += [(at, inner[0]), (inner[1], _before(cuts, end))]
        return Line(start, end, tuple(cuts), (), True, True)
    dash = _DASH.match(text, at, end)
    if dash is not None:
        cuts.append(dash.span())
        new = True
        at = _past(cuts, dash.end())
    for span in _notes(text, at, end):
        cuts.append(span)
        at = _past(cuts, span[1]) if span[0] == at else at
    speaker = _SPEAKER.match(text, at, end)
    if speaker is not None:
        cuts.append(speaker.span())
        new = True
    found = tuple((*one.span(), unescape(one[0])) for one in _ENTITY.finditer(text, start, end)) if entities else ()
    return Line(start, end, tuple(sorted(cuts)), tuple(one for one in found if len(one[2]) == 1), new, False)


def _notes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _NOTE.finditer(text, start, end):
        yield found.span()


def _past(cuts: list[tuple[int, int]], at: int) -> int:
    """Return the position behind the markup that begins at another."""
    for first, last in sorted(cuts):
        if first <= at < last:
            at = last
    return at


def _before(cuts: list[tuple[int, int]], at: int) -> int:
    """Return the position before the markup that ends at another."""
    for first, last in sorted(cuts, reverse=True):
        if first < at <= last:
            at = first
    return at
