"""What of a model's places is let through: the checks whose detector is `llm`, and how sure a place has to be.

Each check lists kinds (corrigenda.engines.llm.kinds) and gives what is found its id, category and severity. A kind that
no check names is dropped.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from corrigenda import resources
from corrigenda.finding import Severity

if TYPE_CHECKING:
    from corrigenda.rules.rule import CompiledCheck, CompiledRule

DETECTOR = "llm"
_WORD = re.compile(r"\w+")
_FEW_WORDS = 100


class KindsPayload(NamedTuple):
    """What the compiled rule of a check holds: the kinds that are its own."""

    kinds: tuple[str, ...]


class Own(NamedTuple):
    """What the judge may do with findings of corrigenda's own.

    Attributes:
        judge: What its log-odds weigh beside those of the finding's own confidence.
        drop: A suggestion that is less probable than that is dropped,
        lower: a warning becomes a suggestion,
        lift: and a suggestion a warning that is at least so probable; each only where the judge itself says so.
    """

    judge: float
    drop: float
    lower: float
    lift: float


class Bars(NamedTuple):
    """Where places become findings: fitted by `benchmarks/calibrate.py llm`, kept in corpora/prompts/bars.json.

    Attributes:
        weights: Of the features, of each kind, and the constant: the curve to the probability of a mark.
        suggestion: Least probability, of 1, of a suggestion.
        warning: Least probability of a warning, which the judge must have confirmed.
        own: What becomes of corrigenda's own findings.
    """

    weights: Mapping[str, float]
    suggestion: float
    warning: float
    own: Own


@cache
def bars() -> Bars:
    """Return the bars."""
    loaded: dict[str, Any] = json.loads(resources.path("corpora", "prompts", "bars.json").read_text(encoding="utf-8"))
    own = Own(**{name: float(value) for name, value in loaded["own"].items()})
    return Bars(MappingProxyType(loaded["weights"]), float(loaded["suggestion"]), float(loaded["warning"]), own)


def checks_by_kind(rules: "Iterable[CompiledRule]") -> "Mapping[str, CompiledCheck]":
    """Return the check of each kind, the first by name where two want one."""
    found: dict[str, CompiledCheck] = {}
    for rule in sorted((rule for rule in rules if rule.check.detector == DETECTOR), key=lambda rule: rule.check.id):
        for kind in rule.payload(KindsPayload).kinds:
            found.setdefault(kind, rule.check)
    return found


def density(places: int, text: str) -> float:
    """Return how thickly a text is marked: the logarithm of the places in 1,000 words, and one more.

    A translation has dozens, and edited copy a handful that are mostly wrong: the neighbours of a place say much of it.
    """
    words = max(1, len(_WORD.findall(text)))
    # A short text is taken for longer than it is, so that one place in a headline says little.
    return math.log(1 + 1000 * places / (words + _FEW_WORDS))


def features(sure: int, judged: float | None, dense: float) -> dict[str, float]:
    """Return what the probability of a place is computed from, beside its kind."""
    return {"reader": _log_odds(sure / 100), "judge": _log_odds(0.5 if judged is None else judged), "density": dense}


def probability(kind: str, sure: int, judged: float | None, dense: float) -> float:
    """Return how probable it is that an editor would change a place, of 1.

    Args:
        kind: What it is said to be.
        sure: What the reader said, of 100.
        judged: What the judge made of it, None where it was not asked: then it counts as undecided.
        dense: How thickly the text is marked (`density`).
    """
    weights = bars().weights
    own = sum(weights[name] * value for name, value in features(sure, judged, dense).items())
    value = own + weights.get(f"kind {kind}", 0.0) + weights["constant"]
    return round(1 / (1 + math.exp(-value)), 3)


def _log_odds(probability: float) -> float:
    """Return the log-odds of a probability, which no model states more surely than 99 in 100."""
    inside = min(0.99, max(0.01, probability))
    return math.log(inside / (1 - inside))


def severity(check: "CompiledCheck", probable: float, judged: float | None) -> Severity | None:
    """Return how grave a place is: never more than its check says, and more than a suggestion only where the judge, who
    reads the sentence alone, agrees; None for a place that is dropped.
    """
    if probable < bars().suggestion:
        return None
    if judged is not None and judged > 0.5 and probable >= bars().warning:
        return check.severity if check.severity.rank <= Severity.WARNING.rank else Severity.WARNING
    return Severity.SUGGESTION


def reviewed(
    severity: Severity, confidence: float, judged: float, *, offered: bool = True
) -> tuple[Severity | None, float]:
    """Return what a finding of corrigenda's own should be, None for nothing worth showing, and how probable it is.

    Args:
        severity: What it is.
        confidence: How probable its check holds it to be.
        judged: What the judge says, who saw the place and not the check.
        offered: Whether it saw a correction. It is asked whether that puts the place right: without one, its “no” may
            mean that nothing would.
    """
    if judged < 0.5 and not offered:
        return severity, confidence
    own = bars().own
    value = _log_odds(confidence) + own.judge * _log_odds(judged)
    probable = 1 / (1 + math.exp(-value))
    shown = round(min(0.95, max(0.05, probable)), 2)
    if severity is Severity.SUGGESTION and judged < 0.5 and probable < own.drop:
        return None, shown
    if severity is Severity.SUGGESTION and judged > 0.5 and probable >= own.lift:
        return Severity.WARNING, shown
    if severity is Severity.WARNING and judged < 0.5 and probable < own.lower:
        return Severity.SUGGESTION, shown
    return severity, shown
