"""A document as it is laid out on the report's page: paragraphs in order, and in Markdown how each of them reads.

Markup that a reader does not see stays in a paragraph as quiet stretches, so that every character keeps its place; what
it means (a heading's level, a list's sign, emphasis, the cells of a table) is said beside it. It is read from the quiet
stretches alone, never from copy: an asterisk that a reader sees is an asterisk.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corrigenda.documents.document import Document
from corrigenda.documents.parts import Region, RegionKind, Segment

Stretch = tuple[int, int]

QUIET = "quiet"
"""The kind of a paragraph that stands outside all blocks: code, front matter, HTML."""

_SIGNS = re.compile(
    r"\[[ xX]\](?=[ \t])|\*{1,3}|_{1,3}|`+|~~|!?\["
    r"|\]\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\]\[[^\]\n]*\]|\]"
)
_STYLES = {"*": "em", "_": "em", "**": "strong", "__": "strong", "***": "strong", "___": "strong", "~~": "struck"}
_BOXES = frozenset(("[ ]", "[x]", "[X]"))
_ITEM = re.compile(r"(?:[-*+]|(\d{1,9})[.)])(?:[ \t]+(\[[ xX]\])(?=[ \t]|$))?(?=[ \t]|$)")
_HEADING = re.compile(r"(#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r"=+|-+")
_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_RULE = re.compile(r"(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}")
_FENCE = re.compile(r"[ \t]{0,3}(?:`{3,}|~{3,})[^\n]*")
_SIGN_RUN = re.compile(r"\S+")
_FARTHEST = 200
"""Characters of a line before what has lines of its own: the signs of lists and quotations."""
_PIPE = re.compile(r"(?<!\\)\|")
_OWN_LINES = frozenset({RegionKind.CODE, RegionKind.FRONT_MATTER, RegionKind.HTML, RegionKind.COMMENT})


class Look(NamedTuple):
    """How a Markdown paragraph reads: a heading's level, a list item's sign and depth, the depth of a quotation,
    whether a row of a table is its head, and what a quiet paragraph is ("code", "rule", "markup").
    """

    level: int = 0
    marker: str = ""
    depth: int = 0
    quoted: int = 0
    head: bool = False
    role: str = ""


class Paragraph(NamedTuple):
    """One paragraph: `[start, end)` in code points, its quiet stretches, its styled stretches, the cells of a
    table's row, and the line that it begins in (None in a file without lines).
    """

    kind: str
    start: int
    end: int
    quiet: tuple[Stretch, ...] = ()
    styles: tuple[tuple[int, int, str], ...] = ()
    cells: tuple[Stretch, ...] = ()
    look: Look = Look()
    line: int | None = None


def paragraphs(document: Document) -> list[Paragraph]:
    """Return the document as it is laid out, in order, in code points. Only white space lies between two paragraphs."""
    laid = [
        Paragraph(kind, start, end, quiet, line=document.locate(start).line)
        for kind, start, end, quiet in _laid(document)
    ]
    if document.format == "markdown":
        return _as_it_reads(laid, document)
    return [_without_tags(one) for one in laid] if hides_signs(document) else laid


def hides_signs(document: Document) -> bool:
    """Return whether a document is shown as it reads, its markup hidden until somebody asks for it."""
    return document.format == "markdown" or bool(document.regions_of(RegionKind.MARKUP))


def _without_tags(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph of a page as it reads: what stands outside all blocks is no part of it."""
    if paragraph.kind == QUIET:
        return paragraph._replace(look=Look(role="markup"))
    if paragraph.kind == RegionKind.HEADING.value:
        return paragraph._replace(look=Look(level=2))
    return paragraph._replace(look=Look(marker="•")) if paragraph.kind == RegionKind.LIST.value else paragraph


# --- which characters belong together ---


