"""What is particular to Arabic names: compounds with Abd (Abd al-Rahman, Abdulrahman), and titles (Sheikh, Shaykh)."""

import re
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from corrigenda.languages import language
from corrigenda.names import given_names, lists
from corrigenda.names.choice import Form
from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty
from corrigenda.names.judgement import PairVerdict
from corrigenda.names.order import pair_of
from corrigenda.names.pairs import NamePair
from corrigenda.names.romanise import fold, key, ndist
from corrigenda.names.thresholds import NEIGHBOUR_AT

_HEAD = re.compile(r"abd(?:[aeu](?:l|r|s|sh|n|z|d|t)?)?(?:-[ae]l)?")
_WHOLE = re.compile(r"abd-?(?:[aeu](?:l|r|sh?|n|z|d|t)?-?)?(?:(?:al|el|ul)-)?(?P<rest>[a-z]{4,})")
_ARTICLE = re.compile(r"^(?:[aeu][a-z]{1,2})-")
_MOST = 60
"""Different compounds of a text that are compared with each other."""


_NUMERAL = re.compile(r"[IVX]+")
"""What rulers have for a surname: Abdullah II."""


class _Compound(NamedTuple):
    """A name made with Abd, as written: what follows Abd, and the names beside it."""

    text: str
    rest: str
    before: str
    after: str


def compounds(context: NameContext) -> list[NamePair]:
    """Return the names made with Abd that stand in two spellings, by place; of two bearers none."""
    if not any(form.startswith("Abd") for form in context.names.forms):
        return []
    places: dict[str, list[tuple[_Compound, tuple[int, int]]]] = {}
    for number in range(len(context.names)):
        found = _compound(number, context)
        if found is not None:
            places.setdefault(found[0].text, []).append(found)
    pairs = []
    for one, two in combinations(list(places)[:_MOST], 2):
        first, second = ([compound for compound, _ in places[text]] for text in (one, two))
        if _letters(one) != _letters(two) and _are_one(first, second):
            forms = [Form(text, tuple(span for _, span in places[text])) for text in (one, two)]
            reason = "both are Abd with the same word behind it"
            pairs.append(pair_of(forms[0], forms[1], PairVerdict(Certainty.LIKELY, reason, "given")))
    return sorted(pairs, key=lambda pair: pair.sort_key)


def _compound(number: int, context: NameContext) -> tuple[_Compound, tuple[int, int]] | None:
    """Return the compound that begins at a word, with its range, or None."""
    names = context.names
    form, start, end = names.token(number)
    folded = fold(form)
    if not folded.startswith("abd"):
        return None
    last = number
    if _HEAD.fullmatch(folded):
        if not names.at(number).after:
            return None
        last += 1
        second, _, end = names.token(last)
        rest = _ARTICLE.sub("", fold(second))
    else:
        match = _WHOLE.fullmatch(folded)
        rest = match["rest"] if match else ""
    if len(rest) < 4 or not rest.isalpha():
        return None
    after = names.at(last).after
    if not lists.is_neighbour(after) and not _NUMERAL.fullmatch(after):
        after = context.epithet(names.at(last))
    return _Compound(context.text[start:end], rest, names.at(number).before, after), (start, end)


def _letters(text: str) -> str:
    """Return a name without what divides it: Abdul Rahman and Abdulrahman differ in a habit only."""
    return re.sub(r"[- ]", "", fold(text))


def _are_one(first: list[_Compound], second: list[_Compound]) -> bool:
    """Return whether two spellings have the same word behind Abd, and nothing says that two people bear them."""
    one, two = (compounds[0].rest.removesuffix("e") for compounds in (first, second))
    if key(one) != key(two) or ndist(one, two) > NEIGHBOUR_AT:
        return False
    return all(
        not (names and others) or any(_are_spellings(a, b) for a in names for b in others)
        for names, others in (
            (frozenset(c.after for c in first if c.after), frozenset(c.after for c in second if c.after)),
            (_names(c.before for c in first), _names(c.before for c in second)),
        )
    )


def _names(words: Iterable[str]) -> frozenset[str]:
    """Return the words that are names."""
    return frozenset(filter(lists.is_neighbour, words))


def _are_spellings(first: str, second: str) -> bool:
    """Return whether two words can be spellings of one name."""
    if given_names.are_arabic_spellings(first, second):
        return True
    return key(first) == key(second) and ndist(first, second) <= NEIGHBOUR_AT


def titles(context: NameContext) -> list[NamePair]:
    """Return the titles that stand in two spellings (Sheikh, Shaykh): likely before one name or before none, possible
    before two people's names.
    """
    found = []
    for group in language().name_words.titles_spelled_otherwise:
        for one, two in combinations([form for form in group if form in context.names], 2):
            names, others = context.after(one), context.after(two)
            same = not (names and others) or any(_are_spellings(a, b) for a in names for b in others)
            verdict = PairVerdict(
                Certainty.LIKELY if same else Certainty.POSSIBLE, "one title in two spellings", "romanisation"
            )
            forms = [Form(form, context.names.spans(form)) for form in (one, two)]
            found.append(pair_of(forms[0], forms[1], verdict))
    return sorted(found, key=lambda pair: pair.sort_key)
