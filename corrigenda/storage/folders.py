"""The user's folders: where caches and installed data lie. No other module may work this out."""

import os
import sys
from pathlib import Path

_NAME = "corrigenda"


def cache() -> Path:
    """Return the folder for what can be computed again, such as `~/.cache/corrigenda`. It need not exist.

    The platform's conventions and variables hold, such as XDG_CACHE_HOME.
    """
    if sys.platform == "linux":
        return _xdg("XDG_CACHE_HOME", ".cache")
    import platformdirs

    return Path(platformdirs.user_cache_dir(_NAME, appauthor=False))


def data() -> Path:
    """Return the folder for what was installed, such as `~/.local/share/corrigenda`. It need not exist."""
    if sys.platform == "linux":
        return _xdg("XDG_DATA_HOME", ".local", "share")
    import platformdirs

    return Path(platformdirs.user_data_dir(_NAME, appauthor=False))


def config() -> Path:
    """Return the folder of the user's own configuration, such as `~/.config/corrigenda`. It need not exist."""
    if sys.platform == "linux":
        return _xdg("XDG_CONFIG_HOME", ".config")
    import platformdirs

    return Path(platformdirs.user_config_dir(_NAME, appauthor=False))


def models() -> Path:
    """Return the folder of installed models: CORRIGENDA_MODELS where it is set."""
    return _named("CORRIGENDA_MODELS") or data() / "models"


def languagetool() -> Path:
    """Return the folder of LanguageTool's installations: CORRIGENDA_LANGUAGETOOL_HOME where it is set."""
    return _named("CORRIGENDA_LANGUAGETOOL_HOME") or data() / "languagetool"


def _xdg(variable: str, *default: str) -> Path:
    """Return a folder by the XDG conventions, as platformdirs would, whose import a short run would feel."""
    value = os.environ.get(variable, "")
    base = Path(value) if Path(value).is_absolute() else Path.home().joinpath(*default)
    return base / _NAME


def _named(variable: str) -> Path | None:
    value = os.environ.get(variable, "")
    return Path(value).expanduser() if value else None
