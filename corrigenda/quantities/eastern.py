"""Numbers where words have no spaces between them: 3億5千万, 三百二十五, 82만, 第三, 두 명."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from corrigenda.quantities import figures
from corrigenda.quantities.quantity import Level, Quantity, Reading, number
from corrigenda.quantities.tables import Table

_LONGEST_NUMBER = 40


class _Signs(NamedTuple):
    """The signs of a script's numbers, and the expressions that find what is made of them."""

    digits: Mapping[str, int]
    small: Mapping[str, int]
    big: Mapping[str, int]
    number: "re.Pattern[str]"
    counter: "re.Pattern[str]"
    skip: "re.Pattern[str] | None"
    fraction: "re.Pattern[str] | None"
    hint: "re.Pattern[str]"
    hints: Mapping[str, Fraction]
    natives: "re.Pattern[str] | None"
    native_values: Mapping[str, int]
    days: "re.Pattern[str]"
    day_sign: "re.Pattern[str]"
    moments: Mapping[str, Fraction]
    weekdays: Mapping[str, int]


@cache
def _signs(table: Table) -> _Signs:
    raw = table.raw
    digits = {sign: value for signs, value in raw["digits"].items() for sign in signs}
    small = {sign: value for signs, value in raw["small"].items() for sign in signs}
    big = {sign: value for signs, value in raw["big"].items() for sign in signs}
    every = "".join((*digits, *small, *big))
    scales = "".join((*small, *big))
    own = rf"(?:{figures.PLAIN_FIGURE}|[{every}])"
    if raw.get("natives"):  # the signs of Korean numbers are syllables of every other word
        own = rf"(?:{figures.PLAIN_FIGURE}[{scales}]*)"
    counters = sorted((re.escape(word) for word in raw["counters"].split()), key=len, reverse=True)
    hints = {word: Fraction(value) for value, words in raw["hints"].items() for word in words.split()}
    natives = {word: int(value) for value, words in raw.get("natives", {}).items() for word in words.split()}
    moments = {word: Fraction(value) for value, words in raw["moments"].items() for word in words.split()}
    weekdays = {word: int(value) for value, words in raw["weekdays"].items() for word in words.split()}
    skip = raw["skip"]
    marks = "|".join(map(re.escape, raw["fraction"]))
    return _Signs(
        digits,
        small,
        big,
        re.compile(rf"{own}{{1,{_LONGEST_NUMBER}}}"),
        re.compile(rf"\s?(?:{'|'.join(counters)})"),
        re.compile("|".join(map(re.escape, sorted(skip, key=len, reverse=True)))) if skip else None,
        re.compile(rf"(?P<below>[{every}\d]{{1,12}})\s?(?:{marks})\s?(?P<above>[{every}\d.]{{1,12}})")
        if marks
        else None,
        re.compile("|".join(map(re.escape, sorted((*hints, *moments), key=len, reverse=True)))),
        hints,
        re.compile(rf"(?<![가-힣])(?P<n>{'|'.join(sorted(natives, key=len, reverse=True))})\s?(?={'|'.join(counters)})")
        if natives
        else None,
        natives,
        re.compile("|".join(sorted(weekdays, key=len, reverse=True))),
        re.compile(rf"\(([{raw['weekday-signs']}])\)"),
        moments,
        weekdays,
    )


