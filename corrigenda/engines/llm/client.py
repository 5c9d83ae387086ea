"""Sends requests to an OpenAI-compatible server, over httpx2, and never waits, reads or pays for longer than allowed.

httpx2 takes 0.2 seconds to import, the `openai` package, which is built on it, 1.4 (benchmarks/llm_clients.py); what
that adds (types for some hundred other calls) is not needed for one.
"""

import json
import math
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from corrigenda.engines.llm.address import at_home
from corrigenda.engines.llm.chat import Reply, Request, Token, canonical
from corrigenda.engines.llm.errors import RefusedError, UnavailableError

if TYPE_CHECKING:
    import httpx2

LARGEST = 8 * 1024 * 1024
"""Bytes of a reply; the longest that we ask for has a hundredth of it."""
TRIES = 4
"""How often one request is sent: servers that are busy say so, and mean it for seconds."""
FIRST_PAUSE = 1.0
"""Seconds before the second try; each further pause is twice as long."""
LONGEST_PAUSE = 60.0
"""Seconds that a server may make us wait by Retry-After. One that asks for more is out of use for this run."""
_BUSY = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
_SHOWN = 200


class Limits(NamedTuple):
    """`seconds`: of one request, from the first byte sent to the last one received. `pause`: seconds before the second
    try.
    """

    seconds: float = 120.0
    pause: float = FIRST_PAUSE


class Client:
    """Asks one server. Safe to use from several threads."""

    def __init__(self, address: str, key: str, limits: Limits, stopped: threading.Event) -> None:
        """Prepare a client; nothing is sent.

        Args:
            address: The base address of the API, without "/chat/completions".
            key: What the server wants as a bearer token, "" for nothing. It is sent and kept nowhere.
            limits: How long things may take.
            stopped: Once set, nothing more is sent, and who waits for a pause waits no longer.
        """
        self._address = address.rstrip("/")
        self._key = key
        self._limits = limits
        self._stopped = stopped
        self._http: httpx2.Client | None = None
        self._lock = threading.Lock()
        self._structured = True
        self._probabilities = True

    def ask(self, request: Request) -> Reply:
        """Return a server's answer.

        Raises UnavailableError when nothing can be asked of it in this run, RefusedError when this request cannot be
        answered.
        """
        pause = self._limits.pause
        for number in range(1, TRIES + 1):
            try:
                return self._asked(request)
            except _BusyError as busy:
                if number == TRIES:
                    raise UnavailableError(f"{busy.reason}, {TRIES} times") from None
                wait = pause if busy.after is None else busy.after
                if wait > LONGEST_PAUSE:
                    raise UnavailableError(f"{busy.reason}, and is to be asked again in {wait:,.0f} seconds") from None
                if self._stopped.wait(wait):
                    raise UnavailableError("the run was broken off") from None
                pause *= 2
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._http is not None:
                self._http.close()
                self._http = None

    def _asked(self, request: Request) -> Reply:
        """Send a request once, or again without what the server says it does not know."""
        while True:
            if self._stopped.is_set():
                raise UnavailableError("the run was broken off")
            structured, probabilities = self._structured, self._probabilities and request.probabilities
            body = request._replace(probabilities=probabilities).body(structured=structured)
            status, headers, data = self._sent(canonical(body))
            if 200 <= status < 300:
                return _reply(headers, data)
            said = _error_of(data)
            if status in (400, 422, 501) and (structured or probabilities):
                # Which of the two it does not know is not to be had from every message: the rarer one goes first.
                if probabilities and ("logprob" in said or "response_format" not in said):
                    self._probabilities = False
                    continue
                if structured and "context" not in said and "too long" not in said:
                    self._structured = False
                    continue
            raise _problem(self._address, status, headers, said)

    def _sent(self, body: bytes) -> tuple[int, Mapping[str, str], bytes]:
        import httpx2  # deferred: the extra `llm`, asked for when the first request goes out

        deadline = time.monotonic() + self._limits.seconds
        try:
            with self._opened().stream("POST", f"{self._address}/chat/completions", content=body) as reply:
                return reply.status_code, dict(reply.headers), _read(reply.iter_bytes(), deadline, self._stopped)
        except httpx2.TimeoutException:
            raise _BusyError(f"it did not answer within {self._limits.seconds:g} seconds") from None
        except httpx2.ConnectError as error:
            raise UnavailableError(_unreachable(error)) from None
        except httpx2.HTTPError as error:
            raise _BusyError(f"the connection broke ({_line(str(error)) or type(error).__name__})") from None
        except (httpx2.InvalidURL, ValueError) as error:
            raise UnavailableError(f"this is no address: {_line(str(error))}") from None

    def _opened(self) -> "httpx2.Client":
        import httpx2  # deferred: see `_sent`

        with self._lock:
            if self._http is None:
                headers = {"Content-Type": "application/json", "Accept": "application/json"}
                if self._key:
                    headers["Authorization"] = f"Bearer {self._key}"
                self._http = httpx2.Client(
                    headers=headers,
                    timeout=self._limits.seconds,
                    # Where the text goes is what the user named, and no place that the server names.
                    follow_redirects=False,
                    # A proxy of the environment is the user's word, but not for what stays on this machine.
                    trust_env=not at_home(self._address),
                )
            return self._http


