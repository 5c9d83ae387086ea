"""The quantities of a text, in the order in which they stand."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise

from corrigenda.quantities import eastern, spoken
from corrigenda.quantities.figures import DIGITS
from corrigenda.quantities.folding import LETTER, SIGNS, folded
from corrigenda.quantities.quantity import Level, Quantity, Reading, number
from corrigenda.quantities.tables import Clock, Table, table

_HALF_DAY, _DAY = 720, 1440
_LONGEST = 10_000
_MOST = 2000
"""Quantities that are read of one stretch of text; what has more is a table of figures."""
_SIGN_VALUES = {
    letter: Fraction(*value)
    for letter, value in (("½", (1, 2)), ("¼", (1, 4)), ("¾", (3, 4)), ("⅓", (1, 3)), ("⅔", (2, 3)), ("⅕", (1, 5)))
}
_FRACTION_SIGN = re.compile(r"(?:(?<!\d)(\d{1,9}) ?)?([½¼¾⅓⅔⅕])")
_FRACTION = re.compile(r"(?<![\d/.,])(\d{1,3})/(\d{1,3})(?![\d/]|[.,]\d)")
_DATE = re.compile(r"(?<![\d./,-])(\d{1,4})(?P<mark>[./-])(\d{1,2})(?P=mark)(\d{4}|\d{2})(?![\d]|[./,-]\d)")
_SHORT_DATE = re.compile(r"(?<![\d./,-])(0?[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2]|[1-9])\.(?!\d)")
_TIME = re.compile(r"(?<![\d:.,])([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:]|[.,]\d)")
_PHONE = re.compile(r"(?<![\w+])\+\d[\d ()./-]{6,20}\d(?!\w)")
_DOT_TIME = re.compile(r"([01]?\d|2[0-4])[.]([0-5]\d)$")
_ROMAN = re.compile(r"(?<![\w])(?=[IVXLCІХ])(?:XC|XL|L?[XХ]{0,3})(?:I[XХ]|IV|V?[IІ]{0,3})(?=(?:e|er|ème|es)?(?![\w]))")
_ROMAN_VALUES = {"I": 1, "І": 1, "V": 5, "X": 10, "Х": 10, "L": 50, "C": 100}


def quantities(text: str, language: str) -> list[Quantity]:
    """Return the quantities of a text in a language that has a table (`tables.languages`), in order.

    Those of level HINT may overlap others. A text that is longer than any paragraph has none.
    """
    if len(text) > _LONGEST:
        return []
    own = table(language)
    low = folded(text)
    found = list(_special(low, own))
    taken = sorted((quantity.start, quantity.end) for quantity in found)
    if own.eastern:
        more: Iterator[Quantity] = eastern.numbers(low, own, taken)
    else:
        more = spoken.numbers(text, low, own, taken)
    for quantity in more:
        found.append(_placed(quantity, low, text, own))
        if len(found) >= _MOST:
            break
    found.extend(_roman(text))
    found.sort(key=lambda quantity: (quantity.start, quantity.end))
    return _years(_ranges(found, low), low)


def _special(low: str, own: Table) -> Iterator[Quantity]:
    """Yield what is written in figures with signs between them: dates, times, fractions, telephone numbers."""
    used = bytearray(len(low))

    def free(found: "re.Match[str]") -> bool:
        if any(used[found.start() : found.end()]):
            return False
        used[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
        return True

    for found in _PHONE.finditer(low):
        if free(found):
            digits = Reading("digits", Fraction(int("1" + re.sub(r"\D", "", found[0]))))
            yield Quantity(*found.span(), digits, frozenset((digits,)), Level.FIGURE, parts=_figures(found, low))
    for found in _DATE.finditer(low):
        first, second, third = (int(found[number_]) for number_ in (1, 3, 4))
        if (max(first, second) <= 31 and min(first, second) <= 12) or (first > 31 and second <= 12 and third <= 31):
            if len(found[1]) == 3 or not free(found):
                continue
            yield from _date(found)
    if "," in own.decimal and "." in own.group:
        for found in _SHORT_DATE.finditer(low):
            if found[1] and free(found):
                for group in (1, 2):
                    others = [Reading("month", Fraction(int(found[2])))] if group == 2 else []
                    yield _figure(found.start(group), found[group], *others)
    for found in _times(own).finditer(low):
        if free(found):
            hour, minute = int(found["hour"]), int(found["minute"] or 0)
            yield _clock(found.start(), found.end(), hour, minute, low, own, _figures(found, low))
    for found in _TIME.finditer(low):
        if free(found):
            yield _clock(found.start(), found.end(), int(found[1]), int(found[2]), low, own, _figures(found, low))
    for found in _FRACTION_SIGN.finditer(low):
        if free(found):
            value = number(int(found[1] or 0) + _SIGN_VALUES[found[2]])
            yield Quantity(*found.span(), value, frozenset((value,)), Level.FIGURE)
    for found in _FRACTION.finditer(low):
        if int(found[2]) and free(found):
            value = number(Fraction(int(found[1]), int(found[2])))
            yield Quantity(*found.span(), value, frozenset((value,)), Level.FIGURE, parts=_figures(found, low))


def _figures(found: "re.Match[str]", low: str) -> tuple[Quantity, ...]:
    """Return each row of digits of a match as a number of its own."""
    parts: list[Quantity] = []
    for part in DIGITS.finditer(found[0]):
        value = int(part[0])
        others = [Reading("month", Fraction(value))] if 1 <= value <= 12 else []
        parts.append(_figure(found.start() + part.start(), part[0], *others))
    return tuple(parts)


def _figure(start: int, digits: str, *others: Reading) -> Quantity:
    own = number(int(digits))
    return Quantity(start, start + len(digits), own, frozenset((own, *others)), Level.FIGURE)


def _date(found: "re.Match[str]") -> Iterator[Quantity]:
    """Yield the parts of a date in figures; a part that may be a month is read as one too."""
    for group in (1, 3, 4):
        value = int(found[group])
        others = [Reading("month", Fraction(value))] if 1 <= value <= 12 else []
        if group == 4 and len(found[4]) == 2:
            others += [number(1900 + value), number(2000 + value)]
        yield _figure(found.start(group), found[group], *others)


@cache
def _times(own: Table) -> "re.Pattern[str]":
    """Return an expression for hours and minutes with the language's words: 18h42, 3時30分."""
    if not own.clock.hour:
        return re.compile(r"(?!)(?P<hour>)(?P<minute>)")
    hours = "|".join(re.escape(word) for word in sorted(own.clock.hour, key=len, reverse=True))
    minutes = "|".join(map(re.escape, own.clock.minute))
    behind = rf"\s?(?:{minutes})" if minutes else rf"(?!\d|{LETTER})(?!\s?%)"
    return re.compile(rf"(?<![\d.,:])(?P<hour>[01]?\d|2[0-4])\s?(?:{hours})\s?(?P<minute>[0-5]\d){behind}")


