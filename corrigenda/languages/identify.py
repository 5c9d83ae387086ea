"""The language of a text by its letters and its most frequent words (corpora/sources/identification.tsv).

Asked of a source of which nobody said what language it is in. It is silent where a text is too short, or where two
languages are too near each other.
"""

import re
from collections.abc import Mapping
from functools import cache
from itertools import islice
from typing import NamedTuple

from corrigenda import resources

_LONGEST = 20_000
"""Characters that are looked at: more tell nothing new."""
_WORDS = 2_000
_SCRIPT = 0.2
"""The share of letters from which on a script of its own decides; Japanese has fewer kana in a headline."""
_FIRST = ("ja",)
"""Languages with a script of their own that is mixed with another's, which they are asked before."""
_KANA = 0.08
_ENOUGH = 0.08
"""The least score of a language: every twelfth word is one of its frequent ones."""
_CLEARLY = 1.15
"""How many times the score of the second the first must have."""
_LETTERS = 0.4
"""What a word with a letter of the language's own counts beside one of its frequent words."""
_WORD = re.compile(r"[^\W\d_]+")


class _Cues(NamedTuple):
    letters: re.Pattern[str] | None
    words: frozenset[str]


@cache
def _cues() -> Mapping[str, _Cues]:
    found: dict[str, _Cues] = {}
    for line in resources.path("corpora", "sources", "identification.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        code, letters, words = (*line.split("\t"), "")[:3]
        found[code] = _Cues(re.compile(f"[{letters}]") if letters else None, frozenset(words.split()))
    return found


def identify(text: str) -> str:
    """Return the code of the language that a text is in, "" where nothing tells it clearly."""
    text = text[:_LONGEST].casefold()
    letters = sum(map(str.isalpha, text))
    if not letters:
        return ""
    cues = _cues()
    for code in sorted(cues, key=lambda code: (code not in _FIRST, code)):
        script = cues[code].letters
        if script is None or cues[code].words:
            continue
        if len(script.findall(text)) >= (_KANA if code in _FIRST else _SCRIPT) * letters:
            return code
    words = [found[0] for found in islice(_WORD.finditer(text), _WORDS)]
    scores = {code: _score(own, words) for code, own in cues.items() if own.words}
    best, second = sorted(scores, key=lambda code: (-scores[code], code))[:2]
    if scores[best] < _ENOUGH or scores[best] < _CLEARLY * scores[second]:
        return ""
    return best


def _score(own: _Cues, words: list[str]) -> float:
    """Return how much of a text speaks for a language, as a share of its words."""
    frequent = sum(word in own.words for word in words)
    lettered = sum(own.letters.search(word) is not None for word in words) if own.letters is not None else 0
    return (frequent + _LETTERS * lettered) / max(1, len(words))
