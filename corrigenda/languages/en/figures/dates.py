"""Dates as the world writes them: 17.01.2024, 2024.01.17, the 27 of June, the 5. May, 27 june."""

import re
from collections.abc import Iterator

from corrigenda.expressions import lazy
from corrigenda.languages.base import Figure
from corrigenda.languages.en.figures.habits import EnglishHabits
from corrigenda.languages.en.figures.ordinals import roman
from corrigenda.languages.en.figures.words import MONTH, MONTHS

KINDS = (
    "numeric-date",
    "month-small",
    "month-comma",
    "day-of-month",
    "date-order",
    "date-preposition",
    "day-zero",
    "weekday-order",
    "part-of-month",
)
_ANY_MONTH = f"(?i:{MONTH})"
SCAN = (
    r"(?i)[0-9]\.\s?[0-9]{1,2}\.\s?[0-9][0-9]|(?:19|20)[0-9][0-9]\. ?[0-9]{1,2}\. ?[0-9]|[0-9][0-9]\.[0-9][0-9]\. [a-z]"
    r"|[0-9]/[0-9]{1,2} of |day,? (?:the )?[0-9]{1,2}\.[0-9]|\bon (?:0[0-9]\.[0-9]|[0-9][0-9][./][0-9][0-9])"
    r"|[0-9][. ][IVX]{1,4}[. ](?:19|20)[0-9]|\bon [0-9]{1,2}\.[01][0-9]\b"
    rf"|[0-9]\. ?{MONTH}\b|[0-9](?:-?(?:st|nd|rd|th|го))? of {MONTH}|\bthe [0-9]{{1,2}} {MONTH}"
    rf"|\b0[0-9] {MONTH}|{MONTH} 0[0-9]|{MONTH},? [0-9]{{1,2}} of (?:19|20)[0-9]|{MONTH} of (?:19|20)[0-9]"
    rf"|(?:19|20)[0-9][0-9] {MONTH} [0-9]|\bday [0-9]{{1,2}} (?:of )?{MONTH}"
    rf"|\b(?:last|past|next|this|in) [0-9]{{1,2}} (?:of )?{MONTH}|\bin {MONTH} [0-9]{{1,2}}, (?:19|20)"
    rf"|\bon {MONTH}, [0-9]"
    rf"|20[0-9][0-9]/[0-9]{{1,2}}/[0-9]|\b(?:in|since|until|from|by|of) [01][0-9]/20[0-9]|\bmid of {MONTH}"
    rf"|\bon [0-9]{{1,2}}\.[0-9]\. "
    rf"|[0-9],? (?:20[0-9][0-9],? )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    rf"|{MONTH},? (?:20[0-9][0-9],? )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    rf"|[0-9](?:st|nd|rd|th)?(?: of)? (?-i:{MONTH.lower()})\b"
    rf"|\b(?:in|since|until|till|during|early|late|on) (?-i:{MONTH.lower()})\b"
)
_SMALL = lazy(
    r"(?<![\w.])(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? |(?P<before>in|since|until|till|during|early|late|on) )"
    rf"(?P<month>{MONTH.lower()})\b(?P<year>,? (?:19|20)\d\d)?(?P<after> \d{{1,2}}\b)?"
)
_DOTTED = lazy(
    r"(?:(?<=[Oo]n )(?P<the>the )|(?<![\w.,/:-]))(?:(?P<first>\d{1,2})\.?(?P<to>\s?[-–]\s?|\s(?:to"
    r"|and)\s))?(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:1[5-9]|20)\d\d|\d\d)(?!\.?\d|[\w%-])"
    r"(?:\s?г\.?(?!\w)|\s?р\.?(?!\w)| year\b)?"
)
_YEAR_FIRST = lazy(
    r"(?<![\w.,/:-])(?P<year>(?:19|20)\d\d)(?:\. (?P<month2>\d{1,2})\. (?P<day2>\d{1,2})"
    r"|\.(?P<month>\d{1,2})\.(?P<day>\d{1,2}))(?![\w%-]"
    r"|\.\d)\.?(?=\s+[a-z(]|\s*[,;)\n]|\.?$)"
)
_SHORT = lazy(
    r"(?<!based )(?<!depending )\b(?:[Oo]n (?:the )?|(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur"
    r"|Sun)day,? (?:the )?))("
    r"?P<day>\d{1,2})(?P<mark>[./])(?P<month>[01]\d|\d(?=\.\s[a-z]))"
    r"(?P<end>\.(?=\s[a-z]))?(?![\w%/]|[.,]\d|\s?(?:%|per|million|billion|thousand|points?|a\.?m|p\.?m|h\b|hours))"
)
_SLASHES = lazy(r"(?<![\w.,/:-])(?P<year>20\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\w/-]|[.,]\d)")
_MONTH_YEAR = lazy(
    r"\b(?P<in>[Ii]n|[Ss]ince|[Uu]ntil|[Ff]rom|[Bb]y|[Oo]f) (?P<mark>(?P<month>0[1-9]"
    r"|1[0-2])/(?P<year>20\d\d))(?![\w/-]|[.,]\d)"
)
_WEEKDAY = lazy(
    rf"(?<![\w.,/:-])(?P<date>\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}}),? (?:(?P<year>20\d\d),? )?"
    r"(?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?! (?:morning|afternoon|evening|night))"
)
_MID = lazy(rf"\b(?P<part>[Mm]id) of (?P<month>{MONTH})\b")
_OF_YEAR = lazy(r"(?<![\w.,/])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?= of (?:last|this|the same|each|every|the) )")
_ROMAN = lazy(r"(?<![\w.])(?P<day>\d{1,2})[. ](?P<month>[IVX]{1,4})[. ](?P<year>(?:1[5-9]|20)\d\d)\b")
_POINT = lazy(
    rf"(?:(?P<before>\b(?:[Oo]n|[Ff]rom|[Uu]ntil|[Tt]ill|[Ss]ince|[Bb]y|[Tt]he) )"
    rf"|(?<![\w.,]))(?P<the>the )?(?P<day>\d{{1,2}})\.\s?"
    rf"(?P<month>{MONTH})\b(?P<year> (?:19|20)\d\d)?"
)
_OF = lazy(
    r"(?<![\w.,:/$€£-])(?P<the>[Tt]he )?(?:(?P<first>\d{1,2})(?P<to> (?:to|and|or) | ?[-–] ?))?"
    rf"(?P<day>\d{{1,2}})(?P<end>-?(?:st|nd|rd|th)|-го)? of (?P<month>{_ANY_MONTH})\b(?P<year>(?:,? of|,)? (?:19"
    rf"|20)\d\d)?"
)
_THE = lazy(
    rf"\b(?P<on>[Oo]n|[Ff]rom|[Uu]ntil|[Tt]ill|[Bb]y|[Ss]ince"
    rf"|[Oo]f) (?P<the>the )(?P<day>\d{{1,2}}) (?P<month>{MONTH})\b"
    r"(?P<year> (?:19|20)\d\d)?(?=[,.;:)]|$|\s(?:at|in|and|the|to|a|he|she|it|they|was|were|is|that|of|by|for|this"
    r"|when|after)\b)"
)
_OF_THE_YEAR = lazy(
    rf"(?<![\w.,:/-])(?:(?P<day>\d{{1,2}}) (?P<month>{MONTH})"
    rf"|(?P<month2>{MONTH}) (?P<day2>\d{{1,2}})),? of (?P<year>(?:19|20)\d\d)\b"
)
_YEAR_MONTH_DAY = lazy(
    rf"(?<![\w.,-])(?P<year>(?:19|20)\d\d) (?P<month>{MONTH}) (?P<day>\d{{1,2}})\b(?![\d,:]\d|:| [a-z]+s\b)"
)
_DAY = lazy(rf"\b(?:[Tt]he )?[Dd]ay (?P<day>\d{{1,2}}) (?:of )?(?P<month>{MONTH})\b(?P<year>,? (?:of )?(?:19|20)\d\d)?")
_LAST = lazy(
    rf"\b(?P<word>(?:[Tt]he )?(?:[Ll]ast|[Pp]ast|[Nn]ext)|[Tt]his) (?P<day>\d{{1,2}}) (?:of )?(?P<month>{MONTH})\b"
    r"(?! (?:days|games|matches))(?P<year>,? (?:of )?(?:19|20)\d\d)?"
)
_IN = lazy(
    rf"\b(?P<in>[Ii]n) (?:\d{{1,2}} {MONTH},? (?:19|20)\d\d|{MONTH} \d{{1,2}}, (?:19|20)\d\d)\b"
    r"(?=[,.;)]|$|\s(?:and|the|it|he|she|they|we|in|at|was|were|by|for|when|to)\b)"
)
_ZERO = lazy(rf"(?<![\w.:/,-])0(?P<day>[1-9]) (?P<month>{MONTH})\b|\b(?P<month2>{MONTH}) 0(?P<day2>[1-9])\b(?![\d:])")
_COMMA = lazy(rf"\b[Oo]n (?P<month>{MONTH})(?P<comma>,) \d{{1,2}}(?=[.,;]|$|\s(?:at|in|and|the|a)\b)")


