"""Asks LingoTweaker about paragraphs, one after the other, and gets another child where one is lost.

Its engine is in Rust, and an alpha: it may panic, take memory without end, or hang on a text that nobody has tried. So
it lives in a child process, and a paragraph that it cannot take costs nothing but that paragraph.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from corrigenda.engines.grammar.backend import Options
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
from corrigenda.engines.grammar.lingotweaker.rules import BEYOND_A_PARAGRAPH, UNKNOWN_TO_LANGUAGETOOL
from corrigenda.engines.grammar.lingotweaker.text import PlainText
from corrigenda.engines.grammar.lingotweaker.together import Together
from corrigenda.engines.grammar.lingotweaker.turns import Turns
from corrigenda.engines.grammar.lingotweaker.wording import written
from corrigenda.engines.grammar.match import Match
from corrigenda.engines.grammar.pieces import Batch, Piece
from corrigenda.languages import code_of

LONGEST = 100_000
"""Code points of the longest paragraph that is asked about."""

LOAD_SECONDS = 120.0
"""Limit of starting the child and loading the engine: some 1.5 seconds, and far longer on a busy machine."""

MEMORY_MB = 1280
"""Largest memory of the child in MiB of addresses, where the system has such a limit. It needs some 550."""

UNREADABLE = (LookupError, OverflowError, TypeError, ValueError)
"""What an answer of another form leads to."""
_LOST_IN_A_ROW = 4
"""Children that end without a single answer between them, after which no other is started."""
_LOST = 50
"""Children that end in a run, after which no other is started: a second each, and no end of it in sight."""
_REFUSALS = {
    "memory": "the grammar engine has too little memory for it",
    "findings": "the grammar engine finds too much in it",
}
_FAILED_ON_IT = "the grammar engine failed on it"


class LingoTweaker:
    """LingoTweaker as a backend. Its child is started when the first paragraph is asked about; threads share it."""

    def __init__(
        self,
        options: Options,
        *,
        load_seconds: float = LOAD_SECONDS,
        memory_mb: int = MEMORY_MB,
        find: Callable[[], package.Package | None] = package.find,
    ) -> None:
        """Prepare the backend; nothing is started.

        Args:
            options: How to ask; its `seconds` are the limit of one paragraph.
            load_seconds: Limit of loading the engine.
            memory_mb: Largest memory of the child in MiB of addresses.
            find: Says where LingoTweaker is installed.
        """
        self._options = options
        self._memory_mb = memory_mb
        self._find = find
        self._limits = Limits(options.seconds, load_seconds + options.seconds)
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

    @property
    def lost(self) -> int:
        """How many children ended by themselves, or had to be ended, so far."""
        return self._lost

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
        progress = _Progress()
        suspect = False
        while len(progress.found) < len(batch.pieces):
            with self._turns.alone() if suspect else self._turns.together(batch.variant):
                suspect = self._go_on(batch, progress, suspect)
        return progress.found

    def _go_on(self, batch: Batch, progress: "_Progress", suspect: bool) -> bool:
        """Ask about what is left of a batch, and return whether the child was lost with the paragraph that is next.

        Of a suspect that one paragraph alone is asked about. Of others several are, and each by itself where that does
        not lead to an answer.
        """
        found = progress.found
        while len(found) < len(batch.pieces):
            if len(found) >= progress.singly and not suspect:
                together = Together(batch.pieces[len(found) :])
                answers = self._of_several(batch.variant, together) if len(together.plain) > 1 else None
                if answers is not None:
                    found += answers
                    continue
                progress.singly = len(found) + max(1, len(together.plain))
            try:
                found.append(self._matches(batch.variant, batch.pieces[len(found)], suspect))
            except LostError as error:
                return error.begun
            if suspect:
                break
        return False

    def _of_several(self, variant: str, together: Together) -> list[list[Match]] | None:
        """Return the matches of several pieces, None when they have to be asked about one by one. Raises
        UnavailableError.
        """
        try:
            found = together.apart(self._answer(variant, together.text))
            if found is None:
                return None
            return [_matches_of(plain, items) for plain, items in zip(together.plain, found, strict=True)]
        except (LostError, LateError, RefusedTextError, *UNREADABLE):
            return None

    def _matches(self, variant: str, piece: Piece, suspect: bool) -> list[Match]:
        """Return the matches of a piece. Raises LostError, unless the piece was a suspect; RefusedError and
        UnavailableError.
        """
        if piece.end - piece.start > LONGEST:
            raise self._refusal(variant, piece, "it is too long")
        plain = PlainText(piece)
        try:
            return _matches_of(plain, self._answer(variant, plain.text))
        except RefusedTextError as error:
            raise self._refusal(variant, piece, _REFUSALS.get(str(error), _FAILED_ON_IT)) from None
        except LostError as error:
            if not (suspect and error.begun):
                raise
            raise self._refusal(variant, piece, _FAILED_ON_IT) from None
        except LateError:
            reason = f"the grammar engine did not answer within {self._options.seconds:g} seconds"
            raise self._refusal(variant, piece, reason) from None
        except UNREADABLE:
            raise self._refusal(variant, piece, "the grammar engine's answer could not be read") from None

    def _refusal(self, variant: str, piece: Piece, reason: str) -> RefusedError:
        self._guilty[variant, piece.identity] = reason
        return RefusedError(reason)

    def _answer(self, variant: str, text: str) -> list[Sequence[Any]]:
        """Return what the child says of a text. Raises what the child's `ask` does, and UnavailableError."""
        child = self._current(variant)
        try:
            answer = child.ask(text, self._limits)
        except (LostError, LateError):
            self._lose(child)
            raise
        except BrokenError as error:
            raise self._fail(f"LingoTweaker cannot be used: {error}") from None
        with self._lock:
            self._in_a_row = 0
        return answer

    def _current(self, variant: str) -> Child:
        """Return the child for a variant of the language, and start one first where there is none, or one for another
        variant, or one that is tired and that nobody else uses. Raises UnavailableError, and then every time.
        """
        child = self._child
        if child is not None and child.ended:
            self._lose(child)
        with self._lock:
            if self._failed is not None:
                raise self._failed
            child = self._child
            if child is not None and child.variant == variant:
                if not child.tired:
                    return child
                if self._turns.inside > 1:
                    self._turns.empty()
                    return child
            if child is not None:
                child.end()
            self._child = Child(self._setup(variant))
            return self._child

    def _setup(self, variant: str) -> Setup:
        options = self._options
        return Setup(
            self._package(),
            variant,
            options.workers,
            self._memory_mb,
            options.picky,
            (*BEYOND_A_PARAGRAPH, *UNKNOWN_TO_LANGUAGETOOL, *options.disabled_rules),
            options.disabled_categories,
        )

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


class _Progress:
    """How far a batch is: what was found, and up to which piece each has to be asked about by itself."""

    def __init__(self) -> None:
        self.found: list[list[Match]] = []
        self.singly = 0


def _matches_of(plain: PlainText, items: Iterable[Sequence[Any]]) -> list[Match]:
    """Return the matches of a piece as the child sent them. Raises what a wrong one leads to."""
    return [match for match in (_match(plain, item) for item in items) if match is not None]


def _match(plain: PlainText, item: Sequence[Any]) -> Match | None:
    """Return a match as the child sent it, None for one of no character. Raises what a wrong one leads to."""
    offset, length, rule, category, kind, message, replacements = item
    place = plain.place(int(offset), int(length))
    if place is None:
        return None
    kind = "uncategorized" if kind == "Other" else str(kind)
    return Match(*place, str(rule), str(category), kind, written(str(message)), tuple(map(str, replacements)))
