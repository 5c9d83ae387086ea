"""Detector `letters`: letters of another alphabet where Latin ones belong.

`kind: look-alike` marks a word in which Cyrillic or Greek letters stand among Latin ones that look the same; the
correction puts the Latin letters in. `kind: residue` marks words of another script left in English prose.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.expressions import compiled
from corrigenda.finding import Applicability, Correction
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.required import FOREIGN
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


_OTHER = r"[\p{Cyrillic}\p{Greek}\p{Armenian}]"
_MIXED = rf"[\pL\pM\pN]*(?:\p{{Latin}}{_OTHER}|{_OTHER}\p{{Latin}})[\pL\pM\pN]*"
_SCRIPTS = "Arabic Armenian Cyrillic Devanagari Georgian Han Hangul Hebrew Hiragana Katakana Thai".split()
_FOREIGN = "[" + "".join(rf"\p{{{script}}}" for script in _SCRIPTS) + "]"
_RUN = rf"{_FOREIGN}(?:[\pM'’\- ]?{_FOREIGN})*"
_SOURCES = {"look-alike": _MIXED, "residue": _RUN}

# Unicode TR39 "confusables", the part between Cyrillic or Greek and Latin letters that fonts draw alike.
LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХЁЇаеѕіјорсухёїԁһӏԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιυ",
    "ABESIJKMHOPCTYXËÏaesijopcyxëïdhlqwABEZHIKMNOPTYXoviu",
)


Kind = Literal["look-alike", "residue"]


class LettersKeys(TypedDict):
    """The keys of a check."""

    kind: Kind


class LettersPayload(NamedTuple):
    """What is looked for."""

    kind: Kind


class Letters(Detector):
    """Letters of another alphabet where Latin ones belong."""

    name = "letters"
    scope = "sentence"
    values = frozenset(("letters", "script"))
    options = LettersKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule of the check's kind."""
        kind = check.keys(LettersKeys)["kind"]
        return [Rule(scan=_SOURCES[kind], gate=_SOURCES[kind], payload=LettersPayload(kind), hints=(FOREIGN,))]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Look at each word that holds another alphabet's letters."""
        for nominee in nominees:
            if nominee.block is None:
                continue
            document = context.documents[nominee.document]
            view = document.blocks[nominee.block].view
            kind = nominee.rule.payload(LettersPayload).kind
            if kind == "residue" and _mostly_foreign(view.text):
                continue
            for found in compiled(nominee.rule.gate).finditer(view.text):
                word = found.group(0)
                span = view.to_document(*found.span())
                if kind == "residue":
                    if not _glossed(view.text, found.start(), found.end()) and not _mixed(
                        view.text, found.start(), found.end()
                    ):
                        yield Hit(
                            nominee.rule.check, nominee.document, span.start, span.end, values={"script": _script(word)}
                        )
                    continue
                latin = word.translate(LATIN)
                foreign = sorted({c for c in word if c.isalpha() and not unicodedata.name(c, "").startswith("LATIN")})
                known = all(unicodedata.name(c, "LATIN").startswith("LATIN") for c in latin if c.isalpha())
                corrections = (Correction(latin, Applicability.SAFE),) if known else ()
                if not known and len(foreign) > 2:
                    continue  # a word of the other alphabet with a Latin letter in it: residue, not a look-alike
                yield Hit(
                    check=nominee.rule.check,
                    document=nominee.document,
                    start=span.start,
                    end=span.end,
                    corrections=corrections,
                    evidence={"letters": [f"{c} ({unicodedata.name(c, 'unnamed').capitalize()})" for c in foreign]},
                    values={"letters": ", ".join(unicodedata.name(c, c).lower() for c in foreign)},
                )


def _mostly_foreign(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    foreign = sum(not unicodedata.name(character, "LATIN").startswith("LATIN") for character in letters)
    return len(letters) > 0 and foreign > 0.8 * len(letters) and len(text.split()) > 12


def _glossed(text: str, start: int, end: int) -> bool:
    """Whether the foreign words are given on purpose: in brackets, in quotation marks, or after "Russian:"."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    depth = before.count("(") - before.count(")") + before.count("[") - before.count("]")
    if depth > 0 or before.endswith(("“", '"', "«", "„", "‘", "'", ":", "*", "_")):
        return True
    return after.startswith(("”", '"', "»", "’", "("))


def _mixed(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isalpha()) or (end < len(text) and text[end].isalpha())


def _script(word: str) -> str:
    for character in word:
        if character.isalpha():
            return re.split(r"[ -]", unicodedata.name(character, "foreign"))[0].replace("CJK", "Chinese").capitalize()
    return "foreign"


DETECTOR = Letters()
