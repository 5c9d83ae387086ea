"""The path through two texts that pairs their sentences best, by dynamic programming, and how sure each step is.

Steps take some sentences of the translation and some of the source: one and one, one and two, none and one. Each has a
score, a logarithm of how much likelier the stretches are to be translations than not; the best path has the greatest
sum, and the share of all paths that go by a step, each weighed by its sum, says how sure the step is.
"""

from collections.abc import Callable
from math import exp, inf, log1p
from typing import NamedTuple

STEPS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
"""How many sentences of the translation and of the source a step takes."""
_WIDTH = 30
"""How far from the diagonal a path may lead, in sentences, beyond the difference between the two texts."""
_MOST_CELLS = 600_000
"""What bounds time and memory: longer texts get a narrower band, and in the end none."""


class Step(NamedTuple):
    """A step of the best path: `[target, target + targets)` beside `[source, source + sources)`.

    `certainty` is the share of all paths, by weight, that take this very step; `score` is its own score.
    """

    target: int
    targets: int
    source: int
    sources: int
    certainty: float
    score: float


Score = Callable[[int, int, int, int], float]
"""Scores a step by where it begins on both sides, and how much it takes of each."""


def path(target: int, source: int, score: Score) -> list[Step] | None:
    """Return the best path through a translation and a source of so many sentences, None where both are too long.

    Args:
        target: The number of sentences of the translation.
        source: The number of sentences of the source.
        score: The score of a step.
    """
    width = abs(target - source) + _WIDTH
    if (target + 1) * (2 * width + 1) > _MOST_CELLS:
        width = _MOST_CELLS // (2 * (target + 1))
        if width < abs(target - source) + 5:
            return None
    slope = source / target if target else 0.0
    rows = [
        range(max(0, int(i * slope) - width), min(source, int(i * slope) + width) + 1) if target else range(source + 1)
        for i in range(target + 1)
    ]
    best: list[dict[int, float]] = [{} for _ in rows]
    total: list[dict[int, float]] = [{} for _ in rows]
    taken: list[dict[int, list[tuple[int, int, float]]]] = [{} for _ in rows]
    for i, row in enumerate(rows):
        for j in row:
            if i == j == 0:
                best[0][0] = total[0][0] = 0.0
                taken[0][0] = []
                continue
            steps: list[tuple[int, int, float]] = []
            highest = summed = -inf
            for targets, sources in STEPS:
                if targets > i or sources > j or j - sources not in best[i - targets]:
                    continue
                own = score(i - targets, targets, j - sources, sources)
                steps.append((targets, sources, own))
                highest = max(highest, best[i - targets][j - sources] + own)
                summed = _added(summed, total[i - targets][j - sources] + own)
            if steps:
                best[i][j], total[i][j], taken[i][j] = highest, summed, steps
    if source not in best[target]:
        return None
    return _back(target, source, best, total, taken)


def _back(
    target: int,
    source: int,
    best: list[dict[int, float]],
    total: list[dict[int, float]],
    taken: list[dict[int, list[tuple[int, int, float]]]],
) -> list[Step]:
    """Follow the best path from its end, and weigh each of its steps against all paths."""
    rest: list[dict[int, float]] = [{} for _ in best]
    rest[target][source] = 0.0
    for i in range(target, -1, -1):
        for j in sorted(taken[i], reverse=True):
            for targets, sources, own in taken[i][j] if j in rest[i] else ():
                before = rest[i - targets]
                before[j - sources] = _added(before.get(j - sources, -inf), own + rest[i][j])
    whole = total[target][source]
    steps: list[Step] = []
    i, j = target, source
    while i or j:
        targets, sources, own = max(
            taken[i][j], key=lambda step: (best[i - step[0]][j - step[1]] + step[2], -step[0] - step[1])
        )
        weight = total[i - targets][j - sources] + own + rest[i][j] - whole
        steps.append(Step(i - targets, targets, j - sources, sources, min(1.0, exp(min(0.0, weight))), own))
        i, j = i - targets, j - sources
    return steps[::-1]


def _added(first: float, second: float) -> float:
    """Return the logarithm of the sum of two numbers that are given by their logarithms."""
    if first < second:
        first, second = second, first
    return first if second == -inf else first + log1p(exp(second - first))
