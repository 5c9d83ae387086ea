"""What is let through now: the policy of the shipped checks."""

from corrigenda.engines.grammar.policy import DETECTOR, Policy
from corrigenda.pipeline.index import load
from weighing.answers import off_by_default
from weighing.hits import Row


class Through:
    """The shipped policy, asked about hits."""

    def __init__(self) -> None:
        self._off = frozenset(off_by_default())
        self._policy = Policy.of(rule for rule in load().rules if rule.check.detector == DETECTOR)

    def severity(self, row: Row) -> str | None:
        """Return the severity that a hit has, None for one that is dropped or that nobody would ask for."""
        if row.rule in self._off:
            return None
        decision = self._policy.decide(row.rule, row.category, row.condition)
        return None if decision is None else decision.severity(quoted=row.quoted).value
