"""What a glob matches: as Python's `glob` with `**`, but a folder is entered once however many links lead to it, and by
`**` through none, so that no tree of links takes long.
"""

import fnmatch
import glob
import os
from collections.abc import Iterable
from pathlib import Path

_ANY_DEPTH = "**"


def matches(pattern: str, base: str) -> list[str]:
    """Return the paths that a pattern matches, sorted, relative to a folder where the pattern is.

    Hidden files and folders are matched only by a part that begins with a dot.
    """
    anchor = Path(pattern).anchor
    parts = [part for part in pattern[len(anchor) :].replace(os.sep, "/").split("/") if part]
    places = [anchor]
    for number, part in enumerate(parts, 1):
        last = number == len(parts)
        found = [inner for place in places for inner in _inside(place, part, base, files=last)]
        places = found if last else _once(found, base)
    return sorted({*places} - {""})


def _inside(path: str, part: str, base: str, *, files: bool) -> list[str]:
    """Return what one part of a pattern matches in a folder; `**` matches files too where it is the last part."""
    if part == _ANY_DEPTH:
        return _below(path, base, files=files)
    if glob.has_magic(part):
        names = [entry.name for entry in _entries(path, base) if part[0] == "." or entry.name[0] != "."]
        return [os.path.join(path, name) for name in fnmatch.filter(names, part)]
    return [os.path.join(path, part)] if os.path.lexists(os.path.join(base, path, part)) else []


def _below(path: str, base: str, *, files: bool) -> list[str]:
    """Return a folder and the folders below it that are not hidden, and no links to folders."""
    found, waiting = [path], [path]
    while waiting:
        folder = waiting.pop()
        for entry in _entries(folder, base):
            if entry.name.startswith("."):
                continue
            inner = os.path.join(folder, entry.name)
            if not entry.is_symlink() and entry.is_dir():
                waiting.append(inner)
                found.append(inner)
            elif files and not entry.is_dir():
                found.append(inner)
    return found


def _once(paths: Iterable[str], base: str) -> list[str]:
    """Return each place by one of its paths, by its own name rather than that of a link to it."""
    known: dict[str, str] = {}
    for path in sorted(paths, key=lambda path: (os.path.islink(os.path.join(base, path)), path)):
        known.setdefault(os.path.realpath(os.path.join(base, path)), path)
    return list(known.values())


def _entries(path: str, base: str) -> "list[os.DirEntry[str]]":
    """Return what is in a folder; nothing where it is none, or may not be read."""
    try:
        with os.scandir(os.path.join(base, path)) as listing:
            return list(listing)
    except OSError:
        return []
