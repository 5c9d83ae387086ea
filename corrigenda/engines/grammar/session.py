"""Grammar as an engine of a run: one backend, one cache, one filter, whatever the number of documents.

    with Grammar(settings, rules) as engine:
        outcome = engine.check(documents)

Nothing here raises for what a backend does, its process, Java or the network: it becomes the engine's status, and
problems. To know that grammar is off or absent neither a backend nor the filter is imported.
"""

import contextlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corrigenda.documents.document import Document
from corrigenda.engines.grammar.choice import chosen
from corrigenda.engines.grammar.errors import UnavailableError
from corrigenda.engines.grammar.languagetool import installation
from corrigenda.engines.grammar.lingotweaker import package
from corrigenda.engines.grammar.settings import Settings
from corrigenda.finding import EngineStatus, Problem
from corrigenda.languages import ANY, code_of

if TYPE_CHECKING:
    from corrigenda.engines.engine import Trial
    from corrigenda.engines.grammar.backend import Backend
    from corrigenda.engines.grammar.client import Answers, Client
    from corrigenda.engines.grammar.filter.hits import Filter
    from corrigenda.engines.grammar.filter.suggestions import Rank
    from corrigenda.engines.grammar.pieces import Piece
    from corrigenda.engines.names import NameOracle
    from corrigenda.names.tables import NameTables
    from corrigenda.rules.hit import Hit
    from corrigenda.rules.rule import CompiledRule, Scope

ENGINE = "grammar"
"""Its name among the engines of a report."""
_PATIENCE = 1.0
"""Seconds for which `close()` waits for what was asked ahead."""


class Outcome(NamedTuple):
    """What came of some documents: the hits of each in their order, what was not checked, and how many paragraphs were
    answered from the cache and by the backend.
    """

    hits: tuple[tuple["Hit", ...], ...]
    problems: tuple[Problem, ...] = ()
    cached: int = 0
    sent: int = 0


