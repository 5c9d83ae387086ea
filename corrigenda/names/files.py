"""The lists in `corpora/` that names rest on: how their files are read, and what an error in one says.

Nothing is kept here; whoever asks keeps what was read, as an immutable value.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from corrigenda import resources
from corrigenda.names.errors import NameListError

T = TypeVar("T")


def text_of(name: str) -> str:
    """Return the text of a file in `corpora/`, unpacked if its name ends in .gz.

    Raises NameListError when the file is missing, truncated or not UTF-8: the installation is broken, and nothing is
    guessed in its place.
    """
    try:
        data = resources.path("corpora", name).read_bytes()
        if name.endswith(".gz"):
            # deferred: most runs need no packed list
            import gzip
            import zlib

            try:
                data = gzip.decompress(data)
            except (EOFError, zlib.error) as error:
                raise OSError(f"the file is damaged: {error}") from error
        if not data:
            raise OSError("the file is empty")
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NameListError(f"{name}: the list cannot be read ({error}); reinstall corrigenda") from error


def lines_of(name: str) -> list[tuple[int, str]]:
    """Return the lines of a list with their numbers (from 1), without comments and empty lines."""
    lines = enumerate(text_of(name).splitlines(), 1)
    return [(number, line) for number, line in lines if line.strip() and not line.startswith("#")]


def rows_of(name: str) -> list[list[str]]:
    """Return the cells of a tab-separated list."""
    return [line.split("\t") for _, line in lines_of(name)]


def records_of(name: str, read: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
    """Return what `read` makes of each line of a JSON Lines list. Raises NameListError with the line's number."""
    return tuple(record(name, number, line, read) for number, line in lines_of(name))


def record(name: str, number: int, line: str, read: Callable[[Mapping[str, Any]], T]) -> T:
    """Return what `read` makes of one line. `read` raises KeyError, TypeError or ValueError for what it cannot use."""
    try:
        return read(json.loads(line))
    except KeyError as error:
        raise NameListError(f"{name}, line {number}: {error} is missing") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise NameListError(f"{name}, line {number}: not a row of this list ({error})") from error
