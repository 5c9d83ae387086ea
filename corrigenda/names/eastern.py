"""One Korean, Chinese or Vietnamese person in two spellings: Park and Pak Chan-wook, Tsai Ing-wen and Cai Yingwen.

Whole names are compared, syllable by syllable: a family name of the language's few, then the given name. A sound has
the spellings of `corpora/syllable_spellings.tsv` (Chinese also those of `wade_giles.tsv`); names that differ in one
sound are two people, as Kim Jong-un and Kim Jong-il are.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import combinations, product
from types import MappingProxyType
from typing import Literal, NamedTuple

from corrigenda.names import lists, syllables
from corrigenda.names.choice import Form
from corrigenda.names.context import NameContext
from corrigenda.names.files import rows_of
from corrigenda.names.issue import Certainty
from corrigenda.names.judgement import PairVerdict
from corrigenda.names.order import pair_of
from corrigenda.names.pairs import NamePair
from corrigenda.names.romanise import fold
from corrigenda.names.table import Occurrence, Span

Language = Literal["ko", "vi", "zh"]
_ANSWERS = 1 << 12
_MOST_NAMES = 120
"""Different full names of one language that are compared with each other in a text."""
_LONGEST = 7
"""Letters of a syllable."""
_LONGEST_NAME = 18
_SHAPE = re.compile(r"(?:(?:[bcdfghjklmnpqrstwxyz]{0,3}+[aeiou]{1,4}+(?:ng|[nrh])?|ng?)-?){1,6}")
"""What a Chinese name in Latin letters looks like, before its syllables are looked up."""
_NOT_VIETNAMESE = re.compile(r"[fjwz]|sh|kv|tkh|yo")
_NONE = "-"

Sound = tuple[str, ...]
Sounds = Mapping[tuple[str, ...], bool]
"""The sounds that a spelling can have, each with whether the spelling is another sound's as a rule."""


class Person(NamedTuple):
    """A full name: its family and its given name as written, and the given name's syllables, divided in every way."""

    language: Language
    family: str
    given: str
    divisions: tuple[tuple[str, ...], ...]
    turned: bool = False
    """Whether it is written as English does, the given name first."""

    @property
    def text(self) -> str:
        """The name as it is written."""
        return f"{self.given} {self.family}" if self.turned else f"{self.family} {self.given}"


class Place(NamedTuple):
    """Where a full name stands, and its two parts."""

    whole: Span
    family: Span
    given: Span


# --- sounds ---


@cache
def _spellings() -> Mapping[tuple[str, str], Mapping[str, Sounds]]:
    """Return by language and part each spelling with its sounds."""
    found: dict[tuple[str, str], dict[str, dict[Sound, bool]]] = {}
    for name, part, sound, cell in rows_of("syllable_spellings.tsv"):
        if name != "language":
            for spelling in cell.split():
                plain = spelling.rstrip("?").replace(_NONE, "")
                found.setdefault((name, part), {}).setdefault(plain, {})[(sound,)] = spelling.endswith("?")
    return MappingProxyType(
        {
            part: MappingProxyType({s: MappingProxyType(own) for s, own in table.items()})
            for part, table in found.items()
        }
    )


@lru_cache(_ANSWERS)
def _sounds(syllable: str, language: Language) -> Sounds:
    """Return the sounds of one syllable, or none where the language has no such syllable."""
    text = fold(syllable).replace("'", "")
    if len(text) > _LONGEST:
        return MappingProxyType({})
    initials, vowels, finals = (_spellings()[language, part] for part in ("initial", "vowel", "final"))
    found: dict[Sound, bool] = {}
    for start in range(min(3, len(text)) + 1):
        for end in range(start + 1, len(text) + 1):
            parts = (initials.get(text[:start]), vowels.get(text[start:end]), finals.get(text[end:]))
            if all(part is not None for part in parts):
                for choice in product(*(part.items() for part in parts if part is not None)):
                    sound = tuple(name for names, _ in choice for name in names)
                    found[sound] = any(loose for _, loose in choice) and found.get(sound, True)
    return MappingProxyType(found)


