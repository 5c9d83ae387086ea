"""Asks LingoTweaker about paragraphs, one after the other, and gets another child where one is lost.

Its engine is in Rust, and an alpha: it may panic, take memory without end, or hang on a text that nobody has tried. So
it lives in a child process, and a paragraph that it cannot take costs nothing but that paragraph.
"""

import json
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from corrigenda.engines.grammar.errors import RefusedError, UnavailableError
from corrigenda.engines.grammar.lingotweaker import package
from corrigenda.engines.grammar.lingotweaker.process import (
    BrokenError,
    Child,
    LateError,
    Limits,
    LostError,
    RefusedTextError,
    Setup,
)
from corrigenda.engines.grammar.lingotweaker.rules import BEYOND_A_PARAGRAPH
from corrigenda.engines.grammar.lingotweaker.text import PlainText
from corrigenda.engines.grammar.lingotweaker.turns import Turns
from corrigenda.engines.grammar.lingotweaker.wording import written
from corrigenda.engines.grammar.match import Match
from corrigenda.engines.grammar.pieces import Batch, Piece
from corrigenda.languages import code_of

LONGEST = 100_000
"""Code points of the longest paragraph that is asked about."""

_MOST_WORKERS = 4
_LOST_IN_A_ROW = 4
"""Children that end without a single answer between them, after which no other is started."""
_LOST = 50
"""Children that end in a run, after which no other is started: a second each, and no end of it in sight."""
_REFUSALS = {
    "memory": "the grammar engine has too little memory for it",
    "findings": "the grammar engine finds too much in it",
}
_FAILED_ON_IT = "the grammar engine failed on it"


class Options(NamedTuple):
    """How LingoTweaker is asked.

    Attributes:
        disabled_rules: Rules that need not be looked at.
        disabled_categories: Categories that need not be looked at.
        picky: Whether the rules are asked that LanguageTool calls picky.
        seconds: Limit of one paragraph.
        load_seconds: Limit of loading the engine: some 1.5 seconds, and far longer on a busy machine.
        threads: Paragraphs at work at once; 0 for one a core, four at most.
        memory_mb: Largest memory of the child in MiB of addresses. It needs some 550.
    """

    disabled_rules: tuple[str, ...] = ()
    disabled_categories: tuple[str, ...] = ()
    picky: bool = False
    seconds: float = 60.0
    load_seconds: float = 120.0
    threads: int = 0
    memory_mb: int = 1280

    @property
    def workers(self) -> int:
        """Return how many paragraphs are at work at once."""
        return self.threads or min(_MOST_WORKERS, os.cpu_count() or 1)

    @property
    def space(self) -> str:
        """Return what an answer depends on, other than the text and LingoTweaker."""
        return json.dumps((sorted(self.disabled_rules), sorted(self.disabled_categories), self.picky))


