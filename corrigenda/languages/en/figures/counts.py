"""Numbers in words and how many times: hundred thousands of people, one and a half thousand, by 2 times."""

import re
from collections.abc import Iterator

from corrigenda.expressions import lazy
from corrigenda.languages.base import Figure
from corrigenda.languages.en.figures.habits import EnglishHabits

KINDS = ("count-plural", "count-half", "count-of", "count-several", "multiplier")
SCAN = (
    r"(?i)\b(?:hundred|ten) (?:thousands|millions) of\b|\b(?:tens|hundreds|thousands) of (?:thousand|million"
    r"|billion)\b|\bdozens of (?:thousand|million|billion)s?\b"
    r"|\band a half thousand\b|\bhalf a thousand\b|\b(?:dozen|hundred|thousand|million|billion) of [a-z]"
    r"|\b(?:several|few|two|three|four|five|six|seven|eight|nine|ten) (?:hundreds|thousands|millions|billions)\b"
    r"|\b(?:in|by) (?:\w+ (?:than )?)?(?:[0-9]|two|three|four|five|six|seven|eight|nine|ten)[0-9.,]* times\b"
)
_SCALE = "hundred|thousand|million|billion"
_HUNDRED = lazy(r"\b(?P<mark>(?P<one>[Hh]undred|[Tt]en) (?P<many>thousands|millions)) of\b")
_TENS = lazy(
    r"\b(?P<tens>[Tt]ens|[Hh]undreds|[Tt]housands|[Dd]ozens) of (?P<scale>thousand|million|billion)(?P<s>s)?\b"
)
_HALF = lazy(
    r"\b(?:(?P<more>(?:one|1) and a half|half a) thousand|(?P<n>two|three|four|five|six|seven|eight|nine"
    r"|\d{1,2}) and a half thousand)\b(?P<of> of)?",
    re.IGNORECASE,
)
_NUMBERS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_OF = lazy(
    r"(?P<before>\b(?:[Aa]|[Oo]ne|[Pp]er|[Tt]he|[Ee]very|[Tt]hat|[Hh]alf an?|[Ff]irst|[Ll]ast|[Ss]everal|[Ff]ew"
    r"|[Mm]any|hundred|thousand|ten|\d) |\d )?"
    r"\b(?P<mark>(?P<word>[Dd]ozen|[Hh]undred|[Tt]housand|[Mm]illion|[Bb]illion) of)(?= (?!the\b|them|these|those"
    r"|its|his|her|their|our|us\b|which|whom)[a-z]+(?:s|people|men|women|children)\b)"
)
_SEVERAL = lazy(
    rf"\b(?P<before>[Ss]everal|[Ff]ew|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine"
    rf"|[Tt]en) (?P<mark>(?P<scale>{_SCALE})s(?P<of> of)?)\b"
    r"(?! (?:the|them|these|those|its|his|her|their|our|us)\b)(?= [a-z])"
)
_TIMES = lazy(
    r"\b(?P<verb>[Ii]ncreas(?:ed?|es|ing)|[Gg]r[eo]w(?:n|s|th|ing)?|[Rr]ose|[Rr]isen|[Rr]is(?:es?|ing)"
    r"|[Dd]ecreas(?:ed?|es|ing)|fell|fallen|drop(?:ped|s)?|"
    r"declined?|reduc(?:ed?|es|ing)|more|higher|less|lower|fewer|larger|smaller|cheaper|faster|up|down|multiplied"
    r"|exceed(?:s|ed)?)"
    r"(?P<between>[^.;:,\d]{0,40}?) (?P<mark>(?P<by>in|by) (?P<about>(?:almost|nearly|more than|about|over|at least"
    r"|approximately) )?"
    r"(?P<n>\d+(?:[.,]\d+)?|two|three|four|five|six|seven|eight|nine|ten) times)\b(?! (?:a|per|each|every)\b)"
)


def find(text: str, low: int, high: int, habits: EnglishHabits) -> Iterator[Figure]:
    """Yield numbers in words, and multiples, that are worded as elsewhere."""
    for found in _HUNDRED.finditer(text, low, high):
        before = text[max(0, found.start() - 8) : found.start()].lower()
        if re.search(r"(?:\ba|\bone|\d|\w+ty|hundred|several) $", before):
            continue
        tens = "hundreds" if found["one"].lower() == "hundred" else "tens"
        tens = tens.capitalize() if found["one"][0].isupper() else tens
        yield Figure("count-plural", *found.span("mark"), ((f"{tens} of {found['many']}", True),))
    for found in _TENS.finditer(text, low, high):
        tens = found["tens"]
        if tens.lower() == "dozens":
            written = f"{'Tens' if tens[0] == 'D' else 'tens'} of {found['scale']}s"
        elif not found["s"]:
            written = f"{tens} of {found['scale']}s"
        else:
            continue
        if re.match(r" (?!of\b|and\b|to\b|in\b|or\b|were\b|have\b|are\b)[a-z]", text[found.end() : found.end() + 6]):
            written += " of"
        yield Figure("count-plural", *found.span(), ((written, True),), doubtful=tens.lower() == "dozens")
    for found in _HALF.finditer(text, low, high):
        if found["more"]:
            number = "500" if found["more"].lower() == "half a" else "1,500"
        else:
            whole = int(found["n"]) if found["n"].isdigit() else _NUMBERS.index(found["n"].lower())
            number = f"{whole},500"
        yield Figure("count-half", *found.span(), ((number, False),), doubtful=True)
    for found in _OF.finditer(text, low, high):
        if found["before"]:
            continue
        yield Figure("count-of", *found.span("mark"), ((f"{found['word']}s of", False),), doubtful=True)
    for found in _SEVERAL.finditer(text, low, high):
        written = found["scale"]
        if not found["of"] and found["before"][0].islower() and found["before"] in ("several", "few"):
            continue
        small = found["before"].lower() in ("several", "few")
        yield Figure("count-several", *found.span("mark"), ((written, True),), doubtful=small)
    for found in _TIMES.finditer(text, low, high):
        number = found["n"].replace(",", ".")
        fold = {"2": "two", "3": "three", "4": "four", "5": "five"}.get(number, number)
        about = found["about"] or ""
        if found["verb"] in ("more", "higher", "less", "lower", "fewer", "larger", "smaller", "cheaper", "faster"):
            continue
        written = f"{about}{fold}fold" if fold.isalpha() else f"{about}{fold} times"
        yield Figure("multiplier", *found.span("mark"), ((written, False),), doubtful=found["by"] == "by")
