"""LanguageTool as an engine of a run: one server, one cache, one filter, whatever the number of documents.

    with LanguageTool(settings, rules) as engine:
        outcome = engine.check(documents)

Nothing here raises for what LanguageTool, Java or the network do: it becomes the engine's status, and problems. To know
that LanguageTool is off or absent neither the HTTP client nor the filter is imported.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corrigenda.documents.document import Document
from corrigenda.engines.languagetool import installation
from corrigenda.engines.languagetool.errors import UnavailableError
from corrigenda.engines.languagetool.settings import Settings
from corrigenda.finding import EngineStatus, Problem
from corrigenda.languages import ANY, code_of

if TYPE_CHECKING:
    from corrigenda.engines.languagetool.client import Answers, Client
    from corrigenda.engines.languagetool.filter.hits import Filter
    from corrigenda.engines.languagetool.filter.names import NameOracle
    from corrigenda.engines.languagetool.filter.suggestions import Rank
    from corrigenda.engines.languagetool.request import Piece
    from corrigenda.engines.languagetool.server import Server
    from corrigenda.names.tables import NameTables
    from corrigenda.rules.hit import Hit
    from corrigenda.rules.rule import CompiledRule, Scope

ENGINE = "languagetool"
"""Its name among the engines of a report."""


class Outcome(NamedTuple):
    """What came of some documents: the hits of each in their order, what was not checked, and how many paragraphs were
    answered from the cache and by the server.
    """

    hits: tuple[tuple["Hit", ...], ...]
    problems: tuple[Problem, ...] = ()
    cached: int = 0
    sent: int = 0


class LanguageTool:
    """LanguageTool for one run. A server is acquired when the first paragraph has to be sent, and let go at `close()`.

    Safe to use from several threads; one is served at a time, since one server serves them all.
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
            settings: How LanguageTool is used.
            rules: What of it is let through; those of other detectors are left out.
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
        self._client: Client | None = None
        self._filter: Filter | None = None
        self._lock = threading.Lock()

    def status(self) -> EngineStatus:
        """Return whether it ran so far, and if not, why."""
        with self._lock:
            return self._current_status()

    def identity(self) -> str:
        """Name what decides about answers: which LanguageTool, and in which variant of the language it checks."""
        settings = self._settings
        if settings.state == "off":
            return ""
        present = None if settings.url else installation.installed(settings.home)
        which = settings.url or (present.version if present else "")
        return f"{which} {settings.language} {settings.default_language}"

    def needs(self, rule: "CompiledRule") -> bool:
        """Return whether a rule can say nothing without LanguageTool."""
        return rule.check.detector == ENGINE

    @property
    def server(self) -> "Server | None":
        """The server in use, None before the first paragraph was sent and after `close()`."""
        return None if self._client is None else self._client.server

    def check(self, documents: Sequence[Document]) -> Outcome:
        """Check documents and return what was found. May be called again."""
        with self._lock:
            if self._current_status().status in ("off", "absent"):
                return _nothing(documents)
            return self._check(documents)

    def close(self) -> None:
        """End our own server, and write the cache."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def __enter__(self) -> "LanguageTool":
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
            return EngineStatus(ENGINE, "off", "turned off in the configuration")
        if settings.state == "auto" and not settings.url and not _available(settings.home):
            return EngineStatus(
                ENGINE,
                "absent",
                "grammar and spelling were not checked; 'corrigenda languagetool install' brings LanguageTool",
            )
        return EngineStatus(ENGINE, "not needed")

    def _check(self, documents: Sequence[Document]) -> Outcome:
        # deferred: a run without LanguageTool needs neither the HTTP client nor the filter
        from corrigenda.engines.languagetool.request import pieces

        items: list[tuple[str, Piece]] = []
        spoken = {rule.check.language for rule in self._rules}
        for number, document in enumerate(documents):
            if not spoken & {ANY, code_of(document.language)}:
                continue  # nothing is let through in its language
            variant = self._variant(document)
            items.extend((variant, piece) for piece in pieces(document, number))
        if not items:
            return _nothing(documents)
        client, filter_ = self._opened()
        try:
            answers = client.check(items)
        except UnavailableError as error:
            return self._refused(error, documents)
        if client.failed is not None and not answers.matches and self._current_status().status != "ran":
            return self._refused(client.failed, documents)
        self._status = _status_after(self._current_status(), answers, client.failed)
        problems = tuple(_unchecked(documents, answers.unchecked))
        return Outcome(_hits(filter_, documents, answers), problems, answers.cached, answers.sent)

    def _variant(self, document: Document) -> str:
        if self._settings.language != "auto":
            return self._settings.language
        # deferred: only asked where the settings name no variant
        from corrigenda.engines.languagetool.variant import variant_of

        return variant_of(document, self._settings.default_language)

    def _opened(self) -> "tuple[Client, Filter]":
        """Return the client and the filter, made first."""
        if self._client is None or self._filter is None:
            # deferred: see `_check`
            from corrigenda.engines.languagetool.client import open_client
            from corrigenda.engines.languagetool.filter.hits import Filter
            from corrigenda.engines.languagetool.filter.names import NameIndex
            from corrigenda.engines.languagetool.policy import Policy

            policy = Policy.of(self._rules)
            tables = self._tables() if self._tables is not None else None
            self._client = open_client(self._settings, policy)
            self._filter = Filter(policy, names=self._names or NameIndex(tables), rank=self._rank)
        return self._client, self._filter

    def _refused(self, error: UnavailableError, documents: Sequence[Document]) -> Outcome:
        """Take note that there is no LanguageTool to ask: absent where nobody demanded it, otherwise failed."""
        absent = error.absent and self._settings.state != "on" and not self._settings.url
        self._status = EngineStatus(ENGINE, "absent" if absent else "failed", error.reason)
        return _nothing(documents)


def _available(home: Path | None) -> bool:
    """Return whether LanguageTool can be used: installed in a home folder, or running there as the shared server."""
    folder = installation.home() if home is None else home
    if not folder.is_dir():
        return False
    if installation.installed(folder) is not None:
        return True
    # deferred: sockets are needed only where a server was started
    from corrigenda.engines.languagetool import shared

    return shared.running(folder) is not None


def _nothing(documents: Sequence[Document]) -> Outcome:
    return Outcome(tuple(() for _ in documents))


def _hits(filter_: "Filter", documents: Sequence[Document], answers: "Answers") -> tuple[tuple["Hit", ...], ...]:
    # deferred: see `_check`
    from corrigenda.engines.languagetool.match import PlacedMatch

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
        return EngineStatus(ENGINE, "failed", f"LanguageTool checked nothing: {min(answers.unchecked.values())}")
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
    return Problem(document.path, f"LanguageTool did not check {where}: {reason}.")
