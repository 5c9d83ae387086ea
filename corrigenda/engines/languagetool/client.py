"""Asks LanguageTool about many paragraphs: what is known comes from the cache, the rest goes out in batches, several at
once.
"""

import contextlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from corrigenda.engines.languagetool import installation, shared
from corrigenda.engines.languagetool.answers import Cache, Vault, default_path
from corrigenda.engines.languagetool.asker import Asker, Options, RefusedError
from corrigenda.engines.languagetool.errors import UnavailableError
from corrigenda.engines.languagetool.match import Match
from corrigenda.engines.languagetool.policy import Policy
from corrigenda.engines.languagetool.request import Batch, Piece, batches
from corrigenda.engines.languagetool.server import Server, acquire
from corrigenda.engines.languagetool.settings import Settings

BATCH = 8_000
"""Code points in one request. Larger ones save nothing more, and smaller ones spread better over threads."""

Wanted = tuple[str, Piece]
"""A variant of the language, such as "en-GB", and a piece to be checked in it."""
_Result = list[list[Match]] | str | RefusedError
"""What came of a batch: the matches of each piece, the reason for which nobody answered, or the refusal."""


@dataclass
class Answers:
    """What came of a run: matches by piece, pieces without an answer with the reason, and how many came from the cache
    and from the server.
    """

    matches: dict[Piece, tuple[Match, ...]] = field(default_factory=dict)
    unchecked: dict[Piece, str] = field(default_factory=dict)
    cached: int = 0
    sent: int = 0


class Client:
    """Asks through one asker, with one cache. Used from one thread at a time."""

    def __init__(
        self,
        asker: Asker,
        options: Options,
        cache: Cache,
        version: Callable[[], str],
        *,
        size: int = BATCH,
    ) -> None:
        """Prepare a client; nothing is asked yet.

        Args:
            asker: Who asks.
            options: How to ask; the same as the asker's.
            cache: Answers of former runs; it is read before a server is acquired, and written as answers come.
            version: Names the LanguageTool that answers, without starting it where that is possible: answers of another
                must not be used. Called once, before the first paragraph is looked for; may raise UnavailableError.
            size: Code points in one request.
        """
        self._asker = asker
        self._options = options
        self._cache = cache
        self._version = version
        self._size = size
        self._vault: Vault | None = None

    @property
    def server(self) -> Server | None:
        """The server in use, None while there is none."""
        return self._asker.in_use

    @property
    def failed(self) -> UnavailableError | None:
        """The reason for which nothing is asked any more, None while all is well."""
        return self._asker.failed

    def close(self) -> None:
        """Let the server go, and close the cache."""
        self._asker.close()
        self._cache.close()

    def check(self, items: Iterable[Wanted]) -> Answers:
        """Ask about pieces, and return what LanguageTool said.

        Raises UnavailableError when there is no LanguageTool at all. One that is lost on the way is the reason of each
        piece that nobody answered for.
        """
        if self._vault is None:
            self._vault = Vault(f"{self._version()} {self._options.space}")
        answers = Answers()
        left = self._from_cache(list(items), self._vault, answers)
        if left:
            _Round(self._asker, self._cache, self._vault, answers, left).run(self._options.workers, self._size)
        return answers

    def _from_cache(self, wanted: Sequence[Wanted], vault: Vault, answers: Answers) -> list[Wanted]:
        """Take what is known into the answers, and return the rest."""
        keys = [vault.key(_text(variant, piece)) for variant, piece in wanted]
        known = self._cache.get(keys)
        left: list[Wanted] = []
        for key, (variant, piece) in zip(keys, wanted, strict=True):
            data = known.get(key)
            if data is not None:
                with contextlib.suppress(ValueError, TypeError):
                    answers.matches[piece] = _unsealed(vault, _text(variant, piece), data)
                    answers.cached += 1
                    continue
            left.append((variant, piece))
        return left


