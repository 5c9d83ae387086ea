"""Plain text: paragraphs, whether a line is one or several lines are, headings, captions, lists, quoted mail,
addresses.
"""

from itertools import pairwise

from corrigenda.documents import characters, directives, urls, views
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.kinds import FINAL, LIST_ITEM, QUOTED, kind_of
from corrigenda.documents.parts import Block, Encoding, Region, RegionKind
from corrigenda.expressions import lazy

SUFFIXES = (".txt", ".text", "")

MAX_LINES = 250_000
"""Most lines a text may have; an article has a hundred, a long book some tens of thousands."""

WRAP_WIDTH = 120
"""Longest line, in code points, that can be a hard-wrapped one."""

_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_QUOTED_GAP = lazy(r"(?<![ \t\u00a0])[ \t\u00a0]*(\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])\s*(?:(?:>[ \t]?)+)?")


class TextReader(IdentityReader):
    """Reads plain text and writes it back."""

    format = "text"
    suffixes = SUFFIXES

    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        """Return the document of a plain text. Raises Unreadable as the module's `parse`."""
        return parse(text, display, encoding, sha256)


READER = TextReader()


def parse(text: str, display: str, encoding: Encoding | None = None, sha256: str = "") -> Document:
    """Return the document of a plain text.

    Raises:
        Unreadable: The text has more than `MAX_LINES` lines.
    """
    if sum(map(text.count, _LINE_ENDS)) > MAX_LINES:
        raise Unreadable(f"The text has more than {MAX_LINES:,} lines. Split it.")
    blocks, regions = _blocks(text)
    spoken = directives.find(text)
    more = [*urls.find(text), *directives.regions(spoken)]
    if more:
        regions += more
        regions.sort(key=lambda region: (region.start, -region.end))
    return Document(display, text, "text", tuple(regions), tuple(blocks), encoding or Encoding(), sha256, spoken)


def _blocks(text: str) -> tuple[list[Block], list[Region]]:
    lines = _lines(text)
    width = _wrap_width(text, lines)
    joined = bool(width) or ">" in text
    groups = _grouped(text, lines, width) if joined else lines
    blocks: list[Block] = []
    regions: list[Region] = []
    spaced = sum(1 for line in lines if line[2]) * 2 > len(lines)
    odd = characters.any_odd(text)
    last = len(groups) - 1
    for index, (start, end, gap) in enumerate(groups):
        alone = gap and (index == last or groups[index + 1][2])
        kind, skip = kind_of(text, start, end, index == 0, alone, spaced)
        regions.append(Region(kind, start, end))
        view = views.plain(text, start + skip, end)
        if odd:
            view = characters.as_read(view)
        if odd or joined:
            view = views.tidy(view, _QUOTED_GAP if kind is RegionKind.QUOTATION else views.GAP)
        if not view.text:  # a line of nothing but invisible marks
            continue
        blocks.append(Block(kind, start + skip, end, view))
    return blocks, regions


def _lines(text: str) -> list[tuple[int, int, bool]]:
    """Return start, end and "an empty line or nothing stands before it" of each line that holds anything, spaces
    trimmed.
    """
    found: list[tuple[int, int, bool]] = []
    position = 0
    gap = True
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = position + line.index(bare)
            found.append((start, start + len(bare), gap))
            gap = False
        elif not (line == "\n" and text[position - 1 : position] == "\r"):
            gap = True
        position += len(line)
    return found


def _wrap_width(text: str, lines: list[tuple[int, int, bool]]) -> int:
    """Return the width at which a text's paragraphs are hard-wrapped, 0 where each line is a paragraph.

    In wrapped text a line stops only where the next word would not fit, so nearly every line that another follows is
    full; and it stops anywhere in a sentence. In a dump with one paragraph a line neither is so.
    """
    pairs = [
        (end - start + _indent(text, start), following[0], following[1], text[end - 1])
        for (start, end, _), following in pairwise(lines)
        if not following[2] and end - start <= WRAP_WIDTH and not _is_indented(text, start, end, following[0])
    ]
    if not pairs or len(pairs) * 3 < sum(1 for line in lines[1:] if not line[2]) * 2:
        return 0
    lengths = sorted(pair[0] for pair in pairs)
    width = lengths[min(len(lengths) - 1, len(lengths) * 98 // 100)]
    if width < 30:
        return 0
    full = sum(1 for length, start, end, _ in pairs if length + 1 + _first_word(text, start, end) >= width - 1)
    stopped = sum(1 for pair in pairs if pair[3] in FINAL and pair[3] != ",")
    goes_on = sum(1 for pair in pairs if text[pair[1]].islower())
    wrapped = full * 10 >= len(pairs) * 7 and stopped * 2 < len(pairs) and goes_on * 10 >= len(pairs) * 3
    return width if wrapped else 0


def _first_word(text: str, start: int, end: int) -> int:
    """Return the length of the first word of `[start, end)`."""
    space = text.find(" ", start, end)
    return (space if space >= 0 else end) - start


def _grouped(text: str, lines: list[tuple[int, int, bool]], width: int) -> list[tuple[int, int, bool]]:
    """Join the lines of one paragraph: full lines of wrapped text, and the lines of quoted mail."""
    groups: list[tuple[int, int, bool]] = []
    previous: tuple[int, int, bool] | None = None
    for line in lines:
        start, end, gap = line
        if previous is not None and not gap and _continues(text, previous, line, width):
            groups[-1] = (groups[-1][0], end, groups[-1][2])
        elif not QUOTED.fullmatch(text, start, end):
            groups.append(line)
        else:  # a quoted empty line: the next one begins a paragraph
            previous = None
            continue
        previous = line
    return groups


def _continues(text: str, previous: tuple[int, int, bool], line: tuple[int, int, bool], width: int) -> bool:
    before, quoted = QUOTED.match(text, previous[0], previous[1]), QUOTED.match(text, line[0], line[1])
    if (before is None) != (quoted is None):
        return False
    if before is not None and quoted is not None:
        return before[0].count(">") == quoted[0].count(">") and text[previous[1] - 1] not in ".!?"
    length = previous[1] - previous[0] + _indent(text, previous[0])
    if not width or length > WRAP_WIDTH or length + 1 + _first_word(text, line[0], line[1]) < width - 1:
        return False
    if LIST_ITEM.match(text, line[0], line[1]) and text[previous[1] - 1] in FINAL:
        return False
    return not _is_indented(text, *previous[:2], line[0])


def _is_indented(text: str, start: int, end: int, following: int) -> bool:
    """Return whether a new paragraph follows a line, told by its indentation."""
    return _indent(text, following) >= 2 and _indent(text, start) == 0 and text[end - 1] in FINAL


def _indent(text: str, start: int) -> int:
    begin = start
    while begin > 0 and start - begin < 16 and text[begin - 1] in " \t":
        begin -= 1
    return start - begin
