"""What is left of a foreign name that was written in Cyrillic on the way: Recean is Rechan when it comes back.

A form is read as each language that can have written it would have it transcribed, by `corpora/respellings.tsv`; the
readings are compared with another form's plain sounds. Readings are many, so what they say counts for less than two
plain spellings that sound alike.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from corrigenda.names.files import rows_of
from corrigenda.names.romanise import consonants, fold, key, ndist, symbols

_ANSWERS = 1 << 14
_SHORTEST = 4
"""Sounds below which any name is some language's reading of any other."""
_NOT_ITS_OWN = "-"
FAR = 1.0
"""The distance of two forms of which neither is a reading of the other."""


class _Language(NamedTuple):
    """One language's spellings: which words are not its own, where the spellings stand, and what comes back for each.

    A word is read with its edges marked, `^word$`, as the table marks them.
    """

    foreign: "re.Pattern[str]"
    spelling: "re.Pattern[str]"
    readings: Mapping[str, str]


@cache
def _languages() -> tuple[_Language, ...]:
    tables: dict[str, dict[str, str]] = {}
    for name, spelling, *reading in rows_of("respellings.tsv"):
        if name != "language":
            tables.setdefault(name, {})[spelling] = "".join(reading)
    return tuple(map(_language, tables.values()))


def _language(table: Mapping[str, str]) -> _Language:
    own = {spelling: reading for spelling, reading in table.items() if reading != _NOT_ITS_OWN}
    return _Language(_any_of(table.keys() - own.keys()), _any_of(own), own)


def _any_of(spellings: Iterable[str]) -> "re.Pattern[str]":
    """Return the expression of some spellings, the longest first. Of none it fits nowhere."""
    ordered = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    several = [re.escape(spelling) for spelling in ordered if len(spelling) > 1]
    letters = "".join(spelling for spelling in ordered if len(spelling) == 1)
    return re.compile("|".join([*several, *([f"[{letters}]"] if letters else [])]) or r"(?!)")


def _read(word: str, language: _Language) -> str:
    """Return a word in lower case as it comes back from a language; as it is where it is none of the language's."""
    marked = f"^{word}$"
    if language.foreign.search(marked):
        return word
    return language.spelling.sub(lambda match: language.readings[match[0]], marked).strip("^$")


@lru_cache(_ANSWERS)
def readings(form: str) -> tuple[str, ...]:
    """Return what can come back of a form, without those that sound as the form itself does; sorted."""
    plain = symbols(form)
    if len(plain) < _SHORTEST or not form.isalpha():
        return ()
    word = form.lower()
    found = {fold(_read(word, language)) for language in _languages()}
    return tuple(
        sorted(reading for reading in found if len(symbols(reading)) >= _SHORTEST and symbols(reading) != plain)
    )


@lru_cache(_ANSWERS)
def keys_of(form: str) -> frozenset[str]:
    """Return the buckets (`romanise.key`) of a form's readings."""
    return frozenset(map(key, readings(form)))


@lru_cache(_ANSWERS)
def distance(first: str, second: str, *, firm: bool = False) -> float:
    """Return how far (`romanise.ndist`) the nearest reading of one form is from the other form, or FAR.

    `firm`: only readings count that change a consonant, since vowels alone make one name of many.
    """
    near = (
        ndist(reading, other)
        for form, other in ((first, second), (second, first))
        for reading in readings(form)
        if key(reading) == key(other) and not (firm and consonants(reading) == consonants(form))
    )
    return min(near, default=FAR)
