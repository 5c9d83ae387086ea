"""Who may use the child now: all who want the same of it together, or one alone; first come, first served."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A queue before one room. Those who come for the same thing may be inside together."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[object] = deque()
        self._inside = 0
        self._thing: str | None = None
        self._emptying = False

    @property
    def inside(self) -> int:
        """How many are inside."""
        return self._inside

    @contextmanager
    def together(self, thing: str) -> Iterator[None]:
        """Be inside with others who come for the same thing."""
        with self._turn(thing):
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one inside."""
        with self._turn(None):
            yield

    def empty(self) -> None:
        """Let nobody in before everybody has left."""
        with self._changed:
            self._emptying = self._inside > 0

    @contextmanager
    def _turn(self, thing: str | None) -> Iterator[None]:
        ticket = object()
        with self._changed:
            self._waiting.append(ticket)
            try:
                self._changed.wait_for(lambda: self._waiting[0] is ticket and self._fits(thing))
                self._inside += 1
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()
            self._thing = thing
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._emptying = self._emptying and self._inside > 0
                self._changed.notify_all()

    def _fits(self, thing: str | None) -> bool:
        """Return whether who comes for a thing may join those inside."""
        return not self._inside or (thing is not None and thing == self._thing and not self._emptying)
