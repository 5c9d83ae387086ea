"""A server of our own on the loopback: it answers chat completions as a test tells it, rightly or in any wrong way."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = Mapping[str, Any]


class Reply:
    """What the server sends: a status, headers and bytes, in pieces with pauses between them."""

    def __init__(
        self, data: bytes, status: int = 200, headers: Mapping[str, str] | None = None, pause: float = 0.0
    ) -> None:
        self.data = data
        self.status = status
        self.headers = {"Content-Type": "application/json", **(headers or {})}
        self.pause = pause
        """Seconds before the second half."""
        self.length = len(data)
        """What Content-Length says, which may be a lie."""


def completion(content: str, **more: Any) -> Reply:
    """Return a right answer."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}, **more}
    return Reply(json.dumps({"choices": [choice], "usage": {"prompt_tokens": 100, "completion_tokens": 10}}).encode())


def failure(status: int, message: str, **headers: str) -> Reply:
    """Return an error in the API's form."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(json.dumps({"error": {"message": message, "type": "x"}}).encode(), status, named)


class Server(ThreadingHTTPServer):
    """The server. `asked` holds the bodies of what was asked, `keys` the authorization of each."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Body], Reply]) -> None:
        self.answer = answer
        self.asked: list[Body] = []
        self.keys: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        """The base address of the API."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.keys.append(self.headers.get("Authorization", ""))
        reply = self.server.answer(body)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(reply.length))
        self.end_headers()
        try:
            if reply.pause:
                half = len(reply.data) // 2
                self.wfile.write(reply.data[:half])
                self.wfile.flush()
                time.sleep(reply.pause)
                self.wfile.write(reply.data[half:])
            else:
                self.wfile.write(reply.data)
            self.wfile.flush()
        except OSError:
            return
        if reply.length != len(reply.data):
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def serving(answer: Callable[[Body], Reply]) -> Iterator[Server]:
    """Run a server that answers so for the time of a test."""
    server = Server(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def system_of(body: Body) -> str:
    """Return what the model is told first."""
    return str(body["messages"][0]["content"])


def role_of(body: Body) -> str:
    """Return which role is asked, by the form of the answer."""
    return {"places": "reader", "verdicts": "judge", "texts": "writer"}[body["response_format"]["json_schema"]["name"]]


def text_of(body: Body) -> str:
    """Return the copy that the model is given."""
    return str(body["messages"][1]["content"])
