"""Detector `duplicate`: two sentences or paragraphs of one text that say the same.

Shared content words nominate a pair; the same figures and names, and the closeness of the two embeddings, confirm it.
The later of the two is marked.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypedDict

from corrigenda.detectors.alike import closeness, facts_of, opposed
from corrigenda.detectors.detector import Detector
from corrigenda.documents.parts import RegionKind
from corrigenda.engines.judge.confidence import confidence
from corrigenda.finding import Applicability, Correction
from corrigenda.languages import any_language
from corrigenda.rules.hit import Context, Hit, Nominee, Sentence
from corrigenda.rules.options import Key, Share
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.languages.base import Language
    from corrigenda.rules.check import Check


_IDENTIFIER = re.compile(
    r"\w_\w|\w\(\)|(?<!\S)--?[a-z]|\b[a-z]+[A-Z]\w*\b(?<!iPhone)|[a-z]{2,}\.[a-z]{2,}|\S/\S+/|[<`]\w"
)
LEAST_WORDS = 7
"""Words of a sentence below which saying it twice means little."""
MOST_SENTENCES = 600
"""Sentences of a document that are compared; beyond it a text is a collection."""
MOST_PAIRS = 200
"""Pairs of a document that are compared."""


class DuplicateKeys(TypedDict):
    """The keys of a check."""

    overlap: Annotated[Share, Key("share of the longer sentence's content words that both have")]
    close: Annotated[Share, Key("cosine of the two sentences")]


class DuplicatePayload(NamedTuple):
    """What two sentences must share, and how close they must be."""

    overlap: float
    close: float


class Duplicate(Detector):
    """Two sentences of one text that say the same."""

    name = "duplicate"
    scope = "document"
    engines = ("embeddings",)
    values = frozenset(("where",))
    options = DuplicateKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the structural rule with the check's thresholds."""
        keys = check.keys(DuplicateKeys)
        return [Rule(structure="repeating", payload=DuplicatePayload(keys["overlap"], keys["close"]))]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Compare the sentences of each nominated document with each other."""
        for nominee in nominees:
            payload = nominee.rule.payload(DuplicatePayload)
            document = context.documents[nominee.document]
            if document.is_documentation:  # reference pages say the same of each thing they describe
                continue
            said = [
                sentence
                for index, block in enumerate(document.blocks)
                if block.kind in (RegionKind.PROSE, RegionKind.CAPTION) and not document.is_field(block.start)
                for sentence in context.sentences(nominee.document, index)
                if len(sentence.text.split()) >= LEAST_WORDS and not _of_reference(sentence.text)
            ][:MOST_SENTENCES]
            texts_of = [document.text_of(sentence.block) for sentence in said]
            pairs = list(islice(_pairs(said, texts_of, payload.overlap, any_language(document.language)), MOST_PAIRS))
            marked: set[tuple[int, int]] = set()
            texts = [(first.text, second.text) for first, second in pairs]
            for (first, second), close in zip(
                pairs, closeness(nominee.document, texts, context.comparisons), strict=True
            ):
                if close < payload.close or (second.block, second.start) in marked:
                    continue
                marked.add((second.block, second.start))
                span = document.blocks[second.block].view.to_document(second.start, second.end)
                origin = document.blocks[first.block].view.to_document(first.start, first.end)
                where = document.locate(origin.start).words()
                yield Hit(
                    check=nominee.rule.check,
                    document=nominee.document,
                    start=span.start,
                    end=span.end,
                    corrections=(Correction("", Applicability.UNSAFE),),
                    values={"where": where},
                    evidence={
                        "comparison": f"{where} says the same, with the same figures and names",
                        "scores": {"closeness": round(close, 2)},
                    },
                    confidence=confidence("said-twice", {"closeness": close}),
                )


def _of_reference(text: str) -> bool:
    """Return whether a sentence introduces a list, or speaks of something by its name in a program: pages that describe
    many things say such sentences of each.
    """
    return text.rstrip().endswith(":") or _IDENTIFIER.search(text) is not None


def _pairs(
    said: Sequence[Sentence], texts_of: Sequence[range], overlap: float, own: "Language"
) -> Iterable[tuple[Sentence, Sentence]]:
    known = [own.stems(sentence.text) for sentence in said]
    facts = [facts_of(sentence.text) for sentence in said]
    for later in range(len(said)):
        for earlier in range(later):
            if texts_of[earlier] != texts_of[later]:  # the summary of a feed says what the article says
                continue
            shared, least = len(known[earlier] & known[later]), min(len(known[earlier]), len(known[later]))
            if least < 4 or shared < overlap * max(len(known[earlier]), len(known[later])):
                continue
            if facts[earlier] == facts[later] and not opposed(said[earlier].text, said[later].text, own.claims):
                yield said[earlier], said[later]
                break


DETECTOR = Duplicate()
