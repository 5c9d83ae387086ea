"""How unlike two names in Latin letters are, one of which came out of another script or another language's spelling.

Two measures, of which the better counts: the romanisation distance (`names.romanise.ndist`), and for what went through
a script with few sounds (Chinese, kana, Hangul) or without vowels (Arabic) a row of consonants in seven classes.
"""

from functools import lru_cache

from corrigenda.names.romanise import bare, fold, ndist

_ANSWERS = 1 << 16
_CLASSES = {
    **dict.fromkeys("kgqx", "K"),
    **dict.fromkeys("td", "T"),
    **dict.fromkeys("pbfv", "P"),
    **dict.fromkeys("szj", "S"),
    "c": "K",
    "m": "M",
    "n": "N",
    **dict.fromkeys("rl", "R"),
    "h": "H",
    "w": "W",
}
_SPELLINGS = tuple(
    (spelling, reading)
    for reading, spellings in (
        ("s", "sch tch dge sh ch zh ts tz"),
        ("f", "ph"),
        ("h", "kh"),
        ("g", "gh"),
        ("t", "th"),
        ("k", "ck"),
        ("n", "ng"),
        ("se", "ce ge"),
        ("si", "ci cy gi"),
        ("ks", "x"),
    )
    for spelling in spellings.split()
)
_CHEAP = {
    ("K", "H"): 0.4,
    ("H", "P"): 0.4,
    ("K", "S"): 0.6,
    ("S", "T"): 0.5,
    ("M", "N"): 0.3,
    ("P", "W"): 0.3,
    ("H", "S"): 0.7,
    ("N", "R"): 0.6,
}
_GAPS = {"H": 0.25, "W": 0.3, "R": 0.5, "N": 0.6}
SAME = 0.22
"""The romanisation distance up to which two names of one sentence are taken for one: they have few rivals."""
SAME_IN_CONSONANTS = 0.3
"""The same for their consonants alone, where capitals say what is a name."""
AMONG_WORDS = 0.2
"""The same where any word may be one."""
_FEW = 3
_LEAST = 2
"""Consonants that a name must have to be compared by them alone."""


@lru_cache(_ANSWERS)
def consonants(word: str) -> str:
    """Return the consonants of a word in Latin letters, a sign for each class of them, doubled ones once."""
    text = bare(word)
    for spelling, reading in _SPELLINGS:
        text = text.replace(spelling, reading)
    found: list[str] = []
    for letter in text:
        sound = _CLASSES.get(letter, "")
        if sound and not (found and found[-1] == sound):
            found.append(sound)
    return "".join(found)


@lru_cache(_ANSWERS)
def in_consonants(first: str, second: str) -> float:
    """Return how unlike the consonants of two words are, from 0 to about 1; 1 where one has too few to tell."""
    one, two = consonants(first), consonants(second)
    if min(len(one), len(two)) < _LEAST:
        return 1.0
    above = [0.0]
    for sound in two:
        above.append(above[-1] + _GAPS.get(sound, 1.0))
    for number, a in enumerate(one):
        current = [above[0] + _GAPS.get(a, 1.0)]
        for column, b in enumerate(two):
            step = 0.0 if a == b else _CHEAP.get((a, b), _CHEAP.get((b, a), 1.0))
            if number == 0 and column == 0:
                step *= 1.3  # how a name begins tells names apart
            current.append(
                min(above[column] + step, above[column + 1] + _GAPS.get(a, 1.0), current[-1] + _GAPS.get(b, 1.0))
            )
        above = current
    return above[-1] / max(len(one), len(two))


@lru_cache(_ANSWERS)
def alike(word: str, reading: str, ending: int, rough: float) -> bool:
    """Return whether a word of a translation can be a word of its source.

    Args:
        word: The word of the translation.
        reading: The word of the source in Latin letters.
        ending: How many letters at its end may belong to a case.
        rough: How unlike their consonants may be, where the source's writing keeps little of a name; 0 to compare whole
            sounds alone.
    """
    own, other = fold(word), fold(reading)
    if own == other or bare(word) == bare(reading):
        return True
    if len(own) < 2 or len(other) < 2:
        return False
    shortest = max(2, min(len(own), len(other)) - ending)
    if ending and len(own) > 3 and own[:shortest] == other[:shortest] and shortest >= 4:
        return True
    for cut in range(ending + 1):
        stem = other[: len(other) - cut]
        if len(stem) < 3:
            break
        if ndist(own, stem) <= SAME and (cut == 0 or len(stem) >= len(own) - 2):
            return True
        if rough and in_consonants(own, stem) <= _bound(own, rough):
            return True
    return False


def _bound(word: str, rough: float) -> float:
    """Return how unlike the consonants of a word may be: the fewer it has, the more words are like it."""
    return rough if rough > AMONG_WORDS or len(consonants(word)) > _FEW else rough / 2
