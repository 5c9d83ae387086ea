"""A text beside the one that it was translated from, which is a file of its own."""

from corrigenda.documents.document import Document


def beside(document: Document, source: Document) -> Document:
    """Return a document with what it was translated from."""
    return document.with_source(source)
