"""What is markup in wiki text wherever it stands: templates, links, tags, comments, quotation marks in rows."""

import re
from html import unescape

from corrigenda.documents.markup.paragraphs import Markup
from corrigenda.documents.parts import RegionKind

_SPECIAL = re.compile(r"\{\{\{?|\}\}\}?|\[\[|\]\]|<!--|<(?=[A-Za-z/])")
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)((?:\s[^<>]{0,2000})?)(/?)>")
_EXTERNAL = re.compile(
    r"\[((?:https?:|ftp:|mailto:|irc:)?//?[^\s\[\]<>]{1,2000}|mailto:[^\s\]]{1,200})[ \t]*([^\[\]\n]{0,1000})\]"
)
_ENTITY = re.compile(r"&(?:\#\d{1,7}|\#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_SWITCH = re.compile(r"__[A-Z]{3,30}__|~{3,5}|-\{[^{}\n]{0,200}\}-")
_FILE = re.compile(
    r"[ \t]*(?:file|image|media|datei|fichier|archivo|файл|изображение|зображення|plik|soubor)[ \t]*:", re.IGNORECASE
)
_CATEGORY = re.compile(
    r"[ \t]*(?:category|kategorie|catégorie|категория|категорія|kategoria|[a-z]{2,3}(?:-[a-z]+)?)[ \t]*:(?!:)",
    re.IGNORECASE,
)
_OPTION = re.compile(
    r"[ \t]*(?:thumb(?:nail)?|frame(?:d|less)?|border|left|right|cent(?:er|re)|none|baseline|sub|super|top|middle"
    r"|bottom|upright|\d*x?\d+[ \t]*px|upright[ \t]*=.*|(?:link|alt|page|lang|class|thumbtime|start)[ \t]*=.*"
    r"|mini|vignette)?[ \t]*$",
    re.IGNORECASE | re.DOTALL,
)
_ALT = re.compile(r"[ \t]*alt[ \t]*=[ \t]*")

VERBATIM = frozenset(
    "nowiki pre syntaxhighlight source math chem score timeline graph templatedata mapframe maplink hiero imagemap "
    "code tt samp kbd var".split()
)
"""Tags whose contents are taken as they stand."""

_CODE = frozenset("syntaxhighlight source math chem score code tt samp kbd var pre".split())
_SHOWN = frozenset("code tt samp kbd var".split())
_BREAKS = frozenset(("br", "hr"))
_DEEPEST = 40
LONGEST = 20_000
"""Most code points of a template or a link."""


def spans(text: str) -> tuple[dict[int, int], list[tuple[int, int, str]]]:
    """Return what is hidden in a whole text, and where links close.

    Returns:
        Where each `[[` is closed, and `(start, end, what)` of templates, comments and verbatim tags, ascending, the
        outermost alone.
    """
    links: dict[int, int] = {}
    hidden: list[tuple[int, int, str]] = []
    stack: list[tuple[str, int]] = []
    missing: set[str] = set()
    at = 0
    while True:
        found = _SPECIAL.search(text, at)
        if found is None:
            break
        mark, begin = found[0], found.start()
        at = found.end()
        if mark.startswith("{{"):
            if len(stack) < 10_000:
                stack.append((mark[:2], begin))
            at = begin + 2
        elif mark.startswith("}}"):
            at = begin + 2
            for depth in range(len(stack) - 1, max(-1, len(stack) - _DEEPEST), -1):
                if stack[depth][0] == "{{":
                    if at - stack[depth][1] <= LONGEST:
                        hidden.append((stack[depth][1], at, "template"))
                    del stack[depth:]
                    break
        elif mark == "[[":
            stack.append(("[[", begin))
        elif mark == "]]":
            for depth in range(len(stack) - 1, max(-1, len(stack) - _DEEPEST), -1):
                if stack[depth][0] == "[[":
                    links[stack[depth][1]] = begin
                    del stack[depth:]
                    break
                if stack[depth][0] == "{{":
                    break
        elif mark == "<!--":
            end = text.find("-->", at) if "-->" not in missing else -1
            if end < 0:
                missing.add("-->")
                continue
            at = end + 3
            hidden.append((begin, at, "comment"))
        else:
            tag = _TAG.match(text, begin)
            if tag is None or tag[1] or tag[2].lower() not in VERBATIM or tag[4] or tag[3].endswith("/"):
                continue
            closing = f"</{tag[2].lower()}"
            low = text.find(closing, at) if closing not in missing else -1
            if low < 0:
                missing.add(closing)
                continue
            end = text.find(">", low)
            at = end + 1 if end >= 0 else len(text)
            hidden.append((begin, at, tag[2].lower()))
    hidden.sort(key=lambda one: (one[0], -one[1]))
    outer: list[tuple[int, int, str]] = []
    for one in hidden:
        if not outer or one[0] >= outer[-1][1]:
            outer.append(one)
    return links, outer


_INLINE = re.compile(
    r"(?P<link>\[\[)|(?P<external>\[(?=https?:|ftp:|mailto:|irc:|//))|(?P<quotes>'{2,5})|(?P<tag><(?=[A-Za-z/]))"
    r"|(?P<entity>&(?=[#A-Za-z]))|(?P<switch>__(?=[A-Z])|~~~|-\{)"
)


def find(raw: str, found: Markup) -> None:
    """Collect the markup of a paragraph's raw text."""
    links, hidden = spans(raw)
    _hidden(raw, hidden, found)
    index = 0
    at = 0
    italics: list[tuple[int, int]] = []
    notes: list[int] = []
    while True:
        start = _INLINE.search(raw, at)
        if start is None:
            break
        begin = start.start()
        while index < len(hidden) and hidden[index][1] <= begin:
            index += 1
        if index < len(hidden) and hidden[index][0] <= begin:
            at = hidden[index][1]
            continue
        at = start.end()
        if start["link"] is not None:
            if begin in links:
                at = _link(raw, begin, links[begin], found)
        elif start["external"] is not None:
            at = _external(raw, begin, found)
        elif start["quotes"] is not None:
            found.cuts.append((begin, at))
            if at - begin in (2, 5):
                italics.append((begin, at))
        elif start["tag"] is not None:
            at = _tag(raw, begin, notes, found)
        elif start["entity"] is not None:
            entity = _ENTITY.match(raw, begin)
            if entity is not None and (seen := unescape(entity[0])) != entity[0]:
                found.letters.append((*entity.span(), seen))
                at = entity.end()
        else:
            switch = _SWITCH.match(raw, begin)
            if switch is not None:
                found.gone(raw, *switch.span())
                at = switch.end()
    for opening, closing in zip(italics[::2], italics[1::2], strict=False):
        found.regions.append((RegionKind.EMPHASIS, opening[0], closing[1]))


def _hidden(raw: str, hidden: list[tuple[int, int, str]], found: Markup) -> None:
    for begin, end, what in hidden:
        if what in _CODE and what not in _SHOWN:
            found.code(begin, end)
        elif what == "nowiki" or what in _SHOWN:
            first, last = raw.index(">", begin) + 1, raw.rindex("<", begin, end)
            found.cuts += ((begin, first), (last, end))
            found.code(begin, end)
        else:
            found.gone(raw, begin, end, RegionKind.COMMENT if what == "comment" else RegionKind.HTML)


def _link(raw: str, begin: int, closing: int, found: Markup) -> int:
    """Take in a link within the wiki; of a picture the caption is read by itself."""
    first, end = begin + 2, closing + 2
    if _FILE.match(raw, first):
        return _picture(raw, begin, closing, found)
    bar = raw.find("|", first, closing)
    if _CATEGORY.match(raw, first) and (bar < 0 or raw[first:bar].lower().startswith(("category", "категор"))):
        found.gone(raw, begin, end, RegionKind.LINK_TARGET)
        return end
    if bar < 0:
        found.cuts += ((begin, first), (closing, end))
        found.regions.append((RegionKind.LABEL, first, closing))
        return end
    found.regions.append((RegionKind.LINK_TARGET, begin, bar + 1))
    found.cuts += ((begin, bar + 1), (closing, end))
    return bar + 1


def _picture(raw: str, begin: int, closing: int, found: Markup) -> int:
    """Take in a picture: what is no option of its is the caption, and `alt` its description."""
    depth = 0
    parts: list[tuple[int, int]] = []
    at = begin + 2
    for sign in re.compile(r"\[\[|\]\]|\{\{|\}\}|\|").finditer(raw, at, closing):
        if sign[0] == "|" and not depth:
            parts.append((at, sign.start()))
            at = sign.end()
        elif sign[0] in ("[[", "{{"):
            depth += 1
        elif sign[0] in ("]]", "}}"):
            depth -= 1
    parts.append((at, closing))
    found.gone(raw, begin, closing + 2, None)
    reached = begin
    for first, last in parts[1:]:
        alt = _ALT.match(raw, first, last)
        if alt is not None:
            first = alt.end()
        elif _OPTION.match(raw[first:last]):
            continue
        if raw[first:last].strip():
            found.regions.append((RegionKind.HTML, reached, first))
            found.apart.append((first, last, RegionKind.CAPTION))
            reached = last
    found.regions.append((RegionKind.HTML, reached, closing + 2))
    return parts[1][0] if len(parts) > 1 else closing + 2


def _external(raw: str, begin: int, found: Markup) -> int:
    external = _EXTERNAL.match(raw, begin)
    if external is None:
        return begin + 1
    if not external[2]:
        found.gone(raw, begin, external.end(), RegionKind.LINK_TARGET)
        return external.end()
    found.regions.append((RegionKind.LINK_TARGET, begin, external.start(2)))
    found.cuts += ((begin, external.start(2)), (external.end(2), external.end()))
    return external.start(2)


def _tag(raw: str, begin: int, notes: list[int], found: Markup) -> int:
    """Take in a tag: what stands in a note is read by itself."""
    tag = _TAG.match(raw, begin)
    if tag is None:
        return begin + 1
    name = tag[2].lower()
    end = tag.end()
    if name in _BREAKS:
        found.letters.append((begin, end, "\n"))
        return end
    if name == "ref":
        if tag[1]:
            if notes:
                opening = notes.pop()
                first = raw.index(">", opening) + 1
                found.gone(raw, opening, end, None)
                found.regions += ((RegionKind.HTML, opening, first), (RegionKind.HTML, begin, end))
                found.apart.append((first, begin, RegionKind.PROSE))
        elif tag[4] or tag[3].rstrip().endswith("/"):
            found.gone(raw, begin, end)
        elif len(notes) < _DEEPEST:
            notes.append(begin)
        return end
    if name in ("s", "del", "strike") and not tag[1]:
        closing = raw.find(f"</{name}>", end, end + 2_000)
        if closing >= 0:
            last = closing + len(name) + 3
            found.gone(raw, begin, last, RegionKind.STRUCK)
            return last
    found.cuts.append((begin, end))
    found.regions.append((RegionKind.HTML, begin, end))
    return end
