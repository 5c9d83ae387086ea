"""English words that people write where machines write others: counts from translations of the same texts.

The counts are those of corpora/wording.tsv; docs/comparisons.md says what they are good for.
"""

import math
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from corrigenda import resources
from corrigenda.expressions import lazy
from corrigenda.languages.base import Wording

_TOKEN = lazy(r"[a-z]+(?:'[a-z]+)?|\d+|[.,;:?!()-]")
_LETTERS = lazy(r"[a-z]+")
_CLITIC = lazy(r"\s*'\s*(s|t|m|re|ve|ll|d)\b")
_PRIOR = 4.0
"""Added to both counts, so that rare words say little."""


class EnglishWording(Wording):
    """The English ones."""

    def words(self, text: str) -> list[str]:
        """Return the words, figures (as "#") and marks of a text in lower case."""
        lowered = _CLITIC.sub(r"'\1", text.lower().replace("’", "'"))
        return ["#" if token.isdigit() else token for token in _TOKEN.findall(lowered)]

    def letters(self, text: str) -> set[str]:
        """Return the words of a text, in lower case and without marks, whose frequency counts."""
        return set(_LETTERS.findall(text.lower()))

    @cached_property
    def odds(self) -> Mapping[str, float]:
        """The log-odds of each word of corpora/wording.tsv."""
        result: dict[str, float] = {}
        for line in resources.path("corpora", "wording.tsv").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("# "):
                word, human, machine = line.split("\t")
                result[word] = math.log((float(human) + _PRIOR) / (float(machine) + _PRIOR))
        return MappingProxyType(result)