def _half_of_day(low: str, start: int, end: int, own: Table) -> tuple[str, int]:
    """Return "am" or "pm" where the text says it beside a time, else "", and where the time ends with it."""
    behind = low[end : end + 24].lstrip(" .,")
    before = low[max(0, start - 12) : start].rstrip(" ,")
    found, last = "", end
    for name, words in (("am", own.clock.am), ("pm", own.clock.pm)):
        for word in words:
            if behind.startswith(word) and not behind[len(word) :][:1].isalpha() and not own.eastern:
                found = name if found in ("", name) else "both"
                last = max(last, min(len(low), end + 24) - len(behind) + len(word))
                if "." in word and low[last : last + 1] == ".":
                    last += 1
            elif (own.eastern or own.clock.before) and before.endswith(word):
                found = name if found in ("", name) else "both"
    return ("", end) if found == "both" else (found, last)


def _clock(start: int, end: int, hour: int, minute: int, low: str, own: Table, parts: tuple[Quantity, ...]) -> Quantity:
    """Return a time of day; without a word for the half of the day it may be in either."""
    half, end = _half_of_day(low, start, end, own)
    main, readings = _moments(hour, minute, half)
    return Quantity(start, end, main, frozenset(readings), Level.FIGURE, parts=parts)


def _moments(hour: int, minute: int, half: str) -> tuple[Reading, set[Reading]]:
    """Return what an hour and a minute may mean."""
    at = (hour % 24) * 60 + minute
    if hour > 12 or (half == "" and hour == 0):
        moments = [at]
    elif half == "am":
        moments = [at % _HALF_DAY]
    elif half == "pm":
        moments = [at % _HALF_DAY + _HALF_DAY]
    else:
        moments = [at, (at + _HALF_DAY) % _DAY]
    readings = {Reading("time", Fraction(moment)) for moment in moments}
    return Reading("time", Fraction(moments[0])), readings


