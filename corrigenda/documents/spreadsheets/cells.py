"""The cells of a sheet that hold text, and the strings of a workbook."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from corrigenda.documents.errors import Unreadable
from corrigenda.documents.spreadsheets.workbook import NAMESPACES, Part
from corrigenda.documents.xml.events import End, Start, Text
from corrigenda.documents.xml.scanner import scan

MOST_CELLS = 2_000_000
"""Cells of a workbook that are looked at."""
MOST_COLUMNS = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class String(NamedTuple):
    """A string: `[start, end)` of the element that holds it, and the pieces of its text."""

    start: int
    end: int
    pieces: tuple[Text, ...]


class Held(Enum):
    """Where a cell has its text."""

    SHARED = "shared"
    """In the table of shared strings; the cell has its number."""
    OWN = "own"
    """In the cell itself."""


class Cell(NamedTuple):
    """A cell with text: its name ("B12"), its row and column from 1, and where its text is.

    `[start, end)` is what the sheet has for it: the number of a shared string, or the element that holds a string of
    the cell's own, of which `pieces` are the text.
    """

    name: str
    row: int
    column: int
    held: Held
    start: int
    end: int
    number: int
    pieces: tuple[Text, ...]


def strings(part: Part) -> list[String]:
    """Return the shared strings of a workbook. Raises Unreadable for damaged XML."""
    found: list[String] = []
    collected: list[Text] = []
    start = phonetic = 0
    inside = False
    for event in scan(part.raw, what=part.name, namespaces=NAMESPACES, doctype=False):
        if isinstance(event, Start):
            if event.name == "si":
                start, collected = event.start, []
            phonetic += event.name == "rPh"
            inside = event.name == "t" and not phonetic
        elif isinstance(event, End):
            phonetic -= event.name == "rPh"
            inside = False
            if event.name == "si":
                found.append(String(start, event.end, tuple(collected)))
        elif isinstance(event, Text) and inside:
            collected.append(event)
    return found


def cells(part: Part) -> Iterator[Cell]:
    """Yield the cells of a sheet that hold text and no formula, row by row.

    Raises:
        Unreadable: The XML is damaged, or a cell names a string by what is no number.
    """
    row = column = phonetic = 0
    name = kind = within = ""
    formula = False
    start = end = -1
    texts: list[Text] = []
    for event in scan(part.raw, what=part.name, namespaces=NAMESPACES, doctype=False):
        if isinstance(event, Start):
            if event.name == "row":
                row, column = _number(event.attributes.get("r", ""), row + 1), 0
            elif event.name == "c":
                kind, formula, start, texts = event.attributes.get("t", "n"), False, -1, []
                name, row, column = _place(event.attributes.get("r", ""), row, column + 1)
            elif event.name == "f":
                formula = True
            elif event.name in ("v", "is"):
                start = event.start
            phonetic += event.name == "rPh"
            within = event.name
        elif isinstance(event, Text):
            if (within == "v" or (within == "t" and not phonetic)) and start >= 0:
                texts.append(event)
        elif isinstance(event, End):
            within = ""
            phonetic -= event.name == "rPh"
            if event.name in ("v", "is"):
                end = event.end
            elif event.name == "c" and not formula and texts and start >= 0:
                if kind == "s":
                    said = "".join(text.value for text in texts).strip()
                    if not (said.isascii() and said.isdigit() and len(said) < 10):
                        raise Unreadable(f"The sheet {part.name} is damaged: cell {name} has no text. Save it again.")
                    yield Cell(name, row, column, Held.SHARED, texts[0].start, texts[-1].end, int(said), ())
                elif kind in ("inlineStr", "str"):
                    yield Cell(name, row, column, Held.OWN, start, end, -1, tuple(texts))


def _number(said: str, otherwise: int) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else otherwise


def _place(said: str, row: int, column: int) -> tuple[str, int, int]:
    """Return the name, row and column of a cell; files need not say them."""
    found = _REFERENCE.fullmatch(said)
    if found is None:
        return f"{letters(column)}{row}", row, column
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return said, int(found[2]), min(number, MOST_COLUMNS)


def letters(column: int) -> str:
    """Return the letters of a column, from 1: A, B … Z, AA …"""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
