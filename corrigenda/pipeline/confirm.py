"""The second opinion: hits whose check demands a comparison are confirmed by it, and corrections are ranked.

All questions of a batch go to the models together, after every detector has spoken.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from corrigenda.documents.document import Document
from corrigenda.engines.judge.judge import Judgement, Place, names_changed, probability
from corrigenda.engines.judge.models import Comparisons
from corrigenda.engines.judge.reader_text import Reading
from corrigenda.finding import Applicability
from corrigenda.rules.hit import Context, Hit

MOST_REPAIRS = 8
"""Repairs of one place that are compared."""
MOST_COMPARED = 150
"""Places of one document that are compared; a model reads some hundred words a second, and an article has a few."""
MOST_RANKED = 40
"""Places of one document for which the suggestions of another program are ranked: its first is right nearly always, so
that more is not worth the time. Those beyond keep the program's own order."""
MOST_SUGGESTIONS = 5
"""Suggestions of another program that are ranked at one place."""
_TOO_MANY = (
    f"More than {MOST_COMPARED} of its places would have to be compared by a model; those beyond them were left out. "
    "Split it."
)
CLEARLY = 1.0
"""A later correction is put first when it is preferred to the first by this much (log-odds)."""
MUCH_LIKELIER = 5.0
"""Nats by which the language model must find another program's later suggestion likelier than its first. LanguageTool
corrects typing errors, where the words that machines prefer play no part. With it the right one of several is the
first in 40 of 44 planted errors (tests/grammar/planted.jsonl), and in 36 as they come.
"""
ALIKE = 0.03
"""From this difference of mean cosines on, an editor is told that the surroundings are like those of wrong examples."""
_SHOWN = 40


class Judging(Context, Protocol):
    """What the comparison asks of a batch, beyond what detectors do."""

    @property
    def comparisons(self) -> Comparisons:
        """The models of the run."""

    def reading(self, document: int) -> Reading:
        """Return a document as its reader sees it, in one piece, with the map from its positions to that text."""


def confirmed(hits: Sequence[Hit], context: Judging) -> list[Hit]:
    """Return the hits that stand: those that demand a comparison only with its consent, with the reasons in words.

    Without a language model what demands a comparison is left out and counted; ranking is then left undone.
    """
    demanded: list[tuple[int, Place]] = []
    ranked: list[tuple[int, Place]] = []
    counts: Counter[tuple[int, bool]] = Counter()
    for number, hit in enumerate(hits):
        if hit.compare is None and not (_several(hit) and context.comparisons.can_judge()):
            continue
        demands = hit.compare is not None
        if counts[hit.document, demands] >= MOST_COMPARED:
            if demands and context.comparisons.can_judge():
                context.stop(hit.document, _TOO_MANY)
            continue
        place = _place(hit, context)
        if place is not None and place.repairs:
            counts[hit.document, demands] += 1
            (demanded if demands else ranked).append((number, place))
    judged = context.comparisons.judge([place for _, place in demanded])
    consent = dict(zip((number for number, _ in demanded), judged or (), strict=False))
    # Nothing is ranked for its own sake when the model has failed meanwhile.
    more = ranked if context.comparisons.can_judge() else []
    order = dict(zip((n for n, _ in more), context.comparisons.judge([place for _, place in more]) or (), strict=False))
    result: list[Hit] = []
    for number, hit in enumerate(hits):
        if hit.compare is not None:
            agreed = _agreed(hit, consent[number]) if number in consent else None
            if agreed is not None:
                result.append(agreed)
        elif number in order:
            result.append(_reordered(hit, order[number]))
        else:
            result.append(hit)
    return result


def _several(hit: Hit) -> bool:
    """Return whether a hit has corrections to rank: no names, and none that is safe whatever a model thinks."""
    usable = [c for c in hit.corrections if c.applicability is Applicability.UNSAFE]
    return len(usable) > 1 and len(usable) == len(hit.corrections) and not hit.variants


def _place(hit: Hit, context: Judging) -> Place | None:
    reading = context.reading(hit.document)
    span = reading.span(hit.start, hit.end)
    if span is None:
        return None
    standing = reading.text[span[0] : span[1]]
    repairs = [c.text for c in hit.corrections if c.applicability is not Applicability.DISPLAY_ONLY]
    if hit.compare is None and any(names_changed(standing, repair) for repair in repairs):
        return None
    contrast = hit.compare.get("contrast", "") if hit.compare is not None else ""
    return Place(reading.text, *span, tuple(repairs[:MOST_REPAIRS]), hit.document, contrast)


