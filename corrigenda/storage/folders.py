"""The user's folders: where caches and installed data lie. No other module may work this out."""

import os
from pathlib import Path

_NAME = "corrigenda"


def cache() -> Path:
    """Return the folder for what can be computed again, such as `~/.cache/corrigenda`. It need not exist.

    The platform's conventions and variables hold, such as XDG_CACHE_HOME.
    """
    import platformdirs

    return Path(platformdirs.user_cache_dir(_NAME, appauthor=False))


def data() -> Path:
    """Return the folder for what was installed, such as `~/.local/share/corrigenda`. It need not exist."""
    import platformdirs

    return Path(platformdirs.user_data_dir(_NAME, appauthor=False))


def models() -> Path:
    """Return the folder of installed models: CORRIGENDA_MODELS where it is set."""
    return _named("CORRIGENDA_MODELS") or data() / "models"


def languagetool() -> Path:
    """Return the folder of LanguageTool's installations: CORRIGENDA_LANGUAGETOOL_HOME where it is set."""
    return _named("CORRIGENDA_LANGUAGETOOL_HOME") or data() / "languagetool"


def _named(variable: str) -> Path | None:
    value = os.environ.get(variable, "")
    return Path(value).expanduser() if value else None
