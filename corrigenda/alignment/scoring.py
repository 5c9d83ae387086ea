"""How likely it is that some sentences of a translation stand for some of its source, as a log-odds.

Four signs: how long they are beside each other, which figures and names both show, where their paragraphs begin, and,
where the multilingual model is at hand, how near they are in meaning. The weights were set on half of the documents of
benchmarks/alignment.py, which measures what comes of them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from math import erfc, log, sqrt
from typing import TYPE_CHECKING, NamedTuple

from corrigenda import resources
from corrigenda.alignment.signs import weighed
from corrigenda.documents.parts import RegionKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PRIOR = {(1, 1): 0.89, (1, 2): 0.04, (2, 1): 0.04, (2, 2): 0.01, (1, 3): 0.005, (3, 1): 0.005}
_ALONE = -4.5
"""What a sentence costs that has no counterpart."""
_SPREAD = 10.0
"""The variance of a length beside its source, by character; of the minutes of parliaments it is 6.8, news is freer."""
_SHARED = 1.2
_MOST_SHARED = 4.0
_FIGURE_MISSING = 1.2
"""What a figure counts against a step that one side shows alone."""
_BOTH_BEGIN = 1.0
_ONE_BEGINS = -0.8
"""What it counts that a paragraph begins on both sides, or on one alone."""
_OVER_PARAGRAPHS = -2.5
_OTHER_KIND = -2.5
_NEARNESS = 1.6
_USUAL = 1.0
"""How a nearness in meaning counts: so many times what it exceeds the usual one by, in deviations."""
_STRANGERS, _STRANGERS_DIFFER, _STRANGERS_SEEN = 0.78, 0.035, 16
"""How near two sentences are by that model that have nothing to do with each other, the deviation, and how many pairs
of sentences of the texts themselves must be seen to tell as much.
"""
_LEAST_NEARNESS, _MOST_NEARNESS = -5.0, 6.0
_SEEN = 600.0
"""Characters of source that the prior ratio of lengths counts as much as."""
_LEAST_LENGTH = -2.0
"""The least that the length counts where it is asked whether two sides belong together at all."""
_MODEST = 3.5
"""The most deviations that a length may cost: a free translation is no other text."""


_OTHER_RATIO = 1.05
"""The ratio of lengths of a language that nobody measured."""


def expected_length(language: str) -> float:
    """Return how many characters a translation has for each of its source, by the source's language."""
    return _expected().get(language, _OTHER_RATIO)


@cache
def _expected() -> Mapping[str, float]:
    import tomllib  # deferred: a run without a source reads no such file

    return tomllib.loads(resources.path("corpora", "sources", "lengths.toml").read_text(encoding="utf-8"))


class Row(NamedTuple):
    """A sentence as it is aligned: its text, the number of its block, whether it begins it, and the block's kind."""

    text: str
    block: int
    first: bool
    kind: RegionKind


