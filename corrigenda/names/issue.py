"""What is said about one form of a name, and how sure that is.

`NameIssue` is the common result of everything that is not a pair of spellings (`pairs.NamePair`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Certainty(StrEnum):
    """How sure a finding about a name is; `severity` has what each is worth in a report."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @property
    def rank(self) -> int:
        """0 for possible, 1 for likely, 2 for certain."""
        return ("possible", "likely", "certain").index(self.value)


IssueRule = Literal[
    "acronym",
    "adjective",
    "case-ending",
    "given-name-form",
    "house-style",
    "institution",
    "mixed-romanisation",
    "near-miss",
    "outdated",
]
"""What is wrong with a form; a check names the rule that it reports."""


@dataclass(frozen=True, slots=True)
class NameIssue:
    """One form that is not as it should be.

    `spans` are all its places in text order (code points, half open); `suggestion` replaces exactly one span, or is
    empty when a person must choose. `other` is the form that it was held against, with its places, and `other_spans`
    may be empty when that form is not in the text. `canonical` names the curated row, or the name of the dictionary, if
    one decided.
    """

    rule: IssueRule
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
