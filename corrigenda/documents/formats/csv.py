"""CSV and TSV: the columns that are named, or all cells that are copy; the first row says what the columns are."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corrigenda.documents import views
from corrigenda.documents.data import DataReader, Value
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.fields import Wanted, is_copy
from corrigenda.documents.parts import Edit, Embedded, View

SUFFIXES = (".csv", ".tsv", ".tab")
IN_FOLDERS = False

MOST_COLUMNS = 10_000
MOST_CELLS = 2_000_000
"""Cells of a file that are looked at."""

_SIGNS = ("\t", ";", "|", ",")
"""What may stand between two cells; of those that are as frequent in the first row, the last."""
_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')
_PLAIN = {sign: re.compile(rf"[^{re.escape(sign)}\r\n]*") for sign in _SIGNS}
_LINE_END = re.compile(r"\r\n?|\n")
_FIRST_ROW = 1_000_000


class Cell(NamedTuple):
    """`[start, end)` of what a cell says, without its quotation marks, and its row and column, from 0."""

    start: int
    end: int
    row: int
    column: int


class CsvReader(DataReader):
    """Reads CSV and TSV and writes them back."""

    format = "csv"
    suffixes = SUFFIXES

    def values(self, text: str) -> Iterable[Value]:
        """Return the cells that are copy. Raises Unreadable for broken quotation marks."""
        wanted = Wanted(self.options, folded=True)
        names: list[str] = []
        for number, cell in enumerate(cells(text, separator(text))):
            if number >= MOST_CELLS:
                raise Unreadable(f"The table has more than {MOST_CELLS:,} cells. Split it.")
            if cell.row == 0:
                name = text[cell.start : cell.end].replace('""', '"').strip()
                names.append(name)
                wanted.kind(name)
                continue
            name = names[cell.column] if cell.column < len(names) else ""
            kind = wanted.kind(name) if wanted.said else ""
            if cell.end == cell.start or (wanted.said and not kind):
                continue
            view = self.view(text, cell.start, cell.end)
            if wanted.said or is_copy(name, view.text):
                label = f"row {cell.row + 1:,}, {name[:60] or f'column {cell.column + 1:,}'}"
                yield Value(Embedded(cell.start, cell.end, view, self.inner, label, cell.row), kind == "title")
        wanted.refuse_missing("column")

    def view(self, text: str, start: int, end: int) -> View:
        """Return what a cell says: in quotation marks, two of them are one."""
        view = views.plain(text, start, end)
        if text[start - 1 : start] != '"' or text.find('""', start, end) < 0:
            return view
        return views.replaced(view, [(*found.span(), '"') for found in re.finditer('""', view.text)])

    def escaped(self, document: Document, part: Embedded, at: int, text: str) -> str:
        """Return words as the cell has them."""
        return text.replace('"', '""') if _is_quoted(document.text, part) else text

    def whole(self, document: Document, part: Embedded, edit: Edit) -> Edit:
        """Return the edit, or that of the whole cell where the new words need the quotation marks that it has not."""
        if _is_quoted(document.text, part) or not (set(edit.text) & {separator(document.text), '"', "\r", "\n"}):
            return edit
        text = document.text
        said = text[part.start : edit.start] + edit.text + text[edit.end : part.end]
        return Edit(part.start, part.end, '"' + said.replace('"', '""') + '"')


def _is_quoted(text: str, part: Embedded) -> bool:
    return text[part.start - 1 : part.start] == '"' if part.start else False


def separator(text: str) -> str:
    """Return what stands between two cells of a table, told by its first row."""
    counts: Counter[str] = Counter()
    at = 0
    while at < min(len(text), _FIRST_ROW) and text[at] not in "\r\n":
        quoted = _QUOTED.match(text, at) if text[at] == '"' else None
        if quoted is not None:
            at = quoted.end()
            continue
        counts[text[at]] += 1
        at += 1
    return max(_SIGNS, key=lambda sign: (counts[sign], _SIGNS.index(sign)))


def cells(text: str, sign: str) -> Iterator[Cell]:
    """Yield the cells of a table, row by row; rows of nothing are none.

    Raises:
        Unreadable: A quotation mark is not closed, something follows a closed one, or a row has too many cells.
    """
    at = row = column = 0
    plain = _PLAIN[sign]
    while at < len(text):
        if column == 0 and text[at] in "\r\n":
            at = _after_line_end(text, at)
            continue
        if column >= MOST_COLUMNS:
            raise Unreadable(f"Row {row + 1:,} has more than {MOST_COLUMNS:,} columns, as no table of copy has.")
        if text[at : at + 1] == '"':
            quoted = _QUOTED.match(text, at)
            if quoted is None:
                raise _wrong(text, at, "a quotation mark is not closed")
            end = quoted.end()
            if end < len(text) and text[end] not in (sign, "\r", "\n"):
                raise _wrong(text, end, "something follows a closed quotation mark")
            yield Cell(at + 1, end - 1, row, column)
        else:
            found = plain.match(text, at)
            end = found.end() if found is not None else at
            yield Cell(at, end, row, column)
        if text[end : end + 1] == sign:
            at, column = end + 1, column + 1
            if at == len(text) or text[at] in "\r\n":  # an empty cell at the end of a row
                yield Cell(at, at, row, column)
                at, row, column = _after_line_end(text, at), row + 1, 0
        else:
            at, row, column = _after_line_end(text, end), row + 1, 0


def _after_line_end(text: str, at: int) -> int:
    found = _LINE_END.match(text, at)
    return found.end() if found is not None else at


def _wrong(text: str, at: int, what: str) -> Unreadable:
    line = len(_LINE_END.findall(text, 0, at)) + 1
    return Unreadable(f"This table is broken: at line {line:,} {what}. Save it again as CSV.")


READER = CsvReader()
