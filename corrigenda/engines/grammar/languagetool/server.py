"""The LanguageTool server of a run: one that the run owns, one that several runs share, or one that the user names.

An owned server has its own JVM with a bounded heap, listens on the loopback interface alone, and ends with its run
however the run ends (see `supervisor`).
"""

import contextlib
import subprocess
import time
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from corrigenda.engines.grammar.errors import UnavailableError
from corrigenda.engines.grammar.languagetool import installation, jvm, shared
from corrigenda.engines.grammar.languagetool.endpoint import PROBE_SECONDS, Endpoint, probe
from corrigenda.engines.grammar.settings import Launch

_ATTEMPTS = 3
"""How often a free port is looked for: another program may take it before the server has it."""


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
        configuration: Path | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.kind = kind
        self.pid = pid
        self._process = process
        self._configuration = configuration

    def alive(self) -> bool:
        """Return whether the server can still answer; of one that is not ours nothing is known, and it counts as
        alive.
        """
        return self._process is None or self._process.poll() is None

    def close(self) -> None:
        """End an owned server and wait until its JVM is gone; leave any other as it is."""
        process, self._process = self._process, None
        if process is not None:
            jvm.end(process)
        if self._configuration is not None:
            self._configuration.unlink(missing_ok=True)

    def __exit__(self, *_: object) -> None:
        self.close()


def acquire(url: str = "", *, launch: Launch | None = None, home: Path | None = None) -> Server:
    """Return a server to use: the one at `url`, otherwise the shared one where it runs, otherwise one of our own.

    Args:
        url: The server that the user names.
        launch: How our own server is started.
        home: Folder of the installations and of the shared server's state; None for the user's.

    Raises:
        UnavailableError: There is none. The message says in one line why, and what to do.
    """
    if url:
        return named(url)
    home = installation.home() if home is None else home
    state = shared.running(home)
    if state is not None:
        return Server(Endpoint(state.url, state.version), "shared", pid=state.pid)
    return own(launch, home=home)


def named(url: str, seconds: float = PROBE_SECONDS) -> Server:
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


def own(launch: Launch | None = None, *, home: Path | None = None) -> Server:
    """Start a server that ends with this process, and return it once it answers.

    Raises UnavailableError without Java, with an old one, without LanguageTool, or when it does not start.
    """
    launch = Launch() if launch is None else launch
    present = jvm.present(installation.home() if home is None else home)
    deadline = time.monotonic() + launch.seconds
    if launch.port is not None:
        if jvm.is_taken(launch.port):
            raise jvm.port_taken(launch.port)
        ports = [launch.port]
    else:
        ports = [0] * _ATTEMPTS
    port = 0
    for wanted in ports:
        port = wanted or jvm.free_port()
        with contextlib.suppress(jvm.PortTakenError):
            return _started(present, port, launch.heap_mb, deadline)
    raise jvm.port_taken(port)


def _started(present: installation.Installation, port: int, heap_mb: int, deadline: float) -> Server:
    configuration = jvm.temporary_configuration()
    try:
        plan = jvm.Plan(present, port, heap_mb, configuration)
        started = jvm.start(plan, "owned", seconds=deadline - time.monotonic())
    except BaseException:
        configuration.unlink(missing_ok=True)
        raise
    jvm.discard_output(started.supervisor)
    return Server(
        Endpoint(f"http://127.0.0.1:{port}", present.version),
        "owned",
        pid=started.pid,
        process=started.supervisor,
        configuration=configuration,
    )
