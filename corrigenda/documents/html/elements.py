"""What the elements of HTML mean for their reader."""

import re
from typing import Final

from corrigenda.documents.html.events import Open
from corrigenda.documents.parts import RegionKind

UNSEEN: Final = frozenset(
    "applet area audio base basefont canvas colgroup datalist embed frame frameset iframe input link map math meta "
    "noembed noframes noscript object param rp rt rtc script source style svg template textarea track video".split()
)
"""Elements of which a reader sees nothing that is copy."""

CONTROLS: Final = frozenset("button form legend meter output progress select".split())
"""Elements by which a reader works a page: in an article they are no part of it."""

BLOCKS: Final = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol "
    "optgroup option p plaintext pre search section select summary table tbody td tfoot th thead title tr ul "
    "xmp".split()
)
"""Elements that begin and end a paragraph."""

HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6 title".split())

KINDS: Final = {
    **dict.fromkeys(HEADINGS, RegionKind.HEADING),
    **dict.fromkeys(("li", "dd", "dt", "summary", "option"), RegionKind.LIST),
    **dict.fromkeys(("td", "th"), RegionKind.TABLE),
    **dict.fromkeys(("caption", "figcaption"), RegionKind.CAPTION),
    "blockquote": RegionKind.QUOTATION,
}
"""What stands in an element, unless something else stands between."""

AROUND: Final = {
    **dict.fromkeys(("ul", "ol", "dl", "menu", "dir"), RegionKind.LIST),
    "table": RegionKind.TABLE,
    "blockquote": RegionKind.QUOTATION,
    "figure": RegionKind.IMAGE,
}
"""Elements that are one as a whole."""

EMPHASIS: Final = frozenset("em i cite dfn".split())
CODE: Final = frozenset("code kbd listing plaintext pre samp tt var xmp".split())
STRUCK: Final = frozenset("del s strike".split())
OWN_LINE_CODE: Final = frozenset("listing plaintext pre xmp".split())

DESCRIBING: Final = ("alt", "title", "aria-label", "summary")
"""Attributes whose value a reader sees or hears; `summary` is a table's."""

_NO_TITLE = frozenset("link style script iframe".split())
_NO_DISPLAY = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_SELF_LINK = frozenset("headerlink permalink anchor anchorjs-link anchor-link heading-anchor headeranchor".split())
_FORMULA = frozenset("math katex mathjax mjx-container".split())


def classes(element: Open) -> frozenset[str]:
    """Return an element's classes, in lower case."""
    return frozenset((element.get("class") or "").lower().split())


def is_unseen(element: Open) -> bool:
    """Return whether a reader sees nothing of an element that is copy."""
    if element.name in UNSEEN:
        return True
    if not element.attributes:
        return element.name == "dialog"
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return True
    if element.name == "dialog" and element.get("open") is None:
        return True
    if (element.get("aria-hidden") or "").lower() == "true" and element.name not in ("html", "body"):
        return True
    style = element.get("style")
    if style is not None and _NO_DISPLAY.search(style) is not None:
        return True
    return element.name == "a" and not _SELF_LINK.isdisjoint(classes(element))


def is_untranslated(element: Open) -> bool:
    """Return whether an element says that its words are not to be translated: names of products, commands.

    A whole page that says so keeps a browser from offering a translation; it is copy all the same.
    """
    if element.name in ("html", "body", "head") or not element.attributes:
        return False
    return (element.get("translate") or "").lower() == "no" or "notranslate" in classes(element)


def is_code(element: Open) -> bool:
    """Return whether what stands in an element is code or a formula."""
    return element.name in CODE or (
        element.name in ("span", "div") and bool(element.attributes) and not _FORMULA.isdisjoint(classes(element))
    )


def language(element: Open) -> str:
    """Return the language that an element says its words are in, empty where it does not."""
    if not element.attributes:
        return ""
    return (element.get("lang") or element.get("xml:lang") or "").strip()


def descriptions(element: Open) -> list[str]:
    """Return the attributes of an element that its reader sees or hears."""
    if not element.attributes or element.name in _NO_TITLE:
        return []
    return [
        name
        for name, value in element.attributes
        if name in DESCRIBING and (name != "summary" or element.name == "table") and any(map(str.isalpha, value))
    ]


_DESCRIBING_META = frozenset("description og:title og:description".split())


def is_metadata(element: Open) -> bool:
    """Return whether an element holds a title or a description that others show of a page."""
    if element.name != "meta":
        return False
    return (element.get("name") or element.get("property") or "").strip().lower() in _DESCRIBING_META


_OF_BOOK = frozenset("pagebreak noteref toc landmarks page-list loi lot".split())


def is_of_book(element: Open) -> bool:
    """Return whether an element is a book's and no copy: lists of contents, the numbers of pages and of notes."""
    if element.name in ("nav", "title"):
        return True
    if not element.attributes:
        return False
    roles = f"{element.get('epub:type') or ''} {(element.get('role') or '').replace('doc-', '')}".lower().split()
    return not _OF_BOOK.isdisjoint(roles)
