"""One paragraph as its reader sees it: pieces of text become a view, their white space as browsers collapse it."""

import re

from corrigenda.documents.parts import Segment, View

_SPACE = " \t\n\f\r"
_ODD = re.compile(r"[ \t\n\f\r]{2,}|[\t\n\f\r]")
"""White space that is not simply one space."""
_CLOSING = ",.;:!?)]}"


class Words:
    """Collects the pieces of one paragraph."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._segments: list[Segment] = []
        self._at = 0
        self._spaced = True
        """Whether white space that comes now is not seen."""
        self._gone = False
        """Whether something was left out that stood here."""

    def __bool__(self) -> bool:
        return self._at > 0

    def add(self, value: str, start: int, end: int) -> None:
        """Add a piece of text, or what a reference stands for."""
        if end - start != len(value):
            if value and value.isspace() and not value.strip(_SPACE):
                self._space(start, end)
            elif value:
                self._put(value, start, end)
            return
        position = 0
        for odd in _ODD.finditer(value):
            self._exact(value[position : odd.start()], start + position)
            self._space(start + odd.start(), start + odd.end())
            position = odd.end()
        self._exact(value[position:] if position else value, start + position)

    def supply(self, sign: str, start: int, end: int) -> None:
        """Add a character that stands for markup: a line break, the quotation mark of `<q>`."""
        if sign == "\n":
            self._unspaced()
            self._put(sign, start, end)
            self._spaced = True
        else:
            self._put(sign, start, end)

    def leave_out(self) -> None:
        """Take note that a reader sees nothing here of something."""
        self._gone = True

    def view(self) -> View:
        """Return what was collected, without white space at its ends."""
        while self._pieces and not self._pieces[-1].strip(_SPACE):
            self._drop()
        self._unspaced()
        return View("".join(self._pieces), tuple(self._segments))

    def _exact(self, value: str, start: int) -> None:
        if not value:
            return
        if value[0] == " " and self._spaced:
            self._space(start, start + 1)
            value = value[1:]
            start += 1
            if not value:
                return
        if self._gone and value[0] in _CLOSING:
            self._unspaced()
        self._gone = False
        length = len(value)
        segments = self._segments
        if segments:
            last = segments[-1]
            if last.view_length == last.length and last.start + last.length == start:
                segments[-1] = Segment(last.view_start, last.view_length + length, last.start, last.length + length)
                self._pieces.append(value)
                self._at += length
                self._spaced = value[-1] == " "
                return
        segments.append(Segment(self._at, length, start, length))
        self._pieces.append(value)
        self._at += length
        self._spaced = value[-1] == " "

    def _put(self, value: str, start: int, end: int) -> None:
        self._gone = False
        self._segments.append(Segment(self._at, len(value), start, end - start))
        self._pieces.append(value)
        self._at += len(value)
        self._spaced = False

    def _space(self, start: int, end: int) -> None:
        if not self._spaced:
            gone = self._gone
            self._put(" ", start, end)
            self._gone = gone
            self._spaced = True
        elif self._pieces and self._pieces[-1] == " " and self._segments[-1].view_length == 1:
            last = self._segments[-1]
            if last.start + last.length == start:  # it goes on
                self._segments[-1] = last._replace(length=end - last.start)

    def _unspaced(self) -> None:
        """Take back the space that was added last."""
        if self._pieces and self._pieces[-1].endswith(" "):
            if len(self._pieces[-1]) == 1:
                self._drop()
                return
            self._pieces[-1] = self._pieces[-1][:-1]
            self._at -= 1
            last = self._segments[-1]
            self._segments[-1] = last._replace(view_length=last.view_length - 1, length=last.length - 1)
        self._spaced = not self._pieces

    def _drop(self) -> None:
        piece = self._pieces.pop()
        self._at -= len(piece)
        last = self._segments[-1]
        if last.view_length == len(piece):
            self._segments.pop()
        else:
            self._segments[-1] = last._replace(
                view_length=last.view_length - len(piece), length=last.length - len(piece)
            )