def date(day: int, month: int, year: str, habits: EnglishHabits) -> str:
    """Return a date as the document or its standard has it; the year may be empty."""
    name = MONTHS[month - 1]
    if habits.day_first:
        return f"{day} {name} {year}".rstrip()
    return f"{name} {day}, {year}" if year else f"{name} {day}"


def _days(first: str, to: str, last: int, month: int, year: str, habits: EnglishHabits) -> str:
    """Return two days of a month, and the year."""
    name, days = MONTHS[month - 1], f"{int(first)}{to}{last}"
    if habits.day_first:
        return f"{days} {name} {year}".rstrip()
    return f"{name} {days}, {year}" if year else f"{name} {days}"


def _is_date(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)


def _number(month: str) -> int:
    return MONTHS.index(month.capitalize()) + 1


def find(text: str, low: int, high: int, habits: EnglishHabits) -> Iterator[Figure]:
    """Yield dates that are written as elsewhere."""
    yield from _numeric(text, low, high, habits)
    yield from _months(text, low, high, habits)
    yield from _orders(text, low, high, habits)


def _numeric(text: str, low: int, high: int, habits: EnglishHabits) -> Iterator[Figure]:
    for found in _DOTTED.finditer(text, low, high):
        short = len(found["year"]) == 2
        if habits.documentation and (
            short
            or not re.search(r"\b(?:[Oo]n|[Ff]rom|[Oo]f|[Uu]ntil)\s$", text[max(0, found.start() - 8) : found.start()])
        ):
            continue
        if short and (len(found["day"]) == 1 or len(found["month"]) == 1):
            continue
        year = found["year"] if not short else ("20" if int(found["year"]) < 40 else "19") + found["year"]
        yield from _read(found, int(found["day"]), int(found["month"]), year, habits, doubtful=short)
    if not habits.documentation:
        for found in _YEAR_FIRST.finditer(text, low, high):
            day, month = int(found["day"] or found["day2"]), int(found["month"] or found["month2"])
            if _is_date(day, month):
                end = found.end() - (found[0].endswith(".") and found.end() == len(text))
                yield Figure("numeric-date", found.start(), end, ((date(day, month, found["year"], habits), True),))
    for found in _SHORT.finditer(text, low, high):
        day, month = int(found["day"]), int(found["month"])
        padded = found["weekday"] or found["day"].startswith("0") or (found["mark"] == "/" and day > 12) or found["end"]
        if _is_date(day, month) and (padded or (habits.has_numeric_dates and found["mark"] == ".")):
            end = found.end("end") if found["end"] else found.end("month")
            doubtful = not (found["end"] or found["weekday"])
            yield Figure("numeric-date", found.start("day"), end, ((date(day, month, "", habits), False),), doubtful)
    for found in _SLASHES.finditer(text, low, high):
        day, month = int(found["day"]), int(found["month"])
        if _is_date(day, month) and not habits.documentation:
            yield Figure(
                "numeric-date", *found.span(), ((date(day, month, found["year"], habits), True),), doubtful=True
            )
    for found in _MONTH_YEAR.finditer(text, low, high):
        written = f"{MONTHS[int(found['month']) - 1]} {found['year']}"
        yield Figure("numeric-date", *found.span("mark"), ((written, True),), doubtful=True)
    for found in _OF_YEAR.finditer(text, low, high):
        day, month = int(found["day"]), int(found["month"])
        if _is_date(day, month) and day > 12:
            yield Figure("numeric-date", *found.span(), ((date(day, month, "", habits), True),))
    for found in _ROMAN.finditer(text, low, high):
        month = roman(found["month"])
        if _is_date(int(found["day"]), month):
            yield Figure(
                "numeric-date", *found.span(), ((date(int(found["day"]), month, found["year"], habits), True),)
            )


