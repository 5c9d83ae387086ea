"""What a document shows of the way in which it writes figures: its dates, its clock, its decimal marks."""

import re
from collections import Counter
from functools import cached_property

from corrigenda.expressions import lazy
from corrigenda.languages.base import Habits
from corrigenda.languages.en.figures.words import MONTH, MONTHS

_DECIMAL_COMMA = lazy(r"(?<![\d,.])\d{1,3},\d{1,2} ?(?:%|per ?cent|million|billion|km\b|kg\b|degrees)")
_POINT_GROUPS = lazy(
    r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])|(?<![\d.,])\d{1,3}\.\d{3}(?:,\d{1,2})? (?:euros?|people)\b"
)
_LONG_DECIMALS = lazy(r"(?<![\d.,])\d{1,3}\.(?:\d{4,}|\d\d[1-9])(?![\d.])")
_WIRE = lazy(r"\b(?:dlrs|pct|mln dlrs|bln dlrs|shrs|stg|cts|mths)\b")
_LAKH = lazy(r"\b(?:Rs\.?|rupees|lakhs?|crores?|India|Indian|Delhi|Mumbai|Pakistan|Bangladesh|Nepal)\b")
_DAY_FIRST = lazy(rf"\b\d{{1,2}} {MONTH}\b")
_MONTH_FIRST = lazy(rf"\b{MONTH} \d{{1,2}}\b(?!\d)")
_HALF_DAYS = lazy(r"\d ?(?:[ap]\.?m\b\.?)")
_NUMERIC_DATES = lazy(r"(?<![\w.])\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b")
_BARE_DAY = lazy(r"\b[Oo]n the \d{1,2}(?:st|nd|rd|th)(?=[,;.)]|$|\s(?:local time|that|at|to|when|after|by|in|and)\b)")
_EAST_ASIA = lazy(
    r"\b(?:China|Chinese|Beijing|Shanghai|Xinhua|Japan|Japanese|Tokyo|Osaka|Kyodo|NHK|Korean?|Seoul|Busan|Yonhap"
    r"|Taiwan|Taipei|"
    r"Hong Kong|[A-Z]\w+ (?:Prefecture|Province)|yuan|yen|won|local time)\b"
)
_POINT_TIMES = lazy(r"\b[Aa]t (?:0\d|1[3-9]|2[0-3])\.(?:00|15|30|45)\b(?!\.?\d)")
_SPORT = lazy(
    r"\b(?:goals?|half-time|halftime|league|coach|striker|midfielder|goalkeeper|penalty|tournament|semi-?finals?"
    r"|quarter-?finals?|"
    r"playoffs?|championship|stadium|referee|fans|derby|football|hockey|volleyball|basketball|handball|tennis"
    r"|match(?:es)?|set)\b",
    re.IGNORECASE,
)
_LETTER_TIMES = lazy(r"\b(?:[Aa]t|[Ff]rom) \d{1,2} ?h\b")
_FIXED_UNITS = lazy("\\d[\u00a0\u202f\u2009](?:[kmcµnM]?[mgVWAΩlLJ]|°C|kΩ|MB|GB|Hz|kHz)\\b")
_MONTH_NAME = lazy(rf"\b{MONTH}\b")


class EnglishHabits(Habits):
    """How a document in English writes its figures; each is found out when it is first asked for."""

    @cached_property
    def has_decimal_commas(self) -> bool:
        """Whether a decimal comma stands before a unit somewhere."""
        return _DECIMAL_COMMA.search(self.text) is not None

    @cached_property
    def has_point_groups(self) -> bool:
        """Whether full stops surely stand between groups of three digits somewhere."""
        return _POINT_GROUPS.search(self.text) is not None

    @cached_property
    def has_long_decimals(self) -> bool:
        """Whether three decimal places and more are written."""
        return _LONG_DECIMALS.search(self.text) is not None

    @cached_property
    def is_wire(self) -> bool:
        """Whether the text has a wire service's own abbreviations."""
        return _WIRE.search(self.text) is not None

    @cached_property
    def counts_in_lakhs(self) -> bool:
        """Whether the text speaks of a country whose English has lakh and crore."""
        return _LAKH.search(self.text) is not None

    @cached_property
    def day_first(self) -> bool:
        """Whether the day stands before the month: as the text has it, else as its standard does."""
        day, month = (sum(1 for _ in own.finditer(self.text)) for own in (_DAY_FIRST, _MONTH_FIRST))
        if day != month:
            return day > month
        return self.tag not in ("", "en-US")

    @cached_property
    def has_half_days(self) -> bool:
        """Whether hours are counted to twelve, with a.m. and p.m."""
        if _HALF_DAYS.search(self.text) is not None:
            return True
        return self.tag == "en-US"

    @cached_property
    def has_numeric_dates(self) -> bool:
        """Whether a date with full stops and a year stands somewhere."""
        return _NUMERIC_DATES.search(self.text) is not None

    @cached_property
    def has_bare_days(self) -> bool:
        """Whether days are told without their months, in a text that speaks of East Asia."""
        if _BARE_DAY.search(self.text) is None:
            return False
        return sum(1 for _ in _EAST_ASIA.finditer(self.text[:20_000])) >= 2

    @cached_property
    def months_near(self) -> tuple[int, ...]:
        """The month that the text names most, by its number; none where it names no month."""
        names = Counter(found[0] for found in _MONTH_NAME.finditer(self.text))
        names.pop("May", None) if len(names) > 1 else None
        return tuple(MONTHS.index(name) + 1 for name, _ in names.most_common(1))

    @cached_property
    def has_point_times(self) -> bool:
        """Whether a full stop stands between hour and minute somewhere."""
        return _POINT_TIMES.search(self.text) is not None

    @cached_property
    def is_sport(self) -> bool:
        """Whether the text is about sport: it has two words at least that go with matches."""
        return len({found[0].lower() for found in _SPORT.finditer(self.text[:20_000])}) >= 2

    @cached_property
    def has_letter_times(self) -> bool:
        """Whether a time of day has an h behind it somewhere."""
        return _LETTER_TIMES.search(self.text) is not None

    @cached_property
    def fixes_units(self) -> bool:
        """Whether no-break spaces stand before symbols of units, as the SI brochure has it for all of them, “%” too."""
        return next(_FIXED_UNITS.finditer(self.text), None) is not None
