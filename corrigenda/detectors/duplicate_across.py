"""Detector `duplicate-across`: sentences that two documents of a run share, in the same words or in others.

Shared content words nominate a pair, as in one document: the same figures and names, and the closeness of the two
embeddings, confirm it. Of two documents the later one by its path is marked.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypedDict

from corrigenda.detectors.alike import closeness, facts_of, opposed
from corrigenda.detectors.detector import CollectionDetector
from corrigenda.documents.document import Document
from corrigenda.documents.parts import RegionKind
from corrigenda.engines.judge.confidence import confidence
from corrigenda.languages import any_language, language
from corrigenda.rules.hit import Collection, Hit
from corrigenda.rules.options import Key, Share
from corrigenda.rules.rule import CompiledCheck, CompiledRule, CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.languages.base import Claims
    from corrigenda.names.tables import NameTables
    from corrigenda.rules.check import Check

LEAST_WORDS = 10
"""Words of a sentence below which two documents may well share it."""
MOST_SHARED = 5
"""Documents that may share a sentence's rarest words before it is taken for a form that all of them follow."""
MOST_PAIRS = 5_000
"""Pairs of a run that are compared."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    path: str
    start: int
    end: int
    text: str
    words: frozenset[str]


class DuplicateAcrossKeys(TypedDict):
    """The keys of a check."""

    overlap: Annotated[Share, Key("share of the longer sentence's content words that both have")]
    close: Annotated[Share, Key("cosine of the two sentences")]


class DuplicateAcrossPayload(NamedTuple):
    """What two sentences must share, and how close they must be."""

    overlap: float
    close: float


class DuplicateAcross(CollectionDetector):
    """Sentences that two documents share."""

    name = "duplicate-across"
    asks = ("embeddings",)
    values = frozenset(("path", "where"))
    options = DuplicateAcrossKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the rule with the check's thresholds."""
        keys = check.keys(DuplicateAcrossKeys)
        payload = DuplicateAcrossPayload(keys["overlap"], keys["close"])
        return [Rule(structure="nothing", payload=payload)]

    def table(self, document: Document, names: "NameTables") -> list[list[int]]:
        """Return where the document's longer sentences stand, as [start, end] in code points."""
        sentences = any_language(document.language).sentences
        found: list[list[int]] = []
        for block in document.blocks:
            if block.kind is not RegionKind.PROSE:
                continue
            text = block.view.text
            for start, end in sentences(text):
                if len(text[start:end].split()) >= LEAST_WORDS:
                    span = block.view.to_document(start, end)
                    found.append([span.start, span.end])
        return found

    def compare(
        self, rule: CompiledRule, tables: Mapping[str, Sequence[Sequence[int]]], collection: Collection
    ) -> Iterator[tuple[str, Hit]]:
        """Yield the path of the later document and the hit, one for each stretch that the earlier one has too."""
        thresholds = rule.payload(DuplicateAcrossPayload)
        spoken = language(rule.check.language)
        said = [
            _Sentence(path, start, end, words, frozenset(spoken.stems(words)))
            for path in sorted(tables)
            for whole in (collection.text(path),)
            for start, end in tables[path]
            for words in (whole[start:end],)
        ]
        pairs = list(islice(_pairs(said, thresholds.overlap, spoken.claims), MOST_PAIRS))
        if not pairs:
            return
        close = closeness(0, [(one.text, other.text) for one, other in pairs], collection.comparisons)
        found: defaultdict[tuple[str, str], list[tuple[_Sentence, _Sentence, float]]] = defaultdict(list)
        for (one, other), value in zip(pairs, close, strict=True):
            if value >= thresholds.close:
                found[other.path, one.path].append((one, other, value))
        for (later, earlier), own in sorted(found.items()):
            for stretch in _stretches(own, collection.document(later)):
                yield later, _hit(rule.check, earlier, stretch, collection.document(earlier))


def _pairs(said: Sequence[_Sentence], overlap: float, claims: "Claims") -> Iterator[tuple[_Sentence, _Sentence]]:
    """Yield the earliest sentence of another document that each shares most of its words with.

    Two sentences that share that much share one of the rarest words of each (prefix filtering, Chaudhuri et al. 2006),
    so only those are looked up.
    """
    counts = Counter(word for sentence in said for word in sentence.words)
    facts: dict[int, tuple[list[str], set[str]]] = {}
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(said):
        size = len(sentence.words)
        if size < 4:
            continue
        rarest = sorted(sentence.words, key=lambda word: (counts[word], word))[: size - int(overlap * size) + 1]
        candidates = sorted({holder for word in rarest for holder in holders[word][:50]})
        for word in rarest:
            holders[word].append(number)
        documents = {said[holder].path for holder in candidates}
        for holder in candidates:
            other = said[holder]
            if other.path == sentence.path or len(documents) > 10 * MOST_SHARED:
                continue
            if len(other.words & sentence.words) < overlap * max(len(other.words), size):
                continue
            for one in (holder, number):
                facts.setdefault(one, facts_of(said[one].text))
            if facts[holder] == facts[number] and not opposed(other.text, sentence.text, claims):
                yield other, sentence
                break


def _stretches(
    own: Sequence[tuple[_Sentence, _Sentence, float]], document: Document
) -> Iterator[list[tuple[_Sentence, _Sentence, float]]]:
    """Join what stands in one block of the later document: a paragraph that was taken over is one finding."""
    stretch: list[tuple[_Sentence, _Sentence, float]] = []
    for item in sorted(own, key=lambda item: item[1].start):
        if stretch and document.block_at(stretch[-1][1].start) != document.block_at(item[1].start):
            yield stretch
            stretch = []
        stretch.append(item)
    if stretch:
        yield stretch


def _hit(
    check: CompiledCheck, path: str, stretch: Sequence[tuple[_Sentence, _Sentence, float]], earlier: Document
) -> Hit:
    where = earlier.locate(stretch[0][0].start).words()
    least = min(close for _, _, close in stretch)
    how = "in the same words" if least >= 1.0 else "in other words, with the same figures and names"
    return Hit(
        check=check,
        document=0,
        start=stretch[0][1].start,
        end=stretch[-1][1].end,
        values={"path": path, "where": where},
        evidence={
            "comparison": f"{where} of {path} says the same {how}",
            "documents": [path],
            "scores": {"closeness": round(least, 2)},
        },
        confidence=confidence("said-twice", {"closeness": least}),
    )


DETECTOR = DuplicateAcross()
