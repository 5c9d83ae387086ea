"""Which words people write where machines write others, as a weight of the judge.

A weak sign by itself, and it adds to the language model, which knows what is likely and not what is likely a machine's
(docs/comparisons.md). The counts are the language's (`languages.base.Wording`).
"""

import math
from collections import Counter

from corrigenda.languages import language

_COMMON = 7.0
"""Log frequency (in a million words) that no new word at all counts as."""


def rarity(standing: str, repair: str) -> float:
    """Return the log frequency of the rarest word that the repair brings, less that of the rarest it takes away."""
    words = language().wording
    before, after = words.letters(standing), words.letters(repair)
    return _rarest(after - before) - _rarest(before - after)


def _rarest(words: set[str]) -> float:
    return min((math.log(language().frequency(word)) for word in words), default=_COMMON)


def preference(standing: str, repair: str) -> float:
    """Return the log-odds of the repair's own words less those of the words that it takes away."""
    wording = language().wording
    known = wording.odds
    before, after = Counter(wording.words(standing)), Counter(wording.words(repair))
    gained = sum(known.get(word, 0.0) * count for word, count in (after - before).items())
    lost = sum(known.get(word, 0.0) * count for word, count in (before - after).items())
    return gained - lost
