"""What stands in a paragraph of AsciiDoc: marks of formatting, macros, references, attributes, replacements."""

import re
from html import unescape

from corrigenda.documents.markup.closers import Closers
from corrigenda.documents.markup.paragraphs import Markup
from corrigenda.documents.parts import RegionKind

LONGEST = 2_000
"""Most code points that a macro's brackets or an attribute list may hold."""

_START = re.compile(
    r"\\(?P<escaped>[*_`#^~+{<(:\[\"'\\&]|(?=https?:|link:|xref:|image:|footnote:|mailto:|\.\.\.|--))"
    r"|(?P<triple>\+\+\+|\$\$)"
    r"|(?P<curly>[\"']`)(?=\S)"
    r"|(?P<role>\[[.#%\w][\w.#% -]{0,80}\])?(?:(?P<double>\*\*|__|``|##|\+\+)(?=\S)"
    r"|(?<![\w*_`#+;:}])(?P<single>[*_`#+])(?=[^\s*_`#+]|`(?=[^\s`])|_(?=\w)))"
    r"|(?P<script>[\^~])(?=[^\s^~]{1,200}[\^~])"
    r"|(?P<anchor>\[\[[\w:.-]+(?:, ?[^\]\n]{1,200})?\]\])"
    r"|(?P<index>\(\(\(?)(?=[^\s(])"
    r"|<<(?P<xref>[^<>,\n]{1,300})(?P<named>,\s*)?"
    r"|(?P<macro>(?:https?|ftp|irc)://[^\s\[\]<>]{1,2000}|(?<![\w:])[a-z][a-z0-9_-]{1,30}:(?=[^\s:\[][^\s\[\]]{0,1000}\[|\[)(?:[^\s\[\]]{0,1000}))\["
    r"|(?P<attribute>\{[\w][\w-]*(?::[^{}\n]{0,100})?\})"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,30});)"
    r"|(?P<dash>(?<=\w)--(?=\w)|(?<= )--(?= ))|(?P<dots>\.\.\.)|(?P<sign>\((?:C|R|TM)\))|(?P<apostrophe>`'(?=\w|\W|$))"
    r"|(?P<brk> \+)(?=[ \t]*(?:\r\n|\n|\r|$))"
)
_CLOSERS = {
    **{mark: re.compile(rf"(?<=\S){re.escape(mark)}") for mark in ("**", "__", "``", "##", "++")},
    **{mark: re.compile(rf"(?<=[^\s{re.escape(mark)}\\])[{mark}](?![\w{re.escape(mark)}])") for mark in "*_#+"},
    "`": re.compile(r"(?<=[^\s\\])`(?![\w`\"'])"),
    '"`': re.compile(r"(?<=\S)`\""),
    "'`": re.compile(r"(?<=\S)`'(?!\w)"),
    "+++": re.compile(r"\+\+\+"),
    "$$": re.compile(r"\$\$"),
    "((": re.compile(r"\)\)(?!\))"),
    "(((": re.compile(r"\)\)\)"),
    ">>": re.compile(r">>"),
}
_SIGNS = {"(C)": "©", "(R)": "®", "(TM)": "™"}
_CLOSING = re.compile(r"(?<!\\)\]")

_LINKS = frozenset("link xref mailto".split())
_NOTES = frozenset("footnote footnoteref".split())
_GONE = frozenset("anchor indexterm icon bibitem cite citenp counter counter2 image toc".split())
_CODE = frozenset("kbd btn menu pass stem latexmath asciimath command cmd package path file option".split())


def find(raw: str, found: Markup) -> None:
    """Collect the markup of a paragraph's raw text."""
    closers = Closers(raw)
    at = 0
    while True:
        start = _START.search(raw, at)
        if start is None:
            return
        kind = str(start.lastgroup)
        begin, at = start.span()
        if begin in closers.taken:
            at = begin + 1
        elif kind == "escaped":
            found.letters.append((begin, at, start["escaped"])) if start["escaped"] else found.cuts.append((begin, at))
        elif start["macro"] is not None:
            at = _macro(raw, start, found)
        elif start["double"] is not None or start["single"] is not None:
            at = _formatted(raw, start, closers, found)
        elif kind in ("triple", "curly", "index"):
            at = _paired(raw, kind, start, closers, found)
        elif start["xref"] is not None:
            at = _reference(start, closers, found)
        elif kind == "script":
            end = re.compile(r"[\^~]").search(raw, at)
            if end is not None and end[0] == raw[begin]:
                closers.taken.add(end.start())
                found.cuts += ((begin, at), end.span())
        elif kind == "anchor":
            found.gone(raw, begin, at)
        elif kind in ("attribute",):
            found.code(begin, at)
        elif kind == "brk":
            found.cuts.append((begin, at))
        else:
            _replacement(kind, start, found)


