"""Small questions about single words: a title, a given name, a demonym, an organisation's noun?

The lists are files in corpora/ with their sources in a header; they are read when first asked for.
"""

import re
from functools import cache
from typing import NamedTuple

from corrigenda.languages import language
from corrigenda.names.files import lines_of, rows_of
from corrigenda.names.romanise import bare, fold

_BRACKETS = re.compile(r"\([^)]*\)")


@cache
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


@cache
def is_neighbour(word: str) -> bool:
    """Return whether a word beside a name is part of a person's or place's name: no title, no common word."""
    if len(word) < 2 or is_function_word(word) or not word[0].isalpha():
        return False
    if word in _common() and not is_given(word):
        return False
    if language().is_word(word.lower()) and not language().is_proper(word):
        return False
    return not is_demonym(word)


@cache
def is_english(word: str) -> bool:
    """Return whether a capitalised word is an English word, or a word of titles and headings, and not also a name."""
    if language().is_proper(word):
        return word in _common() and not is_given(word)
    return language().is_word(word.lower())


class Given(NamedTuple):
    """A given name: its language ("uk", "ru", "be", another's), sex ("m", "f", "u") and group."""

    form: str
    language: str
    sex: str
    group: str


_CYRILLIC = ("uk", "ru", "be")


@cache
def _given_rows() -> tuple[dict[str, tuple[Given, ...]], dict[str, frozenset[str]]]:
    """Given names by folded form, and by group the folded names that look alike and are others."""
    found: dict[str, list[Given]] = {}
    others: dict[str, frozenset[str]] = {}
    for row in rows_of("given_names.tsv"):
        group, sex_of, uk, ru, be, other, unlike = (*row, "", "", "", "", "", "", "")[:7]
        if (group, sex_of) == ("group", "gender"):
            continue
        cells = list(zip(_CYRILLIC, (uk, ru, be), strict=True))
        for part in other.split(";"):
            language, _, forms = part.partition(":")
            cells.append((language.strip(), forms.replace(",", ";")))
        for language, cell in cells:
            for form in cell.split(";"):
                if form.strip():
                    found.setdefault(fold(form.strip()), []).append(Given(form.strip(), language, sex_of, group))
        others[group] = frozenset(fold(form.strip()) for form in unlike.split(";") if form.strip())
    return {form: tuple(rows) for form, rows in found.items()}, others


def _given() -> dict[str, tuple[Given, ...]]:
    return _given_rows()[0]


@cache
def other_given(first: str, second: str) -> bool:
    """Return whether the list says that two given names only look alike: Mykola and Nicola."""
    unlike = _given_rows()[1]
    one, two = fold(first), fold(second)
    return any(two in unlike[row.group] for row in _given().get(one, ())) or any(
        one in unlike[row.group] for row in _given().get(two, ())
    )


@cache
def same_given(first: str, second: str) -> bool:
    """Return whether two words are spellings of one given name in one language: Sergei and Sergey, not Sergei and
    Serhii.
    """
    one = {(row.language, row.group) for row in _given().get(fold(first), ()) if row.language in _CYRILLIC}
    return any((row.language, row.group) in one for row in _given().get(fold(second), ()))


@cache
def given_language(word: str) -> str:
    """Return the one language whose form a given name is ("uk", "ru", "be"), or "" when it is none's or several's."""
    languages = {row.language for row in _given().get(fold(word), ())}
    return languages.pop() if len(languages) == 1 else ""


@cache
def given_equivalents(word: str) -> tuple[str, ...]:
    """Return the Ukrainian and Russian forms of a given name, one of each, Ukrainian first."""
    groups = {row.group for row in _given().get(fold(word), ())}
    forms: dict[str, str] = {}
    for rows in _given().values():
        for row in rows:
            if row.group in groups and row.language in ("uk", "ru"):
                forms.setdefault(row.language, row.form)
    return tuple(forms[language] for language in ("uk", "ru") if language in forms)


@cache
def is_known(word: str) -> bool:
    """Return whether an English dictionary has the word, as a word or as a name, with or without its marks."""
    return language().is_word(bare(word)) or is_proper(word)


@cache
def is_proper(word: str) -> bool:
    """Return whether an English dictionary has the word as a name, with or without its marks: Rhône, Zurich."""
    return language().is_proper(word) or language().is_proper(bare(word).capitalize())


_MEN_IN_A = frozenset(
    "nikita ilya illia illya mykola mikita foma kuzma luka savva danila sasha dima misha vanya petya kolya volodya "
    "vova yura lyosha alyosha seryozha".split()
)


@cache
def sex(given: str) -> str:
    """Return "f" or "m" for a given name of the Cyrillic world, from the list or by its end (women's end in -a)."""
    folded = fold(given)
    for row in _given().get(folded, ()):
        if row.sex in ("m", "f"):
            return row.sex
    return "f" if folded[-1:] == "a" and folded not in _MEN_IN_A else "m"


@cache
def given_groups(word: str) -> frozenset[str]:
    """Return the names of which a given name is a form, whatever the language: Mykola is a form of Nikolai's group."""
    return frozenset(row.group for row in _given().get(fold(word), ()) if row.language in _CYRILLIC)


def one_given(first: str, second: str) -> bool:
    """Return whether two words are forms of one given name in any two languages: Nikolai and Mykola."""
    return bool(given_groups(first) & given_groups(second))


@cache
def is_given(word: str) -> bool:
    """Return whether a word is a given name of the list."""
    return fold(word) in _given()


@cache
def is_known_word(word: str) -> bool:
    """Return whether the lower-case form of a word is an English word."""
    return language().is_word(word.lower()) or language().is_word(bare(word))


def is_function_word(word: str) -> bool:
    """Return whether a word is a title, an article, a preposition or the like: a capital there means nothing."""
    known = language().name_words
    return word in known.function_words or word in known.titles
