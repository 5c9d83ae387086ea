"""What a name function says about one form: the common result of everything that is not a pair of spellings."""

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How sure a finding about a name is: `certain` reports as an error, `likely` as a warning, `possible` as a
    suggestion.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @property
    def rank(self) -> int:
        """0 for possible, 1 for likely, 2 for certain."""
        return ("possible", "likely", "certain").index(self.value)


@dataclass(frozen=True, slots=True)
class NameIssue:
    """One form that is not as it should be.

    `rule` is the check's last part ("case-ending"). `spans` are all its places in text order (code points, half open);
    `suggestion` replaces exactly one span, or is empty when a person must choose. `other` is the form that it was held
    against, with its places, and `other_spans` may be empty when that form is not in the text. `canonical` names the
    curated row, if one decided.
    """

    rule: str
    form: str
    spans: tuple[tuple[int, int], ...]
    certainty: Certainty
    reason: str
    suggestion: str = ""
    other: str = ""
    other_spans: tuple[tuple[int, int], ...] = ()
    canonical: str = ""

    @property
    def sort_key(self) -> tuple[int, int, str, str]:
        """By the first place, the longer first, then by rule and form."""
        return (self.spans[0][0], -self.spans[0][1], self.rule, self.form)
