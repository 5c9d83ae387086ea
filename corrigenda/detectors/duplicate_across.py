"""Detector `duplicate-across`: sentences that a document of a run shares with an earlier one.

It nominates nothing in a document by itself: the engine hands every document's sentences to
corrigenda.pipeline.cross_document.compare, which compares them when the last document is done.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check

name = "duplicate-across"
scope = "collection"
asks = ("embeddings",)


def compile_check(check: "Check", resources: CompileResources) -> list[Rule]:
    """Return the rule that tells the engine to gather sentences, with the check's thresholds."""
    return [Rule(structure="nothing", payload={"overlap": check.options["overlap"], "close": check.options["close"]})]


def confirm(nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
    """Nothing is nominated, so there is nothing to confirm."""
    return ()