def _agree(first: str, second: str, language: Language) -> bool | None:
    """Return whether two syllables have one sound: True; False where only spellings say so that are both another
    sound's as a rule (Jong and Jung); None where they have none in common.
    """
    if fold(first) == fold(second):
        return True
    one, two = _sounds(first, language), _sounds(second, language)
    common = one.keys() & two.keys()
    return any(not (one[sound] and two[sound]) for sound in common) if common else None


# --- the full names of a text ---


def _divisions(given: str, language: Language) -> tuple[tuple[str, ...], ...]:
    """Return a given name of one word in its two syllables, divided as its hyphen says or in every way."""
    parts = tuple(given.split("-"))
    ways = [parts] if len(parts) > 1 else [(given[:at], given[at:]) for at in range(1, len(given))]
    return tuple(way for way in ways if len(way) == 2 and all(_sounds(part, language) for part in way))


def _persons(context: NameContext) -> dict[Person, list[Place]]:
    """Return the full names of a text with their places."""
    found: dict[Person, list[Place]] = {}
    names = context.names
    for number in range(len(names) - 1):
        if names.at(number).after:
            for person, place in _read(number, context):
                found.setdefault(person, []).append(place)
    return found


def _read(number: int, context: NameContext) -> Iterator[tuple[Person, Place]]:
    """Yield the full names that begin at one word, in whichever language they can be read."""
    words = [context.names.token(number)]
    while len(words) < 4 and number + 1 < len(context.names) and context.names.at(number).after:
        number += 1
        words.append(context.names.token(number))
    (first, start, end), (second, second_start, second_end) = words[:2]
    ordinary = Place((start, second_end), (start, end), (second_start, second_end))
    families = _spellings()["ko", "surname"]
    if fold(first) in families:
        if divisions := _divisions(second, "ko"):
            yield Person("ko", first, second, divisions), ordinary
        elif len(words) > 2 and "-" not in second + words[2][0]:
            yield from _in_words("ko", words[:3])
    elif "-" in first and fold(second) in families and (divisions := _divisions(first, "ko")):
        turned = Place((start, second_end), (second_start, second_end), (start, end))
        yield Person("ko", second, first, divisions, turned=True), turned
    if fold(first) in _spellings()["vi", "surname"] and len(words) > 2:
        yield from _in_words("vi", words)
    if _has_readings(first) and _has_readings(second):
        yield Person("zh", first, second, ()), ordinary


def _in_words(language: Language, words: list[tuple[str, int, int]]) -> Iterator[tuple[Person, Place]]:
    """Yield the full name whose given name is written in words of one syllable: Ban Ki Moon, Nguyen Phu Trong."""
    (family, start, end), *rest = words
    given = [form for form, _, _ in rest]
    if all(_sounds(form, language) for form in given):
        last = rest[-1][2]
        place = Place((start, last), (start, end), (rest[0][1], last))
        yield Person(language, family, " ".join(given), (tuple(given),)), place


def _has_readings(word: str) -> bool:
    """Return whether a word can be a Chinese name in some system."""
    if len(word) > _LONGEST_NAME or word.isupper() or not _SHAPE.fullmatch(fold(word)):
        return False
    readings = syllables.readings(word)
    return bool(readings.pinyin or readings.foreign)


# --- are two one person? ---


def one_person(first: Person, second: Person) -> bool:
    """Return whether two full names of one language are one name in two spellings."""
    if all(_letters(a) == _letters(b) for a, b in ((first.family, second.family), (first.given, second.given))):
        return False
    if first.language == "zh":
        return _one_in_chinese(first, second)
    families = _spellings()[first.language, "surname"]
    if not families[fold(first.family)].keys() & families[fold(second.family)].keys():
        return False
    if first.language == "vi" and not any(_NOT_VIETNAMESE.search(fold(person.text)) for person in (first, second)):
        return False
    elsewhere = fold(first.family) != fold(second.family)
    return any(
        len(one) == len(two) and _one_given(one, two, first.language, elsewhere=elsewhere)
        for one, two in product(first.divisions, second.divisions)
    )


def _letters(name: str) -> str:
    """Return a name without what divides it: Jong-un, Jong Un."""
    return fold(name).replace("-", "").replace(" ", "")


