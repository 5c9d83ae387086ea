"""What stands in a line of Markdown for a program to read, and CommonMark knows nothing of.

Wiki links, templates, placeholders, attributes, mathematics, MyST roles, citations, and the expressions and properties
of MDX. Each is found in the raw text of a paragraph, before anything looks for emphasis or links in it.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from corrigenda.documents.parts import RegionKind

LONGEST = 5_000
"""Most code points of one construct; a longer one is text that happens to hold its marks."""

MOST = 1_000
"""Most expressions and tags of MDX that are looked for in one paragraph."""

_DEEPEST = 50
"""Most brackets inside each other in an expression of MDX."""


class Construct(NamedTuple):
    """A stretch `[start, end)` that a program reads.

    `shown` is what a reader sees of it, such as the words of a wiki link; None for nothing. `words` is the kind of
    these words: a label, which is copy and also the key by which the program finds something; prose; or as all of it.
    """

    start: int
    end: int
    kind: RegionKind
    shown: tuple[int, int] | None = None
    words: RegionKind | None = None


_PAIRS = (
    ("{/*", "*/}", RegionKind.COMMENT),
    ("{{", "}}", RegionKind.CODE),
    ("{%", "%}", RegionKind.CODE),
    ("{#", "#}", RegionKind.CODE),
    ("<%", "%>", RegionKind.CODE),
    ("<?", "?>", RegionKind.CODE),
    ("${", "}", RegionKind.CODE),
)
"""What templates begin and end with."""

_FORMULAS = (("$$", "$$"), ("\\(", "\\)"), ("\\[", "\\]"))

_ON_ONE_LINE = re.compile(
    r"""
      (?P<wiki>!?\[\[(?P<target>[^\[\]\n|]{1,500})(?:\|(?P<label>[^\[\]\n]{1,500}))?\]\])(?![(\[])
    | (?P<attributes>
        \{::?[^{}\n]{0,500}\}
      | \{[ \t]*+(?:(?:[#.][\w:-]++|[\w:-]++=(?:"[^"\n{}]*+"|'[^'\n{}]*+'|[^\s"'{}]++))[ \t]*+)++\}
      | \{[\w:+.-]{1,50}\}(?=`)
      )
    | (?P<math>(?<![\\$\w])\$(?![\s$])[^$\n]{0,500}?(?<![\s\\])\$(?![\d$]))
    | (?P<comment>^%[ \t][^\n]*$)
    | (?P<break>^\+\+\+[ \t][^\n]*$)
    | (?P<citation>\[-?@[^\[\]\n]{1,300}\])(?!\()
    """,
    re.VERBOSE | re.MULTILINE,
)
_SIGNS = re.compile(r"\[\[|\{|<%|<\?|\$|\\[(\[b]|\[-?@|^(?:%|\+\+\+)[ \t]", re.MULTILINE)
_BEGIN = re.compile(r"\\begin\{([A-Za-z]{1,20}\*?)\}")
_ENVIRONMENTS = 100
_TICKS = re.compile(r"(?<!\\)`+")
_CALLOUT = re.compile(r"\[![\w-]{1,40}(?:\|[^\[\]\n]{0,80})?\][-+]?")
_SPOKEN = re.compile(r"\\(?:text|mbox|mathrm|operatorname)\{[^{}]{0,200}\}")
_WORD = re.compile(r"(?<![\\\w{])[^\W\d_]{2,}")
_MOST_WORDS = 2
_MONEY = re.compile(r"\$\d[^\\^_{}=]*\$")
_AMOUNT = re.compile(r"(?<![^\W\d_])[A-Z]{1,3}\$|[^\W\d_]{2}")
_FORMULA = re.compile(r"[\\^_=<>{}|+*/]|(?<!\w)\w(?!\w)")


def find(raw: str, *, mdx: bool = False) -> list[Construct]:
    """Return the constructs of a paragraph's raw text, ascending; none overlaps another.

    Args:
        raw: The text of the paragraph as it stands in the file, less the marks of quotations and lists.
        mdx: Whether braces hold expressions, as in MDX.
    """
    result: list[Construct] = []
    note = _CALLOUT.match(raw)
    if note is not None:
        result.append(Construct(*note.span(), RegionKind.CODE))
    if _SIGNS.search(raw) is None and (not mdx or "<" not in raw):
        return result
    found = sorted(
        [*result, *_templates(raw), *_formulas(raw), *_environments(raw), *_on_one_line(raw), *_of_mdx(raw, mdx)],
        key=_place,
    )
    return list(_apart(found, _code_spans(raw)))


def _place(construct: Construct) -> tuple[int, int]:
    return construct.start, -construct.end


def _code_spans(raw: str) -> list[tuple[int, int]]:
    """Return the code spans of a paragraph: a run of backticks is closed by the next one of the same length."""
    runs = [found.span() for found in _TICKS.finditer(raw)]
    following: dict[int, int] = {}
    closes: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        if length in following:
            closes[number] = following[length]
        following[length] = number
    spans: list[tuple[int, int]] = []
    number = 0
    while number < len(runs):
        last = closes.get(number, number)
        if last > number:
            spans.append((runs[number][0], runs[last][1]))
        number = last + 1
    return spans


def _apart(found: list[Construct], code: list[tuple[int, int]]) -> Iterator[Construct]:
    """Yield the constructs that stand in no code span and in no other construct."""
    reached = index = 0
    for construct in found:
        while index < len(code) and code[index][1] <= construct.start:
            index += 1
        inside = index < len(code) and code[index][0] <= construct.start
        if construct.start >= reached and not inside:
            yield construct
            reached = construct.end


def _pairs(raw: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between two marks, the marks included."""
    end = -1
    start = raw.find(opening)
    while start >= 0:
        inside = start + len(opening)
        if end < inside:
            end = raw.find(closing, inside)
            if end < 0:
                return
        if end - start > LONGEST:
            start = raw.find(opening, inside)
            continue
        yield start, end + len(closing)
        start = raw.find(opening, end + len(closing))


def _templates(raw: str) -> Iterator[Construct]:
    for opening, closing, kind in _PAIRS:
        if opening in raw:
            for start, end in _pairs(raw, opening, closing):
                yield Construct(start, end, kind)


def _formulas(raw: str) -> Iterator[Construct]:
    for opening, closing in _FORMULAS:
        if opening in raw:
            for start, end in _pairs(raw, opening, closing):
                if _is_mathematics(raw[start:end]):
                    yield Construct(start, end, RegionKind.CODE, (start, end))


def _environments(raw: str) -> Iterator[Construct]:
    """Yield what stands between LaTeX's `\\begin{align}` and its end."""
    for found in islice(_BEGIN.finditer(raw), _ENVIRONMENTS):
        closing = f"\\end{{{found[1]}}}"
        end = raw.find(closing, found.end(), found.end() + LONGEST)
        if end >= 0:
            yield Construct(found.start(), end + len(closing), RegionKind.CODE, (found.start(), end + len(closing)))


def _on_one_line(raw: str) -> Iterator[Construct]:
    for found in _ON_ONE_LINE.finditer(raw):
        start, end = found.span()
        if found["wiki"]:
            if raw[start] == "!":
                yield Construct(start, end, RegionKind.LINK_TARGET)
            elif found["label"] is None:
                yield Construct(start, end, RegionKind.LINK_TARGET, found.span("target"), RegionKind.LABEL)
            else:
                yield Construct(start, end, RegionKind.LINK_TARGET, found.span("label"), RegionKind.PROSE)
        elif found["math"]:
            if _is_mathematics(found[0]):
                yield Construct(start, end, RegionKind.CODE, (start, end))
        elif found["comment"]:
            yield Construct(start, end, RegionKind.COMMENT)
        elif found["citation"]:
            yield Construct(start, end, RegionKind.LINK_TARGET, (start, end))
        else:
            yield Construct(start, end, RegionKind.CODE)


def _is_mathematics(text: str) -> bool:
    """Return whether what stands between the marks is a formula: "$5 million in cash and US$" is money."""
    if text.startswith("$$"):
        return True
    if len(_WORD.findall(_SPOKEN.sub("", text))) > _MOST_WORDS:
        return False
    if _MONEY.fullmatch(text) and _AMOUNT.search(text):
        return False
    if text.startswith(("\\( ", "\\[ ", "\\[\n")) or (text.startswith("$") and not text[1].isdigit()):
        return True
    return _FORMULA.search(text[2:-2] if text.startswith("\\") else text[1:-1]) is not None


_TAG = re.compile(r"</?(?=[A-Za-z>])[\w.:-]{0,100}")


def _of_mdx(raw: str, mdx: bool) -> Iterator[Construct]:
    """Yield the expressions of MDX, and the tags whose properties hold one or whose names are no HTML."""
    position = 0
    for _ in range(MOST):
        tag = raw.find("<", position)
        brace = raw.find("{", position) if mdx else -1
        if tag < 0 and brace < 0:
            return
        start = min(at for at in (tag, brace) if at >= 0)
        end = tag_end(raw, start) if start == tag else braces_end(raw, start)
        if end is None:
            position = start + 1
            continue
        if start == tag:
            text = raw[start:end]
            if mdx or "={" in text or "{..." in text:
                yield Construct(start, end, RegionKind.HTML)
        elif raw.startswith("{/*", start):
            yield Construct(start, end, RegionKind.COMMENT)
        else:
            yield Construct(start, end, RegionKind.CODE)
        position = end


def tag_end(text: str, start: int) -> int | None:
    """Return where a tag ends that begins at `start`, None if none does; strings and braces in it hold any sign."""
    name = _TAG.match(text, start)
    if name is None:
        return None
    position, limit = name.end(), min(len(text), start + LONGEST)
    if position < limit and text[position] not in " \t\r\n/>{":
        return None
    while position < limit:
        sign = text[position]
        if sign == ">":
            return position + 1
        if sign == "<":
            return None
        if sign in "\"'":
            position = text.find(sign, position + 1, limit)
            if position < 0:
                return None
        elif sign == "{":
            end = braces_end(text, position)
            if end is None:
                return None
            position = end - 1
        position += 1
    return None


def braces_end(text: str, start: int) -> int | None:
    """Return where the expression in braces ends that begins at `start`; None where nothing closes it."""
    limit = min(len(text), start + LONGEST)
    depth = 0
    position = start
    while position < limit:
        sign = text[position]
        if sign == "{":
            depth += 1
            if depth > _DEEPEST:
                return None
        elif sign == "}":
            depth -= 1
            if depth == 0:
                return position + 1
        elif sign in '"`' or (sign == "'" and not text[position - 1].isalnum()):
            closing = text.find(sign, position + 1, limit)
            position = closing if closing > 0 else position
        position += 1
    return None
