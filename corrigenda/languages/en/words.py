"""Small closed sets of English words, and the stems by which two texts are compared."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from corrigenda.expressions import lazy

STEM = 6
"""Letters of a word that are compared: enough to find its other forms."""
STOP = frozenset(
    """the and for with from was were are been its this that has have had will would can could more than about all one
    who which what when where there also said after over out into not but how you your our his her their they she him
    them get see read here who may might must only other some such then these those through very just now new""".split()
)
"""Words of three letters and more that are in every text and say nothing of what it is about."""
SPEAKERS = frozenset("i me my mine we us our ours you your yours i'm i've you're we're i’m i’ve you’re we’re".split())
"""Words of somebody who speaks of himself or to the reader."""
_LETTERS = lazy(r"[a-z]{3,}")


def stems(text: str) -> set[str]:
    """Return the beginnings of a text's content words: enough to see what it shares with another text."""
    return {word[:STEM] for word in _LETTERS.findall(text.lower()) if word not in STOP}


_CONSONANT_SOUND = lazy(r"(?:uni(?!m|n|d)|unid(?!e|i)|u(?:s[aeiu]|tili|topi|biq|ran)|eu|ewe|one(?![a-z])|once)")
_VOWEL_SOUND = lazy(r"(?:hour|honest|honou?r|heir)")


def article(word: str) -> str:
    """Return the indefinite article that a word takes, by its first sound as far as its letters tell."""
    if len(word) > 1 and word.isupper():
        return "an" if word[0] in "AEFHILMNORSX" else "a"  # read letter by letter
    lowered = word.lower()
    if _VOWEL_SOUND.match(lowered):
        return "an"
    return "an" if lowered[:1] in tuple("aeiou") and not _CONSONANT_SOUND.match(lowered) else "a"


def lists() -> Mapping[str, Sequence[str]]:
    """Return the word lists of corpora/lists, by name."""
    from corrigenda import resources

    result: dict[str, Sequence[str]] = {}
    for path in sorted(resources.path("corpora", "lists").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        result[path.stem] = tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    return MappingProxyType(result)
