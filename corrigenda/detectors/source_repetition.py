"""Detector `source-repetition`: words, phrases and sentences that stand twice though the source says them once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.expressions import lazy
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.languages import any_language
from corrigenda.quantities.folding import WORD
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Text
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.alignment.bitext import Bitext, Pair, Stretch
    from corrigenda.documents.document import Document
    from corrigenda.rules.check import Check

_LONGEST = 3_000
"""Code points of a sentence from which on it is not looked through: finding phrases takes their square."""
_MOST_WORDS = 6
_LEAST = 20
"""Code points that a repeated sentence must have."""
_WORD = lazy(r"\w+(?:['’]\w+)*")
_BETWEEN = lazy(r"[\s,.;:()\"'“”‘’-]{1,4}")
_SOURCE_WORD = lazy(WORD)
_GAP = 3
"""Code points that may stand between a word and its repetition."""
_REDUPLICATED = lazy("([\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2,8})\\1")
"""Where no spaces stand between words, as in Chinese."""


class SourceRepetitionKeys(TypedDict, total=False):
    """The keys of a check."""

    sentence: Text


class SourceRepetitionPayload(NamedTuple):
    """What is said of a sentence that stands twice."""

    sentence: str


class SourceRepetition(Detector):
    """Repetitions that the source does not have."""

    name = "source-repetition"
    scope = "document"
    options = SourceRepetitionKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the rule: documents that have a source."""
        keys = check.keys(SourceRepetitionKeys)
        return [Rule(structure="source", payload=SourceRepetitionPayload(keys.get("sentence", "")))]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Look through each pair, and at each beside the one before it."""
        for nominee in nominees:
            bitext = context.bitext(nominee.document)
            if bitext is None:
                continue
            document = context.documents[nominee.document]
            for pair in bitext.held():
                if not _repeats(pair.source_text):
                    for stretch in pair.target:
                        yield from _in_sentence(nominee, document, bitext, stretch)
            if not bitext.units:
                yield from _sentences(nominee, bitext)


def _repeats(source: str) -> bool:
    """Return whether a source says something twice in a row itself."""
    text = source[:_LONGEST]
    words = [(found.start(), found.end(), found[0].lower()) for found in _SOURCE_WORD.finditer(text)]
    twice = any(one[2] == two[2] and two[0] - one[1] <= _GAP for one, two in pairwise(words))
    return twice or _REDUPLICATED.search(text) is not None


def _in_sentence(nominee: Nominee, document: "Document", bitext: "Bitext", stretch: "Stretch") -> Iterator[Hit]:
    """Yield one to six words that stand twice or more in a row."""
    if len(stretch.text) > _LONGEST:
        return
    meant = any_language(document.language).grammar.closed_class_twice
    words = [found.span() for found in _WORD.finditer(stretch.text)]
    lower = [stretch.text[start:end].lower() for start, end in words]
    at = 0
    while at < len(words):
        for length in range(1, min(_MOST_WORDS, (len(words) - at) // 2) + 1):
            times = 1
            while lower[at : at + length] == lower[at + times * length : at + (times + 1) * length]:
                times += 1
            if times == 1 or not _close(stretch.text, words, at, length, times):
                continue
            if length == 1 and times == 2 and (lower[at] in meant or len(lower[at]) == 1):
                continue
            figures = any(word.isdigit() for word in lower[at : at + length])
            if figures and not _plainly(stretch.text, words, at, length):
                continue
            last = at + times * length - 1
            yield _hit(nominee, bitext, stretch, words, at, length, last)
            at = last
            break
        at += 1


def _close(text: str, words: Sequence[tuple[int, int]], at: int, length: int, times: int) -> bool:
    """Return whether nothing but a mark stands between the repetitions, and no sentence ends there."""
    for number in range(1, times):
        first = at + number * length
        between = text[words[first - 1][1] : words[first][0]]
        if _BETWEEN.fullmatch(between) is None or between.strip() in (".", ";", ":", "-"):
            return False
    return True


def _plainly(text: str, words: Sequence[tuple[int, int]], at: int, length: int) -> bool:
    """Return whether nothing but a space stands before a repetition: figures with a mark between are a list."""
    first = at + length
    return text[words[first - 1][1] : words[first][0]] == " "


def _hit(
    nominee: Nominee,
    bitext: "Bitext",
    stretch: "Stretch",
    words: Sequence[tuple[int, int]],
    at: int,
    length: int,
    last: int,
) -> Hit:
    start, end = words[at][0], words[last][1]
    once = stretch.text[start : words[at + length - 1][1]]
    span = bitext.target_span(stretch, start, end)
    comma = "," in stretch.text[start:end]
    return Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=span.start,
        end=span.end,
        corrections=(Correction(once, Applicability.UNSAFE),),
        severity=Severity.SUGGESTION if comma and length == 1 and last == at + 1 else None,
    )


def _sentences(nominee: Nominee, bitext: "Bitext") -> Iterator[Hit]:
    """Yield a sentence that stands twice in a row where the source has two that differ, or one."""
    message = nominee.rule.payload(SourceRepetitionPayload).sentence
    before: Pair | None = None
    for pair in bitext.pairs:
        if before is not None and pair.target and before.target and message:
            one, other = _plain(before.target_text), _plain(pair.target_text)
            if len(other) >= _LEAST and one == other and _plain(before.source_text) != _plain(pair.source_text):
                span = bitext.target_span(pair.target[0])
                last = bitext.target_span(pair.target[-1])
                yield Hit(
                    check=nominee.rule.check,
                    document=nominee.document,
                    start=span.start,
                    end=last.end,
                    message=message,
                )
        before = pair


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


DETECTOR = SourceRepetition()
