"""Which standard of its language a text is written in, as its own spelling tells."""

from corrigenda.documents.document import Document
from corrigenda.languages import any_language


def variant_of(document: Document, default: str = "") -> str:
    """Return the tag of the standard, such as "en-GB", whichever spelling the document has more of.

    Where it tells neither it is the default, or the language's own where that is "".
    """
    own = any_language(document.language)
    return own.dialects.variant(document.words, default or own.grammar.variant)
