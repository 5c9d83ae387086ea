"""Detector `cut-words`: words that were cut at the end of a printed line, and joined again with their hyphen.

"govern- ment" comes from a PDF. It is one word where the two parts joined are in the dictionary; a hyphen that waits
for the second half ("pre- and post-war") is left alone, and so is what is a compound as it stands.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.expressions import compiled
from corrigenda.finding import Applicability, Correction
from corrigenda.languages import any_language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key, Words
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check

_CUT = r"[\p{Latin}]{2,}(?:[-‐] {1,2}|¬ ?)\p{Ll}{2,}"
_PARTS = r"[\p{Latin}]{2,}(?:(?:[-‐] {1,2}|¬ ?)\p{Ll}{2,})+"
_MOST_PIECES = 5
"""Pieces of one word that are put together."""
_CUTS = r"[-‐] {1,2}|¬ ?"


class CutWordsKeys(TypedDict):
    """The keys of a check."""

    allow: Annotated[Words, Key("words after which a hyphen waits for its second half: and, or, to")]


class CutWordsPayload(NamedTuple):
    """Words that are no second half."""

    allow: Sequence[str]


class CutWords(Detector):
    """Words with a hyphen and a space inside."""

    name = "cut-words"
    scope = "sentence"
    options = CutWordsKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule of the check."""
        allowed = sorted({word.lower() for word in check.keys(CutWordsKeys)["allow"]})
        return [Rule(scan=_CUT, gate=_CUT, payload=CutWordsPayload(allowed))]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Look whether the two parts are one word."""
        for nominee in nominees:
            if nominee.block is None:
                continue
            document = context.documents[nominee.document]
            view = document.blocks[nominee.block].view
            allowed = nominee.rule.payload(CutWordsPayload).allow
            is_word = any_language(document.language).is_word
            for found in compiled(_PARTS).finditer(view.text):
                cuts = [cut.span() for cut in compiled(_CUTS).finditer(found.group(0))]
                if view.text[found.start() - 1 : found.start()] in ("-", "‐") and found.start():
                    continue
                for start, end, joined, hyphened in _words(found.group(0), cuts, allowed):
                    if is_word(joined.lower()):
                        span = view.to_document(found.start() + start, found.start() + end)
                        corrections = [Correction(joined, Applicability.UNSAFE)]
                        if hyphened.count("-") == 1 and is_word(hyphened.partition("-")[2]):
                            corrections.append(Correction(hyphened, Applicability.UNSAFE))
                        yield Hit(nominee.rule.check, nominee.document, span.start, span.end, tuple(corrections))
                        break


def _words(text: str, cuts: Sequence[tuple[int, int]], allowed: Sequence[str]) -> Iterable[tuple[int, int, str, str]]:
    """Yield what of a word with several cuts may be one word, the longest first: where, and how it is written."""
    pieces = [
        (start, end)
        for start, end in zip((0, *(cut[1] for cut in cuts)), (*(cut[0] for cut in cuts), len(text)), strict=True)
    ]
    if any(text[start:end] in allowed for start, end in pieces[1:]):
        return
    for number in range(min(len(pieces), _MOST_PIECES), 1, -1):
        for first in range(min(len(pieces), _MOST_PIECES) - number + 1):
            own = [text[start:end] for start, end in pieces[first : first + number]]
            yield pieces[first][0], pieces[first + number - 1][1], "".join(own), "-".join(own)


DETECTOR = CutWords()