def numbers(low: str, table: Table, taken: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    """Yield the numbers and weekdays of a folded text in Chinese, Japanese or Korean.

    Args:
        low: The text, folded.
        table: The language.
        taken: Stretches that were read already.
    """
    signs = _signs(table)
    used = bytearray(len(low))
    for start, end in taken:
        used[start:end] = b"\x01" * (end - start)

    def free(start: int, end: int) -> bool:
        return not any(used[start:end])

    def take(start: int, end: int) -> None:
        used[start:end] = b"\x01" * (end - start)

    skipped = [found.span() for found in signs.skip.finditer(low)] if signs.skip is not None else []
    for found in signs.days.finditer(low):
        if free(*found.span()):
            take(*found.span())
            main = Reading("weekday", Fraction(signs.weekdays[found[0]]))
            yield Quantity(*found.span(), main, frozenset((main,)), Level.FIGURE)
    for found in signs.day_sign.finditer(low):
        if free(*found.span()):
            take(*found.span())
            main = Reading("weekday", Fraction(table.raw["weekday-signs"].index(found[1]) + 1))
            yield Quantity(found.start(1), found.end(1), main, frozenset((main,)), Level.FIGURE)
    if signs.fraction is not None:
        for found in signs.fraction.finditer(low):
            below, above = _value(found["below"], table), _value(found["above"].rstrip("."), table)
            if free(*found.span()) and below and above is not None:
                take(*found.span())
                value = number(above[0] / below[0])
                readings = {value, number(above[0])} if below[0] == 100 else {value}
                main = number(above[0]) if below[0] == 100 else value
                unit = "%" if below[0] == 100 else ""
                yield Quantity(*found.span(), main, frozenset(readings), Level.FIGURE, unit=unit)
    if signs.natives is not None:
        for found in signs.natives.finditer(low):
            start, end = found.span("n")
            if free(start, end):
                take(start, end)
                own = number(signs.native_values[found["n"]])
                level = Level.WORD if own.value > 1 else Level.HINT
                yield Quantity(start, end, own, frozenset((own,)), level)
    for found in signs.number.finditer(low):
        start, end = found.span()
        written = found[0]
        while len(written) > 1 and any(table.units.of(low[end - 1 : end + more]) for more in (1, 2)):
            written, end = written[:-1], end - 1
        if not free(start, end):
            continue
        figure = any(letter.isdigit() and letter.isascii() for letter in written)
        if not figure and any(low_ < end and start < high for low_, high in skipped):
            continue
        values = _value(written, table)
        if values is None:
            if figure:
                yield from _each(found, low, table)
            continue
        yield from _made(written, start, end, values, low, signs, table, figure)
    for found in signs.hint.finditer(low):
        minutes = signs.moments.get(found[0])
        if minutes is not None:
            moment = Reading("time", minutes)
            hours = frozenset((moment, number(minutes / 60)))
            yield Quantity(*found.span(), moment, hours, Level.HINT)
            continue
        own = number(signs.hints[found[0]])
        yield Quantity(*found.span(), own, frozenset((own,)), Level.HINT)


def _made(
    written: str,
    start: int,
    end: int,
    values: Sequence[Fraction],
    low: str,
    signs: _Signs,
    table: Table,
    figure: bool,
) -> Iterator[Quantity]:
    """Yield a number that was read, with the level that its place gives it."""
    before = low[max(0, start - 1) : start]
    if before and before in table.raw["approximate"]:
        own = number(values[0])
        yield Quantity(start, end, own, frozenset((own,)), Level.HINT)
        return
    value = values[0]
    counted = signs.counter.match(low, end) is not None
    ordinal = before in table.raw["ordinal"]
    if figure:
        level = Level.FIGURE
    elif (
        ((counted or ordinal) and value > 1)
        or (len(written) >= 2 and value >= 10 and any(sign in written for sign in (*signs.small, *signs.big)))
        or (len(written) == 4 and all(sign in signs.digits for sign in written))
    ):
        level = Level.WORD
    else:
        level = Level.HINT
    readings = set(map(number, values))
    behind = low[end : end + 2]
    between = ("", *table.raw["half-after"])
    for mark in table.raw["half"]:
        if any(low.startswith(f"{word}{mark}", end) for word in between):
            readings.add(number(value + Fraction(1, 2)))
            if behind[:1] in table.clock.hour and value < 24:
                moments = (value * 60 + 30, (value * 60 + 750) % 1440)
                readings.update(Reading("time", moment) for moment in moments)
    if behind[:1] in table.raw["percent-tenths"] and value < 10:
        readings.update((number(value * 10), number(value / 10)))
        if behind[1:].isdigit():
            level = Level.HINT
    elif re.search(rf"[{''.join(table.raw['percent-tenths'])}].{{0,3}}$", low[max(0, start - 5) : start]):
        level = Level.HINT
    if figure and len(written) == 2 and behind[:1] in table.raw["year"]:
        readings.update((number(1900 + value), number(2000 + value)))
    for name, year in table.raw.get("eras", {}).items():
        if low.endswith(name, 0, start):
            readings.add(number(value + year))
    yield Quantity(start, end, number(value), frozenset(readings), level, ordinal=ordinal)


def _each(found: "re.Match[str]", low: str, table: Table) -> Iterator[Quantity]:
    """Yield the figures of what is no one number."""
    for part in figures.DIGITS.finditer(found[0]):
        own = number(int(part[0]))
        start = found.start() + part.start()
        yield Quantity(start, start + len(part[0]), own, frozenset((own,)), Level.FIGURE, code=True)


def _value(written: str, table: Table) -> list[Fraction] | None:
    """Return what a number in a script's signs comes to, None for what is no number."""
    signs = _signs(table)
    total = section = Fraction(0)
    pending: Fraction | None = None
    lowest = None
    at = 0
    place: list[int] = []
    while at < len(written):
        sign = written[at]
        figure = re.compile(figures.PLAIN_FIGURE).match(written, at)
        if figure is not None:
            if pending is not None:
                return None
            main, _ = figures.values(figure[0], table.decimal, table.group)
            if not main:
                return None
            pending = main[0]
            at = figure.end()
            place = []
            continue
        at += 1
        if sign in signs.digits:
            place.append(signs.digits[sign])
            pending = Fraction(int("".join(map(str, place))))
        elif sign in signs.small:
            value = signs.small[sign]
            section += (Fraction(1) if pending is None else pending) * value
            pending, place = None, []
        else:
            value = signs.big[sign]
            whole = section + (pending or 0)
            if not whole and not total:
                whole = Fraction(1)
            if lowest is not None and value >= lowest:
                total = (total + whole) * value
            else:
                total += whole * value
            lowest = value
            section, pending, place = Fraction(0), None, []
    return [total + section + (pending or 0)]
