"""Detector `contradiction`: two figures for one thing, such as "one of the four regions" and "one of three regions".

The rule nominates two places that say of the same subject that it is one of so many; the comparison confirms that both
speak of the same thing. The later place is marked; which of the two is wrong is for a person to say.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corrigenda.detectors.base import CompileResources, Context, Hit, Nominee, Rule
from corrigenda.structure import stems

if TYPE_CHECKING:
    from corrigenda.check import Check

name = "contradiction"

_NUMBERS = {
    word: value for value, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
}
_ONE_OF = re.compile(
    r"\b[Oo]ne of (?:the |these |those |its |his |her |their |only )?((?:"
    + "|".join(_NUMBERS)
    + r"|\d{1,3})\b(?: other)?)"
)
_NAME = re.compile(r"\b[A-Z][\w’'-]+")


@dataclass(frozen=True, slots=True)
class _Claim:
    block: int
    start: int
    end: int
    value: int
    other: bool
    subject: str
    sentence: str


def compile_check(check: "Check", resources: CompileResources) -> list[Rule]:
    """Return the rule: documents with "one of" in them."""
    return [Rule(structure="one-of", payload={"close": check.options["close"]})]


def confirm(nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
    """Compare the claims of each nominated document that have one subject."""
    for nominee in nominees:
        document = context.documents[nominee.document]
        claims = [
            claim
            for index in range(len(document.blocks))
            for sentence in context.sentences(nominee.document, index)
            for claim in _claims(index, sentence.start, sentence.text)
        ]
        pairs = [
            (one, other)
            for number, other in enumerate(claims)
            for one in claims[:number]
            if one.subject == other.subject and _differ(one, other) and stems(one.sentence) & stems(other.sentence)
        ]
        texts = [claim.sentence for pair in pairs for claim in pair]
        rows = context.comparisons.encode(nominee.document, texts, places=len(pairs)) if pairs else None
        if rows is None:
            continue
        for number, (one, other) in enumerate(pairs):
            close = float((rows[2 * number] * rows[2 * number + 1]).sum())
            if close < nominee.rule.payload["close"]:
                continue
            span = document.blocks[other.block].view.to_document(other.start, other.end)
            first = document.blocks[one.block].view.to_document(one.start, one.end)
            line, _ = document.line_and_column(first.start)
            said = document.text[first.start : first.end]
            yield Hit(
                check=nominee.rule.check,
                document=nominee.document,
                start=span.start,
                end=span.end,
                values={"line": str(line), "other": said},
                evidence={
                    "comparison": f"both sentences speak of {one.subject}, and line {line} says “{said}”",
                    "scores": {"closeness": round(close, 2)},
                },
                confidence=round(min(0.9, 0.6 + (close - nominee.rule.payload["close"])), 2),
            )


def _claims(block: int, start: int, text: str) -> Iterable[_Claim]:
    for found in _ONE_OF.finditer(text):
        names = _NAME.findall(text[: found.start()])
        if not names:
            continue
        word = found[1].split()[0]
        value = int(word) if word.isdigit() else _NUMBERS[word]
        # The sentence's first name is what it says this of.
        yield _Claim(block, start + found.start(), start + found.end(), value, "other" in found[1], names[0], text)


def _differ(one: _Claim, other: _Claim) -> bool:
    """Return whether two figures cannot both be right, or the second counts the subject among the others."""
    return one.value != other.value and (one.other == other.other or other.other or one.other)
