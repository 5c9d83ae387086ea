"""Towns of the Cyrillic world: are two spellings one town, or two known towns?

The data is `corpora/gazetteer_cyrl.txt.gz`, made by benchmarks/build_gazetteer.py from GeoNames (CC BY 4.0), read
once and only when a pair is in doubt. Towns are looked up by the sounds of their names, so any scheme finds them.
"""

from collections.abc import Mapping
from enum import Enum
from functools import cache, cached_property, lru_cache

from corrigenda.names.files import text_of
from corrigenda.names.romanise import symbols

HEADER = "# Sounds of Cyrillic town names, one town a line. Derived from GeoNames (CC BY 4.0). See NOTICE."


class Places(Enum):
    """What the gazetteer says of two spellings."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


_MANY = 100
"""Questions after which a table of all names has cost less than looking through the text for each."""


class Gazetteer:
    """The towns by the sounds of their names. A town is known by where its line begins.

    A document asks for a few names, which are found fastest in the text as it is; a collection asks for thousands.
    """

    def __init__(self, text: str) -> None:
        """`text`: a town a line, its names divided by a space."""
        self._text = f"\n{text}\n".replace("\n", " \n ")  # a space on each side of every name
        self._asked = 0

    def towns(self, sounds: str) -> frozenset[int]:
        """Return the towns that have a name."""
        self._asked += 1
        if self._asked > _MANY:
            return self._by_sounds.get(sounds, frozenset())
        found = set()
        wanted = f" {sounds} "
        at = self._text.find(wanted) if sounds else -1
        while at >= 0:
            found.add(self._text.rfind("\n", 0, at))
            at = self._text.find(wanted, at + 1)
        return frozenset(found)

    @cached_property
    def _by_sounds(self) -> Mapping[str, frozenset[int]]:
        towns: dict[str, list[int]] = {}
        at = -1
        for line in self._text.split("\n"):
            for sounds in line.split():
                towns.setdefault(sounds, []).append(at)
            at += len(line) + 1
        return {sounds: frozenset(found) for sounds, found in towns.items()}


@cache
def _shipped() -> Gazetteer:
    return Gazetteer(text_of("gazetteer_cyrl.txt.gz"))


@lru_cache(1 << 14)
def _towns(sounds: str) -> frozenset[int]:
    return _shipped().towns(sounds)


def is_place(name: str) -> bool:
    """Return whether a spelling is the name of a town under some scheme."""
    return bool(_towns(symbols(name)))


def compare(first: str, second: str) -> Places:
    """Return whether two spellings share a town, are known as different towns only, or are not both known."""
    one, other = _towns(symbols(first)), _towns(symbols(second))
    if not one or not other:
        return Places.UNKNOWN
    return Places.SAME if one & other else Places.DIFFERENT
