"""Jupyter notebooks: the cells of Markdown are read; code and what it put out are not."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corrigenda.documents import views
from corrigenda.documents.data import DataReader, Value
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.json import scanner
from corrigenda.documents.json.scanner import String
from corrigenda.documents.parts import Embedded, Encoding, Region, RegionKind, View

SUFFIXES = (".ipynb",)

_SOURCE = re.compile(r"((?:.*\.)?cells)\[\]\.(?:source|input)(?:\[\])?")
_NUMBER = re.compile(r"cells\[(\d+)\]")
_PIECE = re.compile(r"\\.|(\"[ \t\r\n]*,[ \t\r\n]*\")", re.DOTALL)


class NotebookReader(DataReader):
    """Reads notebooks of Jupyter, formats 3 and 4, and writes them back."""

    format = "notebook"
    suffixes = SUFFIXES
    usual = "markdown"

    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        """Return the document of a notebook. Raises Unreadable where it is broken, or JSON of another kind."""
        cells = list(_cells(text))
        if not cells and '"nbformat"' not in text:
            raise Unreadable("This is no notebook: it has no cells, and does not say which format of Jupyter it is in.")
        document = super().parse(text, display, encoding, sha256)
        # That a text shows code, as documentation does, is told by its regions.
        code = [
            Region(RegionKind.CODE, _opening(text, cell[0].start), cell[-1].end)
            for kind, cell in cells
            if kind == "code" and cell[-1].end > cell[0].start
        ]
        regions = sorted((*document.regions, *code), key=lambda region: (region.start, -region.end))
        return replace(document, regions=tuple(regions))

    def values(self, text: str) -> Iterable[Value]:
        """Return the cells of Markdown, and in format 3 those of headings."""
        for kind, cell in _cells(text):
            start, end = cell[0].start, cell[-1].end
            if kind in ("markdown", "heading") and end > start:
                label = f"cell {int(_NUMBER.findall(cell[0].label)[-1]) + 1}"
                part = Embedded(start, end, self.view(text, start, end), self.usual, label)
                yield Value(part, title=kind == "heading")

    def view(self, text: str, start: int, end: int) -> View:
        """Return what a cell says: the strings of its lines one after the other, each escape as one letter."""
        view = views.plain(text, start, end)
        if text.find("\\", start, end) < 0 and text.find('"', start, end) < 0:
            return view
        changes = [(first - start, last - start, said) for first, last, said in scanner.escapes(text, start, end)]
        changes += ((*piece.span(1), "") for piece in _PIECE.finditer(view.text) if piece[1] is not None)
        return views.replaced(view, sorted(changes))

    def escaped(self, document: Document, part: Embedded, at: int, text: str) -> str:
        """Return words as a JSON string has them; not beyond ASCII in a notebook that escapes what is."""
        whole = document.text
        return scanner.written(text, ascii_only=whole.isascii() and "\\u" in whole)


READER = NotebookReader()


def _opening(text: str, start: int) -> int:
    """Return where the white space and brackets begin that stand before a cell's first string."""
    for at in range(start - 1, max(0, start - 100), -1):
        if text[at - 1] not in " \t\r\n[":
            return at
    return start


def _cells(text: str) -> Iterator[tuple[str, list[String]]]:
    """Yield the cells that have a source, in order: their kind, and its strings."""
    cell, kind, sources = "", "", list[String]()
    for one in scanner.strings(text):
        found = _NUMBER.search(one.label)
        if found is None:
            continue
        # Format 3 has its cells in worksheets.
        own = one.label[: found.end()]
        if own != cell:
            if sources:
                yield kind, sources
            cell, kind, sources = own, "", []
        if one.path.endswith("cells[].cell_type"):
            kind = text[one.start : one.end]
        elif _SOURCE.fullmatch(one.path):
            sources.append(one)
    if sources:
        yield kind, sources
