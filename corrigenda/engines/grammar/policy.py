"""What of LanguageTool is let through: the checks in checks/language/ whose detector is `grammar`.

Each lists LanguageTool's rules and categories by id, with the reason, and gives what they find its own id, category and
severity. A rule that no check names, in a category that no check names, is dropped.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from corrigenda.finding import Severity

if TYPE_CHECKING:
    from corrigenda.rules.rule import CompiledCheck, CompiledRule

DETECTOR = "grammar"
"""The detector of the checks that make up the policy."""

UNWANTED = (
    "ACADEMIC_WRITING",
    "AMERICAN_ENGLISH_STYLE",
    "BRITISH_ENGLISH",
    "COMPOUNDING",
    "CREATIVE_WRITING",
    "FORMAL_SPEECH",
    "GENDER_NEUTRALITY",
    "MULTITOKEN_SPELLING",
    "PLAIN_ENGLISH",
    "PROPER_NOUNS",
    "REDUNDANCY",
    "REPETITIONS",
    "REPETITIONS_STYLE",
    "STYLE",
    "TEXT_ANALYSIS",
    "WIKIPEDIA",
)
"""Categories that are not even asked for: taste, spaces in compounds, names, and dialect (which is a matter of
consistency).
"""

Condition = str
"""Which matches of a rule an entry is for: "" (all), or for the speller "near", "far", "capital" or "name"."""

UNSURE = 0.5
"""Highest confidence of a finding whose severity is not the one of its check."""


class Entry(NamedTuple):
    """One line of a check: a rule or category id (`*` stands for anything), the reason, and a severity of its own, ""
    for the check's.
    """

    id: str
    reason: str
    severity: str = ""
    when: Condition = ""


class PolicyPayload(NamedTuple):
    """What the compiled rule of a check holds: what the check lets through, and the exceptions that are dropped.

    `quoted_severity` is the highest severity inside a quotation, "" for no limit.
    """

    rules: tuple[Entry, ...] = ()
    categories: tuple[Entry, ...] = ()
    dropped: tuple[Entry, ...] = ()
    quoted_severity: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A check, and what it lets through."""

    check: "CompiledCheck"
    through: PolicyPayload

    @classmethod
    def of(cls, rule: "CompiledRule") -> "Target":
        """Return what a compiled rule lets through."""
        return cls(rule.check, rule.payload(PolicyPayload))


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a match is let through: the check that it belongs to, and the entry that names it."""

    target: Target
    entry: Entry

    @property
    def names_the_rule(self) -> bool:
        """Whether the entry names rules rather than a category: the check then says of what category they are."""
        return self.entry in self.target.through.rules

    def severity(self, *, quoted: bool) -> Severity:
        """Return how grave the match is; inside a quotation perhaps less."""
        severity = Severity(self.entry.severity or self.target.check.severity)
        limit = Severity(self.target.through.quoted_severity or severity)
        return limit if quoted and limit.rank < severity.rank else severity

    def confidence(self, severity: Severity) -> float:
        """Return how sure the match is, of 1, when it has a severity."""
        check = self.target.check
        return check.confidence if severity is check.severity else min(check.confidence, UNSURE)


class Policy:
    """All checks of LanguageTool together."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self.targets = tuple(sorted(targets, key=lambda target: target.check.id))
        self._exact: dict[tuple[str, Condition], Decision] = {}
        self._patterns: list[tuple[Entry, Decision | None]] = []
        self._categories: dict[str, Decision] = {}
        for target in self.targets:
            for entry in target.through.rules:
                decision = Decision(target, entry)
                if "*" in entry.id:
                    self._patterns.append((entry, decision))
                else:
                    self._exact.setdefault((entry.id, entry.when), decision)
            self._patterns.extend((entry, None) for entry in target.through.dropped)
            for entry in target.through.categories:
                self._categories.setdefault(entry.id, Decision(target, entry))
        # The longer of two patterns says more.
        self._patterns.sort(key=lambda pair: (-len(pair[0].id), pair[0].id))

    @classmethod
    def of(cls, rules: "Iterable[CompiledRule]") -> "Policy":
        """Return the policy of the checks among some compiled rules that are LanguageTool's."""
        return cls(Target.of(rule) for rule in rules if rule.check.detector == DETECTOR)

    def decide(self, rule: str, category: str, when: Condition = "") -> Decision | None:
        """Return what a match becomes, None when it is dropped.

        A rule's own entry comes first, then the longest pattern or exception that fits, then the category.
        """
        found = self._exact.get((rule, when))
        if found is not None:
            return found
        for entry, decision in self._patterns:
            if entry.when == when and fnmatchcase(rule, entry.id):
                return decision
        return None if when else self._categories.get(category)

    @cached_property
    def unwanted(self) -> tuple[str, ...]:
        """Categories that LanguageTool need not look at."""
        return tuple(name for name in UNWANTED if name not in self._categories)

    @cached_property
    def unwanted_rules(self) -> tuple[str, ...]:
        """Rules that LanguageTool need not look at: exceptions that are named in full."""
        names = {entry.id for target in self.targets for entry in target.through.dropped if "*" not in entry.id}
        return tuple(sorted(names - {rule for rule, _ in self._exact}))
