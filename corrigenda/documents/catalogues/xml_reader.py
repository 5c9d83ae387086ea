"""What the readers of catalogues in XML share."""

from corrigenda.documents.catalogues import xml_content
from corrigenda.documents.catalogues.entry import Entry
from corrigenda.documents.catalogues.reader import CatalogueReader
from corrigenda.documents.encodings.decode import MAX_BYTES
from corrigenda.documents.parts import Edit, Encoding
from corrigenda.documents.xml.decoding import decode


class XmlCatalogueReader(CatalogueReader):
    """Decodes XML as its declaration says, and writes words as XML has them."""

    def decoded(self, data: bytes, *, limit: int = MAX_BYTES) -> tuple[str, Encoding]:
        """Return the text of a file's bytes, in the encoding that it declares. Raises Unreadable."""
        return decode(data, limit=limit)

    def respelled(self, text: str, edit: Edit, entry: Entry) -> Edit:
        """Return an edit of an element's text as XML has it."""
        return xml_content.spelled(text, edit, entry)
