"""Org: blocks and inline markup by a scanner of our own; how, in `documents/org/`."""

import re
from collections.abc import Sequence
from functools import partial

from corrigenda.documents.document import Document
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.markup.paragraphs import Paragraphs
from corrigenda.documents.org.blocks import Blocks
from corrigenda.documents.parts import Edit, Encoding

SUFFIXES = (".org",)

_MARK = re.compile(r"(?<!\w)[*/_+=~](?=\S)|(?<=\[)(?=\[)")


def _escaped(words: str) -> str:
    """Return words in which a zero-width space, as Org's manual advises, keeps marks from being marks."""
    return _MARK.sub("\u200b\\g<0>", words)


class OrgReader(IdentityReader):
    """Reads Org and writes it back."""

    format = "org"
    suffixes = SUFFIXES

    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        """Return the document of a text. Raises Unreadable where it has too many lines."""
        paragraphs = Paragraphs(text)
        Blocks(text, paragraphs).read()
        return paragraphs.document(display, self.format, encoding, sha256)

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit with what would be a mark written so that it is none."""
        from corrigenda.documents.markup.spelling import spelled  # deferred: few runs have corrections

        return spelled(document, edit, lambda words, before, after: _escaped(words))

    def harmless(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits after which programs read the document as before."""
        from corrigenda.documents.markup.structure import harmless  # deferred: few runs have corrections to judge

        return harmless(document, edits, partial(self.edited, document))


READER = OrgReader()
