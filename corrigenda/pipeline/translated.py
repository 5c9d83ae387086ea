"""Whether a text was translated, and from what, as far as the text and what was found in it tell.

Some wordings are right in English and yet, in a translation, nearly always wrong ("session" in a court, "course" of a
football club). Where a text shows by other findings that it was translated they count, elsewhere they would be noise:
such hits are weak, and stand only with the support of others.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corrigenda.documents.document import Document
from corrigenda.documents.parts import RegionKind
from corrigenda.finding import Severity
from corrigenda.languages.sources import code_of, guess, names
from corrigenda.pipeline.merge import UNLIKELY
from corrigenda.rules.hit import Hit
from corrigenda.settings import Settings

THEMES = ("artefacts/", "language/government", "language/missing-article")
"""Whose findings speak for a translation."""
ENOUGH = 1.5
"""Weight of other findings that a short text must have."""
PER_THOUSAND = 1.5
"""What is asked in addition for each further thousand words."""
FIRST_WORDS = 500
"""Words of a short text."""
_WEIGHTS = {Severity.ERROR: 1.0, Severity.WARNING: 1.0, Severity.SUGGESTION: 0.5}
_WEAK = 0.25
"""What a weak hit of the same language says for another."""
_OTHER = 0.5
"""The part that counts of a hit that speaks of other languages."""
_ENTRY = "entry"
"""In the evidence of hits that lexicons bring."""
_SENTENCE = 80
"""Code points from which a place is a sentence or a line, inside which others may stand."""
_FEW = 2
"""Languages of a wording that still tells one from another."""
_LEAST_TOLD = 1.5
"""Weight of findings from which on a report tells where a text seems to come from."""

_SAID = re.compile(
    r"(?mi)^[ \t]*(?:translated[-_ ]from|source[-_ ]lang(?:uage)?|original[-_ ]language)[ \t]*[:=][ \t]*(.*)$"
)


class Origin(NamedTuple):
    """The language that a text was translated from, "" where it is not known, and whether somebody said so."""

    language: str = ""
    said: bool = False


def origin_of(document: Document, hits: Sequence[Hit], settings: Settings) -> Origin:
    """Return where a text comes from: by its front matter, the settings, or else its names and what was found in it."""
    said = source_language(document, settings)
    if said:
        return Origin(said, said=True)
    if not any(hit.weak for hit in hits) and weight_of(hits, ()) < _LEAST_TOLD:
        return Origin()  # nobody asks
    wordings: dict[str, float] = {}
    for hit in hits:
        for code in hit.languages if len(hit.languages) <= _FEW else ():
            wordings[code] = wordings.get(code, 0.0) + (_WEAK if hit.weak else 1.0) / len(hit.languages)
    return Origin(guess(document.words, wordings))


def source_language(document: Document, settings: Settings) -> str:
    """Return the code of the language that somebody said a text comes from: in its front matter, in the settings, or of
    the source that is at hand; "" where nobody did.
    """
    said = _front_matter(document) or settings.source_of(document.path)
    return said or (code_of(document.origin_language) if document.has_source else "")


def _front_matter(document: Document) -> str:
    for region in document.regions_of(RegionKind.FRONT_MATTER):
        found = _SAID.search(document.text[region.start : region.end])
        if found is not None:
            return code_of(found[1].strip().strip("\"'"))
    return ""


def weight_of(hits: Iterable[Hit], languages: Sequence[str]) -> float:
    """Return how much hits say that a text was translated from one of some languages; each place counts once, by the
    hit that says most.
    """
    places: dict[tuple[int, int], float] = {}
    for hit in hits:
        if hit.check.id.startswith(THEMES):
            place = (hit.start, hit.end)
            places[place] = max(places.get(place, 0.0), _weight(hit, languages))
    return sum(places.values())


def supported(hits: Sequence[Hit], document: Document, origin: Origin, settings: Settings) -> list[Hit]:
    """Return the hits of one document without the weak ones that nothing supports.

    Where somebody said what language the text comes from, weak hits of that language need no support, and those of
    others are left out. Where it was guessed, those of others need twice as much, and what is otherwise a suggestion of
    another language's lexicon is taken for weak.
    """
    doubtful = [hit for hit in hits if hit.weak or _foreign(hit, origin)]
    if not doubtful:
        return _once(hits, origin)
    needed = _needed(document, settings)
    weights = {languages: weight_of(hits, languages) for languages in {hit.languages for hit in doubtful}}
    kept = [
        hit
        for hit in hits
        if not (hit.weak or _foreign(hit, origin)) or _stands(hit, origin, weights[hit.languages], needed)
    ]
    return _once(kept, origin)


def shows(document: Document, hits: Sequence[Hit], settings: Settings) -> bool:
    """Return whether a document was translated, by what somebody said of it or by the weight of its findings."""
    if document.has_source or source_language(document, settings):
        return True
    return weight_of(hits, ()) >= _needed(document, settings)


def raised(hits: Sequence[Hit], document: Document, settings: Settings) -> list[Hit]:
    """Return hits, with those graver that are surer in a text that was translated.

    Checks say of themselves what they are there (`translated`); and a suggestion at a place that the language model
    does not expect either is a warning, where the check knows what is right.
    """
    if not any(hit.check.translated or UNLIKELY in hit.evidence for hit in hits) or not shows(document, hits, settings):
        return list(hits)
    return [_raised(hit) for hit in hits]


def _raised(hit: Hit) -> Hit:
    own = hit.severity or hit.check.severity
    wanted = hit.check.translated or own
    # A rare word of another language is unexpected too, and may be meant: only what is known to have a right form.
    if UNLIKELY in hit.evidence and hit.corrections and hit.check.id.startswith(THEMES):
        wanted = max(wanted, Severity.WARNING, key=lambda severity: severity.rank)
    return hit._replace(severity=wanted) if own is Severity.SUGGESTION and wanted is not own else hit


def _needed(document: Document, settings: Settings) -> float:
    words = document.words.count(" ")
    return settings.support * (ENOUGH + PER_THOUSAND * max(0, words - FIRST_WORDS) / 1000)


def _once(hits: Sequence[Hit], origin: Origin) -> list[Hit]:
    """Return hits without those of lexicons where another one speaks of some of the same characters.

    Lexicons of several languages know one slip, each in its own stretch; of theirs the one of the text's language
    stays, then the surer, then the longer. What other checks say there goes before.
    """
    own = [hit for hit in hits if _ENTRY in hit.evidence]
    if not own:
        return list(hits)
    taken = bytearray(max(hit.end for hit in hits))
    spans: set[tuple[int, int]] = set()
    for hit in hits:
        if _ENTRY not in hit.evidence and hit.end - hit.start < _SENTENCE:
            _take(hit, taken, spans)
    dropped: set[int] = set()
    for hit in sorted(own, key=lambda one: _rank(one, origin)):
        if (hit.start, hit.end) not in spans and taken.find(1, hit.start, hit.end) >= 0:
            dropped.add(id(hit))
        else:
            _take(hit, taken, spans)
    return [hit for hit in hits if id(hit) not in dropped]


def _take(hit: Hit, taken: bytearray, spans: set[tuple[int, int]]) -> None:
    spans.add((hit.start, hit.end))
    taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)


def _rank(hit: Hit, origin: Origin) -> tuple[bool, bool, int, int]:
    return (origin.language not in hit.languages, hit.weak, hit.start - hit.end, hit.start)


def _foreign(hit: Hit, origin: Origin) -> bool:
    """Return whether a suggestion comes from the lexicon of a language that the text was not translated from."""
    return (
        bool(origin.language and hit.languages)
        and origin.language not in hit.languages
        and (hit.severity or hit.check.severity) is Severity.SUGGESTION
    )


def _stands(hit: Hit, origin: Origin, weight: float, needed: float) -> bool:
    own = not hit.languages or not origin.language or origin.language in hit.languages
    if origin.said:
        return own
    counted = hit.check.id.startswith(THEMES)
    mine = (_WEAK if hit.weak else _OTHER) if counted else 0.0  # its own does not count
    return weight - mine >= (needed if own else 2 * needed)


def _weight(hit: Hit, languages: Sequence[str]) -> float:
    shared = not hit.languages or not languages or not set(hit.languages).isdisjoint(languages)
    if hit.weak:
        return _WEAK if shared else 0.0
    own = _WEIGHTS[hit.severity or hit.check.severity]
    return own if shared else own * _OTHER


def told(document: Document, hits: Sequence[Hit], origin: Origin) -> Origin:
    """Return what a report tells of a text's origin: what somebody said, or a guess that findings bear out.

    A text about France may have been written in Ukrainian: places alone do not tell.
    """
    own = [hit for hit in hits if origin.language in hit.languages and len(hit.languages) <= _FEW]
    if origin.said or (own and weight_of(hits, (origin.language,)) >= _LEAST_TOLD):
        return origin
    return Origin()


def notes(origins: Iterable[tuple[str, str, bool]]) -> tuple[str, ...]:
    """Return a sentence on where the texts of a run come from, as far as it was guessed.

    Args:
        origins: For each text its path, the code of its language, and whether somebody said so.
    """
    guessed: dict[str, list[str]] = {}
    for path, code, said in origins:
        if code and not said:
            guessed.setdefault(code, []).append(path)
    return tuple(
        f"Read as a translation from {names()[code]}, by its names and wordings: {_files(paths)}. "
        "If that is wrong, say --from."
        for code, paths in sorted(guessed.items())
    )


_MOST = 3
"""Files that are named; the others are counted."""


def _files(paths: Sequence[str]) -> str:
    more = len(paths) - _MOST
    return ", ".join(paths[:_MOST]) + (f" and {more:,} more file{'s' if more > 1 else ''}" if more > 0 else "")
