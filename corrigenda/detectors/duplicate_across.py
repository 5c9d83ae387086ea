"""Detector `duplicate-across`: sentences that a document of a run shares with an earlier one.

It nominates nothing in a document by itself: corrigenda.pipeline.cross_document gathers every document's sentences and
compares them when the last document is done.
"""

from typing import TYPE_CHECKING, Annotated, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.rules.options import Key, Share
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


class DuplicateAcrossKeys(TypedDict):
    """The keys of a check."""

    overlap: Annotated[Share, Key("share of the longer sentence's content words that both have")]
    close: Annotated[Share, Key("cosine of the two sentences")]


class DuplicateAcrossPayload(NamedTuple):
    """What two sentences must share, and how close they must be."""

    overlap: float
    close: float


class DuplicateAcross(Detector):
    """Sentences that two documents share."""

    name = "duplicate-across"
    scope = "collection"
    asks = ("embeddings",)
    values = frozenset(("line", "path"))
    options = DuplicateAcrossKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the rule with the check's thresholds."""
        payload = DuplicateAcrossPayload(check.options["overlap"], check.options["close"])
        return [Rule(structure="nothing", payload=payload)]


DETECTOR = DuplicateAcross()
