"""Files become documents: the readers, one a format, and how they are found.

**Adding a format is adding one module** to `formats/`. Its name is the format's name; it has an instance named `READER`
that follows `Reader`, and the file name endings on one line of its own near its head:

    SUFFIXES = (".md", ".markdown")

That line is read without importing the module, so that a run imports the readers of the formats it meets and no others.
A format whose files hold data more often than copy (JSON, say) has a second such line, and its files are taken in
folders only where the configuration's `formats` name it; a file that is named is read all the same:

    IN_FOLDERS = False

A format whose files are packages, of which the text is a small part beside pictures, has a third one, and its files may
be `PACKED_FACTOR` times as large as a text:

    PACKED = True

A reader that can be told more than the bytes (which fields of a table hold copy, say) has a method `configured`, which
takes `ReadingOptions` and returns the reader that obeys them; its documents keep the options in `Document.options`, so
that they are edited and written by the same reader.

Other packages add formats by an entry point in the group `corrigenda.readers`: its name is the format's, and it leads
to a reader, whose `suffixes` count. Entry points are asked for only when a file is named whose ending is not among our
own. In folders their files are taken where the configuration's `formats` name the format: a folder is full of endings
that nobody reads, and what is installed must not decide by itself what is checked.
"""

import errno
import re
import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import NamedTuple, Protocol, cast

from corrigenda import plugins
from corrigenda.documents import formats as our_formats
from corrigenda.documents.document import Document
from corrigenda.documents.encodings.decode import MAX_BYTES, too_large
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit
from corrigenda.documents.refused import ENDINGS
from corrigenda.settings import ReadingOptions
from corrigenda.storage import confined


