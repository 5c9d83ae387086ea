"""Who may decide what: the trust model of docs/security.md, in one place.

A repository's files say what is looked for. What runs on this machine, with which models, where texts are sent, and
which files outside the repository are touched: that is the user's to say, on the command line, in the environment, or
in a configuration of their own.
"""

import os
from collections.abc import Mapping
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple

from corrigenda.storage import folders

_VARIABLES = ("jobs", "spacy-model", "embedding-model", "language-model")
USER_SETTINGS = (*_VARIABLES, "engines", "llm")
"""What may stand in the user's own configuration; the first of them also in the environment, such as CORRIGENDA_JOBS.
A project says nothing of `llm`: whom its texts are sent to is not for it to say.
"""
_GRAMMAR = "grammar"
"""The engine that a variable speaks of: the engine itself reads it, where no project says anything."""


class Trust(IntEnum):
    """How far a project's configuration is trusted. More trust includes less."""

    UNTRUSTED = 0
    """A stranger may have written it (`--untrusted`): it decides nothing that costs much, or reaches this machine's
    other programs.
    """
    USUAL = 1
    """It decides what is checked, inside its folder."""
    TRUSTED = 2
    """It is the user's own (`--trust`, or a folder that their configuration trusts), and decides everything."""


class Links(IntEnum):
    """Which links may lead out of the tree that they lie in (corrigenda.storage.confined)."""

    NONE = 0
    NAMED = 1
    """Those that the command line names: the user chose them."""
    ALL = 2


class User(NamedTuple):
    """What the user says for every project: in a file, in the environment, and the folders they trust."""

    path: Path
    values: Mapping[str, Any] = {}
    environment: Mapping[str, Any] = {}
    folders: tuple[Path, ...] = ()

    def engines(self) -> dict[str, str]:
        """Return what the file says of engines, but for what the environment says otherwise."""
        said = dict(self.values.get("engines", {}))
        if grammar_in_environment():
            said.pop(_GRAMMAR, None)
        return said


def user_file() -> Path:
    """Return where the user's own configuration lies; it need not exist."""
    return folders.config() / "config.toml"


def variable(setting: str) -> str:
    """Return the environment variable that says a setting of the user's."""
    return f"CORRIGENDA_{setting.upper().replace('-', '_')}"


def grammar_in_environment() -> str:
    """Return what the environment says of the engine grammar, "" where it says nothing."""
    return os.environ.get(variable(_GRAMMAR), "").strip()


def said_in_environment() -> dict[str, str]:
    """Return the settings that the environment says, as it says them."""
    return {name: value for name in _VARIABLES if (value := os.environ.get(variable(name)))}


def level(asked: bool | None, folder: Path, user: User) -> Trust:
    """Return how far the configuration in a folder is trusted; `asked` is what --trust or --untrusted said, if any."""
    if asked is not None:
        return Trust.TRUSTED if asked else Trust.UNTRUSTED
    real = folder.resolve()
    return Trust.TRUSTED if any(real.is_relative_to(own.resolve()) for own in user.folders) else Trust.USUAL


def links(trust: Trust, *, written: bool = False) -> Links:
    """Return which links are followed out of a project.

    A stranger's may have been named by a hook or a glob. So may one that is written through: nobody meant it to be.
    """
    if trust is Trust.TRUSTED:
        return Links.ALL
    return Links.NAMED if trust is Trust.USUAL and not written else Links.NONE


def how_to_allow(setting: str = "") -> str:
    """Return what a user does who wants what was refused."""
    where = f"say it in {user_file()} or as {variable(setting)}, or " if setting in (*_VARIABLES, _GRAMMAR) else ""
    return (
        f"{where}if the project is yours, use --trust or name its folder under [trust] in {user_file()}; "
        "--config none does without the file"
    )
