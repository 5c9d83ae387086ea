"""Detector `letters`: letters of another alphabet where Latin ones belong.

`kind: look-alike` marks a word in which Cyrillic or Greek letters stand among Latin ones that look the same; the
correction puts the Latin letters in. `kind: residue` marks words of another script left in English prose.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.documents.document import Document
from corrigenda.documents.parts import RegionKind, Span
from corrigenda.expressions import compiled, lazy
from corrigenda.finding import Applicability, Correction
from corrigenda.languages import any_language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.required import FOREIGN
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


_OTHER = r"[\p{Cyrillic}\p{Greek}\p{Armenian}]"
_MIXED = rf"[\pL\pM\pN]*(?:\p{{Latin}}{_OTHER}|{_OTHER}\p{{Latin}})[\pL\pM\pN]*"
_SCRIPTS = (
    "Arabic Armenian Bengali Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Han Hangul Hebrew Hiragana "
    "Kannada Katakana Khmer Lao Malayalam Myanmar Sinhala Tamil Telugu Thai Tibetan"
).split()
_FOREIGN = "[" + "".join(rf"\p{{{script}}}" for script in _SCRIPTS) + "]"
# With the marks, figures and spaces between its words, so that a sentence is one place.
_RUN = rf"{_FOREIGN}(?:[\pM\pN\s.,;:!?…'’–—\-、。，\x{{200c}}\x{{200d}}]{{0,6}}{_FOREIGN})*\pM*"
_SOURCES = {"look-alike": _MIXED, "residue": _RUN}

# Unicode TR39 "confusables", the part between Cyrillic or Greek and Latin letters that fonts draw alike.
_GREEK = lazy("[\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_WORD = lazy("[\u0386-\u03ff\u1f00-\u1fff]{4,}")
_GREEK_ACCENT = lazy("[\u0386-\u0390\u03aa-\u03b0\u03ca-\u03ce\u1f00-\u1fff]")
LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХЁЇаеѕіјорсухёїԁһӏԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιυ",
    "ABESIJKMHOPCTYXËÏaesijopcyxëïdhlqwABEZHIKMNOPTYXoviu",
)


_NEAR = 300
"""Code points before foreign words in which a bracket may open."""
_MANY = 400
"""Letters from which on a document can be said to be in another script."""
_LEAST = 3
"""Letters of a word below which a Greek letter in it is a symbol, whatever it looks like."""

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
            if kind == "residue" and _is_foreign(nominee.document, context):
                continue
            for found in compiled(nominee.rule.gate).finditer(view.text):
                word = found.group(0)
                start, end = found.span()
                span = view.to_document(start, end)
                if kind == "residue":
                    if not _is_meant(document, view.text, start, end, span):
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
                if any(map(_GREEK.match, foreign)) and (not known or len(word) < _LEAST):
                    continue  # a symbol or a unit: kΩ, Δv, hν
                yield Hit(
                    check=nominee.rule.check,
                    document=nominee.document,
                    start=span.start,
                    end=span.end,
                    corrections=corrections,
                    evidence={"letters": [f"{c} ({unicodedata.name(c, 'unnamed').capitalize()})" for c in foreign]},
                    values={"letters": ", ".join(unicodedata.name(c, c).lower() for c in foreign)},
                )


def _is_foreign(number: int, context: Context) -> bool:
    """Return whether most of a document is in another script: it is no English text with a rest of its source."""
    key = ("letters of other scripts", number)
    if key not in context.memo:
        text = "".join(block.view.text for block in context.documents[number].blocks)
        letters = sum(map(str.isalpha, text))
        context.memo[key] = letters >= _MANY and 2 * len("".join(compiled(_FOREIGN + "+").findall(text))) > letters
    return bool(context.memo[key])


def _is_meant(document: Document, text: str, start: int, end: int, span: Span) -> bool:
    """Return whether foreign words stand there on purpose: in italics, in brackets or quotation marks, or with a word
    that says what they are.
    """
    word = text[start:end]
    if _GREEK.match(word) and not (_GREEK_WORD.search(word) and _GREEK_ACCENT.search(word)):
        return True  # symbols; a Greek word of two syllables has an accent
    if document.within(RegionKind.EMPHASIS, span.start, span.end) or _mixed(text, start, end):
        return True
    before, after = text[max(0, start - _NEAR) : start].rstrip(), text[end : end + _NEAR].lstrip()
    depth = before.count("(") - before.count(")") + before.count("[") - before.count("]")
    if depth > 0 or before.endswith(("“", '"', "«", "„", "‘", "'", "*", "_")):
        return True
    if after.startswith(("”", '"', "»", "’", "(")):
        return True
    glosses = any_language(document.language).glosses
    return glosses.before.search(before) is not None or glosses.after.match(after) is not None


def _mixed(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isalpha()) or (end < len(text) and text[end].isalpha())


def _script(word: str) -> str:
    for character in word:
        if character.isalpha():
            return re.split(r"[ -]", unicodedata.name(character, "foreign"))[0].replace("CJK", "Chinese").capitalize()
    return "foreign"


DETECTOR = Letters()
