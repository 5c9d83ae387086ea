"""Detector `unlikely`: words that a language model does not expect, in a text that was translated.

What editors mark in a translation is mostly wording that no list holds: a plain word in the wrong sense, a literal
idiom, a preposition of the other language. A small language model finds such a word unlikely where it stands, and so
are rare words, names and first mentions, which are right. So a word's score weighs how likely it is with how rare it is
anyway, how likely its neighbours are, and what kind of word it is: a dozen weights in corpora/unlikely.json, fitted on
marked articles by `benchmarks/calibrate.py unlikely`, which also measures them.

Native English has unlikely words too, three of them in a hundred: so it is asked only about texts that the findings of
other checks show to be translated (`late`), and gives way to those.
"""

import json
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypedDict

from corrigenda import resources as content
from corrigenda.detectors.detector import Detector
from corrigenda.documents.document import Document
from corrigenda.documents.parts import RegionKind, Span
from corrigenda.languages import any_language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.languages.base import Language
    from corrigenda.rules.check import Check

_KINDS = frozenset((RegionKind.PROSE, RegionKind.LIST, RegionKind.QUOTATION))
"""Headings and captions have a grammar of their own."""
_TOKEN = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
_MOST_READ = 20_000
"""Code points of a document that are read: some 15 seconds."""
_KNOWN = 0.6
"""Share of the words that the dictionary must know, for a text to be copy that is worth reading."""
_DISTINCT = 0.12
"""Share of the words of a text that must differ from each other: less is a list, or one sentence without end."""
_LONGEST = 60
"""Code points of a token; more is no word, and a model reads it letter by letter."""
_TOO_LONG = f"Its language was read up to {_MOST_READ:,} characters, and not beyond. Split it."
_FIRST = 10
"""Words at the beginning of a text that are not judged: what it is about is not known yet."""
_RARE = 0.01
"""Added to a word's occurrences in a million, so that an unknown word has a logarithm."""
_ODD = -0.6
"""Log-odds from which on a word is somewhat unexpected."""
_LEAST_ODD = 0.09
"""Share of such words that a text must have: with fewer it reads as native English does, whatever else was found."""
_BEGINS = frozenset(".!?:\n")


class UnlikelyKeys(TypedDict):
    """The keys of a check."""

    margin: Annotated[float, Key("log-odds from which on a word is marked")]
    witness: Annotated[float, Key("log-odds from which on it speaks for what another check says of the place")]
    share: Annotated[float, Key("most marked words of a text, as a share of its words", least=0, most=1)]


class UnlikelyPayload(NamedTuple):
    """What the check says, and the fitted weights in the order of FEATURES."""

    margin: float
    witness: float
    share: float
    weights: Sequence[float]
    constant: float


class Word(NamedTuple):
    """A word or a mark of a text that is read: `[start, end)` in it, and what the score is made of."""

    start: int
    end: int
    text: str
    features: tuple[float, ...]


FEATURES = (
    "log-probability",
    "of the token before",
    "of the token behind",
    "pieces",
    "log frequency",
    "of the word before",
    "of the word behind",
    "odds of people's words",
    "capital",
    "length",
    "begins a sentence",
    "closed class",
    "log-probability squared",
    "log-probability of a closed-class word",
)
"""What the score of a word is made of; log-probabilities in nats, frequencies as logarithms of those in a million."""


_CLOSED = FEATURES.index("closed class")


class Unlikely(Detector):
    """Words that a language model does not expect."""

    name = "unlikely"
    scope = "document"
    engines = ("language-model",)
    yields = True
    shows = True
    late = True
    options = UnlikelyKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule, with the fitted weights."""
        fitted = json.loads(content.path("corpora", "unlikely.json").read_text(encoding="utf-8"))
        keys = check.keys(UnlikelyKeys)
        weights = [float(fitted["weights"][name]) for name in FEATURES]
        payload = UnlikelyPayload(keys["margin"], keys["witness"], keys["share"], weights, float(fitted["constant"]))
        return [Rule(structure=self.name, payload=payload)]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Read each nominated document whole."""
        for nominee in nominees:
            document = context.documents[nominee.document]
            if document.is_catalogue:  # its lines stand in no text
                continue
            text, blocks = readable(document)
            too_long, text = len(text) > _MOST_READ, text[:_MOST_READ]
            if not _is_copy(text, any_language(document.language)):
                continue
            if too_long:
                context.stop(nominee.document, _TOO_LONG)
            read = context.comparisons.read(nominee.document, text)
            if read is None:
                continue
            payload = nominee.rule.payload(UnlikelyPayload)
            scored = [
                (score(word, payload), number, word)
                for number, word in enumerate(words_of(text, read, any_language(document.language)))
                if word.text[0].isalpha() and number >= _FIRST
            ]
            fluent = sum(odds >= _ODD for odds, _, _ in scored) < _LEAST_ODD * len(scored)
            most = 0 if fluent else max(1, int(payload.share * len(scored)))
            counts = Counter(word.text.lower() for _, _, word in scored)
            chosen = sorted(
                (item for item in scored if item[0] >= payload.margin and not _is_topic(item[2], counts)),
                key=lambda item: -item[0],
            )[:most]
            own = {item[1] for item in chosen}
            others = [item for item in scored if item[0] >= payload.witness and item[1] not in own]
            for some, alone in ((chosen, True), (others, False)):
                for odds, start, end in _joined(sorted(some, key=lambda item: item[1]), text):
                    span = _to_document(document, blocks, start, end)
                    if span is not None:
                        yield _hit(nominee, span, odds, alone=alone)


