"""Detector `languagetool`: what of LanguageTool's matches is let through, and as what.

These checks nominate nothing: LanguageTool reads every paragraph by itself, in an engine of its own
(corrigenda.engines.languagetool), which takes its policy from the compiled index.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Required, TypedDict

from corrigenda.detectors.detector import Detector
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


LanguageToolKeys = TypedDict(
    "LanguageToolKeys",
    {
        "rules": list[PolicyEntry],
        "categories": list[PolicyEntry],
        "except": list[PolicyEntry],
        "quoted-severity": Severity,
    },
    total=False,
)


class PolicyPayload(NamedTuple):
    """The check as its file says it, for corrigenda.engines.languagetool.policy."""

    check: Mapping[str, Any]


class LanguageTool(Detector):
    """What of LanguageTool's matches is let through."""

    name = "languagetool"
    scope = "document"
    engines = ("languagetool",)
    options = LanguageToolKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Carry the check's policy into the index; raises CheckError for one that lets nothing through."""
        from corrigenda.errors import CheckError

        if not check.options.get("rules") and not check.options.get("categories"):
            raise CheckError(check.path, 1, "the check lets nothing through; give it 'rules' or 'categories'")
        written = {
            "id": check.id,
            "detector": self.name,
            "summary": check.summary,
            "why": check.why,
            "category": check.category,
            "severity": check.severity.value,
            "confidence": check.confidence,
            "quotations": check.quotations,
            **check.options,
        }
        if check.message:
            written["message"] = check.message
        if check.regions:
            written["regions"] = sorted(region.value for region in check.regions)
        return [Rule(structure="nothing", payload=PolicyPayload(written))]


DETECTOR = LanguageTool()
