"""How often English words stand in edited English (corpora/word_frequencies.tsv)."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from corrigenda import resources


@cache
def frequencies() -> Mapping[str, float]:
    """Return the occurrences in a million words of each listed word form, lower case."""
    lines = resources.path("corpora", "word_frequencies.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return MappingProxyType({word: float(count) for word, count in rows})


def frequency(word: str) -> float:
    """Return the occurrences in a million words of a lower-case word form.

    One that is not listed is rarer than the rarest listed one; of those, a longer word is rarer.
    """
    return frequencies().get(word, 10.0 / max(1, len(word)))
