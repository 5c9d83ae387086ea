"""Matches of rules other than the speller's: which of them rest on a name, a number or a piece of layout."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from corrigenda.documents.parts import RegionKind
from corrigenda.engines.grammar.filter.names import holds_name
from corrigenda.engines.grammar.filter.place import Place
from corrigenda.engines.grammar.filter.punctuation import is_layout
from corrigenda.engines.grammar.match import Match
from corrigenda.languages import language

_READ_OUT = re.compile(r"[A-Z]{2,}|[A-Z]\b|[$€£¥]|[b-df-hj-np-tv-xz]{2,}\b")
_PLURAL_NAME = re.compile(r"[A-Z]\w*s\s+$")
_EMOTICON = re.compile(r"(?<![^\W_])(?:[:;=]['’]?[-o^]?[()\[\]{}|/\\*]|[()\[\]][-o^]?[:;=])(?![^\W_])")
"""A face made of marks: ":)", ";-(", "(:"."""


def is_doubtful(place: Place, match: Match) -> bool:
    """Return whether a match of a rule other than the speller's is most likely a false alarm here."""
    if _in_emoticon(place) or place.dateline or (place.inside_token and place.quote[:1].isalnum()) or place.marked_sic:
        return True
    mistaken = _MISTAKEN.get(match.rule)
    if mistaken is not None and mistaken(place):
        return True
    if match.kind in ("whitespace", "typographical"):
        return is_layout(place, match.rule)
    if match.rule == "EN_A_VS_AN":
        # Whether "SMS", "$11bn" or "npm" begins with a vowel is a matter of reading it.
        return bool(_READ_OUT.match(place.after.lstrip()))
    if place.italic:
        return True
    # Whether one says "in Facebook" is a matter of the preposition, not of the name.
    return match.category != "COLLOCATIONS" and holds_name(place)


def _in_emoticon(place: Place) -> bool:
    """Return whether a match of marks alone lies on a face made of marks: no bracket is opened by ":("."""
    if any(character.isalnum() for character in place.quote):
        return False
    around = place.before[-4:] + place.quote + place.after[:4]
    start = len(place.before[-4:])
    end = start + len(place.quote)
    return any(face.start() < end and start < face.end() for face in _EMOTICON.finditer(around))


def _plural_noun(place: Place) -> bool:
    """Return whether TO_NON_BASE took a plural noun for a verb: "thousands flocked to boats"."""
    return place.quote.endswith("s") and place.quote not in language().grammar.singular_verbs


def _plural_name(place: Place) -> bool:
    """Return whether HE_VERB_AGR took a name in the plural for one person: "the Andes belong"."""
    return _PLURAL_NAME.search(place.before) is not None


def _meant_twice(place: Place) -> bool:
    """Return whether a word is one that people repeat on purpose: "no no"."""
    first = place.quote.split()[0].casefold() if place.quote.split() else ""
    facts = language().grammar
    if first in facts.ends_clause and facts.begins_clause.search(place.before[-160:]) is not None:
        return True
    return len(first) < 2 or first in language().lists.get("meant-twice", ()) or _two_terms(place)


def _phrase_meant_twice(place: Place) -> bool:
    """Return whether it is a phrase that people repeat on purpose: "step by step by step"."""
    quote = " ".join(place.quote.casefold().split())
    return quote.startswith(tuple(language().lists.get("phrases-meant-twice", ())))


def _two_terms(place: Place) -> bool:
    """Return whether both words stand in italics of their own: terms of a syntax, each in its place."""
    start, end, within = place.start, place.end, place.document.within
    italic = within(RegionKind.EMPHASIS, start, start + 1) and within(RegionKind.EMPHASIS, end - 1, end)
    return italic and not place.unbroken


def _written_small(place: Place) -> bool:
    """Return whether EN_SPECIFIC_CASE asks for the capitals of a house: "the Democratic Party", "Secretary of State". A
    name that has none of its capitals is another matter: "the cold war".
    """
    words = place.quote.split()
    return len(words) < 2 or words[-1] in language().grammar.written_small


_MISTAKEN: Mapping[str, Callable[[Place], bool]] = MappingProxyType(
    {
        "EN_SPECIFIC_CASE": _written_small,
        "ENGLISH_WORD_REPEAT_RULE": _meant_twice,
        "HE_VERB_AGR": _plural_name,
        "PHRASE_REPETITION": _phrase_meant_twice,
        "TO_NON_BASE": _plural_noun,
    }
)
"""Rules that are mistaken in one known way, and what tells it."""
