"""What programs read in a text of a markup language, so that a correction is known to change nothing of it.

An edit inside running copy is seen to be harmless by what stands around it. For any other the text is read again with
the edit made: what no reader sees must be the same, and the blocks the same blocks.
"""

from collections.abc import Callable, Hashable, Sequence

from corrigenda.documents.document import Document
from corrigenda.documents.parts import READABLE, Edit, RegionKind
from corrigenda.documents.trial import harmless as tried

_PLAIN = frozenset(" \u00a0\u202f,.;?'\"“”‘’()–—…")
_HIDDEN = frozenset("\u200b\u2060\ufeff\u00ad")


def harmless(document: Document, edits: Sequence[Edit], edited: Callable[[Sequence[Edit]], Document]) -> list[Edit]:
    """Return those of some edits after which programs read the text as before, in the order in which they came.

    Args:
        document: A document in a markup language.
        edits: Edits of it, in any order; they may overlap, though only one of those that do can be made.
        edited: Returns the document that edits leave.
    """
    return tried(document, edits, edited, structure, _in_running_copy)


def structure(document: Document) -> Hashable:
    """Return what programs read in a document: equal for two texts that differ in copy alone."""
    text = document.text
    shown = sorted((start, start + length) for block in document.blocks for _, _, start, length in block.view.segments)
    hidden: list[str] = []
    reached = 0
    for start, end in (*shown, (len(text), len(text))):
        if start > reached:
            words = " ".join(text[reached:start].split())
            if words:
                hidden.append(words)
        reached = max(reached, end)
    masked = tuple(
        (region.kind, text[region.start : region.end])
        for region in document.regions
        if region.kind not in READABLE or region.kind is RegionKind.LABEL
    )
    return tuple(block.kind for block in document.blocks), tuple(hidden), masked


def _in_running_copy(document: Document, edit: Edit) -> bool:
    """Return whether an edit lies in the midst of plain words of one line, where nothing that it does can be markup."""
    text = document.text
    start, end, put = edit
    number = document.block_at(start)
    if number is None or not all(sign.isalnum() or sign in _PLAIN or sign in _HIDDEN for sign in text[start:end] + put):
        return False
    block = document.blocks[number]
    if block.kind is RegionKind.HEADING or not block.start + 4 < start <= end < block.end - 4:
        return False
    if any(sign in _HIDDEN for sign in text[start:end] + put):
        return False
    line, _ = document.line_and_column(start)
    first = document.line_starts[line - 1]
    before, after = text[max(first, start - 4) : start], text[end : end + 3]
    if len(before) < 4 or not any(map(str.isalnum, text[first:start])):
        return False
    return all(sign.isalnum() or sign in _PLAIN for sign in before + after)
