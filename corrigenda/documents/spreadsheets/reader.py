"""The text of a workbook's cells, and corrections put back into them.

Each cell is a part of its own, so that a string which several cells share is changed for one of them alone: that one
gets a string of its own at the end of the table.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from corrigenda.documents.anchored import texts
from corrigenda.documents.anchored.nodes import Node, PartText
from corrigenda.documents.anchored.reader import AnchoredReader, Extract
from corrigenda.documents.anchored.texts import Stretch, Taken
from corrigenda.documents.containers.package import Package
from corrigenda.documents.containers.rewriting import rewritten
from corrigenda.documents.data import MOST_VALUES
from corrigenda.documents.document import Document
from corrigenda.documents.encodings.decode import digest, encode
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.fields import Wanted, is_copy
from corrigenda.documents.parts import Edit, Region, RegionKind
from corrigenda.documents.spreadsheets.cells import MOST_CELLS, Cell, Held, String, cells, strings
from corrigenda.documents.spreadsheets.workbook import KIND, Part, Sheet, Workbook, opened, workbook
from corrigenda.documents.xml.events import Text
from corrigenda.documents.xml.splicing import spliced
from corrigenda.settings import ReadingOptions

_ROWS = 1_048_576
"""Rows that a sheet has at most."""
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")
_SPACED = re.compile(r"<((?:\w+:)?t)>(?=\s|[^<]*\s<)")
_UNIQUE = re.compile(r'(<(?:\w+:)?sst\b[^>]*?\suniqueCount=["\'])(\d{1,9})')


class Named(NamedTuple):
    """A cell that is copy: its sheet, the text of its column's first cell, and whether it is a headline."""

    sheet: Sheet
    cell: Cell
    title: bool

    @property
    def part(self) -> str:
        """The name of the part that it is for a correction."""
        return f"{self.sheet.part}!{self.cell.name}"

    @property
    def label(self) -> str:
        """What tells a person where it is."""
        return f"sheet {self.sheet.name[:60]}, {self.cell.name}"


@dataclass(frozen=True)
class _Book:
    """A workbook as it was opened."""

    package: Package
    about: Workbook
    sheets: Mapping[str, Part]
    table: Part | None
    strings: Sequence[String]
    used: Mapping[int, int]
    """How many cells have a shared string, by its number."""

    def pieces(self, cell: Cell) -> Sequence[Text]:
        """Return the pieces of a cell's text."""
        if cell.held is Held.OWN:
            return cell.pieces
        return self.strings[cell.number].pieces if cell.number < len(self.strings) else ()

    def said(self, cell: Cell) -> str:
        """Return what a cell says."""
        return "".join(piece.value for piece in self.pieces(cell))

    def text_of(self, named: Named) -> PartText:
        """Return a cell as a part of its own: the element that holds its text, with its pieces as nodes."""
        cell = named.cell
        if cell.held is Held.OWN:
            part, start, end = self.sheets[named.sheet.part], cell.start, cell.end
        else:
            assert self.table is not None
            part, start, end = self.table, self.strings[cell.number].start, self.strings[cell.number].end
        found = PartText(named.part, part.raw[start:end], part.encoding)
        for piece in self.pieces(cell):
            found.add(Node(piece._replace(start=piece.start - start, end=piece.end - start)))
        return found


