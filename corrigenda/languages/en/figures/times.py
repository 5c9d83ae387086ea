"""Times of day as the world writes them: 20h30, 19.00, at 14 o'clock, 20 Uhr, at 15 hours 30 minutes."""

import re
from collections.abc import Iterator

from corrigenda.expressions import lazy
from corrigenda.languages.base import Figure
from corrigenda.languages.en.figures.habits import EnglishHabits

KINDS = (
    "clock-h",
    "clock-point",
    "clock-hours",
    "clock-words",
    "clock-half-day",
    "clock-range",
    "clock-bare",
    "clock-of",
)
SCAN = (
    r"(?i)\b[0-9]{1,2} ?h\.? ?[0-5][0-9]|\b(?:at|from|until|till|by|around) [0-9]{1,2} ?h\b|[0-9][0-9]? ?uhr\b"
    r"|\b(?:at|from|until|till|by|between|to|and|before|after|since) [0-9]{1,2}\.[0-5][0-9]\b"
    r"|[0-9]{1,2}\.[0-5][05] ?(?:[-–—]|to|and|until|till) ?[0-9]{1,2}\.[0-5][05]\b"
    r"|[0-9][:.][0-5][0-9] ?(?:hours|o['’]?clock|h\b|hs\b|hrs?\b)|\b(?:1[3-9]|2[0-4]) (?:o['’]clock|hours)"
    r"|[0-9](?: o['’]clock)? of the (?:morning|afternoon|evening|night)|\b(?:to|and) 1?[0-9] ?h\b"
    r"|\bat [0-9]{1,2} ?h(?:ours?|\.)?,? (?:and )?[0-9]{1,2} ?min"
    r"|(?:1[3-9]|2[0-3])[:.][0-5][0-9] ?(?:[ap]\.?m\b|in the (?:afternoon|evening)|at night)|\bat (?:1[3-9]"
    r"|2[0-4]) in the (?:afternoon|evening)"
    r"|\bfrom [0-9]{1,2} to (?:1[3-9]|2[0-4])\b|\bat (?:1[3-9]|2[0-4])(?:[.,;)]|$| )"
)
_AT = (
    r"\b(?P<at>[Aa]t|[Ff]rom|[Uu]ntil|[Tt]ill|[Bb]y|[Aa]round|[Bb]etween|[Tt]o|[Aa]nd|[Bb]efore|[Aa]fter|[Ss]ince"
    r"|[Aa]bout) "
)
_H = lazy(r"(?<![\w.,:/-])(?P<hour>[01]?\d|2[0-4]) ?[hH]\.? ?(?P<minute>[0-5]\d)(?: ?(?:min\b\.?|m\b))?(?!\w|:\d)")
_H_ALONE = lazy(
    r"\b(?P<at>[Aa]t|[Ff]rom|[Uu]ntil|[Tt]ill|[Bb]y|[Aa]round) (?P<mark>(?P<hour>[01]?\d|2[0-4]) ?[hH])(?![\w:/-])"
)
_POINT = lazy(
    _AT + r"(?P<mark>(?P<hour>[01]?\d|2[0-4])\.(?P<minute>[0-5]\d))(?![\w%]|[.,:]\d|-)"
    r"(?!\s?(?:%|[apAP]\.?[mM]\b|per\b|dlrs?\b|mln|million|billion|thousand|euros?|dollars?|pounds?|cents|points?"
    r"|degrees|k?m\b|kg\b|met|mil|kilo|"
    r"ton|hect|lit|inch|feet|seconds|minutes|years|times|yuan|yen|[€$£]))"
)
_POINTS = lazy(
    r"(?<![\w.,:/$€£-])(?P<hour>[01]?\d|2[0-4])\.(?P<minute>[0-5][05])(?P<to>\s?[-–—]\s?|\s(?:to|and|until|till)\s)"
    r"(?P<hour2>[01]?\d|2[0-4])\.(?P<minute2>[0-5][05])(?![\w%]|[.,:]\d)(?!\s?(?:%|[ap]\.?m\b|per\b|million|billion"
    r"|euros?|m\b|kg\b|[€$£]))"
)
_HOURS = lazy(
    r"(?:\b(?P<at>[Aa]t|[Ff]rom|[Uu]ntil|[Tt]ill|[Bb]y|[Aa]round|[Bb]etween|[Tt]o|[Aa]nd|[Bb]efore|[Aa]fter"
    r"|[Ss]ince) )?"
    r"(?<![\w.,:/-])(?P<mark>(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))? ?"
    r"(?P<word>hours\b|o['’]?clock\b|h\b\.?|hs\b\.?|hrs?\b\.?|[Uu]hr\b))(?![/-])"
)
_WORDS = lazy(
    r"\b[Aa]t (?P<mark>(?P<hour>[01]?\d|2[0-4]) ?h(?:ours?|rs?|\.)?,? (?:and )?(?P<minute>[0-5]?\d) ?min(?:utes?|s)?\b)"
)
_HALF_DAY = lazy(
    r"(?<![\w.,:/-])(?P<hour>1[3-9]|2[0-3])[:.](?P<minute>[0-5]\d) ?(?:[aApP]\.?[mM]\b\.?|in the (?:afternoon"
    r"|evening)\b|at night\b)"
)
_HALF_DAY_ALONE = lazy(r"\b[Aa]t (?P<mark>(?P<hour>1[3-9]|2[0-3]) in the (?:afternoon|evening)\b)")
_OF = lazy(
    r"(?<![\w.,:/-])(?P<mark>(?P<hour>1[0-2]"
    r"|0?\d)(?:[:.](?P<minute>[0-5]\d))?(?: o['’]clock)? of the (?P<part>morning|afternoon|evening|night))\b"
)
_RANGE = lazy(
    r"\b[Ff]rom (?P<mark>(?P<hour>[01]?\d|2[0-4]) to (?P<hour2>1[3-9]|2[0-4]))(?P<word> hours\b| o['’]clock\b)?"
    r"(?=[.,;)]|$|\s(?:on|today|tomorrow|local|because|due|every|daily|and|without|at|except|in|for|Monday|Sunday"
    r"|with)\b)"
)
_SCHEDULE = lazy(
    r"(?i)\b(?:open(?:s|ed|ing)?|work(?:s|ing)? hours|works?|working|daily|weekdays?|weekends?|schedule|every day"
    r"|visit(?:s|ors)?|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|closed|switched off|outages?|cut off|traffic|today"
    r"|tomorrow)\b"
)
_COUNTING = lazy(
    r"(?i)\b(?:people|aged?|ages|years old|grades?|children|percent|per cent|degrees|rose|risen|fell|fall|increas\w+"
    r"|grew|grown|"
    r"reduc\w+|decreas\w+|shares?|index|points|seats|members|rang\w+|score|odds|up|down|countries|states|cents"
    r"|dollars|euros|"
    r"price[sd]?|chapters?|pages?|verses?|sections?|articles?)\b"
)
_BEGINS = lazy(
    r"\b(?:(?:[Bb]egins?|[Ss]tarts?|[Oo]pens?|[Cc]loses?|held|takes? place|took place|gather|meets?|kicks? off)"
    r"(?! to\b| \w+ing\b)(?: [\w’']+){0,5}|(?:began|started|opened|arrived|departed)) at "
    r"(?P<mark>(?P<hour>1[3-9]|2[0-4]))(?=[.,;)]|$|\s(?:on|in the (?:main|city|town|village)|and)\b)(?!,\d|\.\d)"
)