def _placed(quantity: Quantity, low: str, text: str, own: Table) -> Quantity:
    """Return a number with what stands around it: its unit, and the time or the decade that it may be."""
    if quantity.kind != "number":
        return quantity
    start, end = quantity.start, quantity.end
    readings = set(quantity.readings)
    main = quantity.main
    figure = quantity.level is Level.FIGURE
    unit, unit_place = _unit(low, start, end, own)
    unit = quantity.unit or unit
    before, behind = low[max(0, start - 2) : start], low[end : end + 3]
    code = quantity.code
    if figure and not own.eastern:
        code = code or re.search(rf"{LETTER}-?$", before) is not None
        code = code or (
            re.match(r"[a-z]{1,2}(?![a-z])", behind) is not None
            and not unit
            and behind[:2] not in own.ordinal_endings
            and not re.match(r"'?s", behind)
        )
    value = quantity.value
    if value.denominator == 1:
        whole = int(value)
        if figure and 20 <= whole <= 90 and whole % 10 == 0:
            readings.update((number(1900 + whole), number(1800 + whole)))
        if 1000 <= whole <= 2100 and re.match(r"'?s(?![a-z])", behind):
            readings.add(number(whole % 100))
            if whole % 100 == 0:
                readings.add(number(whole // 100 + 1))
        if whole <= 24:
            half, last = _half_of_day(low, start, end, own)
            marked = _hour(low, start, end, own.clock, own.eastern)
            if half or marked:
                exact, moments = _moments(whole, 0, half)
                readings |= moments
                if half:
                    main, end = exact, last
        clock = end - start == 4 and whole % 100 < 60 and whole < 2400
        if figure and clock and _hour(low, start, end, own.clock, False):
            readings.add(Reading("time", Fraction(whole // 100 * 60 + whole % 100)))
        for words, shift in ((own.clock.to, -30), (own.clock.past, 30)):
            if 1 <= whole <= 12 and any(low.endswith(f"{word} ", 0, start) for word in words):
                for moment in (whole * 60 + shift, whole * 60 + shift + _HALF_DAY):
                    readings.add(Reading("time", Fraction(moment % _DAY)))
        for words, shift in ((own.clock.quarter_to, -15), (own.clock.quarter_past, 15)):
            if 1 <= whole <= 12 and any(low.endswith(f"{word} ", 0, start) for word in words):
                for moment in (whole * 60 + shift, whole * 60 + shift + _HALF_DAY):
                    readings.add(Reading("time", Fraction(moment % _DAY)))
    elif figure:
        dotted = _DOT_TIME.search(low, start, end)
        if dotted is not None and dotted.start() == start:
            half, last = _half_of_day(low, start, end, own)
            exact, moments = _moments(int(dotted[1]), int(dotted[2]), half)
            readings |= moments
            if half or _hour(low, start, end, own.clock, own.eastern):
                main, end = exact, last
    if own.eastern and low[end : end + 1] in own.raw["month"] and 1 <= value <= 12:
        main = Reading("month", value)
        readings.add(main)
    if not own.eastern and figure and low[end : end + 2] in own.ordinal_endings:
        return quantity._replace(
            end=end + 2,
            main=main,
            readings=frozenset(readings),
            unit=unit,
            unit_place=unit_place,
            code=code,
            ordinal=True,
        )
    if own.percent_before and any(low.endswith(f"{word} ", 0, start) for word in own.percent_before):
        unit = "%"
    return quantity._replace(
        end=end, main=main, readings=frozenset(readings), unit=unit, unit_place=unit_place, code=code
    )


def _hour(low: str, start: int, end: int, clock: Clock, eastern_: bool) -> bool:
    """Return whether a word beside a number makes it an hour."""
    behind = low[end : end + 14].lstrip(" -")
    for word in clock.hour:
        if behind.startswith(word) and (eastern_ or not behind[len(word) :][:1].isalpha()):
            return True
    return any(low.endswith(f"{word} ", 0, start) for word in clock.hour_before)


_BEHIND = re.compile(
    rf"\.?[ -]?(?:([%‰{re.escape(SIGNS)}])|({LETTER}+(?:[/][a-zа-я]+)?[²³2]?)(?:([ ]{LETTER}+)([ ]{LETTER}+)?)?)"
)
_BEHIND_EASTERN = 6


def _unit(low: str, start: int, end: int, own: Table) -> tuple[str, tuple[int, int]]:
    """Return the code of the unit or currency that stands beside a number, "" where none does, and its place."""
    before = low[max(0, start - 3) : start].rstrip()
    first = max(0, start - 3) + len(before)
    for length in (3, 2, 1):
        if before[-length:] and before[-1] in SIGNS:
            found = own.units.of(before[-length:])
            if found:
                return str(found[0]), (first - length, first)
    if own.eastern:
        behind = low[end : end + _BEHIND_EASTERN + 1].lstrip()
        for length in range(min(_BEHIND_EASTERN, len(behind)), 0, -1):
            found = own.units.of(behind[:length])
            if found:
                return str(found[0]), (end, end + length)
        return "", (0, 0)
    match = _BEHIND.match(low, end)
    if match is None:
        return "", (0, 0)
    if match[1]:
        found = own.units.of(match[1])
        return "%" if match[1] == "%" else str(found[0]) if found else "", match.span(1)
    words = [match[2], *(word for word in (match[3], match[4]) if word)]
    for length in range(len(words), 0, -1):
        phrase = "".join(words[:length])
        found = own.units.of(phrase) or _starred(phrase, own)
        if found:
            return str(found[0]), (match.start(2), match.start(2) + len(phrase))
    return "", (0, 0)


def _starred(phrase: str, own: Table) -> Sequence[str]:
    """Return the units of several words of which each may have any ending."""
    if " " not in phrase:
        return ()
    for listed in own.units.words():
        parts = listed.split(" ")
        words = phrase.split(" ")
        if len(parts) == len(words) and all(
            word.startswith(part.rstrip("*")) for word, part in zip(words, parts, strict=True)
        ):
            return own.units.of(listed) or own.units.of(listed.rstrip("*"))
    return ()


def _roman(text: str) -> Iterator[Quantity]:
    """Yield Roman numbers. They only account for others: a single letter may be anything."""
    for found in _ROMAN.finditer(text):
        if not found[0]:
            continue
        total = 0
        values = [_ROMAN_VALUES[letter] for letter in found[0]]
        for value, following in zip(values, [*values[1:], 0], strict=True):
            total += -value if value < following else value
        own = number(total)
        yield Quantity(*found.span(), own, frozenset((own,)), Level.HINT)


def _ranges(found: Sequence[Quantity], low: str) -> list[Quantity]:
    """Let the first number of a range have the second one's scale and unit too: 2–3 million, from 5 to 7 km."""
    result = list(found)
    for index, (one, other) in enumerate(pairwise(found)):
        if one.kind != "number" or other.kind != "number" or one.level is Level.HINT:
            continue
        gap = low[one.end : other.start]
        if len(gap) > 8 or any(mark in gap for mark in ".,;:()") or not 0 < one.value < other.value:
            continue
        own = one
        for power in (1000, 10_000, 10**6, 10**8, 10**9, 10**12):
            small = one.value < 1000 and one.value * power <= other.value
            if small and other.value >= power and other.value / power < 10_000:
                own = own._replace(readings=own.readings | {number(one.value * power)})
        if not one.unit and other.unit:
            own = own._replace(unit=other.unit)
        result[index] = own
    return result


def _years(found: Sequence[Quantity], low: str) -> list[Quantity]:
    """Let the second year of two be read with the century of the first: 2014-15."""
    result = list(found)
    for index, (one, other) in enumerate(pairwise(found)):
        years = one.kind == other.kind == "number" and 1000 <= one.value <= 2100 and other.value < 100
        if years and low[one.end : other.start].strip() in ("-", "/"):
            century = one.value - one.value % 100
            result[index + 1] = other._replace(readings=other.readings | {number(century + other.value)})
    return result
