"""What may be copy in a document and was not read: said in every report, lest silence look like a clean result."""

from collections.abc import Iterable

from corrigenda.documents.document import Document
from corrigenda.pipeline.batch import Checked

_MOST = 5
"""Files that are named, and places in one; the others are counted."""


def places(document: Document) -> tuple[tuple[str, int | str, int], ...]:
    """Return what was not read of a document: what it is, the line it begins on, and how many lines with words.

    In a file without lines it is the place's label and 0.
    """
    found: list[tuple[str, int | str, int]] = []
    for start, end, what in document.unread:
        text = document.text[start:end]
        place = document.locate(start + len(text) - len(text.lstrip()))
        if place.line is None:
            found.append((what, place.label, 0))
        else:
            found.append((what, place.line, sum(1 for line in text.splitlines() if line.strip())))
    return tuple(found)


def notes(checked: Iterable[Checked]) -> tuple[str, ...]:
    """Return a sentence for each kind of what was not read, with the files and lines where it stands."""
    lines: dict[str, int] = {}
    where: dict[str, dict[str, list[int]]] = {}
    labels: dict[str, dict[str, list[str]]] = {}
    for one in checked:
        for what, place, number in one.unread:
            if isinstance(place, str):
                labels.setdefault(what, {}).setdefault(one.path, []).append(place)
                continue
            lines[what] = lines.get(what, 0) + number
            where.setdefault(what, {}).setdefault(one.path, []).append(place)
    in_lines = [
        f"{_lines(lines[what])} of {what} {'was' if lines[what] == 1 else 'were'} not read: {_files(where[what])}."
        for what in sorted(where)
    ]
    return (*in_lines, *(_labelled(what, labels[what]) for what in sorted(labels)))


def _lines(number: int) -> str:
    return f"{number:,} line" if number == 1 else f"{number:,} lines"


def _files(where: dict[str, list[int]]) -> str:
    return _named({path: f"from line {lines[0]}" for path, lines in where.items()})


def _labelled(what: str, where: dict[str, list[str]]) -> str:
    """Return the sentence for what stands in files without lines."""
    told: dict[str, str] = {}
    for path, labels in where.items():
        places = list(dict.fromkeys(label for label in labels if label))
        more = len(places) - _MOST
        told[path] = ", ".join(places[:_MOST]) + (f" and {more:,} more" if more > 0 else "")
    return f"{what[0].upper()}{what[1:]} was not read: {_named(told)}."


def _named(told: dict[str, str]) -> str:
    named = [f"{path} ({place})" if place else path for path, place in list(told.items())[:_MOST]]
    more = len(told) - len(named)
    return ", ".join(named) + (f" and {more:,} more file{'s' if more > 1 else ''}" if more else "")
