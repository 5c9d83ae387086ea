"""Small questions about single words: a people's name, a word of the language, one that can stand beside a name?

The lists are files in corpora/ with their sources in a header; they are read when first asked for.
"""

import re
from functools import cache, lru_cache

from corrigenda.languages import language
from corrigenda.names import given_names
from corrigenda.names.files import lines_of, rows_of
from corrigenda.names.romanise import bare, fold

_BRACKETS = re.compile(r"\([^)]*\)")
_ANSWERS = 1 << 16
"""Answers that each question keeps: words come back, and a server must not grow with every word it has seen."""


@lru_cache(_ANSWERS)
def is_demonym(word: str) -> bool:
    """Return whether a capitalised word is an adjective or a people's name made from a place: Russian, Argentines."""
    return fold(word) in _demonyms()


@cache
def _demonyms() -> frozenset[str]:
    found: set[str] = set()
    for place, _, *cells in (row for row in rows_of("demonyms.tsv") if len(row) > 2):
        for cell in cells:
            forms = (fold(_BRACKETS.sub("", form).strip()) for form in cell.split(";"))
            found.update(form for form in forms if form and " " not in form and form != fold(place))
    return frozenset(found)


@cache
def _common() -> frozenset[str]:
    return frozenset(line.strip() for _, line in lines_of("common_capitalised.txt"))


@lru_cache(_ANSWERS)
def is_neighbour(word: str) -> bool:
    """Return whether a word beside a name is part of a person's or place's name: no title, no common word."""
    if len(word) < 2 or is_function_word(word) or not word[0].isalpha():
        return False
    if word in _common() and not given_names.is_given(word):
        return False
    if language().is_word(word.lower()) and not language().is_proper(word):
        return False
    return not is_demonym(word)


@lru_cache(_ANSWERS)
def is_english(word: str) -> bool:
    """Return whether a capitalised word is an English word, or a word of titles and headings, and not also a name."""
    if language().is_proper(word):
        return word in _common() and not given_names.is_given(word)
    return language().is_word(word.lower())


@lru_cache(_ANSWERS)
def is_known(word: str) -> bool:
    """Return whether an English dictionary has the word, as a word or as a name, with or without its marks."""
    return language().is_word(bare(word)) or is_proper(word)


@lru_cache(_ANSWERS)
def is_proper(word: str) -> bool:
    """Return whether an English dictionary has the word as a name, with or without its marks: Rhône, Zurich."""
    return language().is_proper(word) or language().is_proper(bare(word).capitalize())


@lru_cache(_ANSWERS)
def is_known_word(word: str) -> bool:
    """Return whether the lower-case form of a word is an English word."""
    return language().is_word(word.lower()) or language().is_word(bare(word))


def is_function_word(word: str) -> bool:
    """Return whether a word is a title, an article, a preposition or the like: a capital there means nothing."""
    known = language().name_words
    return word in known.function_words or word in known.titles
