"""The child process in which LingoTweaker lives.

Run as a script with the standard library alone (`python -I -S child.py`), so that nothing of the user's folder, of
PYTHONPATH or of this package is imported. Its first frame of standard input is a setup, each further one a text:

    {"packages": [...], "data": "...", "variant": "en-GB", "parent": 1, "threads": 2, "memory": 1280, "picky": false,
     "disabled_rules": [], "disabled_categories": []}
    {"id": 7, "text": "..."}

It answers with "began" when it starts on a text, and then with what was found there or why it was not checked:

    {"id": 7, "began": true}
    {"id": 7, "matches": [[start, length, rule, category, kind, message, [replacement, ...]], ...], "tired": false}
    {"id": 7, "refused": "..."}
    {"broken": "..."}

Positions are bytes of UTF-8. "broken" is said of no text: LingoTweaker cannot be used at all. A tired child has grown
so much that a new one should take its place: what LingoTweaker learns of words it never forgets, not even when it
loads another variant. The child ends when its standard input does: when the run closes it, crashes or is killed.
"""

import contextlib
import ctypes
import importlib
import json
import os
import queue
import signal
import struct
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

LONGEST_FRAME = 64 * 1024 * 1024
"""Bytes of the longest frame, either way."""

REPLACEMENTS = 5
"""Up to 30 words are offered for one; nobody reads past the fifth."""

_HEAD = struct.Struct(">I")
_STACK = 16 * 1024 * 1024
"""Bytes of a thread's stack: expressions are matched by recursion, and macOS gives a thread half a megabyte."""
_TIRED_BYTES = 450 * 1024 * 1024
_TIRED_CHARACTERS = 600_000
"""Where the system does not say how much memory is in use, as many characters lead to about as much."""
_PANIC = 3
_PR_SET_PDEATHSIG = 1


def frame(value: object) -> bytes:
    """Return a value as a frame: its length, and itself as JSON."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return _HEAD.pack(len(data)) + data


def frames(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Yield what is in the frames of a stream until it ends. Raises ValueError and TypeError for what is no frame."""
    while True:
        head = stream.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return
        (length,) = _HEAD.unpack(head)
        if length > LONGEST_FRAME:
            raise ValueError("too long for a frame")
        data = stream.read(length)
        if len(data) < length:
            return
        try:
            value = json.loads(data.decode("utf-8"))
        except RecursionError:
            raise ValueError("too deep for a frame") from None
        if not isinstance(value, dict):
            raise TypeError("not a frame")
        yield value


class _Text(NamedTuple):
    """A text to be checked."""

    number: int
    text: str


class _Checker:
    """An engine, the texts that wait for it, and the threads that take them."""

    def __init__(self, setup: Mapping[str, Any], output: IO[bytes]) -> None:
        self._setup = setup
        self._output = output
        self._writing = threading.Lock()
        self._waiting: queue.SimpleQueue[_Text] = queue.SimpleQueue()
        self._disabled = frozenset(setup["disabled_rules"])
        self._engine: Any = None
        self._characters = 0

    def start(self) -> None:
        """Load the engine and check, in threads of their own: the main one has to notice when the run has ended."""
        threading.stack_size(_STACK)
        threading.Thread(target=self._load, daemon=True).start()

    def put(self, number: int, text: str) -> None:
        """Have a text checked."""
        self._waiting.put(_Text(number, text))

    def _load(self) -> None:
        setup = self._setup
        try:
            self._engine = importlib.import_module("lt_py").Engine(
                setup["variant"],
                variant=setup["variant"],
                data_dir=setup["data"],
                picky=setup["picky"],
                disabled_rules=setup["disabled_rules"],
                disabled_categories=setup["disabled_categories"],
            )
        except BaseException as error:  # noqa: BLE001  (a panic is no Exception)
            self._say({"broken": f"{type(error).__name__}: {error}"})
            os._exit(_PANIC)
        _trim()
        for _ in range(setup["threads"]):
            threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            item = self._waiting.get()
            self._say({"id": item.number, "began": True})
            self._say(self._checked(item))

    def _checked(self, item: _Text) -> Mapping[str, object]:
        self._characters += len(item.text)
        try:
            found = json.loads(self._engine.check_json(item.text))["matches"]
            matches = [_plain(match) for match in found if self._wanted(match)]
            return {"id": item.number, "matches": matches, "tired": self._tired()}
        except MemoryError:
            return {"id": item.number, "refused": "memory"}
        except BaseException as error:  # noqa: BLE001  (a panic is no Exception)
            self._say({"id": item.number, "refused": type(error).__name__})
            # A panic may leave the engine's own locks broken: the next text gets a new process.
            os._exit(_PANIC)

    def _tired(self) -> bool:
        size = _size()
        return size > _TIRED_BYTES if size else self._characters > _TIRED_CHARACTERS

    def _wanted(self, match: Mapping[str, Any]) -> bool:
        """Return whether a match was asked for: LingoTweaker does not let all its rules be switched off."""
        ids = {match["rule_id"], _id(match)}
        return self._disabled.isdisjoint(ids) and match["category_id"] not in self._setup["disabled_categories"]

    def _say(self, value: Mapping[str, object]) -> None:
        data = frame(value)
        if len(data) > LONGEST_FRAME:
            data = frame({"id": value.get("id"), "refused": "findings"})
        with self._writing, contextlib.suppress(OSError, ValueError):
            self._output.write(data)
            self._output.flush()


def _plain(match: Mapping[str, Any]) -> list[object]:
    """Return a match as it is sent."""
    place = match["range"]
    return [
        place["start"],
        place["end"] - place["start"],
        _id(match),
        match["category_id"],
        match["issue_type"],
        match["message"],
        [each["value"] for each in match["suggestions"][:REPLACEMENTS]],
    ]


def _id(match: Mapping[str, Any]) -> str:
    """Return the id that LanguageTool's server gives: the one of the entry, where a rule has a list of them."""
    return str(match.get("specific_rule_id") or match["rule_id"])


def _size() -> int:
    """Return how many bytes of memory are in use, 0 where the system does not say it in a file."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 0


def _trim() -> None:
    """Give memory that was needed for loading alone back to the system, where the C library can."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _limit(megabytes: int) -> None:
    """Set the largest memory, where the system has such a limit, and write no memory image after a crash."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, megabytes * 1024 * 1024), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def _die_with(parent: int) -> None:
    """Have Linux end this process together with the run, even while a text holds the interpreter."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)


def main() -> None:
    """Read the setup, and check texts until standard input ends."""
    for name in ("SIGINT", "SIGHUP", "SIGPIPE"):
        if hasattr(signal, name):
            # Ctrl-C reaches the whole terminal; the run decides what it means.
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    # What a library prints must not end up between the frames.
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    orders = frames(sys.stdin.buffer)
    with contextlib.suppress(ValueError, TypeError, LookupError, OSError, StopIteration):
        setup = next(orders)
        _die_with(setup["parent"])
        _limit(setup["memory"])
        sys.path.extend(setup["packages"])
        checker = _Checker(setup, output)
        checker.start()
        for order in orders:
            checker.put(order["id"], order["text"])
    os._exit(0)


if __name__ == "__main__":
    main()
