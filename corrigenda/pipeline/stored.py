"""The compiled index as JSON holds it: what corrigenda.pipeline.compile writes and corrigenda.pipeline.index reads."""

from collections.abc import Sequence
from typing import Required, TypedDict

from corrigenda.rules.rule import Needs, Scope, Status


class StoredCheck(TypedDict):
    """A check: the fields of corrigenda.rules.rule.CompiledCheck, sets as sorted lists."""

    id: str
    summary: str
    category: str
    severity: str
    confidence: float
    message: str
    detector: str
    enabled: bool
    status: Status
    language: str
    aliases: Sequence[str]
    regions: Sequence[str]
    quotations: bool
    translated: str
    yields: bool
    paired: bool
    scope: Scope
    engines: Sequence[str]
    detector_engines: Sequence[str]
    requires: Sequence[str]


class StoredRule(TypedDict, total=False):
    """A rule: the place of its check, how it is nominated, and the rest as a text that only nominees read.

    What is empty, and a need of the text alone, may be left out.
    """

    check: Required[int]
    literals: Sequence[str]
    adjoining: Sequence[tuple[int, str, str]]
    """The step, the words and those beside them (rules.rule.Adjoining), words with a space between each two."""
    scan: str
    hints: Sequence[str]
    cased: bool
    structure: str
    needs: Needs
    rest: Required[str]


class StoredIndex(TypedDict):
    """The checks of one folder. `plugins` gives the packages whose detectors compiled some of them."""

    key: str
    format: int
    version: str
    plugins: dict[str, str]
    checks: Sequence[StoredCheck]
    rules: Sequence[StoredRule]
