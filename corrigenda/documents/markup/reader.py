"""What readers of markup languages share: a text is scanned once, and copy is escaped where it is put in."""

from abc import abstractmethod
from collections.abc import Sequence
from functools import partial

from corrigenda.documents.document import Document
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.markup.paragraphs import Paragraphs
from corrigenda.documents.parts import Edit, Encoding


class MarkupReader(IdentityReader):
    """Reads a markup language and writes it back; a format says how it is scanned and how copy is escaped."""

    @abstractmethod
    def scan(self, text: str, paragraphs: Paragraphs) -> None:
        """Take what a text says into paragraphs. Raises Unreadable where it has too many lines."""

    @abstractmethod
    def escaped(self, document: Document, words: str) -> str:
        """Return words that are put into a document, written so that none of their signs is markup."""

    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        """Return the document of a text. Raises Unreadable where it has too many lines."""
        paragraphs = Paragraphs(text)
        self.scan(text, paragraphs)
        return paragraphs.document(display, self.format, encoding, sha256)

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit with what would be a mark written so that it is none."""
        from corrigenda.documents.markup.spelling import spelled  # deferred: few runs have corrections

        return spelled(document, edit, lambda words: self.escaped(document, words))

    def harmless(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits after which programs read the document as before."""
        from corrigenda.documents.markup.structure import harmless  # deferred: few runs have corrections to judge

        return harmless(document, edits, partial(self.edited, document))
