"""Chinese names by their syllables: pinyin, Wade-Giles, and the Latin form of the Russian (Palladius) system.

No sound distance works here: Hsiao-p'ing and Xiaoping share hardly a letter. A name is cut into syllables of one
system and turned into pinyin with the table `corpora/wade_giles.tsv`; two spellings are one name when a reading of
each agrees.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from corrigenda.names.files import rows_of

_MARKS = {"’": "'", "ʻ": "'", "‘": "'", "ʼ": "'", "`": "'"}
_LONGEST = 7
_MOST_READINGS = 64


def _plain(text: str) -> str:
    """Return a syllable or name in lower case, without marks, with straight apostrophes."""
    for mark, straight in _MARKS.items():
        text = text.replace(mark, straight)
    text = unicodedata.normalize("NFKD", text.strip().lower())
    return "".join(c for c in text if not unicodedata.combining(c))


_COLUMNS = (1, 2, 3, 5)
"""The columns of `corpora/wade_giles.tsv` with the four systems."""


@cache
def _systems() -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """Tables of syllable to pinyin: pinyin itself, Wade-Giles with apostrophes, without them, Palladius in Latin
    letters.
    """
    systems: tuple[dict[str, set[str]], ...] = ({}, {}, {}, {})
    for row in rows_of("wade_giles.tsv"):
        if row[0] != "syllable":
            continue
        pinyin = _plain(row[_COLUMNS[0]])
        for system, column in enumerate(_COLUMNS):
            if len(row) > column and row[column].strip():
                systems[system].setdefault(_plain(row[column]), set()).add(pinyin)
    for language, _, pinyin, spellings in rows_of("syllable_spellings.tsv"):
        if language == "zh":
            for spelling in spellings.split():
                systems[2].setdefault(spelling, set()).add(pinyin)
    return tuple({syllable: tuple(sorted(found)) for syllable, found in system.items()} for system in systems)


def _cut(text: str, system: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the pinyin readings of a stretch without hyphens, cut into syllables of one system in every way."""
    readings: list[frozenset[str]] = [frozenset(("",))]
    for end in range(1, len(text) + 1):
        found: set[str] = set()
        for start in range(max(0, end - _LONGEST), end):
            if readings[start]:
                for pinyin in system.get(text[start:end], ()):
                    found.update(before + pinyin for before in readings[start])
        readings.append(frozenset(sorted(found)[:_MOST_READINGS]))
    return readings[-1]


class Readings(NamedTuple):
    """The pinyin readings of a name under each system; empty where it cannot be read."""

    pinyin: frozenset[str]
    wade_giles: frozenset[str]
    """With its apostrophes: ch'ing is not ching."""
    wade_giles_without_apostrophes: frozenset[str]
    palladius: frozenset[str]
    """The Russian system in Latin letters."""

    @property
    def foreign(self) -> frozenset[str]:
        """The readings under any system but pinyin."""
        return self.wade_giles | self.wade_giles_without_apostrophes | self.palladius


@lru_cache(1 << 14)
def readings(name: str) -> Readings:
    """Return the pinyin readings of a name without spaces. A hyphen always divides syllables."""
    parts = [part for part in _plain(name).split("-") if part]
    without = [part.replace("'", "") for part in parts]
    pinyin, wade_giles, wade_giles_without, palladius = _systems()
    return Readings(
        _read(without, pinyin),
        _read(parts, wade_giles),
        _read(without, wade_giles_without),
        _read(without, palladius),
    )


def _read(stretches: Sequence[str], system: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the readings of a name's stretches one after the other."""
    whole: frozenset[str] = frozenset(("",)) if stretches else frozenset()
    for stretch in stretches:
        here = _cut(stretch, system)
        whole = frozenset(sorted(before + after for before in whole for after in here)[:_MOST_READINGS])
    return whole


def same_syllables(first: str, second: str) -> bool:
    """Return whether two spellings are one Chinese name in two systems: Tse-tung and Zedong, Tszinpin and Jinping."""
    one, two = readings(first), readings(second)
    return bool((one.pinyin | one.foreign) & (two.pinyin | two.foreign))


def in_two_systems(first: str, second: str) -> bool:
    """Return whether one spelling is pinyin and the other is the same name in another system, and no pinyin itself."""
    one, two = readings(first), readings(second)
    return any(
        not foreign.pinyin and bool(native.pinyin & foreign.foreign) for native, foreign in ((one, two), (two, one))
    )


_SHAPE = re.compile(r"[bcdfghjklmnpqrstvwxyz]{0,3}[aeiouy]{1,3}(?:ng|nh|ch|[nkptmlh])?")
_VOWELS = re.compile(r"[aeiouy]+")
_EASTERN = re.compile(r"ng|^(?:zh|x|q|hs|ts[hz]?)|i[ao][aon]|uo|uan")
"""What Chinese, Korean and Vietnamese syllables have, and few others."""


def looks_eastern(name: str) -> bool:
    """Return whether a name has what Chinese, Korean and Vietnamese syllables have, and few others (ng, zh-, -iao)."""
    return _EASTERN.search(_plain(name)) is not None


@lru_cache(1 << 14)
def is_one(name: str) -> bool:
    """Return whether a name has the shape of one Chinese, Korean or Vietnamese syllable: Zhang, Park, Tran."""
    return _SHAPE.fullmatch(_plain(name)) is not None


def is_longer(name: str, syllable: str) -> bool:
    """Return whether a name has more syllables than one, and is no case or other ending of that one."""
    plain = _plain(name)
    return len(_VOWELS.findall(plain)) > 1 and len(plain) > len(syllable) + 1


@lru_cache(1 << 14)
def are_others(first: str, second: str) -> bool:
    """Return whether two names are made of such syllables and are not the same in any system: Zhang and Zheng."""
    plain = (_plain(first), _plain(second))
    if plain[0] == plain[1] or not any(map(_EASTERN.search, plain)):
        return False
    readable = all(readings(name).pinyin for name in (first, second))
    return (readable or (is_one(first) and is_one(second))) and not same_syllables(first, second)
