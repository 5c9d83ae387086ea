"""Whether two sentences say the same: their figures and names, words that turn one round, the closeness of both."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corrigenda.rules.hit import Encoder

if TYPE_CHECKING:
    from corrigenda.languages.base import Claims

_WORD = re.compile(r"[a-z]+(?:['’]t)?")
_FIGURE = re.compile(r"\d[\d.,]*")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z]\w+")


def closeness(document: int, pairs: Sequence[tuple[str, str]], comparisons: Encoder) -> list[float]:
    """Return the cosine of each pair, 1 for the same words without asking a model, -1 where none can be asked."""
    same = [first.split() == second.split() for first, second in pairs]
    texts = [text for pair, equal in zip(pairs, same, strict=True) if not equal for text in pair]
    rows = comparisons.encode(document, texts, places=len(texts) // 2) if texts else None
    result: list[float] = []
    at = 0
    for equal in same:
        if equal or rows is None:
            result.append(1.0 if equal else -1.0)
            continue
        result.append(float((rows[at] * rows[at + 1]).sum()))
        at += 2
    return result


def opposed(first: str, second: str, claims: "Claims") -> bool:
    """Return whether one sentence has a word where the other has its opposite, or only one of them denies."""
    one, other = (set(_WORD.findall(text.lower())) for text in (first, second))
    if bool(one & claims.denials) != bool(other & claims.denials):
        return True
    return any(
        (_begins(one - other, a) and _begins(other - one, b)) or (_begins(one - other, b) and _begins(other - one, a))
        for a, b in claims.opposites
    )


def _begins(words: set[str], beginning: str) -> bool:
    return any(word.startswith(beginning) for word in words)


def facts_of(text: str) -> tuple[list[str], set[str]]:
    """Return the figures and names of a sentence; two that say the same have the same."""
    return sorted(_FIGURE.findall(text)), set(_NAME.findall(text))
