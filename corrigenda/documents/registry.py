"""Files become documents: the registry of readers, one a format.

A reader's module is imported when a file of its format is first read. A new format is one module with a `READER` that
follows `Reader`, and one line in `_MODULES`.
"""

import errno
import stat
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path, PurePath
from typing import Protocol, cast

from corrigenda.documents.document import Document
from corrigenda.documents.edits import Edit
from corrigenda.documents.encodings.decode import MAX_BYTES, too_large
from corrigenda.documents.errors import Unreadable


class Reader(Protocol):
    """What a format has to offer."""

    format: str
    """Name of the format, as `Document.format` says it."""

    suffixes: tuple[str, ...]
    """File name endings in lower case with their dot; an empty one for names without."""

    def read(self, data: bytes, display: str, *, limit: int = MAX_BYTES) -> Document:
        """Return the document of a file's bytes; raise `Unreadable` where there is none."""
        ...

    def replace(self, document: Document, changes: Sequence[Edit]) -> bytes:
        """Return the file's bytes with corrections made; raise `Unwritable` where that cannot be."""
        ...


_MODULES: dict[str, tuple[str, tuple[str, ...]]] = {
    "text": ("corrigenda.documents.formats.text", (".txt", ".text", "")),
    "markdown": ("corrigenda.documents.formats.markdown", (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx")),
}

_BY_SUFFIX = {suffix: name for name, (_, suffixes) in _MODULES.items() for suffix in suffixes}

FORMATS = tuple(sorted(_MODULES))
"""Names of the formats that can be read."""

SUFFIXES = tuple(sorted(suffix for suffix in _BY_SUFFIX if suffix))
"""File name endings that are read, in lower case with their dot."""


def format_of(path: PurePath | str) -> str | None:
    """Return the format that a file's name announces, None for one that is not read."""
    return _BY_SUFFIX.get(PurePath(path).suffix.lower())


def reader(name: str) -> Reader:
    """Return the reader of a format.

    Raises:
        KeyError: There is no such format.
    """
    return cast(Reader, import_module(_MODULES[name][0]).READER)


def read(path: Path, display: str, *, limit: int = MAX_BYTES) -> Document:
    """Return the document of a file.

    Args:
        path: The file.
        display: The path that reports show, with forward slashes.
        limit: Largest size in bytes.

    Raises:
        Unreadable: The file is missing, not allowed to be read, not a regular file, of a format that is not read, too
        large,
            or not text. The message says which, and what to do.
    """
    name = format_of(path)
    if name is None:
        raise Unreadable(
            f"Files ending in {path.suffix} are not read; "
            f"those ending in {', '.join(SUFFIXES)} and those without an ending are."
        )
    return read_bytes(_load(path, limit), display, name, limit=limit)


def read_bytes(
    data: bytes,
    display: str,
    format: str | None = None,  # noqa: A002 - the word that everyone uses
    *,
    limit: int = MAX_BYTES,
) -> Document:
    """Return the document of bytes, such as those of standard input.

    Args:
        data: The bytes.
        display: The name that reports show.
        format: Name of the format; None for plain text.
        limit: Largest size in bytes.

    Raises:
        Unreadable: The bytes are too many or not text, or there is no such format.
    """
    if format is not None and format not in _MODULES:
        raise Unreadable(f"There is no format {format!r}. Formats are {', '.join(FORMATS)}.")
    return reader(format or "text").read(data, display, limit=limit)


def _load(path: Path, limit: int) -> bytes:
    try:
        status = path.stat()
        # A pipe or a device would be waited for, or never end.
        if not stat.S_ISREG(status.st_mode):
            folder = stat.S_ISDIR(status.st_mode)
            raise Unreadable("This is a folder, not a file." if folder else "This is not a regular file.")
        if status.st_size > limit:
            raise too_large(status.st_size, limit)
        with path.open("rb") as file:
            # One byte more than allowed, since the file may have grown.
            return file.read(limit + 1)
    except ValueError:
        raise Unreadable("The path holds a character that no file name can have.") from None
    except OSError as error:
        raise unreadable(error) from None


def unreadable(error: OSError) -> Unreadable:
    """Return the refusal that tells what the system said about a file."""
    if isinstance(error, FileNotFoundError):
        return Unreadable("There is no such file; it may have been moved or deleted meanwhile.")
    if isinstance(error, PermissionError):
        return Unreadable("The file may not be read: permission denied.")
    if isinstance(error, IsADirectoryError):
        return Unreadable("This is a folder, not a file.")
    if error.errno == errno.ELOOP:
        return Unreadable("This is a link that leads in a circle.")
    return Unreadable(f"The file cannot be read: {(error.strerror or type(error).__name__).lower()}.")
