"""Towns of the Cyrillic world: are two spellings one town, or two known towns?

The data is `corpora/gazetteer_cyrl.txt.gz`, made by benchmarks/build_gazetteer.py from GeoNames (CC BY 4.0), read
once and only when a pair is in doubt. Towns are looked up by the sounds of their names, so any scheme finds them.
"""

from enum import Enum
from functools import cache

from corrigenda.names.romanise import symbols

HEADER = "# Sounds of Cyrillic town names, one town a line. Derived from GeoNames (CC BY 4.0). See NOTICE."


class Places(Enum):
    """What the gazetteer says of two spellings."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@cache
def _towns() -> dict[str, frozenset[int]]:
    import gzip

    from corrigenda import resources

    text = gzip.decompress(resources.path("corpora", "gazetteer_cyrl.txt.gz").read_bytes()).decode("utf-8")
    towns: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n")):
        if not line.startswith("#"):
            for sounds in line.split():
                towns.setdefault(sounds, []).append(number)
    return {sounds: frozenset(numbers) for sounds, numbers in towns.items()}


def is_place(name: str) -> bool:
    """Return whether a spelling is the name of a town under some scheme."""
    return symbols(name) in _towns()


def compare(first: str, second: str) -> Places:
    """Return whether two spellings share a town, are known as different towns only, or are not both known."""
    towns = _towns()
    one, other = towns.get(symbols(first)), towns.get(symbols(second))
    if one is None or other is None:
        return Places.UNKNOWN
    return Places.SAME if one & other else Places.DIFFERENT
