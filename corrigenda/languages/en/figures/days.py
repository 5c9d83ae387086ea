"""Days without their months, as East Asian agencies tell their news: “On the 24th, the ministry said …”."""

import re
from collections.abc import Iterator

from corrigenda.expressions import lazy
from corrigenda.languages.base import Figure
from corrigenda.languages.en.figures.dates import date
from corrigenda.languages.en.figures.habits import EnglishHabits
from corrigenda.languages.en.figures.words import MONTH

KINDS = ("bare-day",)
SCAN = r"(?i)\b(?:on|morning of|evening of|afternoon of|night of|until|since|from|by) the [0-9]{1,2}(?:st|nd|rd|th)\b"
_BARE = lazy(
    r"\b(?:[Oo]n|[Mm]orning of|[Ee]vening of|[Aa]fternoon of|[Nn]ight of|[Uu]ntil|[Ss]ince|[Ff]rom"
    r"|[Bb]y) (?P<mark>the (?P<day>\d{1,2})(?:st|nd|rd|th))"
    r"(?![^.]{0,20}(?:every|each) month)(?=[,;.)]|$|\s(?:local time|that|at|to|when|after|by|in|and|for|with|because"
    r"|he|she|they|it|the)\b|\s\()"
)


def find(text: str, low: int, high: int, habits: EnglishHabits) -> Iterator[Figure]:
    """Yield days without a month, where the text tells its news so, as East Asian agencies do."""
    if not habits.has_bare_days:
        return
    for found in _BARE.finditer(text, low, high):
        day = int(found["day"])
        if 1 <= day <= 31 and not re.search(rf"{MONTH}[^.]{{0,60}}$", text[max(0, found.start() - 80) : found.start()]):
            months = habits.months_near
            advice = tuple((date(day, month, "", habits), False) for month in months)
            yield Figure("bare-day", *found.span("mark"), advice, doubtful=True)
