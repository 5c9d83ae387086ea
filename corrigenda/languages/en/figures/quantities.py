"""Amounts: a number, or two as a range, with its scale word, its currency or unit, or a per cent sign.

What is not English in an amount is said once, for as much of it as has to change, since the parts depend on each other:
"1.200 million" is 1.2 billion, and "3,5 thousand" is 3,500.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from corrigenda.expressions import lazy
from corrigenda.languages.base import Figure
from corrigenda.languages.en.figures.habits import EnglishHabits
from corrigenda.languages.en.figures.numbers import NUMBER, SPACES, Reading, english, readings, scaled, shortest
from corrigenda.languages.en.figures.words import (
    CODES,
    CURRENCIES,
    MEASURES,
    MONEY,
    PLAIN_SCALES,
    SCALES,
    SIGNS,
    WIRE,
)

KINDS = (
    "decimal-comma",
    "point-groups",
    "space-groups",
    "apostrophe-groups",
    "scale-abbreviation",
    "scale-thousand",
    "scale-plural",
    "scale-foreign",
    "scale-sum",
    "percent-space",
    "percent-before",
    "percents",
    "sign-after",
    "sign-space",
    "currency-abbreviation",
    "currency-singular",
)
SCAN = (
    r"(?i)[0-9],[0-9]{1,2}(?:[^0-9,]|$)|[0-9],[0-9]{1,3} ?(?:%|mln|million|billion)|[0-9]\.[0-9]{3}(?:[^0-9]|$)"
    r"|[0-9][ \x{00A0}\x{2009}\x{202F}][0-9]{3}(?:[^0-9]|$)|[0-9]['’][0-9]{3}(?:[^0-9]|$)"
    r"|[0-9][ \x{00A0}\x{202F}]?(?:thousand|thous|thsd|ths\b|tys|tis\b|tsd|тыс|тис|wan\b|[万萬만亿億억兆조]|lakh|lac\b"
    r"|mln|crore|mio\b|млн|mil(?:yon|h[oõ]|iar|jo|ion[ieó]|liard)|millions|bln|mrd|mlrd|mld|mil+iard|млрд|billions"
    r"|trillions|trln|трлн"
    r"|ten thousand|hundred(?:\b)|(?:million|billion|trillion) [0-9])"
    r"|[0-9][ \x{00A0}\x{202F}](?:%|per ?cents)|%[0-9]|per ?cent [0-9]|[0-9] (?:euro|dollar|rouble|ruble|peso|franc"
    r"|rupee)(?:[.,;)]|$| (?:in|for|per|a|and|to|on|from|at|by|each|was|were|is|are|with|this)\b)"
    r"|[0-9][ \x{00A0}]?[€₴₽₺]"
    r"|[0-9][$£](?:[^0-9\pL]|$)|[0-9] [$£](?:[^0-9]|$)|[€$£] [0-9]|[$€£][0-9]+[., ]?[0-9]* (?:mi|bi)\b"
    r"|[0-9] ?(?:z[lł]\b|zł|zlot|złot|hrn|grn|грн|rub\b|руб|K[č]|korun|TL\b|(?-i:Ft)\b)"
)
_AMOUNT = lazy(
    rf"(?<![\w/:\-–'’#№$])(?<!\d[.,])(?<!\d )(?P<sign>(?:(?:US|R|A|C|NZ|HK|S|NT|MX)?\$"
    rf"|[€£¥₴₽₺])[{SPACES}]?)?(?P<one>{NUMBER})"
    rf"(?:(?P<to>\s?[-–—]\s?|\s(?:to|or|and)\s)(?P<other>{NUMBER}))?"
    rf"(?P<gap>[{SPACES}]?)(?P<tail>%|‰|°|[€£$₴₽₺]|[万萬만亿億억兆조]|[^\W\d_]+\.?)?"
)
_SUM = re.compile(rf"\s(?:and\s)?(?P<part>{NUMBER})(?:\s(?P<scale>thousand|million|billion)\b)?")
_EAST = lazy(
    r"(?<![\w.,/$€£-])(?P<n>\d{1,4}(?:[.,]\d{1,2})?)\s(?P<tens>ten|hundred) (?P<scale>thousand|million|billion)\b"
    r"|(?<![\w.,/$€£-])(?P<few>[1-9]\d?) hundred\b(?! (?:and|thousand|million|billion|years?|days?|percent|per)\b)"
)
_LIST = re.compile(r"\s?[,;]\s?\d")
_COUNTED = frozenset("people persons men women children inhabitants police troops personnel staff cattle".split())
_NOT_COUNTED = frozenset("was is has its this his us as towards across news series plus minus versus".split())
_ABOUT = re.compile(r"\b(?:about|around|over|nearly|almost|than|some|approximately|roughly|least|of)\s$")


def find(text: str, low: int, high: int, habits: EnglishHabits) -> Iterator[Figure]:
    """Yield what is not English in each amount of a paragraph."""
    for found in _AMOUNT.finditer(text, low, high):
        figure = _judged(found, text, habits)
        if figure is not None:
            yield figure
    yield from _percent_before(text, low, high)
    for found in _EAST.finditer(text, low, high):
        if found["few"]:
            yield Figure(
                "scale-foreign", *found.span(), ((english(Decimal(found["few"]).scaleb(2)), True),), doubtful=True
            )
            continue
        value = Decimal(found["n"].replace(",", ".")).scaleb(
            SCALES[found["scale"]] + (1 if found["tens"] == "ten" else 2)
        )
        yield Figure("scale-foreign", *found.span(), ((scaled(value), True),))


def _judged(found: "re.Match[str]", text: str, habits: EnglishHabits) -> Figure | None:
    tail = (found["tail"] or "").rstrip(".")
    after = text[found.end() : found.end() + 40]
    power = SCALES.get(tail.lower()) if tail else None
    numbers = [own for own in (found["one"], found["other"]) if own]
    if (
        not tail
        and not found["sign"]
        and found["other"] is None
        and "," not in found["one"]
        and "." not in found["one"]
    ):
        return None
    if power is not None:
        return _with_scale(found, numbers, tail, power, text, habits)
    figure = _marks(found, numbers, tail, after, text, habits)
    return figure or _money_or_percent(found, numbers, tail, text, habits)


def _with_scale(
    found: "re.Match[str]", numbers: list[str], tail: str, power: int, text: str, habits: EnglishHabits
) -> Figure | None:
    """Return what is not English in a number with a scale word."""
    word = tail.lower()
    read = [_reading_before_scale(number) for number in numbers]
    if None in read:
        return None
    values = [own for own in read if own is not None]
    start, end = found.start("one"), found.end("tail")
    after = text[end : end + 40]
    dotted = found["tail"].endswith(".") and not re.match(r"\s+[A-Z“\"]|\s*$", after)
    end -= found["tail"].endswith(".") and not dotted
    joint = found["to"] or ""
    plain = PLAIN_SCALES.get(power, "")
    sums = _SUM.match(text, found.end()) if plain and len(values) == 1 else None
    if sums is not None:
        figure = _summed(values[0], power, sums, text, start)
        if figure is not None:
            return figure
    if word == "thousand" or (plain == "thousand" and word != "thousands"):
        if found["gap"] == "" and word in ("thousand", "ths"):
            return None
        return _thousands(values, joint, start, end, word, text)
    if power in (4, 5, 7, 8) or word in ("兆", "조"):
        if word in ("lakh", "lakhs", "crore", "crores", "lac") and habits.counts_in_lakhs:
            return None
        written = joint.join(scaled(own.value.scaleb(power)) for own in values)
        return Figure("scale-foreign", start, end, ((written, word not in ("wan", "lac")),), word.isascii())
    numbers_right = joint.join(_english_of(own) for own in values)
    if len(values) == 1 and values[0].group == "." and power == 6:
        other = f"{english(values[0].value.scaleb(-3), 3)} {plain}"
        written = scaled(values[0].value.scaleb(power))
        return Figure("point-groups", start, end, ((written, False), (other, False)))
    if word != plain:
        if word in ("thousands", "millions", "billions", "trillions"):
            if re.match(r"\s(?:place|column|digit)", after) or found["gap"] == "":
                return None
            of = re.match(r"\sof\s(?=[a-z])", after)
            if of and not re.match(r"\sof\s(?:the|these|those|them|our|its|their|his|her|my)\b", after):
                end += of.end() - 1
                return Figure("scale-plural", start, end, ((f"{numbers_right} {plain}", True),))
            return Figure("scale-plural", start, end, ((f"{numbers_right} {plain}", True),))
        if word in WIRE and habits.is_wire:
            return None
        return Figure("scale-abbreviation", start, end, ((f"{numbers_right} {plain}", True),), doubtful=word in WIRE)
    if any(not own.is_english for own in values):
        kind = "decimal-comma" if any(own.mark == "," for own in values) else "space-groups"
        return Figure(kind, start, found.end("other") if found["other"] else found.end("one"), ((numbers_right, True),))
    return None


def _reading_before_scale(number: str) -> Reading | None:
    """Return how a number before a scale word is read: decimals of one or two places, or groups."""
    read = readings(number)
    if len(read) == 2:
        groups, decimals = read
        return decimals if decimals.mark == "." and not number.endswith("00") else groups
    return read[0] if read else None


def _thousands(values: list[Reading], joint: str, start: int, end: int, word: str, text: str) -> Figure | None:
    """Return a number of thousands in figures: 15 thousand, 3,5 thousand."""
    products = [own.value.scaleb(3) for own in values]
    if any(product != product.to_integral_value() or product >= 10**7 or product <= 0 for product in products):
        return None
    if word == "thousand" and re.match(r"\s(?:million|billion|dollar bill|times\b)", text[end : end + 20]):
        return None
    written = joint.join(english(product) for product in products)
    exact = all(own.mark or own.value != 1 for own in values)
    return Figure("scale-thousand", start, end, ((written, exact),), word == "thousand")


def _summed(first: Reading, power: int, found: "re.Match[str]", text: str, start: int) -> Figure | None:
    """Return a number that is said in two parts: 46 thousand 512, 2 million 300 thousand."""
    part = readings(found["part"])
    if re.match(r"[,.]?\s?\d", text[found.end() : found.end() + 3]):
        return None
    if len(part) != 1 or part[0].places or first.places or first.group:
        return None
    other = part[0].value
    if found["scale"]:
        other = other.scaleb(SCALES[found["scale"]])
    if other >= Decimal(10) ** power or (power != 3 and not found["scale"]) or other < 1:
        return None
    if power == 3 and (other < 100 or found["scale"]) and "and" not in found[0][:5] and len(found["part"]) != 3:
        return None
    total = first.value.scaleb(power) + other
    written = english(total) if power == 3 else scaled(total)
    if "and" in found[0][:5] and re.match(r"\s(?:million|thousand|billion)", text[found.end() : found.end() + 12]):
        return None
    return Figure("scale-sum", start, found.end(), ((written, "and" not in found[0][:5]),))


def _marks(
    found: "re.Match[str]", numbers: list[str], tail: str, after: str, text: str, habits: EnglishHabits
) -> Figure | None:
    """Return a number whose marks are another language's."""
    read = [readings(number) for number in numbers]
    if not all(read) or all(any(own.is_english for own in each) and len(each) == 1 for each in read):
        return None
    money = bool(found["sign"]) or tail in MONEY or tail in CURRENCIES or tail in SIGNS or _code_before(text, found)
    measured = tail in MEASURES or tail.lower() in MEASURES or tail == "per"
    chosen: list[Reading] = []
    for number, each in zip(numbers, read, strict=True):
        own = _chosen(number, each, tail, found, text, habits, money=money, measured=measured)
        if own is None:
            return None
        chosen.append(own)
    foreign = [own for own in chosen if not own.is_english]
    if not foreign:
        return None
    bare = not (money or measured) and all(own.mark == "," and not own.group for own in foreign)
    if bare and (found["other"] or not habits.has_decimal_commas or _LIST.match(text, found.end("one"))):
        return None  # nothing is measured: a list of pages, a code, an address
    kind = (
        "decimal-comma"
        if any(own.mark == "," for own in foreign)
        else {".": "point-groups", "'": "apostrophe-groups", "’": "apostrophe-groups"}.get(
            foreign[0].group, "space-groups"
        )
    )
    start, end = found.start("one"), found.end("other") if found["other"] else found.end("one")
    written = (found["to"] or "").join(_english_of(own) for own in chosen)
    counted = _is_counted(tail)
    sure = all(len(each) == 1 for each in read) and (money or measured or counted)
    unsure_number = any(len(each) == 2 for each in read)
    others: tuple[tuple[str, bool], ...] = ()
    if unsure_number and measured and not money and len(numbers) == 1:
        others = ((shortest(read[0][-1].value), False),)
    sign_moves = tail in SIGNS and not found["sign"] and not found["other"]
    if sign_moves:
        return Figure(kind, start, found.end("tail"), ((f"{SIGNS[tail]}{written}", sure),))
    if tail == "%" and found["gap"]:
        return Figure(kind, start, found.end("tail"), ((f"{written}%", sure),))
    return Figure(kind, start, end, ((written, sure), *others), doubtful=not sure and not unsure_number)


