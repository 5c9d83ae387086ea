"""What a glob matches: as Python's `glob` with `**`, but `**` enters no link, so that it stays in the tree and ends."""

import fnmatch
import glob
import os
from pathlib import Path

_ANY_DEPTH = "**"


def matches(pattern: str, base: str) -> list[str]:
    """Return the paths that a pattern matches, sorted, relative to a folder where the pattern is.

    Hidden files and folders are matched only by a part that begins with a dot.
    """
    anchor = Path(pattern).anchor
    parts = [part for part in pattern[len(anchor) :].replace(os.sep, "/").split("/") if part]
    found: set[str] = set()
    seen: set[tuple[str, int]] = set()
    waiting = [(anchor, 0)]
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        path, at = place
        if at == len(parts):
            found.add(path)
            continue
        part, last = parts[at], at + 1 == len(parts)
        if part == _ANY_DEPTH:
            waiting.append((path, at + 1))
            for entry in _entries(path, base):
                if not entry.name.startswith(".") and not entry.is_symlink() and (entry.is_dir() or last):
                    inner = os.path.join(path, entry.name)
                    waiting.append((inner, at if entry.is_dir() else at + 1))
        elif glob.has_magic(part):
            names = [entry.name for entry in _entries(path, base) if part[0] == "." or entry.name[0] != "."]
            waiting += [(os.path.join(path, name), at + 1) for name in fnmatch.filter(names, part)]
        elif os.path.lexists(os.path.join(base, path, part)):
            waiting.append((os.path.join(path, part), at + 1))
    return sorted(found - {""})


def _entries(path: str, base: str) -> "list[os.DirEntry[str]]":
    """Return what is in a folder; nothing where it is none, or may not be read."""
    try:
        with os.scandir(os.path.join(base, path)) as listing:
            return list(listing)
    except OSError:
        return []
