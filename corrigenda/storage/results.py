"""Results kept from one run to the next, so that an unchanged file is not checked again.

Kept is what was found, keyed by hashes of the file's bytes and of everything that decides (checks, settings, engines).
The article's text is not kept: every word of a message, a correction or a piece of evidence that stands in the article
is stored as its position there, and put back from the file when it is read again.
"""

import contextlib
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corrigenda.finding import Applicability, Correction, EngineStatus, Finding, Severity

if TYPE_CHECKING:
    import sqlite3

SCHEMA = 4
MOST = 200_000
"""Entries kept; beyond it the oldest half goes. An entry takes about 300 bytes for each finding."""
PATIENCE = 2.0
"""Seconds that another process's lock is waited for."""

_WORD = re.compile(r"\w+")


def location() -> Path:
    """Return the cache's file in the user's cache folder."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("corrigenda", appauthor=False)) / "results.sqlite"


def key_of(sha256: str, name: str, run: str) -> str:
    """Return the key of a file: its bytes' hash, what of its name decides, and what else decides in this run."""
    return hashlib.sha256(f"{run}\0{name}\0{sha256}".encode("utf-8", "surrogateescape")).hexdigest()[:40]


class Results:
    """The cache. Safe with several processes; a cache that cannot be read or written costs time and nothing else."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or location()
        self._database: sqlite3.Connection | None = None
        self._dead = False

    def _open(self) -> "sqlite3.Connection | None":
        import sqlite3

        if self._database is None and not self._dead:
            try:
                self._database = self._connect()
            except sqlite3.OperationalError:  # locked, or not to be written
                self._dead = True
            except sqlite3.DatabaseError:
                self._discard()
            except OSError:
                self._dead = True
        return self._database

    def _connect(self) -> "sqlite3.Connection":
        import sqlite3

        self._path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self._path, timeout=PATIENCE)
        try:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=NORMAL")
            if database.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
                database.execute("DROP TABLE IF EXISTS results")
            database.execute("CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
            database.execute(f"PRAGMA user_version={SCHEMA}")
        except sqlite3.Error:
            database.close()
            raise
        return database

    def _discard(self) -> None:
        """Do without a damaged cache in this run, and remove it, so that the next run makes a new one."""
        self.close()
        self._dead = True
        for side in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._path.with_name(self._path.name + side).unlink(missing_ok=True)

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the values of those keys that are kept."""
        import sqlite3

        database = self._open()
        result: dict[str, bytes] = {}
        if database is None:
            return result
        try:
            for at in range(0, len(keys), 500):
                part = keys[at : at + 500]
                marks = ",".join("?" * len(part))
                result.update(database.execute(f"SELECT key, value FROM results WHERE key IN ({marks})", part))
        except sqlite3.OperationalError:
            pass
        except sqlite3.DatabaseError:
            self._discard()
        return result

    def put(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keep values, in one transaction."""
        import sqlite3

        database = self._open()
        if database is None:
            return
        with contextlib.suppress(sqlite3.Error), database:
            database.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", rows)
            count = database.execute("SELECT count(*) FROM results").fetchone()[0]
            if count > MOST:
                # Keys are hashes, so any half is as good as another.
                database.execute("DELETE FROM results WHERE key < '8'")

    def close(self) -> None:
        """Close the database."""
        if self._database is None:
            return
        import sqlite3

        with contextlib.suppress(sqlite3.Error):
            self._database.close()
        self._database = None


def pack(findings: Sequence[Finding], engines: Iterable[EngineStatus], text: str, tables: Any = None) -> bytes:
    """Return findings, the engines that ran, and tables (pipeline.cross_document), without a word of the text."""
    places: dict[str, int] = {}
    for found in _WORD.finditer(text):
        places.setdefault(found[0], found.start())
    rows = [
        [
            f.check,
            f.category,
            f.severity.value,
            f.confidence,
            f.start,
            f.end,
            f.line,
            f.column,
            _hide(f.message, places),
            _hide(dict(f.evidence), places),
            _hide(list(f.variants), places),
            f.in_quotation,
            f.fingerprint,
            [[_hide(c.text, places), c.applicability.value] for c in f.corrections],
        ]
        for f in findings
    ]
    kept = [[[engine.name, engine.status, engine.reason, engine.not_judged] for engine in engines], rows, tables]
    return json.dumps(kept, ensure_ascii=True, separators=(",", ":")).encode()


def unpack(data: bytes, text: Callable[[], str]) -> tuple[tuple[Finding, ...], tuple[EngineStatus, ...], Any]:
    """Return what `pack` was given, with the words put back; `text` is called when there are any.

    Raises ValueError for bytes that `pack` did not make.
    """
    try:
        engines, rows, tables = json.loads(data)
        statuses = tuple(EngineStatus(*engine) for engine in engines)
        return (tuple(_unpack(rows, text())) if rows else ()), statuses, tables
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"the kept result cannot be read ({error})") from error


def _unpack(rows: Any, text: str) -> Iterator[Finding]:
    for row in rows:
        start, end = row[4], row[5]
        yield Finding(
            check=row[0],
            category=row[1],
            severity=Severity(row[2]),
            confidence=row[3],
            start=start,
            end=end,
            line=row[6],
            column=row[7],
            quote=text[start:end],
            message=_show(row[8], text),
            evidence=_show(row[9], text),
            variants=tuple(_show(row[10], text)),
            in_quotation=row[11],
            fingerprint=row[12],
            corrections=tuple(Correction(_show(c, text), Applicability(a)) for c, a in row[13]),
        )


def _hide(value: Any, places: dict[str, int]) -> Any:
    """Replace every word that stands in the text by its position; lists, mappings and strings are tagged."""
    if isinstance(value, str):
        pieces: list[Any] = []
        at = 0
        for found in _WORD.finditer(value):
            place = places.get(found[0])
            if place is None:
                continue
            if found.start() > at:
                pieces.append(value[at : found.start()])
            pieces.append([place, len(found[0])])
            at = found.end()
        if at < len(value):
            pieces.append(value[at:])
        return {"s": pieces}
    if isinstance(value, dict):
        return {"d": [[_hide(str(key), places), _hide(item, places)] for key, item in value.items()]}
    if isinstance(value, (list, tuple)):
        return {"l": [_hide(item, places) for item in value]}
    return value


def _show(value: Any, text: str) -> Any:
    if not isinstance(value, dict):
        return value
    if "s" in value:
        return "".join(
            piece if isinstance(piece, str) else text[piece[0] : piece[0] + piece[1]] for piece in value["s"]
        )
    if "d" in value:
        return {_show(key, text): _show(item, text) for key, item in value["d"]}
    return [_show(item, text) for item in value["l"]]