def _chosen(
    number: str,
    read: tuple[Reading, ...],
    tail: str,
    found: "re.Match[str]",
    text: str,
    habits: EnglishHabits,
    *,
    money: bool,
    measured: bool,
) -> Reading | None:
    """Return the reading that is meant, None where there is no telling."""
    if len(read) == 1:
        own = read[0]
        if (
            own.group in SPACES
            and own.group
            and not _spaced(number, own, tail, found, text, money=money, measured=measured)
        ):
            return None
        if own.group == "." and habits.documentation and not (money or measured):
            return None
        return own
    groups, decimals = read
    if groups.is_english:
        # 1,250: English, unless the text writes a decimal comma and a part of one is measured; too unsure to say.
        return groups
    if money and tail.lower() not in MEASURES:
        rate = number[-3:] in _EIGHTHS or not (tail in MONEY or number.endswith("0") or habits.has_point_groups)
        return decimals if rate else groups
    if _is_counted(tail) and not measured:
        return groups if number.endswith("0") or habits.has_point_groups or not habits.has_long_decimals else None
    if measured and habits.has_point_groups:
        return groups
    if _ABOUT.search(text[max(0, found.start() - 16) : found.start()]) and number.endswith("000"):
        return groups
    return decimals


def _spaced(
    number: str, own: Reading, tail: str, found: "re.Match[str]", text: str, *, money: bool, measured: bool
) -> bool:
    """Return whether digits with spaces are one number and no row of numbers."""
    if " 000" not in number.translate(_TO_SPACE) and not (money or measured or tail):
        return False
    if re.match(rf"[{SPACES}]?[\d/+(-]", text[found.end("one") : found.end("one") + 2]):
        return False
    before = text[max(0, found.start() - 2) : found.start()]
    if re.search(r"[\d+()/]\s?$", before):
        return False
    if money or measured:
        return True
    about = _ABOUT.search(text[max(0, found.start() - 16) : found.start()]) is not None
    if own.value >= 1_000_000:
        return about or number.endswith("000") or _is_counted(tail)
    if re.search(r"\b(?:No|no|of|from|in|and|[A-Z][a-z]+)\.?\s$", text[max(0, found.start() - 12) : found.start()]):
        return number.translate(_TO_SPACE).endswith("000")
    return _is_counted(tail)


