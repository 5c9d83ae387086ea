"""Chinese names by their syllables: pinyin, Wade-Giles, and the Latin form of the Russian (Palladius) system.

No sound distance works here: Hsiao-p'ing and Xiaoping share hardly a letter. A name is cut into syllables of one
system and turned into pinyin with the table `corpora/wade_giles.tsv`; two spellings are one name when a reading of
each agrees.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

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


@cache
def _systems() -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """Tables of syllable to pinyin: pinyin itself, Wade-Giles with apostrophes, without them, Palladius in Latin
    letters.
    """
    systems: tuple[dict[str, set[str]], ...] = ({}, {}, {}, {})
    for row in rows_of("wade_giles.tsv"):
        if row[0] != "syllable":
            continue
        pinyin = _plain(row[1])
        for system, column in enumerate((1, 2, 3, 5)):
            if len(row) > column and row[column].strip():
                systems[system].setdefault(_plain(row[column]), set()).add(pinyin)
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


@lru_cache(1 << 14)
def readings(name: str) -> tuple[frozenset[str], ...]:
    """Return the pinyin readings of a name (without spaces or hyphens) under each system; empty where it cannot be
    read.

    The systems are pinyin, Wade-Giles with its apostrophes, Wade-Giles without, and Palladius in Latin letters. A
    hyphen always divides syllables.
    """
    parts = [part for part in _plain(name).split("-") if part]
    found = []
    for number, system in enumerate(_systems()):
        stretches = [part if number == 1 else part.replace("'", "") for part in parts]
        whole: frozenset[str] = frozenset(("",)) if parts else frozenset()
        for stretch in stretches:
            here = _cut(stretch, system)
            whole = frozenset(sorted(before + after for before in whole for after in here)[:_MOST_READINGS])
        found.append(whole)
    return tuple(found)


def same_syllables(first: str, second: str) -> bool:
    """Return whether two spellings are one Chinese name in two systems: Tse-tung and Zedong, Tszinpin and Jinping."""
    one, two = readings(first), readings(second)
    exact = frozenset().union(*one) & frozenset().union(*two)
    return bool(exact)


def in_two_systems(first: str, second: str) -> bool:
    """Return whether one spelling is pinyin and the other is the same name in another system, and no pinyin itself."""
    one, two = readings(first), readings(second)
    for left, right in ((one, two), (two, one)):
        if left[0] and not right[0] and left[0] & frozenset().union(*right[1:]):
            return True
    return False
