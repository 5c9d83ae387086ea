"""What a sentence and its translation have in common without a dictionary: figures, names, and words that sound alike.

A sign is a short string that both sides can show: the digits of a figure, or the first consonants of a word. Letters of
other scripts are read by the names that Unicode gives them, which begin with their sounds (ZHE, SHEEN, HANGUL SYLLABLE
GANG), so no table of any language is needed. Signs are weighed by how rare they are in the two texts.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log
from types import MappingProxyType
from typing import NamedTuple

_CACHE = 1 << 14
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ\-][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f'’٫٬ ]\d+)*")
_INNER = re.compile(r"[^\d]+")
_VOWELS = frozenset("aeiouy")
_CLASSES = (
    ("shch", "S"), ("sch", "S"), ("tch", "S"), ("sz", "S"), ("cz", "S"), ("zh", "S"), ("sh", "S"), ("ch", "S"),
    ("kh", "G"), ("gh", "G"), ("ph", "V"), ("th", "T"), ("dh", "D"), ("ts", "S"), ("tz", "S"), ("ck", "K"), ("qu", "K"),
)  # fmt: skip
_SOUNDS = MappingProxyType(
    {"h": "G", "g": "G", "j": "S", "z": "S", "s": "S", "f": "V", "v": "V", "w": "V", "c": "K", "k": "K", "q": "K"}
    | {"x": "KS"}
    | dict(_CLASSES)
)
_LEAST, _MOST = 3, 4
"""How many consonants a word must show, and how many count: what comes later an ending may change."""
_DECORATION = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})


def signs(text: str) -> Counter[str]:
    """Return the signs of a stretch of text in any language: figures as `#` and their digits, words as consonants."""
    found: Counter[str] = Counter()
    for number in _NUMBER.finditer(text):
        for figure in _figures(number[0]):
            found[f"#{figure}"] += 1
    for word in _WORD.finditer(text):
        sounds = consonants(word[0])
        if len(sounds) >= _LEAST:
            found[sounds[:_MOST]] += 1
    return found


def _figures(number: str) -> Iterable[str]:
    """Return the digits of a number in ASCII: as one, where its marks divide thousands, else each part of it."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in number)
    parts = [part for part in _INNER.split(plain) if part]
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]) and ":" not in plain:
        return ("".join(parts),)
    return (str(int(part)) for part in parts)


@lru_cache(_CACHE)
def consonants(word: str) -> str:
    """Return the consonants of a word of any alphabet as classes of sounds, doubled ones once; "" for ideographs."""
    latin = word.lower()
    if not latin.isascii():
        latin = "".join(_sound(letter) for letter in unicodedata.normalize("NFC", latin.translate(_DECORATION)))
    out: list[str] = []
    at = 0
    while at < len(latin):
        spelling = next((spelling for spelling, _ in _CLASSES if latin.startswith(spelling, at)), latin[at])
        at += len(spelling)
        sound = _SOUNDS.get(spelling, "" if spelling in _VOWELS or not spelling.isalpha() else spelling.upper())
        for one in sound:
            if not out or out[-1] != one:
                out.append(one)
    return "".join(out)


@lru_cache(_CACHE)
def _sound(letter: str) -> str:
    """Return in ASCII the sound of a letter, as far as its Unicode name says it."""
    if letter.isascii():
        return letter
    plain = unicodedata.normalize("NFKD", letter)[0]
    if plain.isascii():
        return plain
    # Not of Hangul, which falls apart into its letters.
    name = unicodedata.name(letter if "\uac00" <= letter <= "\ud7a3" else plain, "")
    called = (name.partition("LETTER ")[2].partition(" ")[0] if "ARABIC" in name else name.rpartition(" ")[2]).lower()
    if not called.isascii() or not called.isalpha() or "IDEOGRAPH" in name or called in ("sign", "mark"):
        return ""
    if name.startswith(("HANGUL", "KATAKANA", "HIRAGANA")):
        return called
    if name.startswith("CYRILLIC"):
        # EL, EM, EF and ER have their vowel first, the others behind.
        return "".join(c for c in called if c not in _VOWELS) or called[:1]
    head = re.match(r"[^aeiouy]+", called)
    return head[0] if head is not None else called[:1]


class Weights(NamedTuple):
    """The signs of both texts, stretch by stretch, and what sharing one is worth."""

    target: Sequence[Counter[str]]
    source: Sequence[Counter[str]]
    worth: dict[str, float]


def weighed(target: Sequence[str], source: Sequence[str]) -> Weights:
    """Return the signs of the stretches of two texts; a sign is worth more, the fewer stretches show it."""
    own, other = [signs(text) for text in target], [signs(text) for text in source]
    in_own = Counter(sign for counted in own for sign in counted)
    in_other = Counter(sign for counted in other for sign in counted)
    total = 1 + max(len(own), len(other))
    worth = {sign: log(total / max(in_own[sign], in_other[sign])) for sign in in_own.keys() & in_other.keys()}
    return Weights(own, other, worth)
