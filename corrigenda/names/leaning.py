"""Whose forms belong to a person or a text: Ukrainian, Russian or Belarusian ones?

The surname says it first (of a curated person, or by its ending), then what stands near and in the rest of the text:
countries and their people, places, other people's given names. Without a clear answer there is none.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from corrigenda.languages import language
from corrigenda.names import given_names
from corrigenda.names.data import curated
from corrigenda.names.romanise import fold
from corrigenda.names.table import Span

if TYPE_CHECKING:
    from corrigenda.names.context import NameContext

LANGUAGES = {"uk": "Ukrainian", "ru": "Russian", "be": "Belarusian"}
_NEAR = 150
"""Code points around a name in which what stands counts twice."""
_MOST_SIGNS = 200
_MOST_PLACES = 20
_CLEAR = 2
"""Weight below which nothing is decided."""
_ENDINGS = (
    ("uk", re.compile(r"(?:enko|[cs]?huk|[iy]uk|skyi|ckyi|skyy|ivskyi|[iy]shyn|[iy]shyna|aiko|eiko)$"), 2),
    ("be", re.compile(r"(?:enka|ouski|chyk|[ae]vich|onak|[ao]u)$"), 2),
    ("ru", re.compile(r"(?:[oe]va?|[oe]vich|skikh|skaya|tsyn|tsyna|nin)$"), 1),
)


class Leaning(NamedTuple):
    """A language, "" for none, and what speaks for it, as the end of a sentence: "the text names Kharkiv"."""

    language: str = ""
    why: str = ""


class Sign(NamedTuple):
    """A word of a text that speaks for a language: its weight, and where it begins in the text."""

    word: str
    language: str
    weight: int
    starts: tuple[int, ...]
    why: str


def signs(context: "NameContext") -> tuple[Sign, ...]:
    """Return what speaks for a language anywhere in a text, each word once: countries, places, given names."""
    found = []
    nations = language().name_words.nations
    places = {mention.form: mention.row for mention in context.mentions if mention.row.is_place}
    for form in context.names.forms:
        nation = next((code for stem, code in nations.items() if form.startswith(stem)), "")
        if nation:
            found.append(_sign(form, nation, 2, f"the text speaks of {form}", context))
            continue
        row = places.get(form)
        code = given_names.language_of(form)
        if row is not None and row.languages_of_origin[0] in LANGUAGES:
            if context.towns(form):
                found.append(_sign(form, row.languages_of_origin[0], 1, f"the text names {form}", context))
        elif code in LANGUAGES:
            found.append(_sign(form, code, 1, f"the text also has {form}", context))
        if len(found) == _MOST_SIGNS:
            break
    return tuple(found)


def _sign(form: str, code: str, weight: int, why: str, context: "NameContext") -> Sign:
    return Sign(form, code, weight, tuple(start for start, _ in context.names.spans(form)), why)


def of_person(context: "NameContext", given: Sequence[str], surnames: Iterable[str], spans: Sequence[Span]) -> Leaning:
    """Return whose forms belong to a person.

    `given`: the forms of the given name in question; `spans`: their places.
    """
    known = sorted(surnames)
    for surname in known:
        codes = {
            row.languages_of_origin[0]
            for form in given
            for row, _ in curated().whole(f"{form} {surname}")
            if row.is_person
        }
        if len(codes) == 1 and codes <= LANGUAGES.keys():
            (code,) = codes
            return Leaning(code, f"{surname} is a {LANGUAGES[code]} name")
    votes: list[tuple[str, int, str]] = []
    for surname in known:
        votes += _of_surname(surname)
    return _decided([*votes, *_of_text(context, {*given, *known}, spans)])


def of_name(context: "NameContext", forms: Sequence[str], spans: Sequence[Span]) -> Leaning:
    """Return whose forms belong to a surname or a place in question; `spans`: its places."""
    votes = _of_surname(forms[0])
    givens = {name for form in forms for name in context.before(form) if given_names.language_of(name) in LANGUAGES}
    votes += [(given_names.language_of(name), 2, f"{name} stands before it") for name in sorted(givens)]
    return _decided([*votes, *_of_text(context, {*forms, *givens}, spans)])


def _of_surname(surname: str) -> list[tuple[str, int, str]]:
    """Return what a surname says: that of people of one language in the curated list, or its ending."""
    codes = {row.languages_of_origin[0] for row, _ in curated().rows_of(surname) if row.is_person}
    if len(codes) == 1 and codes <= LANGUAGES.keys():
        (code,) = codes
        return [(code, 3, f"{surname} is a {LANGUAGES[code]} name")]
    for code, ending, weight in _ENDINGS:
        if ending.search(fold(surname)):
            return [(code, weight, f"{surname} is a {LANGUAGES[code]} surname")]
    return []


def _of_text(context: "NameContext", own: Iterable[str], spans: Sequence[Span]) -> list[tuple[str, int, str]]:
    """Return what the text says but for the words in question; what stands near them counts twice."""
    ignored = set(own)
    near = [sign for sign in context.signs if sign.word not in ignored]
    return [
        (sign.language, sign.weight * (2 if _is_near(sign.starts, spans) else 1), sign.why)
        for sign in sorted(near, key=lambda sign: not _is_near(sign.starts, spans))
    ]


def _is_near(starts: Sequence[int], spans: Sequence[Span]) -> bool:
    for start, end in spans[:_MOST_PLACES]:
        at = bisect_left(starts, start - _NEAR)
        if at < len(starts) and starts[at] <= end + _NEAR:
            return True
    return False


def _decided(votes: Sequence[tuple[str, int, str]]) -> Leaning:
    """Return the language with clearly the most weight, and the first thing that speaks for it."""
    weights: Counter[str] = Counter()
    for code, weight, _ in votes:
        weights[code] += weight
    if not weights:
        return Leaning()
    (code, most), *others = weights.most_common()
    if most < _CLEAR or (others and 2 * others[0][1] > most + 1):
        return Leaning()
    heaviest = max((vote for vote in votes if vote[0] == code), key=lambda vote: vote[1])
    return Leaning(code, heaviest[2])
