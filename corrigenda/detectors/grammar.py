"""Detector `grammar`: what of the grammar engine's matches is let through, and as what.

These checks nominate nothing: the engine reads every paragraph by itself, by itself
(corrigenda.engines.grammar), and takes its policy from the compiled index.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, Required, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.engines.grammar.policy import Entry, PolicyPayload
from corrigenda.errors import CheckError
from corrigenda.finding import Severity
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


class PolicyEntry(TypedDict, total=False):
    """One of LanguageTool's rules or categories, and the reason."""

    id: Required[str]
    reason: Required[str]
    severity: Severity
    when: Literal["near", "far", "capital", "name"]


GrammarKeys = TypedDict(
    "GrammarKeys",
    {
        "rules": list[PolicyEntry],
        "categories": list[PolicyEntry],
        "except": list[PolicyEntry],
        "quoted-severity": Severity,
    },
    total=False,
)


class Grammar(Detector):
    """What of the grammar engine's matches is let through."""

    name = "grammar"
    scope = "document"
    engines = ("grammar",)
    shows = True
    options = GrammarKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Carry the check's policy into the index; raises CheckError for one that lets nothing through."""

        keys = check.keys(GrammarKeys)
        if not keys.get("rules") and not keys.get("categories"):
            raise CheckError(check.path, 1, "the check lets nothing through; give it 'rules' or 'categories'")
        payload = PolicyPayload(
            _entries(keys.get("rules", ())),
            _entries(keys.get("categories", ())),
            _entries(keys.get("except", ())),
            keys.get("quoted-severity", ""),
        )
        return [Rule(structure="nothing", payload=payload)]


def _entries(written: Iterable[PolicyEntry]) -> tuple[Entry, ...]:
    return tuple(
        Entry(entry["id"], entry["reason"], entry.get("severity", ""), entry.get("when", "")) for entry in written
    )


DETECTOR = Grammar()
