"""Where the content folders lie: in a checkout beside the package, in an installation inside it.

`checks/`, `corpora/` and `reports/` are content, kept at the top of the repository and packed into the wheel as
`corrigenda/checks` and so on. No other module may know this.
"""

from functools import cache
from pathlib import Path
from typing import Literal

Folder = Literal["checks", "corpora", "reports"]

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: Folder) -> Path:
    """Return the absolute path of one content folder.

    Raises FileNotFoundError when the installation is incomplete.
    """
    for base in (_PACKAGE, _PACKAGE.parent):
        candidate = base / name
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the {name} folder of corrigenda is missing; reinstall the package")


@cache
def is_installed() -> bool:
    """Return whether the content lies inside the package: an installation, whose files are those of its version."""
    return (_PACKAGE / "checks").is_dir()


def path(name: Folder, *parts: str) -> Path:
    """Return the path of a file inside a content folder; whether it exists is for the caller to see."""
    return folder(name).joinpath(*parts)


def check_files(folder: Path) -> list[Path]:
    """Return the check files below a folder, sorted by their path inside it."""
    found = [path for path in folder.rglob("*.yaml") if path.is_file() and not path.name.startswith((".", "_"))]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())
