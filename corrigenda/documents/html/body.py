"""Which part of a whole page is its article, and what in it is furniture.

A page says it best itself: `<main>`, `<article>`. Where it does not, or where those hold little of it, turbohtml's
scores tell where the text is dense (as browsers' reading views do). What stands around the article is not read, nor is
what says in it that it is navigation, a notice about cookies, or a list of links to other articles.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from corrigenda.documents.html import elements
from corrigenda.documents.html.events import Event, Open, Said
from corrigenda.documents.html.source import Page, lengths

LEAST = 200
"""Characters that an article has at least; a page of fewer is read whole, but for its furniture."""

_ROLES = frozenset(
    "navigation search contentinfo banner dialog alertdialog menu menubar toolbar tablist complementary".split()
)
_CONTAINERS = frozenset("aside details div dl footer form header nav ol section table ul".split())
_ALWAYS = frozenset(
    "nav navbar navigation menu menubar breadcrumb breadcrumbs cookie cookies consent gdpr pagination pager prevnext "
    "share sharing social newsletter subscribe subscription advert advertisement advertisements ads adslot skiplink "
    "paywall toolbar toc comments disqus".split()
)
_IF_LINKS = frozenset(
    "related recommended recommendations recirculation promo promoted teaser teasers sidebar trending popular "
    "sponsored partner partners outbrain taboola tags topics footer more also widget links byline meta".split()
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LEVELS = 8
"""How far up from the densest part the page is looked at for others of its kind."""
_LINKS = 0.5
"""Share of its characters that stand in links from which on a list is one of links."""


class Body(NamedTuple):
    """What of a page is read: stretches of its source, and stretches in them that are not."""

    inside: list[tuple[int, int]]
    outside: list[tuple[int, int]]


def found(page: Page) -> Body:
    """Return the article of a page and the furniture in it."""
    known = _Known(page.events)
    everything = _whole(known)
    furniture = [one for one in known.elements if known.is_furniture(one, everything)]
    scope = _scope(page, known, everything, furniture)
    inside = [scope]
    heading = _headline(known, scope)
    if heading is not None:
        inside.insert(0, heading)
    return Body(inside, _merged((one.start, one.close) for one in furniture if not _holds(one, scope)))


class _Known:
    """The elements of a page, and how much text lies in each."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.elements = [event for event in events if isinstance(event, Open)]
        self._positions, self._sums = lengths(_seen(events))
        links = _merged((one.start, one.close) for one in self.elements if one.name == "a")
        self._links = links
        self._link_sums = [0]
        for start, end in links:
            self._link_sums.append(self._link_sums[-1] + self.size(start, end))
        self._link_starts = [start for start, _ in links]

    def size(self, start: int, end: int) -> int:
        """Return how many characters, white space aside, the text in a stretch has."""
        first, last = bisect_left(self._positions, start), bisect_left(self._positions, end)
        return self._sums[last] - self._sums[first]

    def linked(self, start: int, end: int) -> int:
        """Return how many of them stand in links."""
        first, last = bisect_left(self._link_starts, start), bisect_left(self._link_starts, end)
        return self._link_sums[last] - self._link_sums[first]

    def is_furniture(self, one: Open, everything: tuple[int, int]) -> bool:
        """Return whether an element says of itself that it is not the article's text."""
        if one.name == "nav":
            return True
        if one.name not in _CONTAINERS:
            return False
        if one.attributes and (one.get("role") or "").lower() in _ROLES and one.name != "header":
            return True
        if one.name == "footer" or not one.attributes:
            return one.name == "footer" and self._is_of_links(one)
        words = {word.lower() for name in ("class", "id") for word in _WORD.findall((one.get(name) or "")[:500])}
        if not words.isdisjoint(_ALWAYS):
            return self.size(one.start, one.close) * 2 <= self.size(*everything)
        return not words.isdisjoint(_IF_LINKS) and self._is_of_links(one)

    def _is_of_links(self, one: Open) -> bool:
        return self.linked(one.start, one.close) >= _LINKS * self.size(one.start, one.close)


