"""What may be copy in a document and was not read: said in every report, lest silence look like a clean result."""

from collections.abc import Iterable

from corrigenda.documents.document import Document
from corrigenda.pipeline.batch import Checked

_MOST = 5
"""Files that are named; the others are counted."""


def places(document: Document) -> tuple[tuple[str, int, int], ...]:
    """Return what was not read of a document: what it is, the line it begins on, and how many lines with words."""
    found: list[tuple[str, int, int]] = []
    for start, end, what in document.unread:
        text = document.text[start:end]
        begin = start + len(text) - len(text.lstrip())
        lines = sum(1 for line in text.splitlines() if line.strip())
        found.append((what, document.line_and_column(begin)[0], lines))
    return tuple(found)


def notes(checked: Iterable[Checked]) -> tuple[str, ...]:
    """Return a sentence for each kind of what was not read, with the files and lines where it stands."""
    lines: dict[str, int] = {}
    where: dict[str, dict[str, list[int]]] = {}
    for one in checked:
        for what, line, number in one.unread:
            lines[what] = lines.get(what, 0) + number
            where.setdefault(what, {}).setdefault(one.path, []).append(line)
    return tuple(
        f"{_lines(lines[what])} of {what} {'was' if lines[what] == 1 else 'were'} not read: {_files(where[what])}."
        for what in sorted(where)
    )


def _lines(number: int) -> str:
    return f"{number:,} line" if number == 1 else f"{number:,} lines"


def _files(where: dict[str, list[int]]) -> str:
    named = [f"{path} (from line {lines[0]})" for path, lines in list(where.items())[:_MOST]]
    more = len(where) - len(named)
    return ", ".join(named) + (f" and {more:,} more file{'s' if more > 1 else ''}" if more else "")
