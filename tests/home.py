"""Where programs keep things for a user, and how a test gets places of its own for them.

What is large, never changes and takes long to make comes from the machine: the installed models, LanguageTool, and what
pip and uv downloaded. These are read, and a missing one is installed there once.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
import pytest

NO_GRAMMAR = Path(__file__).resolve().parent / "no-languagetool"
"""A home of LanguageTool in which there is none."""

_CHANGE_RESULTS = ("FORCE_COLOR", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "GITHUB_STEP_SUMMARY", "COLUMNS")


def remember_the_machine() -> None:
    """Name the machine's places in the environment, once for this process and those that it starts."""
    data = platformdirs.user_data_path("corrigenda", appauthor=False)
    for name, place in (
        ("CORRIGENDA_MODELS", data / "models"),
        ("CORRIGENDA_LANGUAGETOOL_HOME", data / "languagetool"),
        ("PIP_CACHE_DIR", platformdirs.user_cache_path("pip", appauthor=False)),
        ("UV_CACHE_DIR", platformdirs.user_cache_path("uv", appauthor=False)),
    ):
        os.environ.setdefault(name, str(place))
    # Where packages come from is the machine's to say; both programs look for it below the home folder.
    config = platformdirs.user_config_path()
    for name, place in (
        ("PIP_CONFIG_FILE", config / "pip" / "pip.conf"),
        ("UV_CONFIG_FILE", config / "uv" / "uv.toml"),
    ):
        if place.is_file():
            os.environ.setdefault(name, str(place))


def forget_the_developer() -> None:
    """Take what would change results out of the environment: colours, and settings of corrigenda itself."""
    kept = (
        "CORRIGENDA_MODELS",
        "CORRIGENDA_LANGUAGETOOL_HOME",
        "CORRIGENDA_SHARED",
        "CORRIGENDA_UPDATE_SNAPSHOTS",
        "CORRIGENDA_FUZZ_SECONDS",
    )
    for name in list(os.environ):
        if name in _CHANGE_RESULTS or (name.startswith("CORRIGENDA_") and name not in kept):
            del os.environ[name]


def variables(folder: Path) -> dict[str, str]:
    """Return the variables by which programs on Linux, macOS and Windows find the places of a user whose home this
    is.
    """
    local = folder / "AppData" / "Local"
    return {
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / ".cache"),
        "XDG_CONFIG_HOME": str(folder / ".config"),
        "XDG_DATA_HOME": str(folder / ".local" / "share"),
        "XDG_STATE_HOME": str(folder / ".local" / "state"),
        "USERPROFILE": str(folder),
        "APPDATA": str(folder / "AppData" / "Roaming"),
        "LOCALAPPDATA": str(local),
        "WIN_PD_OVERRIDE_APPDATA": str(folder / "AppData" / "Roaming"),
        "WIN_PD_OVERRIDE_LOCAL_APPDATA": str(local),
    }


@contextmanager
def moved(folder: Path, like: Path | None = None) -> Iterator[pytest.MonkeyPatch]:
    """Move the user's home to a folder, with what stands in another one's cache at the start; remove it at the end."""
    folder.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        move(patch, folder)
        if like is not None and like.is_dir():
            shutil.copytree(like, cache(), copy_function=_linked)
        yield patch
    shutil.rmtree(folder, ignore_errors=True)


def _linked(file: str, copy: str) -> str:
    """Give a file a second name, which costs nothing: programs replace the files of a cache, and write into none."""
    try:
        os.link(file, copy)
    except OSError:  # on another disk
        shutil.copy2(file, copy)
    return copy


def move(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Set the variables of a home until the patch is undone."""
    for name, value in variables(folder).items():
        patch.setenv(name, value)


def cache() -> Path:
    """Return the folder of corrigenda's caches as the environment has it now."""
    return platformdirs.user_cache_path("corrigenda", appauthor=False)


def trust(folder: Path) -> None:
    """Write the user's own configuration, so that projects in a folder are trusted, and their checks may be safe."""
    path = platformdirs.user_config_path("corrigenda", appauthor=False) / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'[trust]\nfolders = ["{folder.as_posix()}"]\n', encoding="utf-8")
