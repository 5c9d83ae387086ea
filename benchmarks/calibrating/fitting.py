"""Logistic fits, what they are worth, and a picture of how far their probabilities can be believed."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

RIDGE = 1.0
"""Strength of the pull to zero, on differences scaled to unit variance."""
RESAMPLES = 2000
FOLDS = 10

Array = NDArray[np.float64]
Point = tuple[float, float, int]
"""Mean stated probability, share right, and number of a bin."""


def fit(rows: Array, ridge: float = RIDGE) -> Array:
    """Logistic regression without a constant on rows that are all "repair minus error", so that it is antisymmetric."""
    scale = rows.std(axis=0) + 1e-9
    scaled = rows / scale
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-scaled @ weights))
        gradient = scaled.T @ (1 - p) - ridge * weights
        curvature = (scaled * (p * (1 - p))[:, None]).T @ scaled + ridge * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if float(np.abs(step).max()) < 1e-8:
            break
    return np.asarray(weights / scale)


def preferred(scores: Array) -> float:
    """The share in which the repair is preferred; a tie counts half."""
    return float((scores > 0).mean() + 0.5 * (scores == 0).mean())


def decided(scores: Array) -> float:
    """The same on the fifth with the largest absolute scores."""
    order = np.argsort(-np.abs(scores), kind="stable")
    return preferred(scores[order[: len(scores) // 5]])


def interval(scores: Array, groups: Array, what: Callable[[Array], float]) -> tuple[float, float]:
    """A 95% bootstrap interval: groups (articles) drawn with replacement, then rows inside each."""
    dice = np.random.default_rng(20)
    by = [np.flatnonzero(groups == group) for group in sorted(set(groups.tolist()))]
    values = []
    for _ in range(RESAMPLES):
        drawn = [by[i] for i in dice.integers(0, len(by), len(by))]
        chosen = np.concatenate([dice.choice(own, len(own)) for own in drawn])
        values.append(what(scores[chosen]))
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def folds(names: Sequence[str]) -> Array:
    """A fold for each row, by its name, so that rows of one name are in one fold."""
    return np.array([zlib.crc32(name.encode("utf-8")) % FOLDS for name in names])


def curve(rows: Array, right: NDArray[np.bool_], ridge: float = 0.1) -> Array:
    """Weights and, last, the constant of the logistic curve from scores (columns) to the probability of being right.

    The targets are Platt's (1999) instead of 0 and 1, which keeps a few examples from stating certainty.
    """
    good, bad = int(right.sum()), int((~right).sum())
    targets = np.where(right, (good + 1) / (good + 2), 1 / (bad + 2))
    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled = np.hstack([(rows - centre) / scale, np.ones((len(rows), 1))])
    penalty = ridge * np.diag([1.0] * rows.shape[1] + [0.0])
    weights = np.zeros(scaled.shape[1])
    for _ in range(100):
        p = 1 / (1 + np.exp(-scaled @ weights))
        gradient = scaled.T @ (targets - p) - penalty @ weights
        curvature = (scaled * (p * (1 - p))[:, None]).T @ scaled + penalty
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if float(np.abs(step).max()) < 1e-9:
            break
    slopes = weights[:-1] / scale
    return np.append(slopes, weights[-1] - slopes @ centre)


def cross_validated_curve(rows: Array, right: NDArray[np.bool_], names: Sequence[str]) -> Array:
    """The log-odds of each row by a curve fitted on the other folds."""
    fold = folds(names)
    result = np.zeros(len(rows))
    for number in sorted(set(fold.tolist())):
        held = fold == number
        weights = curve(rows[~held], right[~held])
        result[held] = rows[held] @ weights[:-1] + weights[-1]
    return result


def binned(stated: Array, right: NDArray[np.bool_], low: float = 0.0, bins: int = 5) -> list[Point]:
    """For equal parts of the stated probability from `low` to 1: mean stated, share right, number."""
    edges = np.linspace(low, 1.0, bins + 1)
    points = []
    for first, last in itertools.pairwise(edges):
        inside = (stated >= first) & ((stated < last) | (last == 1.0))
        if inside.any():
            points.append((float(stated[inside].mean()), float(right[inside].mean()), int(inside.sum())))
    return points


def lowest(scores: Array, right: NDArray[np.bool_], precision: float, step: float) -> float:
    """The lowest threshold, in steps, at which what passes (ten at least) has the precision asked for."""
    for limit in np.arange(np.floor(scores.min() / step), np.ceil(scores.max() / step)) * step:
        passed = scores >= limit - 1e-9
        if passed.sum() < 10:
            break
        if right[passed].mean() >= precision:
            return round(float(limit), 4)
    return round(float(np.ceil(scores.max() / step) * step), 4)


def ranked(scores: Array, right: NDArray[np.bool_]) -> float:
    """The chance that what is right scores higher than what is not (area under the ROC curve)."""
    good, bad = scores[right], scores[~right]
    return float(np.mean([((one > bad).mean() + 0.5 * (one == bad).mean()) for one in good]))
