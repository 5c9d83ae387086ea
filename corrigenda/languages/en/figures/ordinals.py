"""Ordinals and numbers of things: 5-th, 3th, the 21 century, XX century, № 71, nr 5, the II World War."""

import re
from collections.abc import Iterator

from corrigenda.expressions import lazy
from corrigenda.languages.base import Figure
from corrigenda.languages.en.figures.habits import EnglishHabits

KINDS = (
    "ordinal-hyphen",
    "ordinal-ending",
    "ordinal-cyrillic",
    "cardinal-for-ordinal",
    "roman-ordinal",
    "number-sign",
    "ordinal-foreign",
)
_NOUNS = (
    "anniversary|arrondissement|century|convocation|edition|floor|grade|half|place|quarter|round|session|stage|storey"
)
SCAN = (
    r"(?i)[0-9][- ](?:st|nd|rd|th)\b|[023456789]st\b|1[1]st\b|[013456789]nd\b|12nd\b|[012456789]rd\b|13rd\b"
    r"|[123]th\b|[0-9]-(?:ти|й|го|му|ая|ое|ой|ый|ий|х|е|м|я)"
    rf"|\b(?:the|[ivx]+|in|of) (?:[0-9]+|[ivx]+)[- ](?:{_NOUNS})\b|\b[ivx]+ (?:{_NOUNS}|World War)\b|[0-9] place\b"
    r"|[0-9](?:er|ère|ème|eme|\.?[ºª])|\bthe [0-9]{1,3}(?:°|\.) [a-z]|\b(?:its|his|her) [0-9]{1,3}\. [a-z]"
    r"|№|\b(?:nr|nº|n°|n\.º|nro|num)\b?[. ]{0,2}[0-9]|N[°º] ?[0-9]"
)
_HYPHEN = lazy(r"(?<![\w.,:/-])(\d{1,4})(?:-| ?- | -)(st|nd|rd|th)\b(?!-)")
_ENDING = lazy(r"(?<![\w.,:/-])(\d{0,3}\d)(st|nd|rd|th)\b(?!-?\w)")
_CYRILLIC = lazy(r"(?<![\w.,:/])(\d{1,4})-(?:ти|й|го|му|ая|ое|ой|ый|ий|х|е|м|я|ю|ом|ом)(?!\w)")
_CARDINAL = lazy(
    rf"\b(?:[Tt]he |[Tt]his |[Ii]ts |[Tt]heir )(?P<n>\d{{1,3}})(?:-| )(?:{_NOUNS})\b"
    r"(?! (?:settings?|mats?|trips?|tables?)\b)"
)
_PLACES = lazy(
    r"\b(?:took|take|takes|taking|won|wins|win|finished|finish|ranked?|ranks|occup(?:y|ied|ies)|shared|came)"
    r"(?: in| the| in the| only)? (?P<n>\d{1,3}) place\b"
)
_ROMAN = lazy(
    r"(?<![\w.-])(?:[Tt]he )?(?P<n>[IVX]{1,5})(?:-?(?:st|nd|rd|th))?[ -]"
    r"(?P<noun>century|centuries|quarter|convocation|World War|grade|arrondissement)\b"
)
_FOREIGN = lazy(
    r"(?<![\w.,:/-])(?P<n>\d{1,3})(?:er|ère|ème|eme|nd?e|\.?[ºª])(?!\w)"
    r"|(?<=\b[Tt]he )(?P<degree>\d{1,3})°(?= [a-z]{3,})"
    r"|(?<=\b[Tt]he |\b[Ii]ts |\bhis |\bher )(?P<point>\d{1,3})\.(?= (?!of\b|to\b|in\b|and\b|the\b|on\b|at\b"
    r"|but\b)[a-z]{3,})"
)
_SIGN = lazy(r"№ ?(?=\d)|(?<![\w.])(?:[Nn][rR]\.?|[Nn][°º]|[Nn]\.º|[Nn]ro\.?) ?(?=\d)")
_VALUES = {"I": 1, "V": 5, "X": 10}


def suffix(number: int) -> str:
    """Return the ending that an ordinal in figures has."""
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def roman(written: str) -> int:
    """Return the value of a Roman number, 0 for letters that are none."""
    if not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", written):
        return 0
    values = [_VALUES[letter] for letter in written]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def find(text: str, low: int, high: int, habits: EnglishHabits) -> Iterator[Figure]:
    """Yield ordinals and numbers of things that are written as elsewhere."""
    for found in _HYPHEN.finditer(text, low, high):
        number = int(found[1])
        yield Figure("ordinal-hyphen", *found.span(), ((f"{number}{suffix(number)}", True),))
    for found in _ENDING.finditer(text, low, high):
        number = int(found[1])
        if found[2] != suffix(number):
            yield Figure("ordinal-ending", *found.span(), ((f"{number}{suffix(number)}", number > 3),))
    for found in _CYRILLIC.finditer(text, low, high):
        number = int(found[1])
        yield Figure("ordinal-cyrillic", *found.span(), ((f"{number}{suffix(number)}", False), (found[1], False)))
    for found in (*_CARDINAL.finditer(text, low, high), *_PLACES.finditer(text, low, high)):
        number = int(found["n"])
        if number:
            yield Figure("cardinal-for-ordinal", *found.span("n"), ((f"{number}{suffix(number)}", False),))
    for found in _ROMAN.finditer(text, low, high):
        number = roman(found["n"])
        if not number or (number == 10 and found["noun"] == "grade"):
            continue
        written = f"{number}{suffix(number)}"
        if found["noun"] == "World War":
            if number > 3:
                continue
            yield Figure("roman-ordinal", *found.span(), ((f"World War {found['n']}", True),))
        else:
            yield Figure("roman-ordinal", *found.span("n"), ((written, True),), doubtful=found["noun"] == "quarter")
    for found in _FOREIGN.finditer(text, low, high):
        number = int(found["n"] or found["degree"] or found["point"])
        yield Figure("ordinal-foreign", *found.span(), ((f"{number}{suffix(number)}", not found["point"]),))
    for found in _SIGN.finditer(text, low, high):
        if found[0].startswith("№") or not habits.documentation:
            yield Figure("number-sign", *found.span(), (("No. ", True),))
