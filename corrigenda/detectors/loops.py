"""Loops of a decoder: the same words three times and more in a row, "to the shop to the shop to the shop"; a long
stretch of them twice.

Found in one pass over the words of a paragraph, in time that grows with its length alone.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

LONGEST = 12
"""Words of what may be repeated."""
TIMES = 3
"""How often several words must stand in a row."""
TIMES_ONE = 4
"""How often one word must: people say a thing three times."""
LONGEST_STRETCH = 150
"""Words of a stretch that may be repeated as a whole; what is longer than `LONGEST` need stand but twice."""
GRAM = 6
"""Words that a long stretch and its repetition are found by."""
_WORD = re.compile(r"\S+")
_MARKS = ".,;:!?…"
_APART = re.compile(r"[,;:!?.…—–-]$")


class Loop(NamedTuple):
    """Words that stand `times` times in a row at `[start, end)` of a text; `once` is what one of them would be.

    `apart` says whether marks, lines or capitals set them apart, as in a refrain or a chant.
    """

    start: int
    end: int
    once: str
    times: int
    words: tuple[str, ...]
    apart: bool


def loops(text: str) -> list[Loop]:
    """Return the loops of a paragraph in its order; none overlaps another."""
    tokens = list(_WORD.finditer(text))
    keys = [_key(token[0], number) for number, token in enumerate(tokens)]
    again = _again(keys)
    result: list[Loop] = []
    at = 0
    while at < len(tokens):
        period, times = _repeated(keys, at)
        if not times and at in again:
            period, times = _repeated_stretch(keys, at, again[at])
        if not times:
            at += 1
            continue
        result.append(_loop(text, tokens[at : at + period * times], keys[at : at + period], times))
        at += period * times
    return result


def _key(token: str, number: int) -> str:
    """Return what of a token is compared; what has no letters is like nothing else."""
    return token.casefold().rstrip(_MARKS) if any(map(str.isalpha, token)) else f"\0{number}"


def _repeated(keys: Sequence[str], at: int) -> tuple[int, int]:
    """Return how many words are repeated from a place on and how often, the fewest words first; 0 times for none."""
    for period in range(1, LONGEST + 1):
        end = at + period
        while end < len(keys) and keys[end] == keys[end - period]:
            end += 1
        times = (end - at) // period
        if times >= (TIMES if period > 1 else TIMES_ONE):
            return period, times
    return 0, 0


def _again(keys: Sequence[str]) -> Mapping[int, int]:
    """Return after how many words the words at a place stand again, for the places where a long stretch may begin."""
    result: dict[int, int] = {}
    last: dict[tuple[str, ...], int] = {}
    for at, gram in enumerate(zip(*(keys[shift:] for shift in range(GRAM)), strict=False)):
        before = last.get(gram)
        if before is not None and LONGEST < at - before <= LONGEST_STRETCH:
            result[before] = at - before
        last[gram] = at
    return result


def _repeated_stretch(keys: Sequence[str], at: int, period: int) -> tuple[int, int]:
    """Return how often the words at a place stand in a row, with their number; 0 times where they do but once."""
    once, times = keys[at : at + period], 1
    while keys[at + times * period : at + (times + 1) * period] == once:
        times += 1
    return (period, times) if times > 1 else (0, 0)


def _loop(text: str, tokens: Sequence[re.Match[str]], words: Sequence[str], times: int) -> Loop:
    period = len(words)
    start, end = tokens[0].start(), tokens[-1].end()
    end -= len(tokens[-1][0]) - len(tokens[-1][0].rstrip(_MARKS))
    once = text[start : tokens[period - 1].end()].rstrip(_MARKS)
    unit = [token[0] for token in tokens[:period]]
    apart = period <= LONGEST and (
        any(_APART.search(word) and word.strip(_MARKS) == word.rstrip("-—–" + _MARKS) for word in unit)
        or "\n" in text[start:end]
        or (all(word[:1].isupper() for word in unit) and tokens[period][0][:1].isupper())
    )
    return Loop(start, end, once, times, tuple(words), apart)