class Reader(Protocol):
    """What a format has to offer."""

    format: str
    """Name of the format, as `Document.format` says it."""

    suffixes: tuple[str, ...]
    """File name endings in lower case with their dot; an empty one for names without."""

    def read(self, data: bytes, display: str, *, limit: int = MAX_BYTES) -> Document:
        """Return the document of a file's bytes; raise `Unreadable` where there is none."""
        ...

    def edited(self, document: Document, edits: Sequence[Edit]) -> Document:
        """Return the document as it is once the edits are made, in memory; raise `Unwritable` where that cannot be."""
        ...

    def write(self, data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
        """Return a file's bytes with edits made; everything else is byte for byte what it was.

        Args:
            data: The bytes that the document was read from.
            document: The document as it was read.
            edits: Edits of that document's text.

        Raises:
            Unwritable: The edits overlap, or the file cannot hold them.
        """
        ...


_NO_OPTIONS = ReadingOptions()
_SUFFIXES = re.compile(r"^SUFFIXES = \((.*)\)$", re.MULTILINE)
_QUOTED = re.compile(r'"([^"]*)"')
_ASKED_FOR = re.compile(r"^IN_FOLDERS = False$", re.MULTILINE)
_PACKED = re.compile(r"^PACKED = True$", re.MULTILINE)

PACKED_FACTOR = 16
"""How many times as large as a text a package may be. The text in it is held to the limit of a text."""


class _Own(NamedTuple):
    """What the head of a format's module says: its endings, whether a folder's files are taken unasked, and whether
    they are packages.
    """

    suffixes: tuple[str, ...]
    in_folders: bool
    packed: bool = False


@cache
def _own() -> Mapping[str, _Own]:
    """Return our own formats, from the heads of the modules in `formats/`."""
    found: dict[str, _Own] = {}
    for folder in our_formats.__path__:
        for module in sorted(Path(folder).glob("*.py")):
            with module.open(encoding="utf-8") as text:
                head = text.read(4096)
            line = _SUFFIXES.search(head)
            if line is not None:
                found[module.stem] = _Own(
                    tuple(_QUOTED.findall(line[1])), _ASKED_FOR.search(head) is None, _PACKED.search(head) is not None
                )
    return MappingProxyType(found)


@cache
def _others() -> Mapping[str, Reader]:
    """Return the readers of other packages, by format."""
    found: dict[str, Reader] = {}
    for name in plugins.plugin_names(plugins.READERS):
        if name in _own():
            continue
        try:
            found[name] = cast(Reader, plugins.plugin(plugins.READERS, name))
        except Exception as error:  # noqa: BLE001 - another package's fault must not end a run over other files
            warnings.warn(f"the reader of {name!r} cannot be imported, so that it is not read: {error}", stacklevel=2)
    return MappingProxyType(found)


@cache
def _by_suffix() -> Mapping[str, str]:
    return MappingProxyType({suffix: name for name, own in _own().items() for suffix in own.suffixes})


@cache
def _others_by_suffix() -> Mapping[str, str]:
    return MappingProxyType({suffix: name for name, reader in _others().items() for suffix in reader.suffixes})


def endings(formats: Sequence[str] = ()) -> Mapping[str, str]:
    """Return the endings of files that are taken in a folder, each with its format: those of our own formats that hold
    copy, and those of the formats of data and of other packages that somebody named.

    Args:
        formats: Names of formats; our own may be among them.

    Raises:
        KeyError: No package adds a format of this name; it is the error's argument.
    """
    found = {suffix: name for suffix, name in _by_suffix().items() if _own()[name].in_folders or name in formats}
    for name in formats:
        if name in _own():
            continue
        known = cast("Reader | None", plugins.plugin(plugins.READERS, name))
        if known is None:
            raise KeyError(name)
        found.update({suffix: name for suffix in known.suffixes if suffix not in found})
    return MappingProxyType(found)


def forget() -> None:
    """Look for formats anew, when packages were installed meanwhile."""
    for known in (_own, _others, _by_suffix, _others_by_suffix):
        known.cache_clear()


def formats() -> tuple[str, ...]:
    """Return the names of all formats that can be read, those of other packages too."""
    return tuple(sorted({*_own(), *_others()}))


def suffixes() -> tuple[str, ...]:
    """Return all file name endings that are read, in lower case with their dot."""
    return tuple(sorted(suffix for suffix in {*_by_suffix(), *_others_by_suffix()} if suffix))


def format_of(path: PurePath | str) -> str | None:
    """Return the format that a file's name announces, None for one that is not read."""
    return format_of_suffix(PurePath(path).suffix)


def format_of_suffix(suffix: str) -> str | None:
    """Return the format that a file name's ending announces, None for one that is not read; case does not count."""
    own = _by_suffix().get(suffix.lower())
    return own if own is not None else _others_by_suffix().get(suffix.lower())


def file_limit(name: str | None, limit: int) -> int:
    """Return the largest size in bytes that a file of a format may have, where a text may have `limit`.

    A reader of another package says by an attribute `packed` that its files are packages.
    """
    own = _own().get(name or "text")
    packed = own.packed if own is not None else bool(getattr(_others().get(name or ""), "packed", False))
    return limit * PACKED_FACTOR if packed else limit


def format_for(path: PurePath) -> str:
    """Return the format that a file's name announces. Raises Unreadable, with what is read, where it announces none."""
    name = format_of(path)
    if name is None:
        known = ENDINGS.get(path.suffix.lower())
        if known is not None:
            raise Unreadable(f"{known[0].upper()}{known[1:]}.")
        raise Unreadable(
            f"Files ending in {path.suffix} are not read; "
            f"those ending in {', '.join(suffixes())} and those without an ending are."
        )
    return name


def reader(name: str, options: ReadingOptions = _NO_OPTIONS) -> Reader:
    """Return the reader of a format, one that obeys the options where the format has a use for them.

    Raises:
        KeyError: There is no such format.
    """
    found = (
        cast(Reader, import_module(f"corrigenda.documents.formats.{name}").READER)
        if name in _own()
        else _others()[name]
    )
    configured = getattr(found, "configured", None)
    return found if configured is None or options == _NO_OPTIONS else cast(Reader, configured(options))


def _reader_of(document: Document) -> Reader:
    """Return the reader by which a document was read."""
    return reader(document.format, document.options)


def read(path: Path, display: str, *, limit: int = MAX_BYTES, options: ReadingOptions = _NO_OPTIONS) -> Document:
    """Return the document of a file.

    Args:
        path: The file.
        display: The path that reports show, with forward slashes.
        limit: Largest size of a text in bytes; see `file_limit` for packages.
        options: What the reader is told.

    Raises:
        Unreadable: The file is missing, not allowed to be read, not a regular file, of a format that is not read, too
            large, or not text. The message says which, and what to do.
    """
    name = format_for(path)
    data = load(path, limit=file_limit(name, limit))
    return read_bytes(data, display, name, limit=limit, options=options)


def read_bytes(
    data: bytes,
    display: str,
    format: str | None = None,  # noqa: A002 - the word that everyone uses
    *,
    limit: int = MAX_BYTES,
    options: ReadingOptions = _NO_OPTIONS,
) -> Document:
    """Return the document of bytes, such as those of standard input.

    Args:
        data: The bytes.
        display: The name that reports show.
        format: Name of the format; None for plain text.
        limit: Largest size of a text in bytes; see `file_limit` for packages.
        options: What the reader is told.

    Raises:
        Unreadable: The bytes are too many or not text, or there is no such format.
    """
    if format is not None and format not in _own() and format not in _others():
        raise Unreadable(f"There is no format {format!r}. Formats are {', '.join(formats())}.")
    most = file_limit(format, limit)
    if len(data) > most:
        raise too_large(len(data), most)
    return reader(format or "text", options).read(data, display, limit=limit)


def edited(document: Document, edits: Sequence[Edit]) -> Document:
    """Return a document as it is once edits are made, without writing and reading a file.

    Raises:
        Unwritable: An edit lies outside the text, or two overlap.
    """
    made = _reader_of(document).edited(document, edits)
    if document.source is None:
        return made
    from corrigenda.documents.beside import kept  # deferred: most documents have no source

    return kept(document, made)


def harmless(document: Document, edits: Sequence[Edit]) -> list[Edit]:
    """Return those of some edits after which programs read the document as before: links, code, tables, attributes.

    A reader of another package need not know: then all edits are returned.
    """
    if not edits:
        return []
    judge = getattr(_reader_of(document), "harmless", None)
    return list(edits) if judge is None else cast(list[Edit], judge(document, edits))


def spelled(document: Document, edit: Edit) -> Edit:
    """Return an edit whose text is copy as the edit that a document's format has for it: `&` is `&amp;` in HTML.

    What puts corrections into a text calls it once for each; `edited` and `written` take what it returned. A reader of
    another package need not know: then the edit stays as it is.
    """
    speller = getattr(_reader_of(document), "spelled", None)
    return edit if speller is None else cast(Edit, speller(document, edit))


def written(data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
    """Return a file's bytes with edits made; everything else is byte for byte what it was.

    Args:
        data: The bytes that the document was read from.
        document: The document as it was read.
        edits: Edits of that document's text.

    Raises:
        Unwritable: The edits overlap, or the file cannot hold them.
    """
    return _reader_of(document).write(data, document, edits)


def text_as_written(document: Document, data: bytes) -> str:
    """Return the text of a file as it was written: where it is the file's own, with what the format says of changed
    places; in a container that of the document.

    Args:
        document: The document with its edits made.
        data: The bytes that `written` returned for them.
    """
    decoder = getattr(reader(document.format), "decoded", None)
    return document.text if decoder is None else cast(str, decoder(data, limit=max(len(data), MAX_BYTES))[0])


def load(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file.

    Raises:
        Unreadable: The file is missing, not allowed to be read, not a regular file, or larger than `limit`.
    """
    try:
        return confined.read_bytes(path, limit=limit)
    except ValueError:
        raise Unreadable("The path contains a character that no file name can have.") from None
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
    if isinstance(error, confined.Refused):
        said = str(error)
        what_to_do = " Split it." if isinstance(error, confined.TooLarge) else ""
        return Unreadable(f"{said[0].upper()}{said[1:]}.{what_to_do}")
    if error.errno == errno.ELOOP:
        return Unreadable("This is a link that leads in a circle.")
    return Unreadable(f"The file cannot be read: {(error.strerror or type(error).__name__).lower()}.")
