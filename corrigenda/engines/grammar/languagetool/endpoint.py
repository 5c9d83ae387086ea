"""Where a LanguageTool server answers, and how to tell that it is one."""

import http.client
import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from corrigenda.languages import language

PROBE_SECONDS = 5.0
"""How long a server may take to say who it is."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server answers, `http://host:port` with an optional path before `/v2`, and which LanguageTool it is."""

    url: str
    version: str = ""

    def path(self, method: str) -> str:
        """Return the path of a method, such as "/v2/check"."""
        return urlsplit(self.url).path.rstrip("/") + method


def connection(url: str, seconds: float) -> http.client.HTTPConnection:
    """Return an unopened connection to a server's host; a call on it takes at most `seconds` between two bytes."""
    parts = urlsplit(url)
    make = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return make(parts.hostname or "127.0.0.1", parts.port, timeout=seconds)


def probe(url: str, seconds: float = PROBE_SECONDS) -> str:
    """Ask a server who it is, and return LanguageTool's version ("" from one too old to say).

    Raises OSError (TimeoutError, ConnectionError …) when it does not answer, ValueError when it is something else.
    """
    data = _get(Endpoint(url), "/v2/info", seconds)
    software = data.get("software") if isinstance(data, dict) else None
    if isinstance(software, dict) and software.get("name") == "LanguageTool":
        return str(software.get("version", ""))[:40]
    data = _get(Endpoint(url), "/v2/languages", seconds)
    code = language().grammar.code
    if isinstance(data, list) and any(isinstance(item, dict) and item.get("code") == code for item in data):
        return ""
    raise ValueError("not LanguageTool")


def responds(url: str, seconds: float = 2.0) -> bool:
    """Return whether LanguageTool answers at an address."""
    try:
        probe(url, seconds)
    except (OSError, ValueError):
        return False
    return True


def _get(endpoint: Endpoint, method: str, seconds: float) -> object:
    """Return what a method answers, None for an error. Raises OSError, and ValueError for what is not JSON."""
    link = connection(endpoint.url, seconds)
    try:
        link.request("GET", endpoint.path(method), headers={"Accept": "application/json"})
        reply = link.getresponse()
        body = reply.read(1 << 20)
        status = reply.status
    except http.client.HTTPException as error:
        raise ValueError("not HTTP") from error
    finally:
        link.close()
    try:
        answer: object = json.loads(body.decode("utf-8")) if status == 200 else None
    except RecursionError as error:
        raise ValueError("nested without end") from error
    return answer
