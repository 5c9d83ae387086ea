"""On which line of a TOML file a key stands; asked only when something is wrong with it.

The standard library's parser gives no positions. But the lines up to the end of a statement are valid TOML by
themselves, and no others are, so a key's statement ends where a beginning of the file first holds the key.
"""

import tomllib
from collections.abc import Sequence
from typing import Any


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Return the line (from 1) of the statement or table header that a key, or an element of tables, begins with.

    Args:
        text: A valid TOML file.
        path: The keys and list positions that lead to it, such as `("overrides", 1, "severity")`. What stands inside a
            value (an element of a list, a key of an inline table) has its statement's line.

    Returns:
        The line, or 0 when the file does not hold it, or to look for it would take long: a file of one statement over
        thousands of lines would be parsed as often.
    """
    try:
        return _found(text, path, _Budget())
    except _Spent:
        return 0


class _Spent(Exception):  # noqa: N818 - it is no error
    """So much was parsed that the line is given up."""


class _Budget:
    """How many more characters may be parsed: a second or two of it."""

    def __init__(self) -> None:
        self.left = 5_000_000

    def spend(self, characters: int) -> None:
        self.left -= characters
        if self.left < 0:
            raise _Spent


def _found(text: str, path: Sequence[str | int], budget: _Budget) -> int:
    lines = text.replace("\r\n", "\n").split("\n")
    low, high = 0, len(lines)
    if not _holds(_parsed(lines, high, budget), path):
        return 0
    # `low` lines are a beginning without the key, `high` lines one with it.
    while high - low > 1:
        middle = (low + high) // 2
        data = _parsed(lines, middle, budget)
        while data is None and middle < high - 1:
            middle += 1
            data = _parsed(lines, middle, budget)
        if data is None:  # one statement from before the middle to `high`: look for where it begins
            middle = (low + high) // 2
            while data is None:
                middle -= 1
                data = _parsed(lines, middle, budget)
            if middle == low:
                break
        if _holds(data, path):
            high = middle
        else:
            low = middle
    return low + 1


def _parsed(lines: Sequence[str], count: int, budget: _Budget) -> Any:
    """Return the data of the first lines, None when they end inside a statement."""
    text = "\n".join(lines[:count])
    budget.spend(len(text))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _holds(data: Any, path: Sequence[str | int]) -> bool:
    for step in path:
        if isinstance(data, dict):
            if step not in data:
                return False
        elif not isinstance(data, list) or not isinstance(step, int) or step >= len(data):
            return False
        data = data[step]
    return True
