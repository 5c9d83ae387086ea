"""Are two forms one name? The verdict on a candidate, and the rules that give it.

1. The curated list has both as spellings of one name: certain, unless their places in the text say no.
2. Two languages' forms of one given name, before one surname: likely.
3. The two sound alike (`_ground`), and no veto refuses them: the first of `RULES` that has something to say gives
   certainty and reason.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from corrigenda.names import gazetteer, given_names, lists
from corrigenda.names.bearers import is_of_father
from corrigenda.names.candidate import Candidate
from corrigenda.names.data import Row, curated
from corrigenda.names.gazetteer import Places
from corrigenda.names.issue import Certainty
from corrigenda.names.romanise import VOWELS, fold, key, symbols
from corrigenda.names.suffixes import adds_vowel, are_of_two_sexes
from corrigenda.names.thresholds import (
    CERTAIN_AT,
    LIKELY_AT,
    NEIGHBOUR_AT,
    SAME_GIVEN_AT,
    SAME_PLACE_AT,
    SAME_SOUNDS_AT,
)
from corrigenda.names.vetoes import CURATED_VETOES, veto, veto_roster

PairRule = Literal[
    "curated", "gazetteer", "given", "hyphen", "marks", "neighbour", "order", "respelling", "romanisation", "syllables"
]
"""What a verdict on two forms rests on."""


@dataclass(frozen=True, slots=True)
class PairVerdict:
    """Two forms are one name: how sure that is, why (in words), what decided, and the curated row if that did."""

    certainty: Certainty
    reason: str
    rule: PairRule
    distance: float = 0.0
    row: Row | None = None

    @property
    def canonical(self) -> str:
        """The curated name, or ""."""
        return self.row.canonical if self.row is not None else ""


class Ground(Enum):
    """Why the sounds of two forms let them be one name, the strongest first."""

    CLOSE = "they are as near as two spellings of one name are"
    TOWN = "one town has a name that sounds like each of them"
    RESPELLED = "one is what comes back of the other from Cyrillic"
    FAINT = "they are as near as two spellings of one name can be"


def both_spell(name: str, forms: Iterable[str]) -> str:
    """Say that forms are spellings of one name, without repeating a form that the sentence names before."""
    known = fold(name)
    return "both spellings are known" if any(fold(form) == known for form in forms) else f"both are spellings of {name}"


def judge(candidate: Candidate) -> PairVerdict | None:
    """Return the verdict on two forms, or None when they are two names or nothing says that they are one."""
    if _have_two_bearers(candidate) and not all(
        map(_is_unknown_slav, _surnames(candidate, 0) | _surnames(candidate, 1))
    ):
        return None  # Sergey Brin and Sergei Eisenstein have spellings of their own
    row = candidate.row
    if row is not None and not row.is_given:
        if veto(candidate, CURATED_VETOES) is not None:
            return None
        reason = both_spell(row.canonical, candidate.forms)
        return PairVerdict(Certainty.CERTAIN, reason, "curated", candidate.distance, row)
    in_two_languages = given_names.are_one_name(candidate.first, candidate.second)
    if in_two_languages and candidate.one_after:
        if veto(candidate, (veto_roster,)) is not None:
            return None
        one_language = given_names.are_spellings(candidate.first, candidate.second)
        reason = f"one given name in two {'romanisations' if one_language else 'languages'}, before one surname"
        return PairVerdict(Certainty.LIKELY, reason, "given", candidate.distance)
    in_arabic = candidate.has_one_neighbour and given_names.are_arabic_spellings(candidate.first, candidate.second)
    if in_arabic and veto(candidate, CURATED_VETOES) is None:
        reason = "one Arabic name in two romanisations, beside one name"
        return PairVerdict(Certainty.LIKELY, reason, "given", candidate.distance)
    if candidate.distance > SAME_PLACE_AT and not in_two_languages and not candidate.is_respelled:
        return None
    ground = _ground(candidate)
    if ground is None or veto(candidate) is not None:
        return None
    for rule in RULES:
        verdict = rule(candidate, ground)
        if verdict is not None:
            return verdict
    return None


def _ground(candidate: Candidate) -> Ground | None:
    """Return why two forms may be one name by their sounds, or None."""
    near, shares_bucket = candidate.near, candidate.shares_bucket
    if near > NEIGHBOUR_AT and candidate.in_one_family:
        return None
    if shares_bucket and near <= (NEIGHBOUR_AT if candidate.has_one_neighbour else LIKELY_AT):
        return Ground.CLOSE
    if candidate.lost_its_end:
        return Ground.CLOSE
    if are_of_two_sexes(candidate.first, candidate.second) and candidate.near_without_sex <= CERTAIN_AT:
        return Ground.CLOSE
    if near <= SAME_GIVEN_AT and candidate.one_before and not candidate.any_known:
        return Ground.CLOSE  # one given name before two rare surnames: Tsikhanouskaya, Tikhanovskaya
    if not shares_bucket:
        return Ground.RESPELLED if candidate.is_respelled else None
    if gazetteer.compare(candidate.first, candidate.second) is Places.SAME and not _are_people(candidate):
        return Ground.TOWN
    if candidate.is_respelled:
        return Ground.RESPELLED
    return Ground.FAINT if near <= NEIGHBOUR_AT else None


def _are_people(candidate: Candidate) -> bool:
    """Return whether two forms of a given name that are a town's too (Volodymyr) are no town's at all their places."""
    if not all(map(given_names.is_given, candidate.forms)):
        return False
    return not all(map(candidate.surroundings.only_town, candidate.forms))


VerdictRule = Callable[[Candidate, Ground], PairVerdict | None]
"""A rule gives its verdict on a candidate that has a ground, or None when it has nothing to say."""


def one_town(candidate: Candidate, ground: Ground) -> PairVerdict | None:
    """Certain when the gazetteer has one town for both, however its schemes spell it (Mykolaiv, Nikolaev)."""
    if ground is not Ground.TOWN:
        return None
    reason = "both are romanisations of one town's name"
    return PairVerdict(Certainty.CERTAIN, reason, "gazetteer", candidate.distance)


def marks_alone(candidate: Candidate, ground: Ground) -> PairVerdict | None:
    """Likely when only marks differ (Räbinen, Rabinen); not certain, since two people may be meant."""
    if not candidate.only_marks_differ:
        return None
    if candidate.first.lower() != candidate.second.lower():
        reason = "the same letters, with and without marks"
        return PairVerdict(Certainty.LIKELY, reason, "marks", candidate.distance)
    reason = "the same letters, with and without a capital inside"
    # MacPherson and Macpherson are two families, unless one given name stands before both.
    is_settled = candidate.has_one_neighbour or not fold(candidate.first).startswith("mac")
    certainty = Certainty.LIKELY if is_settled else Certainty.POSSIBLE
    return PairVerdict(certainty, reason, "marks", candidate.distance)


def respelled(candidate: Candidate, ground: Ground) -> PairVerdict | None:
    """Likely when one is what comes back of the other from Cyrillic (Recean, Rechan); possible when it is short."""
    if ground is not Ground.RESPELLED:
        return None
    firm = candidate.has_one_neighbour or min(map(len, candidate.forms)) > 4
    reason = "one is the other written as it sounds in Cyrillic"
    return PairVerdict(Certainty.LIKELY if firm else Certainty.POSSIBLE, reason, "respelling", candidate.distance)


_SLAVIC_SURNAME = re.compile(r"(?:[oe]va?|enko|[uy]k|[cs]k[iy]y?|[cs]kyi|ska|skaya|[a-z]{3}[iy]na?)$")


def two_bearers(candidate: Candidate, ground: Ground) -> PairVerdict | None:
    """Possible only when two people bear the given name: each may spell it as he likes (Natalia, Nataliya)."""
    if not _have_two_bearers(candidate):
        return None
    reason = "two people's given name, romanised in two ways"
    return PairVerdict(Certainty.POSSIBLE, reason, "romanisation", candidate.distance)


def _is_unknown_slav(surname: str) -> bool:
    """Return whether a surname is a Slavic one of nobody whose spelling is settled by a dictionary or a list."""
    if lists.is_known(surname) or curated().rows_of(surname):
        return False
    return len(surname) > 4 and _SLAVIC_SURNAME.search(fold(surname)) is not None


def _have_two_bearers(candidate: Candidate) -> bool:
    """Return whether two forms of one given name stand before different surnames; a patronymic is none."""
    if not given_names.are_spellings(candidate.first, candidate.second) or candidate.one_after:
        return False
    one, two = (_surnames(candidate, number) for number in (0, 1))
    return bool(one) and bool(two) and not one & two


def _surnames(candidate: Candidate, number: int) -> frozenset[str]:
    """Return the surnames behind one of two forms of a given name; behind one, an English word is a surname too."""
    places = candidate.surroundings.occurrences(candidate.forms[number])
    words = (place.after for place in places if place.after and not lists.is_demonym(place.after))
    names = {word for word in words if not lists.is_function_word(word)} | candidate.after[number]
    return frozenset(name for name in names if not is_of_father(name))


def before_patronymic(candidate: Candidate, ground: Ground) -> PairVerdict | None:
    """Likely when a patronymic follows one of two forms of a given name: Sergei Alexandrovich can be Sergey Yesenin."""
    if not given_names.are_spellings(candidate.first, candidate.second) or not all(candidate.after):
        return None
    if candidate.one_after:
        return None
    reason = "one given name, romanised in two ways"
    return PairVerdict(Certainty.LIKELY, reason, "romanisation", candidate.distance)


def vowel_at_the_end(candidate: Candidate, ground: Ground) -> PairVerdict | None:
    """Possible only when one is the other with a vowel more: a case, for `case_endings` to decide, or another name."""
    if candidate.near <= CERTAIN_AT or candidate.has_one_neighbour:
        return None
    if not adds_vowel(candidate.first, candidate.second) and candidate.near_without_sex > CERTAIN_AT:
        return None
    if are_of_two_sexes(candidate.first, candidate.second):
        # The veto has let it pass, since one sex bears both: Olena Drozdova is not Drozdov.
        reason = "one is the other without its ending, and one person bears both"
        return PairVerdict(Certainty.LIKELY, reason, "romanisation", candidate.distance)
    if candidate.lost_its_end:
        reason = "one is the other without its last vowel, and stands alone"
        return PairVerdict(Certainty.LIKELY, reason, "romanisation", candidate.distance)
    reason = "one is the other with a vowel at its end"
    return PairVerdict(Certainty.POSSIBLE, reason, "romanisation", candidate.distance)


def faint(candidate: Candidate, ground: Ground) -> PairVerdict | None:
    """Likely when the two are rather far apart, long, unknown to the dictionary and alike at the beginning; possible
    else.
    """
    if ground is not Ground.FAINT:
        return None
    long = min(map(len, candidate.forms)) > 4
    firm = not candidate.any_known and long and _begin_alike(candidate.first, candidate.second)
    certainty = Certainty.LIKELY if firm else Certainty.POSSIBLE
    return PairVerdict(certainty, "they may be one name in two romanisations", "romanisation", candidate.distance)


def _begin_alike(first: str, second: str) -> bool:
    """Return whether two words begin with the same class of consonant, or both with a vowel."""
    one, two = symbols(first)[:1], symbols(second)[:1]
    if one in VOWELS or two in VOWELS:
        return one in VOWELS and two in VOWELS
    return key(first)[:1] == key(second)[:1]


def one_hyphenated(candidate: Candidate, ground: Ground) -> PairVerdict | None:
    """Likely when one has a hyphen (Kaiko-kan, Kaikokan): that may be a habit of the people who bear the name."""
    if ("-" in candidate.first) == ("-" in candidate.second):
        return None
    return PairVerdict(Certainty.LIKELY, "one is written with a hyphen", "hyphen", candidate.distance)


def short_and_known(candidate: Candidate, ground: Ground) -> PairVerdict | None:
    """Possible only when a short name of the dictionary is one of the two: Wade and Wayde are two."""
    if candidate.shortest > 4 or candidate.has_one_neighbour:
        return None
    if not (lists.is_proper(candidate.first) or lists.is_proper(candidate.second)):
        return None
    reason = "they may be one short name in two spellings"
    return PairVerdict(Certainty.POSSIBLE, reason, "romanisation", candidate.distance)


def one_scheme_apart(candidate: Candidate, ground: Ground) -> PairVerdict | None:
    """Certain when only the scheme differs (Hostomel, Gostomel); likely when the name is short and stands alone, or
    when the curated list has one of the two and not the other.

    A listed name has its spellings listed: what is not among them can be another name (Zelensky, Zelinsky).
    """
    if candidate.near > CERTAIN_AT or not candidate.shares_bucket:
        return None
    listed_one, listed_two = (bool(curated().rows_of(form)) for form in candidate.forms)
    one_is_listed = listed_one != listed_two and candidate.distance > SAME_SOUNDS_AT
    look_alikes = given_names.only_look_alike(candidate.first, candidate.second)  # Sara and Sarah
    firm = (candidate.shortest > 4 or candidate.has_one_neighbour) and not one_is_listed and not look_alikes
    certainty = Certainty.CERTAIN if firm else Certainty.LIKELY
    reason = "they differ only in how the same sound is spelled"
    return PairVerdict(certainty, reason, "romanisation", candidate.distance)


def beside_one_name(candidate: Candidate, ground: Ground) -> PairVerdict | None:
    """Likely when the same given name or surname stands beside both."""
    if not candidate.has_one_neighbour:
        return None
    reason = "they sound alike and stand beside the same name"
    return PairVerdict(Certainty.LIKELY, reason, "neighbour", candidate.distance)


def one_sound_apart(candidate: Candidate, ground: Ground) -> PairVerdict | None:
    """Likely when nothing more is known than that the sounds are close (Klimenko, Klymenko)."""
    reason = "they differ in a sound that romanisations confuse"
    return PairVerdict(Certainty.LIKELY, reason, "romanisation", candidate.distance)


RULES: tuple[VerdictRule, ...] = (
    one_town,
    marks_alone,
    respelled,
    two_bearers,
    before_patronymic,
    vowel_at_the_end,
    faint,
    one_hyphenated,
    short_and_known,
    one_scheme_apart,
    beside_one_name,
    one_sound_apart,
)
"""Asked in this order of a candidate that has a ground and that no veto refused; the first answer stands."""
