"""The stages of a check, in their order.

Each stage hands on hits; findings are made of them in one place (pipeline.findings). A caller may ask for the first
stages alone, see what each brings, and stop between two of them: an editor shows what the rules say while an engine
still reads.
"""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import NamedTuple

from corrigenda.finding import DocumentReport


class Stage(IntEnum):
    """One stage; a later one includes those before it."""

    RULES = 1
    """Checks that look at the text alone."""
    SENTENCE_ENGINES = 2
    """Checks that ask an engine about sentences and places: tags, embeddings, the language model."""
    DOCUMENT_ENGINES = 3
    """Engines that read whole documents."""
    COLLECTION = 4
    """Checks that compare the documents of a run with each other."""


class StageReport(NamedTuple):
    """What is known of some documents after a stage."""

    stage: Stage
    documents: Sequence[DocumentReport]


OnStage = Callable[[StageReport], None]
"""Called after each stage of a batch, in the process that owns the run."""


class CancelledError(Exception):
    """The caller asked for the check to stop."""


def never() -> bool:
    """Return that a check is not to stop."""
    return False


class Watch(NamedTuple):
    """How a caller follows a check: told after each stage, asked between two whether to stop."""

    on_stage: OnStage | None = None
    cancelled: Callable[[], bool] = never


UNWATCHED = Watch()
