"""What a backend said of a paragraph, kept so that an unchanged paragraph is never sent twice.

Messages and replacements repeat words of the text, so they are kept in a vault (corrigenda.storage.vault): only someone
who has the paragraph can read what was said of it. A broken or locked cache is as good as an empty one.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from corrigenda.storage import folders
from corrigenda.storage.sqlite import CacheFile
from corrigenda.storage.vault import Vault

FORMAT = 2


def default_path() -> Path:
    """Return the cache's file in the user's cache folder."""
    return folders.cache() / "grammar.sqlite3"


def open_cache(path: Path | None = None) -> CacheFile:
    """Return the cache of answers, by default the user's."""
    return CacheFile(path or default_path(), version=FORMAT)


class Cache:
    """Masked answers in a file; None for no cache at all."""

    def __init__(self, path: Path | None) -> None:
        self._file = open_cache(path) if path is not None else None

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the masked answers of those keys that are known."""
        return self._file.get_many(keys) if self._file is not None else {}

    def put(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep masked answers."""
        if self._file is not None:
            self._file.put_many(dict(items))

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()


def vault(space: str) -> Vault:
    """Return the keys and masks for one backend and one set of options, both named by `space`."""
    return Vault(f"corrigenda grammar {FORMAT} {space}")
