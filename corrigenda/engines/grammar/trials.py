"""Corrections are tried: what is found in a paragraph once one is applied, and was not found in it before?

Only what is found in the corrected place, or in the word before it ("a owl"), is held against a correction: a second
mistake that stands elsewhere, and that the first one hid, is no fault of it. Nor is what is found in a word that the
speller did not know before: until then nothing could be said of its grammar.

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
from corrigenda.engines.grammar.match import SPELLER
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
    for place, (number, (_, after, span, length)) in enumerate(texts.items()):
        old, new = found[2 * place], found[2 * place + 1]
        grown = length - (span.end - span.start)
        changed = Span(span.start, span.start + length)
        unknown = any(_is_speller(hit) and hit.start < span.end and hit.end > span.start for hit in old)
        own = [hit for hit in new if _touches(hit, changed, after) and (_is_speller(hit) or not unknown)]
        known = Counter(_moved(hit, span, grown) for hit in old)
        fresh = Counter(_moved(hit, changed, 0) for hit in own)
        result[number] = tuple(sorted({rule for rule, _, _ in fresh - known}))
    return result


def _is_speller(hit: Hit) -> bool:
    return _rule(hit).startswith(SPELLER)


def _rule(hit: Hit) -> str:
    return str(hit.evidence.get("languagetool", hit.check.id))


def _touches(hit: Hit, changed: Span, text: str) -> bool:
    """Return whether a hit lies on the changed place or right before it; where that is empty, right behind it too."""
    if hit.end <= changed.start:
        return not text[hit.end : changed.start].strip()
    if hit.start >= changed.end:
        return changed.start == changed.end and not text[changed.end : hit.start].strip()
    return True


def _texts(trial: Trial) -> tuple[str, str, Span, int] | None:
    """Return a paragraph as it stands and as corrected, where the first is changed, and how long that gets."""
    document = trial.document
    index = document.block_at(trial.start)
    if index is None or trial.end > document.blocks[index].end:
        return None
    view = document.blocks[index].view
    span = view.span_of(trial.start, trial.end)
    if len(span) != trial.end - trial.start:  # the correction has markup in it, and is no text to be read
        return None
    after = view.text[: span.start] + trial.text + view.text[span.end :]
    return view.text, after, span, len(trial.text)


def _document(text: str, trial: Trial) -> Document:
    return replace(parse(text, trial.document.path), language=trial.document.language)


def _moved(hit: Hit, changed: Span, grown: int) -> tuple[str, int, int]:
    """Return a hit's rule and where it stands once the text behind the change has moved; all that touch it are one."""
    rule = _rule(hit)
    if hit.end <= changed.start:
        return rule, hit.start, hit.end
    if hit.start >= changed.end:
        return rule, hit.start + grown, hit.end + grown
    return rule, changed.start, changed.start
