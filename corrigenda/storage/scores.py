"""The cache of what models said: hashes and numbers, never text.

A key is the hash of everything that decided a score: the model's identity, the version of the method, and the text
(storage.keys). A value is packed floats. Nobody can read an unpublished sentence out of it; whoever has the sentence
already can find out whether it was looked at.
"""

from pathlib import Path

from corrigenda.storage import folders
from corrigenda.storage.keys import key
from corrigenda.storage.sqlite import DEFAULT_LIMIT_BYTES, CacheFile, CacheInfo

__all__ = ["Cache", "CacheInfo", "default_path", "key"]

_VERSION = 1


def default_path() -> Path:
    """Return the cache's file in the user's cache folder."""
    return folders.cache() / "scores.sqlite"


class Cache(CacheFile):
    """The scores in a file, by default that of the user."""

    def __init__(self, path: Path | None = None, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        """`path`: the file, by default that of the user; `limit_bytes`: what its contents may take."""
        super().__init__(path or default_path(), version=_VERSION, limit_bytes=limit_bytes)
