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
_PARTS = r"([\p{Latin}]{2,})(?:[-‐] {1,2}|¬ ?)(\p{Ll}{2,})"


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
            for found in compiled(_PARTS).finditer(view.text):
                first, second = found.group(1), found.group(2)
                joined = first + second
                before = view.text[found.start() - 1 : found.start()]
                if (
                    second in allowed
                    or before in ("-", "‐")
                    or not any_language(document.language).is_word(joined.lower())
                ):
                    continue
                span = view.to_document(*found.span())
                yield Hit(
                    check=nominee.rule.check,
                    document=nominee.document,
                    start=span.start,
                    end=span.end,
                    corrections=(Correction(joined, Applicability.UNSAFE),),
                )


DETECTOR = CutWords()
