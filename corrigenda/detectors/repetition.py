"""Detector `repetition`: the same word or phrase twice in a row, and a decoder's loops.

What is right when it stands twice is listed in the check (`allow`): "had had", "that that", "very, very", names.
"@name" stands for a list of corpora/lists.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.detectors.loops import Loop, loops
from corrigenda.documents.parts import RegionKind
from corrigenda.errors import CheckError
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.languages import language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Words
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


# White space must follow a word, so none of it is given back; and no word is longer, so that a text without white space
# (a-a-a-…) is not read to its end from each of its letters.
_LETTERS = r"[^\W\d_][\w'’-]{0,79}+"
_PHRASE = re.compile(rf"\b({_LETTERS}(?:\s++{_LETTERS}){{1,5}})(?:(\s++)\1\b)+", re.IGNORECASE)
_WORD = re.compile(rf"\b({_LETTERS})(?:(\s++)\1\b)+", re.IGNORECASE)


_GENUS = re.compile(r"\b[A-Z][a-z]+\s+$")


class RepetitionKeys(TypedDict, total=False):
    """The keys of a check."""

    allow: Words
    phrases: bool


class RepetitionPayload(NamedTuple):
    """What is right when it stands twice, and whether phrases are looked for, or else words."""

    allow: Sequence[str]
    phrases: bool


class Repetition(Detector):
    """The same word or phrase twice in a row."""

    name = "repetition"
    scope = "sentence"
    shows = True
    values = frozenset(("word",))
    options = RepetitionKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule of the check. Raises CheckError for a list that there is not."""
        keys = check.keys(RepetitionKeys)
        allowed = sorted({word.lower() for item in keys.get("allow", ()) for word in _words(item, check, resources)})
        phrases = keys.get("phrases", False)
        return [
            Rule(
                structure="repeated-phrases" if phrases else "repeated-words",
                payload=RepetitionPayload(allowed, phrases),
            )
        ]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Look at the text around each repeated word."""
        seen: set[tuple[int, int]] = set()
        for nominee in nominees:
            if nominee.block is None or (nominee.document, nominee.block) in seen:
                continue
            seen.add((nominee.document, nominee.block))
            payload = nominee.rule.payload(RepetitionPayload)
            view = context.documents[nominee.document].blocks[nominee.block].view
            text = view.text
            allowed = set(payload.allow)
            looped = loops(text)
            if payload.phrases:
                for loop in looped:
                    if not _meant(loop, allowed):
                        yield _loop_hit(nominee, context, loop)
            for found in (_PHRASE if payload.phrases else _WORD).finditer(text):
                if _allowed(found, text, allowed) or any(
                    loop.start < found.end() and found.start() < loop.end for loop in looped
                ):
                    continue
                span = view.to_document(*found.span())
                # Two capitalised words may be a name (Pago Pago), so removing one is for a person to decide.
                applicability = Applicability.UNSAFE
                yield Hit(
                    check=nominee.rule.check,
                    document=nominee.document,
                    start=span.start,
                    end=span.end,
                    corrections=(Correction(found[1], applicability),),
                    values={"word": found[1]},
                )


def _meant(loop: Loop, allowed: set[str]) -> bool:
    """Return whether people say it so often on purpose: "no no no no"."""
    return " ".join(loop.words) in allowed or all(word in allowed or len(word) < 2 for word in loop.words)


def _loop_hit(nominee: Nominee, context: Context, loop: Loop) -> Hit:
    """Return the hit of a loop: one finding, whose correction leaves one of what is repeated."""
    assert nominee.block is not None
    document = context.documents[nominee.document]
    block = document.blocks[nominee.block]
    span = block.view.to_document(loop.start, loop.end)
    quoted = block.kind is RegionKind.QUOTATION or document.quotation_at(span.start, span.end) is not None
    return Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=span.start,
        end=span.end,
        corrections=(Correction(loop.once, Applicability.UNSAFE),),
        values={"word": loop.once},
        message=f"“{{word}}” stands {loop.times} times in a row.",
        # A refrain, a chant and what somebody said are repeated on purpose.
        severity=Severity.SUGGESTION if loop.apart or quoted else None,
    )


def _words(item: str, check: "Check", resources: CompileResources) -> Sequence[str]:
    """Return the words that an item of `allow` stands for: itself, or those of a list."""
    if not item.startswith("@"):
        return (item,)
    if item[1:] not in resources.lists:
        raise CheckError(check.path, 1, f"allow: there is no word list {item}")
    return resources.lists[item[1:]]


def _allowed(found: "re.Match[str]", text: str, allowed: set[str]) -> bool:
    word = found[1]
    facts = language().grammar
    pair = text[max(0, found.start() - 80) : found.start()] + "\0" + found[0]
    if facts.meant_twice.search(pair) is not None:
        return True
    if word.lower() in facts.particles and "\n" not in found[2]:
        return False
    if word.lower() in facts.ends_clause:
        return facts.begins_clause.search(text[max(0, found.start() - 160) : found.start()]) is not None
    if word.lower() in allowed or (word.isupper() and len(word) > 1) or word.endswith(" and"):
        return True  # "up and up and up"
    first, second = word, found[0][-len(word) :]
    # Names (Pago Pago, Sirhan Sirhan): both with a capital. A sentence's first word repeated has one alone.
    if first[:1].isupper() and second[:1].isupper():
        return True
    if (
        word.islower()
        and len(word) > 1
        and not language().is_word(word)
        and _GENUS.search(text[max(0, found.start() - 40) : found.start()])
    ):
        return True  # Homo sapiens sapiens
    if second.isupper() and len(second) > 1:
        return True  # "the first FIRST competition": the one is a name
    if "\n" in found[2]:
        return False
    # A few characters on each side are enough, and keep a text of nothing but repetitions from costing its square.
    before = text[max(0, found.start() - 20) : found.start()].rstrip()[-1:]
    after = text[found.end() : found.end() + 20].lstrip()[:1]
    # Set off by commas or dashes it is emphasis ("no no", "bye bye") or somebody's stutter.
    return bool(before in "“\"'‘,—–" and before and after and after in "”\"'’!,—–")


DETECTOR = Repetition()
