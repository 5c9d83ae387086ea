"""How names of a language are written, and how they come into Latin letters (`corpora/sources/letters`).

The Latin letters are a rough reading to be compared by `likeness`, no romanisation that could be printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from corrigenda.counterparts.data import table

_HANGUL = 0xAC00
_LAST_HANGUL = 0xD7A3


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language writes names.

    `cased`: they begin with a capital, and `nouns`: so does every noun. `ending` is how many letters at most a case
    adds to a name or changes of it. `spaced`: words are divided by spaces. `vowels`: all vowels are written.
    `prefixes` may be joined to a name; `particles` is how many letters of them may stand behind it.
    `elided`: an apostrophe divides words (l'Italie).
    """

    language: str = ""
    cased: bool = True
    nouns: bool = False
    ending: int = 2
    spaced: bool = True
    vowels: bool = True
    prefixes: tuple[str, ...] = ()
    particles: int = 0
    elided: bool = False
    letters: Mapping[str, str] = field(default_factory=dict)
    hangul: tuple[tuple[str, ...], ...] = ()
    readings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def in_latin(self) -> bool:
        """Whether its letters are Latin already."""
        return not (self.letters or self.hangul or self.readings)

    def latin(self, word: str) -> str:
        """Return a word in Latin letters; what has no reading is left as it is."""
        if self.in_latin or word.isascii():
            return word
        found: list[str] = []
        at = 0
        lowered = word.lower()
        while at < len(lowered):
            pair = self.letters.get(lowered[at : at + 2])
            if pair is not None and at + 1 < len(lowered):
                found.append(pair)
                at += 2
                continue
            letter = lowered[at]
            if letter in self.letters:
                found.append(self.letters[letter])
            elif self.hangul and _HANGUL <= ord(letter) <= _LAST_HANGUL:
                found.append(self._syllable(ord(letter) - _HANGUL))
            else:
                found.append(self.readings.get(letter, (letter,))[0])
            at += 1
        return "".join(found)

    def _syllable(self, number: int) -> str:
        initials, vowels, finals = self.hangul
        block, final = divmod(number, len(finals))
        initial, vowel = divmod(block, len(vowels))
        return initials[initial] + vowels[vowel] + finals[final]


@cache
def writing_of(language: str) -> Writing:
    """Return how a language writes names; one without a file is taken for one in Latin letters."""
    said = table("letters", language)
    readings: dict[str, list[str]] = {}
    for syllable, characters in said.get("readings", {}).items():
        for character in characters:
            readings.setdefault(character, []).append(syllable)
    return Writing(
        language=language,
        cased=said.get("cased", True),
        nouns=said.get("nouns", False),
        ending=said.get("ending", 2),
        spaced=said.get("spaced", True),
        vowels=said.get("vowels", True),
        prefixes=tuple(said.get("prefixes", ())),
        particles=said.get("particles", 0),
        elided=said.get("elided", False),
        letters=MappingProxyType(said.get("letters", {})),
        hangul=tuple(tuple(part) for part in said.get("hangul", ())),
        readings=MappingProxyType({character: tuple(found) for character, found in readings.items()}),
    )
