"""Making corrections for a trial, to learn which of them change nothing that programs read."""

from collections.abc import Callable, Hashable, Sequence

from corrigenda.documents.document import Document
from corrigenda.documents.parts import Edit

LONGEST = 2_000_000
"""Code points of the longest text that is parsed for this; in a longer one only edits in running copy are harmless."""

_BUDGET = 10_000_000
"""Code points that are parsed at most to tell harmless edits from others, beside two readings of the whole text."""

Edited = Callable[[Sequence[Edit]], Document]
Structure = Callable[[Document], Hashable]


def harmless(
    document: Document,
    edits: Sequence[Edit],
    edited: Edited,
    structure: Structure,
    surely: Callable[[Document, Edit], bool],
) -> list[Edit]:
    """Return those of some edits after which programs read the text as before, in the order in which they came.

    Args:
        document: A document.
        edits: Edits of it, in any order; they may overlap, though only one of those that do can be made.
        edited: Returns the document that edits leave.
        structure: Returns what programs read in a document.
        surely: Returns whether an edit is seen to be harmless without a trial.
    """
    doubtful = sorted(edit for edit in set(edits) if not surely(document, edit))
    if not doubtful:
        return list(edits)
    kept: set[Edit] = set()
    if len(document.text) <= LONGEST:
        trial = _Trial(document, edited, structure)
        while doubtful:
            apart = _apart(doubtful)
            kept.update(trial.kept(apart))
            doubtful = [edit for edit in doubtful if edit not in apart]
    return [edit for edit in edits if edit in kept or surely(document, edit)]


class _Trial:
    """Makes edits and looks what programs read then, as long as it may take."""

    def __init__(self, document: Document, edited: Edited, structure: Structure) -> None:
        self._edited = edited
        self._structure = structure
        self._before = structure(document)
        self._left = _BUDGET + 2 * len(document.text)
        self._cost = len(document.text)

    def kept(self, edits: Sequence[Edit]) -> list[Edit]:
        """Return the edits that change nothing; edits that could not be tried are none of them."""
        kept: list[Edit] = []
        waiting = [list(edits)]
        while waiting and self._left >= self._cost:
            some = waiting.pop()
            self._left -= self._cost
            if self._structure(self._edited(sorted([*kept, *some]))) == self._before:
                kept += some
            elif len(some) > 1:
                half = len(some) // 2
                waiting += (some[half:], some[:half])
        return kept


def _apart(edits: Sequence[Edit]) -> list[Edit]:
    """Return edits (ascending) less those that meet one before."""
    result: list[Edit] = []
    for edit in edits:
        if not result or edit.start > result[-1].end:
            result.append(edit)
    return result
