"""Asks a LanguageTool server, many paragraphs at once, from several threads, and never for longer than it may take.

language_tool_python is not used for this: its requests hold one plain text each, without annotated markup, without a
way to leave out the rules that look beyond a paragraph, with a fixed limit of 300 seconds, and its match keeps a table
of characters on the class, which is not safe between threads.
"""

import contextlib
import http.client
import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from corrigenda.engines.languagetool import server
from corrigenda.engines.languagetool.answers import Cache, Vault
from corrigenda.engines.languagetool.errors import UnavailableError
from corrigenda.engines.languagetool.request import Batch, Layout, Piece, batches

BATCH = 8_000
"""Code points in one request. Larger ones save nothing more, and smaller ones spread better over threads."""

REPLACEMENTS = 5
"""LanguageTool offers up to 30 words for one; nobody reads past the fifth."""

_RESTARTS = 3
_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that LanguageTool said of a piece: `[start, end)` in code points of the piece, markup counted.

    `rule` and `category` are LanguageTool's ids, `kind` is the rule's ITS issue type (misspelling, grammar,
    typographical …).
    """

    start: int
    end: int
    rule: str
    category: str
    kind: str
    message: str
    replacements: tuple[str, ...]

    def plain(self) -> list[Any]:
        """Return the match as plain JSON values."""
        return [self.start, self.end, self.rule, self.category, self.kind, self.message, list(self.replacements)]

    @classmethod
    def of(cls, plain: Sequence[Any]) -> "Match":
        """Return the match of `plain()`."""
        start, end, rule, category, kind, message, replacements = plain
        return cls(int(start), int(end), rule, category, kind, message, tuple(replacements))


@dataclass(frozen=True, slots=True)
class Options:
    """How LanguageTool is asked.

    `seconds` is the limit of one request. `disabled_rules` and `disabled_categories` are what the filter would drop in
    any case, so that no time goes into it.
    """

    picky: bool = False
    mother_tongue: str = ""
    disabled_rules: tuple[str, ...] = ()
    disabled_categories: tuple[str, ...] = ()
    seconds: float = 60.0
    threads: int = 0

    @property
    def workers(self) -> int:
        """Return how many requests are under way at once: one a core, four at most, unless the user says otherwise."""
        return self.threads or min(4, os.cpu_count() or 1)

    @property
    def space(self) -> str:
        """Return what an answer depends on, other than the text and the server."""
        parts = (self.picky, self.mother_tongue, sorted(self.disabled_rules), sorted(self.disabled_categories))
        return json.dumps(parts)


@dataclass
class Answers:
    """What came of a run: matches by piece, pieces without an answer with the reason, and how many came from the
    cache.
    """

    matches: dict[Piece, tuple[Match, ...]] = field(default_factory=dict)
    unchecked: dict[Piece, str] = field(default_factory=dict)
    cached: int = 0
    sent: int = 0


class RefusedError(Exception):
    """The server answered that it will not check this text: too long, too slow, too many errors, or its own fault."""


class Asker:
    """Asks one server at a time, and gets another one when an owned server has died or hangs.

    `acquire` returns a server or raises UnavailableError; it is called when the first paragraph has to be sent, so a
    run that finds everything in the cache starts none.
    """

    def __init__(self, acquire: Callable[[], server.Server], options: Options) -> None:
        self._acquire = acquire
        self._options = options
        self._lock = threading.Lock()
        self._server: server.Server | None = None
        self._failed: UnavailableError | None = None
        self._local = threading.local()
        self._starts = 0
        self._timeouts = 0

    def current(self) -> server.Server:
        """Return the server in use, and get one first where there is none. Raises UnavailableError, and then every
        time.
        """
        with self._lock:
            return self._current()

    def _current(self) -> server.Server:
        if self._failed is not None:
            raise self._failed
        if self._server is not None and not self._server.alive():
            self._server.close()
            self._server = None
        if self._server is None:
            self._count_start()
            try:
                self._server = self._acquire()
            except UnavailableError as error:
                self._failed = error
                raise
        return self._server

    def _count_start(self) -> None:
        """Raise UnavailableError, now and from now on, when servers were started too often."""
        if self._starts > _RESTARTS:
            self._failed = UnavailableError(
                f"LanguageTool's server was lost {self._starts} times; it was not started again"
            )
            raise self._failed
        self._starts += 1

    @property
    def in_use(self) -> server.Server | None:
        """The server that was acquired last, None while there is none."""
        return self._server

    @property
    def failed(self) -> UnavailableError | None:
        """The reason for which nothing is asked any more, None while all is well."""
        return self._failed

    def close(self) -> None:
        """Let the server go."""
        with self._lock:
            if self._server is not None:
                self._server.close()
                self._server = None

    def ask(self, batch: Batch) -> list[list[Match]]:
        """Return the matches of each piece of a batch.

        A request that fails is sent once more, to a new server where the old one was ours.

        Raises:
            RefusedError: The server will not check the text.
            UnavailableError: There is no server, or it did not answer twice.
        """
        layout = Layout(batch.pieces)
        lost = late = 0
        while True:
            current = self.current()
            try:
                reply = self._post(current, batch.variant, layout)
            except TimeoutError:
                late += 1
                self._timed_out(current)
                if late == 2:
                    raise UnavailableError(f"it did not answer within {self._options.seconds:g} seconds") from None
            except (OSError, http.client.HTTPException):
                # A server that died is no fault of the request, so its loss does not use up the one retry.
                lost += 1
                self._lost(current)
                if lost == (_RESTARTS if current.kind == "owned" else 2):
                    raise UnavailableError("its server was lost, and another one too") from None
            else:
                with self._lock:
                    self._timeouts = 0
                return self._read(reply, layout, len(batch.pieces))

    def _post(self, current: server.Server, variant: str, layout: Layout) -> Mapping[str, Any]:
        options = self._options
        form = {
            "language": variant,
            "data": json.dumps({"annotation": layout.annotation}, separators=(",", ":")),
            # Rules that look beyond a paragraph would make an answer depend on what else is in the request.
            "mode": "allButTextLevelOnly",
        }
        if options.picky:
            form["level"] = "picky"
        if options.mother_tongue:
            form["motherTongue"] = options.mother_tongue
        if options.disabled_rules:
            form["disabledRules"] = ",".join(options.disabled_rules)
        if options.disabled_categories:
            form["disabledCategories"] = ",".join(options.disabled_categories)
        body = urlencode(form).encode("ascii")
        link = self._link(current)
        deadline = time.monotonic() + options.seconds
        try:
            link.request(
                "POST",
                urlsplit(current.endpoint.url).path.rstrip("/") + "/v2/check",
                body,
                {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
            )
            reply = link.getresponse()
            data = _read_until(reply, deadline)
        except BaseException:
            self._drop()
            raise
        if reply.status != 200:
            self._drop()
            if not _answers(current):
                raise http.client.HTTPException("not LanguageTool any more")
            raise RefusedError(f"it refused: {_one_line(data) or f'HTTP {reply.status}'}")
        try:
            answer = json.loads(data.decode("utf-8"))
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not isinstance(answer.get("matches"), list):
            # Another program has the port of a server that died.
            self._drop()
            raise http.client.HTTPException("not LanguageTool any more")
        return answer

    def _link(self, current: server.Server) -> http.client.HTTPConnection:
        """Return this thread's connection to the server; a new one where the server changed."""
        kept: tuple[server.Server, http.client.HTTPConnection] | None = getattr(self._local, "kept", None)
        if kept is not None and kept[0] is current:
            return kept[1]
        self._drop()
        link = server.connection(current.endpoint.url, self._options.seconds)
        self._local.kept = (current, link)
        return link

    def _drop(self) -> None:
        kept: tuple[server.Server, http.client.HTTPConnection] | None = getattr(self._local, "kept", None)
        if kept is not None:
            kept[1].close()
            self._local.kept = None

    def _lost(self, current: server.Server) -> None:
        """Let go of a server that broke off, unless another thread has done so already."""
        with self._lock:
            if self._server is not current:
                return
            if current.kind == "owned" and _answers(current):
                # A connection that the server closed between two requests, not a dead server: the retry opens another.
                return
            current.close()
            self._server = None

    def _timed_out(self, current: server.Server) -> None:
        with self._lock:
            self._timeouts += 1
            if self._timeouts >= 2 * _IN_A_ROW:
                self._failed = UnavailableError(
                    f"LanguageTool did not answer {self._timeouts} times within {self._options.seconds:g} seconds; "
                    "it was not asked again"
                )
            if current.kind == "owned" and self._server is current:
                current.close()
                self._server = None

    @staticmethod
    def _read(reply: Mapping[str, Any], layout: Layout, count: int) -> list[list[Match]]:
        found: list[list[Match]] = [[] for _ in range(count)]
        for item in reply["matches"]:
            try:
                place = layout.place(int(item["offset"]), int(item["length"]))
                if place is None:
                    continue
                rule = item["rule"]
                replacements = tuple(str(each["value"]) for each in item.get("replacements", ())[:REPLACEMENTS])
                found[place[0]].append(
                    Match(
                        place[1],
                        place[2],
                        str(rule["id"]),
                        str(rule["category"]["id"]),
                        str(rule.get("issueType", "uncategorized")),
                        str(item.get("message", "")),
                        replacements,
                    )
                )
            except (KeyError, TypeError, ValueError):
                raise RefusedError("its answer could not be read") from None
        return found