def _one_given(one: tuple[str, ...], two: tuple[str, ...], language: Language, *, elsewhere: bool) -> bool:
    """Return whether two given names agree in every syllable. `elsewhere`: their family names are spelled in two ways,
    so that another system is at work, and a syllable may agree in it alone (Moo-hyun and Mu-hyon).
    """
    agreed = [_agree(a, b, language) for a, b in zip(one, two, strict=True)]
    if None in agreed:
        return False
    differ = elsewhere or any(sure and fold(a) != fold(b) for sure, a, b in zip(agreed, one, two, strict=True))
    return differ or False not in agreed


def _one_in_chinese(first: Person, second: Person) -> bool:
    """Return whether two Chinese names have the same syllables, one in pinyin and the other in another system."""
    parts = ((first.family, second.family), (first.given, second.given))
    if not all(fold(a) == fold(b) or syllables.same_syllables(a, b) for a, b in parts):
        return False
    return any(_is_pinyin(one) and _is_other_system(two) for one, two in ((first, second), (second, first)))


def _is_pinyin(person: Person) -> bool:
    return "-" not in person.given and all(syllables.readings(word).pinyin for word in (person.family, person.given))


def _is_other_system(person: Person) -> bool:
    """Return whether a name is not written as pinyin is: with a syllable that pinyin lacks, or with a hyphen."""
    if not all(syllables.readings(word).pinyin for word in (person.family, person.given)):
        return True
    return re.search(r"-[a-z]", person.given) is not None


# --- pairs ---


def spelled_twice(context: NameContext) -> list[NamePair]:
    """Return the Korean, Chinese and Vietnamese people whose name stands in two spellings, by place."""
    persons = _persons(context)
    found: list[NamePair] = []
    for language in ("ko", "vi", "zh"):
        own = [person for person in persons if person.language == language][:_MOST_NAMES]
        for first, second in combinations(own, 2):
            forms = _forms(first, second, persons, context) if one_person(first, second) else None
            if forms is not None:
                found.append(_pair(*forms))
        if language == "ko":
            found += _families_alone(own, context)
    return sorted(found, key=lambda pair: pair.sort_key)


def _forms(
    first: Person, second: Person, persons: Mapping[Person, list[Place]], context: NameContext
) -> tuple[Form, Form] | None:
    """Return what differs of two names: the given or the family name, or the whole where both do; None where both do
    and the two stand in different orders.
    """
    if fold(first.family) == fold(second.family):
        one, two = (Form(person.given, tuple(place.given for place in persons[person])) for person in (first, second))
    elif fold(first.given) == fold(second.given):
        alone = not any(lists.is_known_word(person.family) for person in (first, second))
        one, two = (_family(person, persons[person], context, alone=alone) for person in (first, second))
    elif first.turned == second.turned:
        one, two = (Form(person.text, tuple(place.whole for place in persons[person])) for person in (first, second))
    else:
        return None
    return one, two


def _family(person: Person, places: list[Place], context: NameContext, *, alone: bool) -> Form:
    """Return a family name with its places in a full name, and those where it stands `alone` if that is wanted."""
    spans = {place.family for place in places}
    if alone:
        spans |= {(place.start, place.end) for place in context.occurrences(person.family) if _is_alone(place)}
    return Form(person.family, tuple(sorted(spans)))


def _is_alone(place: Occurrence) -> bool:
    """Return whether no other name stands beside a place."""
    return not (lists.is_neighbour(place.before) or lists.is_neighbour(place.after))


def _families_alone(persons: list[Person], context: NameContext) -> list[NamePair]:
    """Return the family names that stand alone in another spelling than in the one Korean name that has it."""
    families = _spellings()["ko", "surname"]
    found = []
    for person in persons:
        same = families[fold(person.family)].keys()
        if any(families[fold(other.family)].keys() & same for other in persons if other != person):
            continue
        for form in context.names.forms:
            if len(form) < 3 or fold(form) == fold(person.family) or lists.is_known_word(form):
                continue
            if families.get(fold(form), {}).keys() & same and all(map(_is_alone, context.occurrences(form))):
                alone = Form(form, context.names.spans(form))
                found.append(_pair(Form(person.family, context.names.spans(person.family)), alone))
    return found


def _pair(first: Form, second: Form) -> NamePair:
    reason = "the same syllables in two systems of writing them in Latin letters"
    return pair_of(first, second, PairVerdict(Certainty.LIKELY, reason, "syllables"))