def _seen(events: Sequence[Event]) -> list[Event]:
    """Return the pieces of text that a reader sees, and nothing else."""
    result: list[Event] = []
    until = 0
    for event in events:
        if isinstance(event, Open):
            if event.start >= until and elements.is_unseen(event):
                until = event.close
        elif isinstance(event, Said) and event.start >= until:
            result.append(event)
    return result


def _whole(known: _Known) -> tuple[int, int]:
    for one in known.elements:
        if one.name == "body":
            return one.start, one.close
    return 0, max((one.close for one in known.elements), default=0)


def _scope(page: Page, known: _Known, everything: tuple[int, int], furniture: Sequence[Open]) -> tuple[int, int]:
    """Return the stretch of a page's source that its article takes up."""
    out = _merged((one.start, one.close) for one in furniture)

    def outer(candidates: list[Open]) -> list[Open]:
        """Return those that lie in no other and in no furniture."""
        result: list[Open] = []
        for one in candidates:
            if result and one.start < result[-1].close:
                continue
            if not _within(out, one.start):
                result.append(one)
        return result

    def size(one: Open) -> int:
        return known.size(one.start, one.close)

    mains = outer([one for one in known.elements if one.name == "main" or one.get("role") == "main"])
    base = max(mains, key=size, default=None)
    if base is not None and size(base) >= LEAST:
        within = (base.start, base.close)
    else:
        base, within = None, everything
    articles = outer(
        [
            one
            for one in known.elements
            if (one.name == "article" or one.get("itemprop") == "articleBody" or one.get("role") == "article")
            and within[0] <= one.start < within[1]
        ]
    )
    scope = within
    chosen = base is not None
    if articles:
        largest = max(articles, key=size)
        if size(largest) * 2 >= sum(map(size, articles)) and size(largest) >= LEAST:
            scope, chosen = (largest.start, largest.close), True
    if page.content is None or known.size(*page.content) < LEAST or known.size(*everything) < LEAST:
        return scope
    dense = _widened(page.content, known, everything, out)
    if not chosen or (not _overlap(scope, dense) and known.size(*dense) > 2 * known.size(*scope)):
        return dense
    return scope


def _widened(
    dense: tuple[int, int], known: _Known, everything: tuple[int, int], out: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """Return the densest part of a page, or what holds it and other parts of its kind: the chapters of a manual.

    Where it has less than half of the words that stand in no link and no furniture, the page is no single article.
    """

    starts = [start for start, _ in out]
    sums = list(accumulate((known.size(*one) - known.linked(*one) for one in out), initial=0))

    def plain(start: int, end: int) -> int:
        furniture = sums[bisect_left(starts, end)] - sums[bisect_left(starts, start)]
        return known.size(start, end) - known.linked(start, end) - furniture

    for _ in range(_LEVELS):
        own = next((one for one in known.elements if (one.start, one.close) == dense), None)
        around = [one for one in known.elements if one.start < dense[0] and dense[1] <= one.close]
        if own is None or not around or around[-1].name in ("body", "html"):
            break
        parent = around[-1]
        alike = sum(
            plain(one.start, one.close)
            for one in known.elements
            if parent.start < one.start < parent.close
            and not dense[0] <= one.start < dense[1]
            and (one.name, one.get("class")) == (own.name, own.get("class"))
        )
        if alike < LEAST:
            break
        dense = (parent.start, parent.close)
    return dense if plain(*dense) * 2 >= plain(*everything) else everything


def _headline(known: _Known, scope: tuple[int, int]) -> tuple[int, int] | None:
    """Return the headline of an article that does not hold it: the page's heading whose words its title has."""
    headings = [one for one in known.elements if one.name == "h1"]
    if any(scope[0] <= one.start < scope[1] for one in headings):
        return None
    before = [one for one in headings if one.close <= scope[0]]
    return (before[-1].start, before[-1].close) if before else None


def _holds(one: Open, scope: tuple[int, int]) -> bool:
    return one.start <= scope[0] and scope[1] <= one.close


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(stretches: Sequence[tuple[int, int]], position: int) -> bool:
    index = bisect_left(stretches, (position + 1, 0)) - 1
    return index >= 0 and stretches[index][0] <= position < stretches[index][1]


def _merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches in order, those that meet as one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result
