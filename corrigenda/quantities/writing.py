"""A value written as the translation writes it: in words or figures, with its scale, as an ordinal, by its clock."""

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from corrigenda.quantities.quantity import Quantity
from corrigenda.quantities.tables import Table

_MOST_IN_WORDS = 100
_LEAST_GROUPED = 1000
_PLACES = 6
_NAMED_SCALES = (10**6, 10**9, 10**12)
"""Scales that a number is written with where it had none."""
_SCALED = 3
"""Decimals that a number before "million" may have."""


@cache
def _first_forms(table: Table, section: str) -> Mapping[Fraction, str]:
    return MappingProxyType({Fraction(value): words.split()[0] for value, words in table.raw.get(section, {}).items()})


def written(wanted: Quantity, said: str, there: Quantity, stands: str, table: Table) -> str | None:
    """Return what the translation should have where a wrong quantity stands; None where it cannot be written.

    Args:
        wanted: The quantity of the source.
        said: How the source writes it.
        there: The quantity of the translation.
        stands: How the translation writes that.
        table: The translation's language.
    """
    if wanted.kind in ("month", "weekday"):
        name = _first_forms(table, wanted.kind + "s").get(wanted.value)
        return name.capitalize() if name and not stands[:1].isdigit() else None
    if wanted.kind == "digits" or there.kind == "digits":
        return None
    if wanted.kind == "time" and there.kind == "time":
        return _time(int(wanted.value), stands)
    if wanted.kind != "number" or there.kind != "number":
        return None
    if not any(letter.isdigit() for letter in stands):
        return _in_words(wanted.value, there.ordinal, stands, table) or _in_figures(wanted.value, said, stands, table)
    text = _in_figures(wanted.value, said, stands, table)
    if text is not None and there.ordinal:
        return text + _suffix(int(wanted.value), table) if wanted.value.denominator == 1 else None
    return text


def unit(code: str, stands: str, table: Table) -> str | None:
    """Return the name of a unit as long, and in the number, as the one that stands there; None where there is none."""
    forms: list[str] = [form for form in table.raw["units"].get(code, "").split() if form.isalpha()]
    same = [form for form in forms if (len(form) > 3) == (len(stands) > 3)]
    plural = [form for form in same if form.endswith("s") == stands.endswith("s")]
    return next(iter(plural or same), None)


def _time(minutes: int, stands: str) -> str:
    """Return a time of day by the clock that a sample uses."""
    hour, minute = divmod(minutes, 60)
    half = re.search(r"(\s*)([ap])(\.?m\.?)", stands, re.IGNORECASE)
    mark = re.search(r"\d([:.])\d", stands)
    shown = hour if half is None else (hour - 1) % 12 + 1
    text = f"{shown}{mark[1] if mark else ':'}{minute:02d}" if mark or minute else str(shown)
    if half is None:
        return text
    letter = "p" if hour >= 12 else "a"
    return f"{text}{half[1]}{letter.upper() if half[2].isupper() else letter}{half[3]}"


def _in_words(value: Fraction, ordinal: bool, stands: str, table: Table) -> str | None:
    """Return a number in words where the sample has words: up to a hundred, and parts of a whole."""
    text: str | None = None
    if value.denominator != 1:
        below = _first_forms(table, "fractions").get(Fraction(value.denominator))
        above = _cardinal(value.numerator, table)
        if below is None or above is None or value.numerator >= value.denominator:
            return None
        if value.numerator == 1:
            text = f"{sorted(table.articles)[0] if table.articles else above} {below}"
        else:
            many = table.raw["fractions"][str(value.denominator)].split()
            text = f"{above} {many[1] if len(many) > 1 else below}"
        text = text.replace(" ", "-") if "-" in stands else text
    elif 0 <= value <= _MOST_IN_WORDS:
        text = _ordinal(int(value), table) if ordinal else _cardinal(int(value), table)
    if text is None:
        return None
    return text[0].upper() + text[1:] if stands[:1].isupper() else text


def _cardinal(value: int, table: Table) -> str | None:
    words = {**_first_forms(table, "parts"), **_first_forms(table, "values")}
    if Fraction(value) in words:
        return words[Fraction(value)]
    tens, units = words.get(Fraction(value - value % 10)), words.get(Fraction(value % 10))
    return f"{tens}-{units}" if tens and units and value < _MOST_IN_WORDS else None


def _ordinal(value: int, table: Table) -> str | None:
    words = _first_forms(table, "ordinals")
    one = table.raw.get("parts", {})
    words = {**{Fraction(key): forms.split()[-1] for key, forms in one.items() if key in ("1", "2")}, **words}
    if Fraction(value) in words:
        return words[Fraction(value)]
    tens = _first_forms(table, "values").get(Fraction(value - value % 10))
    units = words.get(Fraction(value % 10))
    return f"{tens}-{units}" if tens and units else None


def _in_figures(value: Fraction, said: str, stands: str, table: Table) -> str | None:
    """Return a number in figures, with the scale's word that the sample has or the size asks for."""
    scale = re.search(r"(?<=\d)([ -]?)([^\W\d_]+)\.?$", stands)
    if scale is not None:
        own = table.words.of(scale[2].lower())
        size = next((word.value for word in own if word.role == "scale"), None)
        size = size or table.money_scales.get(scale[2].lower())
        if size:
            text = _decimal(value / size, _SCALED)
            if text is not None and size <= value < 1000 * size:
                return f"{text}{scale[1]}{scale[2]}"
    names = _first_forms(table, "scales")
    for size in sorted((size for size in names if size in _NAMED_SCALES), reverse=True):
        if value >= size:
            text = _decimal(value / size, _SCALED)
            if text is not None:
                return f"{text} {names[size]}"
            break
    text = _decimal(value, _PLACES)
    if text is None:
        return None
    whole, point, rest = text.partition(".")
    year = re.fullmatch(r"\d{4}", said) is not None and "," not in stands
    if int(whole) >= _LEAST_GROUPED and not year:
        whole = f"{int(whole):,}"
    return whole + point + rest


def _decimal(value: Fraction, places: int) -> str | None:
    """Return a value in decimals, None where it has more places than are allowed."""
    shifted = value * 10**places
    if shifted.denominator != 1:
        return None
    whole, rest = divmod(int(shifted), 10**places)
    digits = f"{rest:0{places}d}".rstrip("0")
    return f"{whole}.{digits}" if digits else str(whole)


def _suffix(value: int, table: Table) -> str:
    """Return the letters behind an ordinal in figures: those of one, two, three, and of all others."""
    endings = table.ordinal_endings or ("",) * 4
    last = value % 10
    return endings[last - 1] if 1 <= last <= 3 and value % 100 not in (11, 12, 13) else endings[3]
