"""Writing files so that a crash at any moment leaves the old file or the new one, never something in between.

`replace_file` is for files of our own, such as caches. `write_output` is for what somebody names, where a repository
may have put a link or a pipe. `correct_file` is for a user's text: nothing of it may be lost but what is corrected.
"""

import contextlib
import errno
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corrigenda.storage import confined
from corrigenda.storage.exchange import exchange

BACKUP_SUFFIX = ".orig"

DRAFT_SUFFIX = ".corrigenda.tmp"
"""What a draft's name ends in; it begins with a dot and the name of the file that it becomes."""

STALE_SECONDS = 3600
"""Age from which on a draft is one that a killed run has left."""

_CANNOT_REPLACE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV})
"""Errors of a file that may be written and not replaced: in a folder that may not be written, or mounted by itself."""

_STREAMS = ("/dev/", "/proc/")
"""How names such as /dev/stdout begin: links that the system made, and that are followed."""


class ChangedMeanwhile(RuntimeError):  # noqa: N818 - it says what happened, as the message does
    """The file is not the one that was read; writing it would lose somebody's work."""

    def __init__(self) -> None:
        super().__init__("the file changed since it was read; check it again")


class Written(NamedTuple):
    """What became of a corrected file: where the original is kept, and what of the file could not be kept, in words."""

    backup: Path | None = None
    lost: tuple[str, ...] = ()


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file's content in one step, keeping its permissions; a link is followed, not replaced.

    Raises OSError where it cannot be written.
    """
    _replace(path.resolve(), data)


def write_output(path: Path, data: bytes, *, expected: str | None = None) -> None:
    """Write a file that somebody named: in one step, through no link that leads out of its tree, and never waiting.

    What is no file (a pipe that somebody reads, a device) is written to. A file in a folder that may not be written, or
    that is mounted by itself, cannot be replaced and is overwritten.

    Args:
        path: The file.
        data: Its new bytes.
        expected: SHA-256 of the bytes that it must still hold, "" where there was no file; None to write in any case.

    Raises:
        ChangedMeanwhile: It is not as expected.
        Refused: A link leads out, or the file is read-only.
        OSError: It cannot be written; an old file is as it was.
    """
    if path.as_posix().startswith(_STREAMS) and ".." not in path.parts:
        path.write_bytes(data)
        return
    target = Path(confined.resolved(path))
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG
    if stat.S_ISDIR(mode):
        raise confined.NotRegular("this is a folder, not a file")
    if not stat.S_ISREG(mode):
        # Without a reader a pipe would be waited for; this way it is an error.
        with open(target, "wb", buffering=0, opener=_without_waiting) as stream:
            os.set_blocking(stream.fileno(), True)
            stream.write(data)
        return
    if target.exists():
        _refuse_read_only(target, mode)
    try:
        _replace(target, data, expected)
    except OSError as error:
        if error.errno not in _CANNOT_REPLACE or not target.exists():
            raise
        if expected is not None:
            _look(target, expected)
        target.write_bytes(data)


def correct_file(path: Path, data: bytes, *, expected: str, backup: bool = False) -> Written:
    """Replace a user's text in one step, with owner, permissions, extended attributes and time of access as they were.

    The time of change becomes that of the correction: programs that have the file open, or copy it, go by it.

    Args:
        path: The file; a link is followed, not replaced.
        data: Its new bytes.
        expected: SHA-256 of the bytes that it must still hold.
        backup: Whether the old file is kept beside it, with the suffix `.orig`, or `.orig.1` and so on where that is
            taken.

    Raises:
        ChangedMeanwhile: The file changed since it was read; what stands in it now is kept.
        Refused: It is read-only, no regular file, or has several names (hard links).
        OSError: It cannot be written; it is as it was.
    """
    target = path.resolve()
    old, status = _look(target, expected)
    _refuse_read_only(target, status.st_mode)
    if status.st_nlink > 1:
        raise confined.Refused(
            f"it has {status.st_nlink} names (hard links), which a correction would part; correct a copy"
        )
    kept = _kept(target, old, status) if backup else None
    try:
        with _draft(target, data, 0o600) as draft:
            lost = _dress(draft, target, status)
            _put(draft, target, status, expected)
    except BaseException:
        if kept is not None:
            kept.unlink(missing_ok=True)
        raise
    return Written(kept, lost)


def sweep(folder: Path) -> None:
    """Remove the drafts that killed runs have left in a folder."""
    oldest = time.time() - STALE_SECONDS
    with contextlib.suppress(OSError), os.scandir(folder) as listing:
        for entry in listing:
            if entry.name.endswith(DRAFT_SUFFIX) and entry.name.startswith("."):
                with contextlib.suppress(OSError):
                    # The time of the last change of anything, so that a file that was just put here is young.
                    if entry.stat(follow_symlinks=False).st_ctime < oldest:
                        Path(entry.path).unlink()


def _replace(target: Path, data: bytes, expected: str | None = None) -> None:
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    sweep(target.parent)
    with _draft(target, data, 0o666) as draft:
        if mode is not None:
            draft.chmod(mode)
        if expected is None:
            draft.replace(target)
        elif expected:
            _put(draft, target, _look(target, expected)[1], expected)
        elif not _claimed(draft, target):
            raise ChangedMeanwhile


@contextlib.contextmanager
def _draft(target: Path, data: bytes, mode: int) -> Iterator[Path]:
    """Give a new file with the bytes; what lies in its place at the end is removed."""
    # In the same folder, since a rename is atomic only within one file system.
    draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}{DRAFT_SUFFIX}")
    try:
        with open(draft, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def _look(path: Path, expected: str) -> tuple[bytes, os.stat_result]:
    """Return the bytes and the status of the file that stands at a path. Raises ChangedMeanwhile for other bytes."""
    try:
        with confined.opened(path) as file:
            status = os.fstat(file.fileno())
            data = file.read()
    except FileNotFoundError:
        raise ChangedMeanwhile from None
    if hashlib.sha256(data).hexdigest() != expected:
        raise ChangedMeanwhile
    return data, status


def _refuse_read_only(path: Path, mode: int) -> None:
    # An administrator may write what is marked as read-only; the mark means them too.
    if not mode & 0o222 or not os.access(path, os.W_OK):
        raise confined.Refused("it is read-only; make it writable first")


def _put(draft: Path, target: Path, status: os.stat_result, expected: str) -> None:
    """Put a draft in the place of a file, which must be the one that was looked at until the very moment."""
    _refuse_another(target, status, expected)
    if not exchange(draft, target):
        draft.replace(target)
        return
    try:
        _refuse_another(draft, status, expected)
    except ChangedMeanwhile:
        exchange(draft, target)
        raise


def _refuse_another(path: Path, status: os.stat_result, expected: str) -> None:
    _, now = _look(path, expected)
    if (now.st_dev, now.st_ino) != (status.st_dev, status.st_ino):
        raise ChangedMeanwhile


def _dress(draft: Path, target: Path, status: os.stat_result) -> tuple[str, ...]:
    """Give a draft what the file has besides its bytes, but for the time of change; return what it cannot have."""
    lost: list[str] = []
    mode = stat.S_IMODE(status.st_mode)
    if hasattr(os, "chown") and not _own(draft, status):
        lost.append("owner")
        mode &= ~(stat.S_ISUID | stat.S_ISGID)  # rights that were given to run as somebody else
    # Attributes come after the owner, whose change takes some away, and before the permissions, which bound them.
    lost += [f"attribute {name}" for name in _attributes(target) if not _set_attribute(draft, target, name)]
    draft.chmod(mode)
    now = draft.stat()
    if stat.S_IMODE(now.st_mode) != mode:
        lost.append("permissions")
    os.utime(draft, ns=(status.st_atime_ns, now.st_mtime_ns))
    return tuple(lost)


def _own(draft: Path, status: os.stat_result) -> bool:
    """Give a draft its owner and group; return whether it has them."""
    now = draft.stat()
    if (now.st_uid, now.st_gid) == (status.st_uid, status.st_gid):
        return True
    for owner in (status.st_uid, -1):  # whoever may not give the owner may still give the group
        try:
            os.chown(draft, owner, status.st_gid)
        except OSError:
            continue
        return owner == status.st_uid or now.st_uid == status.st_uid
    return False


def _attributes(path: Path) -> list[str]:
    try:
        return sorted(os.listxattr(path)) if hasattr(os, "listxattr") else []
    except OSError:
        return []


def _set_attribute(draft: Path, target: Path, name: str) -> bool:
    try:
        value = os.getxattr(target, name)
        if name not in _attributes(draft) or os.getxattr(draft, name) != value:
            os.setxattr(draft, name, value)
    except OSError:
        return False
    return True


def _kept(target: Path, data: bytes, status: os.stat_result) -> Path:
    """Write a copy of a file beside it, under a name that nothing has; return its path."""
    number = 0
    with _draft(target, data, 0o600) as draft:
        _dress(draft, target, status)
        os.utime(draft, ns=(status.st_atime_ns, status.st_mtime_ns))
        while True:
            copy = target.with_name(target.name + BACKUP_SUFFIX + (f".{number}" if number else ""))
            if _claimed(draft, copy):
                return copy
            number += 1


def _claimed(draft: Path, name: Path) -> bool:
    """Give a draft another name; return False where something has it, be it a link to nowhere."""
    try:
        os.link(draft, name)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        if os.path.lexists(name):
            return False
        draft.rename(name)
    return True


def _without_waiting(path: str, flags: int) -> int:
    # What is there is written to, and nothing is made.
    return os.open(path, flags & ~os.O_CREAT | getattr(os, "O_NONBLOCK", 0))
