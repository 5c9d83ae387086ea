"""Where LingoTweaker is installed. Nothing of it is imported into this process."""

import re
import sys
from pathlib import Path
from typing import NamedTuple

ENGINE = "lingotweaker"
"""The distribution with the engine, whose module is `lt_py`; the data of a language are one of their own."""

HOW_TO_INSTALL = "'pip install corrigenda[grammar]' brings them, or 'corrigenda languagetool install' with Java"
"""What to do where neither LingoTweaker nor LanguageTool is here."""

_MODULE = "lt_py"


class Package(NamedTuple):
    """LingoTweaker with the data of one language.

    `folders` are those from which it is imported, `data` is the folder of the data, and `version` names both.
    """

    folders: tuple[str, ...]
    data: str
    version: str


def find(language: str = "en") -> Package | None:
    """Return the installed LingoTweaker with the data of a language; None where one of them is missing.

    It is looked for where this program's packages are, and never in the current folder, which may be anybody's.
    """
    module = f"{ENGINE}_data_{language}"
    engine = _found(ENGINE, _MODULE)
    data = _found(module, module)
    if engine is None or data is None:
        return None
    version = f"{ENGINE} {engine[1]}, {ENGINE}-data-{language} {data[1]}"
    return Package((str(engine[0]),), str(data[0] / module / "data"), version)


def installed(language: str = "en") -> bool:
    """Return whether LingoTweaker is here with the data of a language."""
    return find(language) is not None


def _found(distribution: str, module: str) -> tuple[Path, str] | None:
    """Return the folder in which a distribution is installed, and its version."""
    name = re.compile(rf"{distribution}-([^-]+)\.dist-info")
    for folder in _folders():
        if not (folder / module).is_dir():
            continue
        versions = [found[1] for entry in folder.iterdir() if (found := name.fullmatch(entry.name))]
        if versions:
            return folder, max(versions)
    return None


def _folders() -> list[Path]:
    """Return the folders of packages. `python -m` puts the current one first, and there is nothing of ours in it."""
    here = Path.cwd()
    return [Path(entry) for entry in sys.path if Path(entry).is_absolute() and Path(entry).resolve() != here]
