"""Detector `names-across`: one name that some documents of a run spell one way and others another.

It nominates nothing in a document by itself: corrigenda.pipeline.cross_document gathers every document's name table and
asks the index over all of them when the last document is done.
"""

from typing import TYPE_CHECKING, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


class NamesAcrossKeys(TypedDict):
    """A check has no keys of its own."""


class NamesAcross(Detector):
    """One name in two spellings across documents."""

    name = "names-across"
    scope = "collection"
    values = frozenset(("count", "other", "reason"))
    options = NamesAcrossKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule."""
        return [Rule(structure="nothing")]


DETECTOR = NamesAcross()
