"""What a check sees of a translation and its source: pairs of sentences, each side with its place.

A pair may hold several sentences on either side, or none on one: what was left out, or what was added.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corrigenda.documents.parts import Span, View


class Stretch(NamedTuple):
    """A stretch of one text, mostly a sentence: `[start, end)` in a view, and what it says.

    `block` is the number of the view: of the document's block for the translation, of `Bitext.source_views` for the
    source.
    """

    block: int
    start: int
    end: int
    text: str


class Pair(NamedTuple):
    """Stretches of the translation and those of the source that they stand for, each in the order of its text.

    One side may be empty: then nothing on the other side stands for it. `confidence` is how sure the alignment is of
    the pair, from 0 to 1; checks keep silent below `SURE`. In a file of units, which says itself what belongs together,
    it is 1.
    """

    target: tuple[Stretch, ...]
    source: tuple[Stretch, ...]
    confidence: float = 1.0

    @property
    def target_text(self) -> str:
        """What the translation says, its sentences joined by spaces."""
        return " ".join(stretch.text for stretch in self.target)

    @property
    def source_text(self) -> str:
        """What the source says, its sentences joined by spaces."""
        return " ".join(stretch.text for stretch in self.source)


SURE = 0.5
"""The confidence from which on a pair is one that checks may speak of."""


@dataclass(frozen=True)
class Bitext:
    """A document and its source, aligned.

    `language` is the code of the source's language, "" where it is not known. `pairs` are in the order of the
    translation; a pair without translation stands where its sentence would. `target_views` and `source_views` are what
    stretches count by `block`; they map to `Document.text` and `Document.source_text`. `units` says that the file
    itself pairs what belongs together: each unit is a text of its own there.
    """

    language: str
    pairs: tuple[Pair, ...]
    target_views: Sequence[View]
    source_views: Sequence[View | None]
    units: bool = False

    def target_span(self, stretch: Stretch, start: int = 0, end: int | None = None) -> Span:
        """Return where a part `[start, end)` of a stretch of the translation stands in the document's text."""
        last = stretch.end if end is None else stretch.start + end
        return self.target_views[stretch.block].to_document(stretch.start + start, last)

    def source_span(self, stretch: Stretch, start: int = 0, end: int | None = None) -> Span:
        """Return where a part `[start, end)` of a stretch of the source stands in `Document.source_text`."""
        view = self.source_views[stretch.block]
        assert view is not None, "a stretch of the source has a view"
        last = stretch.end if end is None else stretch.start + end
        return view.to_document(stretch.start + start, last)

    def sure(self) -> Sequence[Pair]:
        """Return the pairs that have both sides and of which the alignment is sure."""
        return [pair for pair in self.pairs if pair.target and pair.source and pair.confidence >= SURE]

    def held(self) -> Sequence[Pair]:
        """Return the pairs that are sure, and those of one sentence each between two that are.

        What is wrong in a translation speaks against its own pair: a figure that was changed, a line cut off. Where
        nothing else can stand beside the source's sentence, that is no doubt about the alignment.
        """
        return [pair for index, pair in enumerate(self.pairs) if self._is_held(index, pair)]

    def _is_held(self, index: int, pair: Pair) -> bool:
        if not pair.target or not pair.source:
            return False
        if pair.confidence >= SURE:
            return True
        around = (self.pairs[at] for at in (index - 1, index + 1) if 0 <= at < len(self.pairs))
        return len(pair.target) == len(pair.source) == 1 and all(
            other.confidence >= SURE and other.target and other.source for other in around
        )
