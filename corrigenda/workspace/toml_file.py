"""TOML that somebody else may have written: read within limits, so that no file takes long or brings Python down."""

import re
from pathlib import Path
from typing import Any

from corrigenda.storage import confined

LARGEST = confined.MIB
"""Bytes of a configuration file; Python's parser reads some four million of them a second."""
DEEPEST = 32
"""Parts of a dotted key: the parser's time grows with their square."""


class TomlError(ValueError):
    """A file that cannot be used: the line (from 1, 0 unknown) and one clause that says why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


def read(path: Path) -> str:
    """Return the text of a TOML file. Raises TomlError for one that cannot be read, or is too large."""
    try:
        return confined.read_text(path, limit=LARGEST)
    except confined.Refused as error:
        raise TomlError(0, str(error)) from error
    except OSError as error:
        raise TomlError(0, f"the file cannot be read ({error.strerror or error})") from error


def parsed(text: str) -> dict[str, Any]:
    """Return what a TOML text says. Raises TomlError."""
    import tomllib

    _refuse_deep_keys(text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        # Python tells no line for what it only sees at the end of the file.
        line = int(found[1]) if found else len(text.splitlines())
        raise TomlError(line, f"this is not valid TOML: {error}") from error
    except RecursionError:
        raise TomlError(0, "lists or tables are nested too deeply to be read") from None
    except ValueError as error:  # a number of thousands of digits, a day that no month has
        raise TomlError(0, f"a value cannot be read ({error})") from error


def _refuse_deep_keys(text: str) -> None:
    # Most files have no line with so many dots, and the expression is not compiled for them.
    if not any(line.count(".") >= DEEPEST for line in text.split("\n")):
        return
    # Possessive, and begun nowhere inside a part, so that it looks at each character once.
    part = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
    found = re.search(rf"(?<![\w\"'.-]){part}(?:[ \t]*+\.[ \t]*+{part}){{{DEEPEST}}}", text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        raise TomlError(line, f"a key has more than {DEEPEST} parts")
