"""What a backend of the grammar engine is: whoever answers what is wrong with a batch of paragraphs.

There are two: LingoTweaker, a port of LanguageTool's engine and rules that runs in a process of ours, and
LanguageTool's own server. Both give the same matches (corrigenda.engines.grammar.match), so the cache and the filter
know neither.
"""

import json
import os
from dataclasses import dataclass
from typing import Protocol

from corrigenda.engines.grammar.errors import UnavailableError
from corrigenda.engines.grammar.match import Match
from corrigenda.engines.grammar.pieces import Batch

REPLACEMENTS = 5
"""LanguageTool's rules offer up to 30 words for one; nobody reads past the fifth."""

_MOST_WORKERS = 4


@dataclass(frozen=True, slots=True)
class Options:
    """How a backend is asked.

    `seconds` is the limit of one request. `disabled_rules` and `disabled_categories` are what the filter would drop in
    any case, so that no time goes into it. `picky` turns on the rules that LanguageTool keeps for its picky level.
    """

    disabled_rules: tuple[str, ...] = ()
    disabled_categories: tuple[str, ...] = ()
    seconds: float = 60.0
    threads: int = 0
    picky: bool = False

    @property
    def workers(self) -> int:
        """Return how many requests are under way at once: one a core, four at most, unless the user says otherwise."""
        return self.threads or min(_MOST_WORKERS, os.cpu_count() or 1)

    @property
    def space(self) -> str:
        """Return what an answer depends on, other than the text and the backend."""
        return json.dumps((sorted(self.disabled_rules), sorted(self.disabled_categories), self.picky))


class Backend(Protocol):
    """Answers batches. Nothing is started before the first of them; safe to use from several threads."""

    @property
    def failed(self) -> UnavailableError | None:
        """The reason for which nothing is asked any more, None while all is well."""

    def version(self) -> str:
        """Name what answers, so that a kept answer is never taken for another's; starts nothing where it can.

        Raises UnavailableError where there is nothing that could answer.
        """

    def ask(self, batch: Batch) -> list[list[Match]]:
        """Return the matches of each piece of a batch.

        Raises:
            RefusedError: The batch will not be checked; a part of it may be.
            UnavailableError: There is nobody to ask, or nobody answered.
        """

    def close(self) -> None:
        """End what was started."""
