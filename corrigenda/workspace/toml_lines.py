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
        The line, or 0 when the file does not hold it.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    low, high = 0, len(lines)
    if not _holds(_parsed(lines, high), path):
        return 0
    # `low` lines are a beginning without the key, `high` lines one with it.
    while high - low > 1:
        middle = (low + high) // 2
        data = _parsed(lines, middle)
        while data is None and middle < high - 1:
            middle += 1
            data = _parsed(lines, middle)
        if data is None:  # one statement from before the middle to `high`: look for where it begins
            middle = (low + high) // 2
            while data is None:
                middle -= 1
                data = _parsed(lines, middle)
            if middle == low:
                break
        if _holds(data, path):
            high = middle
        else:
            low = middle
    return low + 1


def _parsed(lines: Sequence[str], count: int) -> Any:
    """Return the data of the first lines, None when they end inside a statement."""
    try:
        return tomllib.loads("\n".join(lines[:count]))
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
