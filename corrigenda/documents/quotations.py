"""Quotations: what stands between quotation marks, in every style, over one paragraph or several.

Marks that have a direction (“ ” „ “ « » 「 」) are matched as brackets are. Straight ones alternate, and what stands on
both sides of them decides whether a paragraph begins inside a quotation. Single ones come last: nearly all of them are
apostrophes, so one opens a quotation only where a word begins and another one closes it where a word ends.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corrigenda.documents.parts import Block, Quotation, RegionKind
from corrigenda.expressions import lazy
from corrigenda.languages import any_language

if TYPE_CHECKING:
    from corrigenda.languages.base import Apostrophes

_ANY = lazy(r"[“”„‟«»‹›「」『』\"＂‘‚'’‛]")
_DIRECTED = lazy(r"[“”„‟«»‹›「」『』]")
_STRAIGHT = lazy(r"[\"＂]")
_SINGLE = lazy(r"[‘’‚‛']")

_CLOSERS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "‹": "›", "「": "」", "『": "』", "»": "«", "›": "‹", "”": "”"}
# Marks that close one style and open another: German »…«, Swedish ”…”.
_EITHER = frozenset("”»›")

_OPENS_AFTER = frozenset("([{—–-/…“„‟«‹‘‚「『\"'¿¡")
_CLOSES_BEFORE = frozenset(")]}—–-/….,;:!?”»›’」』\"'")

# Six foot two, and minutes and seconds of arc: 6'2", 51°30'26".
_MEASURE = lazy(
    r"\d ?['’′] ?\d{1,2}(?:[.,]\d+)?(?: ?[\"”″]|'')"
    r"|\d[°º] ?\d{1,2} ?['’′](?: ?\d{1,2}(?:[.,]\d+)? ?[\"”″])?"
)

_SPAN_BLOCKS = 30
"""Most paragraphs without marks that a quotation is carried over, from an opening mark to the closing one."""

_MARKS_AT_LEAST = 10_000

_CARRIES = frozenset({RegionKind.PROSE, RegionKind.LIST, RegionKind.QUOTATION})


@dataclass(slots=True)
class _Found:
    """A quotation in a block's view: `[start, end)`, marks included."""

    start: int
    end: int
    style: str
    closed: bool = True
    continued: bool = False


@dataclass(slots=True)
class _Open:
    """An opening mark of an earlier paragraph that nothing closed yet, and the paragraphs since."""

    mark: str
    blocks: list[Block]


def find(blocks: Sequence[Block], length: int, language: str = "") -> tuple[Quotation, ...]:
    """Return the quotations of a document's blocks, ascending by start, the longer first where two start together.

    `length` is that of the document's text in code points, `language` the language's tag: which words an apostrophe
    begins.
    """
    apostrophes = any_language(language).apostrophes
    quotations: list[Quotation] = []
    pending: _Open | None = None
    # People set a mark every hundred characters or so; a text of nothing but marks is not worth the time.
    budget = _MARKS_AT_LEAST + length // 20
    for block in blocks:
        carries = block.kind in _CARRIES
        if _ANY.search(block.view.text) is None:
            if pending is not None and carries:
                pending.blocks.append(block)
                if len(pending.blocks) > _SPAN_BLOCKS:
                    pending = None
            continue
        budget -= len(block.view.text) - len(_ANY.sub("", block.view.text))
        if budget < 0:
            break
        found, closes, unclosed = _in_block(block.view.text, pending.mark if pending and carries else "", apostrophes)
        if pending is not None and carries:
            if closes:
                quotations += (_whole(between, pending.mark) for between in pending.blocks)
            elif found and found[0].start == 0 and found[0].style[0] == pending.mark:
                found[0] = replace(found[0], continued=True)
        quotations += (_placed(block, item) for item in found)
        if carries:
            pending = _Open(unclosed, []) if unclosed else None
    return tuple(sorted(quotations, key=lambda quotation: (quotation.start, -quotation.end)))


def _placed(block: Block, found: _Found) -> Quotation:
    span = block.view.to_document(found.start, found.end)
    return Quotation(span.start, span.end, found.style, found.continued, found.closed)


def _whole(block: Block, mark: str) -> Quotation:
    span = block.view.to_document(0, len(block.view.text))
    return Quotation(span.start, span.end, _style(mark), continued=True, closed=False)


def _style(mark: str) -> str:
    """Return the style that an opening mark alone announces."""
    return mark + (_CLOSERS.get(mark, mark)[-1])


