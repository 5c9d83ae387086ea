"""DocBook: XML by its elements; how, in `documents/schemas/`. A file ending in `.xml` is told by its root element."""

from corrigenda.documents.schemas.docbook import VOCABULARY
from corrigenda.documents.schemas.reading import SchemaReader

SUFFIXES = (".dbk", ".docbook")


class DocbookReader(SchemaReader):
    """Reads DocBook and writes it back."""

    format = "docbook"
    suffixes = SUFFIXES
    vocabulary = VOCABULARY


READER = DocbookReader()
