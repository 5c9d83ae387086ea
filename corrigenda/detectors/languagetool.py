"""Detector `languagetool`: what of LanguageTool's matches is let through, and as what.

These checks nominate nothing: LanguageTool reads every paragraph by itself, in an engine of its own
(corrigenda.engines.languagetool), which takes its policy from the compiled index.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check

name = "languagetool"
scope = "document"
engines = ("languagetool",)


def compile_check(check: "Check", resources: CompileResources) -> list[Rule]:
    """Carry the check's policy into the index; raises CheckError for one that lets nothing through."""
    from corrigenda.rules.check import CheckError

    if not check.options.get("rules") and not check.options.get("categories"):
        raise CheckError(check.path, 1, "the check lets nothing through; give it 'rules' or 'categories'")
    payload = {
        "id": check.id,
        "detector": name,
        "summary": check.summary,
        "why": check.why,
        "category": check.category,
        "severity": check.severity.value,
        "confidence": check.confidence,
        "quotations": check.quotations,
        **check.options,
    }
    if check.message:
        payload["message"] = check.message
    if check.regions:
        payload["regions"] = sorted(region.value for region in check.regions)
    return [Rule(structure="nothing", payload=payload)]


def confirm(nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
    """Nothing is nominated, so there is nothing to confirm."""
    return ()
