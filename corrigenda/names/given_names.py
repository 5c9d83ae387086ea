"""Given names: is a word one, in which language's form, a man's or a woman's, and which others are the same name?

The list is `corpora/given_names.tsv`: one name a row with its forms in Ukrainian, Russian, Belarusian and other
languages. It is read when it is first asked for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from corrigenda.names.files import rows_of
from corrigenda.names.romanise import fold

_ANSWERS = 1 << 14
"""Answers that each question keeps."""
_CYRILLIC = ("uk", "ru", "be")
_ARABIC = ("ar", "fa")
_COLUMNS = 7
_MEN_IN_A = frozenset(
    "nikita ilya illia illya mykola mikita foma kuzma luka savva danila sasha dima misha vanya petya kolya volodya "
    "vova yura lyosha alyosha seryozha".split()
)


class Given(NamedTuple):
    """One form of a given name: its language ("uk", "ru", "be" or another code), the name's sex ("m", "f", "u"), and
    the name's own key in the list.
    """

    form: str
    language: str
    sex: str
    name: str


@dataclass(frozen=True, slots=True)
class _List:
    """The list, by folded form; and by name the folded forms of others that look like it."""

    forms: Mapping[str, tuple[Given, ...]]
    unlike: Mapping[str, frozenset[str]]

    def of(self, word: str) -> tuple[Given, ...]:
        """Return what a word is a form of."""
        return self.forms.get(fold(word), ())


@cache
def _listed() -> _List:
    forms: dict[str, list[Given]] = {}
    unlike: dict[str, frozenset[str]] = {}
    for row in rows_of("given_names.tsv"):
        name, sex_of, uk, ru, be, others, not_the_same = (*row, *[""] * _COLUMNS)[:_COLUMNS]
        if (name, sex_of) == ("group", "gender"):
            continue
        for given in _forms(name, sex_of, (uk, ru, be), others):
            forms.setdefault(fold(given.form), []).append(given)
        unlike[name] = frozenset(map(fold, _cell(not_the_same)))
    return _List(MappingProxyType({form: tuple(found) for form, found in forms.items()}), MappingProxyType(unlike))


def _forms(name: str, sex_of: str, cyrillic: tuple[str, str, str], others: str) -> list[Given]:
    """Return the forms of a row. `others` holds the further languages as "pl: Jan, Janek; cs: Jan"."""
    cells = list(zip(_CYRILLIC, cyrillic, strict=True))
    for part in others.split(";"):
        code, _, forms = part.partition(":")
        cells.append((code.strip(), forms.replace(",", ";")))
    return [Given(form, code, sex_of, name) for code, cell in cells for form in _cell(cell)]


def _cell(cell: str) -> list[str]:
    """Return the forms of a cell, which semicolons divide."""
    return [form.strip() for form in cell.split(";") if form.strip()]


@lru_cache(_ANSWERS)
def is_given(word: str) -> bool:
    """Return whether a word is a given name of the list."""
    return bool(_listed().of(word))


@lru_cache(_ANSWERS)
def only_look_alike(first: str, second: str) -> bool:
    """Return whether the list says that two given names only look alike: Mykola and Nicola."""
    listed = _listed()
    return any(
        fold(other) in listed.unlike[given.name]
        for word, other in ((first, second), (second, first))
        for given in listed.of(word)
    )


@lru_cache(_ANSWERS)
def are_spellings(first: str, second: str) -> bool:
    """Return whether two words are spellings of one given name in one language: Sergei and Sergey, not Sergei and
    Serhii.
    """
    one, two = ({(given.language, given.name) for given in _listed().of(word)} for word in (first, second))
    return any(language in _CYRILLIC for language, _ in one & two)


@lru_cache(_ANSWERS)
def names_of_form(word: str) -> frozenset[str]:
    """Return the names of which a given name is a form, in whichever of the three languages: Mykola is Nikolai's."""
    return frozenset(given.name for given in _listed().of(word) if given.language in _CYRILLIC)


@lru_cache(_ANSWERS)
def arabic_names_of_form(word: str) -> frozenset[str]:
    """Return the names of which a given name is an Arabic or Persian form: Mohammed and Muhammad are one's."""
    return frozenset(given.name for given in _listed().of(word) if given.language in _ARABIC)


def are_arabic_spellings(first: str, second: str) -> bool:
    """Return whether two words are spellings of one Arabic or Persian given name. Each bearer has his own, so that
    it takes another name beside both to say that one man is meant.
    """
    return bool(arabic_names_of_form(first) & arabic_names_of_form(second))


@lru_cache(_ANSWERS)
def languages_of(word: str) -> frozenset[str]:
    """Return which of the three languages have a word as a form of a given name."""
    return frozenset(given.language for given in _listed().of(word) if given.language in _CYRILLIC)


@lru_cache(_ANSWERS)
def usual_in(word: str) -> frozenset[str]:
    """Return in which of the three languages a word is the usual form of a given name: the list's first."""
    listed = _listed()
    names = {given.name for given in listed.of(word)}
    first: dict[tuple[str, str], str] = {}
    for given in (given for found in listed.forms.values() for given in found if given.name in names):
        first.setdefault((given.name, given.language), fold(given.form))
    return frozenset(code for (_, code), form in first.items() if code in _CYRILLIC and form == fold(word))


def are_one_name(first: str, second: str) -> bool:
    """Return whether two words are forms of one given name in any two of the three languages: Nikolai and Mykola."""
    return bool(names_of_form(first) & names_of_form(second))


@lru_cache(_ANSWERS)
def language_of(word: str) -> str:
    """Return the one language whose form a given name is ("uk", "ru", "be"), or "" when it is none's or several's."""
    languages = {given.language for given in _listed().of(word)}
    return languages.pop() if len(languages) == 1 else ""


@lru_cache(_ANSWERS)
def equivalents(word: str) -> tuple[str, ...]:
    """Return the Ukrainian and Russian forms of a given name, one of each, Ukrainian first."""
    listed = _listed()
    names = {given.name for given in listed.of(word)}
    forms: dict[str, str] = {}
    for found in listed.forms.values():
        for given in found:
            if given.name in names:
                forms.setdefault(given.language, given.form)
    return tuple(forms[language] for language in ("uk", "ru") if language in forms)


def sexed_forms() -> Iterator[tuple[str, str]]:
    """Yield the folded forms of all names with the sex that the list gives: "f", "m", or "u" for both."""
    for form, found in _listed().forms.items():
        yield from ((form, given.sex) for given in found)


@lru_cache(_ANSWERS)
def sex(given: str) -> str:
    """Return "f" or "m" for a given name of the Cyrillic world, from the list or by its end (women's end in -a)."""
    for found in _listed().of(given):
        if found.sex in ("m", "f"):
            return found.sex
    folded = fold(given)
    return "f" if folded.endswith("a") and folded not in _MEN_IN_A else "m"
