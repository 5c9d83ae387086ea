"""Whether the source has a word where its translation has what that word is mistranslated as.

A word is known by the beginning that its forms share, or by its characters where no spaces divide words; so no
dictionary is asked. A phrase is there where all its words stand near each other, in any order.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from corrigenda.alignment.bitext import Bitext, Pair
from corrigenda.alignment.joined import joined
from corrigenda.names.romanise import bare

_ANSWERS = 1 << 14
_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_DIVIDED = re.compile(r"\s*(?:/|;|,|\(|\)|\||…|\.\.\.)\s*")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_PREFIX = re.compile("^[وفبكل]?(?:ال|لل)?")
_LONGEST_ENDING = 5
_SPREAD = 4
"""Words that may stand between those of a phrase, for each of them."""


class SourceWords:
    """A bitext that is asked for words of its source."""

    def __init__(self, bitext: Bitext) -> None:
        self._bitext = bitext
        self.language = bitext.language
        places: list[tuple[int, int, Pair]] = []
        for pair in bitext.sure():
            for stretch in pair.target:
                span = bitext.target_span(stretch)
                places.append((span.start, span.end, pair))
        self._places = sorted(places, key=lambda place: place[:2])
        self._starts = [start for start, _, _ in self._places]

    def find(self, written: str, start: int, end: int) -> tuple[int, int] | None:
        """Return where the sentence that was translated has one of some words, None where it has none of them.

        Args:
            written: The words, divided by commas or strokes, as lexicons write them.
            start: Where the translation has what they may have become.
            end: The end of that place.
        """
        pair = self._pair(start, end)
        if pair is None:
            return None
        side = joined(pair.source)
        for phrase in _phrases(written):
            place = _place(phrase, side.text)
            if place is not None:
                return side.source_span(self._bitext, *place)
        return None

    def _pair(self, start: int, end: int) -> Pair | None:
        at = bisect_right(self._starts, start) - 1
        if at < 0 or self._places[at][1] < end:
            return None
        return self._places[at][2]


def place_of(term: str, sentence: str) -> tuple[int, int] | None:
    """Return where a sentence of a source has a term in one of its forms, None where it has not."""
    for phrase in _phrases(term):
        place = _place(phrase, sentence)
        if place is not None:
            return place
    return None


@lru_cache(_ANSWERS)
def _phrases(written: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of each phrase, those that say little left out where others say more."""
    found = []
    for part in _DIVIDED.split(written):
        words = tuple(_plain(word) for word in _TOKEN.findall(part))
        long = tuple(word for word in words if len(word) > 2 or _UNSPACED.search(word))
        if long or words:
            found.append(long or words)
    return tuple(found)


@lru_cache(_ANSWERS)
def _plain(word: str) -> str:
    lowered = word.lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'")
    if _ARABIC.search(lowered):
        stripped = _ARABIC_PREFIX.sub("", lowered)
        return (stripped if len(stripped) > 2 else lowered).replace("أ", "ا").replace("إ", "ا").replace("آ", "ا")
    return bare(lowered) if lowered[:1] < "\u0250" else lowered


def _place(phrase: Sequence[str], sentence: str) -> tuple[int, int] | None:
    """Return where a sentence has a phrase, from its first word to its last."""
    if len(phrase) == 1 and _UNSPACED.search(phrase[0]):
        at = sentence.find(phrase[0])
        return None if at < 0 else (at, at + len(phrase[0]))
    tokens = [(_plain(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(sentence)]
    places: list[list[int]] = []
    for word in phrase:
        numbers = [number for number, token in enumerate(tokens) if same_word(word, token[0])]
        if not numbers:
            return None
        places.append(numbers)
    reach = _SPREAD * len(phrase)
    for first in places[0]:
        near = [min(own, key=lambda number: abs(number - first)) for own in places]
        if max(near) - min(near) <= reach:
            return tokens[min(near)][1], tokens[max(near)][2]
    return None


@lru_cache(_ANSWERS)
def same_word(word: str, token: str) -> bool:
    """Return whether a word of a text is a form of a word, by the beginning that the two share.

    Args:
        word: The word as dictionaries have it, folded.
        token: The word of the text, folded.
    """
    if word == token:
        return True
    if _UNSPACED.search(word):
        return word in token
    if _HANGUL.search(word):
        stem = word[:-1] if word.endswith("다") and len(word) > 2 else word
        return len(stem) > 1 and token.startswith(stem)
    shared = 0
    for a, b in zip(word, token, strict=False):
        if a != b:
            break
        shared += 1
    if len(word) <= 4:
        return shared >= max(2, len(word) - 1) and len(token) <= len(word) + 2 and len(token) >= len(word) - 1
    if len(word) == 5:
        return shared >= 3 and len(token) - shared <= 3
    return shared >= max(4, len(word) - 3) and len(token) - shared <= _LONGEST_ENDING
