"""The progress of a long run, as one line on a terminal: documents, what is at work, and the time left."""

import sys
import threading
import time
from types import TracebackType

PATIENCE = 2.0
"""Seconds of which nobody wants to see a progress."""
_TICK = 0.25


class Progress:
    """Shows a line on standard error while it is entered, and takes it away at the end; nothing where that is no
    terminal, or the user wants it quiet.

    It is told how far the work is, by being called as `pipeline.run` says.
    """

    def __init__(self, total: int, *, quiet: bool = False) -> None:
        self._shown = not quiet and total > 0 and sys.stderr.isatty()
        self._total = total
        self._done = 0
        self._doing = ""
        self._began = time.monotonic()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def __call__(self, done: int, total: int, doing: str) -> None:
        """Take note that `done` of `total` documents are finished, and what is at work."""
        self._done, self._total, self._doing = done, total, doing

    def __enter__(self) -> "Progress":
        if self._shown:
            self._thread = threading.Thread(target=self._show, name="progress", daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _show(self) -> None:
        written = False
        while not self._ended.wait(_TICK):
            elapsed = time.monotonic() - self._began
            if elapsed >= PATIENCE:
                sys.stderr.write(f"\r\x1b[2K{line(self._done, self._total, self._doing, elapsed)}")
                sys.stderr.flush()
                written = True
        if written:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


def line(done: int, total: int, doing: str, elapsed: float) -> str:
    """Return the line: "12 of 340 documents, grammar, 0:31, about 14:10 left".

    Args:
        done: Documents that are finished.
        total: All documents.
        doing: What is at work, in a word or two; "" where nothing is to be said.
        elapsed: Seconds since the run began.
    """
    parts = [f"{done:,} of {total:,} {'document' if total == 1 else 'documents'}"]
    if doing:
        parts.append(doing)
    parts.append(clock(elapsed))
    if 0 < done < total:
        parts.append(f"about {clock(elapsed / done * (total - done))} left")
    return ", ".join(parts)


def clock(seconds: float) -> str:
    """Return a time as "0:07", "12:30" or "1:02:30"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