def _in_block(text: str, pending: str, apostrophes: "Apostrophes") -> tuple[list[_Found], bool, str]:
    """Return a paragraph's quotations, whether it closes the pending one, and the mark that stays open at its end."""
    measures = [match.span() for match in _MEASURE.finditer(text)] if "'" in text or "’" in text else []
    directed, closes_directed, open_directed = _directed(text, pending, measures)
    straight, closes_straight, open_straight, stray = _straight(text, pending, measures)
    if open_directed and directed[-1].start < stray and not directed[-1].closed:
        # A straight mark closes what a curly one opened, where each would be alone.
        opened = directed[-1]
        opened.end, opened.style, opened.closed = stray + 1, opened.style[0] + text[stray], True
        open_directed = next((item.style[0] for item in directed if not item.closed), "")
    doubles = sorted([*directed, *straight], key=lambda found: (found.start, -found.end))
    singles = _singles(text, doubles, measures, apostrophes)
    open_single = next((single.style[0] for single in singles if not single.closed), "")
    everything = sorted([*doubles, *singles], key=lambda found: (found.start, -found.end))
    return everything, closes_directed or closes_straight, open_directed or open_straight or open_single


def _directed(text: str, pending: str, measures: list[tuple[int, int]]) -> tuple[list[_Found], bool, str]:
    """Return what marks with a direction enclose, whether they close the pending quotation, and what stays open."""
    marks = [match.start() for match in _DIRECTED.finditer(text) if not _inside(match.start(), measures)]
    if not marks:
        return [], False, ""
    # How many closing marks are left behind each opening one: enough of them, and it is nested in what is open.
    surplus = [0] * (len(marks) + 1)
    for index in range(len(marks) - 1, -1, -1):
        surplus[index] = surplus[index + 1] + (1 if text[marks[index]] in "”»›」』" else -1)
    found: list[_Found] = []
    closes = False
    stack: list[int] = []
    for index, at in enumerate(marks):
        mark = text[at]
        opener = next((depth for depth in range(len(stack) - 1, -1, -1) if mark in _CLOSERS[text[stack[depth]]]), None)
        if opener is not None and not (mark in _EITHER and text[stack[opener]] == mark and not _can_close(text, at)):
            # What was opened since and not closed ends here too.
            found += (_Found(inner, at, _style(text[inner]), closed=False) for inner in stack[opener + 1 :])
            start = stack[opener]
            found.append(_Found(start, at + 1, text[start] + mark))
            del stack[opener:]
        elif mark in _CLOSERS and (mark not in _EITHER or _only_opens(text, at)):
            if stack and text[stack[-1]] == mark and surplus[index + 1] < len(stack) + 1:
                # Opened again without having been closed.
                found.append(_Found(stack[-1], at, _style(mark), closed=False))
                stack.pop()
            if len(stack) < 64:
                stack.append(at)
        elif not found and not stack and not closes and pending and mark in _CLOSERS.get(pending, ""):
            found.append(_Found(0, at + 1, pending + mark, continued=True))
            closes = True
    left = text[stack[0]] if stack else ""
    found += (_Found(start, len(text), _style(text[start]), closed=False) for start in stack)
    return found, closes, left


def _straight(text: str, pending: str, measures: list[tuple[int, int]]) -> tuple[list[_Found], bool, str, int]:
    """As `_directed`; last the position of a closing mark that no straight one opened, -1 where there is none."""
    places = [match.start() for match in _STRAIGHT.finditer(text) if not _inside(match.start(), measures)]
    marks: list[int] = []
    for index, at in enumerate(places):
        following = places[index + 1] if index + 1 < len(places) else None
        if not _is_inch(text, at, len(marks) % 2 == 1, following):
            marks.append(at)
    if not marks:
        return [], False, "", -1
    leaning = [_leaning(text, at) for at in marks]
    outside = sum(lean if index % 2 == 0 else -lean for index, lean in enumerate(leaning))
    found: list[_Found] = []
    closes = False
    first = 0
    stray = -1
    inside = bool(pending) and pending in '"＂' and marks[0] > 0
    if inside and (outside < 0 or (outside == 0 and len(marks) % 2 == 1)):
        found.append(_Found(0, marks[0] + 1, pending + text[marks[0]], continued=True))
        closes = True
        first = 1
    elif leaning[0] < 0 and outside < 0:
        stray = marks[0]
        first = 1
    start: int | None = None
    for index in range(first, len(marks)):
        at = marks[index]
        if start is None:
            start = at
        elif leaning[index] > 0 and (len(marks) - index) % 2 == 0:
            found.append(_Found(start, at, text[start] * 2, closed=False))
            start = at
        else:
            found.append(_Found(start, at + 1, text[start] + text[at]))
            start = None
    if start is None:
        return found, closes, "", stray
    found.append(_Found(start, len(text), text[start] * 2, closed=False))
    return found, closes, text[start], stray


