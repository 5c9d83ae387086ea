"""What a backend said of a paragraph, kept so that an unchanged paragraph is never sent twice.

The paragraph itself is not kept, and neither is anything from which it could be read: the key is a hash, and the
answer, whose messages and replacements repeat words of the text, is masked with a second hash of the paragraph. Only
someone who has the paragraph can read what was said of it. A broken or locked cache is as good as an empty one.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from corrigenda.storage import folders
from corrigenda.storage.sqlite import CacheFile

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


class Vault:
    """Keys and masks for one backend and one set of options.

    `space` names both, so that an answer is never taken for that of another backend or of other options.
    """

    def __init__(self, space: str) -> None:
        self._space = hashlib.sha256(f"corrigenda grammar {FORMAT} {space}".encode()).digest()

    def key(self, text: str) -> bytes:
        """Return the name under which a paragraph's answer lies."""
        return hashlib.sha256(b"key" + self._space + text.encode("utf-8", "surrogatepass")).digest()

    def seal(self, text: str, answer: object) -> bytes:
        """Return an answer, in plain JSON values, as it is kept."""
        data = zlib.compress(json.dumps(answer, separators=(",", ":")).encode("ascii"), 6)
        return _masked(data, self._mask(text, len(data)))

    def unseal(self, text: str, data: bytes) -> object:
        """Return the answer. Raises ValueError when the data are damaged."""
        try:
            answer: object = json.loads(zlib.decompress(_masked(data, self._mask(text, len(data)))).decode("ascii"))
        except (zlib.error, UnicodeDecodeError, RecursionError) as error:
            raise ValueError("damaged") from error
        return answer

    def _mask(self, text: str, length: int) -> bytes:
        seed = b"mask" + self._space + text.encode("utf-8", "surrogatepass")
        return hashlib.shake_256(seed).digest(length)


def _masked(data: bytes, mask: bytes) -> bytes:
    return (int.from_bytes(data, "little") ^ int.from_bytes(mask, "little")).to_bytes(len(data), "little")
