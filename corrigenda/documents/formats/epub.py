"""EPUB books: their chapters in reading order, without the lists of contents; how, in `documents/epub/`."""

from corrigenda.documents.anchored.reader import AnchoredReader, Extract

SUFFIXES = (".epub",)
PACKED = True


class EpubReader(AnchoredReader):
    """Reads EPUB books and writes corrections into their chapters; all else in them stays as it is."""

    format = "epub"
    suffixes = SUFFIXES
    narrows = True

    def extract(self, data: bytes, display: str, *, limit: int) -> Extract:
        """Return the document of a book with the parts that its text comes from. Raises Unreadable."""
        from corrigenda.documents.epub.reading import extract  # deferred: a list of formats needs none of it

        return extract(data, display, limit=limit)


READER = EpubReader()
