"""XLIFF, the exchange format of translation tools: targets are read; how, in `documents/catalogues/xliff.py`."""

from corrigenda.documents.catalogues import xliff
from corrigenda.documents.catalogues.entry import Catalogue
from corrigenda.documents.catalogues.xml_reader import XmlCatalogueReader

SUFFIXES = (".xlf", ".xliff")


class XliffReader(XmlCatalogueReader):
    """Reads the targets of XLIFF 1.x and 2.x and writes them back; a unit that was changed is marked for review."""

    format = "xliff"
    suffixes = SUFFIXES

    def catalogue(self, text: str, display: str) -> Catalogue:
        """Return the translated units of a file. Raises Unreadable for what is no XLIFF."""
        return xliff.catalogue(text)


READER = XliffReader()
