"""The scalars of YAML: what they say, mapped to how they are written, in each of YAML's five styles.

PyYAML tells where a scalar begins and ends and what it says. The way from one to the other is walked here, and where it
does not lead to what PyYAML read, the scalar is left alone: no position is ever guessed.
"""

import re
from collections.abc import Iterator, Sequence

from corrigenda.documents.parts import Segment, View

PLAIN, FLOW, SINGLE, DOUBLE, LITERAL, FOLDED = "plain", "flow", "'", '"', "|", ">"
"""The styles; a plain scalar between brackets may hold fewer signs than another."""

_LINE = re.compile(r"([^\r\n\x85\u2028\u2029]*)(\r\n|[\r\n\x85\u2028\u2029]|\Z)")
_PROPERTIES = re.compile(r"(?:[&!][^\s]*\s+)*")
_HEADER = re.compile(r"[|>][-+0-9]{0,2}[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n])")
_FOLD = re.compile(r"[ \t]*(?:\r\n|[\r\n])[\s]*")
_BREAK = re.compile(r"\r\n|[\r\n]")
_QUOTED = re.compile(r"''")
_ESCAPE = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}"
    r"|(?:\r\n|[\r\n])[ \t]*|[^\r\n])"
)
_SAID = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}

Piece = tuple[str, int, int]
"""What is said, and `[start, end)` of the file where it is written."""


def view(text: str, start: int, end: int, style: str, said: str) -> View | None:
    """Return the view of a scalar, None where its way of writing is not understood.

    Args:
        text: The file's text.
        start: Where the scalar begins, with its quotation mark or the head of its block.
        end: Where it ends.
        style: One of the styles.
        said: What it says, as PyYAML read it.
    """
    if style in (LITERAL, FOLDED):
        pieces = _block(text, start, end, said, folded=style == FOLDED)
    elif style in (PLAIN, FLOW):
        pieces = _flow(text, start, end, None)
    else:
        pieces = _flow(text, start + 1, end - 1, _QUOTED if style == SINGLE else _ESCAPE)
    found = _joined(pieces)
    if style in (LITERAL, FOLDED):
        return found if said.rstrip("\n") == found.text.rstrip("\n") else None
    return found if found.text == said else None


def content_start(text: str, start: int) -> int:
    """Return where a scalar begins behind its anchor and tag."""
    found = _PROPERTIES.match(text, start)
    return found.end() if found is not None else start


def _joined(pieces: Sequence[Piece]) -> View:
    segments: list[Segment] = []
    at = 0
    for said, start, end in pieces:
        if not said:
            continue
        segments.append(Segment(at, len(said), start, end - start))
        at += len(said)
    return View("".join(piece[0] for piece in pieces), tuple(segments))


def _flow(text: str, start: int, end: int, escape: re.Pattern[str] | None) -> list[Piece]:
    """Return the pieces of a plain or quoted scalar: escapes, and lines that are folded."""
    pieces: list[Piece] = []
    at = start
    for first, last, said in _changes(text, start, end, escape):
        if first > at:
            pieces.append((text[at:first], at, first))
        pieces.append((said, first, last))
        at = last
    if end > at:
        pieces.append((text[at:end], at, end))
    return pieces


def _changes(text: str, start: int, end: int, escape: re.Pattern[str] | None) -> Iterator[tuple[int, int, str]]:
    """Yield what does not stand for itself: where it is, and what it says."""
    at = start
    while at < end:
        own = escape.search(text, at, end) if escape is not None else None
        fold = _FOLD.search(text, at, end)
        if own is not None and (fold is None or own.start() <= fold.start()):
            yield *own.span(), _letter(own[0])
            at = own.end()
        elif fold is not None:
            breaks = len(_BREAK.findall(fold[0]))
            yield *fold.span(), "\n" * (breaks - 1) if breaks > 1 else " "
            at = fold.end()
        else:
            return


def _letter(escape: str) -> str:
    sign = escape[1]
    if escape == "''":
        return "'"
    if sign in "xuU":
        if len(escape) == 12:  # a pair of surrogates
            return escape.encode("ascii").decode("unicode-escape").encode("utf-16", "surrogatepass").decode("utf-16")
        code = int(escape[2:], 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"
    if sign in "\r\n":
        return ""
    return _SAID.get(sign, sign)


def _block(text: str, start: int, end: int, said: str, *, folded: bool) -> list[Piece]:
    """Return the pieces of a block scalar: its lines without their indentation, and what is between them."""
    head = _HEADER.match(text, start, end)
    if head is None:
        return []
    lines: list[tuple[int, int]] = []
    at = head.end()
    while at < end:
        line = _LINE.match(text, at, end)
        if line is None or line.end() == at:
            break
        lines.append(line.span(1))
        at = line.end()
    first = next((span for span in lines if text[slice(*span)].strip(" ")), None)
    if first is None:
        return []
    opening = next((own for own in said.split("\n") if own.strip(" ")), "")
    indent = _leading(text[slice(*first)]) - _leading(opening)
    pieces: list[Piece] = []
    previous: tuple[int, int] | None = None
    blank = 0
    for low, high in lines:
        if high - low <= indent and not text[low:high].strip(" "):
            blank += 1
            continue
        low += indent
        if previous is None:
            if blank:
                pieces.append(("\n" * blank, head.end(), low))
        else:
            deeper = text[low] in " \t" or text[previous[0]] in " \t"
            between = "\n" * (blank + 1) if deeper or not folded else "\n" * blank or " "
            pieces.append((between, previous[1], low))
        pieces.append((text[low:high], low, high))
        previous, blank = (low, high), 0
    return pieces


def _leading(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