def _is_counted(tail: str) -> bool:
    """Return whether a noun is one of things that are whole: people, houses."""
    return tail in _COUNTED or (len(tail) > 3 and tail.islower() and tail.endswith("s") and tail not in _NOT_COUNTED)


_SINGULAR = frozenset("euro dollar rouble ruble peso franc rupee".split())
_BEHIND = re.compile(r"[.,;)]|$|\s(?:in|for|per|a|and|to|on|from|at|by|each|was|were|is|are|with|this)\b")
_EIGHTHS = ("125", "375", "625", "875")
"""Decimals of prices that are counted in eighths."""
_TO_SPACE = {ord(space): " " for space in SPACES}


def _code_before(text: str, found: "re.Match[str]") -> bool:
    return text[max(0, found.start() - 4) : found.start()].strip() in CODES


def _english_of(own: Reading) -> str:
    grouped = own.group or own.value >= 10_000
    return english(own.value, own.places) if grouped else f"{own.value:.{own.places}f}"


def _money_or_percent(
    found: "re.Match[str]", numbers: list[str], tail: str, text: str, habits: EnglishHabits
) -> Figure | None:
    """Return a sign on the wrong side, an abbreviation of a currency, and per cent as others write it."""
    if tail == "%" and found["gap"]:
        if text[found.end() : found.end() + 1] == ">":
            return None  # the end of a template's tag
        if found["gap"] != " " and habits.fixes_units:
            return None
        return Figure("percent-space", found.start("gap"), found.end("tail"), (("%", True),), doubtful=True)
    if tail.lower() in ("percents", "procent", "procents") or (
        tail.lower() == "per" and text[found.end() : found.end() + 6].lower() == " cents"
    ):
        word = "per cent" if tail.lower() == "per" else "percent"
        end = found.end("tail") + (6 if tail.lower() == "per" else -(found["tail"].endswith(".")))
        return Figure("percents", found.start("tail"), end, ((word, True),))
    if tail in SIGNS and not found["sign"] and not re.match(r"[\w{(]", text[found.end() : found.end() + 1]):
        if tail == "$" and habits.documentation:
            return None
        if len(numbers) == 1 and not re.match(r"\s?\d", text[found.end() : found.end() + 2]):
            return Figure("sign-after", found.start("one"), found.end("tail"), ((f"{SIGNS[tail]}{numbers[0]}", True),))
        return None
    if found["sign"] and found["sign"][-1] in SPACES and found["sign"][-2] in "$€£":
        if habits.documentation:
            return None
        start = found.start("sign")
        end = found.end("one")
        return Figure("sign-space", start, end, ((f"{found['sign'][:-1]}{found['one']}", True),))
    if (
        tail in _SINGULAR
        and found["gap"]
        and numbers != ["1"]
        and _BEHIND.match(text[found.end("tail") : found.end() + 8])
    ):
        end = found.end("tail") - found["tail"].endswith(".")
        return Figure("currency-singular", found.start("tail"), end, ((f"{tail}s", True),), doubtful=True)
    if tail in CURRENCIES and tail not in MONEY:
        one, many = CURRENCIES[tail]
        end = found.end("tail")
        if found["tail"].endswith(".") and re.match(r"\s+[A-Z“\"]|\s*$", text[end : end + 3]):
            end -= 1
        name = one if numbers == ["1"] else many
        gap = "" if found["gap"] else " "
        return Figure("currency-abbreviation", found.start("tail"), end, ((gap + name, False),), doubtful=tail == "TL")
    return None


