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
        return re2.compile(expression, options)
    except re2.error as error:
        reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
        raise ValueError(reason) from error


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
