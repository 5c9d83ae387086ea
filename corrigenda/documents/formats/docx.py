"""Word documents (.docx): their text as it stands once all tracked changes are accepted; how, in `documents/docx/`."""

from collections.abc import Mapping, Sequence

from corrigenda.documents.anchored.nodes import PartText
from corrigenda.documents.anchored.reader import AnchoredReader, Extract
from corrigenda.documents.parts import Edit

SUFFIXES = (".docx", ".dotx")
PACKED = True


class DocxReader(AnchoredReader):
    """Reads Word documents and writes corrections into their runs; all else in them stays as it is."""

    format = "docx"
    suffixes = SUFFIXES

    def extract(self, data: bytes, display: str, *, limit: int) -> Extract:
        """Return the document of a Word file with the parts that its text comes from. Raises Unreadable."""
        from corrigenda.documents.docx.reading import extract  # deferred: a list of formats needs none of it

        return extract(data, display, limit=limit)

    def further_edits(self, part: PartText, edits: Mapping[int, Sequence[Edit]]) -> list[Edit]:
        """Return the edits by which spaces at the ends of a run count, where edits put some there."""
        from corrigenda.documents.docx.spaces import further_edits  # deferred: as above

        return further_edits(part, edits)


READER = DocxReader()