def _laid(document: Document) -> list[tuple[str, int, int, tuple[Stretch, ...]]]:
    """Return (kind, start, end, quiet stretches) in order.

    Blocks on one line (cells of a table) share a paragraph; markup that a reader would not see is a quiet stretch in
    it; text outside all blocks (code, front matter) is a paragraph of kind "quiet".
    """
    text = document.text
    result: list[tuple[str, int, int, tuple[Stretch, ...]]] = []
    start = 0
    kind = ""
    quiet: list[tuple[int, int]] = []
    at = 0

    def close(end: int) -> None:
        nonlocal kind
        if kind:
            result.append((kind, start, end, _inside(quiet, start, end)))
        kind = ""

    for block in sorted(document.blocks, key=lambda block: (block.start, -block.end)):
        if block.end <= at or block.end <= block.start:
            continue
        begin = max(block.start, at)
        gap = text[at:begin]
        first, last = _first_break(gap), max(gap.rfind("\n"), gap.rfind("\r")) + 1
        if kind and first < 0:
            if gap:
                quiet.append((at, begin))
        else:
            tail = at + last
            if kind:
                end = _trim(text, start, at + first)
                if at < end:
                    quiet.append((at, end))
                close(end)
                _between(text, at + first, tail, result)
            else:
                _between(text, at, tail, result)
            lead = begin - len(text[tail:begin].lstrip()) if text[tail:begin].strip() else begin
            start, kind, quiet = lead, block.kind.value, [(lead, begin)] if lead < begin else []
        quiet.extend(_markup(block.view.segments, begin, block.end))
        at = block.end
    rest = text[at:]
    first = _first_break(rest)
    head = at + (first if first >= 0 else len(rest))
    if kind:
        end = _trim(text, start, head)
        if at < end:
            quiet.append((at, end))
        close(end)
        _between(text, head, len(text), result)
    else:
        _between(text, at, len(text), result)
    return result


def _first_break(text: str) -> int:
    ends = [place for place in (text.find("\n"), text.find("\r")) if place >= 0]
    return min(ends) if ends else -1


