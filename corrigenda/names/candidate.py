"""Two forms that may be one name, and the facts that tell for it or against it.

A candidate comes from one text (`context.NameContext`) or from a collection (`index.NameIndex`); the rules of
`judgement` and `vetoes` see it alone, and ask its surroundings no further than `Surroundings` goes.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Protocol

from corrigenda.names import given_names, lists, respelling, syllables
from corrigenda.names.data import CURRENT, Row, curated
from corrigenda.names.romanise import differ_in_marks, fold, key, ndist, symbols
from corrigenda.names.suffixes import adds_vowel, are_of_two_sexes, without_sex
from corrigenda.names.table import Occurrence
from corrigenda.names.thresholds import CERTAIN_AT, LIKELY_AT, NEIGHBOUR_AT, SAME_SOUNDS_AT, UNLIKE_AT


class Surroundings(Protocol):
    """What is known of the places in which a form stands, in one text or in a collection."""

    @property
    def lower(self) -> frozenset[str]:
        """Words that are also written in lower case."""

    def occurrences(self, form: str) -> Sequence[Occurrence]:
        """Return the places of a form, or as many of them as tell enough."""

    def before(self, form: str) -> frozenset[str]:
        """Return the names (no titles, no common words) that stand directly before a form."""

    def after(self, form: str) -> frozenset[str]:
        """Return the names (no titles, no common words) that stand directly after a form."""

    def sexes(self, form: str) -> frozenset[str]:
        """Return "m" and "f" as the titles and given names before a form say."""

    def towns(self, form: str) -> Sequence[Occurrence]:
        """Return the places at which a form can be a town's name."""

    def only_person(self, form: str) -> bool:
        """Return whether a form can be a town's name nowhere."""

    def only_town(self, form: str) -> bool:
        """Return whether a form stands where only towns stand ("in")."""

    def in_one_list(self, first: str, second: str) -> bool:
        """Return whether two forms are items of one enumeration."""

    def in_marks(self, form: str) -> bool:
        """Return whether every place of a form stands by itself in quotation marks."""

    def kept(self, form: str) -> bool:
        """Return whether all places of a form lie in phrases in which that spelling belongs."""

    def glossed(self, first: str, second: str) -> bool:
        """Return whether the text itself sets one form beside the other, as two names of one thing."""


class Candidate:
    """Two forms that may be one name. A fact is worked out when it is first asked for, and once."""

    def __init__(self, first: str, second: str, surroundings: Surroundings) -> None:
        self.first = first
        self.second = second
        self.forms = (first, second)
        self.surroundings = surroundings
        self.distance = ndist(first, second)
        """How far apart the two are in their sounds."""

    @cached_property
    def only_marks_differ(self) -> bool:
        """Whether the letters are the same, with and without marks: Räbinen, Rabinen; Müller, Mueller."""
        return differ_in_marks(self.first, self.second)

    @cached_property
    def near(self) -> float:
        """The distance that is held against the thresholds: marks that somebody could not type count nothing."""
        return 0.0 if self.only_marks_differ else self.distance

    @cached_property
    def near_without_sex(self) -> float:
        """How far apart the two are without the endings of a man's and a woman's surname."""
        return ndist(*map(without_sex, self.forms))

    @cached_property
    def lost_its_end(self) -> bool:
        """Whether one stands alone everywhere and is the other, which has a given name before it, without a last vowel:
        Vasile Botnaru and Botnar.
        """
        short, long = sorted(self.forms, key=lambda form: (len(symbols(form)), form))
        if len(short) < 5 or self.any_known or not adds_vowel(short, long) or are_of_two_sexes(short, long):
            return False
        places = self.surroundings
        return bool(places.before(long)) and not (places.before(short) or places.after(short))

    @cached_property
    def shares_bucket(self) -> bool:
        """Whether the two have a bucket in common (`keys`): the same consonants, in one reading of each."""
        return bool(keys(self.first) & keys(self.second))

    @cached_property
    def is_respelled(self) -> bool:
        """Whether one of the two is what comes back of the other when it was written in Cyrillic on the way: Recean and
        Rechan.

        Without the same name beside both, no dictionary may know either (Coventre is an old spelling), and more than
        vowels must have changed.
        """
        if self.has_one_neighbour:
            return not all(map(lists.is_known, self.forms)) and respelling.distance(*self.forms) <= LIKELY_AT
        return not self.any_known and respelling.distance(*self.forms, firm=True) <= SAME_SOUNDS_AT

    @cached_property
    def shortest(self) -> int:
        """How many sounds the shorter form has."""
        return min(len(symbols(self.first)), len(symbols(self.second)))

    @cached_property
    def any_known(self) -> bool:
        """Whether an English dictionary has one of the two."""
        return lists.is_known(self.first) or lists.is_known(self.second)

    @cached_property
    def before(self) -> tuple[frozenset[str], frozenset[str]]:
        """The names directly before each form."""
        return self.surroundings.before(self.first), self.surroundings.before(self.second)

    @cached_property
    def after(self) -> tuple[frozenset[str], frozenset[str]]:
        """The names directly after each form."""
        return self.surroundings.after(self.first), self.surroundings.after(self.second)

    @cached_property
    def one_before(self) -> bool:
        """Whether the same name stands before both; before one surname also in two languages (Mykhailo, Mikhail)."""
        if _have_one_name(*self.before):
            return True
        return self.near <= CERTAIN_AT and any(
            given_names.are_one_name(a, b) for a in self.before[0] for b in self.before[1]
        )

    @cached_property
    def one_after(self) -> bool:
        """Whether the same name stands after both."""
        return _have_one_name(*self.after)

    @cached_property
    def shared_after(self) -> frozenset[str]:
        """The names after either form that stand, in whatever spelling, after the other one too."""
        one, two = self.after
        return frozenset(
            [name for name in one if _have_one_name((name,), two)]
            + [name for name in two if _have_one_name((name,), one)]
        )

    @cached_property
    def in_one_family(self) -> bool:
        """Whether the two are Chinese given names of different syllables behind one family name: Zhang Huiming and
        Zhang Weiming are brothers.
        """
        if not self.one_before or not all(syllables.readings(form).pinyin for form in self.forms):
            return False
        families = self.before[0] | self.before[1]
        if not any(map(syllables.looks_eastern, (*families, *self.forms))):
            return False
        return all(map(_is_chinese_family, families)) and not syllables.same_syllables(*self.forms)

    @property
    def has_one_neighbour(self) -> bool:
        """Whether the two share a given name before them or a surname after them."""
        return self.one_before or self.one_after

    @cached_property
    def row(self) -> Row | None:
        """The curated name of which both forms are current spellings, or None (`shared_row`): also None for a person's
        name that only people of other given names bear here (Jürgen Schröder is not Gerhard Schroeder).
        """
        row = shared_row(self.first, self.second)
        return None if row is not None and row.is_person and self._is_borne_by_others(row) else row

    def _is_borne_by_others(self, row: Row) -> bool:
        """Return whether given names stand before the forms, and none of them is the person's."""
        if all(map(given_names.is_given, self.forms)) and (self.after[0] or self.after[1]):
            return True  # Kirill Budanov is not the patriarch
        own = {word for form in row.forms for word in form.split()[:-1]}
        borne = self.before[0] | self.before[1]
        return bool(own) and bool(borne) and not _have_one_name(borne, own)


