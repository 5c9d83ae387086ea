"""From what LanguageTool said of a document to hits: the filter's one way in."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corrigenda.documents.document import Document
from corrigenda.engines.grammar.filter.grammar import is_doubtful
from corrigenda.engines.grammar.filter.messages import category_of, message_of
from corrigenda.engines.grammar.filter.place import Place, Surroundings
from corrigenda.engines.grammar.filter.suggestions import Rank, corrections_of, harmless, trimmed
from corrigenda.engines.grammar.filter.unknown_words import UnknownWords, Verdict
from corrigenda.engines.grammar.match import SPELLER, Match, PlacedMatch
from corrigenda.engines.grammar.policy import Decision, Policy
from corrigenda.engines.names import NameOracle
from corrigenda.finding import LOOK_UP, Severity
from corrigenda.languages import any_language
from corrigenda.rules.hit import Hit

_STRANGE = 3
"""Unknown words in one sentence from which on it is hardly English: what its words were to be is not asked."""


class Filter:
    """Makes hits of matches.

    `names` and `rank` are what other layers know of names and of likelihood; both may be missing.
    """

    def __init__(self, policy: Policy, *, names: NameOracle | None = None, rank: Rank | None = None) -> None:
        self._policy = policy
        self._unknown_words = UnknownWords(names)
        self._rank = rank

    def hits(self, document: Document, matches: Iterable[PlacedMatch], number: int = 0) -> list[Hit]:
        """Return the hits of one document, in its order.

        Args:
            document: The document.
            matches: Everything that LanguageTool said of it.
            number: The document's number among those that are checked together.
        """
        surroundings = Surroundings(document)
        accepted: list[_Accepted] = []
        listed: set[tuple[str, str]] = set()
        for placed in sorted(matches, key=lambda placed: placed.sort_key):
            own = self._accepted(surroundings, placed)
            if own is None:
                continue
            if own.severity is Severity.SUGGESTION and _is_speller(own.match):
                # The same unknown word again tells nothing new. A misspelling is to be fixed wherever it
                # stands.
                key = (own.decision.target.check.id, document.text[own.place.start : own.place.end].casefold())
                if key in listed:
                    continue
                listed.add(key)
            accepted.append(own)
        return [_hit(number, own) for own in self._ranked(document, accepted)]

    def _accepted(self, surroundings: Surroundings, placed: PlacedMatch) -> "_Accepted | None":
        """Return a match with all that was decided of it, None for one that is dropped."""
        document, match = surroundings.document, placed.match
        start, end, suggestions = trimmed(document.text, placed.start, placed.end, match.replacements)
        if start >= end or document.is_masked(start, end):
            return None
        place = Place(surroundings, document.blocks[placed.block], start, end)
        verdict = self._verdict(place, match, suggestions)
        decision = self._policy.decide(match.rule, match.category, verdict.condition) if verdict is not None else None
        if verdict is None or decision is None:
            return None
        check = decision.target.check
        if (check.regions and place.block.kind.value not in check.regions) or (place.quoted and not check.quotations):
            return None
        return _Accepted(place, match, verdict.suggestions, decision, decision.severity(quoted=place.quoted))

    def _verdict(self, place: Place, match: Match, suggestions: tuple[str, ...]) -> Verdict | None:
        if _is_speller(match):
            return self._unknown_words.judge(place, match.message, suggestions)
        return None if is_doubtful(place, match) else Verdict("", suggestions)

    def _ranked(self, document: Document, accepted: Sequence["_Accepted"]) -> Sequence["_Accepted"]:
        """Order the suggestions of what has several; those whose first is safe whatever a model thinks stay."""
        strange = _strange(document, accepted)
        undecided = [
            number
            for number, own in enumerate(accepted)
            if number not in strange
            and own.place.unbroken
            and len(own.suggestions) > 1
            and not harmless(own.place.quote, own.suggestions[0])
        ]
        if self._rank is None or not undecided:
            return accepted
        places = [(accepted[n].place.start, accepted[n].place.end, accepted[n].suggestions) for n in undecided]
        result = list(accepted)
        for number, order in zip(undecided, self._rank(document, places), strict=True):
            result[number] = replace(accepted[number], suggestions=tuple(order))
        return result


@dataclass(frozen=True, slots=True)
class _Accepted:
    """A match that is let through: where, with which suggestions, why, and how grave it is there."""

    place: Place
    match: Match
    suggestions: tuple[str, ...]
    decision: Decision
    severity: Severity


def _strange(document: Document, accepted: Sequence[_Accepted]) -> frozenset[int]:
    """Return the numbers of what stands in a sentence that has several unknown words.

    Such a sentence was left in another language, whatever the dictionary has that looks like its words, and to rank
    that for each of them takes a model minutes.
    """
    unknown = Counter(own.place.block.start for own in accepted if _is_speller(own.match))
    split = any_language(document.language).sentences
    starts: dict[int, list[int]] = {}
    sentences: dict[tuple[int, int], list[int]] = {}
    for number, own in enumerate(accepted):
        block = own.place.block
        if unknown[block.start] < _STRANGE:
            continue
        if block.start not in starts:
            starts[block.start] = [start for start, _ in split(block.view.text)]
        sentence = bisect_right(starts[block.start], len(own.place.before))
        sentences.setdefault((block.start, sentence), []).append(number)
    return frozenset(
        number
        for numbers in sentences.values()
        if sum(_is_speller(accepted[n].match) for n in numbers) >= _STRANGE
        for number in numbers
    )


def _is_speller(match: Match) -> bool:
    return match.rule.startswith(SPELLER)


def _hit(number: int, own: _Accepted) -> Hit:
    place, check = own.place, own.decision.target.check
    message = message_of(check.message, own.match, place.quote, own.suggestions)
    if place.quoted and not any(character.isalnum() for character in place.quote):
        message += LOOK_UP  # the pipeline says it of words alone; LanguageTool's marks are the translator's as well
    return Hit(
        check=check,
        document=number,
        start=place.start,
        end=place.end,
        corrections=corrections_of(place.quote, own.suggestions) if place.unbroken else (),
        evidence={"languagetool": own.match.rule, "let through": own.decision.entry.reason},
        message=message,
        severity=own.severity,
        confidence=own.decision.confidence(own.severity),
        category="" if own.decision.names_the_rule else category_of(own.match),
    )
