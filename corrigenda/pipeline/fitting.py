"""Corrections are made to fit their place before anybody sees them: the language's rules over the words around it.

What a check says of a place is written once, for any subject, article and tense; here it becomes grammatical where it
stands. A correction that nothing makes fit is dropped, and the finding says what is wrong without it.
"""

from collections.abc import Iterator

from corrigenda.documents.document import Document
from corrigenda.finding import Applicability, Correction
from corrigenda.languages import any_language
from corrigenda.rules.hit import Hit

AROUND = 200
"""Code points on each side that a correction is fitted to: a long paragraph with many findings costs no more."""

_STRAIGHT = {"“": '"', "”": '"'}
"""Quotation marks, and those of a text that is typed on a machine."""


def fitted(document: Document, hit: Hit) -> Hit:
    """Return a hit with corrections that fit, replacements before advice.

    Where one of them needs an article or a space changed that stands beside the place, the place grows by it, and all
    of them are written for the larger one.
    """
    index = document.block_at(hit.start)
    if not hit.corrections or index is None or hit.end > document.blocks[index].end:
        return hit
    view = document.blocks[index].view
    span = view.span_of(hit.start, hit.end)
    if span.start == span.end:  # an invisible mark: no word stands there
        return hit
    before, quote = view.text[max(0, span.start - AROUND) : span.start], view.text[span.start : span.end]
    after = view.text[span.end : span.end + AROUND]
    rules = any_language(document.language).fitting
    advice: list[Correction] = []
    fitting: list[tuple[int, int, Correction]] = []
    for correction in _in_its_own_marks(document, hit):
        if correction.applicability is Applicability.DISPLAY_ONLY:
            advice.append(correction)
            continue
        if hit.variants:  # which form of a name is right is the name index's to say
            fitting.append((0, 0, correction))
            continue
        result = rules.fitted(before, quote, after, correction.text, agreeing="grammar" not in hit.check.engines)
        if result is not None and _same(document, hit, before, after, result.before, result.after):
            fitting.append((result.before, result.after, correction._replace(text=result.text)))
    left = max((taken for taken, _, _ in fitting), default=0)
    right = max((taken for _, taken, _ in fitting), default=0)
    texts: dict[str, Correction] = {}
    for taken, behind, correction in fitting:
        text = before[len(before) - left : len(before) - taken] + correction.text + after[behind:right]
        texts.setdefault(text, correction._replace(text=text))
    texts.pop(document.text[hit.start - left : hit.end + right], None)
    return hit._replace(
        start=hit.start - left, end=hit.end + right, corrections=(*texts.values(), *dict.fromkeys(advice))
    )


def _in_its_own_marks(document: Document, hit: Hit) -> Iterator[Correction]:
    """Yield corrections; those that are a quotation mark alone are straight where most of the document's are."""
    marks = {correction.text for correction in hit.corrections} & _STRAIGHT.keys()
    straight = bool(marks) and all(
        document.text.count(_STRAIGHT[mark]) > document.text.count("“") + document.text.count("”") for mark in marks
    )
    for correction in hit.corrections:
        yield correction._replace(text=_STRAIGHT.get(correction.text, correction.text)) if straight else correction


def _same(document: Document, hit: Hit, before: str, after: str, left: int, right: int) -> bool:
    """Return whether the characters beside a place are the document's own: behind markup they cannot be replaced."""
    return (
        document.text[hit.start - left : hit.start] == before[len(before) - left :]
        and document.text[hit.end : hit.end + right] == after[:right]
    )
