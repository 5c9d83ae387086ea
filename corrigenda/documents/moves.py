"""Where positions of a text are after edits."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from corrigenda.documents.parts import Edit


class Moves:
    """Where positions of a text are after edits of it (ascending, not overlapping)."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._starts = [edit.start for edit in edits]
        self._ends = [edit.end for edit in edits]
        self._edits = edits
        self._shifts = [0, *accumulate(len(edit.text) - (edit.end - edit.start) for edit in edits)]
        self.starts = [edit.start + shift for edit, shift in zip(edits, self._shifts, strict=False)]
        """Where the new text of each edit begins."""

    def character(self, position: int) -> int:
        """Return where a character that no edit touches stands."""
        return position + self._shifts[bisect_right(self._ends, position)]

    def start(self, position: int) -> int:
        """Return where a stretch begins that began at a position: what was put in there belongs to it."""
        index = bisect_left(self._ends, position)  # edits that end before it
        if index < len(self._edits) and self._starts[index] < position < self._ends[index]:
            return self._starts[index] + self._shifts[index]
        while index < len(self._edits) and self._starts[index] < self._ends[index] == position:
            index += 1
        return position + self._shifts[index]

    def end(self, position: int) -> int:
        """Return where a stretch ends that ended at a position: what was put in there belongs to it."""
        index = bisect_right(self._ends, position)  # edits that end before it or there
        if index < len(self._edits) and self._starts[index] < position:
            edit = self._edits[index]
            return edit.start + self._shifts[index] + len(edit.text)
        return position + self._shifts[index]
