"""What stands in a paragraph of Org: emphasis, code, links, notes, times, macros, entities, formulas."""

import re
from html import unescape

from corrigenda.documents.markup.closers import Closers
from corrigenda.documents.markup.paragraphs import Markup
from corrigenda.documents.parts import RegionKind

LONGEST = 2_000
"""Most code points that a link, note or formula may have."""

_START = re.compile(
    r"(?<![^\s\-—–({'\"“‘\[])(?P<mark>[*/_+=~])(?=\S)"
    r"|\[\[(?P<target>[^\[\]\n]{1,1000})(?P<link>\]\[|\]\])"
    r"|\[fn:(?P<note>[\w-]*)(?P<inside>:)?"
    r"|\[cite(?:/[\w/-]+)?:(?P<cite>)"
    r"|(?P<time>[<\[]\d{4}-\d\d-\d\d(?:[^<>\[\]\n]{0,80})[>\]](?:--?[<\[]\d{4}-\d\d-\d\d[^<>\[\]\n]{0,80}[>\]])?)"
    r"|(?P<macro>\{\{\{[A-Za-z][^{}\n]{0,500}\}\}\})"
    r"|(?P<anchor><<<?[^<>\n]{1,200}>>>?)"
    r"|(?P<angle><[a-z][\w+-]*:[^<>\n]{1,1000}>)"
    r"|(?P<source>(?<!\w)(?:src_[\w-]+(?:\[[^\]\n]{0,300}\])?\{[^{}\n]{0,500}\}|call_[\w-]+(?:\[[^\]\n]{0,300}\])?\([^()\n]{0,300}\)))"
    r"|(?P<snippet>@@[\w-]+:)"
    r"|(?P<formula>\\\(|\\\[|\$\$?(?=[^\s$]))"
    r"|\\(?P<entity>[A-Za-z]{2,20})(?:\{\})?(?![A-Za-z{\[])"
    r"|(?P<command>\\[A-Za-z]+\*?(?:\[[^\]\n]{0,200}\])?\{[^{}\n]{0,500}\})"
    r"|(?P<brk>\\\\)(?=[ \t]*(?:[\r\n]|$))"
    r"|(?P<statistics>\[(?:\d+%|\d+/\d+|%|/)\])"
    r"|(?P<script>(?<=\w)[\^_]\{(?=[^{}\n]{1,200}\}))"
    r"|(?P<dash>(?<!-)---?(?!-))|(?P<dots>\.\.\.)"
)
_AFTER = r"(?=[\s\-—–.,;:!?'\")}\]\[\\”’…]|$)"
_CLOSERS = {mark: re.compile(rf"(?<=[^\s]){re.escape(mark)}{_AFTER}") for mark in "*/_+=~"}
_CLOSERS |= {"]]": re.compile(r"\]\]"), "]": re.compile(r"\]"), "@@": re.compile(r"@@")}
_FORMULAS = {"\\(": re.compile(r"\\\)"), "\\[": re.compile(r"\\\]"), "$$": re.compile(r"\$\$")}
_FORMULAS |= {"$": re.compile(rf"(?<=[^\s$\\])\${_AFTER}")}
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|pdf)$", re.IGNORECASE)
_NOT_MARKED = frozenset("'\"”’")


def find(raw: str, found: Markup) -> None:
    """Collect the markup of a paragraph's raw text."""
    closers = Closers(raw)
    at = 0
    while True:
        start = _START.search(raw, at)
        if start is None:
            return
        begin, at = start.span()
        if begin in closers.taken:
            at = begin + 1
        elif start["mark"] is not None:
            at = _emphasis(raw, start["mark"], begin, closers, found)
        elif start["link"] is not None:
            at = _link(raw, start, closers, found)
        elif start["note"] is not None:
            at = _note(raw, start, found)
        elif start["formula"] is not None:
            at = _formula(start["formula"], start, closers, found)
        elif start["cite"] is not None or start["snippet"] is not None:
            mark = "]" if start["cite"] is not None else "@@"
            closing = closers.find(mark, _CLOSERS[mark], at)
            if closing is not None and closing.end() - begin < LONGEST:
                at = closing.end()
                found.gone(raw, begin, at)
        elif start["script"] is not None:
            closing = re.compile(r"\}").search(raw, at)
            found.cuts.append((begin, at))
            if closing is not None:
                found.cuts.append(closing.span())
        elif start["brk"] is not None:
            found.cuts.append((begin, at))
        elif start["anchor"] is not None or start["statistics"] is not None:
            found.gone(raw, begin, at)
        else:
            _whole(start, found)


