"""How sure a comparing check is: its scores as a probability, by a logistic curve that was fitted on labelled examples.

The curves are kept with their provenance in corpora/comparisons.json, written by benchmarks/calibrate.py; the
reliability of each stands in docs/comparisons.md.
"""

from collections.abc import Mapping

from corrigenda.engines.judge.judge import fitted, probability

LEAST, MOST = 0.05, 0.95
"""No comparison is surer than this, whatever its curve says: the labelled examples are a few hundred."""


def log_odds(curve: str, scores: Mapping[str, float]) -> float:
    """Return the log-odds that a place with these scores is what the check looks for.

    `curve`: its name in corpora/comparisons.json, such as "said-twice"; `scores`: those that it was fitted on, by name.
    """
    known = fitted()["curves"][curve]
    return float(known["constant"] + sum(weight * scores[name] for name, weight in known["weights"].items()))


def confidence(curve: str, scores: Mapping[str, float]) -> float:
    """Return the same as a probability, from 0.05 to 0.95 and rounded to hundredths."""
    return round(min(MOST, max(LEAST, probability(log_odds(curve, scores)))), 2)
