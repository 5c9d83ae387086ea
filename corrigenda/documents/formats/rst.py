"""reStructuredText: blocks and inline markup by a scanner of our own; how, in `documents/rst/`."""

from corrigenda.documents.document import Document
from corrigenda.documents.markup.paragraphs import Paragraphs
from corrigenda.documents.markup.reader import MarkupReader
from corrigenda.documents.parts import Edit
from corrigenda.documents.rst.blocks import Blocks

SUFFIXES = (".rst", ".rest")


class RstReader(MarkupReader):
    """Reads reStructuredText and writes it back."""

    format = "rst"
    suffixes = SUFFIXES

    def scan(self, text: str, paragraphs: Paragraphs) -> None:
        """Take what a text says into paragraphs. Raises Unreadable where it has too many lines."""
        Blocks(text, paragraphs).read()

    def escaped(self, document: Document, words: str) -> str:
        """Return words with a backslash before what would be a mark."""
        from corrigenda.documents.rst.writing import escaped  # deferred: few runs have corrections

        return escaped(words)

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit with marks escaped, and a title's underline as long as the new title."""
        from corrigenda.documents.rst.writing import outgrown  # deferred: as above

        return outgrown(document, super().spelled(document, edit))


READER = RstReader()
