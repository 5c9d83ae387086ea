"""HTML: pages and fragments, read as browsers read them; how, in `documents/html/`."""

from collections.abc import Sequence
from functools import partial

from corrigenda.documents.document import Document
from corrigenda.documents.encodings.decode import MAX_BYTES
from corrigenda.documents.html import page
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.parts import Edit, Encoding

SUFFIXES = (".html", ".htm", ".xhtml", ".xht")


class HtmlReader(IdentityReader):
    """Reads HTML and XHTML and writes it back."""

    format = "html"
    suffixes = SUFFIXES

    def decoded(self, data: bytes, *, limit: int = MAX_BYTES) -> tuple[str, Encoding]:
        """Return the text of a page's bytes in the encoding that the page says it is in. Raises Unreadable."""
        from corrigenda.documents.html.encoding import decoded  # deferred: it knows many names of encodings

        return decoded(data, limit=limit)

    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        """Return the document of a page. Raises Unreadable as `documents.html.page.parse`."""
        return page.parse(text, display, encoding, sha256)

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit with the references that its place in the page needs."""
        from corrigenda.documents.html.spelling import spelled  # deferred: few runs have corrections to make

        return spelled(document, edit)

    def harmless(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits after which programs read the page as before."""
        from corrigenda.documents.html.spelling import harmless  # deferred: as above

        return harmless(document, edits, partial(self.edited, document))


READER = HtmlReader()
