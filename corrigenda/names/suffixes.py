"""How two words differ at their ends: by sex, by case, as a place and its adjective, as a country and its people.

Pure functions of two words, without a text. But for `is_gender_pair` each is the same whichever word comes first.
"""

import re

from corrigenda.languages import language
from corrigenda.names.romanise import VOWELS, fold, ndist, symbols
from corrigenda.names.thresholds import LIKELY_AT


def _shorter_first(first: str, second: str) -> tuple[str, str]:
    """Return two rows of sounds or letters, the shorter one first."""
    shorter, longer = sorted((first, second), key=lambda text: (len(text), text))
    return shorter, longer


def is_gender_pair(first: str, second: str) -> bool:
    """Return whether two surnames differ as a man's and a woman's do: -ov/-ova, -in/-ina, -sky/-skaya, -ny/-na.

    Where they also differ inside (Petrenkov, Petrinkova), the order counts: with the longer one first a short name is
    no such pair, so that `case_endings` can take it for a case.
    """
    shorter, longer = _shorter_first(symbols(first), symbols(second))
    if longer == shorter + "A" and shorter[-1:] in ("V", "F", "N") and len(shorter) > 3:
        return True
    adds_a = longer[-1:] == "A" and len(longer) == len(shorter) + 1
    if adds_a and shorter[-1:] in ("V", "F", "N") and ndist(first, longer[:-1]) <= LIKELY_AT:
        return True
    one_ends, other_ends = shorter[-2:-1], longer[-2:-1]
    if {shorter[-1:], longer[-1:]} != {"A", "I"} or len(shorter) <= 4:
        return False
    return one_ends == other_ends and one_ends in ("K", "N")


def are_of_two_sexes(first: str, second: str) -> bool:
    """Return whether two words are a `is_gender_pair` in either order."""
    return is_gender_pair(first, second) or is_gender_pair(second, first)


_OF_SEX = re.compile(r"(?<=[cst]k)(?:[yi]+j?|a[yij]a|a)$|(?<=v)a$")


def without_sex(word: str) -> str:
    """Return a surname in lower case without the ending that tells a man from a woman: Kovalska and Kovalsky."""
    return _OF_SEX.sub("", fold(word))


def adds_vowel(first: str, second: str) -> bool:
    """Return whether one word is the other with one more vowel at its end: Belgorod and Belgoroda."""
    shorter, longer = _shorter_first(symbols(first), symbols(second))
    if len(longer) != len(shorter) + 1 or longer[-1] not in VOWELS or shorter[-1:] in VOWELS:
        return False
    return ndist(first, second) <= 0.25


def is_adjective_pair(first: str, second: str) -> bool:
    """Return whether one word is a town in -sk and the other the adjective in -sky: Slobozhansk, Slobozhansky."""
    shorter, longer = _shorter_first(symbols(first), symbols(second))
    return shorter.endswith("SK") and longer.endswith("SKI") and len(longer) == len(shorter) + 1


def is_derivation(first: str, second: str) -> bool:
    """Return whether one word is made from the other by an English ending: Russia and Russian, Iraq and Iraqis.

    -y or -i after -y or -i, and -s after -s, make no new word: Zelensky and Zelenskyy, Donbas and Donbass are
    spellings.
    """
    base, derived = _shorter_first(fold(first), fold(second))
    if base == derived:
        return False
    stems = (base, base[:-1]) if base[-1:] in ("a", "e", "o", "y") else (base,)
    return any(_derives(stem, derived, whole=stem == base) for stem in stems)


def _derives(stem: str, derived: str, *, whole: bool) -> bool:
    """Return whether a word is a stem with an English ending. `whole`: the stem is a word, with nothing taken off."""
    if len(stem) < 3 or not derived.startswith(stem):
        return False
    ending = derived[len(stem) :]
    if ending not in language().name_words.derivations:
        return False
    if ending[0] == stem[-1] or (ending in ("i", "is") and stem[-1] in "iy"):
        return False
    return whole or ending not in ("i", "n")  # Anna and Anni, Torbeeva and Torbeevi are no derivations
