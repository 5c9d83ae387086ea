"""Numbers in figures as the world writes them: what each may mean, and how English writes it.

    1.250.000,50   1 250 000.50   1'250'000   12,5   62.500

A number has one reading or two: "62.500" is sixty-two and a half, or sixty-two thousand five hundred. Which one is
meant is for what stands around it to say.
"""

import re
from decimal import Decimal
from typing import NamedTuple

SPACES = " \u00a0\u2009\u202f"
"""Spaces that stand between the groups of a number, or between a number and its unit."""
_QUOTES = "'’"
NUMBER = rf"(?:\d{{1,3}}(?:[.,{_QUOTES}{SPACES}]\d{{3}})+(?!\d)(?:[.,]\d{{1,2}}(?!\d))?|\d+(?:[.,]\d+)?)"
"""An expression for a number in any style."""
_PARTS = re.compile(r"(\d+)")


class Reading(NamedTuple):
    """What a number may mean: its value and the decimal places that it has, and the marks that were read so.

    `group` is the mark between its groups of three digits, `mark` the one before its decimals; "" for none.
    """

    value: Decimal
    places: int
    group: str = ""
    mark: str = ""

    @property
    def is_english(self) -> bool:
        """Whether English writes it so."""
        return self.group in ("", ",") and self.mark in ("", ".")


def readings(written: str) -> tuple[Reading, ...]:
    """Return what a number may mean, the reading in groups first; none for what is no number.

    A long number without marks is none of those that have to be understood.
    """
    pieces = _PARTS.split(written)
    digits, marks = pieces[1::2], pieces[2:-1:2]
    if not digits or pieces[0] or pieces[-1] or len(written) > 40 or any(len(mark) != 1 for mark in marks):
        return ()
    if not marks:
        return (Reading(Decimal(digits[0]), 0),)
    result: list[Reading] = []
    if len(set(marks)) == 1 and _grouped(digits):
        result.append(Reading(Decimal("".join(digits)), 0, marks[0]))
    if marks[-1] in ".," and len(set(marks[:-1])) <= 1 and marks[-1] not in marks[:-1]:
        whole = digits[:-1]
        if len(whole) == 1 or _grouped(whole):
            value = Decimal(f"{''.join(whole)}.{digits[-1]}")
            result.append(Reading(value, len(digits[-1]), marks[0] if len(whole) > 1 else "", marks[-1]))
    return tuple(result)


def _grouped(digits: list[str]) -> bool:
    first, *others = digits
    return 1 <= len(first) <= 3 and first[0] != "0" and bool(others) and all(len(group) == 3 for group in others)


def english(value: Decimal, places: int = 0) -> str:
    """Return a number as English writes it: groups with commas, a full stop before the decimals."""
    return f"{value:,.{places}f}"


def shortest(value: Decimal) -> str:
    """Return a number as English writes it, without zeros at the end of its decimals."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scaled(value: Decimal) -> str:
    """Return a large number as English copy does: 2.3 million, 12,500."""
    for power, word in ((12, "trillion"), (9, "billion"), (6, "million")):
        part = value.scaleb(-power)
        if part >= 1 and part == round(part, 3):
            return f"{shortest(part.normalize())} {word}"
    return shortest(value)
