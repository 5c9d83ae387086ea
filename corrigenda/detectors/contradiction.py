"""Detector `contradiction`: two figures for one thing, such as "one of the four regions" and "one of three regions".

The rule nominates two places that say of one subject that it is one of so many; the comparison confirms that both count
the same things: what the one sentence counts ("regions annexed by Russia") is close to the other sentence without its
subject. The later place is marked; which of the two is wrong is for a person to say.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.engines.judge.confidence import confidence
from corrigenda.languages import any_language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key, Share
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.languages.base import Language
    from corrigenda.rules.check import Check


_NAME = re.compile(r"\b[A-Z][\w’'-]+")
_COUNTED = re.compile(r"[^,;:.!?()]*")


@dataclass(frozen=True, slots=True)
class _Claim:
    block: int
    start: int
    end: int
    value: int
    other: bool
    names: frozenset[str]
    counted: str
    rest: str


class ContradictionKeys(TypedDict):
    """The keys of a check."""

    close: Annotated[Share, Key("cosine of what the one sentence counts to the other sentence, its subject left out")]


class ContradictionPayload(NamedTuple):
    """How close what two sentences count must be."""

    close: float


class Contradiction(Detector):
    """Two figures for one thing."""

    name = "contradiction"
    scope = "document"
    engines = ("embeddings",)
    values = frozenset(("other", "where"))
    options = ContradictionKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the rule: documents with "one of" in them."""
        return [Rule(structure="one-of", payload=ContradictionPayload(check.keys(ContradictionKeys)["close"]))]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Compare the claims of each nominated document that have one subject."""
        for nominee in nominees:
            document = context.documents[nominee.document]
            if document.is_catalogue:  # each unit has a place of its own in the program
                continue
            own = any_language(document.language)
            stems = own.stems
            claims = [
                claim
                for index in range(len(document.blocks))
                for sentence in context.sentences(nominee.document, index)
                for claim in _claims(index, sentence.start, sentence.text, own)
            ]
            pairs = [
                (one, other)
                for number, other in enumerate(claims)
                for one in claims[:number]
                if one.block in document.text_of(other.block)
                and one.names & other.names
                and _differ(one, other)
                and stems(one.rest) & stems(other.rest)
            ]
            texts = [text for one, other in pairs for text in _compared(one, other)]
            rows = context.comparisons.encode(nominee.document, texts, places=len(pairs)) if pairs else None
            if rows is None:
                continue
            for number, (one, other) in enumerate(pairs):
                counted, rest, counted_there, rest_there = rows[4 * number : 4 * number + 4]
                close = max(float((counted * rest_there).sum()), float((counted_there * rest).sum()))
                if close < nominee.rule.payload(ContradictionPayload).close:
                    continue
                span = document.blocks[other.block].view.to_document(other.start, other.end)
                first = document.blocks[one.block].view.to_document(one.start, one.end)
                where = document.locate(first.start).words()
                said = document.text[first.start : first.end]
                yield Hit(
                    check=nominee.rule.check,
                    document=nominee.document,
                    start=span.start,
                    end=span.end,
                    values={"where": where, "other": said},
                    evidence={
                        "comparison": f"both sentences count the same things of {_subject(one, other)}; {where} "
                        f"says “{said}”",
                        "scores": {"closeness": round(close, 2)},
                    },
                    confidence=confidence("one-of", {"closeness": close}),
                )


def _claims(block: int, start: int, text: str, known: "Language") -> Iterable[_Claim]:
    for found in known.claims.part_of_number.finditer(text):
        counted = _COUNTED.match(text, found.end())
        end = counted.end() if counted else found.end()
        # The subject stands outside what is counted: Russia is not one of the regions that Russia annexed.
        names = _NAME.findall(text[: found.start()]) + _NAME.findall(text[end:])
        own = frozenset(name for name in names if known.stems(name))
        if not own:
            continue
        word = found[1].split()[0]
        value = int(word) if word.isdigit() else known.claims.numbers[word]
        rest = f"{text[: found.start()]} {text[found.end() :]}"
        yield _Claim(
            block,
            start + found.start(),
            start + found.end(),
            value,
            known.claims.excludes(found[1]),
            own,
            text[found.end() : end],
            rest,
        )


def _compared(one: _Claim, other: _Claim) -> list[str]:
    """Return what each counts and all that it says, without the names of the subject."""
    names = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(one.names & other.names))) + r")\b")
    texts = (one.counted, one.rest, other.counted, other.rest)
    return [" ".join(names.sub(" ", text).split()) or "-" for text in texts]


def _subject(one: _Claim, other: _Claim) -> str:
    return " ".join(sorted(one.names & other.names))


def _differ(one: _Claim, other: _Claim) -> bool:
    """Return whether two figures cannot both be right, or the second counts the subject among the others."""
    return one.value != other.value and (one.other == other.other or other.other or one.other)


DETECTOR = Contradiction()
