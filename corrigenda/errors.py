"""Errors that a run may meet without needing the module that raises them."""

from pathlib import Path


class CheckError(ValueError):
    """A check file that cannot be used: the file, the line (from 1) and one sentence."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = path, line, message


class UnknownCheckError(CheckError):
    """A name in the configuration or on the command line that is neither a check nor a theme."""

    def __init__(self, message: str) -> None:
        super().__init__(Path(), 0, message)
        self.args = (message,)
