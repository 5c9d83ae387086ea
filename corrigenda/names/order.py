"""One name in two orders or two divisions: Orbán Viktor and Viktor Orbán, Jong-un and Jong Un, Tse-tung and Zedong."""

import re

from corrigenda.names import lists, syllables
from corrigenda.names.choice import Form, by_count
from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty
from corrigenda.names.judgement import PairVerdict
from corrigenda.names.pairs import NamePair, single
from corrigenda.names.romanise import fold

_LONGEST_SYLLABLE = 6
# What a hyphenated Wade-Giles name or the Russian system has and pinyin has not.
_FOREIGN_SYLLABLE = re.compile(r"-|['’]|ts|hs|chzh|kh|dz|tu?n|sy|iu|chi|zhen|un")


def _joined(context: NameContext) -> dict[tuple[str, str], list[int]]:
    """Return the running numbers of each two joined names, none of them an English word."""
    found: dict[tuple[str, str], list[int]] = {}
    for first, second, number in context.names.bigrams():
        if lists.is_neighbour(first) and lists.is_neighbour(second) and not (first.isupper() and len(first) > 1):
            found.setdefault((first, second), []).append(number)
    return found


def _phrase(words: tuple[str, str], numbers: list[int], context: NameContext) -> Form:
    names = context.names
    spans = tuple((names.at(number).start, names.at(number + 1).end) for number in numbers)
    return Form(" ".join(words), spans, sum(names.is_quoted(number) for number in numbers))


def pair_of(first: Form, second: Form, verdict: PairVerdict) -> NamePair:
    """Recommend the commoner of two forms, or none; then the later one is marked."""
    advice = by_count(first, second)
    return NamePair(
        minority=advice.minority,
        majority=advice.majority,
        certainty=verdict.certainty,
        reason=verdict.reason,
        preferred=advice.preferred,
        basis=advice.basis,
        rule=verdict.rule,
        distance=verdict.distance,
        why=advice.why,
    )


def transposed(context: NameContext) -> list[NamePair]:
    """Return full names that stand in both orders: given name first and surname first."""
    joined = _joined(context)
    found = []
    for first, second in sorted(joined):
        if first < second and (second, first) in joined and len(first) > 1 and len(second) > 1:
            one = _phrase((first, second), joined[first, second], context)
            two = _phrase((second, first), joined[second, first], context)
            verdict = PairVerdict(Certainty.POSSIBLE, "the same two names in the other order", "order")
            found.append(pair_of(one, two, verdict))
    return sorted(found, key=lambda pair: pair.sort_key)


def divided(context: NameContext) -> list[NamePair]:
    """Return names of several syllables that stand with a hyphen and as two words: Jong-un, Jong Un; Al-Jazeera, Al
    Jazeera.
    """
    joined: dict[str, list[tuple[str, str]]] = {}
    numbers = {(a, b): n for (a, b), n in _all_bigrams(context).items()}
    for a, b in numbers:
        joined.setdefault(fold(a) + fold(b), []).append((a, b))
    found = []
    for form in context.names.forms:
        for words in joined.get(fold(form), ()):
            if _with_particle(form, words) and not lists.is_known_word(form):
                one, two = single(form, context), _phrase(words, numbers[words], context)
                verdict = PairVerdict(Certainty.LIKELY, "one surname, with its particle apart", "hyphen")
                found.append(pair_of(one, two, verdict))
        parts = form.split("-")
        if len(parts) != 2 or not all(0 < len(part) <= 12 for part in parts):
            continue
        if all(lists.is_known(part) for part in parts):
            continue
        for words in joined.get(fold(form).replace("-", ""), ()):
            if fold(words[0]) == fold(parts[0]):
                one, two = single(form, context), _phrase(words, numbers[words], context)
                verdict = PairVerdict(Certainty.POSSIBLE, "one with a hyphen, one as two words", "hyphen")
                found.append(pair_of(one, two, verdict))
    return sorted(found, key=lambda pair: pair.sort_key)


_PARTICLES = frozenset("da de del della di dos du el la le lo mac mc van von".split())


def _with_particle(form: str, words: tuple[str, str]) -> bool:
    """Return whether two words are a particle and the rest of a surname: De Santos for DeSantos."""
    if fold(words[0]) not in _PARTICLES or len(words[1]) < 3 or "-" in form:
        return False
    return form[len(words[0]) : len(words[0]) + 1].isupper()  # Dubois and Du Bois are two names


def _all_bigrams(context: NameContext) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for first, second, number in context.names.bigrams():
        if not lists.is_english(second) or len(second) <= _LONGEST_SYLLABLE:
            found.setdefault((first, second), []).append(number)
    return found


# --- Chinese ---


def chinese(context: NameContext) -> list[NamePair]:
    """Return Chinese given names and places that stand in pinyin and in another system: Zedong and Tse-tung."""
    forms = [
        form for form in context.names.forms if 4 < len(form) < 20 and not lists.is_english(form) and not form.isupper()
    ]
    if not any(_FOREIGN_SYLLABLE.search(form.lower()) for form in forms):
        return []
    by_reading: dict[str, list[str]] = {}
    for form in forms:
        for reading in syllables.readings(form).pinyin:
            by_reading.setdefault(reading, []).append(form)
    found = []
    for form in forms:
        if not _FOREIGN_SYLLABLE.search(form.lower()):
            continue
        others = {other for reading in syllables.readings(form).foreign for other in by_reading.get(reading, ())}
        for other in sorted(others):
            if other != form and syllables.in_two_systems(form, other) and _one_person(form, other, context):
                one, two = single(form, context), single(other, context)
                reason = "the same syllables in pinyin and in an older or another system"
                found.append(pair_of(one, two, PairVerdict(Certainty.LIKELY, reason, "syllables")))
    return sorted(found, key=lambda pair: pair.sort_key)


def _one_person(first: str, second: str, context: NameContext) -> bool:
    """Return whether the surnames before two given names, if both have one, agree."""
    one, two = context.before(first), context.before(second)
    return not (one and two) or any(a == b or syllables.same_syllables(a, b) for a in one for b in two)
