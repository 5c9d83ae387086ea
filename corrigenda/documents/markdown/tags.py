"""Tags of HTML and JSX: where one ends, which of them part the text, and which hold what is no copy."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corrigenda.documents.markdown.constructs import LONGEST, tag_end
from corrigenda.documents.parts import RegionKind

RAW = frozenset({"pre", "script", "style", "textarea"})
"""Elements that the grammar of blocks reads to their end, whatever stands in them."""

HEAD = re.compile(r"</?([A-Za-z][\w.:-]*)|<>|</>")
"""How a tag begins; `<>` and `</>` are JSX's."""

_EMPTY_LINE = re.compile(r"\n[ \t]*\r?\n")
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_CODE = frozenset("code kbd samp var tt pre script style svg math textarea".split())
_UNSEEN = frozenset({"script", "style"})

INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr".split()
)
"""Elements that stand in running text."""

_PARTING = frozenset(
    "address article aside blockquote body button caption center col colgroup dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu meta nav ol "
    "optgroup option p section select source summary table tbody td tfoot th thead title tr track ul video".split()
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary", "title", "legend"), RegionKind.HEADING),
    **dict.fromkeys(("caption", "figcaption"), RegionKind.CAPTION),
    **dict.fromkeys(("li", "dt", "dd", "option"), RegionKind.LIST),
    **dict.fromkeys(("td", "th"), RegionKind.TABLE),
    "blockquote": RegionKind.QUOTATION,
}

HOLDING = frozenset("caption dd dt figcaption h1 h2 h3 h4 h5 h6 legend li p summary td th".split())
"""Elements that hold words rather than blocks."""


class Tag(NamedTuple):
    """One tag, `[start, end)`; its name, that of an element of HTML in lower case, and empty for JSX's `<>`."""

    start: int
    end: int
    name: str
    closing: bool


class Part(NamedTuple):
    """A stretch of a paragraph between tags that part it, and what it is."""

    start: int
    end: int
    kind: RegionKind


def scan(text: str, start: int) -> Tag | None:
    """Return the tag that begins at a position, with quoted values and JSX's braces in it; None where none does.

    Args:
        text: The text.
        start: Where the tag should begin.
    """
    head = HEAD.match(text, start)
    if head is None:
        return None
    if head[1] is None:
        return Tag(start, head.end(), "", head[0] == "</>")
    if text.find(">", start, start + LONGEST) < 0:
        return None
    end = tag_end(text, start)
    if end is None or _EMPTY_LINE.search(text, start, end):
        return None  # an empty line ends the paragraph, and what looked like a tag is text
    name = head[1]
    # A name in mixed case is a component's: <Link> is no <link>.
    return Tag(start, end, name.lower() if name.isupper() else name, text[start + 1] == "/")


def parts_text(name: str) -> bool:
    """Return whether an element of this name stands apart from the text around it."""
    return name in _PARTING


def kind_of(name: str) -> RegionKind | None:
    """Return what the text in an element is, None where it is what stands around it."""
    return _KINDS.get(name)


def descriptions(text: str, tag: Tag) -> Iterator[tuple[int, int]]:
    """Yield where the description of a picture stands in its tag, where it is more than a word."""
    if tag.name != "img" and not tag.name.lower().endswith("image"):
        return
    for found in _ALT.finditer(text, tag.start, tag.end):
        number = 1 if found[1] is not None else 2
        if " " in found[number].strip():
            yield found.span(number)


def codes(raw: str, found: Sequence[Tag]) -> Iterator[tuple[int, int, bool]]:
    """Yield what stands between tags (ascending) that mean code, and whether a reader sees it; what nothing closes is
    copy, but for what no reader sees.
    """
    opened: Tag | None = None
    for tag in found:
        if opened is None and tag.name in _CODE and not tag.closing and raw[tag.end - 2] != "/":
            opened = tag
        elif opened is not None and tag.closing and tag.name == opened.name:
            yield opened.end, tag.start, tag.name not in _UNSEEN
            opened = None
    if opened is not None and opened.name in _UNSEEN:
        yield opened.end, len(raw), False


def stands_apart(raw: str, tag: Tag) -> bool:
    """Return whether a tag parts the text: that of a block, or one on a line of nothing but tags."""
    return parts_text(tag.name) or (tag.name not in INLINE and _alone(raw, tag.start, tag.end))


def parted(raw: str, found: Sequence[Tag], start: int, end: int, kind: RegionKind) -> Iterator[Part]:
    """Yield the parts of `[start, end)` of a paragraph, given all tags in it that stand apart, and in their places the
    descriptions of pictures.
    """
    position, current = start, kind
    for tag in found:
        if tag.start < position or tag.end > end:
            continue
        if tag.start > position:
            yield Part(position, tag.start, current)
        for span in descriptions(raw, tag):
            yield Part(*span, RegionKind.CAPTION)
        position = tag.end
        if parts_text(tag.name):
            current = (kind if tag.closing else kind_of(tag.name)) or kind
    if position < end:
        yield Part(position, end, current)


def _alone(raw: str, start: int, end: int) -> bool:
    """Return whether a tag has its line for itself."""
    before, after = raw[max(0, start - 80) : start].rstrip(" \t"), raw[end : end + 80].lstrip(" \t")
    return (not before or before[-1] in "\r\n>") and (not after or after[0] in "\r\n<")
