"""HTTP to a LanguageTool server: one connection a thread, kept open between requests, and no longer than allowed."""

import http.client
import threading
import time
from collections.abc import Mapping
from urllib.parse import urlencode

from corrigenda.engines.grammar.errors import RefusedError
from corrigenda.engines.grammar.languagetool.endpoint import Endpoint, connection

_HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
_CHUNK = 1 << 16
LARGEST = 64 << 20
"""Bytes of a reply; LanguageTool's longest to the longest request of ours has a hundredth of it."""


class Transport:
    """Sends forms to servers. Safe to use from several threads, each of which has its own connection."""

    def __init__(self, seconds: float) -> None:
        """`seconds` is the limit of one request, from the first byte sent to the last one received."""
        self._seconds = seconds
        self._local = threading.local()

    def post(self, endpoint: Endpoint, method: str, form: Mapping[str, str]) -> tuple[int, bytes]:
        """Send a form, and return the status and the body of the reply.

        Raises TimeoutError when that takes too long, RefusedError for a reply without end, other OSErrors and
        HTTPException when the connection breaks.
        """
        body = urlencode(form).encode("ascii")
        link = self._link(endpoint)
        deadline = time.monotonic() + self._seconds
        try:
            link.request("POST", endpoint.path(method), body, _HEADERS)
            reply = link.getresponse()
            return reply.status, _read_until(reply, deadline)
        except BaseException:
            self.drop()
            raise

    def drop(self) -> None:
        """Close this thread's connection; the next request opens another one."""
        kept: tuple[Endpoint, http.client.HTTPConnection] | None = getattr(self._local, "kept", None)
        if kept is not None:
            kept[1].close()
            self._local.kept = None

    def _link(self, endpoint: Endpoint) -> http.client.HTTPConnection:
        """Return this thread's connection to a server; a new one where the server changed."""
        kept: tuple[Endpoint, http.client.HTTPConnection] | None = getattr(self._local, "kept", None)
        if kept is not None and kept[0] is endpoint:
            return kept[1]
        self.drop()
        link = connection(endpoint.url, self._seconds)
        self._local.kept = (endpoint, link)
        return link


def _read_until(reply: http.client.HTTPResponse, deadline: float) -> bytes:
    """Read a reply; one that trickles in is cut off at the deadline."""
    chunks: list[bytes] = []
    size = 0
    while chunk := reply.read1(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > LARGEST:
            raise RefusedError(f"its answer is larger than {LARGEST >> 20} MB")
        if time.monotonic() > deadline:
            raise TimeoutError
    if reply.length:
        raise http.client.IncompleteRead(b"", reply.length)
    # read1 leaves a reply open that was read to its end, and the connection would take no further request.
    reply.close()
    return b"".join(chunks)
