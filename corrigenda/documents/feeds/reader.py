"""RSS 0.9x, 1.0 and 2.0, Atom, and WordPress exports (WXR): titles, summaries and articles, most of them in HTML."""

import re
from collections.abc import Iterable, Iterator, Sequence

from corrigenda.documents import views
from corrigenda.documents.data import DataReader, Value
from corrigenda.documents.directives import spoken
from corrigenda.documents.document import Document
from corrigenda.documents.embedding import composed
from corrigenda.documents.encodings.decode import MAX_BYTES
from corrigenda.documents.errors import DocumentError
from corrigenda.documents.feeds.elements import Element, content, elements, in_section
from corrigenda.documents.fields import Wanted
from corrigenda.documents.parts import Directive, Edit, Embedded, Encoding, Region, Span, View
from corrigenda.documents.xml.decoding import decode
from corrigenda.documents.xml.events import Comment
from corrigenda.documents.xml.splicing import escaped

ROOTS = frozenset(("rss", "RDF", "feed"))
"""Names of the root elements of feeds, without their prefixes."""

_RECORDS = frozenset(("item", "entry"))
_TITLES = frozenset(("title", "media:title", "itunes:title"))
_TEXTS = frozenset(
    (
        *("description", "subtitle", "summary", "content", "content:encoded", "excerpt:encoded"),
        *("media:description", "itunes:summary", "itunes:subtitle"),
    )
)
_PARENTS = frozenset(("channel", "feed", "item", "entry", "media:group", "media:content"))
_ABOUT = frozenset(("wp:post_type", "wp:status"))
_NOT_COPY = frozenset(
    (
        *("nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request"),
        *("wp_global_styles", "wp_navigation", "trash", "auto-draft"),
    )
)
"""Kinds and states of what WordPress exports that no reader sees as copy."""

_SHORTCODE = re.compile(r"\[/?[a-zA-Z][\w-]{0,60}(?:\s[^\[\]\r\n]{0,1000})?/?\]")
_PARAGRAPHS = re.compile(r"<p[\s>]|<!--\s*wp:", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t\r]*\n\s*")


class FeedReader(DataReader):
    """Reads feeds and writes them back."""

    usual = "html"

    def decoded(self, data: bytes, *, limit: int = MAX_BYTES) -> tuple[str, Encoding]:
        """Return the text of a file's bytes, in the encoding that it claims. Raises Unreadable."""
        return decode(data, limit=limit)

    def values(self, text: str) -> Iterable[Value]:
        """Return what is copy. Raises Unreadable for what is no XML."""
        wanted = Wanted(self.options)
        asked = wanted.kind if wanted.said else _usual
        found: list[Element] = []
        hidden: set[int] = set()
        export = "http://wordpress.org/export/" in text[:10_000]

        def is_wanted(names: Sequence[str]) -> bool:
            return bool(asked(".".join(names))) or (export and names[-1] in _ABOUT)

        for element in elements(text, is_wanted, _RECORDS, lambda _: None):
            if element.names[-1] not in _ABOUT:
                found.append(element)
            elif element.view.text.strip() in _NOT_COPY:
                hidden.add(element.record)
        wanted.refuse_missing("element")
        for element in found:
            if element.record and element.record in hidden:
                continue
            kind = asked(".".join(element.names))
            yield from self._value(element, title=kind == "title", export=export)

    def _value(self, element: Element, *, title: bool, export: bool) -> Iterator[Value]:
        inner = self._format(element)
        view = element.view
        if not inner or not view.text.strip():
            return
        name = element.names[-1]
        label = f"{_record(element)} {element.record:,}, {name}" if element.record else name
        pieces = [(0, len(view.text))]
        if export and inner == "html" and not title and _PARAGRAPHS.search(view.text) is None:
            pieces = _paragraphs(view.text)  # WordPress makes paragraphs of them when it shows the article
        for start, end in pieces:
            if len(pieces) == 1:
                place, own = Span(element.start, element.end), view
            else:
                own = composed(view, views.plain(view.text, start, end))
                place = view.to_document(start, end)
            masks = [Span(*code.span()) for code in _SHORTCODE.finditer(own.text)] if export else ()
            yield Value(Embedded(place.start, place.end, own, inner, label, element.record + 1), title, masks)

    def _format(self, element: Element) -> str:
        """Return what an element is written in, "" where it holds no text."""
        if self.options.field_format:
            return self.options.field_format
        said = element.attributes.get("type", "")
        if element.markup:
            return "html"
        if element.names[-1] in ("title", "subtitle", "summary", "content") and element.names[0] == "feed":
            return {"": "text", "text": "text", "text/plain": "text", "html": "html", "text/html": "html"}.get(said, "")
        return "text" if said in ("plain", "text/plain") else self.usual

    def view(self, text: str, start: int, end: int) -> View:
        """Return what an element's content says. Raises Unreadable where it is broken."""
        view = content(text[start:end])
        return View(view.text, tuple(one._replace(start=one.start + start) for one in view.segments))

    def escaped(self, document: Document, part: Embedded, at: int, text: str) -> str:
        """Return words as the element has them: in a CDATA section and in XHTML as they are, else with references."""
        whole = document.text
        before = whole.rfind("<", 0, part.start)
        start = before if whole.startswith("<![CDATA[", before) else part.start
        if in_section(whole, start, at):
            return text.replace("]]>", "]]]]><![CDATA[>")
        is_markup = part.view.text == whole[part.start : part.end] and "<" in part.view.text
        return text if is_markup else escaped(text)

    def _is_harmless(self, document: Document, edit: Edit) -> bool:
        try:
            return super()._is_harmless(document, edit)
        except DocumentError:
            return False

    def directives(self, text: str, outside: Sequence[Region]) -> tuple[Directive, ...]:
        """Return the comments that speak to corrigenda."""
        if "corr" not in text.lower():
            return ()
        comments: list[Comment] = []
        for _ in elements(text, _nothing, _RECORDS, comments.append):
            pass
        return tuple(one for comment in comments for one in spoken(comment.start, comment.end, comment.value))


def _nothing(_: Sequence[str]) -> bool:
    return False


def _usual(path: str) -> str:
    """Return "title" or "text" for the path of an element that feeds have for copy."""
    *around, name = path.split(".")
    if not around or around[-1] not in _PARENTS:
        return ""
    return "title" if name in _TITLES else "text" if name in _TEXTS else ""


def _record(element: Element) -> str:
    return next((name for name in reversed(element.names) if name in _RECORDS), "record")


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text between empty lines."""
    found: list[tuple[int, int]] = []
    at = len(text) - len(text.lstrip())
    for blank in _BLANK.finditer(text, at):
        if blank.start() > at:
            found.append((at, blank.start()))
        at = blank.end()
    if text[at:].strip():
        found.append((at, len(text.rstrip())))
    return found
