"""One text as the name functions take it: with its name table, the ranges not to be judged, and a house style."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from corrigenda.languages import language
from corrigenda.names import bearers, given_names, lists, rosters
from corrigenda.names.bearers import Role
from corrigenda.names.data import Row, curated
from corrigenda.names.leaning import Sign, signs
from corrigenda.names.romanise import fold
from corrigenda.names.systems import system_of
from corrigenda.names.table import MOST_FORMS, MOST_PLACES, DocumentNames, Occurrence, Span, Spans, clean, inside

_MARKS = frozenset("\"“”„«»'‘’")
_SENTENCE_REACH = 200
"""Code points of a sentence before and after a place that are looked at."""
_GLOSS_LENGTH = 60
"""Code points that may stand between two forms of which one explains the other."""
_STOP = re.compile(r"\w{4}[.!?…]+[\"”’»)]*\s")
"""The end of a sentence; a shorter word before the stop is an abbreviation ("Rus. Kiev")."""
_MOST_LISTED = 20
"""Places of a form that are looked at for an enumeration: what stands in one does not stand there often."""
_GLOSS_REACH = 120
"""Code points around a form within which the other one may begin: a gloss and a long name."""


@cache
def _title_before() -> "re.Pattern[str]":
    return re.compile(rf"\b({'|'.join(map(re.escape, language().name_words.titles_of_sex))})\.? $")


@cache
def _location() -> "re.Pattern[str]":
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, language().name_words.locations))}) $", re.IGNORECASE)


class Mention(NamedTuple):
    """A curated name in the text: its row, the spelling as written, and that spelling's status in the row."""

    row: Row
    form: str
    status: str
    start: int
    end: int
    number: int
    """The number of its first word in the name table."""
    words: int
    """How many words it has."""


class _Phrase(NamedTuple):
    """A spelling of several words that stands in the text: where it ends, and how many words it has."""

    end: int
    words: int


def is_kept(form: str, span: Span, text: str) -> bool:
    """Return whether one place of a form lies in a phrase in which that spelling belongs (chicken Kiev)."""
    start, end = span
    return any(
        fold(phrase) in fold(text[max(0, start - len(phrase)) : end + len(phrase)])
        for phrase in curated().keeps(fold(form))
    )


def all_kept(form: str, spans: Sequence[Span], text: str) -> bool:
    """Return whether every one of a form's places in a text lies in such a phrase; False when it has none."""
    return bool(spans) and all(is_kept(form, span, text) for span in spans)


