"""Errors that a run may meet without needing the module that raises them, and the hint that their messages share."""

from collections.abc import Iterable
from pathlib import Path


class CheckError(ValueError):
    """A check file that cannot be used: the file, the line (from 1) and one sentence."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = path, line, message


class UnknownCheckError(CheckError):
    """A name in the configuration or on the command line that is neither a check nor a theme."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(Path(), 0, message)
        self.args = (message,)
        self.name = name

    def __str__(self) -> str:
        """Return the message alone: the name stands in no check's file."""
        return self.message


def closest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a name was probably meant to be, None when none is close."""
    # deferred: needed only for a name that does not exist
    import difflib

    close = difflib.get_close_matches(name, sorted(known), n=1)
    return close[0] if close else None


def did_you_mean(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """Return "did you mean 'x'?" for the known name that is closest, or `otherwise` when none is close."""
    close = closest(name, known)
    return f"did you mean {close!r}?" if close is not None else otherwise