class Grammar:
    """Grammar for one run. A backend is started when the first paragraph has to be asked about, and ended at `close()`.

    Safe to use from several threads; one is served at a time, since one backend serves them all.
    """

    name = ENGINE
    scope: "Scope" = "document"

    def __init__(
        self,
        settings: Settings,
        rules: "Iterable[CompiledRule]",
        *,
        names: "NameOracle | None" = None,
        tables: "Callable[[], NameTables] | None" = None,
        rank: "Rank | None" = None,
    ) -> None:
        """Prepare the engine; nothing is started.

        Args:
            settings: How the engine is used.
            rules: What of its matches is let through; those of other detectors are left out.
            names: What is known of names; None for the name index.
            tables: Gives the name index the names of the run's documents; None lets it make its own.
            rank: Orders suggestions by how likely they are in their place; None leaves them as they come.
        """
        self._settings = settings
        self._rules = [rule for rule in rules if self.needs(rule)]
        self._names = names
        self._tables = tables
        self._rank = rank
        self._status: EngineStatus | None = None
        self._backend = chosen(settings) if settings.state != "off" else ""
        self._client: Client | None = None
        self._filter: Filter | None = None
        self._lock = threading.Lock()
        self._ahead: threading.Thread | None = None
        self._closing = False

    def status(self) -> EngineStatus:
        """Return whether it ran so far, and if not, why."""
        with self._lock:
            return self._current_status()

    def identity(self) -> str:
        """Name what decides about answers: which backend, and in which variant of the language it checks."""
        settings = self._settings
        if settings.state == "off":
            return ""
        if settings.url:
            which = settings.url
        elif self._backend == "lingotweaker":
            own = package.find()
            which = own.version if own else ""
        else:
            present = installation.installed(settings.home)
            which = present.version if present else ""
        return f"{self._backend} {which} {settings.language} {settings.default_language}"

    def needs(self, rule: "CompiledRule") -> bool:
        """Return whether a rule can say nothing without this engine."""
        return rule.check.detector == ENGINE

    @property
    def backend(self) -> "Backend | None":
        """Who is asked, None before the first document and after `close()`."""
        return None if self._client is None else self._client.backend

    def check(self, documents: Sequence[Document]) -> Outcome:
        """Check documents and return what was found. May be called again."""
        with self._lock:
            if self._current_status().status in ("off", "absent") or self._settings.fault:
                return _nothing(documents)
            return self._check(documents)

    def begin(self, documents: Sequence[Document]) -> None:
        """Ask about the first documents of a run while the rules are at work on them, so that the backend is loaded by
        then. What is said is kept, and `check` gives it.
        """
        with self._lock:
            if self._ahead is not None or self._current_status().status != "not needed":
                return
            begun = threading.Event()
            self._ahead = threading.Thread(target=self._ask_ahead, args=(documents, begun), name="grammar", daemon=True)
        self._ahead.start()
        begun.wait()  # until it is first in the queue: nobody asks the same beside it

    def _ask_ahead(self, documents: Sequence[Document], begun: threading.Event) -> None:
        with self._lock:
            begun.set()
            items = self._items(documents)
            if items:
                client, _ = self._opened()
                # What cannot be asked now is asked again by `check`, which says why not.
                with contextlib.suppress(UnavailableError):
                    client.check(items)
            if self._closing:
                self._close()

    def objections(self, trials: "Sequence[Trial]") -> "list[tuple[str, ...] | None]":
        """Return what would be found once a correction is applied, and is not found before: see engines.engine.Critic.

        It never changes the engine's status: a correction that could not be tried is no paragraph that was not read.
        """
        # deferred: most runs have no correction to try
        from corrigenda.engines.grammar.trials import objections

        with self._lock:
            status = self._current_status()
            if status.status in ("off", "absent", "failed"):
                return [None] * len(trials)
            found = objections(trials, self._tried)
            self._status = status
        return found

    def _tried(self, documents: Sequence[Document]) -> Sequence[Sequence["Hit"]] | None:
        outcome = self._check(documents)
        return None if outcome.problems or self._current_status().status != "ran" else outcome.hits

    def close(self) -> None:
        """End what the backend started, and write the cache."""
        self._closing = True
        # A run that is broken off does not wait for what it asked ahead, which closes behind itself.
        patience = -1 if self._ahead is None or not self._ahead.is_alive() else _PATIENCE
        if self._lock.acquire(timeout=patience):
            try:
                self._close()
            finally:
                self._lock.release()

    def _close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def __enter__(self) -> "Grammar":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _current_status(self) -> EngineStatus:
        if self._status is None:
            self._status = self._first_status()
        return self._status

    def _first_status(self) -> EngineStatus:
        settings = self._settings
        if settings.state == "off":
            return EngineStatus(ENGINE, "off", f"{settings.by} says so")
        if settings.fault:
            return EngineStatus(ENGINE, "failed", settings.fault)
        if not settings.demanded and self._backend == "languagetool" and not _server_there(settings.home):
            return EngineStatus(
                ENGINE,
                "absent",
                f"grammar and spelling were not checked; {package.HOW_TO_INSTALL}",
            )
        return EngineStatus(ENGINE, "not needed")

    def _check(self, documents: Sequence[Document]) -> Outcome:
        items = self._items(documents)
        if not items:
            return _nothing(documents)
        client, filter_ = self._opened()
        try:
            answers = client.check(items)
        except UnavailableError as error:
            return self._refused(error, documents)
        if client.failed is not None and not answers.matches and self._current_status().status != "ran":
            return self._refused(client.failed, documents)
        after = _status_after(self._current_status(), answers, client.failed)
        # Who reads the report is to know where the text went.
        went = f"the text was sent to the server at {self._settings.url}" if self._settings.url else ""
        self._status = after._replace(reason=went) if after.status == "ran" else after
        problems = tuple(_unchecked(documents, answers.unchecked))
        return Outcome(_hits(filter_, documents, answers), problems, answers.cached, answers.sent)

    def _items(self, documents: Sequence[Document]) -> "list[tuple[str, Piece]]":
        """Return the pieces to be asked about, each with its variant of the language."""
        # deferred: a run without grammar needs neither a backend nor the filter
        from corrigenda.engines.grammar.pieces import pieces

        items: list[tuple[str, Piece]] = []
        spoken = {rule.check.language for rule in self._rules}
        for number, document in enumerate(documents):
            if not spoken & {ANY, code_of(document.language)}:
                continue  # nothing is let through in its language
            variant = self._variant(document)
            items.extend((variant, piece) for piece in pieces(document, number))
        return items

    def _variant(self, document: Document) -> str:
        if self._settings.language != "auto":
            return self._settings.language
        # deferred: only asked where the settings name no variant
        from corrigenda.engines.grammar.variant import variant_of

        return variant_of(document, self._settings.default_language)

    def _opened(self) -> "tuple[Client, Filter]":
        """Return the client and the filter, made first."""
        if self._client is None or self._filter is None:
            # deferred: see `_check`
            from corrigenda.engines.grammar.client import open_client
            from corrigenda.engines.grammar.filter.hits import Filter
            from corrigenda.engines.grammar.policy import Policy
            from corrigenda.engines.names import NameIndex

            policy = Policy.of(self._rules)
            tables = self._tables() if self._tables is not None else None
            self._client = open_client(self._settings, policy)
            self._filter = Filter(policy, names=self._names or NameIndex(tables), rank=self._rank)
        return self._client, self._filter

    def _refused(self, error: UnavailableError, documents: Sequence[Document]) -> Outcome:
        """Take note that there is nobody to ask: absent where nobody demanded it, otherwise failed."""
        absent = error.absent and not self._settings.demanded
        self._status = EngineStatus(ENGINE, "absent" if absent else "failed", error.reason)
        return _nothing(documents)


