"""Towns of the Cyrillic world: are two spellings one town, or two known towns?

The data is `corpora/gazetteer_cyrl.txt.gz`, made by benchmarks/build_gazetteer.py from GeoNames (CC BY 4.0), read
once and only when a pair is in doubt. Towns are looked up by the sounds of their names, so any scheme finds them.
"""

from enum import Enum
from functools import cache, lru_cache

from corrigenda.names.files import text_of
from corrigenda.names.romanise import symbols

HEADER = "# Sounds of Cyrillic town names, one town a line. Derived from GeoNames (CC BY 4.0). See NOTICE."


class Places(Enum):
    """What the gazetteer says of two spellings."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@cache
def _text() -> str:
    """The list with a space on each side of every name: one name a line is never looked for without its spaces."""
    return text_of("gazetteer_cyrl.txt.gz").replace("\n", " \n ")


@lru_cache(1 << 14)
def _towns(sounds: str) -> frozenset[int]:
    """Return where the lines begin that have a name; looking through the text is cheaper than making a table of it."""
    text = _text()
    wanted = f" {sounds} "
    found = set()
    at = text.find(wanted) if sounds else -1
    while at >= 0:
        found.add(text.rfind("\n", 0, at))
        at = text.find(wanted, at + 1)
    return frozenset(found)


def is_place(name: str) -> bool:
    """Return whether a spelling is the name of a town under some scheme."""
    return bool(_towns(symbols(name)))


def compare(first: str, second: str) -> Places:
    """Return whether two spellings share a town, are known as different towns only, or are not both known."""
    one, other = _towns(symbols(first)), _towns(symbols(second))
    if not one or not other:
        return Places.UNKNOWN
    return Places.SAME if one & other else Places.DIFFERENT