def _replacement(kind: str, start: "re.Match[str]", found: Markup) -> None:
    begin, end = start.span()
    if kind == "entity":
        seen = unescape(start[0])
        if seen != start[0]:
            found.letters.append((begin, end, seen))
    elif kind == "dash":
        found.letters.append((begin, end, "—"))
    elif kind == "dots":
        found.letters.append((begin, end, "…"))
    elif kind == "sign":
        found.letters.append((begin, end, _SIGNS[start[0]]))
    elif kind == "apostrophe":
        found.letters.append((begin, end, "’"))


def _formatted(raw: str, start: "re.Match[str]", closers: Closers, found: Markup) -> int:
    """Take in what stands between marks of formatting; return where to go on."""
    mark = start["double"] or start["single"]
    first = start.end()
    closing = closers.pair(mark, _CLOSERS[mark], first + 1)
    if closing is None:
        return first
    last, end = closing.span()
    if mark in ("`", "``", "+", "++"):
        found.code(start.start(), end)
        if any(map(str.isalnum, raw[first:last])):  # a sign alone would be taken for the sentence's own
            found.cuts += ((start.start(), first), (last, end))
        return end
    found.cuts += ((start.start(), first), (last, end))
    if mark in ("_", "__"):
        found.regions.append((RegionKind.EMPHASIS, start.start(), end))
    if start["role"] and "line-through" in start["role"]:
        found.regions.append((RegionKind.STRUCK, start.start(), end))
        found.gone(raw, start.start(), end, None)
        return end
    return first


def _paired(raw: str, kind: str, start: "re.Match[str]", closers: Closers, found: Markup) -> int:
    mark = start[kind]
    begin, first = start.span()
    closing = closers.pair(mark, _CLOSERS[mark], first)
    if closing is None:
        return first
    last, end = closing.span()
    if kind == "triple":
        found.code(begin, end, RegionKind.HTML)
        return end
    if mark == "(((":
        found.gone(raw, begin, end)
        return end
    if mark == "((":
        found.cuts += ((begin, first), (last, end))
        return first
    opening, ending = ("“", "”") if mark[0] == '"' else ("‘", "’")
    found.letters += ((begin, first, opening), (last, end, ending))
    return first


def _reference(start: "re.Match[str]", closers: Closers, found: Markup) -> int:
    """Take in a reference in angle brackets: its words are copy, what it leads to is not."""
    begin, first = start.span()
    closing = closers.pair(">>", _CLOSERS[">>"], first)
    if closing is None or closing.start() - first > LONGEST:
        return first
    last, end = closing.span()
    if start["named"] is None:
        found.code(begin, end, RegionKind.LINK_TARGET)
        return end
    found.regions.append((RegionKind.LINK_TARGET, begin, first))
    found.cuts += ((begin, first), (last, end))
    return first


def _macro(raw: str, start: "re.Match[str]", found: Markup) -> int:
    """Take in a macro, `name:target[words]`; return where to go on."""
    begin, first = start.span()
    name, _, target = start["macro"].partition(":")
    closing = _CLOSING.search(raw, first, first + LONGEST)
    if closing is None:
        return first
    last, end = closing.span()
    if target.startswith("//") or name in _LINKS:
        words = raw[first:last]
        if not words.strip() or words.startswith(("role=", "window=", "^]")):
            found.code(begin, end, RegionKind.LINK_TARGET)
            return end
        shown = last - 1 if words.endswith("^") else last
        option = re.search(r',\s*(?:role|window|opts|subject|title|id)=[^"\n]|(?<="),[a-z]+=', words)
        if option is not None:
            shown = first + option.start()
        found.regions.append((RegionKind.LINK_TARGET, begin, first))
        found.cuts += ((begin, first), (shown, end))
        if shown < last:
            found.regions.append((RegionKind.LINK_TARGET, shown, end))
        return first
    if name in _NOTES:
        found.regions.append((RegionKind.HTML, begin, first))
        found.gone(raw, begin, end, None)
        found.apart.append((first, last, RegionKind.PROSE))
        return first
    if name in _GONE:
        found.gone(raw, begin, end)
        return end
    if name in _CODE or target or name.isalpha():
        found.code(begin, end)
        return end
    return first
