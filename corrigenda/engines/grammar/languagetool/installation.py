"""Where LanguageTool is installed on this machine: cheap to import and to ask."""

import os
from pathlib import Path
from typing import NamedTuple

from corrigenda.expressions import lazy
from corrigenda.storage import folders

HOW_TO_INSTALL = "'corrigenda languagetool install' gets it"

_FOLDER = lazy(r"LanguageTool-(\d+)\.(\d+)")


class Installation(NamedTuple):
    """LanguageTool on this machine: its version, such as "6.8", and its folder."""

    version: str
    folder: Path

    @property
    def jar(self) -> Path:
        """The server's jar."""
        return self.folder / "languagetool-server.jar"

    @property
    def class_path(self) -> str:
        """What `java -cp` needs: the jar and everything beside it."""
        return os.pathsep.join((str(self.jar), str(self.folder / "libs" / "*")))


def home() -> Path:
    """Return the folder that holds installations (storage.folders)."""
    return folders.languagetool()


def installed(folder: Path | None = None) -> Installation | None:
    """Return the newest installation in a home folder, None where there is none."""
    folder = home() if folder is None else folder
    found: list[tuple[int, int, Installation]] = []
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return None
    for entry in entries:
        match = _FOLDER.fullmatch(entry.name)
        if match and (entry / "languagetool-server.jar").is_file() and (entry / "libs").is_dir():
            found.append((int(match[1]), int(match[2]), Installation(f"{match[1]}.{match[2]}", entry)))
    return max(found, key=lambda item: item[:2])[2] if found else None
