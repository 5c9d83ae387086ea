"""Org: blocks and inline markup by a scanner of our own; how, in `documents/org/`."""

import re

from corrigenda.documents.document import Document
from corrigenda.documents.markup.paragraphs import Paragraphs
from corrigenda.documents.markup.reader import MarkupReader
from corrigenda.documents.org.blocks import Blocks

SUFFIXES = (".org",)

_MARK = re.compile(r"(?<!\w)[*/_+=~](?=\S)|(?<=\[)(?=\[)")


class OrgReader(MarkupReader):
    """Reads Org and writes it back."""

    format = "org"
    suffixes = SUFFIXES

    def scan(self, text: str, paragraphs: Paragraphs) -> None:
        """Take what a text says into paragraphs. Raises Unreadable where it has too many lines."""
        Blocks(text, paragraphs).read()

    def escaped(self, document: Document, words: str) -> str:
        """Return words in which a zero-width space, as Org's manual advises, keeps marks from being marks."""
        return _MARK.sub("\u200b\\g<0>", words)


READER = OrgReader()
