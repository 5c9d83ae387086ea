"""What a document shows of the way in which it writes figures: its dates, its clock, its decimal marks."""

from functools import cached_property

from corrigenda.expressions import lazy
from corrigenda.languages.base import Habits
from corrigenda.languages.en.figures.words import MONTH

_DECIMAL_COMMA = lazy(r"(?<![\d,.])\d{1,3},\d{1,2} ?(?:%|per ?cent|million|billion|km\b|kg\b|degrees)")
_POINT_GROUPS = lazy(
    r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])|(?<![\d.,])\d{1,3}\.\d{3}(?:,\d{1,2})? (?:euros?|people)\b"
)
_LONG_DECIMALS = lazy(r"(?<![\d.,])\d{1,3}\.(?:\d{4,}|\d\d[1-9])(?![\d.])")
_WIRE = lazy(r"\b(?:dlrs|pct|mln dlrs|bln dlrs|shrs|cts)\b")
_LAKH = lazy(r"\b(?:Rs\.?|rupees|lakhs?|crores?|India|Indian|Delhi|Mumbai|Pakistan|Bangladesh|Nepal)\b")
_DAY_FIRST = lazy(rf"\b\d{{1,2}} {MONTH}\b")
_MONTH_FIRST = lazy(rf"\b{MONTH} \d{{1,2}}\b(?!\d)")
_HALF_DAYS = lazy(r"\d ?(?:[ap]\.?m\b\.?)")


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
