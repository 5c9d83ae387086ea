"""English denials, opposites and numbers: what tells two sentences apart that otherwise share their words."""

from collections.abc import Mapping
from types import MappingProxyType

from corrigenda.expressions import lazy
from corrigenda.languages.base import Claims

NUMBERS: Mapping[str, int] = MappingProxyType(
    {
        word: value
        for value, word in enumerate(
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
            "eighteen nineteen twenty".split(),
            2,
        )
    }
)


class EnglishClaims(Claims):
    """The English ones."""

    denials = frozenset("no not never none nobody nothing neither nor without cannot".split())
    # Own list; what it forgets costs a false alarm.
    opposites = tuple(
        (one, other)
        for one, _, other in (
            pair.partition("/")
            for pair in (
                "rose/fell rise/fall rising/falling risen/fallen open/clos more/fewer more/less most/least "
                "before/after first/second first/last earl/lat confirm/den increas/decreas increas/reduc grew/shrank "
                "gain/los up/down north/south east/west start/end began/ended begin/end new/old accept/reject "
                "accept/refus approv/reject agree/refus agree/disagree won/lost win/los high/low arriv/left arriv/leav "
                "enter/left bought/sold buy/sell men/women man/woman boys/girls father/mother husband/wife "
                "son/daughter brother/sister morning/evening day/night summer/winter support/oppos allow/ban "
                "allow/forb lift/impos free/arrest releas/arrest releas/detain public/private inside/outside "
                "left/right best/worst better/worse long/short success/fail for/against can/cannot add/remov "
                "import/export attack/defen expensive/cheap young/old birth/death live/die"
            ).split()
        )
    )
    numbers = NUMBERS
    part_of_number = lazy(
        r"\b[Oo]ne of (?:the |these |those |its |his |her |their |only )?((?:"
        + "|".join(NUMBERS)
        + r"|\d{1,3})\b(?: other)?)"
    )
    part_of_number_hint = lazy(
        r"(?i)\bone of (?:\w+ )?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})\b"
    )

    def excludes(self, number: str) -> bool:
        """Return whether group 1 of `part_of_number` counts the subject out: "one of the three other regions"."""
        return "other" in number