def _is_topic(word: Word, counts: Counter[str]) -> bool:
    """Return whether a word with a meaning of its own stands twice elsewhere in the text: the text is about it."""
    return counts[word.text.lower()] > 2 and not word.features[_CLOSED]


def _hit(nominee: Nominee, span: Span, odds: float, *, alone: bool) -> Hit:
    """Return a hit; one that does not stand alone only speaks for what another check says of the place."""
    evidence = {"unlikely": probability(odds)} if alone else {"unlikely": probability(odds), "alone": False}
    return Hit(
        nominee.rule.check,
        nominee.document,
        span.start,
        span.end,
        confidence=probability(odds),
        evidence=evidence,
    )


def _is_copy(text: str, own: "Language") -> bool:
    """Return whether a text is running copy: reading anything else takes long, and says nothing."""
    words = [found[0].lower() for found in _TOKEN.finditer(text) if found[0][0].isalpha()]
    distinct = set(words)
    if not words or any(len(word) > _LONGEST for word in distinct) or len(distinct) < _DISTINCT * len(words):
        return False
    known = {word for word in distinct if own.is_word(word)}
    return sum(word in known for word in words) >= _KNOWN * len(words)


def readable(document: Document) -> tuple[str, list[tuple[int, int]]]:
    """Return the running text of a document, a line a block, and for each block where it begins and its number."""
    pieces: list[str] = []
    blocks: list[tuple[int, int]] = []
    at = 0
    for number, block in enumerate(document.blocks):
        if block.kind in _KINDS and block.view.text.strip():
            blocks.append((at, number))
            pieces.append(block.view.text)
            at += len(block.view.text) + 1
    return "\n".join(pieces), blocks


def words_of(text: str, read: Sequence[tuple[int, float]], own: "Language") -> list[Word]:
    """Return the words and marks of a text with what their scores are made of.

    Args:
        text: The text.
        read: Where each of its tokens starts, and its log-probability (`LanguageModel.read`).
        own: Its language.
    """
    starts = [start for start, _ in read]
    found = [*_TOKEN.finditer(text)]
    plain = [_plain(match[0], text, match.start(), match.end(), starts, read, own) for match in found]
    nothing = (0.0, 0, 0.0)
    closed, odds = own.grammar.closed_class, own.wording.odds
    result = []
    for number, match in enumerate(found):
        likely, pieces, frequency = plain[number]
        before = plain[number - 1] if number else nothing
        behind = plain[number + 1] if number + 1 < len(plain) else nothing
        lowered = match[0].lower()
        is_closed = float(lowered in closed)
        standing = text[: match.start()][-3:].rstrip(" \"“‘'(«")
        features = (
            likely,
            before[0],
            behind[0],
            float(pieces),
            frequency,
            before[2],
            behind[2],
            odds.get(lowered, 0.0),
            float(match[0][0].isupper()),
            float(len(match[0])),
            float(not standing or standing[-1] in _BEGINS),
            is_closed,
            likely * likely / 10,
            likely * is_closed,
        )
        result.append(Word(match.start(), match.end(), match[0], features))
    return result


def _plain(
    word: str,
    text: str,
    start: int,
    end: int,
    starts: Sequence[int],
    read: Sequence[tuple[int, float]],
    own: "Language",
) -> tuple[float, int, float]:
    """Return a word's log-probability, its number of tokens, and its log frequency."""
    first = bisect_left(starts, start - 1 if start and text[start - 1] == " " else start)
    last = bisect_left(starts, end)
    likely = sum(value for _, value in read[first:last])
    return likely, last - first, math.log(own.frequency(word.lower()) + _RARE)


def score(word: Word, payload: UnlikelyPayload) -> float:
    """Return the log-odds that an editor would change a word."""
    own = sum(weight * value for weight, value in zip(payload.weights, word.features, strict=True))
    return payload.constant + own


def probability(odds: float) -> float:
    """Return log-odds as a probability, to two places."""
    return round(1 / (1 + math.exp(-odds)), 2)


def _joined(chosen: Sequence[tuple[float, int, Word]], text: str) -> Iterator[tuple[float, int, int]]:
    """Yield places: words that stand side by side are one, as sure as the surest; no name is a place."""
    last: tuple[float, int, int, int] | None = None
    for odds, number, word in chosen:
        if word.text[0].isupper() and not word.features[FEATURES.index("begins a sentence")]:
            continue
        if last is not None and last[3] + 1 == number and not text[last[2] : word.start].strip(" "):
            last = (max(last[0], odds), last[1], word.end, number)
            continue
        if last is not None:
            yield last[:3]
        last = (odds, word.start, word.end, number)
    if last is not None:
        yield last[:3]


def _to_document(document: Document, blocks: Sequence[tuple[int, int]], start: int, end: int) -> Span | None:
    """Return a place of the text that was read as one of the document; None where markup stands inside it."""
    at, number = blocks[bisect_right(blocks, start, key=lambda block: block[0]) - 1]
    span = document.blocks[number].view.to_document(start - at, end - at)
    return span if span.end - span.start == end - start else None


DETECTOR = Unlikely()
