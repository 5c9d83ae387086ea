"""The bitext of a document that has its source: by its units, or by aligning two texts."""

from collections.abc import Callable, Sequence
from math import exp
from typing import TYPE_CHECKING

from corrigenda.alignment.bitext import Bitext, Pair, Stretch
from corrigenda.alignment.program import Step, path
from corrigenda.alignment.scoring import Row, Scorer, expected_length
from corrigenda.alignment.segmentation import sentences
from corrigenda.documents.document import Document
from corrigenda.documents.parts import Block, View
from corrigenda.languages.sources import code_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], "NDArray[np.float32] | None"]
"""Returns one unit vector a text, of texts in any language, or None where the multilingual model is not at hand."""

_MOST_ENCODED = 4_000
"""Sentences of both texts up to which the model is asked: some minutes of work."""
_DOUBTFUL = -2.5
"""The score of a step that is as likely wrong as right."""
_MOST_MOVED = 40_000
_MOVED = 3.5
"""What must speak for a sentence's having been moved to a place."""
_CROSSED = 4.0
"""How much more must speak for two sentences' having changed places than for their order."""
_MARGIN = 1.5
"""How much more must speak for it than for the next."""


def bitext_of(document: Document, language: str = "", encode: Encode | None = None) -> Bitext | None:
    """Return a document beside its source, None where it has none.

    Args:
        document: The translation.
        language: The code of the source's language, where somebody said it; "" for what the source itself says.
        encode: The multilingual model, None to do without.
    """
    if any(block.source is not None for block in document.blocks):
        return _units(document, language)
    if document.source is not None:
        return _texts(document, document.source, language or code_of(document.source.language), encode)
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


def _texts(document: Document, source: Document, language: str, encode: Encode | None) -> Bitext:
    """Pair two texts sentence by sentence."""
    target, behind = _rows(document.blocks, document.language), _rows(source.blocks, language)
    views = [block.view for block in document.blocks], [block.view for block in source.blocks]
    vectors = None
    if encode is not None and target and behind and len(target) + len(behind) <= _MOST_ENCODED:
        rows = encode([*(stretch.text for stretch, _ in target), *(stretch.text for stretch, _ in behind)])
        vectors = None if rows is None else (rows[: len(target)], rows[len(target) :])
    own, other = [row for _, row in target], [row for _, row in behind]
    scorer = Scorer(own, other, expected_length(language), vectors)
    steps = path(len(target), len(behind), scorer)
    if steps is None:
        return Bitext(language, (), *views)
    pairs = [
        Pair(
            tuple(stretch for stretch, _ in target[step.target : step.target + step.targets]),
            tuple(stretch for stretch, _ in behind[step.source : step.source + step.sources]),
            _confidence(step, scorer),
        )
        for step in steps
    ]
    return Bitext(language, tuple(_crossed(*_untangled(pairs, steps, scorer), scorer)), *views)


def _confidence(step: Step, scorer: Scorer) -> float:
    """Return how sure a step is: by how few other paths avoid it, and by how well its two sides go together."""
    if not step.targets or not step.sources:
        return step.certainty
    fitness = scorer.fitness(step.target, step.targets, step.source, step.sources)
    return step.certainty / (1.0 + exp(_DOUBTFUL - fitness))


def _untangled(pairs: Sequence[Pair], steps: Sequence[Step], scorer: Scorer) -> tuple[list[Pair], list[Step]]:
    """Divide pairs of two and two whose sentences changed places: each stands for the other's neighbour."""
    divided: list[Pair] = []
    known: list[Step] = []
    for pair, step in zip(pairs, steps, strict=True):
        at, behind = step.target, step.source
        crossed = 0.0
        if step.targets == step.sources == 2:
            straight = scorer.moved(at, behind) + scorer.moved(at + 1, behind + 1)
            crossed = scorer.moved(at, behind + 1) + scorer.moved(at + 1, behind)
            crossed = crossed if crossed >= _MOVED and crossed - straight >= _CROSSED else 0.0
        if crossed:
            divided += [
                Pair((own,), (other,), step.certainty)
                for own, other in zip(pair.target, pair.source[::-1], strict=True)
            ]
            known += [Step(at, 1, behind + 1, 1, step.certainty, 0.0), Step(at + 1, 1, behind, 1, step.certainty, 0.0)]
        else:
            divided.append(pair)
            known.append(step)
    return divided, known


def _crossed(pairs: list[Pair], steps: Sequence[Step], scorer: Scorer) -> list[Pair]:
    """Pair what has no counterpart where the path leads with what has none elsewhere: what was moved.

    A sentence moves with its figures, names and meaning, which must speak for the one place more than for any other.
    """
    own = [n for n, step in enumerate(steps) if not step.sources]
    other = [n for n, step in enumerate(steps) if not step.targets]
    if not own or not other or len(own) * len(other) > _MOST_MOVED:
        return pairs
    found: list[tuple[float, int, int]] = []
    for n in own:
        at = steps[n].target
        ranked = sorted(
            ((scorer.moved(at, steps[m].source), -m) for m in other),
            reverse=True,
        )
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        if ranked[0][0] >= _MOVED and ranked[0][0] - second >= _MARGIN:
            found.append((ranked[0][0], n, -ranked[0][1]))
    gone: set[int] = set()
    for value, n, m in sorted(found, reverse=True):
        if m not in gone and pairs[n].target:
            gone.add(m)
            pairs[n] = Pair(pairs[n].target, pairs[m].source, 1.0 / (1.0 + exp(_MOVED - 1.0 - value)))
    return [pair for n, pair in enumerate(pairs) if n not in gone]


def _rows(blocks: Sequence[Block], language: str) -> list[tuple[Stretch, Row]]:
    """Return the sentences of some blocks, each as a stretch and as what the alignment looks at."""
    rows: list[tuple[Stretch, Row]] = []
    for number, block in enumerate(blocks):
        text = block.view.text
        for count, (start, end) in enumerate(sentences(text, language)):
            stretch = Stretch(number, start, end, text[start:end])
            rows.append((stretch, Row(stretch.text, number, count == 0, block.kind)))
    return rows


def _whole(block: int, view: View) -> Stretch:
    return Stretch(block, 0, len(view.text), view.text)
