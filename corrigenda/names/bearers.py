"""Who bears a name at one of its places: a person or a town? And is a word a patronymic?

The words joined to a name say it (Odessa Young, Mr Lvov), and so do a noun of people before it and a verb of speaking
after it, which the text has (`in_text`).
"""

import re
from enum import Enum
from functools import cache, lru_cache

from corrigenda.languages import language
from corrigenda.names import gazetteer, given_names, lists
from corrigenda.names.data import curated
from corrigenda.names.romanise import fold
from corrigenda.names.table import Occurrence

_ANSWERS = 1 << 14
_MAN = re.compile(r"^.{2,}(?:[oeia]v|y)(?:[iy]t?ch|[iy]cz|[iy]c)(?:a|u|e|em|om)?$")
_WOMAN = re.compile(r"^.{2,}(?:[oeiay]v|[ie]u|au|ich|ych|ish|ysh)n(?:a|y|i|u|e|oi|oy|oyu)$")
_MADE_OF = re.compile(
    r"^(.{2,}?)(?:[iy]?y?[oeia]v|y|[iy]nich|ich|ych|ish|ysh|au|[ie]u)?(?:[iy]t?ch|n)(?:a|u|e|em|om|y|i|oi|oy|oyu)?$"
)
"""What comes before a patronymic's ending."""
_NAME_ENDS = ("", "o", "a", "y", "i", "iy", "ii", "ei", "ey", "ai", "ay", "ij", "ia", "iya", "ya", "yi")
"""What a given name may have lost before the ending: Andriy, Mykola, Ilya."""
_SURNAME = re.compile(
    r"(?:[oeiy]v[ay]?|[iy]na?|enko|[uy]k|[cs]ky?i?|[cs]k[iy]y|s[kc]aya|ch|son|man|berg|shvili|ian|yan)$"
)
_INITIAL = re.compile(r"(?<!\w)[A-Z]\. ?$")
_PLACE_TITLES = frozenset(("St", "Saint"))
"""Titles that stand in the names of places too."""


@lru_cache(_ANSWERS)
def patronymic(word: str) -> str:
    """Return "m" or "f" for a word made as a father's name is (Petrovich, Petrivna), also in a Slavic case; "" else."""
    folded = fold(word)
    if _MAN.match(folded):
        return "m"
    return "f" if _WOMAN.match(folded) else ""


@lru_cache(_ANSWERS)
def is_of_father(word: str) -> bool:
    """Return whether a patronymic is made of a given name: Pavlovich of Pavlo; Andrukhovych is a surname."""
    folded = fold(word)
    made = _MADE_OF.match(folded) if patronymic(word) else None
    return made is not None and any(given_names.is_given(made[1] + end) for end in _NAME_ENDS)


class Role(Enum):
    """What a name is at one of its places."""

    SURNAME = "a surname, with a given name, a title or a noun of people before it"
    GIVEN = "a given name, with a surname behind it"
    NAMED = "perhaps a surname, with another name before it"
    UNKNOWN = "nothing says that a person is meant"


def beside(form: str, place: Occurrence) -> Role:
    """Return what the words joined to a name say of it."""
    before, after = place.before, place.after
    titles = language().name_words.titles - _PLACE_TITLES
    if before and (before in titles or _is_given(before)):
        return Role.SURNAME
    if after and _is_surname(after):
        return Role.GIVEN
    if before and lists.is_neighbour(before) and not before.isupper() and not _is_place(before):
        # Andriyan Nikolayev, whose given name no list has; or Karpaty Lviv.
        return Role.NAMED if _SURNAME.search(fold(form)) else Role.UNKNOWN
    return Role.UNKNOWN


def in_text(form: str, start: int, end: int, text: str) -> Role:
    """Return what the words around a name that are no names say of it: "the striker Lvov", "the Lvov family"."""
    before = text[max(0, start - 24) : start]
    if _INITIAL.search(before) or _title_before().search(before):
        return Role.SURNAME
    after = text[end : end + 16]
    if _kin().match(after) or _pronoun().match(after):
        return Role.SURNAME
    if not _SURNAME.search(fold(form)):
        return Role.UNKNOWN
    if _noun_before().search(before) or (len(form) > 4 and _speaks().match(after)):
        return Role.SURNAME
    return Role.UNKNOWN


def is_relative(text: str, start: int) -> bool:
    """Return whether the surname at a position is that of somebody's relative: "his wife Anna Petrova"."""
    return _relative_before().search(text, max(0, start - 40), start) is not None


@lru_cache(_ANSWERS)
def _is_given(word: str) -> bool:
    """Return whether a word is a given name, and no town too (Sofia)."""
    return given_names.is_given(word) and not _is_place(word)


@lru_cache(_ANSWERS)
def _is_surname(word: str) -> bool:
    """Return whether a capitalised word behind a name is a surname: one of the dictionary's names, or one that ends as
    surnames do; no noun of organisations and areas, and no place.
    """
    known = language().name_words
    if word.lower() in known.organisation_nouns | known.areas | known.districts | known.plants:
        return False
    if word.isupper() or not lists.is_neighbour(word) or _is_given(word) or _is_place(word):
        return False
    return lists.is_proper(word) or _SURNAME.search(fold(word)) is not None


@lru_cache(_ANSWERS)
def _is_place(word: str) -> bool:
    """Return whether the curated list or, for a word that is long enough to trust it, the gazetteer has a place."""
    if any(row.is_place for row, _ in curated().whole(word)):
        return True
    return len(word) > 4 and not given_names.is_given(word) and gazetteer.is_place(word)


@cache
def _title_before() -> "re.Pattern[str]":
    titles = sorted(language().name_words.titles - _PLACE_TITLES)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, titles))})\. $")


@cache
def _pronoun() -> "re.Pattern[str]":
    return re.compile(rf",[\"'”’]? (?:{'|'.join(sorted(language().name_words.pronouns_of_people))})\b")


@cache
def _relative_before() -> "re.Pattern[str]":
    return re.compile(rf"\b(?:{'|'.join(sorted(language().name_words.relatives))}),? (?:[^\W\d_][\w'’\-]* )?$")


@cache
def _noun_before() -> "re.Pattern[str]":
    return re.compile(rf"\b(?:{'|'.join(sorted(language().name_words.people))}) $")


@cache
def _speaks() -> "re.Pattern[str]":
    return re.compile(rf" (?:{'|'.join(sorted(language().name_words.speaking))})\b")


@cache
def _kin() -> "re.Pattern[str]":
    known = language().name_words
    return re.compile(rf" (?:{'|'.join(sorted(known.kin))})\b|['’]s (?:{'|'.join(sorted(known.relatives))})\b")
