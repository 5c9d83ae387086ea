"""Two files that change places in one step, so that what was replaced can still be looked at, and put back."""

import os
import sys
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths begin at the current folder."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux."""


def exchange(one: Path, other: Path) -> bool:
    """Let two files of one folder change places; return False, with nothing done, where the system cannot."""
    if sys.platform != "linux":
        return False
    # deferred: only a file that is corrected needs it
    import ctypes

    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:  # another C library
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
