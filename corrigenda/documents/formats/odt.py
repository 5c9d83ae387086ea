"""OpenDocument texts, as LibreOffice writes them, packed or flat; how, in `documents/odt/`."""

from corrigenda.documents.anchored.reader import AnchoredReader, Extract

SUFFIXES = (".odt", ".ott", ".fodt")
PACKED = True


class OdtReader(AnchoredReader):
    """Reads OpenDocument texts and writes corrections into their paragraphs; all else in them stays as it is."""

    format = "odt"
    suffixes = SUFFIXES
    narrows = True

    def extract(self, data: bytes, display: str, *, limit: int) -> Extract:
        """Return the document of an OpenDocument text with the parts that its text comes from. Raises Unreadable."""
        from corrigenda.documents.odt.reading import extract  # deferred: a list of formats needs none of it

        return extract(data, display, limit=limit)


READER = OdtReader()
