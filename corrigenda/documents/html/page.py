"""A page or a fragment of HTML as a document."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from corrigenda.documents import directives, spoken
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.html import body, elements, source, xhtml
from corrigenda.documents.html.events import Event, Open, Said
from corrigenda.documents.html.reading import Reading, Stretches
from corrigenda.documents.parts import Block, Encoding, Region, RegionKind, Unread
from corrigenda.languages import code_of

MAX_TAGS = 1_000_000
"""Most tags and references that a page may have, since each takes memory; a page of five megabytes has about that."""

FURNITURE = "the page around its article"

_OWN_REPORT = re.compile(r'<meta name="generator" content="corrigenda">')
_HEAD = 2_000
"""Code points in which a report of our own says that it is one: nobody wants the articles in it checked again."""
_XHTML = (".xhtml", ".xht")


def parse(text: str, display: str, encoding: Encoding | None = None, sha256: str = "") -> Document:
    """Return the document of a page or of a fragment of one.

    Of a whole page the article is read, its title and its description; of a fragment everything that a reader sees.

    Raises:
        Unreadable: The text has more than `MAX_TAGS` tags and references.
    """
    if text.count("<") + text.count("&") > MAX_TAGS:
        raise Unreadable(f"The page has more than {MAX_TAGS:,} tags and references. Split it.")
    if _OWN_REPORT.search(text, 0, _HEAD) is not None:
        left = (Unread(0, len(text), "a report of corrigenda itself"),)
        return Document(display, text, "html", encoding=encoding or Encoding(), sha256=sha256, unread=left)
    page = _page(text, display)
    scope = None
    if page.whole:
        article = body.found(page)
        scope = Stretches(article.inside, article.outside)
    first, last = _said(page.events, scope)
    language = _believed(_language(page.events, first, last), page.events, first, last)
    reading = Reading(text, span=(first, last), language=language or code_of(""), controls=not page.whole, scope=scope)
    reading.take(page.events)
    blocks = tuple(sorted(reading.blocks, key=lambda block: (block.start, -block.end)))
    spoken = tuple(sorted(reading.directives))
    regions = [*reading.regions, *directives.regions(spoken), *_between(text, blocks, page.events)]
    regions.sort(key=lambda region: (region.start, -region.end))
    unread = list(reading.unread)
    if scope is not None:
        unread += _furniture(page.events, scope, len(text))
    return Document(
        display,
        text,
        "html",
        tuple(regions),
        blocks,
        encoding or Encoding(),
        sha256,
        spoken,
        language,
        unread=tuple(sorted(unread)),
    )


def _page(text: str, display: str) -> source.Page:
    """Return what a page is made of: well-formed XHTML by the rules of XML, all else as browsers read it."""
    if display.lower().endswith(_XHTML) or text.startswith("<?xml"):
        try:
            return source.Page(xhtml.events(text), None, source.is_page(text))
        except Unreadable:
            pass  # browsers read it all the same, where it is called HTML
    return source.parsed(text)


def _believed(language: str, events: Iterable[Event], start: int, end: int) -> str:
    """Return the language that a page says it is in, empty where its letters are those of others: a page that was
    translated often still says what it was.
    """
    if not language:
        return ""
    text = "".join(event.value for event in events if isinstance(event, Said) and start <= event.start < end)
    return spoken.dominant({language: len(text)}, len(text), language, text) or ""


def _said(events: Iterable[Event], scope: Stretches | None) -> tuple[int, int]:
    """Return where the first text that is read begins and the last one ends."""
    first = last = -1
    for event in events:
        if isinstance(event, Said) and event.value.strip() and (scope is None or scope(event.start)):
            first = event.start if first < 0 else first
            last = event.end
    return max(first, 0), max(last, 0)


def _language(events: Iterable[Event], start: int, end: int) -> str:
    """Return the language that the elements around a stretch say it is in, empty where they do not."""
    result = ""
    for event in events:
        if event.start > start:
            break
        if isinstance(event, Open) and event.close >= end:
            result = elements.language(event) or result
    return result


def _between(text: str, blocks: Sequence[Block], events: Sequence[Event]) -> list[Region]:
    """Return what stands between blocks: tags alone, or what is not read, which is masked."""
    result: list[Region] = []
    positions = [event.start for event in events if isinstance(event, Said) and event.value.strip()]
    at = 0
    for start, end in [*((block.start, block.end) for block in blocks), (len(text), len(text))]:
        if start > at:
            bare = bisect_right(positions, start - 1) == bisect_right(positions, at - 1)
            result.append(Region(RegionKind.MARKUP if bare else RegionKind.HTML, at, start))
        at = max(at, end)
    return result


def _furniture(events: Iterable[Event], scope: Stretches, length: int) -> list[Unread]:
    """Return the stretches of a page that may hold copy and were left out, since they are not its article."""
    result: list[Unread] = []
    spans = scope.spans(length, inside=False)
    index = 0
    first: int | None = None
    last = 0
    until = 0
    title = 0
    for event in events:
        if isinstance(event, Open):
            if event.start >= until and elements.is_unseen(event):
                until = event.close
            if event.name in ("title", "head"):
                title = max(title, event.close)
        elif isinstance(event, Said) and event.start >= max(until, title) and event.value.strip():
            while index < len(spans) and spans[index][1] <= event.start:
                if first is not None:
                    result.append(Unread(first, last, FURNITURE))
                    first = None
                index += 1
            if index < len(spans) and spans[index][0] <= event.start:
                first = event.start if first is None else first
                last = event.end
    if first is not None:
        result.append(Unread(first, last, FURNITURE))
    return result
