"""Detector `bilingual-terms`: terms of the source that the translation has otherwise than the project's glossary wants.

A forbidden word stands where the source has the term; or none of the wanted words does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypedDict

from corrigenda.alignment.joined import Joined, joined
from corrigenda.detectors.detector import Detector
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.languages import language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.alignment.bitext import Bitext
    from corrigenda.rules.check import Check

FORBIDDEN = "The glossary has “{wanted}” for “{source_quote}”, and forbids “{quote}”."
REFUSED = "The glossary forbids “{quote}” for “{source_quote}”."
MISSING = "The glossary has “{wanted}” for “{source_quote}”, and it does not stand here."


class BilingualTermsKeys(TypedDict):
    """The keys of a check: none of its own."""


class BilingualTerms(Detector):
    """Terms against a glossary."""

    name = "bilingual-terms"
    scope = "document"
    values = frozenset(("wanted",))
    options = BilingualTermsKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule: every document with a source."""
        return [Rule(structure="source")]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Look for the glossary's terms in every sure pair."""
        glossary: Sequence[Sequence[Sequence[str]]] = context.settings.get("glossary", ())
        for nominee in nominees if glossary else ():
            bitext = context.bitext(nominee.document)
            for pair in bitext.sure() if bitext is not None else ():
                assert bitext is not None
                sides = (joined(pair.target), joined(pair.source))
                for term in glossary:
                    yield from _term(nominee, bitext, sides, term)


def _term(
    nominee: Nominee, bitext: "Bitext", sides: tuple[Joined, Joined], term: Sequence[Sequence[str]]
) -> Iterator[Hit]:
    """Yield what is wrong with one term of a pair."""
    from corrigenda.alignment.source_words import place_of  # deferred: runs without a glossary never ask

    sources, wanted, forbidden = term
    target, source = sides
    places = (place_of(word, source.text) for word in sources)
    place = next((found for found in places if found is not None), None)
    if place is None:
        return
    good = [span for word in wanted for span in _places(word, target.text, nominee)]
    first = wanted[0] if wanted else ""
    bad = [
        span
        for word in forbidden
        for span in _places(word, target.text, nominee)
        if not any(start <= span[0] and span[1] <= end for start, end in good)
    ]
    for start, end in bad:
        yield _hit(
            nominee, bitext, sides, (start, end), place, first, FORBIDDEN if first else REFUSED, Severity.WARNING
        )
    if wanted and not good and not bad:
        yield _hit(nominee, bitext, sides, (0, len(target.text)), place, first, MISSING, Severity.SUGGESTION)


def _places(word: str, text: str, nominee: Nominee) -> list[tuple[int, int]]:
    """Return where a text has a term in one of its forms: the last word of a term takes the endings."""
    own = language(nominee.rule.check.language)
    *before, last = word.split() or [word]
    forms = {last, last.lower(), *own.forms(last.lower())} if last.isalpha() else {last}
    expression = r"\s+".join([*map(re.escape, before), "(?:" + "|".join(sorted(map(re.escape, forms))) + ")"])
    return [match.span() for match in re.finditer(rf"(?i)(?<!\w){expression}(?!\w)", text)]


def _hit(
    nominee: Nominee,
    bitext: "Bitext",
    sides: tuple[Joined, Joined],
    at: tuple[int, int],
    place: tuple[int, int],
    wanted: str,
    message: str,
    severity: Severity,
) -> Hit:
    target, source = sides
    span = target.target_span(bitext, *at)
    corrections = (Correction(wanted, Applicability.UNSAFE),) if wanted and severity is Severity.WARNING else ()
    return Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=span.start,
        end=span.end,
        corrections=corrections,
        values={"wanted": wanted},
        message=message,
        severity=severity,
        source_span=source.source_span(bitext, *place),
    )


DETECTOR = BilingualTerms()
