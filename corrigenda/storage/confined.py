"""Files that a repository holds or names, opened so that they lead nowhere else.

A repository may hold links out of it, pipes, devices and files without end. What is opened here is a regular file of a
limited size, and a link that lies in a tree (the folder of a project, a folder that was named) must not lead out of it.
A link that lies elsewhere is the user's own.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

MIB = 1024 * 1024
LARGEST = 64 * MIB
"""Bytes that are read of a file where nothing else is said."""

_MOST_LINKS = 40
"""Links on one path; more of them are taken for a circle, as the system does."""


class Refused(OSError):  # noqa: N818 - it says what happened, as the kinds below do
    """A file that is not opened. The error, printed, and its `strerror` are a clause that says why, without the file's
    name: "this is not a regular file".
    """

    number = errno.EPERM

    def __init__(self, reason: str) -> None:
        super().__init__(self.number, reason)

    def __str__(self) -> str:
        """Return the reason alone."""
        return str(self.strerror)

    def __reduce__(self) -> tuple[type["Refused"], tuple[str]]:
        """Return what a copy in another process is made of."""
        return type(self), (str(self.strerror),)


class NotRegular(Refused):
    """It is a folder, a pipe, a socket or a device."""

    number = errno.EINVAL


class TooLarge(Refused):
    """It is larger than the limit."""

    number = errno.EFBIG


class Outside(Refused):
    """A link leads out of the tree that it lies in, or to what is hidden there."""

    number = errno.EXDEV


class NotText(Refused):
    """It is not UTF-8."""

    number = errno.EILSEQ


def read_bytes(path: Path | str, *, limit: int = LARGEST, root: Path | str | None = None) -> bytes:
    """Return the bytes of a regular file.

    Args:
        path: The file; a link is followed.
        limit: Largest size in bytes.
        root: The folder that the file must lie below once links are followed; None for anywhere.

    Raises:
        NotRegular, TooLarge, Outside: The file is refused.
        OSError: It cannot be read.
    """
    where = os.fspath(path)
    if root is not None:
        top = os.path.realpath(root)
        where = os.path.realpath(where)
        if not inside(where, top):
            raise Outside(f"the file lies outside {os.fspath(root)}")
    with opened(where) as file:
        size = os.fstat(file.fileno()).st_size
        if size > limit:
            raise too_large(size, limit)
        # One byte more than allowed, since the file may be growing.
        data = file.read(min(size, limit) + 1)
        while len(data) <= limit and (more := file.read(MIB)):
            data += more
    if len(data) > limit:
        raise too_large(len(data), limit)
    return data


def read_text(path: Path | str, *, limit: int = LARGEST, root: Path | str | None = None) -> str:
    """Return the text of a regular file in UTF-8, with line ends as "\\n" and without byte order mark.

    Arguments and errors are those of `read_bytes`; raises NotText for other encodings too.
    """
    data = read_bytes(path, limit=limit, root=root)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise NotText(f"the file is not UTF-8 (byte {error.start + 1}); save it as UTF-8") from None


@contextmanager
def opened(path: Path | str) -> Iterator[BinaryIO]:
    """Open a regular file for reading, without waiting for anybody. Raises NotRegular and OSError."""
    # Opening a device can do something by itself, so it is looked at before it is opened, and again after.
    _refuse_irregular(os.stat(path).st_mode)
    with open(path, "rb", opener=_without_waiting) as file:
        _refuse_irregular(os.fstat(file.fileno()).st_mode)
        yield file


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _refuse_irregular(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise NotRegular("this is a folder, not a file")
    if not stat.S_ISREG(mode):
        raise NotRegular("this is not a regular file")


def too_large(size: int, limit: int) -> TooLarge:
    """Return the refusal of a file of `size` bytes where `limit` are allowed."""
    return TooLarge(f"the file is too large: {size / MIB:,.1f} MB, where the limit is {limit / MIB:,.1f} MB")


def inside(real: str, tree: str) -> bool:
    """Return whether a path without links is a folder without links, or lies below it."""
    real, tree = os.path.normcase(real), os.path.normcase(tree)
    return real == tree or real.startswith(tree.rstrip(os.sep) + os.sep)


def tree_of(folder: Path | str, *others: Path | str) -> str:
    """Return the tree that a folder belongs to, without links: the widest of itself, its git repository and `others`.

    Only folders that hold it count; the user's home, and what lies above it, counts only as the folder itself, since
    a repository there does not make all that a user has one project.
    """
    own = os.path.realpath(folder)
    home = os.path.realpath(os.path.expanduser("~"))
    wider = [os.path.realpath(other) for other in others]
    repository = own
    while not os.path.lexists(os.path.join(repository, ".git")):
        parent = os.path.dirname(repository)
        if parent == repository:
            break
        repository = parent
    else:
        wider.append(repository)
    return min([own, *(tree for tree in wider if inside(own, tree) and not inside(home, tree))], key=len)


def refuse_leaving(real: str, tree: str) -> None:
    """Raise Outside where a link in a tree leads out of it, or to something hidden in it, such as `.git`.

    Args:
        real: What the link leads to, without links.
        tree: The tree that it lies in, without links.
    """
    if not inside(real, tree):
        raise Outside("this link leads out of the folder")
    hidden = next((part for part in real[len(tree) :].split(os.sep) if part.startswith(".")), None)
    if hidden is not None:
        raise Outside(f"this link leads to what is hidden ({hidden})")


def resolved(path: Path | str, base: Path | str | None = None, *others: Path | str) -> str:
    """Return a path without links, once it is sure that no link in a tree leads out of it.

    Each link on the way is looked at where it lies: in `base`, in one of `others`, or in a git repository it must not
    lead out; anywhere else the user made it.

    Args:
        path: The path, which need not exist; relative to the current folder.
        base: The folder in which the path was written; the current one by default.
        others: More trees, such as the folder of the configuration.

    Raises:
        Outside: A link leads out.
        OSError: Links lead in a circle.
    """
    whole = os.path.join(os.path.realpath(os.curdir), os.fspath(path))
    trees = (os.curdir if base is None else base, *others)
    real, rest = Path(whole).anchor, whole[len(Path(whole).anchor) :].split(os.sep)[::-1]
    links = 0
    while rest:
        part = rest.pop()
        if part == os.pardir:
            real = os.path.dirname(real)
        if part in ("", os.curdir, os.pardir):
            continue
        step = os.path.join(real, part)
        target = _link(step)
        if target is None:
            real = step
            continue
        links += 1
        if links > _MOST_LINKS:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        tree = _own_tree(real, trees)
        if tree is not None:
            refuse_leaving(os.path.realpath(step), tree)
        anchor = Path(target).anchor
        real = anchor or real
        rest += target[len(anchor) :].split(os.sep)[::-1]
    return real


def _own_tree(real: str, trees: Iterable[Path | str]) -> str | None:
    """Return the widest tree that holds a folder, None where it lies in none."""
    found = [tree for tree in (os.path.realpath(tree) for tree in trees) if inside(real, tree)]
    whole = tree_of(real, *found)
    if whole != real or os.path.lexists(os.path.join(real, ".git")):
        found.append(whole)
    return min(found, key=len, default=None)


def _link(path: str) -> str | None:
    try:
        return os.readlink(path)
    except (OSError, ValueError):
        return None