def _answers(current: server.Server) -> bool:
    try:
        server.probe(current.endpoint.url, 2.0)
    except (OSError, ValueError):
        return False
    return True


def _read_until(reply: http.client.HTTPResponse, deadline: float) -> bytes:
    """Read a reply; one that trickles in is cut off at the deadline."""
    chunks: list[bytes] = []
    while chunk := reply.read1(1 << 16):
        chunks.append(chunk)
        if time.monotonic() > deadline:
            raise TimeoutError
    if reply.length:
        raise http.client.IncompleteRead(b"", reply.length)
    # read1 leaves a reply open that was read to its end, and the connection would take no further request.
    reply.close()
    return b"".join(chunks)


def _one_line(data: bytes) -> str:
    """Return the server's own words about a refusal, without the text that they may quote."""
    line = data.decode("utf-8", "replace").strip().splitlines()
    first = line[0].removeprefix("Error: ") if line else ""
    return first if len(first) <= 160 and "<" not in first else ""


def check(
    items: Iterable[tuple[str, Piece]],
    asker: Asker,
    options: Options,
    *,
    cache: Cache,
    space: str,
    size: int = BATCH,
) -> Answers:
    """Ask LanguageTool about pieces, each with its variant of English, and return what it said. Never raises
    UnavailableError.

    Args:
        items: (variant, piece) pairs, such as ("en-GB", piece).
        asker: Who asks.
        options: How to ask; the same as the asker's.
        cache: Answers of former runs; it is read before a server is acquired, and written as answers come.
        space: Names the LanguageTool that answers.
        size: Code points in one request.
    """
    answers = Answers()
    wanted = list(items)
    vault = Vault(f"{space} {options.space}")
    left = _from_cache(wanted, vault, cache, answers)
    if not left:
        return answers
    # Equal paragraphs (boilerplate, a wire text in two papers) are asked about once.
    same: dict[tuple[str, str], list[Piece]] = {}
    for variant, piece in left:
        same.setdefault((variant, piece.identity), []).append(piece)
    first = [(variant, equal[0]) for (variant, _), equal in same.items()]
    twins = {equal[0]: equal for equal in same.values()}
    with ThreadPoolExecutor(max_workers=options.workers, thread_name_prefix="languagetool") as pool:
        running = [(batch, pool.submit(_safely, asker, batch)) for batch in batches(first, size)]
        while running:
            again: list[tuple[Batch, Future[list[list[Match]] | str | RefusedError]]] = []
            for batch, future in running:
                result = future.result()
                if isinstance(result, list):
                    answers.sent += len(batch.pieces)
                    _keep(batch, result, twins, vault, cache, answers)
                elif isinstance(result, RefusedError) and len(batch.pieces) > 1:
                    # One paragraph spoils the batch; halves find out which.
                    middle = len(batch.pieces) // 2
                    for half in (batch.pieces[:middle], batch.pieces[middle:]):
                        smaller = Batch(batch.variant, half)
                        again.append((smaller, pool.submit(_safely, asker, smaller)))
                else:
                    for piece in batch.pieces:
                        answers.unchecked.update(dict.fromkeys(twins[piece], str(result)))
            running = again
    return answers