class Scorer:
    """Scores steps (corrigenda.alignment.program) through two texts."""

    def __init__(
        self,
        target: Sequence[Row],
        source: Sequence[Row],
        ratio: float,
        vectors: "tuple[NDArray[np.float32], NDArray[np.float32]] | None" = None,
    ) -> None:
        """Weigh what all steps ask for.

        Args:
            target: The translation's sentences.
            source: The source's.
            ratio: How many characters of a translation come of one of such a source, where nothing else is known.
            vectors: What each sentence is about, by the multilingual model.
        """
        self._target, self._source = target, source
        self._lengths = [len(row.text) for row in target], [len(row.text) for row in source]
        self._sums = tuple(list(accumulate(lengths, initial=0)) for lengths in self._lengths)
        whole, other = self._sums[0][-1], self._sums[1][-1]
        # Two texts of which one was cut differ in length by more than their languages do.
        known = min(max(whole / other, 0.7 * ratio), 1.4 * ratio) if other else ratio
        self._ratio = (ratio * _SEEN + known * other) / (_SEEN + other)
        self._signs = weighed([row.text for row in target], [row.text for row in source])
        self._near = cache(self._nearness)
        self._shares = cache(self._shared)
        self._vectors = vectors
        if vectors is not None and len(target) and len(source):
            near = vectors[0] @ vectors[1].T
            seen, all_seen = near.size, near.size + _STRANGERS_SEEN
            self._mean = (float(near.sum()) + _STRANGERS * _STRANGERS_SEEN) / all_seen
            self._deviation = (max(float(near.std()), 0.015) * seen + _STRANGERS_DIFFER * _STRANGERS_SEEN) / all_seen
            self._summed = tuple(_running(rows, lengths) for rows, lengths in zip(vectors, self._lengths, strict=True))

    def __call__(self, target: int, targets: int, source: int, sources: int) -> float:
        """Return the score of a step."""
        if not targets or not sources:
            return _ALONE
        score = log(_PRIOR[targets, sources])
        score += self._length(target, targets, source, sources)
        score += self._structure(target, targets, source, sources)
        score += self._shares(target, targets, source, sources)
        return score + self.near(target, targets, source, sources)

    def near(self, target: int, targets: int, source: int, sources: int) -> float:
        """Return what the nearness of a step's two sides in meaning counts, 0 without the model."""
        return self._near(target, targets, source, sources) if self._vectors is not None else 0.0

    def length(self, target: int, targets: int, source: int, sources: int) -> float:
        """Return how much longer a step's translation is than its source lets expect, in standard deviations."""
        own = self._sums[0][target + targets] - self._sums[0][target]
        wanted = self._ratio * (self._sums[1][source + sources] - self._sums[1][source])
        return (own - wanted) / sqrt(_SPREAD * max(1.0, (own + wanted) / 2)) if own + wanted else 0.0

    def fitness(self, target: int, targets: int, source: int, sources: int) -> float:
        """Return the score of a step of which the length says little: one that was cut is still the one it was."""
        length = self._length(target, targets, source, sources)
        return self(target, targets, source, sources) - length + max(length, _LEAST_LENGTH)

    def moved(self, target: int, source: int) -> float:
        """Return what speaks for a sentence's being the translation of another that stands elsewhere."""
        return self._shared(target, 1, source, 1) + self.near(target, 1, source, 1) + self._length(target, 1, source, 1)

    def _length(self, target: int, targets: int, source: int, sources: int) -> float:
        off = min(abs(self.length(target, targets, source, sources)), _MODEST)
        return log(max(erfc(off / sqrt(2)), 1e-12)) + 0.5

    def _structure(self, target: int, targets: int, source: int, sources: int) -> float:
        own, other = self._target[target], self._source[source]
        score = 0.0
        if own.first or other.first:
            score += _BOTH_BEGIN if own.first and other.first else _ONE_BEGINS
        if own.kind is not other.kind:
            score += _OTHER_KIND
        for rows, start, count in ((self._target, target, targets), (self._source, source, sources)):
            score += _OVER_PARAGRAPHS * sum(row.first for row in rows[start + 1 : start + count])
        return score

    def _shared(self, target: int, targets: int, source: int, sources: int) -> float:
        own, other = _joined(self._signs.target, target, targets), _joined(self._signs.source, source, sources)
        score = 0.0
        for sign, count in own.items():
            if sign in other:
                score += min(_MOST_SHARED, self._signs.worth[sign]) * _SHARED
            elif sign[0] == "#" and len(sign) > 2:
                score -= _FIGURE_MISSING * count
        return score - sum(
            _FIGURE_MISSING * count
            for sign, count in other.items()
            if sign[0] == "#" and len(sign) > 2 and sign not in own
        )

    def _nearness(self, target: int, targets: int, source: int, sources: int) -> float:
        own = self._summed[0][target + targets] - self._summed[0][target]
        other = self._summed[1][source + sources] - self._summed[1][source]
        size = sqrt(float(own @ own) * float(other @ other))
        near = float(own @ other) / size if size else 0.0
        score = _NEARNESS * ((near - self._mean) / self._deviation - _USUAL)
        return max(_LEAST_NEARNESS, min(_MOST_NEARNESS, score))


def _joined(signs: Sequence[Counter[str]], start: int, count: int) -> Counter[str]:
    joined = signs[start]
    for more in signs[start + 1 : start + count]:
        joined = joined + more
    return joined


def _running(rows: "NDArray[np.float32]", lengths: Sequence[int]) -> "NDArray[np.float32]":
    """Return the running sums of vectors, each as often as its sentence has characters: a long one says more."""
    import numpy as np  # deferred: only with the multilingual model

    weighted = rows * np.asarray(lengths, dtype=np.float32)[:, None]
    sums = np.zeros((len(rows) + 1, rows.shape[1]), dtype=np.float32)
    np.cumsum(weighted, axis=0, out=sums[1:])
    return sums