def _trim(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _between(text: str, start: int, end: int, result: list[tuple[str, int, int, tuple[Stretch, ...]]]) -> None:
    """Add what stands outside all blocks as a quiet paragraph, without the blank lines around it."""
    piece = text[start:end]
    if not piece.strip():
        return
    first = start + len(piece) - len(piece.lstrip())
    first = max(max(text.rfind("\n", start, first), text.rfind("\r", start, first)) + 1, start)
    result.append((QUIET, first, start + len(piece.rstrip()), ()))


def _markup(segments: Sequence[Segment], start: int, end: int) -> list[Stretch]:
    """Return the stretches of a block that its view leaves out."""
    gaps = []
    at = start
    for segment in segments:
        if segment.start > at:
            gaps.append((at, min(segment.start, end)))
        at = max(at, segment.start + segment.length)
    if at < end:
        gaps.append((at, end))
    return [gap for gap in gaps if gap[0] < gap[1]]


def _inside(spans: Sequence[Stretch], start: int, end: int) -> tuple[Stretch, ...]:
    return tuple((max(a, start), min(b, end)) for a, b in spans if a < end and start < b)


# --- how Markdown reads ---


def _as_it_reads(laid: Sequence[Paragraph], document: Document) -> list[Paragraph]:
    text = document.text
    own = [(r.start, r.end) for r in document.regions if r.kind in _OWN_LINES]
    set_apart = [r for r in document.regions if r.kind in (RegionKind.CODE, RegionKind.STRUCK)]
    result: list[Paragraph] = []
    for paragraph in laid:
        if paragraph.kind == QUIET:
            for part in _parted(paragraph, text, own):
                result.append(_quiet(part, text, result[-1].kind if result else ""))
                if result[-1].look.role == "markup" and len(result) > 1:
                    result[-2] = _underlined(result[-2], text[part.start : part.end].strip())
        else:
            result.append(_styled(paragraph, text, set_apart))
    return [paragraph._replace(line=document.locate(paragraph.start).line) for paragraph in result]


def _parted(paragraph: Paragraph, text: str, own: Sequence[Stretch]) -> Iterator[Paragraph]:
    """Cut what stands between two blocks where code, front matter or HTML begins or ends, elsewhere at blank lines."""
    first = max(0, bisect_right(own, (paragraph.start, paragraph.end)) - 1)
    at = paragraph.start
    for start, end in own[first : bisect_left(own, (paragraph.end, 0))]:
        low = max(at, start - _FARTHEST)
        line = text.rfind("\n", low, start)
        if line < 0 and low > at:
            continue  # it stands far inside its line
        begin = max(line + 1, at)
        if end <= at or start < at or text[begin:start].strip(" \t>"):
            continue
        yield from _by_blank_lines(text, at, begin)
        stop = min(end, paragraph.end)
        if text[begin:stop].strip():
            yield Paragraph(QUIET, begin, begin + len(text[begin:stop].rstrip()))
        at = max(at, stop)
    yield from _by_blank_lines(text, at, paragraph.end)


def _by_blank_lines(text: str, start: int, end: int) -> Iterator[Paragraph]:
    at = start
    for match in re.finditer(r"\S(?:[^\n]|\n(?![ \t\r]*(?:\n|$)))*", text[start:end]):
        first = start + match.start()
        line = max(text.rfind("\n", at, first) + 1, at)
        at = start + match.end()
        yield Paragraph(QUIET, line, start + match.start() + len(match[0].rstrip()))


def _quiet(paragraph: Paragraph, text: str, before: str) -> Paragraph:
    """Say what a quiet paragraph is: code without its fences, a rule, or signs that the paragraph before explains."""
    shown = text[paragraph.start : paragraph.end]
    plain = shown.strip()
    if (before == "table" and _ROW.fullmatch(plain)) or (before == "heading" and _UNDERLINE.fullmatch(plain)):
        return paragraph._replace(look=Look(role="markup"))
    if _RULE.fullmatch(plain):
        return paragraph._replace(look=Look(role="rule"))
    if not plain.strip("> \t\r\n"):
        return paragraph._replace(look=Look(role="markup"))
    lines = shown.split("\n")
    if len(lines) > 1 and _FENCE.fullmatch(lines[0].rstrip("\r")):
        head = paragraph.start + len(lines[0]) + 1
        quiet = [(paragraph.start, head)]
        if len(lines) > 2 and _FENCE.fullmatch(lines[-1].rstrip("\r")):
            quiet.append((paragraph.end - len(lines[-1]) - 1, paragraph.end))
        return paragraph._replace(quiet=tuple(quiet), look=Look(role="code"))
    return paragraph


def _underlined(paragraph: Paragraph, signs: str) -> Paragraph:
    """Put to a paragraph what the signs below it say: the level of a heading, or that a row is its table's head."""
    if paragraph.kind == "table":
        return paragraph._replace(look=paragraph.look._replace(head=True))
    return paragraph._replace(look=paragraph.look._replace(level=1 if signs.startswith("=") else 2))


def _styled(paragraph: Paragraph, text: str, set_apart: Sequence[Region]) -> Paragraph:
    start = paragraph.start
    lead_end = paragraph.quiet[0][1] if paragraph.quiet and paragraph.quiet[0][0] == start else start
    look = _look(paragraph.kind, text[start:lead_end], start - (text.rfind("\n", 0, start) + 1))
    cells = _cells(paragraph, text) if paragraph.kind == "table" else ()
    styles = _spans(paragraph, text)
    shown = []
    first = max(0, bisect_right(set_apart, paragraph.start, key=_start) - 1)
    for region in set_apart[first : bisect_left(set_apart, paragraph.end, key=_start)]:
        a, b = region.start, region.end
        if not (start <= a and b <= paragraph.end):
            continue
        if region.kind is RegionKind.STRUCK:
            inner = text[a:b].strip("~")
            a += text[a:b].index(inner)
            b = a + len(inner)
        if region.kind is RegionKind.STRUCK or text[a] != "`":
            shown.append((a, b))
        if a < b:
            styles.append((a, b, "struck" if region.kind is RegionKind.STRUCK else "code"))
    quiet = _without(paragraph.quiet, shown, text)
    return paragraph._replace(look=look, cells=cells, quiet=quiet, styles=tuple(sorted(set(styles))))


def _start(region: Region) -> int:
    return region.start


def _without(quiet: Sequence[Stretch], shown: Sequence[Stretch], text: str) -> tuple[Stretch, ...]:
    """Return quiet stretches without what a reader sees of them: words that are struck out, a template's own text."""
    if not shown:
        return tuple(quiet)
    left: list[Stretch] = []
    number = 0
    for start, end in quiet:
        at = start
        while number < len(shown) and shown[number][1] <= start:
            number += 1
        for a, b in shown[number : bisect_left(shown, (end, 0))]:
            left.append((at, a))
            at = max(at, b)
        left.append((at, end))
    # Blanks beside words that are seen are seen.
    return tuple(sign.span() for piece in left for sign in _SIGN_RUN.finditer(text, *piece))


def _look(kind: str, lead: str, indent: int) -> Look:
    """Return what the signs at a paragraph's head say."""
    quoted = lead.count(">")
    rest = lead.replace(">", " ")
    depth = (indent + len(rest) - len(rest.lstrip())) // 2
    rest = rest.strip()
    marker = ""
    item = _ITEM.match(rest)
    if item:
        marker = f"{item[1]}." if item[1] else "•"
        if item[2]:
            marker = "☑" if item[2].casefold() == "[x]" else "☐"
        rest = rest[item.end() :].strip()
    heading = _HEADING.match(rest)
    level = len(heading[1]) if heading else (2 if kind == "heading" else 0)
    return Look(level=level, marker=marker, depth=min(depth, 6) if kind == "list" else 0, quoted=min(quoted, 4))


def _cells(paragraph: Paragraph, text: str) -> tuple[Stretch, ...]:
    """Return the cells of a table's row, the empty ones too: what lies between its quiet bars."""
    bars = [a + m.start() for a, b in paragraph.quiet for m in _PIPE.finditer(text[a:b])]
    edges = [paragraph.start - 1, *bars, paragraph.end]
    cells = [(a + 1, b) for a, b in pairwise(edges)]
    if len(cells) > 1 and not text[slice(*cells[0])].strip():
        cells = cells[1:]
    if len(cells) > 1 and not text[slice(*cells[-1])].strip():
        cells = cells[:-1]
    return tuple((min(a, b), b) for a, b in cells)


def _spans(paragraph: Paragraph, text: str) -> list[tuple[int, int, str]]:
    """Return the stretches that stand between two signs of a paragraph's quiet stretches, with how they are set."""
    found: list[tuple[int, int, str]] = []
    opened: list[tuple[str, int]] = []
    for a, b in paragraph.quiet:
        for match in _SIGNS.finditer(text, a, b):
            sign = match[0]
            if sign in _BOXES:
                continue
            if sign.endswith("["):
                opened.append((sign, match.end()))
            elif sign.startswith("]"):
                place = next((n for n in reversed(range(len(opened))) if opened[n][0].endswith("[")), None)
                if place is not None:
                    style = "picture" if opened[place][0] == "![" else "link"
                    found.append((opened[place][1], match.start(), style))
                    del opened[place:]
            elif sign in _STYLES:
                place = next((n for n in reversed(range(len(opened))) if opened[n][0] == sign), None)
                if place is None:
                    opened.append((sign, match.end()))
                else:
                    found.append((opened[place][1], match.start(), _STYLES[sign]))
                    del opened[place:]
    return [(a, b, style) for a, b, style in found if a < b]
