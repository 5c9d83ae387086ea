"""Detector `llm`: which of the places that a large language model names are let through, and as what.

These checks nominate nothing: the engine reads whole documents (corrigenda.engines.llm), and takes its policy from the
compiled index.
"""

from typing import TYPE_CHECKING, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.engines.llm.kinds import NAMES
from corrigenda.engines.llm.policy import KindsPayload
from corrigenda.errors import CheckError, did_you_mean
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


class LlmKeys(TypedDict):
    """The kinds of places that are a check's own."""

    kinds: list[str]


class Llm(Detector):
    """Which of a large language model's places are let through."""

    name = "llm"
    scope = "document"
    engines = ("llm",)
    options = LlmKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Carry the check's kinds into the index; raises CheckError for one that there is not."""
        kinds = check.keys(LlmKeys)["kinds"]
        others = f"there are: {', '.join(NAMES)}"
        for kind in kinds:
            if kind not in NAMES:
                raise CheckError(
                    check.path, 1, f"there is no kind {kind!r}; {did_you_mean(kind, NAMES, otherwise=others)}"
                )
        return [Rule(structure="nothing", payload=KindsPayload(tuple(kinds)))]


DETECTOR = Llm()
