"""Units as the world abbreviates them: sq.m, kgs, кг, kW/h, 1 m 89, +5 degrees; and ranges with dots."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from corrigenda.expressions import lazy
from corrigenda.languages.base import Figure
from corrigenda.languages.en.figures.habits import EnglishHabits
from corrigenda.languages.en.figures.words import CYRILLIC_UNITS

KINDS = (
    "unit-cyrillic",
    "unit-plural",
    "unit-point",
    "unit-square",
    "unit-capital",
    "unit-power",
    "unit-short",
    "height",
    "plus-degrees",
    "dots-range",
    "tilde-range",
)
_CYRILLIC = "|".join(sorted(CYRILLIC_UNITS, key=len, reverse=True))
SCAN = (
    rf"[0-9] ?(?:{_CYRILLIC})(?:[^\pL]|$)|[0-9] ?(?:kgs|kms|cms|mms|mtrs?|ltrs?|lts)\b|[0-9] ?(?:km|cm|mm|kg"
    rf"|ha)\. ?[a-z,]"
    r"|(?i:[0-9] ?(?:thousand |million )?(?:sq\. ?|kv\. ?|кв\. ?)(?:k?m|км|м)\b|[0-9] ?k?[mм][23]\b|[0-9] ?м[²³])"
    r"|[0-9] ?(?:Km|KM|Kms|KMS|Kg|KG|Kgs|KGS|Kw|KW|kw|KWh|Kwh|kwh|KWH|Mw|mw|MWt|kWt|kW/h|KW/h|kw/h|MW/h|Cm|Mm|Ha)\b"
    r"|[0-9] ?(?:gr|tn|tns|pcs|mq|qm)\b|[0-9]%? ?[~～] ?[0-9]|[,(] ?[12][.,][0-9][0-9](?:,|\)| and)"
    r"|\b[12] ?m(?:et(?:er|re))? ?[0-9][0-9]\b|\b[12][.,][0-9][0-9] tall\b"
    r"|[hH]eight (?:of|is|was) [12][.,][0-9][0-9]"
    r"|\+[0-9]{1,2} ?(?:degrees|°)|[0-9] ?(?:\.\.\.|…) ?[+-]?[0-9]"
)
_CYR = lazy(rf"(?<=\d)(?P<gap> ?)(?P<mark>(?:{_CYRILLIC})\.?)(?![\w²³])")
_PLURAL = lazy(r"(?<=\d)(?P<gap> ?)(?P<mark>kgs|kms|cms|mms|mtrs?|ltrs?|lts)\b\.?(?=\W|$)")
_SINGULAR: Mapping[str, str] = MappingProxyType(
    {"kgs": "kg", "kms": "km", "cms": "cm", "mms": "mm", "mtr": "m", "mtrs": "m", "ltr": "litres", "ltrs": "litres"}
    | {"lts": "litres"}
)
_POINT = lazy(r"(?<=\d)(?P<gap> ?)(?P<mark>(?P<unit>km|cm|mm|kg|ha)\.)(?=\s+[a-z]|[,;])")
_SQUARE = lazy(r"(?<=[\d ])(?P<mark>(?P<sq>(?i:sq\. ?|kv\. ?|кв\. ?))(?P<unit>k?m|км|м)\b\.?(?=\W|$))(?<!\d[.,])")
_POWER = lazy(
    r"(?<=\d)(?P<gap> ?)(?P<mark>(?P<unit>km|m|км|м)(?P<power>[23]))(?![\w/])"
    r"|(?<=\d)(?P<gap2> ?)(?P<mark2>м(?P<sup>[²³]))"
)
_CAPITAL = lazy(
    r"(?<=\d)(?P<gap> ?)(?P<mark>Kms?|KMS?|Kgs?|KGS?|Kw|KW|kw|KWh|Kwh|kwh|KWH|Mw|MWt|kWt|kW/h|KW/h|kw/h|MW/h|Cm"
    r"|Ha)(?![\w/.-]\w|\w)"
)
_RIGHT: Mapping[str, str] = MappingProxyType(
    {"km": "km", "kms": "km", "kg": "kg", "kgs": "kg", "kw": "kW", "kwh": "kWh", "mw": "MW", "mwt": "MW", "kwt": "kW"}
    | {"kw/h": "kWh", "mw/h": "MWh", "cm": "cm", "ha": "ha"}
)
_SHORT = lazy(r"(?<=\d) ?(?P<mark>gr|tns?|pcs|mq|qm)\b(?P<point>\.)?")
_LONG: Mapping[str, str] = MappingProxyType(
    {"gr": "grams", "tn": "tonnes", "tns": "tonnes", "pcs": "pieces", "mq": "m²", "qm": "m²"}
)
_HEIGHT = lazy(
    r"(?<![\w.,])(?P<whole>[12]) ?m(?:et(?:er|re))? ?(?P<part>\d\d)(?: ?(?:cm|centimet(?:er|re)s))?(?![\w.,]\d|\w"
    r"| ?(?:m|min|minutes|s|seconds)\b)"
)
_TALL = lazy(
    r"(?<![\w.,])(?P<n>[12][.,]\d\d)(?= tall\b)|\b[Hh]eight (?:of|is|was) (?P<n2>[12][.,]\d\d)\b(?! ?(?:c?m\b|met))"
)
_PLUS = lazy(r"(?<![\w.)])(?P<mark>\+)(?=\d{1,2} ?(?:degrees|°))(?!\d{1,2} ?(?:degrees|°)[^.;]{0,20}[-−]\d)")
_BARE_HEIGHT = lazy(
    r"(?<=[,(] )(?P<n>(?:1[.,][5-9]\d|2[.,][01]\d))(?=,| and (?!\d)|\))|(?<=\()(?P<n2>1[.,][5-9]\d|2[.,][01]\d)(?=[,)])"
)
_TILDE = lazy(r"(?<![\w.,/~-])(?P<one>\d[\d.,]*%?) ?[~～] ?(?P<other>\d[\d.,]*\d|\d)(?![\w/])")
_DOTS = lazy(
    r"(?<![\w.,+-])(?P<one>[+-]?\d{1,3}(?:[.,]\d)?) ?(?:\.\.\.|…) ?(?P<other>[+-]?\d{1,3}(?:[.,]\d)?)(?= ?(?:degrees"
    r"|°|%|percent|"
    r"per cent|km|m\b|kg|metres|meters|mm|cm|years|people|hryvnias|euros|dollars|[a-z]+s\b))"
)


def find(text: str, low: int, high: int, habits: EnglishHabits) -> Iterator[Figure]:
    """Yield units that are written as elsewhere."""
    metres = "meters" if habits.tag == "en-US" else "metres"
    for found in _CYR.finditer(text, low, high):
        end = found.end() - (
            found["mark"].endswith(".") and re.match(r"\s+[A-Z]|\s*$", text[found.end() : found.end() + 3]) is not None
        )
        unit = CYRILLIC_UNITS[found["mark"].rstrip(".")]
        yield Figure("unit-cyrillic", found.start("mark"), end, (((" " if not found["gap"] else "") + unit, True),))
    for found in _PLURAL.finditer(text, low, high):
        yield Figure("unit-plural", *found.span("mark"), ((_SINGULAR[found["mark"]], True),), doubtful=True)
    for found in _SQUARE.finditer(text, low, high):
        if re.search(r"\d ?(?:thousand |million )?$", text[max(0, found.start() - 12) : found.start()]):
            kilo = "kilo" if found["unit"] in ("km", "км") else ""
            end = found.end("mark")
            if found["mark"].endswith(".") and re.match(r"\s+[A-Z]|\s*$", text[end : end + 3]):
                end -= 1
            gap = "" if text[found.start() - 1] == " " else " "
            yield Figure("unit-square", found.start("mark"), end, ((f"{gap}square {kilo}{metres}", True),))
    if habits.documentation:
        return
    for found in _POINT.finditer(text, low, high):
        yield Figure("unit-point", *found.span("mark"), ((found["unit"], True),))
    for found in _POWER.finditer(text, low, high):
        name = "power" if found["unit"] else "sup"
        mark = "mark" if found["unit"] else "mark2"
        unit = (found["unit"] or "m").replace("к", "k").replace("м", "m")
        sign = {"2": "²", "3": "³"}.get(found[name], found[name])
        yield Figure("unit-square", *found.span(mark), ((f"{unit}{sign}", True),), doubtful=True)
    for found in _CAPITAL.finditer(text, low, high):
        unit = _RIGHT[found["mark"].lower()]
        power = "/" in found["mark"] or found["mark"].endswith("Wt")
        if unit != found["mark"]:
            kind = "unit-power" if power else "unit-capital"
            yield Figure(kind, *found.span("mark"), ((unit, not power),), doubtful=not power)
    for found in _SHORT.finditer(text, low, high):
        end = found.end()
        if found["point"] and re.match(r"\s+[A-Z]|\s*$", text[end : end + 3]):
            end -= 1
        yield Figure("unit-short", found.start("mark"), end, ((_LONG[found["mark"]], False),), doubtful=True)
    for found in _HEIGHT.finditer(text, low, high):
        yield Figure("height", *found.span(), ((f"{found['whole']}.{found['part']} {metres}", True),))
    for found in _TALL.finditer(text, low, high):
        name = "n" if found["n"] else "n2"
        yield Figure("height", *found.span(name), ((f"{found[name].replace(',', '.')} {metres}", False),))
    if habits.is_sport:
        for found in _BARE_HEIGHT.finditer(text, low, high):
            name = "n" if found["n"] else "n2"
            written = f"{found[name].replace(',', '.')} {metres}"
            yield Figure("height", *found.span(name), ((written, False),), doubtful=True)
    for found in _TILDE.finditer(text, low, high):
        yield Figure("tilde-range", *found.span(), ((f"{found['one']}–{found['other']}", True),))
    for found in _PLUS.finditer(text, low, high):
        number = re.match(r"\d+", text[found.end() : found.end() + 3])
        assert number is not None
        end = found.end() + number.end()
        yield Figure("plus-degrees", found.start(), end, ((number[0], True),), doubtful=True)
    for found in _DOTS.finditer(text, low, high):
        one, other = (found[name].replace(",", ".") for name in ("one", "other"))
        yield Figure("dots-range", *found.span(), ((f"{one.lstrip('+')} to {other.lstrip('+')}", True),))
