"""The lines of a text, for readers whose blocks are told by lines and by how far they are indented."""

import re

from corrigenda.documents.errors import Unreadable

MAX_LINES = 250_000
"""Most lines that a text in a markup language may have; a long book has some tens of thousands."""

TAB = 8
"""Columns from one tab stop to the next."""

_LINE = re.compile(r"([ \t\f\v\u00a0]*)([^\r\n]*)(\r\n|\n|\r|\Z)")


def bounded(text: str) -> None:
    """Refuse a text of too many lines. Raises Unreadable."""
    if max(text.count("\n"), text.count("\r")) > MAX_LINES:
        raise Unreadable(f"The text has more than {MAX_LINES:,} lines. Split it, or name it .txt.")


class Lines:
    """Where each line of a text begins and ends, and its indentation."""

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        """Find the lines of `[start, end)` of a text.

        Raises:
            Unreadable: There are more than `MAX_LINES`.
        """
        last = len(text) if end is None else end
        bounded(text)
        self.text = text
        self.starts: list[int] = []
        """Where lines begin."""
        self.words: list[int] = []
        """Where their first character stands that is no white space."""
        self.ends: list[int] = []
        """Where their last such character ends; of an empty line, where its words would begin."""
        self.columns: list[int] = []
        """How many columns the words are indented."""
        while start < last:
            found = _LINE.match(text, start, last)
            assert found is not None
            lead = found.end(1)
            self.starts.append(start)
            self.words.append(lead)
            self.ends.append(max(lead, lead + len(found[2].rstrip())))
            self.columns.append(lead - start if "\t" not in found[1] else len(found[1].expandtabs(TAB)))
            start = found.end()
        self.count = len(self.starts)

    def blank(self, number: int) -> bool:
        """Return whether a line has nothing but white space."""
        return self.ends[number] <= self.words[number]

    def said(self, number: int) -> str:
        """Return what a line says, without the white space around it."""
        return self.text[self.words[number] : self.ends[number]]

    def skip_blank(self, number: int, last: int) -> int:
        """Return the first line from `number` on, before `last`, that is not empty; `last` where there is none."""
        while number < last and self.blank(number):
            number += 1
        return number

    def indented(self, number: int, last: int, column: int) -> int:
        """Return where the block ends whose lines from `number` on stand further right than a column.

        Empty lines belong to it, but not at its end.
        """
        end = number
        while number < last:
            if not self.blank(number):
                if self.columns[number] <= column:
                    break
                end = number + 1
            number += 1
        return end
