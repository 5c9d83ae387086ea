"""Adding to the ignore list: what an editor judged to be right as it stands."""

from collections.abc import Sequence
from pathlib import Path

from corrigenda.gate.baseline import Entry, update


def add(file: Path, entries: Sequence[Entry]) -> list[Entry]:
    """Add entries to an ignore list, and return those that it did not have, whatever the reason given.

    Raises:
        BaselineError: The list cannot be read.
        OSError: It cannot be written.
    """
    fresh: list[Entry] = []

    def added(known: list[Entry]) -> list[Entry]:
        same = {entry._replace(reason="") for entry in known}
        fresh[:] = [entry for entry in entries if entry._replace(reason="") not in same]
        return [*known, *fresh]

    update(file, added)
    return fresh