class _BusyError(Exception):
    """Worth another try, after so many seconds where the server says so."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


def _read(chunks: Any, deadline: float, stopped: threading.Event) -> bytes:
    """Read a reply; one that trickles in, or has no end, is cut off."""
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size > LARGEST:
            raise RefusedError(f"its answer is larger than {LARGEST >> 20} MB")
        if time.monotonic() > deadline:
            raise RefusedError("its answer does not come to an end in the time allowed")
        if stopped.is_set():
            raise UnavailableError("the run was broken off")
    return b"".join(parts)


def _problem(address: str, status: int, headers: Mapping[str, str], said: str) -> Exception:
    """Return what a status other than success means."""
    shown = f": {said}" if said else ""
    if status in _BUSY:
        return _BusyError(f"it is too busy, or failed (HTTP {status}{shown})", _after(headers))
    if 300 <= status < 400:
        elsewhere = urlsplit(headers.get("location", "")).netloc
        to = f" to {_line(elsewhere)}" if elsewhere else ""
        return UnavailableError(f"it sends us on{to} (HTTP {status}); name the address itself, if you trust it")
    if status in (401, 403):
        return UnavailableError(f"it does not accept the key (HTTP {status}{shown})")
    if status == 404:
        return UnavailableError(
            f"it knows no such model, or no chat there (HTTP 404{shown}); the address usually ends in /v1"
        )
    if status == 402:
        return UnavailableError(f"the account has no money left (HTTP 402{shown})")
    return RefusedError(f"it refuses the request (HTTP {status}{shown})")


def _after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of Retry-After, None where it says none that can be used."""
    said = headers.get("retry-after", "").strip()
    try:
        seconds = float(said)
    except ValueError:
        return _until(said)
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _until(date: str) -> float | None:
    """Return the seconds until a date of HTTP, None for what is none."""
    from email.utils import parsedate_to_datetime  # deferred: most servers count seconds

    try:
        moment = parsedate_to_datetime(date)
    except (TypeError, ValueError, IndexError):
        return None
    return max(0.0, moment.timestamp() - time.time())


def _unreachable(error: Exception) -> str:
    said = _line(str(error))
    if "CERTIFICATE" in said.upper():
        return f"its certificate does not hold ({said})"
    return f"nobody answers there ({said or type(error).__name__})"


def _error_of(data: bytes) -> str:
    """Return what an error says, whichever API's form it has, as one short line."""
    try:
        value = json.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return ""
    for _ in range(3):
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = next((value[name] for name in ("error", "message", "detail", "msg") if value.get(name)), "")
    return _line(value) if isinstance(value, str) else ""


def _line(text: str) -> str:
    """Return a server's words as one line that is not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _reply(headers: Mapping[str, str], data: bytes) -> Reply:
    """Return what is in a reply. Raises RefusedError for what is none of the API's."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        value = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise RefusedError(f"its answer is no JSON but {_line(kind) or 'of no kind'}") from None
    try:
        choice = value["choices"][0]
        text = choice["message"]["content"]
        usage = value.get("usage") or {}
        if text is None and choice["message"].get("refusal"):
            raise RefusedError("the model refuses to answer")
        if isinstance(text, list):  # some servers answer in parts
            text = "".join(part["text"] for part in text if part.get("type") == "text")
        if not isinstance(text, str):
            raise TypeError
        return Reply(
            text,
            _count(usage.get("prompt_tokens")),
            _count(usage.get("completion_tokens")),
            choice.get("finish_reason") == "length",
            _tokens(choice.get("logprobs")),
        )
    except (KeyError, IndexError, TypeError, AttributeError):
        raise RefusedError(f"its answer is no chat completion{_said(value)}") from None


def _said(value: object) -> str:
    said = _error_of(json.dumps(value).encode()) if isinstance(value, dict) and "error" in value else ""
    return f" ({said})" if said else ""


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else 0


def _tokens(value: object) -> tuple[Token, ...]:
    """Return the tokens with their log-probabilities, none where they are missing or damaged."""
    try:
        content: Any = value["content"]  # type: ignore[index]
        return tuple(_token(item) for item in content)
    except (KeyError, TypeError, ValueError):
        return ()


def _token(item: Mapping[str, Any]) -> Token:
    others = item.get("top_logprobs") or ()
    return Token(
        str(item["token"]),
        float(item["logprob"]),
        tuple((str(other["token"]), float(other["logprob"])) for other in others),
    )


Ask = Callable[[Request], Reply]
"""Whatever answers requests: a server, or a folder of recorded answers. Raises UnavailableError and RefusedError."""