def _read(
    found: "re.Match[str]", day: int, month: int, year: str, habits: EnglishHabits, *, doubtful: bool
) -> Iterator[Figure]:
    """Yield a date with full stops: the day stands first; a second reading where the month might."""
    if found["first"]:
        if _is_date(day, month) and _is_date(int(found["first"]), month):
            yield Figure(
                "numeric-date", *found.span(), ((_days(found["first"], found["to"], day, month, year, habits), True),)
            )
        return
    written = [date(a, b, year, habits) for a, b in ((day, month), (month, day)) if _is_date(a, b)]
    if written:
        sure = len(set(written)) == 1 and not doubtful
        unique = dict.fromkeys(written)
        yield Figure("numeric-date", *found.span(), tuple((one, sure) for one in unique), doubtful)


def _months(text: str, low: int, high: int, habits: EnglishHabits) -> Iterator[Figure]:
    for found in _SMALL.finditer(text, low, high):
        month = found["month"]
        verbs = month in ("may", "march", "august")
        if verbs and not found["year"] and not (month == "august" and found["day"]):
            continue
        if not found["day"] and found["before"] == "on" and not found["after"]:
            continue
        yield Figure("month-small", *found.span("month"), ((month.capitalize(), True),))
    for found in _POINT.finditer(text, low, high):
        before = (found["before"] or "").strip().lower()
        day, month = int(found["day"]), _number(found["month"])
        if _is_date(day, month) and (before or found["year"]):
            start = (
                found.start("before") if before == "the" else found.start("the") if found["the"] else found.start("day")
            )
            written = date(day, month, (found["year"] or "").strip(), habits)
            yield Figure("day-of-month", start, found.end(), ((written, bool(found["year"] or before == "on")),))
    for found in _COMMA.finditer(text, low, high):
        yield Figure("month-comma", found.start("month"), found.end("comma"), ((found["month"], True),))


