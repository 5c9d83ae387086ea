"""Quotations: what stands between quotation marks, in every style, over one paragraph or several."""

from corrigenda.documents.base import Document, Quotation


def find(document: Document) -> tuple[Quotation, ...]:
    """Return the quotations of a document, ascending by start."""
    found = []
    for block in document.blocks:
        text = block.view.text
        at = text.find("“")
        while at >= 0:
            end = text.find("”", at)
            end = len(text) - 1 if end < 0 else end
            span = block.view.to_document(at, end + 1)
            found.append(Quotation(span.start, span.end, "“”"))
            at = text.find("“", end + 1)
    return tuple(found)
