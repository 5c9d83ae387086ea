"""Starts LanguageTool's server in a JVM of its own, through a supervisor that ends it (see `supervisor`)."""

import contextlib
import json
import os
import queue
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from corrigenda.engines.grammar.errors import UnavailableError
from corrigenda.engines.grammar.languagetool import java, supervisor
from corrigenda.engines.grammar.languagetool.installation import HOW_TO_INSTALL, Installation, installed

CONFIGURATION = "pipelineCaching=true\nmaxPipelinePoolSize=20\npipelineExpireTimeInSeconds=3600\n"
"""The server's settings: keep its pipelines between requests, since building one takes longer than checking."""

_END_SECONDS = 10.0
_KILL_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A server to start: which LanguageTool, on which port of the loopback interface, with how large a heap (MiB), and
    the file with its settings.
    """

    installation: Installation
    port: int
    heap_mb: int
    configuration: Path

    @property
    def command(self) -> list[str]:
        """The command that runs it. Raises UnavailableError without Java."""
        return [
            java.executable(),
            f"-Xmx{self.heap_mb}m",
            "-Xss2m",
            "-XX:+UseParallelGC",
            "-Dfile.encoding=UTF-8",
            "-Djava.awt.headless=true",
            "-cp",
            self.installation.class_path,
            "org.languagetool.server.HTTPServer",
            "--config",
            str(self.configuration),
            "--port",
            str(self.port),
        ]


@dataclass(frozen=True, slots=True)
class Started:
    """A server that answers: its supervisor, the JVM's process id, and the port at which the supervisor of a shared one
    takes orders (0 for one that ends with its run).
    """

    supervisor: "subprocess.Popen[bytes]"
    pid: int
    control: int


class PortTakenError(Exception):
    """Another program took the port while the server was starting."""


def start(plan: Plan, mode: Literal["owned", "shared"], *, seconds: float, token: str = "") -> Started:
    """Start a server and return it once it answers.

    Args:
        plan: What to start.
        mode: "owned" for one that ends with this process, "shared" for one that stays until it is told to stop.
        seconds: How long it may take.
        token: What the supervisor of a shared server obeys.

    Raises:
        UnavailableError: It does not start. The message says why.
        PortTakenError: The port was taken meanwhile.
    """
    process = _supervised(plan.command, mode, token)
    try:
        event = _first_event(process, seconds)
    except BaseException:
        if mode == "owned":
            end(process)
        else:
            process.terminate()
        raise
    if event.get("event") == "started":
        return Started(process, int(event["pid"]), int(event["control"]))
    end(process)
    reason = _failure(event, plan.heap_mb)
    if reason is None:
        raise PortTakenError
    raise UnavailableError(reason)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Close the supervisor's lifeline, and wait until it has ended its JVM and itself."""
    with contextlib.suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()
    try:
        process.wait(timeout=_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_KILL_SECONDS)


def keep(process: "subprocess.Popen[bytes]") -> None:
    """Tell the supervisor of a shared server that it may outlive this process. Raises OSError where it is gone."""
    assert process.stdin is not None
    process.stdin.write(supervisor.KEEP)
    process.stdin.flush()


def discard_output(process: "subprocess.Popen[bytes]") -> None:
    """Read what the supervisor says from now on, in a thread of its own, so that it never waits for a reader."""
    threading.Thread(target=_drain, args=(process.stdout,), daemon=True).start()


def present(home: Path) -> Installation:
    """Return the installation in a home folder. Raises UnavailableError where there is none."""
    found = installed(home)
    if found is None:
        raise UnavailableError(f"LanguageTool is not installed; {HOW_TO_INSTALL}", absent=True)
    return found


def free_port() -> int:
    """Return a port of the loopback interface that nobody has at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def is_taken(port: int) -> bool:
    """Return whether a port of the loopback interface is in use."""
    try:
        with socket.create_server(("127.0.0.1", port)):
            return False
    except OSError:
        return True


def port_taken(port: int) -> UnavailableError:
    """Return the error for a port that another program has."""
    return UnavailableError(f"port {port} is taken by another program; name a free port, or leave it out")


def temporary_configuration() -> Path:
    """Write the server's settings to a temporary file, which the caller removes, and return it."""
    handle, name = tempfile.mkstemp(prefix="corrigenda-", suffix=".properties")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(CONFIGURATION)
    return Path(name)


def _supervised(command: list[str], mode: Literal["owned", "shared"], token: str) -> "subprocess.Popen[bytes]":
    """Start the supervisor, and the JVM through it, out of the reach of this terminal's Ctrl-C."""
    flags: dict[str, Any] = {}
    if sys.platform == "win32":
        flags["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    else:
        flags["start_new_session"] = True
    process = subprocess.Popen(
        [sys.executable, "-E", "-s", supervisor.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=tempfile.gettempdir(),
        **flags,
    )
    order = json.dumps({"command": command, "mode": mode, "token": token}) + "\n"
    with contextlib.suppress(OSError):
        assert process.stdin is not None
        process.stdin.write(order.encode("utf-8"))
        process.stdin.flush()
    return process


def _first_event(process: "subprocess.Popen[bytes]", seconds: float) -> Mapping[str, Any]:
    """Return what the supervisor says first. Raises UnavailableError when it says nothing in time."""
    lines: queue.Queue[bytes] = queue.Queue()
    stream = process.stdout
    assert stream is not None
    threading.Thread(target=lambda: lines.put(stream.readline()), daemon=True).start()
    try:
        line = lines.get(timeout=max(seconds, 0.1))
    except queue.Empty:
        raise UnavailableError("LanguageTool did not start in time; the machine may be too busy") from None
    if not line:
        raise UnavailableError("LanguageTool's supervisor ended at once; reinstall corrigenda")
    event: Mapping[str, Any] = json.loads(line.decode("utf-8"))
    return event


def _failure(event: Mapping[str, Any], heap_mb: int) -> str | None:
    """Return the reason for which a JVM ended before it was ready; None when its port was taken."""
    tail = [str(line) for line in event.get("tail", ())]
    output = "\n".join(tail)

    def says(*signs: str) -> bool:
        return any(sign in output for sign in signs)

    if says("BindException", "Address already in use"):
        return None
    if says("UnsupportedClassVersionError"):
        return java.too_old(None).reason
    if says("Could not find or load main class", "NoClassDefFoundError", "Unable to access jarfile"):
        return f"LanguageTool is installed incompletely; delete its folder, then {HOW_TO_INSTALL}"
    # A machine that has no memory left cannot even print the name of what it throws.
    unnamed = any(line.rstrip().endswith('Exception in thread "main"') for line in tail)
    if unnamed or says("OutOfMemoryError", "Could not reserve enough space"):
        return f"LanguageTool has too little memory with {heap_mb} MiB; give it more"
    said = next((line for line in tail if "Exception" in line or "rror" in line), tail[-1] if tail else "")
    return (
        f"LanguageTool ended before it was ready (exit {event.get('code')}): {said.strip()[:160] or 'it said nothing'}"
    )


def _drain(stream: IO[bytes] | None) -> None:
    with contextlib.suppress(OSError, ValueError):
        while stream is not None and stream.read(4096):
            pass
