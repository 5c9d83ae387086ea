"""The cache of what models said: hashes and numbers in one SQLite file of the user's cache folder, never text.

A key is the sha256 of everything that decided a score: the model's identity, the version of the method, and the text.
A value is packed floats. Nobody can read an unpublished sentence out of it; whoever has the sentence already can find
out whether it was looked at.

Two processes may use one file at once (write-ahead log, waiting locks), and a process killed in the middle of a write
loses that write alone. The cache never stops a run: a file that is damaged is begun anew, one that cannot be opened or
is locked for too long is done without, and `Cache.trouble` says so.
"""

import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

FILE = "scores.sqlite"
DEFAULT_LIMIT_BYTES = 256 * 1024 * 1024

_SCHEMA_VERSION = 1
_BUSY_SECONDS = 10.0
# SQLite takes this many parameters in one statement everywhere.
_CHUNK = 500
# When the limit is passed, this share of the limit is kept, so that eviction does not run at every write.
_KEEP = 0.8
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """The state of a cache: where it is, how many scores it holds, and bytes on disk against the limit."""

    path: Path
    entries: int
    size_bytes: int
    limit_bytes: int
    trouble: str | None


def default_path() -> Path:
    """The cache file in the user's cache folder."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("corrigenda", appauthor=False)) / FILE


def key(*parts: str) -> bytes:
    """Hash the parts that decide a score into a key of 32 bytes; ("ab", "c") and ("a", "bc") differ."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "little"))
        digest.update(raw)
    return digest.digest()


class Cache:
    """A cache file, opened when first used. Usable from several threads, and after a fork."""

    def __init__(self, path: Path | None = None, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        """`path`: the file, by default that of the user; `limit_bytes`: what its contents may take."""
        self.path = path or default_path()
        self.limit_bytes = limit_bytes
        self.trouble: str | None = None
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._lock = threading.Lock()

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that the cache has."""
        found: dict[bytes, bytes] = {}
        today = int(time.time()) // _SECONDS_A_DAY
        stale: list[bytes] = []
        with self._lock:
            connection = self._open()
            if connection is None:
                return found
            try:
                for chunk in _chunks(keys):
                    marks = ",".join("?" * len(chunk))
                    rows = connection.execute(f"SELECT key, value, day FROM scores WHERE key IN ({marks})", chunk)
                    for stored, value, day in rows:
                        found[stored] = value
                        if day != today:
                            stale.append(stored)
                if stale:
                    # Freshness is worth no waiting: when another process writes, the day stays as it was.
                    with suppress(sqlite3.OperationalError), connection:
                        connection.execute("PRAGMA busy_timeout = 50")
                        connection.executemany("UPDATE scores SET day = ? WHERE key = ?", [(today, k) for k in stale])
                    connection.execute(f"PRAGMA busy_timeout = {int(_BUSY_SECONDS * 1000)}")
            except sqlite3.Error as error:
                self._failed(error)
        return found

    def put_many(self, items: Mapping[bytes, bytes]) -> None:
        """Store values in one transaction: all of them or, when the process is killed, none."""
        if not items:
            return
        today = int(time.time()) // _SECONDS_A_DAY
        with self._lock:
            connection = self._open()
            if connection is None:
                return
            try:
                with connection:
                    connection.execute("BEGIN IMMEDIATE")
                    connection.executemany(
                        "INSERT OR REPLACE INTO scores VALUES (?, ?, ?)",
                        [(k, v, today) for k, v in sorted(items.items())],
                    )
                    self._evict(connection)
            except sqlite3.Error as error:
                self._failed(error)

    def info(self) -> CacheInfo:
        """How full the cache is. A file that is not there counts as empty and is not made."""
        entries = 0
        with self._lock:
            if self.path.exists() and (connection := self._open()) is not None:
                try:
                    entries = int(connection.execute("SELECT count(*) FROM scores").fetchone()[0])
                except sqlite3.Error as error:
                    self._failed(error)
        size = sum(part.stat().st_size for part in self._files() if part.exists())
        return CacheInfo(self.path, entries, size, self.limit_bytes, self.trouble)

    def clear(self) -> int:
        """Forget every score and give the space back; returns how many there were."""
        with self._lock:
            if not self.path.exists() or (connection := self._open()) is None:
                return 0
            try:
                with connection:
                    count = connection.execute("DELETE FROM scores").rowcount
                connection.execute("VACUUM")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.Error as error:
                self._failed(error)
                return 0
            return int(count)

    def close(self) -> None:
        """Close the file; it is opened again when next used."""
        with self._lock:
            if self._connection is not None and self._process == os.getpid():
                self._connection.close()
            self._connection = None

    def _files(self) -> Iterable[Path]:
        return (self.path.with_name(self.path.name + end) for end in ("", "-wal", "-shm"))

    def _open(self) -> sqlite3.Connection | None:
        if self._connection is not None and self._process == os.getpid():
            return self._connection
        # A connection must not be used, nor closed, in a forked child: the child opens its own.
        self._connection = None
        self._process = os.getpid()
        for attempt in range(2):
            try:
                self._connection = self._connect()
            except sqlite3.OperationalError as error:
                self._failed(error)
                break
            except (sqlite3.DatabaseError, OSError) as error:
                self._failed(error)
                if attempt or isinstance(error, OSError):
                    break
                # Not a database, or a broken one: scores can be computed again.
                for part in self._files():
                    with suppress(OSError):
                        part.unlink(missing_ok=True)
            else:
                return self._connection
        return None

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            # With a write-ahead log NORMAL keeps the file whole through a power cut; only the last writes may go.
            connection.execute("PRAGMA synchronous = NORMAL")
            if connection.execute("PRAGMA user_version").fetchone()[0] != _SCHEMA_VERSION:
                with connection:
                    connection.execute("BEGIN IMMEDIATE")
                    # Another process may have been first: look again now that nobody else writes.
                    if connection.execute("PRAGMA user_version").fetchone()[0] != _SCHEMA_VERSION:
                        connection.execute("DROP TABLE IF EXISTS scores")
                        connection.execute(
                            "CREATE TABLE scores (key BLOB PRIMARY KEY, value BLOB NOT NULL, day INTEGER NOT NULL)"
                            " WITHOUT ROWID"
                        )
                        connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
            connection.execute("SELECT key, value, day FROM scores LIMIT 1").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _evict(self, connection: sqlite3.Connection) -> None:
        """Drop what was not used for longest, by days, until the contents are well under the limit."""
        pages, free, page = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "freelist_count", "page_size")
        )
        used = (pages - free) * page
        if used <= self.limit_bytes:
            return
        total = int(connection.execute("SELECT count(*) FROM scores").fetchone()[0])
        surplus = total - int(total * _KEEP * self.limit_bytes / used)
        connection.execute(
            "DELETE FROM scores WHERE key IN (SELECT key FROM scores ORDER BY day, key LIMIT ?)", (surplus,)
        )

    def _failed(self, error: Exception) -> None:
        self.trouble = f"the cache {self.path} was done without ({error})"


def _chunks(keys: Sequence[bytes]) -> Iterable[list[bytes]]:
    unique = sorted(set(keys))
    return (unique[i : i + _CHUNK] for i in range(0, len(unique), _CHUNK))
