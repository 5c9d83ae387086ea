"""What a certainty about names is worth in a report: a severity and a confidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from corrigenda.finding import Severity
from corrigenda.names.issue import Certainty


@dataclass(frozen=True, slots=True)
class Weight:
    """The severity and the confidence (0 to 1) of a finding about a name."""

    severity: Severity
    confidence: float

    def at_most(self, severity: Severity) -> Severity:
        """Return the lower of this severity and the check's own: a check may say less than its certainty would."""
        return min(self.severity, severity, key=lambda severity: severity.rank)


WITHIN: Mapping[Certainty, Weight] = MappingProxyType(
    {
        Certainty.CERTAIN: Weight(Severity.ERROR, 0.95),
        Certainty.LIKELY: Weight(Severity.WARNING, 0.8),
        Certainty.POSSIBLE: Weight(Severity.SUGGESTION, 0.55),
    }
)
"""For what one document says by itself."""

ACROSS: Mapping[Certainty, Weight] = MappingProxyType(
    {certainty: Weight(weight.severity, round(weight.confidence - 0.05, 2)) for certainty, weight in WITHIN.items()}
)
"""For what differs between documents: of the same severity, and a little less sure, since neighbours say less there and
nobody promised that two documents follow one style.
"""
