"""The bitext of a document that has its source: by its units, or by aligning two texts."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from corrigenda.alignment.bitext import Bitext, Pair, Stretch
from corrigenda.documents.document import Document
from corrigenda.documents.parts import View
from corrigenda.languages import any_language
from corrigenda.languages.sources import code_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], "NDArray[np.float32] | None"]
"""Returns one unit vector a text, of texts in any language, or None where the multilingual model is not at hand."""


def bitext_of(document: Document, language: str = "", encode: Encode | None = None) -> Bitext | None:
    """Return a document beside its source, None where it has none.

    Args:
        document: The translation.
        language: The code of the source's language, where somebody said it; "" for what the source itself says.
        encode: The multilingual model, None to do without.
    """
    if document.source is not None:
        return _texts(document, document.source, language or code_of(document.source.language))
    if any(block.source is not None for block in document.blocks):
        return _units(document, language)
    return None


def _units(document: Document, language: str) -> Bitext:
    """Pair what a file of units pairs: what several blocks of one unit say stands beside the unit's source."""
    views = [block.source for block in document.blocks]
    pairs: list[Pair] = []
    index = 0
    while index < len(document.blocks):
        block = document.blocks[index]
        last = index + 1
        while last < len(views) and document.blocks[last].unit == block.unit and views[last] == block.source:
            last += 1
        if block.source is not None:
            target = tuple(_whole(at, document.blocks[at].view) for at in range(index, last))
            pairs.append(Pair(target, (_whole(index, block.source),)))
        index = last
    return Bitext(language, tuple(pairs), [block.view for block in document.blocks], views, units=True)


def _texts(document: Document, source: Document, language: str) -> Bitext:
    """Pair two texts that have as many blocks, sentence by sentence where a block has as many; nothing else yet."""
    pairs: list[Pair] = []
    if len(document.blocks) == len(source.blocks):
        for index, (own, other) in enumerate(zip(document.blocks, source.blocks, strict=True)):
            target, behind = _sentences(index, own.view, document.language), _sentences(index, other.view, language)
            if len(target) == len(behind):
                pairs += (Pair((one,), (two,), 0.9) for one, two in zip(target, behind, strict=True))
            else:
                pairs.append(Pair(target, behind, 0.7))
    views = [block.view for block in source.blocks]
    return Bitext(language, tuple(pairs), [block.view for block in document.blocks], views)


def _whole(block: int, view: View) -> Stretch:
    return Stretch(block, 0, len(view.text), view.text)


def _sentences(block: int, view: View, language: str) -> tuple[Stretch, ...]:
    spans = any_language(language).sentences(view.text)
    return tuple(Stretch(block, start, end, view.text[start:end]) for start, end in spans)