def time(hour: int, minute: int, habits: EnglishHabits) -> tuple[str, str]:
    """Return a time of day as the document has it, and in the other way."""
    long = f"{hour % 24}:{minute:02}"
    if hour in (0, 12, 24) and not minute:
        short = "noon" if hour == 12 else "midnight"
    else:
        short = f"{(hour - 1) % 12 + 1}{f':{minute:02}' if minute else ''} {'p.m.' if 12 <= hour < 24 else 'a.m.'}"
    return (short, long) if habits.has_half_days else (long, short)


def find(text: str, low: int, high: int, habits: EnglishHabits) -> Iterator[Figure]:
    """Yield times of day that are written as elsewhere."""
    if habits.documentation:
        return
    for found in _H.finditer(text, low, high):
        before = re.search(_AT + "$", text[max(0, found.start() - 9) : found.start()]) is not None
        hour = int(found["hour"])
        if found[0].isupper() and hour < 3:
            continue  # half-years: 1H20
        if not before and found[0].endswith(("min", "m", ".")) and " " in found[0]:
            continue  # how long it took, in signs of units
        if before or hour >= 13:
            yield _clock("clock-h", found, found.span(), habits, safe=True)
        else:  # how long it took, or when it was
            length = f"{hour} {'hour' if hour == 1 else 'hours'} {int(found['minute'])} minutes"
            when = time(hour, int(found["minute"]), habits)[0]
            yield Figure("clock-h", *found.span(), ((length, False), (when, False)), doubtful=True)
    for found in _H_ALONE.finditer(text, low, high):
        yield _clock("clock-h", found, found.span("mark"), habits, safe=True)
    for found in _HOURS.finditer(text, low, high):
        figure = _hours(found, habits)
        if figure is not None:
            yield figure
    for found in _WORDS.finditer(text, low, high):
        yield _clock("clock-words", found, found.span("mark"), habits, safe=True)
    for found in _HALF_DAY.finditer(text, low, high):
        yield _clock("clock-half-day", found, found.span(), habits, safe=found[0][-2:].lower() != "a.")
    for found in _HALF_DAY_ALONE.finditer(text, low, high):
        yield _clock("clock-half-day", found, found.span("mark"), habits, safe=True)
    for found in _OF.finditer(text, low, high):
        hour = int(found["hour"])
        late = found["part"] in ("afternoon", "evening") or (found["part"] == "night" and 6 <= hour < 12)
        at = time(hour % 12 + (12 if late else 0), int(found["minute"] or 0), habits)
        yield Figure("clock-of", *found.span("mark"), tuple((one, True) for one in at))
    yield from _points(text, low, high, habits)
    if _SCHEDULE.search(text, low, high):
        for found in _RANGE.finditer(text, low, high):
            around = text[max(0, found.start() - 80) : found.end() + 60]
            if found["word"] or (_SCHEDULE.search(around) and not _COUNTING.search(around)):
                one, other = time(int(found["hour"]), 0, habits), time(int(found["hour2"]), 0, habits)
                end = found.end("word") if found["word"] else found.end("mark")
                written = tuple((f"{a} to {b}", False) for a, b in zip(one, other, strict=True))
                yield Figure("clock-range", found.start("mark"), end, written, doubtful=True)
    for found in _BEGINS.finditer(text, low, high):
        yield _clock("clock-bare", found, found.span("mark"), habits, safe=False, doubtful=True)


