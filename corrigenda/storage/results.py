"""Results kept from one run to the next, so that an unchanged file is not checked again.

Kept is what was found, keyed by hashes of the file's bytes and of everything that decides (checks, settings, engines).
The article's text is not kept: every word of a message, a correction or a piece of evidence that stands in the article
is stored as its position there, and put back from the file when it is read again.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corrigenda.finding import Applicability, Correction, EngineStatus, Finding, Severity
from corrigenda.storage import folders

if TYPE_CHECKING:
    from corrigenda.storage.sqlite import CacheFile

_VERSION = 6
"""Version of what `pack` makes."""

_WORD = re.compile(r"\w+")


def location() -> Path:
    """Return the cache's file in the user's cache folder."""
    return folders.cache() / "results.sqlite"


def open_cache(path: Path | None = None) -> "CacheFile":
    """Return the cache of results, by default the user's. Its keys are those of `storage.keys.result_key`."""
    # deferred: a run without a cache imports no SQLite
    from corrigenda.storage.sqlite import CacheFile

    return CacheFile(path or location(), version=_VERSION)


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
            _hide(f.label, places),
            f.source_span,
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
            label=_show(row[14], text),
            source_span=tuple(row[15]) if row[15] else None,
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
