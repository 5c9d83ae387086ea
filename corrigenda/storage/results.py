"""Results kept from one run to the next, so that an unchanged file is not checked again.

Kept is what was found, keyed by hashes of the file's bytes and of everything that decides (checks, settings, engines).
The article's text is not kept (pipeline.packing).
"""

from pathlib import Path
from typing import TYPE_CHECKING

from corrigenda.storage import folders

if TYPE_CHECKING:
    from corrigenda.storage.sqlite import CacheFile

_VERSION = 7
"""Version of what `pack` makes."""


def location() -> Path:
    """Return the cache's file in the user's cache folder."""
    return folders.cache() / "results.sqlite"


def open_cache(path: Path | None = None) -> "CacheFile":
    """Return the cache of results, by default the user's. Its keys are those of `storage.keys.result_key`."""
    # deferred: a run without a cache imports no SQLite
    from corrigenda.storage.sqlite import CacheFile

    return CacheFile(path or location(), version=_VERSION)
