"""DITA: XML by its elements; how, in `documents/schemas/`. A file ending in `.xml` is told by its root element."""

from corrigenda.documents.schemas.dita import VOCABULARY
from corrigenda.documents.schemas.reading import SchemaReader

SUFFIXES = (".dita", ".ditamap")


class DitaReader(SchemaReader):
    """Reads DITA and writes it back."""

    format = "dita"
    suffixes = SUFFIXES
    vocabulary = VOCABULARY


READER = DitaReader()
