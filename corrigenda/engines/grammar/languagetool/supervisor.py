"""Supervises a server's JVM.

A small process between a run and its JVM, so that no JVM outlives what it was started for. Run as a script with the
standard library alone. Its first line of standard input says in JSON what to start:

    {"command": [...], "mode": "owned" | "shared", "token": "..."}

An owned server lives as long as standard input stays open: when the run ends, crashes or is killed, the operating
system closes the pipe, and the supervisor ends the JVM. That holds on every system. A shared server does so until its
starter, who has written down where it is, says "keep"; from then on it lives until someone sends the token to the
supervisor's own port on the loopback interface. When the supervisor itself is killed, Linux kills the JVM (its parent's
death signal); elsewhere it stays, and `corrigenda languagetool status` does not find it.

Events go to standard output, one JSON object a line: "started" {pid, control}, "exited" {code, tail}.
"""

import contextlib
import ctypes
import json
import secrets
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from typing import BinaryIO

READY = "Server started"
"""What LanguageTool prints once its port is bound and its languages are loaded."""

KEEP = b"keep\n"
"""What the starter of a shared server says once its state is written."""

_TAIL = 60
_PR_SET_PDEATHSIG = 1
"""From Linux's <sys/prctl.h>."""


class Supervisor:
    """One JVM, and what may end it."""

    def __init__(self, command: list[str], control: socket.socket | None, token: str) -> None:
        self.control = control
        self.token = token
        self.ended = threading.Event()
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=_die_with_us if sys.platform == "linux" else None,
        )

    def listen(self) -> None:
        """Read what the JVM prints until it ends; only its last lines are kept, and only to say why it did not
        start.
        """
        tail: deque[str] = deque(maxlen=_TAIL)
        started = False
        stream = self.process.stdout
        assert stream is not None
        for line in stream:
            text = line.decode("utf-8", "replace").rstrip()
            if not started:
                tail.append(text)
            if READY in text and not started:
                started = True
                tail.clear()
                port = self.control.getsockname()[1] if self.control else 0
                say({"event": "started", "pid": self.process.pid, "control": port})
        say({"event": "exited", "code": self.process.wait(), "tail": list(tail)})
        self.ended.set()

    def kill(self) -> None:
        """End the JVM at once: it has nothing to save."""
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()
        self.ended.set()

    def serve(self) -> None:
        """Answer at the control port: `status TOKEN` with the JVM's process, `stop TOKEN` by ending it."""
        assert self.control is not None
        while not self.ended.is_set():
            try:
                connection, _ = self.control.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.settimeout(5)
                word, _, token = connection.recv(200).decode("utf-8", "replace").strip().partition(" ")
                if not secrets.compare_digest(token.encode("utf-8"), self.token.encode("utf-8")):
                    connection.sendall(b'{"error": "wrong token"}\n')
                elif word == "stop":
                    self.kill()
                    connection.sendall(b'{"stopped": true}\n')
                else:
                    connection.sendall(json.dumps({"pid": self.process.pid}).encode("utf-8") + b"\n")


def say(event: dict[str, str | int | list[str]]) -> None:
    """Write one event; nobody may be listening any more."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(json.dumps(event) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Start what the first line of standard input says, and supervise it."""
    for name in ("SIGINT", "SIGHUP", "SIGPIPE"):
        if hasattr(signal, name):
            # Ctrl-C reaches the whole terminal; the run decides what it means.
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    lifeline = sys.stdin.buffer
    order = json.loads(lifeline.readline().decode("utf-8"))
    shared = order["mode"] == "shared"
    control: socket.socket | None = None
    if shared:
        control = socket.create_server(("127.0.0.1", 0))
    try:
        supervisor = Supervisor(order["command"], control, order["token"])
    except OSError as error:
        say({"event": "exited", "code": -1, "tail": [str(error)]})
        return
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, lambda *_: supervisor.kill())
    threading.Thread(target=supervisor.listen, daemon=True).start()
    if shared:
        threading.Thread(target=supervisor.serve, daemon=True).start()
    threading.Thread(target=_until_closed, args=(supervisor, lifeline, shared), daemon=True).start()
    supervisor.ended.wait()
    supervisor.kill()


def _until_closed(supervisor: Supervisor, lifeline: BinaryIO, shared: bool) -> None:
    """End the JVM when the other end of standard input is closed, by intent or by the run's death; of a shared one that
    counts until its starter says that it is to be kept.
    """
    with contextlib.suppress(OSError):
        for line in lifeline:
            if shared and line == KEEP:
                return
    supervisor.kill()


def _die_with_us() -> None:
    """Have Linux end the JVM when this process ends in whatever way. Runs in the child, before it becomes the JVM."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()
