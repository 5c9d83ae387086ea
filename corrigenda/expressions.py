"""Regular expressions: RE2 for what checks and configurations say, lazily compiled `re` for our own.

RE2 runs in linear time, so that no check can hang on hostile text. Its library is imported on the first use, and our
own expressions are compiled on theirs: many runs never need most of them.
"""

import re
from functools import lru_cache
from typing import Any, cast


@lru_cache(maxsize=20_000)
def compiled(expression: str) -> Any:
    """Return the compiled expression. Raises ValueError with RE2's reason for one that cannot be used."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(_lean(expression), options)
    except re2.error as error:
        reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
        raise ValueError(reason) from error


LETTERS = (
    r"A-Za-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{1FFF}\x{2070}-\x{218F}\x{2C00}-\x{2DFF}\x{2E80}-\x{2FFF}"
    r"\x{3040}-\x{FDFF}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}\x{FF66}-\x{1EFFF}\x{20000}-\x{3FFFF}"
)
"""What stands for `\\pL` in a class: blocks of code points that hold letters, and no marks of punctuation or emoji."""


def _lean(expression: str) -> str:
    """Return an expression with blocks of code points for `\\pL`, of which RE2 makes a much smaller program: a word of
    `\\pL` costs 35 kB and a millisecond, and there are thousands.
    """
    if r"\pL" not in expression:
        return expression
    pieces: list[str] = []
    inside = False
    at = 0
    while at < len(expression):
        letter = expression[at]
        if letter == "\\":
            piece = expression[at : at + 2]
            if expression.startswith(r"\pL", at):
                pieces.append(LETTERS if inside else f"[{LETTERS}]")
                at += 3
                continue
            pieces.append(piece)
            at += 2
            continue
        if letter == "[" and not inside:
            inside = True
            # A bracket directly behind the opening one stands for itself.
            head = re.match(r"\[\^?\]?", expression[at:])
            assert head is not None
            pieces.append(head[0])
            at += len(head[0])
            continue
        if letter == "]":
            inside = False
        pieces.append(letter)
        at += 1
    return "".join(pieces)


def span_of(found: Any, name: str) -> tuple[int, int]:
    """Return the span of a named group of an RE2 match, or of the whole match where there is no such group.

    RE2's Python binding takes numbers alone.
    """
    number = found.re.groupindex.get(name, 0)
    start, end = found.span(number)
    return (start, end) if start >= 0 else (found.start(), found.end())


class _Lazy:
    """Stands for a compiled expression until a method of it is called."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._arguments = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._arguments), name)
        setattr(self, name, value)
        return value


def lazy(pattern: str, flags: int = 0) -> "re.Pattern[str]":
    """Return something that behaves as the compiled expression does, and is compiled on first use."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
