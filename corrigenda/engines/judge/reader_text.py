"""A document as its reader sees it, in one piece: the text that the models are given as context."""

from corrigenda.documents.document import Document

_BETWEEN = "\n\n"


class Reading:
    """The views of a document's blocks, joined by empty lines, and the way from the document's positions to it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts: list[int] = []
        pieces: list[str] = []
        at = 0
        for block in document.blocks:
            self._starts.append(at)
            pieces.append(block.view.text)
            at += len(block.view.text) + len(_BETWEEN)
        self.text = _BETWEEN.join(pieces)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the document's `[start, end)` stands here, or None where it is in no block or in two."""
        index = self._document.block_at(start)
        if index is None or end > self._document.blocks[index].end:
            return None
        view = self._document.blocks[index].view
        at = self._starts[index]
        seen = view.span_of(start, end)
        return (at + seen.start, at + seen.end) if seen else None