def _server_there(home: Path | None) -> bool:
    """Return whether LanguageTool can be used: installed in a home folder, or running there as the shared server."""
    folder = installation.home() if home is None else home
    if not folder.is_dir():
        return False
    if installation.installed(folder) is not None:
        return True
    # deferred: sockets are needed only where a server was started
    from corrigenda.engines.grammar.languagetool import shared

    return shared.running(folder) is not None


def _nothing(documents: Sequence[Document]) -> Outcome:
    return Outcome(tuple(() for _ in documents))


def _hits(filter_: "Filter", documents: Sequence[Document], answers: "Answers") -> tuple[tuple["Hit", ...], ...]:
    # deferred: see `_check`
    from corrigenda.engines.grammar.match import PlacedMatch

    placed: list[list[PlacedMatch]] = [[] for _ in documents]
    for piece, matches in answers.matches.items():
        placed[piece.document] += [
            PlacedMatch(piece.block, piece.start + match.start, piece.start + match.end, match) for match in matches
        ]
    return tuple(
        tuple(filter_.hits(document, own, number))
        for number, (document, own) in enumerate(zip(documents, placed, strict=True))
    )


def _status_after(before: EngineStatus, answers: "Answers", failure: UnavailableError | None) -> EngineStatus:
    """Return the status once some more documents were asked about."""
    if failure is not None:
        return EngineStatus(ENGINE, "failed", failure.reason)
    if answers.unchecked and not answers.matches and before.status != "ran":
        return EngineStatus(ENGINE, "failed", f"no paragraph was checked: {min(answers.unchecked.values())}")
    return before if before.status == "failed" else EngineStatus(ENGINE, "ran")


def _unchecked(documents: Sequence[Document], unchecked: "Mapping[Piece, str]") -> list[Problem]:
    """Return one problem for each reason and run of neighbouring paragraphs that were not checked."""
    runs: list[tuple[Piece, Piece, str]] = []
    for piece, reason in sorted(unchecked.items(), key=lambda item: (item[0].document, item[0].start)):
        if runs:
            first, last, known = runs[-1]
            if known == reason and piece.document == first.document and piece.block <= last.block + 1:
                runs[-1] = (first, piece, reason)
                continue
        runs.append((piece, piece, reason))
    return [_unchecked_lines(documents[first.document], first, last, reason) for first, last, reason in runs]


def _unchecked_lines(document: Document, first: "Piece", last: "Piece", reason: str) -> Problem:
    begin, end = document.locate(first.start), document.locate(last.end)
    if begin.line is None or end.line is None:
        where = begin.label if begin.label == end.label else f"{begin.label} to {end.label}"
    else:
        where = f"line {begin.line}" if begin.line == end.line else f"lines {begin.line} to {end.line}"
    return Problem(document.path, f"Grammar was not checked in {where}: {reason}.")