def _have_one_name(first: Iterable[str], second: Iterable[str]) -> bool:
    """Return whether a name of one group is, in whatever spelling, a name of the other."""
    others = tuple(second)
    return any(
        fold(a) == fold(b)
        or given_names.are_spellings(a, b)
        or given_names.are_arabic_spellings(a, b)
        or (key(a) == key(b) and ndist(a, b) <= NEIGHBOUR_AT)
        for a in first
        for b in others
    )


def _is_chinese_family(name: str) -> bool:
    """Return whether a name can be a Chinese family name: one syllable of pinyin, and no given name of the list."""
    return syllables.is_one(name) and bool(syllables.readings(name).pinyin) and not given_names.is_given(name)


def keys(form: str) -> frozenset[str]:
    """Return the buckets of a form: its key, and those it has when Polish or German wrote it (ch as kh, c as ts, w as
    u).
    """
    folded = fold(form)
    found = {key(folded)}
    if "ch" in folded:
        found.add(key(folded.replace("ch", "kh")))
    if "c" in folded.replace("ch", "").replace("ck", ""):
        found.add(key(folded.replace("c", "ts")))
    if "w" in folded:
        found.add(key(folded.replace("w", "u")))
    return frozenset(found)


def shared_row(first: str, second: str) -> Row | None:
    """Return the curated row of which both forms are current spellings, or None.

    None also when a form is another row's own name (Dnipro is a city, and a form of the river Dnieper), and for
    organisations whose two names have nothing in common (ISIS, Daesh).
    """
    entries = curated().rows_of(first)
    if not entries:
        return None
    others = curated().rows_of(second)
    statuses = {row.canonical: status for row, status in others}
    for row, status in entries:
        if status not in CURRENT or statuses.get(row.canonical) not in CURRENT:
            continue
        is_own_name_elsewhere = any(
            found == "canonical" and known.canonical != row.canonical for known, found in (*entries, *others)
        )
        if not is_own_name_elsewhere and comparable(first, second, row):
            return row
    return None


def comparable(first: str, second: str, row: Row) -> bool:
    """Return whether two current forms of a row ought to be one: no acronym, and not two names that share nothing."""
    if any(form.isupper() and len(form) < 6 for form in (first, second)):
        return False
    if row.kind == "place.country":
        return is_established(first, row) and is_established(second, row)
    if not row.is_place:
        return True
    return ndist(first, second) <= UNLIKE_AT


def is_established(form: str, row: Row) -> bool:
    """Return whether English uses a form of a country: its own name, a publication's form, or a dictionary's.

    Rossiya is Russia's own name, and in English the name of a bank, an airline and a channel.
    """
    known = {fold(row.canonical), *map(fold, row.styles.values())}
    return fold(form) in known or lists.is_proper(form)