def _agreed(hit: Hit, judgements: Sequence[Judgement]) -> Hit | None:
    """Return the hit with its corrections in the judge's order, or None where no repair is preferred enough."""
    assert hit.compare is not None
    best = max(judgements, key=lambda judgement: judgement.consent)
    if best.consent < float(hit.compare["margin"]):
        return None
    texts = [j.repair for j in sorted(judgements, key=lambda j: -j.consent)]
    place = {text: number for number, text in enumerate(texts)}
    corrections = tuple(sorted(hit.corrections, key=lambda c: place.get(c.text, len(texts))))
    return hit._replace(
        corrections=corrections,
        confidence=_confidence(hit, best),
        evidence={**hit.evidence, **reasons(best)},
    )


def _confidence(hit: Hit, best: Judgement) -> float:
    """Weigh the comparison with what is known of the rule alone: the check's confidence, before any comparison."""
    before = hit.confidence if hit.confidence is not None else hit.check.confidence
    before = min(0.95, max(0.05, before))
    return round(min(0.95, probability(best.consent + math.log(before / (1 - before)))), 2)


def _reordered(hit: Hit, judgements: Sequence[Judgement]) -> Hit:
    preference = {judgement.repair: judgement.preference for judgement in judgements}
    texts = _best_first([c.text for c in hit.corrections], preference, CLEARLY)
    return hit._replace(corrections=tuple(sorted(hit.corrections, key=lambda c: texts.index(c.text))))


def _best_first(texts: Sequence[str], scores: Mapping[str, float], clearly: float) -> list[str]:
    """Put the text with the best score first where that is better by `clearly`; leave the others in their order."""
    best = max(texts, key=lambda text: scores.get(text, -math.inf))
    if scores.get(best, -math.inf) < scores.get(texts[0], math.inf) + clearly:
        return list(texts)
    return [best, *(text for text in texts if text != best)]


def ordered(
    document: Document, places: Sequence[tuple[int, int, Sequence[str]]], comparisons: Comparisons
) -> list[list[str]]:
    """Order what another program suggests for places of a document, `[start, end)` in code points.

    The program knows the misspelling and the language model what stands around it, so it has to be much likelier.
    Without a language model, where a name would change, and beyond MOST_RANKED places, the order is the program's own.
    """
    reading = Reading(document)
    asked: list[tuple[int, Place]] = []
    for number, (start, end, texts) in enumerate(places if comparisons.can_judge() else ()):
        if len(asked) == MOST_RANKED:
            break
        span = reading.span(start, end)
        if span is None or any(names_changed(reading.text[slice(*span)], text) for text in texts):
            continue
        asked.append((number, Place(reading.text, *span, tuple(texts[:MOST_SUGGESTIONS]))))
    judged = comparisons.judge([place for _, place in asked])
    result = [list(texts) for _, _, texts in places]
    for (number, _), judgements in zip(asked, judged or (), strict=False):
        likelihood = {judgement.repair: judgement.likelihood for judgement in judgements}
        result[number] = _best_first(result[number], likelihood, MUCH_LIKELIER)
    return result


def reasons(judgement: Judgement) -> dict[str, Any]:
    """Say in words, then in figures, what decided."""
    repair = judgement.repair if len(judgement.repair) <= _SHOWN else judgement.repair[: _SHOWN - 1] + "…"
    if judgement.likelihood >= math.log(2):
        most = math.log(1000)
        shown = "over 1,000" if judgement.likelihood > most else f"{math.exp(judgement.likelihood):.0f}"
        reason = f"a language model finds “{repair}” {shown} times likelier here than what stands there"
    elif judgement.likelihood >= -math.log(10):
        reason = f"a language model finds “{repair}” about as likely here as what stands there"
    else:
        reason = f"“{repair}” is closer to what the text around it is about"
    scores: dict[str, float] = {"consent": round(judgement.consent, 2), "likelihood": judgement.likelihood}
    if judgement.closeness is not None:
        scores["closeness"] = judgement.closeness
    if judgement.alike is not None:
        scores["alike"] = judgement.alike
        if judgement.alike >= ALIKE:
            reason += "; its surroundings are like those of examples in which it is wrong"
    return {"comparison": reason, "scores": scores}
