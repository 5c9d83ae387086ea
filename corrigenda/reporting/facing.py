"""What of its source stands beside each paragraph of a text, for reports that show the two facing each other."""

from typing import NamedTuple

from corrigenda.documents.document import Document


class Piece(NamedTuple):
    """A stretch of the source, and whether nothing in the translation stands for it."""

    text: str
    lost: bool = False


def facing(document: Document) -> dict[int, list[Piece]]:
    """Return the source's words by the number of the block that they belong beside; a lost sentence stands with what
    comes before it.
    """
    if not document.has_source:
        return {}
    # deferred: most documents have no source
    from corrigenda.alignment.align import bitext_of
    from corrigenda.languages.sources import code_of

    bitext = bitext_of(document, code_of(document.origin_language))
    found: dict[int, list[Piece]] = {}
    at = 0
    for pair in bitext.pairs if bitext is not None else ():
        if pair.target:
            at = pair.target[0].block
        if pair.source and pair.source_text.strip():
            found.setdefault(at, []).append(Piece(pair.source_text, not pair.target))
    return found
