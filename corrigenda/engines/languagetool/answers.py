"""What LanguageTool said of a paragraph, kept so that an unchanged paragraph is never sent twice.

The paragraph itself is not kept, and neither is anything from which it could be read: the key is a hash, and the
answer, whose messages and replacements repeat words of the text, is masked with a second hash of the paragraph. Only
who has the paragraph can read what was said of it. A broken or locked cache is as good as an empty one.
"""

import contextlib
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

FORMAT = 1
LIMIT = 300_000
"""Most paragraphs that are kept; the ones written longest ago go first."""

_CHUNK = 500


class Cache:
    """A SQLite file of masked answers. Used from one thread."""

    def __init__(self, path: Path | None) -> None:
        self._link: sqlite3.Connection | None = None
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._link = _open(path)
        except (sqlite3.DatabaseError, OSError):
            # Not a database, or damaged: nothing in it is worth more than a fresh start.
            with contextlib.suppress(sqlite3.Error, OSError):
                path.unlink(missing_ok=True)
                self._link = _open(path)

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the masked answers of those keys that are known."""
        found: dict[bytes, bytes] = {}
        if self._link is None:
            return found
        wanted = sorted(set(keys))
        try:
            for at in range(0, len(wanted), _CHUNK):
                chunk = wanted[at : at + _CHUNK]
                marks = ",".join("?" * len(chunk))
                query = f"SELECT key, answer FROM answers WHERE key IN ({marks})"
                found.update((bytes(key), bytes(answer)) for key, answer in self._link.execute(query, chunk))
        except sqlite3.Error:
            return {}
        return found

    def put(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep masked answers."""
        if self._link is None:
            return
        with contextlib.suppress(sqlite3.Error), self._link:
            self._link.executemany("INSERT OR REPLACE INTO answers (key, answer) VALUES (?, ?)", items)

    def close(self) -> None:
        """Drop what is over the limit and close the file."""
        if self._link is None:
            return
        with contextlib.suppress(sqlite3.Error):
            with self._link:
                (count,) = self._link.execute("SELECT count(*) FROM answers").fetchone()
                if count > LIMIT:
                    query = "DELETE FROM answers WHERE rowid IN (SELECT rowid FROM answers ORDER BY rowid LIMIT ?)"
                    self._link.execute(query, (count - LIMIT,))
            self._link.close()
        self._link = None


def _open(path: Path) -> sqlite3.Connection:
    link = sqlite3.connect(path, timeout=5.0)
    try:
        link.execute("PRAGMA journal_mode=WAL")
        link.execute("PRAGMA synchronous=NORMAL")
        if link.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
            link.execute("DROP TABLE IF EXISTS answers")
            link.execute(f"PRAGMA user_version={FORMAT}")
        link.execute("CREATE TABLE IF NOT EXISTS answers (key BLOB NOT NULL UNIQUE, answer BLOB NOT NULL)")
        link.commit()
    except BaseException:
        link.close()
        raise
    return link


class Vault:
    """Keys and masks for one server and one set of options. `space` names both, so that an answer never outlives
    them.
    """

    def __init__(self, space: str) -> None:
        self._space = hashlib.sha256(f"corrigenda languagetool {FORMAT} {space}".encode()).digest()

    def key(self, text: str) -> bytes:
        """Return the name under which a paragraph's answer lies."""
        return hashlib.sha256(b"key" + self._space + text.encode("utf-8", "surrogatepass")).digest()

    def seal(self, text: str, answer: Any) -> bytes:
        """Return an answer, in plain JSON values, as it is kept."""
        data = zlib.compress(json.dumps(answer, separators=(",", ":")).encode("ascii"), 6)
        return _masked(data, self._mask(text, len(data)))

    def unseal(self, text: str, data: bytes) -> Any:
        """Return the answer. Raises ValueError when the data are damaged."""
        try:
            return json.loads(zlib.decompress(_masked(data, self._mask(text, len(data)))).decode("ascii"))
        except (zlib.error, UnicodeDecodeError) as error:
            raise ValueError("damaged") from error

    def _mask(self, text: str, length: int) -> bytes:
        seed = b"mask" + self._space + text.encode("utf-8", "surrogatepass")
        return hashlib.shake_256(seed).digest(length)


def _masked(data: bytes, mask: bytes) -> bytes:
    return (int.from_bytes(data, "little") ^ int.from_bytes(mask, "little")).to_bytes(len(data), "little")
