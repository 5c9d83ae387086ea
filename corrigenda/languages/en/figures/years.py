"""Years, decades and other calendars: 2031 year, the 90-s, 2014-2015 years, Reiwa 5, 1446 AH corresponding to."""

from collections.abc import Iterator

from corrigenda.expressions import lazy
from corrigenda.languages.base import Figure
from corrigenda.languages.en.figures.habits import EnglishHabits
from corrigenda.languages.en.figures.words import MONTH

KINDS = ("year-word", "year-article", "decade", "calendar", "months-of-year")
SCAN = (
    r"(?i)(?:1[0-9]|20)[0-9][0-9] years?\b|\b(?:in|of|since|until|from|by|during) year (?:1[0-9]|20)[0-9][0-9]"
    r"|\bthe year of (?:1[0-9]|20)[0-9][0-9]|\b(?:in|since|until|till|from|during) the (?:1[5-9]|20)[0-9][0-9]"
    r"(?:[,;:.)]|$| (?:he|she|they|it|was|were|when|there|we|until|till)\b)"
    r"|[0-9]0(?:['’]?s|-?ies|-?th|-?s|-?es|-?ties) years?\b|[0-9]0-(?:s|ies|ties)\b|[0-9]0ies|\byears ['’]?[0-9]0\b"
    r"|\bthe [0-9]{2,4}-?s?\s?[-–]\s?[0-9]{2,4}-?(?:s|ies)\b"
    r"|\b(?:corresponding to|coinciding with)\b|\b(?:Reiwa|Heisei|Showa|Minguo)\b|25[0-9][0-9] B\.?E\b"
    r"|\bmonths of (?:this year|last year|(?:19|20)[0-9])"
)
_YEAR_WORD = lazy(
    rf"(?:\b(?:[Ii]n|[Oo]f|[Bb]y|[Ss]ince|[Uu]ntil|[Ff]or|[Ff]rom|[Dd]uring|[Bb]efore|[Aa]fter|[Tt]ill|{MONTH},?) |^"
    rf"|(?<=[.!?] ))"
    r"(?P<mark>(?:the )?(?P<year>(?:1[0-9]|20)\d\d) year)\b(?=[,.;:)!?]|$|\s(?:and|the|it|he|she|they|there|was|were"
    r"|is|when|"
    r"in|on|at|to|by|we|for|a|an|has|had|that|with|as|after|before|from|will|more|only|over|about|because|but|which)\b)"
)
_YEARS = lazy(
    r"(?<![\w.,-])(?P<range>(?:1[5-9]|20)\d\d(?:\s?[-–—/]\s?|\s(?:and|to)\s)(?:(?:1[5-9]|20)\d\d"
    r"|\d\d)) years\b(?! (?:old|ago|later))"
)
_YEAR_BEFORE = lazy(
    r"\b(?P<before>[Ii]n|[Oo]f|[Ss]ince|[Uu]ntil|[Ff]rom|[Bb]y|[Dd]uring) (?P<mark>(?:year"
    r"|the year of) (?P<year>(?:1[5-9]|20)\d\d))\b(?![-–])"
)
_YEAR_ARTICLE = lazy(
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Dd]uring|[Ff]rom) (?P<mark>the (?P<year>(?:1[5-9]"
    r"|20)\d\d))(?=[,;:.](?!\d)|\)|$|"
    r"\s(?:he|she|they|it|was|were|when|there|we|until|till)\b)"
)
_DECADE_YEARS = lazy(
    r"(?<![\w.,-])(?P<century>1[5-9]|20)?(?P<tens>\d0)(?:(?:['’]?s|-s|-?ies|-?es) years?|(?:-?th"
    r"|-?ties) years)\b(?! (?:old|ago|of))"
)
_DECADE = lazy(r"(?<![\w.,-])(?P<century>1[5-9]|20)?(?P<tens>\d0)(?:-s|-?ies|-ties)\b")
_DECADES = lazy(
    r"(?<=[Tt]he )(?P<century>1[5-9]|20)?(?P<tens>[1-9]0)(?:-?s)?\s?[-–]\s?(?:1[5-9])?(?P<other>[1-9]0)-?(?:s|ies)\b"
    r"(?=[,.;]|$|\s(?:of|years|and|in|the)\b)"
)
_YEARS_DECADE = lazy(
    r"\b(?P<the>[Tt]he )?[Yy]ears (?P<mark>['’]?)(?P<tens>[3-9]0)(?:s|['’]s)?(?=[,.;:)]|$|\s(?:and|of|in|the|when"
    r"|was|were)\b)"
)
_HIJRI = lazy(
    r"(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?[A-Z][\w'’-]+(?: (?:al|Al"
    r"|El)?-?[A-Z]?[\w'’-]+)? (?:\d{1,2}, )?1[34]\d\d(?: ?(?:AH|A\.H\.|H))?,? "
    rf"(?:corresponding to|coinciding with|which corresponds to) (?:the )?(?P<date>\d{{1,2}}(?:st|nd|rd"
    rf"|th)?(?: of)? {MONTH}|{MONTH} \d{{1,2}})"
)
_WEEKDAY = lazy(
    r"\b(?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),? (?P<mark>(?:corresponding to"
    r"|coinciding with) )(?:the )?(?=\d|"
    rf"{MONTH})"
)
_ERA = lazy(
    r"\b(?P<era>Reiwa|Heisei|Showa|Minguo) (?:era )?(?P<n>\d{1,3})\b(?! ?[(]?\d)"
    r"|(?<![\w.,])(?P<buddha>25\d\d) (?:B\.E\.|BE\b)"
)
_ERAS = {"Reiwa": 2018, "Heisei": 1988, "Showa": 1925, "Minguo": 1911}
_MONTHS_OF = lazy(
    r"\b(?P<before>[Ff]or|[Ii]n|[Oo]ver|[Dd]uring) (?P<mark>(?:the )?(?P<n>\d{1,2}|three|six|nine"
    r"|eleven) months of)(?= (?:19|20)\d\d\b| (?:this|last) year\b)"
)
_WORDS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def find(text: str, low: int, high: int, habits: EnglishHabits) -> Iterator[Figure]:
    """Yield years, decades and dates of other calendars that are written as elsewhere."""
    yield from _years(text, low, high)
    yield from _calendars(text, low, high)


def _years(text: str, low: int, high: int) -> Iterator[Figure]:
    for found in _YEAR_WORD.finditer(text, low, high):
        yield Figure("year-word", *found.span("mark"), ((found["year"], True),))
    for found in _YEARS.finditer(text, low, high):
        yield Figure("year-word", *found.span(), ((found["range"], True),))
    for found in _YEAR_BEFORE.finditer(text, low, high):
        yield Figure("year-word", *found.span("mark"), ((found["year"], True),), doubtful=True)
    for found in _YEAR_ARTICLE.finditer(text, low, high):
        yield Figure("year-article", *found.span("mark"), ((found["year"], True),))
    for found in _DECADE_YEARS.finditer(text, low, high):
        yield Figure("decade", *found.span(), ((f"{found['century'] or ''}{found['tens']}s", True),))
    for found in _DECADE.finditer(text, low, high):
        yield Figure("decade", *found.span(), ((f"{found['century'] or ''}{found['tens']}s", True),))
    for found in _DECADES.finditer(text, low, high):
        tens = f"{found['century'] or ''}{found['tens']}s and {found['century'] or ''}{found['other']}s"
        yield Figure("decade", *found.span(), ((tens, False),), doubtful=True)
    for found in _YEARS_DECADE.finditer(text, low, high):
        if found["the"] or found["mark"] or found[0].endswith("s"):
            the = found["the"] or "the "
            yield Figure("decade", *found.span(), ((f"{the}19{found['tens']}s", False),))


def _calendars(text: str, low: int, high: int) -> Iterator[Figure]:
    for found in _HIJRI.finditer(text, low, high):
        yield Figure("calendar", *found.span(), ((found["date"], False),))
    for found in _WEEKDAY.finditer(text, low, high):
        yield Figure("calendar", found.end("day"), found.end(), ((", ", True),))
    for found in _ERA.finditer(text, low, high):
        year = int(found["buddha"]) - 543 if found["buddha"] else _ERAS[found["era"]] + int(found["n"])
        if 1912 <= year <= 2100:
            yield Figure("calendar", *found.span(), ((str(year), False),), doubtful=True)
    for found in _MONTHS_OF.finditer(text, low, high):
        number = int(found["n"]) if found["n"].isdigit() else _WORDS.index(found["n"])
        if 2 <= number <= 11:
            written = f"in the first {_WORDS[number]} months of"
            if found["before"][0].isupper():
                written = written.capitalize()
            yield Figure("months-of-year", found.start("before"), found.end("mark"), ((written, False),), doubtful=True)
