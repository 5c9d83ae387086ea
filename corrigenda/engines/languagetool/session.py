"""LanguageTool for a whole run: one server, one cache, one filter, whatever the number of documents.

    with Guest(settings, policy) as guest:
        outcome = guest.check(documents)

Nothing here raises for what LanguageTool, Java or the network do: it becomes an `EngineStatus` and `Problem`s.
"""

import contextlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corrigenda.documents.document import Document
from corrigenda.engines.languagetool import client, install
from corrigenda.engines.languagetool import server as servers
from corrigenda.engines.languagetool.answers import Cache, default_path
from corrigenda.engines.languagetool.client import Match, Options
from corrigenda.engines.languagetool.errors import UnavailableError
from corrigenda.engines.languagetool.filter import Filter, NameOracle, Rank
from corrigenda.engines.languagetool.policy import Policy
from corrigenda.engines.languagetool.request import Piece, pieces
from corrigenda.engines.languagetool.variant import variant_of
from corrigenda.finding import EngineStatus, Finding, Problem

ENGINE = "languagetool"
"""Its name among the engines of a report."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How LanguageTool is used.

    Attributes:
        url: A server that the user names, such as "http://127.0.0.1:8081"; "" for the shared one or one of our own.
        port: Port of our own server; None for a free one.
        heap_mb: Largest heap of our own server in MiB.
        language: Variant of the language ("en-GB"), or "auto": found from each text's own spelling.
        default_language: Variant of a text whose spelling does not tell; "" for the language's own.
        picky: Whether LanguageTool's picky rules are asked too.
        mother_tongue: The writers' language ("uk"), for false friends; "" for none.
        threads: Requests under way at once; 0 for one a core, four at most.
        seconds: Limit of one request.
        start_seconds: How long our own server may take to start.
        home: Folder of installations; None for the user's.
        cache: The cache's file; None for the user's cache folder.
        use_cache: Whether answers are kept.
        required: Whether the user demanded LanguageTool: missing, it is then "failed" rather than "absent".
    """

    url: str = ""
    port: int | None = None
    heap_mb: int = servers.HEAP_MB
    language: str = "auto"
    default_language: str = ""
    picky: bool = False
    mother_tongue: str = ""
    threads: int = 0
    seconds: float = 90.0
    start_seconds: float = servers.START_SECONDS
    home: Path | None = None
    cache: Path | None = None
    use_cache: bool = True
    required: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of some documents: each one's findings in their order, the engine's status, and what was not
    checked.
    """

    findings: tuple[tuple[Finding, ...], ...]
    status: EngineStatus
    problems: tuple[Problem, ...] = ()
    cached: int = 0
    sent: int = 0


@dataclass
class _Run:
    """What a guest has met so far."""

    status: EngineStatus = field(default_factory=lambda: EngineStatus(ENGINE, "not needed"))
    space: str = ""


class Guest(contextlib.AbstractContextManager["Guest"]):
    """LanguageTool for one run. A server is acquired when the first paragraph has to be sent, and let go at
    `close()`.
    """

    def __init__(
        self, settings: Settings, policy: Policy, *, oracle: NameOracle | None = None, rank: Rank | None = None
    ) -> None:
        self._settings = settings
        self._filter = Filter(policy, oracle=oracle, rank=rank)
        self._options = Options(
            picky=settings.picky,
            mother_tongue=settings.mother_tongue,
            disabled_rules=policy.unwanted_rules,
            disabled_categories=policy.unwanted,
            seconds=settings.seconds,
            threads=settings.threads,
        )
        self._asker = client.Asker(self._acquire, self._options)
        self._cache: Cache | None = None
        self._run = _Run()
        self._lock = threading.Lock()

    def check(self, documents: Sequence[Document]) -> Outcome:
        """Check documents and return what was found. May be called again, from one thread at a time."""
        with self._lock:
            return self._check(documents)

    @property
    def server(self) -> servers.Server | None:
        """The server in use, None before the first paragraph was sent and after `close()`."""
        return self._asker.in_use

    def close(self) -> None:
        """End our own server, and write the cache."""
        with self._lock:
            self._asker.close()
            if self._cache is not None:
                self._cache.close()
                self._cache = None

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check(self, documents: Sequence[Document]) -> Outcome:
        items: list[tuple[str, Piece]] = []
        for number, document in enumerate(documents):
            variant = self._variant(document)
            items.extend((variant, piece) for piece in pieces(document, number))
        empty: tuple[tuple[Finding, ...], ...] = tuple(() for _ in documents)
        if not items:
            return Outcome(empty, self._run.status)
        try:
            space = self._space()
        except UnavailableError as error:
            return Outcome(empty, self._refusal(error.reason, absent=error.absent))
        if self._cache is None:
            self._cache = Cache(self._cache_path())
        answers = client.check(items, self._asker, self._options, cache=self._cache, space=space)
        grouped: list[list[tuple[int, int, Match]]] = [[] for _ in documents]
        for piece, matches in answers.matches.items():
            grouped[piece.document].extend((piece.block, piece.start, match) for match in matches)
        findings = tuple(
            tuple(self._filter.findings(document, own)) for document, own in zip(documents, grouped, strict=True)
        )
        failure = self._asker.failed
        if failure is not None and not answers.matches and self._run.status.status != "ran":
            return Outcome(findings, self._refusal(failure.reason, absent=failure.absent))
        problems = tuple(_unchecked(documents, answers.unchecked))
        if failure is not None:
            self._run.status = EngineStatus(ENGINE, "failed", failure.reason)
        elif answers.unchecked and not answers.matches and self._run.status.status != "ran":
            reasons = sorted(set(answers.unchecked.values()))
            self._run.status = EngineStatus(ENGINE, "failed", f"LanguageTool checked nothing: {reasons[0]}")
        elif self._run.status.status != "failed":
            self._run.status = EngineStatus(ENGINE, "ran")
        return Outcome(findings, self._run.status, problems, answers.cached, answers.sent)

    def _variant(self, document: Document) -> str:
        if self._settings.language != "auto":
            return self._settings.language
        return variant_of(document, self._settings.default_language)

    def _acquire(self) -> servers.Server:
        settings = self._settings
        return servers.acquire(
            url=settings.url,
            port=settings.port,
            heap_mb=settings.heap_mb,
            home=settings.home,
            seconds=settings.start_seconds,
        )

    def _space(self) -> str:
        """Return which LanguageTool answers, without starting one: answers of another must not be used."""
        if not self._run.space:
            if self._settings.url:
                endpoint = self._asker.current().endpoint
                self._run.space = f"{endpoint.url} {endpoint.version}"
            else:
                home = self._settings.home or install.home()
                present = install.installed(home)
                running = None if present else servers.shared(home)
                if present is None and running is None:
                    self._asker.current()  # says in its own words what is missing
                self._run.space = (present or running).version if present or running else ""  # type: ignore[union-attr]
        return self._run.space

    def _cache_path(self) -> Path | None:
        if not self._settings.use_cache:
            return None
        if self._settings.cache is not None:
            return self._settings.cache
        return default_path()

    def _refusal(self, reason: str, *, absent: bool) -> EngineStatus:
        named = bool(self._settings.url)
        status = "absent" if absent and not self._settings.required and not named else "failed"
        self._run.status = EngineStatus(ENGINE, status, reason)
        return self._run.status


def _unchecked(documents: Sequence[Document], unchecked: dict[Piece, str]) -> list[Problem]:
    """Return one problem for each reason and run of neighbouring paragraphs that were not checked."""
    problems: list[Problem] = []
    ordered = sorted(unchecked.items(), key=lambda item: (item[0].document, item[0].start))
    at = 0
    while at < len(ordered):
        first, reason = ordered[at]
        last = first
        while (
            at + 1 < len(ordered)
            and ordered[at + 1][1] == reason
            and ordered[at + 1][0].document == first.document
            and ordered[at + 1][0].block <= last.block + 1
        ):
            at += 1
            last = ordered[at][0]
        document = documents[first.document]
        lines = document.line_and_column(first.start)[0], document.line_and_column(last.end)[0]
        where = f"line {lines[0]}" if lines[0] == lines[1] else f"lines {lines[0]} to {lines[1]}"
        problems.append(Problem(document.path, f"LanguageTool did not check {where}: {reason}."))
        at += 1
    return problems
