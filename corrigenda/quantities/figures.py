"""Numbers in figures: what the marks between the digits mean."""

import re
from collections.abc import Sequence
from fractions import Fraction

MARKS = ".,'٬٫·"
FIGURE = rf"(?<![\d])(?:\d{{1,3}}(?: \d{{3}})+(?![\d])(?:[.,]\d+)?|\d+(?:[{MARKS}]\d+)*)"
"""An expression for a number in figures in which spaces may part thousands."""
PLAIN_FIGURE = rf"\d+(?:[{MARKS}]\d+)*"
"""The same without spaces."""
_LONGEST = 40
"""Characters from which on digits are no number but a key, a card or a line."""
DIGITS = re.compile(rf"\d{{1,{_LONGEST}}}")
"""An expression for digits in a row that can be taken for a number."""
_MARK = re.compile(rf"[{MARKS} ]")


def values(written: str, decimal: str, group: str) -> tuple[list[Fraction], list[Fraction]]:
    """Return what a number in figures means, and what else it may mean where numbers are written otherwise.

    Args:
        written: Digits with marks between them.
        decimal: The marks of which one may stand before decimals; the first is the usual one.
        group: The marks that may part thousands.

    Both are empty for what is no one number, as a date is, or the number of a section.
    """
    if len(written) > _LONGEST:
        return [], []
    marks = _MARK.findall(written)
    parts = _MARK.split(written)
    if not marks:
        return [Fraction(int(written))], []
    whole = Fraction(int("".join(parts)))
    broken = _decimal("".join(parts[:-1]), parts[-1])
    kinds = list(dict.fromkeys(marks))
    grouped = _grouped(parts)
    if len(kinds) == 1 and len(marks) > 1:
        return ([whole], []) if grouped else ([], [])
    if len(kinds) > 2 or (len(kinds) == 2 and (marks.count(kinds[1]) > 1 or not _grouped(parts[:-1]))):
        return [], []
    if len(kinds) == 2:
        return [broken], []
    mark = kinds[0]
    if mark == " ":
        return [whole], []
    if mark == "·":
        return [broken], []
    if not grouped or parts[0] == "0":
        return [broken], []
    if mark in decimal and mark not in group:
        return [broken], [whole]
    if mark in group and mark not in decimal:
        return [whole], [broken]
    return [whole, broken], []


def _grouped(parts: Sequence[str]) -> bool:
    """Return whether digits are parted as thousands are, or as lakhs and crores."""
    if not 1 <= len(parts[0]) <= 3 or any(len(part) != 3 for part in parts[-1:]):
        return len(parts) == 1
    return all(len(part) == 3 for part in parts[1:]) or all(len(part) == 2 for part in parts[1:-1])


def _decimal(whole: str, rest: str) -> Fraction:
    return Fraction(int(whole + rest), 10 ** len(rest))
