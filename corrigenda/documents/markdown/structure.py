"""What programs read in a Markdown text, so that a correction is known to change nothing of it.

An edit inside running copy is seen to be harmless by what stands around it. For any other the text is parsed with the
edit made and without: by markdown-it, a parser of CommonMark that is not ours, and by our own reader, which knows what
CommonMark does not (wiki links, templates, mathematics).
"""

import re
from collections.abc import Hashable, Sequence

from corrigenda.documents.document import Document
from corrigenda.documents.markdown import front_matter
from corrigenda.documents.parts import READABLE, Edit, RegionKind
from corrigenda.documents.trial import Edited
from corrigenda.documents.trial import harmless as tried

_PLAIN = frozenset(" \t\u00a0\u202f.,;?'\"“”‘’()%–—…\u200b\u2060\ufeff\u00ad")
_BEGUN = re.compile(
    r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*(?:#{1,6}[ \t]+)?(?:\[[ xX]\][ \t]+)?"
    r"(?:\*\*?|_|[“\"(])?[^\W\d_]"
)
_NAMED = re.compile(r"(?<!\w)[@#][\w-]+|:[\w+-]+:(?![\w/])|\w+://\S+|(?<![\w.-])[\w-]+(?:\.[\w-]+)+")
_TO_HEADING = re.compile(r"\(#|\[\[#|href=[\"']#")
_FRONT_MATTER = 20_000
"""Code points of the longest front matter that is parsed to learn whether a program reads it as before."""
_NO_SLUG = re.compile(r"[^\w\- ]")


def harmless(document: Document, edits: Sequence[Edit], edited: Edited) -> list[Edit]:
    """Return those of some edits after which programs read the text as before, in the order in which they came.

    Args:
        document: A Markdown document.
        edits: Edits of it, in any order; they may overlap, though only one of those that do can be made.
        edited: Returns the document that edits leave.
    """
    return tried(document, edits, edited, structure, _in_running_copy)


def structure(document: Document) -> Hashable:
    """Return what programs read in a Markdown document: equal for two texts that differ in copy alone."""
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    definitions: dict[str, dict[str, dict[str, str]]] = {}
    found: list[Hashable] = []
    slugs: set[str] = set()
    targets: set[str] = set()

    def take(token: Token) -> None:
        address = str(token.attrs.get("href", ""))
        if address.startswith("#"):
            targets.add(address[1:])
        said = token.content if token.type in _VERBATIM else ""
        attributes = tuple(sorted((name, str(value)) for name, value in token.attrs.items()))
        found.append((token.type, token.tag, token.nesting, token.hidden, token.markup, token.info, attributes, said))

    heading = False
    for token in parser.parse(document.text, definitions):
        take(token)
        if heading and token.type == "inline":
            slugs |= _slugs(token.content)
        heading = token.type == "heading_open"
        for inline in token.children or ():
            if inline.type not in _COPY:
                take(inline)
    masked = tuple(
        (region.kind, document.text[region.start : region.end])
        for region in document.regions
        if region.kind not in READABLE or region.kind is RegionKind.LABEL
    )
    references = tuple(
        (label, entry["href"], entry["title"]) for label, entry in sorted(definitions.get("references", {}).items())
    )
    ends = [region.end for region in document.regions_of(RegionKind.FRONT_MATTER)]
    said = front_matter.data(document.text, max(ends)) if ends and max(ends) < _FRONT_MATTER else None
    named = tuple(_NAMED.findall(document.text))
    return tuple(found), masked, references, named, said, frozenset(targets & slugs)


_VERBATIM = frozenset(("code_inline", "html_inline", "code_block", "fence", "html_block"))
_COPY = frozenset(("text", "softbreak", "text_special"))


def _slugs(heading: str) -> set[str]:
    """Return the names by which a link may find a heading: as GitHub makes them, and with single hyphens."""
    slug = _NO_SLUG.sub("", heading.strip().lower()).replace(" ", "-")
    return {slug, re.sub("-+", "-", slug).strip("-")}


def _in_running_copy(document: Document, edit: Edit) -> bool:
    """Return whether an edit lies in the midst of plain words, where nothing that it does can be markup."""
    text = document.text
    start, end, put = edit
    number = document.block_at(start)
    if number is None or not all(sign.isalnum() or sign in _PLAIN for sign in text[start:end] + put):
        return False
    if document.is_field(document.blocks[number].start) and not (text[start:end] + put).replace(" ", "").isalnum():
        return False  # it may be written in quotation marks
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if not before or not _is_plain(text, start - 1) or (after in "\r\n" and (before + put)[-1].isspace()):
        return False
    if after and after not in "\r\n" and not _is_plain(text, end):
        return False
    if any(sign in _HIDDEN for sign in text[start:end]) and not (before.isalpha() and after.isalpha()):
        return False
    line, _ = document.line_and_column(start)
    begun = _BEGUN.match(text, document.line_starts[line - 1], start)
    if begun is None:
        return False
    block = document.blocks[number]
    if block.kind is RegionKind.HEADING and _TO_HEADING.search(text) is not None:
        return False
    near = text[max(block.start, start - _NEAR) : start]
    return "]:" not in text or near.rfind("[") <= near.rfind("]")


_HIDDEN = frozenset("\u200b\u2060\ufeff\u00ad")
_NEAR = 1_000


def _is_plain(text: str, at: int) -> bool:
    sign = text[at]
    if sign in ":!":
        return text[at + 1 : at + 2] in ("", " ", "\n", "\r")
    return sign.isalnum() or sign in _PLAIN
