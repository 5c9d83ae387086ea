"""Regular expressions that are compiled when they are first used: many texts never need most of them."""

import re
from typing import Any, cast


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
