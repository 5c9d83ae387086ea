"""Gets many requests answered: from the cache, or by several questions at once, within the budget, never twice."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from corrigenda.engines.llm.chat import Message, Reply, Request, Token, canonical
from corrigenda.engines.llm.client import Ask
from corrigenda.engines.llm.errors import AnswerError, RefusedError, UnavailableError
from corrigenda.engines.llm.room import tokens
from corrigenda.engines.llm.settings import Budget, Prices
from corrigenda.storage import folders
from corrigenda.storage.sqlite import CacheFile
from corrigenda.storage.vault import Vault

FORMAT = 1
"""Version of what the cache holds."""
_USUAL_ANSWER = 400
"""Tokens of an answer, for the budget, before it is known."""
SPENT = "the budget of the run is used up"
_UNLIMITED = Budget()
_FREE = Prices()
_Answer = TypeVar("_Answer")
Read = Callable[[str], _Answer]
"""Reads the text of an answer. Raises AnswerError for one that is not in the form that was asked for."""


class Told(NamedTuple, Generic[_Answer]):
    """What came of a request: the answer with its reply, or why there is none."""

    answer: _Answer | None
    reply: Reply | None = None
    missing: str = ""


class Usage(NamedTuple):
    """What was used so far: requests that went out, tokens in and out, and how many answers came from the cache."""

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cached: int = 0


class Work:
    """Gets requests answered by one server or folder, with one cache and one budget. Used from one thread at a time."""

    def __init__(
        self,
        ask: Ask,
        cache: CacheFile | None,
        *,
        requests: int = 4,
        budget: Budget = _UNLIMITED,
        prices: Prices = _FREE,
    ) -> None:
        """Prepare; nothing is asked.

        Args:
            ask: Answers one request; called from several threads.
            cache: Where answers are kept; None for nowhere.
            requests: Requests under way at once.
            budget: What may be used.
            prices: What tokens cost, for the budget.
        """
        self.failed: UnavailableError | None = None
        self.usage = Usage()
        self._ask = ask
        self._cache = cache
        self._requests = requests
        self._budget = budget
        self._prices = prices
        self._vault = Vault(f"corrigenda llm {FORMAT}")
        self._lock = threading.Lock()
        self._planned = Usage()

    def answers(self, requests: Sequence[Request], read: Read[_Answer]) -> list[Told[_Answer]]:
        """Return what came of each request, in their order.

        What is answered is kept at once, so that nothing that was paid for is lost, whatever happens to the run.
        """
        bodies = [canonical(request.body()).decode("utf-8") for request in requests]
        result: list[Told[_Answer] | None] = [self._known(body, read) for body in bodies]
        left = [number for number, told in enumerate(result) if told is None]
        if not left:
            return [told for told in result if told is not None]
        # What is planned begins with what was really used.
        self._planned = self.usage
        affordable = [number for number in left if self._afford(requests[number])]
        futures: dict[int, Future[Told[_Answer]]] = {}
        pool = ThreadPoolExecutor(min(self._requests, max(1, len(affordable))), thread_name_prefix="llm")
        try:
            for number in affordable:
                futures[number] = pool.submit(self._told, requests[number], bodies[number], read)
            for number, future in futures.items():
                result[number] = future.result()
        finally:
            # Where the run is broken off, what waits is not sent, and what is under way is kept when it comes.
            pool.shutdown(wait=True, cancel_futures=True)
        return [told if told is not None else Told(None, missing=SPENT) for told in result]

    def close(self) -> None:
        """Close the cache."""
        if self._cache is not None:
            self._cache.close()

    def _known(self, body: str, read: Read[_Answer]) -> Told[_Answer] | None:
        """Return what was answered before, None where nothing was, or nothing that can be read."""
        if self._cache is None:
            return None
        data = self._cache.get_many([self._vault.key(body)]).get(self._vault.key(body))
        if data is None:
            return None
        try:
            kept = self._vault.unseal(body, data)
            reply = _reply_of(kept)
            answer = read(reply.text)
        except (ValueError, TypeError, LookupError, AnswerError):
            return None
        self.usage = self.usage._replace(cached=self.usage.cached + 1)
        return Told(answer, reply)

    def _told(self, request: Request, body: str, read: Read[_Answer]) -> Told[_Answer]:
        if self.failed is not None:
            return Told(None, missing=self.failed.reason)
        try:
            reply, answer = self._read(request, read)
        except UnavailableError as error:
            with self._lock:
                self.failed = self.failed or error
            return Told(None, missing=error.reason)
        except RefusedError as error:
            return Told(None, missing=error.reason)
        except AnswerError as error:
            return Told(None, missing=f"its answer could not be read: {error}")
        if self._cache is not None:
            tokens = [[token.text, token.log_probability, token.others] for token in reply.tokens]
            kept = [reply.text, reply.tokens_in, reply.tokens_out, tokens]
            with self._lock:
                self._cache.put_many({self._vault.key(body): self._vault.seal(body, kept)})
        return Told(answer, reply)

    def _read(self, request: Request, read: Read[_Answer]) -> tuple[Reply, _Answer]:
        """Ask, and once more where the answer cannot be read, with what is wrong with it."""
        reply = self._counted(request)
        try:
            return reply, read(reply.text)
        except AnswerError as error:
            wrong = "it ended before it was complete; name fewer places" if reply.cut else str(error)
            again = request._replace(
                messages=(
                    *request.messages,
                    Message("assistant", reply.text[:2_000]),
                    Message("user", f"That cannot be read: {wrong}. Answer again, with the JSON object alone."),
                )
            )
        reply = self._counted(again)
        return reply, read(reply.text)

    def _counted(self, request: Request) -> Reply:
        reply = self._ask(request)
        used_in = reply.tokens_in or tokens(request.characters())
        used_out = reply.tokens_out or tokens(len(reply.text))
        with self._lock:
            usage = self.usage
            self.usage = usage._replace(
                requests=usage.requests + 1,
                tokens_in=usage.tokens_in + used_in,
                tokens_out=usage.tokens_out + used_out,
            )
        return reply

    def _afford(self, request: Request) -> bool:
        """Set aside what a request is expected to use; False where the budget does not allow it.

        Decided before anything is sent, in the requests' order, so that what is asked does not depend on threads.
        """
        tokens_in, tokens_out = tokens(request.characters()), min(_USUAL_ANSWER, request.tokens)
        planned = Usage(0, self._planned.tokens_in + tokens_in, self._planned.tokens_out + tokens_out)
        if self._budget.tokens and planned.tokens_in + planned.tokens_out > self._budget.tokens:
            return False
        if self._budget.money and self._prices.of(planned.tokens_in, planned.tokens_out) > self._budget.money:
            return False
        self._planned = planned
        return True


def _reply_of(kept: object) -> Reply:
    """Return what the cache holds as a reply. Raises TypeError, ValueError and LookupError for anything else."""
    if not isinstance(kept, list):
        raise TypeError
    text, tokens_in, tokens_out, tokens = kept
    if not isinstance(text, str):
        raise TypeError
    return Reply(
        text,
        int(tokens_in),
        int(tokens_out),
        tokens=tuple(Token(str(t), float(p), tuple((str(o), float(q)) for o, q in others)) for t, p, others in tokens),
    )


def open_cache(path: Path | None = None) -> CacheFile:
    """Return the cache of answers, by default the user's."""
    return CacheFile(path or folders.cache() / "llm.sqlite3", version=FORMAT)
