"""Small things that several tests use: texts, processes, and servers that are not LanguageTool."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from corrigenda.documents.document import Document
from corrigenda.documents.formats.text import parse
from corrigenda.rules.rule import CompiledRule

Rules = Sequence[CompiledRule]
ERRORS = ("goverment", "recieved", "the the")


def article(number: int) -> Document:
    """Return a text with three errors, different from that of any other number."""
    paragraphs = [
        f"The goverment of district {number} met on Monday to talk about the road.",
        f"Residents of house {number} recieved a letter in the evening and read it aloud.",
        f"Nobody knew where the the key to cellar {number} was kept.",
        f"The weather in valley {number} was mild, and the shops stayed open.",
    ]
    return parse("\n\n".join(paragraphs), f"{number}.txt")


class NoNames:
    """A name index that knows no name."""

    def is_name(self, token: str, document: Document, start: int, end: int) -> bool:
        return False

    def near_miss(self, token: str, document: Document, start: int, end: int) -> str | None:
        return None


def alive(pid: int) -> bool:
    """Return whether a process runs (a zombie does not)."""
    import psutil

    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def gone(pid: int, seconds: float = 15.0) -> bool:
    """Wait until a process has ended, and return whether it has."""
    return until(lambda: not alive(pid), seconds)


def until(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def program(answer: Callable[[socket.socket], None], port: int = 0) -> Iterator[int]:
    """Run another program on a port: `answer` gets each connection. Yields the port."""
    listener = _listener(port)
    stop = threading.Event()
    open_links: list[socket.socket] = []

    def serve() -> None:
        while not stop.is_set():
            try:
                link, _ = listener.accept()
            except OSError:
                return
            open_links.append(link)
            threading.Thread(target=_guarded, args=(answer, link), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        listener.close()
        for link in open_links:
            link.close()


def _listener(port: int, seconds: float = 20.0) -> socket.socket:
    """Bind a port, which the last threads of a killed process may hold for a moment longer."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return socket.create_server(("127.0.0.1", port))
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _guarded(answer: Callable[[socket.socket], None], link: socket.socket) -> None:
    with contextlib.suppress(OSError):
        answer(link)


def silent(link: socket.socket) -> None:
    """Take a request and never answer: a server that hangs."""
    while link.recv(65536):
        pass


def greeting(link: socket.socket) -> None:
    """Answer every request as some other web server would."""
    link.recv(65536)
    link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
    link.close()


def hanging_on_check(link: socket.socket) -> None:
    """Say that it is LanguageTool, and then hang on the first check."""
    while True:
        request = link.recv(65536)
        if not request:
            return
        if b"/v2/info" in request:
            body = b'{"software": {"name": "LanguageTool", "version": "6.8"}}'
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            link.sendall(head + body)
