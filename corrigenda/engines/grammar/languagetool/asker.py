"""Asks LanguageTool about one batch of paragraphs, never for longer than it may take, and gets another server where
one is lost.

language_tool_python is not used for this: its requests hold one plain text each, without annotated markup, without a
way to leave out the rules that look beyond a paragraph, with a fixed limit of 300 seconds, and its match keeps a table
of characters on the class, which is not safe between threads.
"""

import http.client
import json
import threading
from collections.abc import Callable, Mapping

from corrigenda.engines.grammar.backend import REPLACEMENTS, Options
from corrigenda.engines.grammar.errors import RefusedError, UnavailableError
from corrigenda.engines.grammar.languagetool.endpoint import responds
from corrigenda.engines.grammar.languagetool.layout import Layout
from corrigenda.engines.grammar.languagetool.server import Server
from corrigenda.engines.grammar.languagetool.transport import Transport
from corrigenda.engines.grammar.match import Match
from corrigenda.engines.grammar.pieces import Batch

_RESTARTS = 3
_TRIES = 2
_TIMEOUTS = 6
"""Requests in a row without an answer in time, after which nothing is asked any more."""


class Asker:
    """Asks one server at a time, and gets another one when an owned server has died or hangs.

    `acquire` returns a server or raises UnavailableError; it is called when the first paragraph has to be sent, so a
    run that finds everything in the cache starts none.
    """

    def __init__(self, acquire: Callable[[], Server], options: Options) -> None:
        self._acquire = acquire
        self._options = options
        self._transport = Transport(options.seconds)
        self._lock = threading.Lock()
        self._server: Server | None = None
        self._failed: UnavailableError | None = None
        self._starts = 0
        self._timeouts = 0
        self._answered = False
        self._version: Callable[[], str] = lambda: self.current().endpoint.version

    def named(self, version: Callable[[], str]) -> None:
        """Take another way to tell which LanguageTool answers, one that starts no server where it can do without."""
        self._version = version

    def version(self) -> str:
        """Name the LanguageTool that answers. Raises UnavailableError where there is none."""
        return self._version()

    def current(self) -> Server:
        """Return the server in use, and get one first where there is none. Raises UnavailableError, and then every
        time.
        """
        with self._lock:
            return self._current()

    def _current(self) -> Server:
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
    def in_use(self) -> Server | None:
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
                if late == _TRIES:
                    raise UnavailableError(f"it did not answer within {self._options.seconds:g} seconds") from None
            except (OSError, http.client.HTTPException):
                # A server that died is no fault of the request, so its loss does not use up the one retry.
                lost += 1
                self._lost(current)
                if lost == (_RESTARTS if current.kind == "owned" else _TRIES):
                    raise UnavailableError("its server was lost, and another one too") from None
            else:
                with self._lock:
                    self._timeouts = 0
                    self._answered = True
                return _read(reply, layout, len(batch.pieces))

    def _post(self, current: Server, variant: str, layout: Layout) -> list[object]:
        """Return the matches of a reply as they come. Raises what `ask` treats."""
        status, data = self._transport.post(current.endpoint, "/v2/check", _form(self._options, variant, layout))
        if status != 200:
            self._transport.drop()
            if not responds(current.endpoint.url):
                raise http.client.HTTPException("not LanguageTool any more")
            raise RefusedError(f"it refused: {_one_line(data) or f'HTTP {status}'}")
        try:
            answer = json.loads(data.decode("utf-8"))
        except (ValueError, RecursionError):
            answer = None
        matches = answer.get("matches") if isinstance(answer, dict) else None
        if not isinstance(matches, list):
            # Another program has the port of a server that died.
            self._transport.drop()
            raise http.client.HTTPException("not LanguageTool any more")
        return matches

    def _lost(self, current: Server) -> None:
        """Let go of a server that broke off, unless another thread has done so already."""
        with self._lock:
            if self._server is not current:
                return
            if current.kind == "owned" and responds(current.endpoint.url):
                # A connection that the server closed between two requests, not a dead server: the retry opens another.
                return
            current.close()
            self._server = None

    def _timed_out(self, current: Server) -> None:
        with self._lock:
            self._timeouts += 1
            # A server of somebody else's that never answered, and one that answers nothing at all any more, are waited
            # for once: what is slow is the server, and no text.
            dead = current.kind != "owned" and not (self._answered and responds(current.endpoint.url))
            if dead or self._timeouts >= _TIMEOUTS:
                times = "" if self._timeouts == 1 else f" {self._timeouts} times"
                self._failed = self._failed or UnavailableError(
                    f"LanguageTool did not answer{times} within {self._options.seconds:g} seconds; "
                    "it was not asked again"
                )
            if current.kind == "owned" and self._server is current:
                current.close()
                self._server = None


def _form(options: Options, variant: str, layout: Layout) -> dict[str, str]:
    """Return a request as the form that the server reads."""
    form = {
        "language": variant,
        "data": json.dumps({"annotation": layout.annotation}, separators=(",", ":")),
        # Rules that look beyond a paragraph would make an answer depend on what else is in the request.
        "mode": "allButTextLevelOnly",
    }
    if options.disabled_rules:
        form["disabledRules"] = ",".join(options.disabled_rules)
    if options.disabled_categories:
        form["disabledCategories"] = ",".join(options.disabled_categories)
    if options.picky:
        form["level"] = "picky"
    return form


def _read(matches: list[object], layout: Layout, count: int) -> list[list[Match]]:
    """Return the matches of a reply by piece. Raises RefusedError for one that cannot be read."""
    found: list[list[Match]] = [[] for _ in range(count)]
    for item in matches:
        try:
            if not isinstance(item, Mapping):
                raise TypeError
            place = layout.place(int(item["offset"]), int(item["length"]))
            if place is not None:
                piece, start, end = place
                found[piece].append(_match(item, start, end))
        except (KeyError, OverflowError, TypeError, ValueError):
            raise RefusedError("its answer could not be read") from None
    return found


def _match(item: Mapping[str, object], start: int, end: int) -> Match:
    """Return a match of LanguageTool's JSON. Raises what it leads to to read anything else."""
    rule = item["rule"]
    replacements = item.get("replacements", [])
    if not isinstance(rule, Mapping) or not isinstance(replacements, list):
        raise TypeError
    return Match(
        start,
        end,
        str(rule["id"]),
        str(rule["category"]["id"]),
        str(rule.get("issueType", "uncategorized")),
        str(item.get("message", "")),
        tuple(str(each["value"]) for each in replacements[:REPLACEMENTS]),
    )


def _one_line(data: bytes) -> str:
    """Return the server's own words about a refusal, without the text that they may quote."""
    line = data.decode("utf-8", "replace").strip().splitlines()
    first = line[0].removeprefix("Error: ") if line else ""
    return first if len(first) <= 160 and "<" not in first else ""
