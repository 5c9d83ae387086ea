"""One name in two orders or two divisions: Orbán Viktor and Viktor Orbán, Jong-un and Jong Un, Tse-tung and Zedong."""

from functools import cache

from corrigenda.names import lists
from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty
from corrigenda.names.pairs import Form, NamePair
from corrigenda.names.romanise import fold

_LONGEST_SYLLABLE = 6


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


def _single(form: str, context: NameContext) -> Form:
    numbers = context.names.numbers(form)
    return Form(form, context.names.spans(form), sum(context.names.is_quoted(number) for number in numbers))


def _pair(first: Form, second: Form, reason: str, rule: str, certainty: Certainty = Certainty.POSSIBLE) -> NamePair:
    major, minor = sorted((first, second), key=lambda form: (-form.count, form.spans[0]))
    basis = "majority" if major.count > minor.count else "first use"
    return NamePair(minor, major, certainty, reason, major.text, basis, rule, 0.0)


def transposed(context: NameContext) -> list[NamePair]:
    """Return full names that stand in both orders: given name first and surname first."""
    joined = _joined(context)
    found = []
    for first, second in sorted(joined):
        if first < second and (second, first) in joined and len(first) > 1 and len(second) > 1:
            one = _phrase((first, second), joined[first, second], context)
            two = _phrase((second, first), joined[second, first], context)
            found.append(_pair(one, two, "the same two names in the other order", "order"))
    return sorted(found, key=lambda pair: pair.sort_key)


def divided(context: NameContext) -> list[NamePair]:
    """Return names of several syllables that stand with a hyphen and as two words: Jong-un, Jong Un; Al-Jazeera, Al Jazeera."""
    joined: dict[str, list[tuple[str, str]]] = {}
    numbers = {(a, b): n for (a, b), n in _all_bigrams(context).items()}
    for a, b in numbers:
        joined.setdefault(fold(a) + fold(b), []).append((a, b))
    found = []
    for form in context.names.forms:
        parts = form.split("-")
        if len(parts) != 2 or not all(0 < len(part) <= 12 for part in parts):
            continue
        if all(lists.is_known(part) for part in parts):
            continue
        for words in joined.get(fold(form).replace("-", ""), ()):
            if fold(words[0]) == fold(parts[0]):
                one, two = _single(form, context), _phrase(words, numbers[words], context)
                found.append(_pair(one, two, "one with a hyphen, one as two words", "hyphen"))
    return sorted(found, key=lambda pair: pair.sort_key)


def _all_bigrams(context: NameContext) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for first, second, number in context.names.bigrams():
        if not lists.is_english(second) or len(second) <= _LONGEST_SYLLABLE:
            found.setdefault((first, second), []).append(number)
    return found


# --- Chinese ---------------------------------------------------------------------------------------------------------------


@cache
def _wade_giles() -> dict[str, str]:
    """Wade-Giles syllables (folded, apostrophes kept as ') with their pinyin."""
    from corrigenda.names.data import table

    return {_syllable(row[0]): row[1].strip().lower() for row in table("wade_giles.tsv") if len(row) > 1}


@cache
def _pinyin_syllables() -> frozenset[str]:
    return frozenset(_wade_giles().values())


def _syllable(text: str) -> str:
    return text.strip().lower().replace("’", "'").replace("ʻ", "'").replace("‘", "'").replace("ü", "u")


def to_pinyin(name: str) -> str:
    """Return a hyphenated Wade-Giles name in pinyin without spaces ("Tse-tung" gives "zedong"), or "" when it is none."""
    table = _wade_giles()
    parts = [_syllable(part) for part in name.split("-")]
    if len(parts) < 2 or not all(part in table or part.replace("'", "") in table for part in parts):
        return ""
    return "".join(table.get(part) or table[part.replace("'", "")] for part in parts)


def chinese(context: NameContext) -> list[NamePair]:
    """Return given names that stand in Wade-Giles and in pinyin: Tse-tung and Zedong."""
    hyphenated = [form for form in context.names.forms if "-" in form and len(form) > 4]
    if not hyphenated:
        return []
    plain = {fold(form): form for form in context.names.forms if "-" not in form and len(form) > 3}
    found = []
    for form in hyphenated:
        pinyin = to_pinyin(form)
        other = plain.get(pinyin, "") if pinyin else ""
        if other and pinyin != fold(form).replace("-", ""):
            one, two = _single(form, context), _single(other, context)
            pair = _pair(one, two, "Wade-Giles and pinyin of the same syllables", "syllables", Certainty.LIKELY)
            found.append(pair)
    return sorted(found, key=lambda pair: pair.sort_key)
