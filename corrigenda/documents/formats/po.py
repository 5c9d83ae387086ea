"""PO, the catalogues of gettext: `msgstr` is read, `msgid` is its source; how, in `documents/catalogues/po.py`."""

from corrigenda.documents.catalogues import po
from corrigenda.documents.catalogues.entry import Catalogue, Entry
from corrigenda.documents.catalogues.reader import CatalogueReader
from corrigenda.documents.encodings.decode import MAX_BYTES
from corrigenda.documents.parts import Edit, Encoding

SUFFIXES = (".po",)


class PoReader(CatalogueReader):
    """Reads the translations of a PO file and writes them back; a unit that was changed becomes fuzzy."""

    format = "po"
    suffixes = SUFFIXES

    def decoded(self, data: bytes, *, limit: int = MAX_BYTES) -> tuple[str, Encoding]:
        """Return the text of a file's bytes, in the character set that its header names. Raises Unreadable."""
        return po.decoded(data, limit=limit)

    def catalogue(self, text: str, display: str) -> Catalogue:
        """Return the units of a PO file. Raises Unreadable with the line of the first that is none."""
        return po.catalogue(text)

    def respelled(self, text: str, edit: Edit, entry: Entry) -> Edit:
        """Return an edit of a string with its quotation marks, backslashes and line breaks escaped."""
        return po.respelled(text, edit)


READER = PoReader()
