"""UTF-16 code units and code points: LanguageTool, JavaScript and editors count the former, everything here the latter.

A character outside the Basic Multilingual Plane (an emoji, a mathematical letter) is two units. A combining mark is a
unit and a code point of its own, so it needs no care.
"""

import re
from bisect import bisect_right

_WIDE = re.compile("[\U00010000-\U0010ffff]")


class Units:
    """Positions in one text, both ways round.

    Only the wide characters are kept, so a text without any costs nothing.
    """

    __slots__ = ("_length", "_wide")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        # Unit positions of the second halves of surrogate pairs.
        self._wide: list[int] = []
        if not text.isascii():
            for number, wide in enumerate(_WIDE.finditer(text)):
                self._wide.append(wide.start() + number + 1)

    def __len__(self) -> int:
        """Return the text's length in UTF-16 units."""
        return self._length + len(self._wide)

    def point(self, unit: int) -> int:
        """Return the code point that a unit belongs to; a position inside a pair is that of its character."""
        return unit - bisect_right(self._wide, unit)

    def end(self, unit: int) -> int:
        """Return the code-point position of an end; one that falls inside a pair takes the whole character."""
        point = self.point(unit)
        return point + 1 if unit in self._wide else point

    def unit(self, point: int) -> int:
        """Return the unit at which a code point begins."""
        # The n-th wide character stands at code point _wide[n] - n - 1.
        low, high = 0, len(self._wide)
        while low < high:
            middle = (low + high) // 2
            if self._wide[middle] - middle - 1 < point:
                low = middle + 1
            else:
                high = middle
        return point + low
