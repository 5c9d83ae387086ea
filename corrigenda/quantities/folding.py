"""A text as numbers are read from it: of the same length, in lower case, with the digits and signs of one script."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

LETTER = "(?:[^\\W\\d_]|[\u0300-\u036f\u0900-\u0963\u064b-\u0652\u0670\u093c])"
"""An expression for a letter, or a mark on one, which `\\w` leaves out in some scripts."""
WORD = rf"{LETTER}+(?:'{LETTER}+)*"
"""An expression for a word."""
SIGNS = "$€£¥₴₽₺₹₩"
"""Signs of currencies."""


@cache
def _table() -> Mapping[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table.update(dict.fromkeys((0xA0, 0x2009, 0x202F, 0x2007, 0x3000, 0x2002, 0x2003), " "))
    table.update(dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212, 0x301C), "-"))
    table.update(dict.fromkeys((0x2019, 0x2BC, 0x2018, 0x2B9), "'"))
    table.update({0xFE6A: "%", 0x66A: "%", 0xFFE5: "¥", 0x30FB: "·"})
    for start in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50):
        table.update({start + digit: str(digit) for digit in range(10)})
    return MappingProxyType(table)


def folded(text: str) -> str:
    """Return a text as numbers are read from it; each character stands for its own."""
    plain = text.translate(_table())
    lower = plain.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in plain)
    return unicodedata.normalize("NFC", lower) if len(unicodedata.normalize("NFC", lower)) == len(text) else lower