class SpreadsheetReader(AnchoredReader):
    """Reads the cells of named columns, or all that are copy; formulas, numbers and all else stay as they are."""

    def __init__(self, options: ReadingOptions | None = None) -> None:
        """Make a reader that obeys some options."""
        self.options = options or ReadingOptions()

    def configured(self, options: ReadingOptions) -> Self:
        """Return the reader that obeys other options."""
        return type(self)(options)

    def extract(self, data: bytes, display: str, *, limit: int) -> Extract:
        """Return the document of a workbook. Raises Unreadable as `AnchoredReader.extract`."""
        package = Package(data, kind=KIND)
        about = workbook(package)
        sheets = {sheet.part: opened(package, sheet.part) for sheet in about.sheets}
        table = opened(package, about.strings) if about.strings is not None else None
        found = strings(table) if table is not None else []
        every = {name: list(_bounded(cells(part))) for name, part in sheets.items()}
        used = Counter(cell.number for own in every.values() for cell in own if cell.held is Held.SHARED)
        book = _Book(package, about, sheets, table, found, used)
        chosen = list(self._chosen(book, every))
        document = self._document(book, chosen, data, display, limit)
        nodes = {named.part: book.text_of(named) for named in chosen}
        by_part = {named.part: named for named in chosen}
        return Extract(document, nodes, lambda changed: _rebuilt(book, by_part, changed))

    def _chosen(self, book: _Book, every: Mapping[str, Sequence[Cell]]) -> Iterator[Named]:
        """Yield the cells that are copy. Raises Unreadable where no column is meant by the names that were given."""
        wanted = Wanted(self.options, folded=True)
        for sheet in book.about.sheets:
            if not sheet.shown:
                continue
            own = every[sheet.part]
            first = own[0].row if own else 0
            names = {cell.column: book.said(cell).strip() for cell in own if cell.row == first}
            if wanted.said:
                for name in names.values():
                    wanted.kind(name)
            for cell in own:
                if cell.row == first and (wanted.said or len(own) > len(names)):
                    continue
                name = names.get(cell.column, "")
                kind = wanted.kind(name) if wanted.said and name else ""
                said = book.said(cell)
                if said.strip() and (bool(kind) if wanted.said else is_copy(name, said)):
                    yield Named(sheet, cell, kind == "title")
        wanted.refuse_missing("column")

    def _document(self, book: _Book, chosen: Sequence[Named], data: bytes, display: str, limit: int) -> Document:
        if len(chosen) > MOST_VALUES:
            raise Unreadable(f"The workbook has more than {MOST_VALUES:,} texts. Split it, or name the columns.")
        inner = self.options.field_format or "text"
        taken: list[Taken] = []
        escapes: list[Region] = []
        at = 0
        sheets = {sheet.part: number for number, sheet in enumerate(book.about.sheets)}
        for named in chosen:
            # Rows are counted whichever of their cells are read, so that two readings of a workbook go together.
            record = sheets[named.sheet.part] * _ROWS + named.cell.row + 1
            own = [Stretch(piece.value, node, 0, named.label) for node, piece in enumerate(book.pieces(named.cell))]
            said = book.said(named.cell)
            escapes += (Region(RegionKind.CODE, at + e.start(), at + e.end()) for e in _ESCAPE.finditer(said))
            at += len(said) + len(texts.BETWEEN)
            taken.append(Taken(named.part, own, inner, record, named.title))
        return texts.document(
            taken,
            display,
            self.format,
            digest(data),
            limit=limit,
            masked=escapes,
            unread=["a hidden sheet" for sheet in book.about.sheets if not sheet.shown],
            options=self.options,
        )

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit whose text is copy as the edit that the cell is given; it never reaches out of its cell."""
        return super().spelled(document, texts.spelled(document, edit))

    def harmless(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits that stay within one cell and leave what is read in it as it is."""
        return [edit for edit in super().harmless(document, edits) if texts.harmless(document, edit)]


def _bounded(found: Iterator[Cell]) -> Iterator[Cell]:
    for number, cell in enumerate(found):
        if number >= MOST_CELLS:
            raise Unreadable(f"The workbook has a sheet of more than {MOST_CELLS:,} cells with text. Split it.")
        yield cell


def _rebuilt(book: _Book, by_part: Mapping[str, Named], changed: Mapping[str, bytes]) -> bytes:
    """Return the workbook's bytes with new elements for the texts of cells, by the parts that cells are."""
    in_table: list[Edit] = []
    in_sheets: dict[str, list[Edit]] = {}
    added: list[str] = []
    for name, data in changed.items():
        named = by_part[name]
        cell, own = named.cell, in_sheets.setdefault(named.sheet.part, [])
        part = book.sheets[named.sheet.part] if cell.held is Held.OWN else book.table
        assert part is not None
        raw = _SPACED.sub(r'<\1 xml:space="preserve">', data.decode(part.encoding.codec)[len(_bom(part)) :])
        if cell.held is Held.OWN:
            own.append(Edit(cell.start, cell.end, raw))
        elif book.used[cell.number] == 1:
            string = book.strings[cell.number]
            in_table.append(Edit(string.start, string.end, raw))
        else:
            own.append(Edit(cell.start, cell.end, str(len(book.strings) + len(added))))
            added.append(raw)
    written: dict[str, bytes] = {}
    if book.table is not None and (in_table or added):
        written[book.table.name] = _encoded(book.table, _table(book.table.raw, in_table, added))
    for sheet, edits in in_sheets.items():
        if edits:
            written[sheet] = _encoded(book.sheets[sheet], spliced(book.sheets[sheet].raw, sorted(edits)))
    return rewritten(book.package, written)


def _table(raw: str, edits: Sequence[Edit], added: Sequence[str]) -> str:
    """Return the table of shared strings with some changed, and others at its end."""
    result = spliced(raw, sorted(edits))
    if not added:
        return result
    end = result.rindex("</")
    result = result[:end] + "".join(added) + result[end:]
    return _UNIQUE.sub(lambda found: f"{found[1]}{int(found[2]) + len(added)}", result, count=1)


def _encoded(part: Part, text: str) -> bytes:
    return encode(text, part.encoding)


def _bom(part: Part) -> str:
    return part.encoding.bom.decode(part.encoding.codec) if part.encoding.bom else ""
