"""What is kept of a checked document, as bytes without a word of the text.

Every word of a message, a correction, a piece of evidence or a table that stands in the text is stored as its position
there, and put back from the file when it is read again: unpublished text never lies in a cache.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from corrigenda.finding import Applicability, Correction, EngineStatus, Finding, Severity
from corrigenda.pipeline.batch import Checked
from corrigenda.pipeline.suppression import Comment
from corrigenda.pipeline.translated import Origin

_WORD = re.compile(r"\w+")
_SPACELESS = "\u0e00"
"""The letter from which on there are scripts without spaces, from Thai to Chinese."""


def pack(checked: Checked, text: str) -> bytes:
    """Return what is to be kept of a checked document; `text` is all that it may quote (`DocumentStore.words`)."""
    places = _Places(text if checked.findings or checked.comments or checked.tables else "")
    kept = [
        checked.sha256,
        [[engine.name, engine.status, engine.reason, engine.not_judged] for engine in checked.engines],
        [_row(finding, places) for finding in checked.findings],
        [
            [one.first, one.last, _hide(list(one.names), places), _row(one.remark, places), one.unknown]
            for one in checked.comments
        ],
        _hide(dict(checked.tables), places) if checked.tables else None,
        checked.unread,
        checked.origin,
        checked.source,
    ]
    return json.dumps(kept, ensure_ascii=True, separators=(",", ":")).encode()


def unpack(data: bytes, path: str, text: Callable[[], str]) -> Checked:
    """Return what `pack` was given, with the words put back; `text` is called when there are any.

    Raises ValueError for bytes that `pack` did not make.
    """
    try:
        sha256, engines, rows, comments, tables, unread, origin, source = json.loads(data)
        words = text() if rows or comments or tables else ""
        return Checked(
            path,
            sha256,
            findings=tuple(_finding(row, words) for row in rows),
            comments=tuple(
                Comment(first, last, tuple(_show(names, words)), _finding(remark, words), unknown)
                for first, last, names, remark, unknown in comments
            ),
            tables=_show(tables, words) if tables else {},
            engines=tuple(EngineStatus(*engine) for engine in engines),
            unread=tuple((what, line, lines) for what, line, lines in unread),
            origin=Origin(*origin),
            source=source,
        )
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError) as error:
        raise ValueError(f"the kept result cannot be read ({error})") from error


class _Places:
    """Where the words of a text stand in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: dict[str, int] = {}
        for found in _WORD.finditer(text):
            self._words.setdefault(found[0], found.start())

    def get(self, word: str) -> int | None:
        """Return where a word stands, None where it stands nowhere.

        In scripts that write without spaces it may be a part of what looks like a longer one.
        """
        place = self._words.get(word)
        if place is None and max(word) >= _SPACELESS:
            at = self._text.find(word)
            place = at if at >= 0 else None
        return place


def _row(finding: Finding, places: _Places) -> list[Any]:
    return [
        finding.check,
        finding.category,
        finding.severity.value,
        finding.confidence,
        finding.start,
        finding.end,
        finding.line,
        finding.column,
        _hide(finding.message, places),
        _hide(dict(finding.evidence), places),
        _hide(list(finding.variants), places),
        finding.in_quotation,
        finding.fingerprint,
        [[_hide(c.text, places), c.applicability.value] for c in finding.corrections],
        _hide(finding.label, places),
        finding.source_span,
    ]


def _finding(row: list[Any], text: str) -> Finding:
    start, end = row[4], row[5]
    return Finding(
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


def _hide(value: Any, places: _Places) -> Any:
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
