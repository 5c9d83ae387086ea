"""Whether a text was translated, and from what, as far as what was found in it tells.

Some wordings are right in English and yet, in a translation, nearly always wrong ("session" in a court, "course" of a
football club). Where a text shows by other findings that it was translated they count, elsewhere they would be noise:
such hits are weak, and stand only with the support of others.
"""

from collections.abc import Sequence

from corrigenda.finding import Severity
from corrigenda.rules.hit import Hit

THEMES = ("artefacts/",)
"""Whose findings speak for a translation."""
ENOUGH = 1.5
"""Weight of other findings that a short text must have."""
PER_THOUSAND = 1.5
"""What is asked in addition for each further thousand words."""
_WEIGHTS = {Severity.ERROR: 1.0, Severity.WARNING: 1.0, Severity.SUGGESTION: 0.5}
_WEAK = 0.25
"""A weak hit of the same language speaks for another."""
_OTHER = 0.5
"""What a hit that speaks of other languages is worth."""


def supported(hits: Sequence[Hit], text: str, source: str) -> list[Hit]:
    """Return the hits of one document without the weak ones that nothing supports.

    Args:
        hits: What was found in the document.
        text: The document's text.
        source: The language that it was translated from, "" where that is not known. Weak hits of another language
            are left out, and those of this one need no support.
    """
    if not any(hit.weak for hit in hits):
        return list(hits)
    needed = ENOUGH + PER_THOUSAND * max(0, text.count(" ") - 500) / 1000
    others = {}
    for hit in hits:
        if hit.check.id.startswith(THEMES):
            others[hit.start, hit.end] = hit
    weights = {
        languages: sum(_weight(other, languages) for other in others.values())
        for languages in {hit.languages for hit in hits if hit.weak}
    }
    return [hit for hit in hits if not hit.weak or _stands(hit, source, weights[hit.languages], needed)]


def _stands(hit: Hit, source: str, weight: float, needed: float) -> bool:
    if source:
        return not hit.languages or source in hit.languages
    return weight - _WEAK >= needed  # its own weight does not count


def _weight(hit: Hit, languages: Sequence[str]) -> float:
    shared = not hit.languages or not languages or not set(hit.languages).isdisjoint(languages)
    if hit.weak:
        return _WEAK if shared else 0.0
    own = _WEIGHTS[hit.severity or hit.check.severity]
    return own if shared else own * _OTHER
