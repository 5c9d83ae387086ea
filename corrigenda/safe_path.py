"""Nothing is imported from the current folder: what is checked there may be a stranger's.

Python puts the current folder first on its path when it starts as `python -c` or `python -m`. So do the processes of a
pool, and a repository with a `multiprocessing.py` would run its own code in them. This module imports nothing that
Python has not in itself, since it is imported before the path is safe.
"""

import os
import sys

_VARIABLE = "PYTHONSAFEPATH"


def forget_current_folder() -> None:
    """Take the current folder off the path of this process, and of every Python that it starts.

    Called once, when the command line starts. Only where corrigenda itself lies in the current folder, which is then
    somebody's checkout of it, does the folder stay.
    """
    os.environ[_VARIABLE] = "1"
    if sys.platform == "win32":
        # Windows starts a program that lies in the current folder rather than one on PATH; this turns that off.
        os.environ["NODEFAULTCURRENTDIRECTORYINEXEPATH"] = "1"
    here = _identity(os.curdir)
    if here is None or here == _identity(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))):
        return
    sys.path[:] = [entry for entry in sys.path if _identity(entry or os.curdir) != here]
    # An empty element, as "PYTHONPATH=$PYTHONPATH:/lib" leaves one, means the current folder too.
    given = os.environ.get("PYTHONPATH", "")
    if given:
        kept = (entry for entry in given.split(os.pathsep) if entry and _identity(entry) != here)
        os.environ["PYTHONPATH"] = os.pathsep.join(kept)


class SafeChildren:
    """Python processes that are started while this is entered do not look for modules in the current folder.

    A library cannot decide that for its program for good, so what the environment said before is put back.
    """

    def __enter__(self) -> None:
        """Set the variable that Python obeys."""
        self._before = os.environ.get(_VARIABLE)
        os.environ[_VARIABLE] = "1"

    def __exit__(self, *_: object) -> None:
        """Put back what it was."""
        if self._before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = self._before


def can_start_safely() -> bool:
    """Return whether processes of a pool can be kept from the current folder.

    Under `python -E` they would ignore the variable, as this one does.
    """
    return bool(sys.flags.safe_path or not sys.flags.ignore_environment)


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
