"""Documents are checked in batches of a fixed size, and this is what comes of one.

The size does not depend on the number of workers, so neither does any model's arithmetic: the same input gives the same
bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from corrigenda.documents.document import Document
from corrigenda.finding import EngineStatus, Finding, Problem
from corrigenda.pipeline.suppression import Comment
from corrigenda.pipeline.translated import Origin

BATCH = 64
"""Documents in a batch."""


class Checked(NamedTuple):
    """What the rules and the sentence engines found in one document, before comments silence anything.

    It holds all that the later steps need of the document, so that they need not read it again: the `comments` with
    what each covers, and a table for each check that compares documents, by the name of its detector. `readable` is
    False for what could not be read. `engines` are the statuses for this document alone.
    `origin` is the language that it was translated from, as far as that is known, and `source` whether its source was
    at hand.
    `unread` has what may be copy and was not read: what it is, the line it begins on and how many lines it has, or its
    label and 0 in a file without lines.
    """

    path: str
    sha256: str = ""
    readable: bool = True
    findings: tuple[Finding, ...] = ()
    comments: tuple[Comment, ...] = ()
    tables: Mapping[str, Any] = {}
    engines: tuple[EngineStatus, ...] = ()
    unread: tuple[tuple[str, int | str, int], ...] = ()
    origin: Origin = Origin()
    source: bool = False


@dataclass
class BatchResult:
    """What came of one batch.

    `engines` are the statuses for the whole batch. `complete` says whether every check did its work: a result from
    which a failed check is missing must not outlive the failure in a cache. `packed` has what is to be kept, and
    `documents` what was read, by path, where the steps that follow need them and run in another process.
    """

    checked: list[Checked] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    engines: dict[str, EngineStatus] = field(default_factory=dict)
    complete: bool = True
    packed: dict[str, bytes] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)


@dataclass
class Later:
    """What a stage after the batches' own added, by path, the statuses of its engines, and what it could not do."""

    findings: dict[str, list[Finding]] = field(default_factory=dict)
    engines: list[EngineStatus] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def failed(check: str, error: Exception) -> Problem:
    """Return the problem of a check that crashed."""
    return Problem(
        check,
        f"the check {check} failed ({type(error).__name__}: {error}); the other checks went on. "
        "Please report it, or turn the check off",
    )
