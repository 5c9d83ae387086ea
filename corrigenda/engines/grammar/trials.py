"""Corrections are tried: what is found in a paragraph once one is applied, and was not found in it before?

Both are asked about as the plain text that a reader sees, so that nothing but the correction differs; a paragraph
without markup is the same question as in the run itself, and comes from the cache.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from corrigenda.documents.document import Document
from corrigenda.documents.formats.text import parse
from corrigenda.documents.parts import Span
from corrigenda.engines.engine import Trial
from corrigenda.rules.hit import Hit

Check = Callable[[Sequence[Document]], Sequence[Sequence[Hit]] | None]
"""Returns the hits of each document, None where nobody could be asked."""


def objections(trials: Sequence[Trial], check: Check) -> list[tuple[str, ...] | None]:
    """Return for each trial the rules that object to it: see corrigenda.engines.engine.Critic."""
    result: list[tuple[str, ...] | None] = [None] * len(trials)
    texts = {number: pair for number, trial in enumerate(trials) if (pair := _texts(trial)) is not None}
    if not texts:
        return result
    documents = [
        _document(text, trials[number]) for number, (before, after, _, _) in texts.items() for text in (before, after)
    ]
    found = check(documents)
    if found is None:
        return result
    for place, (number, (before, after, span, length)) in enumerate(texts.items()):
        old, new = found[2 * place], found[2 * place + 1]
        grown = length - (span.end - span.start)
        known = Counter(_moved(hit, before, span, grown) for hit in old)
        fresh = Counter(_moved(hit, after, Span(span.start, span.start + length), 0) for hit in new)
        result[number] = tuple(sorted({rule for rule, _, _ in fresh - known}))
    return result


def _texts(trial: Trial) -> tuple[str, str, Span, int] | None:
    """Return a paragraph as it stands and as corrected, where the first is changed, and how long that gets."""
    document = trial.document
    index = document.block_at(trial.start)
    if index is None or trial.end > document.blocks[index].end:
        return None
    view = document.blocks[index].view
    span = view.span_of(trial.start, trial.end)
    after = view.text[: span.start] + trial.text + view.text[span.end :]
    return view.text, after, span, len(trial.text)


def _document(text: str, trial: Trial) -> Document:
    return replace(parse(text, trial.document.path), language=trial.document.language)


def _moved(hit: Hit, text: str, changed: Span, grown: int) -> tuple[str, int, int]:
    """Return a hit's rule and where it stands once the text behind the change has moved; all that touch it are one."""
    rule = str((hit.evidence or {}).get("languagetool", hit.check.id))
    if hit.end <= changed.start:
        return rule, hit.start, hit.end
    if hit.start >= changed.end:
        return rule, hit.start + grown, hit.end + grown
    return rule, changed.start, changed.start