def _singles(
    text: str, doubles: list[_Found], measures: list[tuple[int, int]], apostrophes: "Apostrophes"
) -> list[_Found]:
    places = [match.start() for match in _SINGLE.finditer(text)]
    if not places:
        return []
    starts = [double.start for double in doubles]
    skipped = {at for match in apostrophes.both_sides.finditer(text) for at in (match.start(), match.end() - 1)}
    marks = [
        at
        for at in places
        if at not in skipped and not _is_apostrophe(text, at, apostrophes) and not _inside(at, measures)
    ]
    # The next mark after each that closes for certain: it stands behind punctuation, or not behind an s.
    certain: list[int | None] = [None] * (len(marks) + 1)
    for index in range(len(marks) - 1, -1, -1):
        at = marks[index]
        sure = _closes_single(text, at) and text[at - 1] not in "sS"
        opens = _opens_single(text, at)
        certain[index] = at if sure else (None if opens else certain[index + 1])
    found: list[_Found] = []
    start: int | None = None
    for index, at in enumerate(marks):
        mark = text[at]
        closing = mark in "’'" or (mark == "‘" and start is not None and text[start] == "‚")
        if start is not None and closing and _closes_single(text, at):
            later = certain[index + 1]
            genitive = text[at - 1] in "sS" and re.match(r" [a-z]", text[at + 1 : at + 3]) and later is not None
            same = text[start] in "‘‚‛" or mark == "'"
            if same and not genitive and _holder(doubles, starts, start) == _holder(doubles, starts, at):
                found.append(_Found(start, at + 1, text[start] + mark))
                start = None
                continue
        if mark != "’" and _opens_single(text, at):
            start = at
    # A paragraph that begins with a mark that nothing closes may be one of several; elsewhere it was an apostrophe.
    if start == 0 and text[0] == "‘":
        found.append(_Found(0, len(text), "‘’", closed=False))
    return found


def _holder(doubles: list[_Found], starts: list[int], at: int) -> int:
    """Return the start of the double quotation that a position stands in, -1 for none."""
    index = bisect_right(starts, at) - 1
    for _ in range(8):
        if index < 0:
            return -1
        if doubles[index].end > at:
            return doubles[index].start
        index -= 1
    return -1


def _is_apostrophe(text: str, at: int, apostrophes: "Apostrophes") -> bool:
    """Return whether a single mark stands in a word, or in the place of a word's first letters."""
    after = text[at + 1 : at + 2]
    if at > 0 and text[at - 1].isalnum():
        return after.isalnum()
    return apostrophes.clipped.match(text, at) is not None


def _opens_single(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    before = text[at - 1] if at else " "
    starts = after.isalnum() or after in ("[", "(", "“", '"', "«", "…", "$", "£", "€", "-", "—")
    return starts and (before.isspace() or before in _OPENS_AFTER)


def _closes_single(text: str, at: int) -> bool:
    if at == 0 or text[at - 1].isspace():
        return False
    after = text[at + 1 : at + 2]
    return not after or after.isspace() or after in _CLOSES_BEFORE


def _is_inch(text: str, at: int, is_open: bool, following: int | None) -> bool:
    """Return whether a straight mark behind a figure means inches or seconds."""
    if at == 0 or not text[at - 1].isdigit():
        return False
    if not is_open:
        return True
    # Inside a quotation it is one only if the next mark is clearly the closing one: "a 15" screen".
    goes_on = re.match(r"[ -][a-z]", text[at + 1 : at + 3]) is not None
    return goes_on and following is not None and _leaning(text, following) < 0


def _leaning(text: str, at: int) -> int:
    """Return 1 for a mark that can only open by what stands beside it, -1 for one that can only close, else 0."""
    opens, closes = _can_open(text, at), _can_close(text, at)
    return 0 if opens == closes else (1 if opens else -1)


def _can_open(text: str, at: int) -> bool:
    before, after = text[at - 1] if at else " ", text[at + 1 : at + 2]
    return (before.isspace() or before in _OPENS_AFTER) and bool(after) and not after.isspace()


def _can_close(text: str, at: int) -> bool:
    before, after = text[at - 1] if at else " ", text[at + 1 : at + 2]
    return not before.isspace() and (not after or after.isspace() or after in _CLOSES_BEFORE)


def _only_opens(text: str, at: int) -> bool:
    return _leaning(text, at) > 0


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    if not spans:
        return False
    index = bisect_right(spans, (at, 2**62)) - 1
    return index >= 0 and spans[index][1] > at
