"""What stands in a paragraph of reStructuredText: emphasis, literals, roles, references, substitutions."""

import re

from corrigenda.documents.markup.paragraphs import Markup
from corrigenda.documents.parts import RegionKind

_OPENS_AFTER = "\\s'\"(\\[{<\\-/:‘“’«¡¿–—‐„‚›»”\u2060\u200b"
_CLOSES_BEFORE = "\\s'\")\\]}>\\-/:.,;!?\\\\’”»–—‐…‘“«‹›\u2060\u200b"
_START = re.compile(
    r"\\(?P<escaped>(?s:.))"
    rf"|(?<![^{_OPENS_AFTER}])(?:(?P<role>:[A-Za-z][\w.+:-]{{0,100}}:)(?=`[^\s`])|(?P<mark>``|\*\*|\*|_`|`|\|)(?=\S))"
    r"|(?P<note>\[(?:\d{1,9}|#[\w.-]*|\*|[A-Za-z][\w.-]{0,100})\]_(?!\w))"
    r"|(?<![\w`])(?P<reference>[A-Za-z\d](?:[\w]|[-.:+](?=\w)){0,100}?__?)(?![\w`])"
)
_CLOSERS = {
    "``": re.compile(rf"(?<=\S)``(?=[{_CLOSES_BEFORE}]|$)"),
    "**": re.compile(rf"(?<=[^\s\\])\*\*(?=[{_CLOSES_BEFORE}]|$)"),
    "*": re.compile(rf"(?<=[^\s\\])(?<!\*)\*(?=[{_CLOSES_BEFORE}]|$)(?!\*)"),
    "`": re.compile(rf"(?<=[^\s\\])`(?P<tail>__?(?![\w])|:[A-Za-z][\w.+:-]{{0,100}}:)?(?=[{_CLOSES_BEFORE}]|$)"),
    "_`": re.compile(rf"(?<=[^\s\\])`(?=[{_CLOSES_BEFORE}]|$)"),
    "|": re.compile(rf"(?<=[^\s\\])\|(?P<tail>__?(?!\w))?(?=[{_CLOSES_BEFORE}]|$)"),
}
_QUOTED_MARK = re.compile(r"['\"<(\[{‘“«]")
_PAIRS = {"'": "'", '"': '"', "<": ">", "(": ")", "[": "]", "{": "}", "‘": "’", "“": "”", "«": "»"}
_TARGET = re.compile(r"\s*<[^<>]+>$", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)

_COPY_ROLES = frozenset(
    "emphasis strong title title-reference t sub subscript sup superscript abbr abbreviation dfn term ref numref doc "
    "any download guilabel rubric".split()
)
"""Roles whose words are copy. Of those that refer to something, this holds where they have a title."""

_REFERENCES = frozenset("ref numref doc any download".split())


def find(raw: str, found: Markup) -> None:
    """Collect the markup of a paragraph's raw text."""
    if not any(sign in raw for sign in "\\*`|_"):
        return
    nowhere: set[str] = set()
    at = 0
    while True:
        start = _START.search(raw, at)
        if start is None:
            return
        begin, at = start.span()
        if start["escaped"] is not None:
            if start["escaped"].isspace():
                found.cuts.append((begin, at))
            else:
                found.letters.append((begin, at, start["escaped"]))
        elif start["note"] is not None:
            found.gone(raw, begin, at, RegionKind.LINK_TARGET)
        elif start["reference"] is not None:
            _reference(raw, begin, at, found)
        elif start["role"] is not None:
            at = _pair(raw, begin, "`", at, start["role"].strip(":"), nowhere, found)
        else:
            at = _pair(raw, begin, start["mark"], begin, "", nowhere, found)


def _reference(raw: str, begin: int, end: int, found: Markup) -> None:
    """Take in a word that refers to a target: its underlines are no copy, and the word is the target's name."""
    bare = begin + len(raw[begin:end].rstrip("_"))
    if "." in raw[begin:bare] or ":" in raw[begin:bare]:
        found.code(begin, bare)
    else:
        found.regions.append((RegionKind.LABEL, begin, bare))
    found.cuts.append((bare, end))


def _pair(raw: str, begin: int, mark: str, opening: int, role: str, nowhere: set[str], found: Markup) -> int:
    """Take in what a mark opens; return where to go on."""
    first = opening + len(mark)
    if mark in nowhere or _is_quoted(raw, begin, first):
        return first
    # The end stands behind at least one sign.
    closing = _CLOSERS[mark].search(raw, first + 1)
    if closing is None:
        nowhere.add(mark)
        return first
    last, end = closing.span()
    tail = (closing["tail"] or "") if mark in ("`", "|") else ""
    if mark == "``":
        if any(map(str.isalnum, raw[first:last])):  # a sign alone would be taken for the sentence's own
            found.cuts += ((begin, first), (last, end))
        found.code(begin, end)
        return end
    if mark == "|":
        found.code(begin, end)
        return end
    if mark in ("*", "**"):
        found.cuts += ((begin, first), (last, end))
        if mark == "*":
            found.regions.append((RegionKind.EMPHASIS, begin, end))
        _escapes(raw, first, last, found)
        return end
    if mark == "_`":
        found.cuts += ((begin, first), (last, end))
        found.regions.append((RegionKind.LABEL, first, last))
        return end
    _interpreted(raw, (begin, first, last, end), role or tail.strip(":_"), tail.startswith("_"), found)
    return end


def _interpreted(raw: str, place: tuple[int, int, int, int], role: str, link: bool, found: Markup) -> None:
    """Take in interpreted text, or the words of a link."""
    begin, first, last, end = place
    name = role.rpartition(":")[2].lower()
    found.cuts.append((begin, first))
    target = _TARGET.search(raw, first, last) if raw[last - 1] == ">" else None
    if target is not None and target.start() > first:
        found.cuts.append((target.start(), end))
        found.code(target.start(), end, RegionKind.LINK_TARGET)
        last = target.start()
        copy = link or name in _COPY_ROLES or " " in raw[first:last]
    else:
        found.cuts.append((last, end))
        copy = link or (name in _COPY_ROLES - _REFERENCES) or (not role and _is_words(raw, first, last))
        if target is not None:  # nothing but an address
            copy = False
        if copy and (link or name == "term"):
            found.regions.append((RegionKind.LABEL, first, last))
    if not copy:
        # What stands around it is masked as well, so that what is shown as code is known to be code.
        found.code(begin, end if target is None else last)
        return
    if role:
        found.code(begin, first, RegionKind.HTML)
    if name in ("", "emphasis", "title", "title-reference", "t", "dfn") and not link:
        found.regions.append((RegionKind.EMPHASIS, begin, end))
    _escapes(raw, first, last, found)


def _is_words(raw: str, first: int, last: int) -> bool:
    words = raw[first:last].split()
    return len(words) > 1 and all(
        word.strip("“”‘’\"',.;:!?()").replace("-", "").replace("'", "").isalpha() for word in words
    )


def _is_quoted(raw: str, begin: int, first: int) -> bool:
    """Return whether a mark stands alone between quotation marks or brackets, where it opens nothing."""
    return begin > 0 and _PAIRS.get(raw[begin - 1], "") == raw[first : first + 1]


def _escapes(raw: str, first: int, last: int, found: Markup) -> None:
    if "\\" not in raw[first:last]:
        return
    for escape in _ESCAPE.finditer(raw, first, last):
        if escape[1].isspace():
            found.cuts.append(escape.span())
        else:
            found.letters.append((*escape.span(), escape[1]))
