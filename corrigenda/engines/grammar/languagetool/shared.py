"""The server that several runs on this machine share: started and stopped by hand, found by a state file."""

import json
import os
import secrets
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from corrigenda.engines.grammar.errors import UnavailableError
from corrigenda.engines.grammar.languagetool import installation
from corrigenda.engines.grammar.settings import Launch

_STATE_FILE = "server.json"
_LOCK_FILE = "server.lock"
_CONFIGURATION_FILE = "server.properties"
_STATUS_SECONDS = 3.0
_STOP_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class State:
    """The shared server as its state file says it. `control` is the supervisor's port, `token` what it obeys."""

    url: str
    version: str
    pid: int
    control: int
    token: str


def start(launch: Launch | None = None, *, home: Path | None = None) -> State:
    """Start the server that runs on this machine share, and return it; the one that runs already is returned as it is.

    Args:
        launch: How it is started.
        home: Folder of the installations and of the server's state; None for the user's.

    Raises:
        UnavailableError: Without Java, with an old one, without LanguageTool, when it does not start, or while another
            program is starting it.
    """
    # deferred: a run looks for a shared server without being able to start one
    from corrigenda.engines.grammar.languagetool import jvm

    launch = Launch() if launch is None else launch
    home = installation.home() if home is None else home
    present = jvm.present(home)
    with _lock(home):
        state = running(home)
        if state is not None:
            return state
        if launch.port is not None and jvm.is_taken(launch.port):
            raise jvm.port_taken(launch.port)
        port = jvm.free_port() if launch.port is None else launch.port
        configuration = home / _CONFIGURATION_FILE
        configuration.write_text(jvm.CONFIGURATION, encoding="utf-8", newline="\n")
        token = secrets.token_hex(16)
        plan = jvm.Plan(present, port, launch.heap_mb, configuration)
        try:
            started = jvm.start(plan, "shared", seconds=launch.seconds, token=token)
        except jvm.PortTakenError:
            raise jvm.port_taken(port) from None
        state = State(f"http://127.0.0.1:{port}", present.version, started.pid, started.control, token)
        process = started.supervisor
        try:
            _write_state(home, state)
            jvm.keep(process)
        except OSError as error:
            jvm.end(process)
            raise UnavailableError(f"{home} cannot be written ({error.strerror or error})") from error
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        # The supervisor is meant to outlive us; without this Python warns of a child that still runs.
        process.returncode = 0
        return state


def stop(home: Path | None = None) -> bool:
    """Stop the shared server and return whether there was one."""
    home = installation.home() if home is None else home
    state = running(home)
    if state is not None:
        _ask(state, "stop", _STOP_SECONDS)
    (home / _STATE_FILE).unlink(missing_ok=True)
    return state is not None


def running(home: Path | None = None) -> State | None:
    """Return the shared server, None when none runs.

    The state file is believed when the server is really that one, whose supervisor knows the token: after a reboot, any
    other program may have its ports.
    """
    home = installation.home() if home is None else home
    try:
        data = json.loads((home / _STATE_FILE).read_text(encoding="utf-8"))
        state = State(
            str(data["url"]), str(data["version"]), int(data["pid"]), int(data["control"]), str(data["token"])
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
    answer = _ask(state, "status", _STATUS_SECONDS)
    return state if answer.get("pid") == state.pid else None


def _ask(state: State, order: str, seconds: float) -> Mapping[str, object]:
    """Give the supervisor an order and return its answer, empty where none comes."""
    try:
        with socket.create_connection(("127.0.0.1", state.control), timeout=seconds) as link:
            link.sendall(f"{order} {state.token}\n".encode())
            answer = json.loads(link.makefile("rb").readline(1000).decode("utf-8"))
    except (OSError, ValueError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _write_state(home: Path, state: State) -> None:
    handle, name = tempfile.mkstemp(prefix="server-", dir=home)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
    Path(name).replace(home / _STATE_FILE)


@contextmanager
def _lock(home: Path) -> Iterator[None]:
    """Keep two programs from starting the shared server at once. The system lets the lock go when its holder ends."""
    path = home / _LOCK_FILE
    try:
        handle = os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as error:
        raise UnavailableError(f"{home} cannot be used ({error.strerror or error})") from error
    try:
        try:
            _take(handle)
        except OSError:
            reason = "another program is starting the shared LanguageTool; try again in a moment"
            raise UnavailableError(reason) from None
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    """Take the lock on an open file without waiting. Raises OSError while another program has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
