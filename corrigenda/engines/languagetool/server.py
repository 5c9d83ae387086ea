"""The LanguageTool server: one that a run owns, one that several runs share, or one that the user names.

An owned server has its own JVM with a bounded heap, listens on the loopback interface alone, and ends with its run
however the run ends (see `keeper`). A shared server is started and stopped by hand; runs on the machine find it by a
state file.
"""

import contextlib
import http.client
import json
import os
import queue
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Literal
from urllib.parse import urlsplit

from corrigenda.engines.languagetool import install, java
from corrigenda.engines.languagetool import supervisor as keeper
from corrigenda.engines.languagetool.errors import UnavailableError
from corrigenda.languages import language

HEAP_MB = 1024
"""Largest heap of our JVM in MiB. With less than some 700 LanguageTool spends its time collecting garbage."""

START_SECONDS = 90.0
"""How long a server may take until it answers: 2 to 5 seconds on an idle machine, far longer on a busy one."""

_PROBE_SECONDS = 5.0
_ATTEMPTS = 3
_INSTALL = "'corrigenda languagetool install' gets it"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server answers, `http://host:port` with an optional path before `/v2`, and which LanguageTool it is."""

    url: str
    version: str = ""


class Server(contextlib.AbstractContextManager["Server"]):
    """A server in use. `kind` is "owned", "shared" or "named"; `pid` is the JVM's process where it is ours, otherwise
    0.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        kind: Literal["owned", "shared", "named"],
        *,
        pid: int = 0,
        process: "subprocess.Popen[bytes] | None" = None,
        config: Path | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.kind = kind
        self.pid = pid
        self._process = process
        self._config = config

    def alive(self) -> bool:
        """Return whether the server can still answer; of one that is not ours nothing is known, and it counts as
        alive.
        """
        return self._process is None or self._process.poll() is None

    def close(self) -> None:
        """End an owned server and wait until its JVM is gone; leave any other as it is."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)
        if self._config is not None:
            self._config.unlink(missing_ok=True)

    def __exit__(self, *_: object) -> None:
        self.close()


def acquire(
    *,
    url: str = "",
    port: int | None = None,
    heap_mb: int = HEAP_MB,
    home: Path | None = None,
    seconds: float = START_SECONDS,
) -> Server:
    """Return a server to use: the one at `url`, otherwise the shared one where it runs, otherwise one of our own.

    Args:
        url: The server that the user names.
        port: Port of our own server; None for a free one.
        heap_mb: Largest heap of our own server in MiB.
        home: Folder of the installations and of the shared server's state; None for the user's.
        seconds: How long our own server may take to start.

    Raises:
        UnavailableError: None of them can be had. The message says in one line why, and what to do.
    """
    if url:
        return named(url)
    home = install.home() if home is None else home
    state = _running(home)
    if state is not None:
        return Server(Endpoint(state.url, state.version), "shared", pid=state.pid)
    return own(port=port, heap_mb=heap_mb, home=home, seconds=seconds)


def named(url: str, seconds: float = _PROBE_SECONDS) -> Server:
    """Return the server that the user names, once it has said that it is LanguageTool.

    Raises UnavailableError when it does not answer within `seconds`, or is something else.
    """
    base = url.strip().rstrip("/")
    base = base.removesuffix("/v2/check").removesuffix("/v2")
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UnavailableError(f"{url!r} is not the address of a server; write it as http://host:port")
    try:
        version = probe(base, seconds)
    except TimeoutError as error:
        raise UnavailableError(
            f"the LanguageTool server at {base} did not answer within {seconds:g} seconds"
        ) from error
    except ConnectionError as error:
        raise UnavailableError(f"there is no server at {base}; start it, or leave the address out") from error
    except OSError as error:
        raise UnavailableError(
            f"the LanguageTool server at {base} cannot be reached ({error.strerror or error})"
        ) from error
    except ValueError as error:
        raise UnavailableError(f"what answers at {base} is not LanguageTool; check the address") from error
    return Server(Endpoint(base, version), "named")


def own(
    *, port: int | None = None, heap_mb: int = HEAP_MB, home: Path | None = None, seconds: float = START_SECONDS
) -> Server:
    """Start a server that ends with this process, and return it once it answers.

    Raises UnavailableError without Java, with an old one, without LanguageTool, or when it does not start.
    """
    home = install.home() if home is None else home
    present = _present(home)
    deadline = time.monotonic() + seconds
    for attempt in range(_ATTEMPTS):
        chosen = _free_port() if port is None else port
        if port is not None and _taken(port):
            raise UnavailableError(f"port {port} is taken by another program; name a free port, or leave it out")
        config = _configuration()
        process = _start(_command(present, chosen, heap_mb, config), "owned", "")
        try:
            event = _first_event(process, deadline - time.monotonic())
        except BaseException:
            _end(process)
            config.unlink(missing_ok=True)
            raise
        if event.get("event") == "started":
            endpoint = Endpoint(f"http://127.0.0.1:{chosen}", present.version)
            server = Server(endpoint, "owned", pid=int(event["pid"]), process=process, config=config)
            threading.Thread(target=_drain, args=(process.stdout,), daemon=True).start()
            return server
        _end(process)
        config.unlink(missing_ok=True)
        reason = _why(event, heap_mb)
        if reason is not None:
            raise UnavailableError(reason)
        if port is not None or attempt == _ATTEMPTS - 1:
            raise UnavailableError(f"port {chosen} is taken by another program; name a free port, or leave it out")
    raise AssertionError("unreachable")


def _present(home: Path) -> install.Installation:
    present = install.installed(home)
    if present is None:
        raise UnavailableError(f"LanguageTool is not installed; {_INSTALL}", absent=True)
    return present


def _command(present: install.Installation, port: int, heap_mb: int, config: Path) -> list[str]:
    return [
        java.executable(),
        f"-Xmx{heap_mb}m",
        "-Xss2m",
        "-XX:+UseParallelGC",
        "-Dfile.encoding=UTF-8",
        "-Djava.awt.headless=true",
        "-cp",
        present.class_path,
        "org.languagetool.server.HTTPServer",
        "--config",
        str(config),
        "--port",
        str(port),
    ]


def _configuration() -> Path:
    """Write the server's settings: keep its pipelines between requests, since building one takes longer than
    checking.
    """
    handle, name = tempfile.mkstemp(prefix="corrigenda-", suffix=".properties")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write("pipelineCaching=true\nmaxPipelinePoolSize=20\npipelineExpireTimeInSeconds=3600\n")
    return Path(name)


def _start(command: list[str], mode: Literal["owned", "shared"], token: str) -> "subprocess.Popen[bytes]":
    """Start the keeper, and the JVM through it, out of the reach of this terminal's Ctrl-C."""
    flags: dict[str, Any] = {}
    if sys.platform == "win32":
        flags["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    else:
        flags["start_new_session"] = True
    process = subprocess.Popen(
        [sys.executable, "-E", "-s", keeper.__file__],
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
    """Return what the keeper says first. Raises UnavailableError when it says nothing in time."""
    lines: queue.Queue[bytes] = queue.Queue()
    stream = process.stdout
    assert stream is not None
    threading.Thread(target=lambda: lines.put(stream.readline()), daemon=True).start()
    try:
        line = lines.get(timeout=max(seconds, 0.1))
    except queue.Empty:
        raise UnavailableError("LanguageTool did not start in time; the machine may be too busy") from None
    if not line:
        raise UnavailableError("LanguageTool's keeper ended at once; reinstall corrigenda")
    event: Mapping[str, Any] = json.loads(line.decode("utf-8"))
    return event


def _why(event: Mapping[str, Any], heap_mb: int) -> str | None:
    """Return the reason for which a JVM ended before it was ready; None when its port was taken."""
    tail = [str(line) for line in event.get("tail", ())]
    output = "\n".join(tail)
    if "BindException" in output or "Address already in use" in output:
        return None
    if "UnsupportedClassVersionError" in output:
        return java.too_old(None).reason
    if (
        "Could not find or load main class" in output
        or "NoClassDefFoundError" in output
        or "Unable to access jarfile" in output
    ):
        return f"LanguageTool is installed incompletely; delete its folder, then {_INSTALL}"
    if "OutOfMemoryError" in output or "Could not reserve enough space" in output:
        return f"LanguageTool has too little memory with {heap_mb} MiB; give it more"
    said = next((line for line in tail if "Exception" in line or "rror" in line), tail[-1] if tail else "")
    return (
        f"LanguageTool ended before it was ready (exit {event.get('code')}): {said.strip()[:160] or 'it said nothing'}"
    )


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Close the keeper's lifeline, and wait until it has ended its JVM and itself."""
    with contextlib.suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)


def _drain(stream: IO[bytes] | None) -> None:
    with contextlib.suppress(OSError, ValueError):
        while stream is not None and stream.read(4096):
            pass


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe_socket:
        port: int = probe_socket.getsockname()[1]
        return port


def _taken(port: int) -> bool:
    try:
        with socket.create_server(("127.0.0.1", port)):
            return False
    except OSError:
        return True


def connection(url: str, seconds: float) -> http.client.HTTPConnection:
    """Return an unopened connection to a server's host; a call on it takes at most `seconds` between two bytes."""
    parts = urlsplit(url)
    make = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return make(parts.hostname or "127.0.0.1", parts.port, timeout=seconds)


def probe(url: str, seconds: float = _PROBE_SECONDS) -> str:
    """Ask a server who it is, and return LanguageTool's version ("" from one too old to say).

    Raises OSError (TimeoutError, ConnectionError …) when it does not answer, ValueError when it is something else.
    """
    for path in ("/v2/info", "/v2/languages"):
        link = connection(url, seconds)
        try:
            link.request("GET", urlsplit(url).path.rstrip("/") + path, headers={"Accept": "application/json"})
            reply = link.getresponse()
            body = reply.read(1 << 20)
            status = reply.status
        except http.client.HTTPException as error:
            raise ValueError("not HTTP") from error
        finally:
            link.close()
        if status != 200:
            continue
        data = json.loads(body.decode("utf-8"))
        if path == "/v2/info" and isinstance(data, dict) and data.get("software", {}).get("name") == "LanguageTool":
            return str(data["software"].get("version", ""))
        if (
            path == "/v2/languages"
            and isinstance(data, list)
            and any(item.get("code") == language().languagetool.code for item in data)
        ):
            return ""
    raise ValueError("not LanguageTool")


@dataclass(frozen=True, slots=True)
class State:
    """The shared server as its state file says it. `control` is the keeper's port, `token` what it obeys."""

    url: str
    version: str
    pid: int
    control: int
    token: str


def start_shared(
    *, port: int | None = None, heap_mb: int = HEAP_MB, home: Path | None = None, seconds: float = START_SECONDS
) -> State:
    """Start the server that runs on this machine share, and return it; the one that runs already is returned as it is.

    Raises UnavailableError for what `own` raises it for, or while another program is starting it.
    """
    home = install.home() if home is None else home
    present = _present(home)
    with _lock(home):
        state = _running(home)
        if state is not None:
            return state
        if port is not None and _taken(port):
            raise UnavailableError(f"port {port} is taken by another program; name a free port, or leave it out")
        chosen = _free_port() if port is None else port
        config = home / "server.properties"
        temporary = _configuration()
        config.write_bytes(temporary.read_bytes())
        temporary.unlink(missing_ok=True)
        token = secrets.token_hex(16)
        process = _start(_command(present, chosen, heap_mb, config), "shared", token)
        try:
            event = _first_event(process, seconds)
        except BaseException:
            process.terminate()
            raise
        if event.get("event") != "started":
            _end(process)
            reason = _why(event, heap_mb)
            raise UnavailableError(
                reason or f"port {chosen} is taken by another program; name a free port, or leave it out"
            )
        state = State(f"http://127.0.0.1:{chosen}", present.version, int(event["pid"]), int(event["control"]), token)
        _write_state(home, state)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        # The keeper is meant to outlive us; without this Python warns of a child that still runs.
        process.returncode = 0
        return state


def stop_shared(home: Path | None = None) -> bool:
    """Stop the shared server and return whether there was one."""
    home = install.home() if home is None else home
    state = _running(home)
    if state is not None:
        _ask(state, "stop", 15.0)
    (home / "server.json").unlink(missing_ok=True)
    return state is not None


def shared(home: Path | None = None) -> State | None:
    """Return the shared server, None when none runs."""
    return _running(install.home() if home is None else home)


def _running(home: Path) -> State | None:
    """Return the state file's server if it is really that one: its keeper knows the token, and its port answers.

    After a reboot, any other program may have either port.
    """
    try:
        data = json.loads((home / "server.json").read_text(encoding="utf-8"))
        state = State(
            str(data["url"]), str(data["version"]), int(data["pid"]), int(data["control"]), str(data["token"])
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
    answer = _ask(state, "status", 3.0)
    return state if answer.get("pid") == state.pid else None


def _ask(state: State, word: str, seconds: float) -> Mapping[str, Any]:
    try:
        with socket.create_connection(("127.0.0.1", state.control), timeout=seconds) as link:
            link.sendall(f"{word} {state.token}\n".encode())
            answer = json.loads(link.makefile("rb").readline(1000).decode("utf-8"))
    except (OSError, ValueError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _write_state(home: Path, state: State) -> None:
    target = home / "server.json"
    handle, name = tempfile.mkstemp(prefix="server-", dir=home)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
    Path(name).replace(target)


@contextmanager
def _lock(home: Path, stale: float = 300.0) -> Iterator[None]:
    """Keep two programs from starting the shared server at once; what is left of a crashed one counts for `stale`
    seconds.
    """
    path = home / "server.lock"
    try:
        if time.time() - path.stat().st_mtime > stale:
            path.unlink(missing_ok=True)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise UnavailableError(f"{home} cannot be used ({error.strerror or error})") from error
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise UnavailableError(
            f"another program is starting the shared LanguageTool; if not, delete {path.name} in {home}"
        ) from None
    except OSError as error:
        raise UnavailableError(f"{home} cannot be written ({error.strerror or error})") from error
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Status:
    """What `corrigenda languagetool status` says: one line for Java, one for the installation, one for the shared
    server.
    """

    java: str
    installation: str
    server: str
    ready: bool


def status(home: Path | None = None, describe: Callable[[], java.Java] = java.find) -> Status:
    """Return whether LanguageTool can be used here, in sentences."""
    home = install.home() if home is None else home
    try:
        found = describe()
        line, able = f"Java {found.major} at {found.path}", True
    except UnavailableError as error:
        line, able = error.reason, False
    present = install.installed(home)
    place = f"LanguageTool {present.version} in {present.folder}" if present else f"not installed; {_INSTALL}"
    state = _running(home)
    running = f"shared server at {state.url} (process {state.pid})" if state else "no shared server runs"
    return Status(line, place, running, (able and present is not None) or state is not None)