class LingoTweaker:
    """LingoTweaker as a backend. Its child is started when the first paragraph is asked about; threads share it."""

    def __init__(self, options: Options, *, find: Callable[[], package.Package | None] = package.find) -> None:
        """Prepare the backend; nothing is started.

        Args:
            options: How to ask.
            find: Says where LingoTweaker is installed.
        """
        self._options = options
        self._find = find
        self._limits = Limits(options.seconds, options.load_seconds + options.seconds)
        self._turns = Turns()
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._failed: UnavailableError | None = None
        self._guilty: dict[tuple[str, str], str] = {}
        self._lost = 0
        self._in_a_row = 0

    @property
    def failed(self) -> UnavailableError | None:
        """The reason for which nothing is asked any more, None while all is well."""
        return self._failed

    @property
    def pid(self) -> int | None:
        """The child's process, None while there is none."""
        child = self._child
        return None if child is None else child.pid

    def version(self) -> str:
        """Name the installed LingoTweaker, without starting it. Raises UnavailableError where there is none."""
        return self._package().version

    def close(self) -> None:
        """End the child."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.end()

    def ask(self, batch: Batch) -> list[list[Match]]:
        """Return the matches of each piece of a batch.

        A paragraph with which the child was lost is asked about once more, with no other at work beside it, which
        tells the guilty one from those that only were there.

        Raises:
            RefusedError: The engine cannot check one of the pieces; which one is known when it is asked about again.
            UnavailableError: There is no engine, or it was lost too often.
        """
        if code_of(batch.variant) != "en":
            raise RefusedError(f"LingoTweaker is asked about English alone, and it is in {batch.variant}")
        for piece in batch.pieces:
            reason = self._guilty.get((batch.variant, piece.identity))
            if reason is not None:
                raise RefusedError(reason)
        return [self._matches(batch.variant, piece) for piece in batch.pieces]

    def _matches(self, variant: str, piece: Piece) -> list[Match]:
        plain = PlainText(piece) if piece.end - piece.start <= LONGEST else None
        if plain is None:
            raise self._refusal(variant, piece, "it is too long")
        try:
            found = self._found(variant, plain.text)
            matches = [_match(plain, item) for item in found]
        except RefusedTextError as error:
            raise self._refusal(variant, piece, _REFUSALS.get(str(error), _FAILED_ON_IT)) from None
        except LateError:
            reason = f"the grammar engine did not answer within {self._options.seconds:g} seconds"
            raise self._refusal(variant, piece, reason) from None
        except (LookupError, TypeError, ValueError):
            raise self._refusal(variant, piece, "the grammar engine's answer could not be read") from None
        return [match for match in matches if match is not None]

    def _refusal(self, variant: str, piece: Piece, reason: str) -> RefusedError:
        self._guilty[variant, piece.identity] = reason
        return RefusedError(reason)

    def _found(self, variant: str, text: str) -> list[Sequence[Any]]:
        """Return what the engine finds in a text. Raises RefusedTextError, LateError and UnavailableError."""
        suspect = False
        while True:
            with self._turns.alone() if suspect else self._turns.together():
                child = self._current()
                try:
                    found = child.ask(variant, text, self._limits)
                except LostError as error:
                    self._lose(child)
                    if suspect and error.begun:
                        raise RefusedTextError("crash") from None
                    suspect = suspect or error.begun
                    continue
                except LateError:
                    self._lose(child)
                    raise
                except BrokenError as error:
                    raise self._fail(f"LingoTweaker cannot be used: {error}") from None
            with self._lock:
                self._in_a_row = 0
            return found

    def _current(self) -> Child:
        """Return the child, and start one first where there is none. Raises UnavailableError, and then every time."""
        with self._lock:
            if self._failed is not None:
                raise self._failed
            if self._child is None or self._child.ended:
                options = self._options
                setup = Setup(
                    self._package(),
                    options.workers,
                    options.memory_mb,
                    options.picky,
                    (*BEYOND_A_PARAGRAPH, *options.disabled_rules),
                    options.disabled_categories,
                )
                self._child = Child(setup)
            return self._child

    def _lose(self, child: Child) -> None:
        """Let go of a child that was lost, unless another thread has done so already."""
        with self._lock:
            if self._child is not child:
                return
            self._child = None
            self._lost += 1
            self._in_a_row += 1
            if self._in_a_row < _LOST_IN_A_ROW and self._lost < _LOST:
                return
        child.end()
        said = f" ({child.last_words[:160]})" if child.last_words else ""
        self._fail(f"LingoTweaker was lost {self._lost} times; it was not started again{said}")

    def _fail(self, reason: str) -> UnavailableError:
        with self._lock:
            if self._failed is None:
                self._failed = UnavailableError(reason)
            return self._failed

    def _package(self) -> package.Package:
        found = self._find()
        if found is None:
            raise UnavailableError(
                "LingoTweaker is not installed; 'pip install corrigenda[grammar]' brings it", absent=True
            )
        return found


def _match(plain: PlainText, item: Sequence[Any]) -> Match | None:
    """Return a match as the child sent it, None for one of no character. Raises what a wrong one leads to."""
    offset, length, rule, category, kind, message, replacements = item
    place = plain.place(int(offset), int(length))
    if place is None:
        return None
    kind = "uncategorized" if kind == "Other" else str(kind)
    return Match(*place, str(rule), str(category), kind, written(str(message)), tuple(map(str, replacements)))
