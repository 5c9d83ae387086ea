"""Who may ask now: everybody at once, or one alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Lets many in together, or one alone; who wants to be alone waits for those inside, and nobody overtakes it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._lonely = 0

    @contextmanager
    def together(self) -> Iterator[None]:
        """Be inside, perhaps with others."""
        with self._changed:
            self._changed.wait_for(lambda: not self._lonely)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one inside."""
        with self._changed:
            self._lonely += 1
            self._changed.wait_for(lambda: not self._inside)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._lonely -= 1
                self._changed.notify_all()
