"""What of LanguageTool is let through: the checks in checks/language/ whose detector is `languagetool`.

Each lists LanguageTool's rules and categories by id, with the reason, and gives what they find its own id, category and
severity. A rule that no check names, in a category that no check names, is dropped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from corrigenda.finding import Severity

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


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a check: a rule or category id (`*` stands for anything), the reason, and a severity of its own."""

    id: str
    reason: str
    severity: Severity | None = None
    when: Condition = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a match that is let through becomes: a check, as its file says it."""

    check: str
    category: str
    severity: Severity
    confidence: float
    message: str
    regions: frozenset[str]
    quotations: bool
    quoted_severity: Severity | None
    rules: tuple[Entry, ...]
    categories: tuple[Entry, ...]
    dropped: tuple[Entry, ...]


class Policy:
    """All checks of LanguageTool together."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self.targets = tuple(sorted(targets, key=lambda target: target.check))
        self._exact: dict[tuple[str, str], tuple[Target, Entry]] = {}
        self._patterns: list[tuple[Target | None, Entry]] = []
        self._categories: dict[str, tuple[Target, Entry]] = {}
        for target in self.targets:
            for entry in target.rules:
                if "*" in entry.id:
                    self._patterns.append((target, entry))
                else:
                    self._exact.setdefault((entry.id, entry.when), (target, entry))
            self._patterns.extend((None, entry) for entry in target.dropped)
            for entry in target.categories:
                self._categories.setdefault(entry.id, (target, entry))
        # The longer of two patterns says more.
        self._patterns.sort(key=lambda pair: (-len(pair[1].id), pair[1].id))

    def decide(self, rule: str, category: str, when: Condition = "") -> tuple[Target, Entry] | None:
        """Return what a match becomes, None when it is dropped.

        A rule's own entry comes first, then the longest pattern or exception that fits, then the category.
        """
        found = self._exact.get((rule, when))
        if found is not None:
            return found
        for target, entry in self._patterns:
            if entry.when == when and fnmatchcase(rule, entry.id):
                return None if target is None else (target, entry)
        return None if when else self._categories.get(category)

    @cached_property
    def unwanted(self) -> tuple[str, ...]:
        """Categories that LanguageTool need not look at."""
        return tuple(name for name in UNWANTED if name not in self._categories)

    @cached_property
    def unwanted_rules(self) -> tuple[str, ...]:
        """Rules that LanguageTool need not look at: exceptions that are named in full."""
        names = {entry.id for target in self.targets for entry in target.dropped if "*" not in entry.id}
        return tuple(sorted(names - {rule for rule, _ in self._exact}))


def of(checks: Iterable[Mapping[str, Any]]) -> Policy:
    """Return the policy of check files as plain mappings (see checks/check.schema.json); those of other detectors are
    left out.

    Raises ValueError, KeyError or TypeError for what the schema would have refused.
    """
    return Policy(
        _target(check) for check in checks if check.get("detector") == "languagetool" and check.get("enabled", True)
    )


def load(folder: Path | None = None) -> Policy:
    """Read the policy from check files: those of checks/language, or of another folder."""
    import yaml

    if folder is None:
        from corrigenda import resources

        folder = resources.path("checks", "language")
    paths = sorted(folder.glob("*.yaml"))
    return of(yaml.load(path.read_text(encoding="utf-8"), Loader=_loader()) for path in paths)


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _target(check: Mapping[str, Any]) -> Target:
    quoted = check.get("quoted-severity")
    severity = Severity(check["severity"])
    default = {Severity.ERROR: 0.9, Severity.WARNING: 0.75, Severity.SUGGESTION: 0.5}[severity]
    return Target(
        check=check["id"],
        category=check["category"],
        severity=severity,
        confidence=float(check.get("confidence", default)),
        message=check.get("message", ""),
        regions=frozenset(check.get("regions", ())),
        quotations=bool(check.get("quotations", True)),
        quoted_severity=Severity(quoted) if quoted else None,
        rules=_entries(check.get("rules", ())),
        categories=_entries(check.get("categories", ())),
        dropped=_entries(check.get("except", ())),
    )


def _entries(items: Sequence[Mapping[str, Any]]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            id=item["id"],
            reason=item["reason"],
            severity=Severity(item["severity"]) if "severity" in item else None,
            when=item.get("when", ""),
        )
        for item in items
    )
