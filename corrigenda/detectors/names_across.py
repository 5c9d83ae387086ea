"""Detector `names-across`: one name that some documents of a run spell one way and others another.

It nominates nothing in a document by itself: the engine hands every document's name table to
corrigenda.pipeline.cross_document.compare, which asks the index over all of them when the last document is done.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check

name = "names-across"
scope = "collection"


def compile_check(check: "Check", resources: CompileResources) -> list[Rule]:
    """Return the rule that tells the engine to gather name tables."""
    return [Rule(structure="nothing", payload={"most": check.severity.value})]


def confirm(nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
    """Nothing is nominated, so there is nothing to confirm."""
    return ()