def _clock(
    kind: str,
    found: "re.Match[str]",
    span: tuple[int, int],
    habits: EnglishHabits,
    *,
    safe: bool,
    doubtful: bool = False,
) -> Figure:
    minute = int(found.groupdict().get("minute") or 0)
    text = found.string[span[0] : span[1]]
    written = tuple((one, safe) for one in time(int(found["hour"]), minute, habits) if one != text)
    end = (
        span[1] - 1 if text.endswith(".") and written[0][0].endswith(".") and span[1] == len(found.string) else span[1]
    )
    return Figure(kind, span[0], end, written, doubtful)


def _hours(found: "re.Match[str]", habits: EnglishHabits) -> Figure | None:
    """Return a time with a word behind it that English does not put there: 19:00 hours, 14 o'clock, 20 Uhr."""
    hour, word = int(found["hour"]), found["word"].rstrip(".").lower()
    at = (found["at"] or "").lower()
    if not found["minute"]:
        if word == "h" and at in ("to", "and") and hour >= 10 and habits.has_letter_times:
            return _clock("clock-hours", found, found.span("mark"), habits, safe=True)
        if word == "uhr" or (word.startswith("o") and hour >= 13) or (word == "hours" and at == "at" and hour >= 13):
            return _clock("clock-hours", found, found.span("mark"), habits, safe=True)
        return None
    if word in ("hours", "h", "hrs", "hr", "hs") and not (at and at not in ("by", "to", "and")) and hour < 13:
        return None  # how long it took
    return _clock("clock-hours", found, found.span("mark"), habits, safe=True, doubtful=word in ("hrs", "hr", "hours"))


def _points(text: str, low: int, high: int, habits: EnglishHabits) -> Iterator[Figure]:
    """Yield times with a full stop between hour and minute, which British copy has before “am” and “pm” alone."""
    for found in _POINTS.finditer(text, low, high):
        hours = (found["hour"], found["hour2"])
        round_ = found["minute"] in ("00", "30") and found["minute2"] in ("00", "30")
        around = text[max(0, found.start() - 60) : found.end() + 40]
        late = any(hour.startswith("0") or int(hour) >= 13 for hour in hours)
        if round_ and late and not _COUNTING.search(around):
            one = time(int(found["hour"]), int(found["minute"]), habits)
            other = time(int(found["hour2"]), int(found["minute2"]), habits)
            written = tuple((f"{a}{found['to']}{b}", True) for a, b in zip(one, other, strict=True))
            yield Figure("clock-point", *found.span(), written)
    for found in _POINT.finditer(text, low, high):
        around = text[max(0, found.start() - 60) : found.end() + 40]
        late = found["hour"].startswith("0") or int(found["hour"]) >= 13 or found["minute"] in ("00", "30")
        at = found["at"].lower()
        if not late or found["minute"][1] not in "05" or _COUNTING.search(around):
            continue
        if at in ("at", "until", "till", "around", "from") or habits.has_point_times:
            yield _clock("clock-point", found, found.span("mark"), habits, safe=False, doubtful=True)
