"""One cache file: keys and values in a SQLite database that never stops a run.

Several processes may use one file at once (write-ahead log, waiting locks), and a process that is killed in the middle
of a write loses that write alone. A damaged file is begun anew. One that cannot be opened or written, or that another
process locks for too long, is done without for the rest of the run, and `CacheFile.trouble` says so.
"""

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

DEFAULT_LIMIT_BYTES = 256 * 1024 * 1024
BUSY_SECONDS = 5.0
"""How long another process's lock is waited for."""

_LAYOUT = 1
"""Version of the table below; part of each file's version."""
_TABLE = "CREATE TABLE entries (key BLOB PRIMARY KEY, value BLOB NOT NULL, day INTEGER NOT NULL) WITHOUT ROWID"
# SQLite takes this many parameters in one statement everywhere.
_CHUNK = 500
# When the limit is passed, this share of it is kept, so that eviction does not run at every write.
_KEEP = 0.8
_SECONDS_A_DAY = 86_400
_DAMAGED = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""SQLite's codes for a file that is no database, a broken one, or one with other tables than expected."""


class CacheInfo(NamedTuple):
    """The state of a cache: where it is, how many entries it holds, and bytes on disk against the limit."""

    path: Path
    entries: int
    size_bytes: int
    limit_bytes: int
    trouble: str | None


class CacheFile:
    """A cache file, opened when first used. Usable from several threads, and after a fork."""

    def __init__(self, path: Path, *, version: int, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        """Name the file.

        Args:
            path: The file; its folder is made when it is first written.
            version: Version of what the values hold; a file of another version is begun anew.
            limit_bytes: What the contents may take; what was not used for longest goes first.
        """
        self.path = path
        self.limit_bytes = limit_bytes
        self.trouble: str | None = None
        self._version = 1000 * _LAYOUT + version
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._given_up = False
        self._lock = threading.Lock()

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the values of those keys that the cache has."""
        found: dict[bytes, bytes] = {}
        today = int(time.time()) // _SECONDS_A_DAY
        stale: list[bytes] = []
        with self._opened() as connection:
            if connection is None:
                return found
            for chunk in _chunks(keys):
                marks = ",".join("?" * len(chunk))
                rows = connection.execute(f"SELECT key, value, day FROM entries WHERE key IN ({marks})", chunk)
                for stored, value, day in rows:
                    found[stored] = value
                    if day != today:
                        stale.append(stored)
            if stale:
                self._refresh(connection, stale, today)
        return found

    def put_many(self, items: Mapping[bytes, bytes]) -> None:
        """Store values in one transaction: all of them or, when the process is killed, none."""
        if not items:
            return
        today = int(time.time()) // _SECONDS_A_DAY
        with self._opened() as connection:
            if connection is None:
                return
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                rows = [(key, value, today) for key, value in sorted(items.items())]
                connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
                self._evict(connection)

    def info(self) -> CacheInfo:
        """Return how full the cache is. A file that is not there counts as empty and is not made."""
        entries = 0
        if self.path.exists():
            with self._opened() as connection:
                if connection is not None:
                    entries = int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])
        size = sum(part.stat().st_size for part in self._files() if part.is_file())
        return CacheInfo(self.path, entries, size, self.limit_bytes, self.trouble)

    def clear(self) -> int:
        """Forget everything and give the space back; returns how many entries there were."""
        count = 0
        if self.path.exists():
            with self._opened() as connection:
                if connection is not None:
                    with connection:
                        connection.execute("BEGIN IMMEDIATE")
                        count = connection.execute("DELETE FROM entries").rowcount
                    connection.execute("VACUUM")
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return int(count)

    def close(self) -> None:
        """Close the file; it is opened again when next used."""
        with self._lock:
            self._close()
            self._given_up = False

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection | None]:
        """Give the connection, or None when the cache is done without; an error of SQLite ends the block quietly."""
        with self._lock:
            try:
                yield self._open()
            except sqlite3.Error as error:
                self._failed(error)
                if _damaged(error):
                    self._remove()
                else:
                    self._given_up = True
                self._close()

    def _open(self) -> sqlite3.Connection | None:
        if self._connection is not None and self._process == os.getpid():
            return self._connection
        # A connection must not be used, nor closed, in a forked child: the child opens its own.
        self._connection = None
        self._process = os.getpid()
        for attempt in range(2):
            if self._given_up:
                break
            try:
                self._connection = self._connect()
            except (sqlite3.Error, OSError) as error:
                self._failed(error)
                if attempt or not _damaged(error):
                    self._given_up = True
                else:
                    self._remove()
            else:
                return self._connection
        return None

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            # With a write-ahead log NORMAL keeps the file whole through a power cut; only the last writes may go.
            connection.execute("PRAGMA synchronous = NORMAL")
            if not self._current(connection):
                with connection:
                    connection.execute("BEGIN IMMEDIATE")
                    # Another process may have been first: look again now that nobody else writes.
                    if not self._current(connection):
                        self._begin(connection)
            connection.execute("SELECT key, value, day FROM entries LIMIT 1").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _current(self, connection: sqlite3.Connection) -> bool:
        return bool(connection.execute("PRAGMA user_version").fetchone()[0] == self._version)

    def _begin(self, connection: sqlite3.Connection) -> None:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            connection.execute(f'DROP TABLE "{name.replace(chr(34), chr(34) * 2)}"')
        connection.execute(_TABLE)
        connection.execute(f"PRAGMA user_version = {self._version}")

    def _refresh(self, connection: sqlite3.Connection, keys: Sequence[bytes], today: int) -> None:
        """Note that entries were used today."""
        # Worth no waiting: when another process writes, the day stays as it was.
        connection.execute("PRAGMA busy_timeout = 50")
        with contextlib.suppress(sqlite3.OperationalError), connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("UPDATE entries SET day = ? WHERE key = ?", [(today, key) for key in keys])
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")

    def _evict(self, connection: sqlite3.Connection) -> None:
        """Drop what was not used for longest, by days, until the contents are well under the limit."""
        pages, free, page = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "freelist_count", "page_size")
        )
        used = (pages - free) * page
        if used <= self.limit_bytes:
            return
        total = int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])
        surplus = total - int(total * _KEEP * self.limit_bytes / used)
        connection.execute(
            "DELETE FROM entries WHERE key IN (SELECT key FROM entries ORDER BY day, key LIMIT ?)", (surplus,)
        )

    def _files(self) -> Iterable[Path]:
        return (self.path.with_name(self.path.name + end) for end in ("", "-wal", "-shm"))

    def _remove(self) -> None:
        """Remove a damaged file: what it held can be computed again."""
        self._close()
        for part in self._files():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._connection is not None and self._process == os.getpid():
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None

    def _failed(self, error: Exception) -> None:
        self.trouble = f"the cache {self.path} was done without ({error})"


def _damaged(error: Exception) -> bool:
    # The lowest byte is the kind of error; the others say more of it.
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def _chunks(keys: Sequence[bytes]) -> Iterable[list[bytes]]:
    unique = sorted(set(keys))
    return (unique[at : at + _CHUNK] for at in range(0, len(unique), _CHUNK))
