"""AsciiDoc: blocks and inline markup by a scanner of our own; how, in `documents/asciidoc/`."""

import re

from corrigenda.documents.asciidoc.blocks import Blocks
from corrigenda.documents.document import Document
from corrigenda.documents.markup.paragraphs import Paragraphs
from corrigenda.documents.markup.reader import MarkupReader

SUFFIXES = (".adoc", ".asciidoc", ".asc")

_MARK = re.compile(r"(?<!\w)[*_`#+](?=\S)|\{(?=\w)|<<|\(\(|\+\+")


class AsciidocReader(MarkupReader):
    """Reads AsciiDoc and writes it back."""

    format = "asciidoc"
    suffixes = SUFFIXES

    def scan(self, text: str, paragraphs: Paragraphs) -> None:
        """Take what a text says into paragraphs. Raises Unreadable where it has too many lines."""
        Blocks(text, paragraphs).read()

    def escaped(self, document: Document, words: str) -> str:
        """Return words with a backslash before what would be a mark."""
        return _MARK.sub(r"\\\g<0>", words)


READER = AsciidocReader()
