"""What a check becomes when it is compiled: rules as a detector makes them, and as a run reads them back.

A rule says how it is nominated (literals for the automaton, a scan over the text, or a structural nominator) and what
the confirming pass needs (plain text, tokens, tags, a parse).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from corrigenda.finding import Severity
from corrigenda.languages import DEFAULT
from corrigenda.rules.payload import decode
from corrigenda.settings import is_on

if TYPE_CHECKING:
    from corrigenda.languages.base import Language

P = TypeVar("P")

Needs = Literal["text", "tokens", "tags", "parse"]
Scope = Literal["sentence", "document", "collection"]
"""How much a result depends on: the paragraph around the place, the whole document, or all documents of the run."""
SCOPES: tuple[Scope, ...] = ("sentence", "document", "collection")
"""From the narrowest to the widest."""
Status = Literal["preview", "stable", "deprecated"]


class Adjoining(NamedTuple):
    """Words that nominate a rule only where one of some others stands directly behind or before them.

    All are plain words in lower case. `step` is 1 for behind, -1 for before.
    """

    words: tuple[str, ...]
    step: int
    others: tuple[str, ...]


class Rule(NamedTuple):
    """One part of a check, as its detector compiles it.

    Exactly one of `literals`, `scan` and `structure` says how places are nominated: lower-case words found by the
    automaton, an RE2 expression over the text, or the name of a structural nominator: one of
    corrigenda.rules.structures, which gets `arguments`, or the detector's own name for its method `places`.
    `adjoining` are literals too, which count beside others only.
    `gate` is an RE2 expression that the block's text must satisfy; of each expression in `nearby` a match must stand in
    the block as well, and of each list in `beside` one of its lower-case strings. `payload` is the detector's own
    (corrigenda.rules.payload).
    """

    literals: tuple[str, ...] = ()
    scan: str = ""
    structure: str = ""
    gate: str = ""
    needs: Needs = "text"
    arguments: tuple[Any, ...] = ()
    nearby: tuple[str, ...] = ()
    beside: tuple[tuple[str, ...], ...] = ()
    payload: tuple[Any, ...] = ()
    engines: frozenset[str] = frozenset()
    """Engines without which this rule finds nothing, beside its detector's and what follows from `needs`."""
    scope: Scope | None = None
    """How much the rule's results depend on, where that is more than its detector says."""
    values: frozenset[str] = frozenset()
    """Names that a match fills in messages and corrections, beside those of the detector."""
    inflected: bool = False
    """Whether a match has a word with forms, which a correction can take."""
    hints: tuple[str, ...] = ()
    """Strings of which one stands in every match of `scan`, where the detector knows better than
    corrigenda.rules.required.
    """
    adjoining: tuple[Adjoining, ...] = ()


class CompileResources(NamedTuple):
    """What compiling may use: the language of the check's texts."""

    language: "Language"

    @property
    def frequency(self) -> Callable[[str], float]:
        """How often a lower-case word stands in a million words."""
        return self.language.frequency

    @property
    def lists(self) -> Mapping[str, Sequence[str]]:
        """The word lists that every pattern may name."""
        return self.language.lists


class CompiledCheck(NamedTuple):
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
    detector_engines: frozenset[str] = frozenset()
    """Those of `requires` without which its detector says nothing, whatever the check."""
    status: Status = "stable"
    language: str = DEFAULT
    """The code of the language of the texts that it is for, or "any"."""
    translated: Severity | None = None
    """Its severity in a text that other findings show to be translated."""
    aliases: tuple[str, ...] = ()
    """Former ids, the oldest first; they still name the check wherever a check can be named."""
    paired: bool = False
    """Whether it compares a text with its source, so that it finds nothing in a text without one."""
    vouched: bool = True
    """Whether its corrections may be safe; those of a project's own checks only once the user trusts the project."""

    @property
    def first_id(self) -> str:
        """The id under which the check was first published: what its fingerprints are made of."""
        return self.aliases[0] if self.aliases else self.id

    def is_on(self, disabled: Sequence[str], enabled: Sequence[str]) -> bool:
        """Return whether the check runs, by the names that a configuration disables and enables."""
        return is_on(self.id, self.enabled, disabled, enabled, preview=self.status == "preview")


class CompiledRule:
    """A rule as the index gives it back: with its number and its check.

    Most rules of a run nominate nothing, so what only nominees need is kept as JSON until it is asked for.
    """

    __slots__ = ("_payload", "_rest", "_text", "check", "needs", "number")

    def __init__(self, number: int, check: CompiledCheck, needs: Needs, text: str) -> None:
        self.number = number
        self.check = check
        self.needs = needs
        self._text = text
        self._rest: _Rest | None = None
        self._payload: Any = None

    def _read(self) -> "_Rest":
        if self._rest is None:
            self._rest = _Rest(*json.loads(self._text))
        return self._rest

    @property
    def gate(self) -> str:
        """The RE2 expression that a nominated text must satisfy; may be empty."""
        return self._read().gate

    @property
    def beside(self) -> Sequence[Sequence[str]]:
        """Lists of strings of which one each must stand in the nominated block."""
        return self._read().beside

    @property
    def arguments(self) -> Sequence[Any]:
        """What the structural nominator of the rule gets."""
        return self._read().arguments

    def payload(self, kind: type[P]) -> P:
        """Return what the rule's detector keeps of it; `kind` is the NamedTuple that the detector gave."""
        if self._payload is None:
            self._payload = decode(kind, self._read().payload)
        found: P = self._payload
        return found


class _Rest(NamedTuple):
    """What of a rule only its nominees need; `packed` writes it."""

    gate: str
    beside: Sequence[Sequence[str]]
    arguments: Sequence[Any]
    payload: Sequence[Any]


def packed(rule: Rule, beside: Sequence[Sequence[str]]) -> str:
    """Return what of a rule only its nominees need, as the index holds it."""
    return json.dumps(_Rest(rule.gate, beside, rule.arguments, rule.payload), ensure_ascii=False, separators=(",", ":"))
