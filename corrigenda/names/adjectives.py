"""Slavic adjectives of places that translation left standing: Kakhovskaya HPP for Kakhovka, Kievsky region for Kyiv.

Nothing is invented: an adjective is resolved to a place of the curated list or of the text itself, never to what a stem
with an ending would be. Names of stations, squares, streets and plants are names, and left alone; city districts bear
the names of men and of other cities, so that of districts only those are asked about whose town the text names.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from corrigenda.languages import language
from corrigenda.names import gazetteer, lists
from corrigenda.names.context import NameContext
from corrigenda.names.data import CURRENT, Row, curated
from corrigenda.names.issue import Certainty, NameIssue
from corrigenda.names.romanise import fold, symbols
from corrigenda.names.table import Span

_ADJECTIVE = re.compile(r"^(.{2,}?)(s[’']?k(?:a[yij]?a|yi|yy|iy|ii|i|y|a|oye|oe|oi|oy|e|uyu|ogo|oho))$", re.IGNORECASE)
_NEXT = re.compile(r"[ \u00a0]([A-Za-z]+)(?:[ \u00a0]([A-Za-z]+))?")
_BASE_ENDINGS = ("", "ka", "a", "o", "e", "y", "i", "ye", "ia", "ya", "sk", "ets")
_KEEP = frozenset(
    "primorsky primorskiy zabaykalsky zabaikalsky stavropolsky khabarovsky krasnoyarsky altaisky permsky".split()
)
"""Folded adjectives that English uses in the names of regions (Primorsky Krai)."""
_NAMESAKES = frozenset(("Kyiv", "Minsk", "Moscow", "Saint Petersburg"))
"""Cities after which districts of other cities are named."""


def adjectives(context: NameContext) -> list[NameIssue]:
    """Return Slavic adjectives before an English noun: Kakhovskaya HPP for Kakhovka, Kievsky region for Kiev."""
    found = []
    for form in context.names.forms:
        match = _ADJECTIVE.match(form)
        if match is None or fold(form) in _KEEP or lists.is_proper(form):
            continue
        issue = _judge(form, match[1], context)
        if issue is not None:
            found.append(issue)
    return sorted(found, key=lambda issue: issue.sort_key)


def _judge(form: str, stem: str, context: NameContext) -> NameIssue | None:
    """Return what is wrong with an adjective: before a plant or a region likely, before a district a question."""
    known = language().name_words
    plants = _nouns_after(form, known.plants, context)
    nouns = plants | _nouns_after(form, known.areas, context)
    if nouns:
        base = _base_of(form, stem, context)
        if base is not None or plants:
            return _issue(form, base, nouns, Certainty.LIKELY if base else Certainty.POSSIBLE)
    districts = _nouns_after(form, known.districts, context)
    base = _base_in_text(stem, context) if districts else None
    return _issue(form, base, districts, Certainty.POSSIBLE) if base else None


def _nouns_after(form: str, wanted: frozenset[str], context: NameContext) -> dict[Span, str]:
    """Return those places of a form after which one of the wanted nouns stands (two words of them also), as written."""
    found = {}
    for start, end in context.names.spans(form):
        noun = _NEXT.match(context.text, end)
        if noun is None:
            continue
        if noun[1].lower() in wanted:
            is_of_city = (noun[2] or "").lower() == "of" and noun[1].lower() in language().name_words.districts
            if not is_of_city:
                found[start, end] = noun[1]
        elif noun[2] and f"{noun[1]} {noun[2]}".lower() in wanted:
            found[start, end] = f"{noun[1]} {noun[2]}"
    return found


class _Base(NamedTuple):
    """The place from which an adjective is made: the form to write, its places, and the curated name or ""."""

    form: str
    spans: tuple[Span, ...]
    canonical: str = ""


def _issue(form: str, base: _Base | None, nouns: Mapping[Span, str], certainty: Certainty) -> NameIssue:
    noun = next(iter(nouns.values()))
    made_from = f", made from {base.form}" if base else ""
    english = base.form if base else "the name of the place"
    return NameIssue(
        rule="adjective",
        form=form,
        spans=tuple(nouns),
        certainty=certainty,
        reason=f"{form} is an adjective of the original language{made_from}; before “{noun}” English has {english}",
        suggestion=base.form if base else "",
        other=base.form if base else "",
        other_spans=base.spans if base else (),
        canonical=base.canonical if base else "",
    )


def _options(stem: str) -> list[str]:
    """Return the forms of which an adjective with a stem can be made."""
    options = [stem + ending for ending in _BASE_ENDINGS]
    return [stem + "sk", *options] if stem.endswith("t") else options


def _base_of(form: str, stem: str, context: NameContext) -> _Base | None:
    """Return the place from which an adjective with a stem is made, or None: a curated one whose adjective is listed or
    that lies where the text is, or one of the text.
    """
    row = _listed_place(form, frozenset(("inflected",)))
    if row is None:
        rows = (_listed_place(option, CURRENT) for option in _options(stem))
        row = next((found for found in rows if found is not None and _lies_here(found, context)), None)
    if row is not None:
        written = context.preferred(row) or row.canonical
        return _Base(written, context.names.spans(written), row.canonical)
    return _base_in_text(stem, context)


def _base_in_text(stem: str, context: NameContext) -> _Base | None:
    """Return the place of the text from which an adjective with a stem is made, or None."""
    for option in _options(stem):
        if option not in context.names or not context.towns(option):
            continue
        row = _listed_place(option, CURRENT)
        if row is not None and row.canonical in _NAMESAKES:
            return None
        if row is not None or (len(symbols(option)) > 4 and gazetteer.is_place(option)):
            return _Base(option, context.names.spans(option), row.canonical if row is not None else "")
    return None


def _lies_here(row: Row, context: NameContext) -> bool:
    """Return whether a place lies in a country of which the text speaks."""
    return any(sign.language in row.languages_of_origin for sign in context.signs)


def _listed_place(form: str, statuses: frozenset[str]) -> Row | None:
    """Return the first curated place that has a form under one of some statuses, or None."""
    return next((row for row, status in curated().whole(form) if row.is_place and status in statuses), None)
