"""What a check becomes when it is compiled: rules as a detector makes them, and as a run reads them back.

A rule says how it is nominated (literals for the automaton, a scan over the text, or a structural nominator) and what
the confirming pass needs (plain text, tokens, tags, a parse).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from corrigenda.finding import Severity

Needs = Literal["text", "tokens", "tags", "parse"]
Scope = Literal["sentence", "document", "collection"]
"""How much a result depends on: the paragraph around the place, the whole document, or all documents of the run."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One part of a check, as its detector compiles it.

    Exactly one of `literals`, `scan` and `structure` says how places are nominated: lower-case words found by the
    automaton, an RE2 expression over the text, or the name of a structural nominator (corrigenda.pipeline.structures).
    `gate` is an RE2 expression that the block's text must satisfy. `payload` is the detector's own, in plain JSON
    values.
    """

    literals: tuple[str, ...] = ()
    scan: str = ""
    structure: str = ""
    gate: str = ""
    needs: Needs = "text"
    payload: Mapping[str, Any] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    """Strings of which one stands in every match of `scan`, where the detector knows better than
    corrigenda.rules.required.
    """


@dataclass(frozen=True, slots=True)
class CompileResources:
    """What compiling may use: the frequency of words and the shared word lists."""

    frequency: Callable[[str], float]
    lists: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class CompiledCheck:
    """What a run needs to know of a check.

    `engines` names every engine that a finding of the check may depend on, `requires` those without which the check can
    find nothing at all. Both are computed when the check is compiled.
    """

    id: str
    summary: str
    category: str
    severity: Severity
    confidence: float
    message: str
    detector: str
    enabled: bool
    regions: frozenset[str]
    quotations: bool
    scope: Scope
    engines: frozenset[str]
    requires: frozenset[str]
    yields: bool
    """Whether a hit gives way to another check's hit on the same characters."""


class CompiledRule:
    """A rule as the index gives it back: with its number and its check.

    Most rules of a run nominate nothing, so what only nominees need is kept as JSON until it is asked for.
    """

    __slots__ = ("_rest", "_text", "check", "needs", "number")

    def __init__(self, number: int, check: CompiledCheck, needs: Needs, text: str) -> None:
        self.number = number
        self.check = check
        self.needs = needs
        self._text = text
        self._rest: list[Any] | None = None

    def _read(self) -> list[Any]:
        if self._rest is None:
            self._rest = json.loads(self._text)
        return self._rest

    @property
    def gate(self) -> str:
        """The RE2 expression that a nominated text must satisfy; may be empty."""
        return str(self._read()[0])

    @property
    def beside(self) -> Sequence[Sequence[str]]:
        """Lists of strings of which one each must stand in the nominated block."""
        found: Sequence[Sequence[str]] = self._read()[1]
        return found

    @property
    def payload(self) -> Mapping[str, Any]:
        """The detector's own values."""
        found: Mapping[str, Any] = self._read()[2]
        return found
