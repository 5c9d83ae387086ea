"""Which words people write where machines write others: counts from translations of the same texts.

A weak sign by itself, and it adds to the language model, which knows what is likely English and not what is likely a
machine's (docs/comparisons.md).
"""

import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[.,;:?!()-]")
_LETTERS = re.compile(r"[a-z]+")
_CLITIC = re.compile(r"\s*'\s*(s|t|m|re|ve|ll|d)\b")
_PRIOR = 4.0
"""Added to both counts, so that rare words say little."""


def words_of(text: str) -> list[str]:
    """Return the words, figures (as "#") and marks of a text in lower case."""
    lowered = _CLITIC.sub(r"'\1", text.lower().replace("’", "'"))
    return ["#" if token.isdigit() else token for token in _TOKEN.findall(lowered)]


@cache
def table() -> Mapping[str, float]:
    """Return the log-odds of each word of corpora/wording.tsv: positive for a person's, negative for a machine's."""
    from corrigenda import resources

    result: dict[str, float] = {}
    for line in resources.path("corpora", "wording.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            word, human, machine = line.split("\t")
            result[word] = math.log((float(human) + _PRIOR) / (float(machine) + _PRIOR))
    return result


@cache
def _frequencies() -> Mapping[str, float]:
    from corrigenda import resources

    result: dict[str, float] = {}
    for line in resources.path("corpora", "word_frequencies.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, count = line.split("\t")
            result[word] = math.log(float(count))
    return result


_COMMON = 7.0
"""Log frequency (in a million words) that no new word at all counts as."""


def rarity(standing: str, repair: str) -> float:
    """Return the log frequency of the rarest word that the repair brings, less that of the rarest it takes away."""
    before, after = set(_LETTERS.findall(standing.lower())), set(_LETTERS.findall(repair.lower()))
    return _rarest(after - before) - _rarest(before - after)


def _rarest(words: set[str]) -> float:
    known = _frequencies()
    # A word that is not listed is rarer than any that is, a long one rarer still.
    return min((known.get(word, math.log(10 / len(word))) for word in words), default=_COMMON)


def preference(standing: str, repair: str) -> float:
    """Return the log-odds of the repair's own words less those of the words that it takes away."""
    known = table()
    before, after = Counter(words_of(standing)), Counter(words_of(repair))
    gained = sum(known.get(word, 0.0) * count for word, count in (after - before).items())
    lost = sum(known.get(word, 0.0) * count for word, count in (before - after).items())
    return gained - lost