def _whole(start: "re.Match[str]", found: Markup) -> None:
    """Take in what is read as a sign, or stays in the sentence for what no check may judge."""
    begin, end = start.span()
    if start["dash"] is not None:
        found.letters.append((begin, end, "—" if len(start[0]) == 3 else "–"))
    elif start["dots"] is not None:
        found.letters.append((begin, end, "…"))
    elif start["entity"] is not None:
        seen = unescape(f"&{start['entity']};")
        if seen.startswith("&"):
            found.code(begin, end)
        else:
            found.letters.append((begin, end, seen))
    elif start["time"] is not None or start["macro"] is not None or start["source"] is not None:
        found.code(begin, end)
    else:
        found.code(begin, end, RegionKind.HTML)


def _emphasis(raw: str, mark: str, begin: int, closers: Closers, found: Markup) -> int:
    first = begin + 1
    if begin and raw[begin - 1] in _NOT_MARKED and raw[first : first + 1] == raw[begin - 1]:
        return first
    closing = closers.pair(mark, _CLOSERS[mark], first + 1)
    if closing is None:
        return first
    last, end = closing.span()
    if raw.count("\n", first, last) > 1:
        return first
    if mark == "+":
        found.regions.append((RegionKind.STRUCK, begin, end))
        found.gone(raw, begin, end, None)
        return end
    found.cuts += ((begin, first), (last, end))
    if mark in "=~":
        found.code(begin, end)
        return end
    if mark == "/":
        found.regions.append((RegionKind.EMPHASIS, begin, end))
    return first


def _link(raw: str, start: "re.Match[str]", closers: Closers, found: Markup) -> int:
    """Take in a link: of one with a description that is copy; a picture without one leaves nothing."""
    begin, first = start.span()
    if start["link"] == "]]":
        if _PICTURE.search(start["target"]):
            found.gone(raw, begin, first, RegionKind.LINK_TARGET)
        else:
            found.code(begin, first, RegionKind.LINK_TARGET)
        return first
    closing = closers.find("]]", _CLOSERS["]]"], first)
    if closing is None or closing.end() - first > LONGEST:
        return first
    last, end = closing.span()
    found.regions += ((RegionKind.LINK_TARGET, begin, first), (RegionKind.LINK_TARGET, last, end))
    found.cuts += ((begin, first), (last, end))
    if raw[first:last].startswith(("file:", "http:", "https:", "./")):
        found.code(first, last, RegionKind.LINK_TARGET)
        return end
    return first


def _note(raw: str, start: "re.Match[str]", found: Markup) -> int:
    """Take in a reference to a note, or a note that stands in the paragraph."""
    begin, first = start.span()
    depth = 1
    at = first
    for sign in re.compile(r"[\[\]]").finditer(raw, first, first + LONGEST):
        depth += 1 if sign[0] == "[" else -1
        at = sign.start()
        if not depth:
            break
    if depth:
        return first
    found.gone(raw, begin, at + 1)
    if start["inside"] is None:
        return at + 1
    found.regions.pop()
    found.regions.append((RegionKind.HTML, begin, first))
    found.apart.append((first, at, RegionKind.PROSE))
    return first


def _formula(mark: str, start: "re.Match[str]", closers: Closers, found: Markup) -> int:
    closing = closers.find(mark, _FORMULAS[mark], start.end())
    if closing is None or closing.end() - start.start() > LONGEST:
        return start.end()
    if (
        mark == "$"
        and re.match(r"\d", start.string[start.end() :][:1])
        and " " in start.string[start.end() : closing.start()]
    ):
        return start.end()  # money
    found.code(start.start(), closing.end())
    return closing.end()