_BEFORE = lazy(r"(?<![\w%/=&.+(\[{~-])%(\d{1,3}(?:[.,]\d+)?(?:[-–]\d{1,3}(?:[.,]\d+)?)?)(?![\w%])(?!\.\d)")
_PERCENT_WORD = lazy(
    r"\b(?:by|of|about|than|to|from|with|is|was|over|nearly) (?P<mark>per ?cent (?P<n>\d{1,3}(?:[.,]\d+)?))\b(?![.,]\d)"
)


def _percent_before(text: str, low: int, high: int) -> Iterator[Figure]:
    """Yield a per cent sign before its number, as Turkish and Basque have it."""
    for found in _BEFORE.finditer(text, low, high):
        number = found[1].replace(",", ".")
        if not re.search(r"[\w,] $", text[max(0, found.start() - 2) : found.start()]) and not re.match(
            r" (?:of|more|less)\b", text[found.end() : found.end() + 6]
        ):
            continue  # a code, alone or in a row
        yield Figure("percent-before", found.start(), found.end(), ((f"{number}%", True),))
    for found in _PERCENT_WORD.finditer(text, low, high):
        number = found["n"].replace(",", ".")
        yield Figure("percent-before", *found.span("mark"), ((f"{number} {found['mark'].rpartition(' ')[0]}", True),))