def _safely(asker: Asker, batch: Batch) -> list[list[Match]] | str | RefusedError:
    try:
        return asker.ask(batch)
    except UnavailableError as error:
        return error.reason
    except RefusedError as error:
        return error


def _from_cache(
    wanted: Sequence[tuple[str, Piece]], vault: Vault, cache: Cache, answers: Answers
) -> list[tuple[str, Piece]]:
    keys = [vault.key(f"{variant}\n{piece.identity}") for variant, piece in wanted]
    known = cache.get(keys)
    left: list[tuple[str, Piece]] = []
    for key, (variant, piece) in zip(keys, wanted, strict=True):
        data = known.get(key)
        if data is not None:
            with contextlib.suppress(ValueError, TypeError):
                plain = vault.unseal(f"{variant}\n{piece.identity}", data) if data else []
                answers.matches[piece] = tuple(Match.of(item) for item in plain)
                answers.cached += 1
                continue
        left.append((variant, piece))
    return left


def _keep(
    batch: Batch,
    result: Sequence[Sequence[Match]],
    twins: Mapping[Piece, Sequence[Piece]],
    vault: Vault,
    cache: Cache,
    answers: Answers,
) -> None:
    rows: list[tuple[bytes, bytes]] = []
    for piece, matches in zip(batch.pieces, result, strict=True):
        for twin in twins[piece]:
            answers.matches[twin] = tuple(matches)
        text = f"{batch.variant}\n{piece.identity}"
        plain = [match.plain() for match in matches]
        rows.append((vault.key(text), vault.seal(text, plain) if plain else b""))
    cache.put(rows)
