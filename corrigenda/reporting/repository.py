"""Paths from a repository's root, as the programs that read a report there expect them.

GitHub, GitLab, reviewdog and `git apply` take a path for one from the root, wherever the run began.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_WORKSPACES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Variables in which a runner says where the repository lies; they count where there is no `.git`."""


class Repository(NamedTuple):
    """The root of a repository, and the folder that the report's paths begin at; both absolute, without links."""

    root: Path
    current: Path

    def inside(self, shown: str) -> str | None:
        """Return a reported path from the root, with forward slashes, None for one that lies elsewhere."""
        if shown in ("", "-"):
            return None
        try:
            return Path(os.path.normpath(self.current / shown)).relative_to(self.root).as_posix()
        except ValueError:
            return None

    def path(self, shown: str) -> str:
        """Return a reported path from the root where it lies in the repository, else as it is."""
        return self.inside(shown) or shown

    @property
    def uri(self) -> str:
        """The root as a URI that ends in a slash."""
        return self.root.as_uri().rstrip("/") + "/"


def repository(shown: Sequence[str], env: Mapping[str, str]) -> Repository | None:
    """Return the repository of a run in the current folder, None where there is none.

    It is the one that holds the current folder, or else the one that holds the first of the paths `shown`; without
    `.git`, as in an unpacked archive, the folder that the runner names in `env`.
    """
    current = Path.cwd()
    for folder in (current, *(Path(os.path.normpath(current / path)).parent for path in shown[:1])):
        root = next((above for above in (folder, *folder.parents) if os.path.lexists(above / ".git")), None)
        if root is not None:
            return Repository(root, current)
    for name in _WORKSPACES:
        named = Path(env[name]).resolve() if env.get(name) else None
        if named is not None and current.is_relative_to(named):
            return Repository(named, current)
    return None
