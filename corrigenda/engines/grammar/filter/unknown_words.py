"""Words that the speller does not know: a misspelling, a name, a term, the other dialect, or a word from nowhere?"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from corrigenda.engines.grammar.filter import spelling
from corrigenda.engines.grammar.filter.place import Place
from corrigenda.engines.grammar.policy import Condition
from corrigenda.engines.names import NameOracle
from corrigenda.languages import language

_PART_OF_CODE = frozenset("@#/\\_")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an unknown word is, as the policy's conditions have it, and what to write instead, the best first."""

    condition: Condition
    suggestions: tuple[str, ...]


class UnknownWords:
    """Judges the speller's matches. Without an oracle only the text itself tells what a name is."""

    def __init__(self, names: NameOracle | None) -> None:
        self._names = names

    def judge(self, place: Place, message: str, suggestions: Sequence[str]) -> Verdict | None:
        """Return what the word at a place is, None where there is nothing to say of it.

        Args:
            place: The word.
            message: What the speller said of it.
            suggestions: What the speller would write, the best first.
        """
        word, text = place.quote, place.surroundings
        if not _is_word(word) or place.italic or place.dateline or place.inside_token or place.marked_sic:
            return None
        if place.verse or place.dialect or place.quotes_foreign or place.in_foreign_name or _has_accents_alone(word):
            return None
        if any(character.isupper() for character in word):
            return self._capitalised(place, suggestions)
        if text.capitals(word) or self._is_name(place):
            return None
        condition = spelling.judge(word, suggestions, message)
        # Written twice, a rare word is a term.
        is_term = condition != "near" and text.occurrences(word) > 1
        if condition in ("dialect", "compound") or is_term:
            return None
        # What somebody said, and the words of a trade that is written in code, are not the translation's.
        if condition == "far" and (place.quoted or text.technical or text.in_code(word)):
            return None
        # A lost space explains more than a lost letter: "for the" before "forth" for "forthe".
        ordered = tuple(
            sorted(
                suggestions,
                key=lambda other: (not spelling.glued(word, [other]), spelling.unlikelihood(word, other)),
            )
        )
        if condition == "near" and (place.alone_in_marks or _may_be_term(place, ordered)):
            return Verdict("far", ordered)
        return Verdict(condition, ordered)

    def _capitalised(self, place: Place, suggestions: Sequence[str]) -> Verdict | None:
        word, text = place.quote, place.surroundings
        if self._names is not None and word[:1].isupper():
            name = self._names.near_miss(word, place.document, place.start, place.end)
            if name is not None and not self._is_name(place):
                return Verdict("name", (name,))
        # At the start of a sentence any word has a capital: a misspelling shows when the text has the
        # right word elsewhere, or the wrong one in lower case.
        small = _uncapitalised(word)
        if small.islower() and place.starts_sentence and suggestions and not text.capitals(word):
            right = _uncapitalised(suggestions[0])
            if spelling.near(small, right) and (text.in_lower_case(right) or text.in_lower_case(small)):
                return Verdict("near", tuple(suggestions))
        return None

    def _is_name(self, place: Place) -> bool:
        return self._names is not None and self._names.is_name(place.quote, place.document, place.start, place.end)


def _has_accents_alone(word: str) -> bool:
    """Return whether a word is an English one with an accent: naïve, façade, rôle."""
    if word.isascii():
        return False
    bare = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    return bare.isascii() and language().is_word(bare)


def _is_word(text: str) -> bool:
    """Return whether a text has three letters, and nothing that only codes and addresses have."""
    letters = sum(character.isalpha() for character in text)
    return letters >= 3 and not any(character.isdigit() or character in _PART_OF_CODE for character in text)


def _may_be_term(place: Place, suggestions: Sequence[str]) -> bool:
    """Return whether a word is perhaps a term, however near another one is: it stands there three times, and the other
    is rare.
    """
    common = bool(suggestions) and spelling.common(suggestions[0])
    return not common and place.surroundings.occurrences(place.quote) > 2


def _uncapitalised(word: str) -> str:
    return word[:1].lower() + word[1:]
