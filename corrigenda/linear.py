"""Regular expressions in linear time (RE2), so that no check can hang on hostile text.

Compiled expressions are kept for the run. The library is imported on the first use, since a run that nominates nothing
needs none.
"""

from functools import lru_cache
from typing import Any


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
