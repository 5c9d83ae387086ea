"""Writing files so that a crash at any moment leaves the old file or the new one, never something in between."""

import contextlib
import hashlib
import os
import secrets
import stat
from pathlib import Path

BACKUP_SUFFIX = ".orig"


class ChangedMeanwhile(RuntimeError):  # noqa: N818 - it says what happened, as the message does
    """The file is not the one that was read; writing it would lose somebody's work."""


def replace_file(path: Path, data: bytes, *, expected: str | None = None, backup: bool = False) -> None:
    """Replace a file's content in one step, keeping its permissions; a link is followed, not replaced.

    Args:
        path: The file.
        data: Its new bytes.
        expected: SHA-256 of the bytes that it must still hold, or None to write in any case.
        backup: Whether the old file is kept beside it, with the suffix `.orig`; an older backup is not overwritten.

    Raises:
        ChangedMeanwhile: The file changed since it was read.
        OSError: It cannot be written.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        # A pipe or a device has no old content to protect, and cannot be replaced.
        target.write_bytes(data)
        return
    old = target.read_bytes() if target.exists() else None
    if expected is not None and (old is None or hashlib.sha256(old).hexdigest() != expected):
        raise ChangedMeanwhile("the file changed since it was read; check it again")
    mode = stat.S_IMODE(target.stat().st_mode) if old is not None else None
    if backup and old is not None:
        kept = target.with_name(target.name + BACKUP_SUFFIX)
        if not kept.exists():
            _write(kept, old, mode)
    _write(target, data, mode)


def _write(target: Path, data: bytes, mode: int | None) -> None:
    # In the same folder, since a rename is atomic only within one file system.
    draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            draft.chmod(mode)
        draft.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