class NameContext:
    """One text with everything that is known of its names.

    `skip` are ranges that are never judged; `quotations` ranges between quotation marks; `style` is the house style,
    which maps a canonical name to the form wanted. Made once a text (`tables.names_of`) and given to every function of
    this package.
    """

    def __init__(
        self,
        text: str,
        *,
        skip: Spans = (),
        quotations: Spans = (),
        style: Mapping[str, str] | None = None,
        names: DocumentNames | None = None,
    ) -> None:
        self.text = text
        self.names = names if names is not None else DocumentNames(text, skip=skip, quotations=quotations)
        self._skip = clean(skip)
        self._skip_starts = [start for start, _ in self._skip]
        self.style: Mapping[str, str] = dict(style or {})
        self.limits: set[str] = set()
        """What was not looked at, since there is more of it than a text holds: a sentence each."""
        if len(self.names) >= MOST_PLACES or len(self.names.forms) >= MOST_FORMS:
            self.limits.add(
                f"Of its capitalised words only the first {MOST_PLACES:,}, or {MOST_FORMS:,} different ones, "
                "were looked at. Split it."
            )

    @cached_property
    def lower(self) -> frozenset[str]:
        """Words that the text also writes in lower case."""
        return DocumentNames.lower_words(self.text)

    def is_skipped(self, start: int, end: int) -> bool:
        """Return whether any character of `[start, end)` is not to be judged."""
        return bool(self._skip) and inside(self._skip_starts, self._skip, start, end)

    def occurrences(self, form: str) -> list[Occurrence]:
        """Return the places of a form in text order."""
        return self.names.occurrences(form)

    def before(self, form: str) -> frozenset[str]:
        """Return the names (no titles, no common words) that stand directly before a form."""
        return frozenset(o.before for o in self.occurrences(form) if lists.is_neighbour(o.before))

    def after(self, form: str) -> frozenset[str]:
        """Return the names (no titles, no common words) that stand directly after a form, or after a patronymic that
        stands between; behind a given name also what rulers and saints have for a surname ("the Great").
        """
        numbers = self.names.numbers(form)
        names = frozenset(filter(lists.is_neighbour, map(self.name_after, numbers)))
        if not given_names.is_given(form):
            return names
        return names | frozenset(filter(None, (self.epithet(self.names.at(number)) for number in numbers)))

    def epithet(self, place: Occurrence) -> str:
        """Return what tells a ruler or a saint at a place from others: "the Wise", "of Italy", "Saint"; "" for none."""
        if place.after:
            return ""
        found = language().name_words.epithet.match(self.text, place.end)
        if found is not None:
            return found[1]
        return place.before if place.before in language().name_words.titles_of_one_name else ""

    def name_after(self, number: int) -> str:
        """Return the word joined to a place: of two of which the first is a patronymic, the second; "" for none."""
        after = self.names.at(number).after
        if after and bearers.patronymic(after):
            return self.names.at(number + 1).after or after
        return after

    def role(self, form: str, place: Occurrence) -> Role:
        """Return what a name is at one of its places: a person's, as the words around it say, or unknown."""
        role = bearers.beside(form, place)
        return bearers.in_text(form, place.start, place.end, self.text) if role is Role.UNKNOWN else role

    def located(self, place: Occurrence) -> bool:
        """Return whether a preposition of locations stands directly before a place: "in", "near"."""
        return _location().search(self.text, max(0, place.start - 9), place.start) is not None

    def towns(self, form: str) -> list[Occurrence]:
        """Return the places at which a form can be a town's name. Where it is a surname somewhere, it is one everywhere
        but behind a preposition of locations.
        """
        places = self.occurrences(form)
        roles = [self.role(form, place) for place in places]
        is_surname = Role.SURNAME in roles
        return [
            place
            for place, role in zip(places, roles, strict=True)
            if role is Role.UNKNOWN and (not is_surname or self.located(place))
        ]

    def only_person(self, form: str) -> bool:
        """Return whether a form is a person's name at one of its places, and a town's at none."""
        return not self.towns(form) and bool(self.occurrences(form))

    def only_town(self, form: str) -> bool:
        """Return whether every place of a form stands behind a preposition of locations."""
        places = self.occurrences(form)
        return bool(places) and all(map(self.located, places))

    def in_one_list(self, first: str, second: str) -> bool:
        """Return whether the text has two forms as two items of one enumeration."""
        others = self.names.spans(second)
        starts = [start for start, _ in others]
        for span in self.names.spans(first)[:_MOST_LISTED]:
            low = bisect_left(starts, span[0] - rosters.REACH)
            high = bisect_right(starts, span[1] + rosters.REACH)
            if any(rosters.in_one(self.text, span, other) for other in others[low : min(high, low + _MOST_LISTED)]):
                return True
        return False

    def in_marks(self, form: str) -> bool:
        """Return whether every place of a form stands by itself in quotation marks: the name of a firm, a ship or a
        club.
        """
        spans = self.names.spans(form)
        return bool(spans) and all(
            self.text[start - 1 : start] in _MARKS and self.text[end : end + 1] in _MARKS
            for start, end in spans
            if start
        )

    def sexes(self, form: str) -> frozenset[str]:
        """Return "m" and "f" as titles (Mr, Ms) and the ends of given names before a form say; Slavic women's end in
        -a. Where it stands alone, a word of men in its sentence (he, husband) says that a man may bear it.
        """
        found = set()
        for occurrence in self.occurrences(form):
            if bearers.is_relative(self.text, occurrence.start):
                return frozenset(("m", "f"))  # "his wife Anna Petrova": a man of the name is about
            title = _title_before().search(self.text, max(0, occurrence.start - 6), occurrence.start)
            if title:
                found.add(language().name_words.titles_of_sex[title[1]])
            elif lists.is_neighbour(occurrence.before) and len(occurrence.before) > 2:
                found.add(given_names.sex(occurrence.before))
            elif language().name_words.of_men.search(self._sentence(occurrence)):
                found.add("m")
        return frozenset(found)

    def _sentence(self, place: Occurrence) -> str:
        """Return the sentence in which a place lies, as far as its marks and a bound say."""
        low = max(0, place.start - _SENTENCE_REACH, *(self.text.rfind(mark, 0, place.start) + 1 for mark in ".!?\n"))
        ends = (self.text.find(mark, place.end, place.end + _SENTENCE_REACH) for mark in ".!?\n")
        return self.text[low : min((end for end in ends if end >= 0), default=place.end + _SENTENCE_REACH)]

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every curated name in the text, in order; where spellings overlap, the longest."""
        return tuple(self._mentions())

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """What speaks for a language anywhere in the text."""
        return signs(self)

    @cached_property
    def systems(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """For each language of origin its curated places, and the languages whose system the text's forms follow."""
        found: dict[str, dict[str, frozenset[str]]] = {}
        for row, form in {
            (mention.row.canonical, mention.form): (mention.row, mention.form) for mention in self.mentions
        }.values():
            system = system_of(row, form)
            if system:
                places = found.setdefault(row.languages_of_origin[0], {})
                places[row.canonical] = places.get(row.canonical, frozenset()) | {system}
        return found

    def _mentions(self) -> Iterator[Mention]:
        known = curated()
        covered = -1
        for number in range(len(self.names)):
            form, start, end = self.names.token(number)
            if start < covered:
                continue
            phrase = self._phrase(known.phrases(form), start)
            if phrase is None:
                spellings, words = known.rows_of(form), 1
            else:
                end, words = phrase
                covered = end
                form = self.text[start:end]
                spellings = known.whole(form)
            for row, status in spellings:
                if not is_kept(form, (start, end), self.text):
                    yield Mention(row, form, status, start, end, number, words)

    def _phrase(self, phrases: Iterable[tuple[str, ...]], start: int) -> _Phrase | None:
        """Return the longest of some phrases that stands at a position, or None."""
        best: _Phrase | None = None
        for words in phrases:
            end = self._match(words, start)
            if end is not None and (best is None or end > best.end):
                best = _Phrase(end, len(words))
        return best

    def _match(self, words: tuple[str, ...], start: int) -> int | None:
        """Return where a phrase that begins at `start` ends, or None; one space or hyphen stands between its words."""
        length = sum(map(len, words)) + len(words) - 1
        for extra in range(3):
            end = start + length + extra
            if end <= len(self.text) and fold(self.text[start:end]) == " ".join(words):
                following = self.text[end : end + 1]
                if not (following.isalnum() or following == "-"):
                    return end
        return None

    def kept(self, form: str) -> bool:
        """Return whether all places of a form lie in phrases in which that spelling belongs."""
        return all_kept(form, self.names.spans(form), self.text)

    def glossed(self, first: str, second: str) -> bool:
        """Return whether the text itself sets one form beside the other: "Isfahan (also known as Esfahan)"."""
        others = self.names.spans(second)
        starts = [start for start, _ in others]
        for span in self.names.spans(first):
            # Comparing every place with every other would cost the square of a repetitive text's length.
            low = bisect_left(starts, span[0] - _GLOSS_REACH)
            high = bisect_right(starts, span[1] + _GLOSS_REACH)
            if any(self._is_gloss(span, other) for other in others[low:high]):
                return True
        return False

    def _is_gloss(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Return whether the words between two places, in one line, say that the second explains the first."""
        (_, start), (end, _) = sorted((one, other))
        if not 0 <= end - start <= _GLOSS_LENGTH:
            return False
        between = self.text[start:end]
        if "\n" in between or _STOP.search(between) is not None:
            return False  # "Macron called. Emmanuel Makron said"
        return language().name_words.glosses.search(between) is not None

    def preferred(self, row: Row) -> str | None:
        """Return the house style's form of a curated name, or None when the style says nothing of it."""
        return self.style.get(row.canonical)