def _orders(text: str, low: int, high: int, habits: EnglishHabits) -> Iterator[Figure]:
    for found in _OF.finditer(text, low, high):
        year = found["year"] or ""
        ending = found["end"] or ""
        if ending and not ending.startswith("-") and " of" not in year and not found["first"]:
            continue
        day, month = int(found["day"]), _number(found["month"])
        if not _is_date(day, month) or (found["month"].islower() and month in (3, 5, 8) and not year):
            continue
        if found["first"]:
            written = _days(found["first"], found["to"], day, month, year[-4:], habits)
        else:
            written = date(day, month, year[-4:], habits)
        yield Figure("day-of-month", *found.span(), ((written, True),))
    for found in _THE.finditer(text, low, high):
        day, month = int(found["day"]), _number(found["month"])
        if _is_date(day, month):
            written = date(day, month, (found["year"] or "").strip(), habits)
            yield Figure("day-of-month", found.start("the"), found.end(), ((written, True),))
    for expression, doubtful in ((_OF_THE_YEAR, False), (_YEAR_MONTH_DAY, True), (_DAY, False), (_LAST, False)):
        for found in expression.finditer(text, low, high):
            names = found.groupdict()
            day = int(names["day"] or names.get("day2") or 0)
            month = _number(names["month"] or names.get("month2") or "")
            if not _is_date(day, month):
                continue
            written = date(day, month, (names["year"] or "")[-4:], habits)
            before = text[max(0, found.start() - 3) : found.start()].lower()
            if expression is _LAST or (expression is _DAY and before != "on "):
                written = written if before == "on " else f"on {written}"
                if found[0][0].isupper():
                    written = written[:1].upper() + written[1:]
            yield Figure("date-order", *found.span(), ((written, not doubtful),), doubtful)
    for found in _WEEKDAY.finditer(text, low, high):
        year = f"{',' if found['date'][0].isalpha() else ''} {found['year']}" if found["year"] else ""
        yield Figure("weekday-order", *found.span(), ((f"{found['day']}, {found['date']}{year}", True),), doubtful=True)
    for found in _MID.finditer(text, low, high):
        yield Figure("part-of-month", *found.span(), ((f"{found['part']}-{found['month']}", True),))
    for found in _IN.finditer(text, low, high):
        yield Figure("date-preposition", *found.span("in"), (("On" if found["in"][0].isupper() else "on", True),))
    for found in _ZERO.finditer(text, low, high):
        if not habits.documentation:
            at = "day" if found["day"] else "day2"
            yield Figure("day-zero", found.start(at) - 1, found.end(at), ((found[at], True),), doubtful=True)
