"""When a rule pays: written down once, and the same for every rule."""

from typing import Literal, NamedTuple

from weighing.tally import Half, Tally

Verdict = Literal["warning", "suggestion", "drop", "rare"]


class Bar(NamedTuple):
    """What a rule must reach. It must be silent (`news` and `docs`, the highest rates per 100,000 words of native
    writing), and then either speak oftener in machine translation (`ratio`) without doing worse than chance on marked
    texts, or be right there more than chance has it (`gain`, precision less chance).
    """

    news: float
    docs: float
    ratio: float
    gain: float


SUGGESTION = Bar(news=3.0, docs=5.0, ratio=2.5, gain=0.25)
WARNING = Bar(news=0.7, docs=2.0, ratio=5.0, gain=0.35)
LEAST = 6
"""Hits in machine translation and on marked texts below which the figures say nothing of a rule."""
JUDGED = 5
"""Hits on marked texts from which on their precision is looked at; a warning needs them."""


def verdict(half: Half, rule: Tally) -> Verdict:
    """Return what the figures of one half say of a rule."""
    if rule.hits["machine"] + rule.sets.hits + rule.edits.hits < LEAST:
        return "rare"
    judged = rule.sets.hits + rule.edits.hits
    gain = (rule.sets.right + rule.edits.right - rule.sets.lucky - rule.edits.lucky) / max(1, judged)
    if _silent(half, rule, WARNING) and judged >= JUDGED and gain >= WARNING.gain and half.ratio(rule) >= WARNING.ratio:
        return "warning"
    if not _silent(half, rule, SUGGESTION):
        return "drop"
    often = half.ratio(rule) >= SUGGESTION.ratio and (judged < JUDGED or gain > 0)
    right = judged >= JUDGED and gain >= SUGGESTION.gain
    return "suggestion" if often or right else "drop"


def _silent(half: Half, rule: Tally, bar: Bar) -> bool:
    return half.rate(rule, "news") <= bar.news and half.rate(rule, "docs") <= bar.docs
