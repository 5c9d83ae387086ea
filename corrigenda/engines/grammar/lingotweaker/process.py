"""One child process with LingoTweaker: it is started, asked, and ended."""

import contextlib
import itertools
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from typing import IO, Any, NamedTuple

from corrigenda.engines.grammar.lingotweaker import child
from corrigenda.engines.grammar.lingotweaker.package import Package

_KEPT = 20
"""Lines of what the child said on standard error."""
_LONGEST_LINE = 500
_END_SECONDS = 10.0
_PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
"""Variables without which a Python may not start. No other is the child's business, and LT_DATA_DIR least of all."""
_ALLOCATOR = {"MALLOC_ARENA_MAX": "2"}
"""The C library would keep memory for each thread."""


class Setup(NamedTuple):
    """How a child is set up: where LingoTweaker is, which variant of the language it checks, its options, its threads,
    and its largest memory in MiB.
    """

    package: Package
    variant: str
    threads: int
    memory_mb: int
    picky: bool
    disabled_rules: tuple[str, ...]
    disabled_categories: tuple[str, ...]

    def order(self) -> dict[str, object]:
        """Return the first frame for the child."""
        return {
            "packages": self.package.folders,
            "data": self.package.data,
            "variant": self.variant,
            "parent": os.getpid(),
            "threads": self.threads,
            "memory": self.memory_mb,
            "picky": self.picky,
            "disabled_rules": self.disabled_rules,
            "disabled_categories": self.disabled_categories,
        }


class Limits(NamedTuple):
    """Seconds that a text may take, and seconds that may pass until its turn comes, the engine being loaded."""

    text: float
    turn: float


class LostError(Exception):
    """The child ended. `begun` tells whether it was at work on the text in question."""

    def __init__(self, *, begun: bool) -> None:
        super().__init__()
        self.begun = begun


class LateError(Exception):
    """The text took longer than it may. The child was ended."""


class RefusedTextError(Exception):
    """The child could not check the text. The message is the reason in one word."""


class BrokenError(Exception):
    """LingoTweaker cannot be used. The message is the reason."""


class _Question:
    """A text that the child was asked about, and what became of it."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.done = threading.Event()
        self.working = False
        self.answer: Mapping[str, Any] | None = None

    def take(self, answer: Mapping[str, Any]) -> bool:
        """Take what the child says of it, and return whether that was all."""
        if answer.get("began"):
            self.working = True
            self.begun.set()
            return False
        self.answer = answer
        self.close()
        return True

    def close(self) -> None:
        """Let go of who waits for it."""
        self.begun.set()
        self.done.set()


class Child:
    """A child process. Safe to use from several threads; it is started at once."""

    def __init__(self, setup: Setup) -> None:
        self.variant = setup.variant
        self.tired = False
        self._setup = setup
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._questions: dict[int, _Question] = {}
        self._orders: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._said: deque[str] = deque(maxlen=_KEPT)
        self._ended = False
        self._broken = ""
        self._orders.put(child.frame(setup.order()))
        # Linux ends the child with the thread that started it, so that is the thread that listens to it to its end.
        self._life = threading.Thread(target=self._live, daemon=True, name="lingotweaker")
        self._life.start()

    @property
    def pid(self) -> int | None:
        """Its process, None while there is none."""
        return None if self._process is None else self._process.pid

    @property
    def ended(self) -> bool:
        """Whether it answers no more."""
        return self._ended

    @property
    def last_words(self) -> str:
        """Return what it said on standard error before it ended, as one line."""
        return " ".join(self._said)

    def ask(self, text: str, limits: Limits) -> list[Sequence[Any]]:
        """Return what the child found in a text, as `child` describes it.

        Raises LostError, LateError, RefusedTextError and BrokenError.
        """
        question = _Question()
        with self._lock:
            if self._ended:
                raise self._loss(question)
            number = next(self._numbers)
            self._questions[number] = question
        self._orders.put(child.frame({"id": number, "text": text}))
        if not question.begun.wait(limits.turn):
            self.end()
            raise BrokenError(f"it was not ready within {limits.turn:g} seconds")
        if not question.done.wait(limits.text):
            self.end()
            raise LateError
        answer = question.answer
        if answer is None:
            raise self._loss(question)
        matches = answer.get("matches")
        if not isinstance(matches, list):
            raise RefusedTextError(str(answer.get("refused")))
        return matches

    def end(self) -> None:
        """End the process: it has nothing to save. Returns when it is gone."""
        with self._lock:
            self._ended = True
            if self._process is not None:
                self._process.kill()
        self._life.join(_END_SECONDS)

    def _loss(self, question: _Question) -> Exception:
        return BrokenError(self._broken) if self._broken else LostError(begun=question.working)

    def _live(self) -> None:
        """Start the process, listen to it until it ends, and take its remains away."""
        try:
            process = _started(self._setup.package)
        except OSError as error:
            self._broken = f"Python could not be started ({error.strerror or error})"
        else:
            with self._lock:
                self._process = process
                if self._ended:
                    process.kill()
            self._listen(process)
        with self._lock:
            self._ended = True
            left = list(self._questions.values())
            self._questions.clear()
        self._orders.put(None)
        for question in left:
            question.close()

    def _listen(self, process: "subprocess.Popen[bytes]") -> None:
        input_, output, errors = process.stdin, process.stdout, process.stderr
        assert input_ is not None and output is not None and errors is not None
        writer = threading.Thread(target=self._write, args=(input_,), daemon=True, name="lingotweaker-write")
        hearer = threading.Thread(target=self._hear, args=(errors,), daemon=True, name="lingotweaker-hear")
        writer.start()
        hearer.start()
        # What is no frame comes from no child of ours: it is ended as one that crashed.
        with contextlib.suppress(OSError, ValueError, TypeError):
            for answer in child.frames(output):
                self._take(answer)
        with self._lock:
            self._ended = True
            process.kill()
        process.wait()
        self._orders.put(None)
        hearer.join(_END_SECONDS)
        output.close()

    def _take(self, answer: Mapping[str, Any]) -> None:
        if "broken" in answer:
            self._broken = " ".join(str(answer["broken"]).split())[:_LONGEST_LINE]
            return
        number = answer.get("id")
        with self._lock:
            question = self._questions.get(number) if isinstance(number, int) else None
        if question is None or not isinstance(number, int):
            raise ValueError("an answer to nothing")
        self.tired = self.tired or answer.get("tired") is True
        if question.take(answer):
            with self._lock:
                self._questions.pop(number, None)

    def _write(self, stream: IO[bytes]) -> None:
        """Write what is put to the child, in a thread of its own, since one that hangs does not read."""
        with contextlib.suppress(OSError):
            while (order := self._orders.get()) is not None:
                stream.write(order)
                stream.flush()
        with contextlib.suppress(OSError):
            stream.close()

    def _hear(self, stream: IO[bytes]) -> None:
        """Keep the last lines of what the child says on standard error."""
        with contextlib.suppress(OSError, ValueError):
            while line := stream.readline(_LONGEST_LINE):
                self._said.append(line.decode("utf-8", "replace").strip())
        stream.close()


def _started(package: Package) -> "subprocess.Popen[bytes]":
    """Start a child out of the reach of this terminal's Ctrl-C, in the folder of the data, which is nobody's own."""
    flags: dict[str, Any] = {}
    if sys.platform == "win32":
        flags["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    else:
        flags["start_new_session"] = True
    return subprocess.Popen(
        [sys.executable, "-I", "-S", child.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=package.data,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ} | _ALLOCATOR,
        **flags,
    )