def _unsealed(vault: Vault, text: str, data: bytes) -> tuple[Match, ...]:
    """Return the matches that were kept. Raises ValueError and TypeError when they are damaged."""
    plain = vault.unseal(text, data) if data else []
    if not isinstance(plain, list):
        raise TypeError
    return tuple(Match.of(item) for item in plain)


def open_client(settings: Settings, policy: Policy) -> Client:
    """Return a client for the LanguageTool that the settings name; nothing is started yet."""
    options = Options(
        disabled_rules=policy.unwanted_rules,
        disabled_categories=policy.unwanted,
        seconds=settings.seconds,
        threads=settings.threads,
    )
    asker = Asker(lambda: acquire(settings.url, launch=settings.launch, home=settings.home), options)
    cache = Cache(_cache_path(settings))
    return Client(asker, options, cache, lambda: _version(settings, asker))


def _version(settings: Settings, asker: Asker) -> str:
    """Name the LanguageTool that will answer, without starting one. Raises UnavailableError where there is none."""
    if settings.url:
        endpoint = asker.current().endpoint
        return f"{endpoint.url} {endpoint.version}"
    known = installation.installed(settings.home) or shared.running(settings.home)
    if known is None:
        return asker.current().endpoint.version  # raises, in its own words of what is missing
    return known.version


def _cache_path(settings: Settings) -> Path | None:
    if not settings.use_cache:
        return None
    return settings.cache or default_path()


class _Round:
    """The pieces that have to be sent. Equal ones (boilerplate, a wire text in two papers) are asked about once."""

    def __init__(self, asker: Asker, cache: Cache, vault: Vault, answers: Answers, left: Sequence[Wanted]) -> None:
        self._asker = asker
        self._cache = cache
        self._vault = vault
        self._answers = answers
        equal: dict[tuple[str, str], list[Piece]] = {}
        for variant, piece in left:
            equal.setdefault((variant, piece.identity), []).append(piece)
        self._first = [(variant, pieces[0]) for (variant, _), pieces in equal.items()]
        self._equal = {pieces[0]: pieces for pieces in equal.values()}

    def run(self, workers: int, size: int) -> None:
        """Send all pieces in requests of `size` code points, and take the answers as they come."""
        with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="languagetool") as pool:
            running = [(batch, pool.submit(self._asked, batch)) for batch in batches(self._first, size)]
            while running:
                again: list[tuple[Batch, Future[_Result]]] = []
                for batch, future in running:
                    smaller = self._take(batch, future.result())
                    again += [(half, pool.submit(self._asked, half)) for half in smaller]
                running = again

    def _asked(self, batch: Batch) -> _Result:
        try:
            return self._asker.ask(batch)
        except UnavailableError as error:
            return error.reason
        except RefusedError as error:
            return error

    def _take(self, batch: Batch, result: _Result) -> Sequence[Batch]:
        """Take the result of a batch into the answers, and return what has to be sent once more."""
        if isinstance(result, list):
            self._keep(batch, result)
            return ()
        if isinstance(result, RefusedError) and len(batch.pieces) > 1:
            # One paragraph spoils the batch; halves find out which.
            middle = len(batch.pieces) // 2
            return [Batch(batch.variant, half) for half in (batch.pieces[:middle], batch.pieces[middle:])]
        for piece in batch.pieces:
            self._answers.unchecked.update(dict.fromkeys(self._equal[piece], str(result)))
        return ()

    def _keep(self, batch: Batch, result: Sequence[Sequence[Match]]) -> None:
        self._answers.sent += len(batch.pieces)
        rows: list[tuple[bytes, bytes]] = []
        for piece, matches in zip(batch.pieces, result, strict=True):
            for equal in self._equal[piece]:
                self._answers.matches[equal] = tuple(matches)
            text = _text(batch.variant, piece)
            plain = [match.plain() for match in matches]
            rows.append((self._vault.key(text), self._vault.seal(text, plain) if plain else b""))
        self._cache.put(rows)


def _text(variant: str, piece: Piece) -> str:
    """Return what makes a question to LanguageTool the same as another one."""
    return f"{variant}\n{piece.identity}"
