"""Is a given name a woman's or a man's? What no list says stays unknown: a guess would accuse a right pronoun.

Two lists are asked: `corpora/names_by_sex.tsv`, and the names of `corpora/given_names.tsv` that have a sex there. A
name that is a woman's in one language and a man's in another (Andrea) is neither here.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from corrigenda.names import bearers, given_names
from corrigenda.names.files import rows_of
from corrigenda.names.romanise import fold

_WOMAN_SURNAME = ("skaya", "skaia", "tskaya", "ska", "cka", "ová")
"""Endings that only women's surnames have; "-ova" and "-ina" end names of towns and families too."""
_SHORTEST = 6


@cache
def _listed() -> Mapping[str, str]:
    found: dict[str, set[str]] = {}
    for row in rows_of("names_by_sex.tsv"):
        _, sex, names = row
        for name in names.split():
            found.setdefault(fold(name), set()).add(sex)
    for form, sex in given_names.sexed_forms():
        found.setdefault(form, set()).add(sex)
    return MappingProxyType({name: next(iter(sexes)) for name, sexes in found.items() if len(sexes) == 1})


def of_given_name(word: str) -> str:
    """Return "f" or "m" for a given name whose sex is known, "" for any other word.

    Of a double name (Anna-Lena, Jean-Luc) the first part says it.
    """
    sex = _listed().get(fold(word), "")
    if not sex and "-" in word:
        sex = _listed().get(fold(word.partition("-")[0]), "")
    return sex if sex in ("f", "m") else ""


def of_other_name(word: str) -> str:
    """Return the sex that a surname or a patronymic shows by its ending, "" where it shows none."""
    if bearers.is_of_father(word):
        return bearers.patronymic(word)
    return "f" if len(word) >= _SHORTEST and word.lower().endswith(_WOMAN_SURNAME) else ""
