"""Asks a backend about many paragraphs: what is known comes from the cache, the rest goes out in batches, several at
once.
"""

import contextlib
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from corrigenda.engines.grammar.answers import Cache, default_path, vault
from corrigenda.engines.grammar.backend import Backend, Options
from corrigenda.engines.grammar.choice import backend
from corrigenda.engines.grammar.errors import RefusedError, UnavailableError
from corrigenda.engines.grammar.match import Match
from corrigenda.engines.grammar.pieces import Batch, Piece, batches
from corrigenda.engines.grammar.policy import Policy
from corrigenda.engines.grammar.settings import Settings
from corrigenda.storage.vault import Vault

BATCH = 8_000
"""Code points in one request. Larger ones save nothing more, and smaller ones spread better over threads."""

Wanted = tuple[str, Piece]
"""A variant of the language, such as "en-GB", and a piece to be checked in it."""
_Result = list[list[Match]] | str | RefusedError
"""What came of a batch: the matches of each piece, the reason for which nobody answered, or the refusal."""


@dataclass
class Answers:
    """What came of a run: matches by piece, pieces without an answer with the reason, and how many came from the cache
    and from the backend.
    """

    matches: dict[Piece, tuple[Match, ...]] = field(default_factory=dict)
    unchecked: dict[Piece, str] = field(default_factory=dict)
    cached: int = 0
    sent: int = 0


class Client:
    """Asks one backend, with one cache. Used from one thread at a time."""

    def __init__(self, backend: Backend, options: Options, cache: Cache, *, size: int = BATCH) -> None:
        """Prepare a client; nothing is asked yet.

        Args:
            backend: Who is asked.
            options: How to ask; the same as the backend's.
            cache: Answers of former runs; it is read before anything is started, and written as answers come.
            size: Code points in one request.
        """
        self.backend = backend
        self._options = options
        self._cache = cache
        self._size = size
        self._vault: Vault | None = None

    @property
    def failed(self) -> UnavailableError | None:
        """The reason for which nothing is asked any more, None while all is well."""
        return self.backend.failed

    def close(self) -> None:
        """End what the backend started, and close the cache."""
        self.backend.close()
        self._cache.close()

    def check(self, items: Iterable[Wanted]) -> Answers:
        """Ask about pieces, and return what was said of them.

        Raises UnavailableError when there is nobody to ask. A backend that is lost on the way is the reason of each
        piece that nobody answered for.
        """
        if self._vault is None:
            self._vault = vault(f"{self.backend.version()} {self._options.space}")
        answers = Answers()
        left = self._from_cache(list(items), self._vault, answers)
        if left:
            _Round(self.backend, self._cache, self._vault, answers, left).run(self._options.workers, self._size)
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
    """Return a client for the backend that the settings name, or that is there; nothing is started yet."""
    options = Options(
        disabled_rules=policy.unwanted_rules,
        disabled_categories=policy.unwanted,
        seconds=settings.seconds,
        threads=settings.threads,
    )
    return Client(backend(settings, options), options, Cache(_cache_path(settings)))


def _cache_path(settings: Settings) -> Path | None:
    if not settings.use_cache:
        return None
    return settings.cache or default_path()


class _Round:
    """The pieces that have to be sent. Equal ones (boilerplate, a wire text in two papers) are asked about once."""

    def __init__(self, backend: Backend, cache: Cache, vault: Vault, answers: Answers, left: Sequence[Wanted]) -> None:
        self._backend = backend
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
        with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="grammar") as pool:
            running = [(batch, pool.submit(self._asked, batch)) for batch in batches(self._first, size)]
            while running:
                again: list[tuple[Batch, Future[_Result]]] = []
                for batch, future in running:
                    smaller = self._take(batch, future.result())
                    again += [(half, pool.submit(self._asked, half)) for half in smaller]
                running = again

    def _asked(self, batch: Batch) -> _Result:
        try:
            return self._backend.ask(batch)
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
    """Return what makes a question the same as another one."""
    return f"{variant}\n{piece.identity}"
