"""The languages that texts are translated from: their names, and what in a text speaks for one of them.

The guess counts places, people, money and institutions of the countries in which a language is spoken
(corpora/source_languages.tsv). It says where a text comes from, not that it was translated: native news of a country
looks the same, so whoever asks has to know that it is a translation.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from corrigenda import resources
from corrigenda.expressions import compiled

LEAST = 3
"""Different words that must speak for a language."""
CLEARLY = 1.6
"""How many times the weight of the second the first must have."""
_MOST_REPEATED = 12
_REPEATED = 0.25
"""What each further mention is worth, up to a number; the first of each word counts one."""
_HIT = 1.0
"""What a wording counts that is known from one language alone."""


class _Source(NamedTuple):
    name: str
    expression: str


@cache
def _sources() -> Mapping[str, _Source]:
    found: dict[str, _Source] = {}
    for line in resources.path("corpora", "source_languages.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, name, words = line.split("\t")
        cues = "|".join(map(re.escape, words.split("; ")))
        found[code] = _Source(name, rf"(?:^|[^\pL\pN])({cues})(?:$|[^\pL\pN])")
    return found


def names() -> Mapping[str, str]:
    """Return the English names of the languages that a text may be said to come from, by their codes."""
    return {code: source.name for code, source in _sources().items()}


def code_of(said: str) -> str:
    """Return the code of a language that is named by its code, its tag or its English name; "" for another word."""
    word = said.casefold().partition("-")[0].strip()
    for code, name in names().items():
        if word in (code, name.casefold()):
            return code
    return ""


def guess(text: str, wordings: Mapping[str, float]) -> str:
    """Return the code of the language that a text was probably translated from, "" where nothing speaks clearly.

    Args:
        text: The text.
        wordings: How much wordings that are known from a language weigh, by its code.
    """
    weights: dict[str, float] = {}
    for code, source in _sources().items():
        said: dict[str, int] = {}
        for found in compiled(source.expression).finditer(text):
            said[found[1]] = said.get(found[1], 0) + 1
        repeated = min(sum(said.values()) - len(said), _MOST_REPEATED)
        own = _HIT * wordings.get(code, 0.0)
        if len(said) + own >= LEAST:
            weights[code] = len(said) + _REPEATED * repeated + own
    ranked = sorted(weights, key=lambda code: (-weights[code], code))
    if not ranked:
        return ""
    if len(ranked) > 1 and weights[ranked[0]] < CLEARLY * weights[ranked[1]]:
        return ""
    return ranked[0]
