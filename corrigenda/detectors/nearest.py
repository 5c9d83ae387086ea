"""Detector `nearest`: wordings close to a known artefact of corpora/exemplars.

An exemplar's marked words nominate a stretch that shares most of them. The comparison confirms it by three cosines: of
the two wordings; of the two sentences around them; and, against it, of the wording to its own sentence, since what is
meant literally fits its surroundings: a child and a puddle.
"""

import json
import re
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import ceil
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypedDict

from corrigenda import resources as content
from corrigenda.detectors.detector import Detector
from corrigenda.engines.judge.confidence import confidence, log_odds
from corrigenda.errors import CheckError, did_you_mean
from corrigenda.finding import Applicability, Correction
from corrigenda.languages import any_language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key, Share, Text
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


_ENDS = (".", "!", "?")
_MOST_LISTS = 20
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


class NearestKeys(TypedDict):
    """The keys of a check."""

    kinds: Annotated[list[Text], Key("files of corpora/exemplars", least=1, unique=True)]
    share: Annotated[Share, Key("share of the exemplar's content words that must be there")]
    margin: Annotated[float, Key("log-odds of the fitted curve from which on a wording is close enough")]


class Exemplar(NamedTuple):
    """A known artefact: its wording, the stems of it, what is right instead, and the sentence around it."""

    phrase: str
    length: int
    stems: Sequence[str]
    right: str
    kind: str
    share: float
    margin: float
    around: str


class Nearest(Detector):
    """Wordings close to a known artefact."""

    name = "nearest"
    scope = "sentence"
    engines = ("embeddings",)
    yields = True
    shows = True
    values = frozenset(("kind", "like", "right"))
    options = NearestKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Turn each marked wording with two content words or more into a rule, announced by its rarest."""
        # deferred: only compiling needs it
        from corrigenda.rules.check import parse_example

        rules: list[Rule] = []
        keys = check.keys(NearestKeys)
        known = {path.stem for path in content.path("corpora", "exemplars").glob("*.jsonl")}
        for number, kind in enumerate(keys["kinds"]):
            if kind not in known:
                hint = did_you_mean(kind, known, otherwise=f"there are: {', '.join(sorted(known))}")
                raise CheckError(
                    check.path, check.line("kinds", number), f"there is no corpora/exemplars/{kind}.jsonl; {hint}"
                )
            lines = content.path("corpora", "exemplars", f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
            for line in lines:
                row = json.loads(line)
                text, spans = parse_example(row["text"])
                for start, end in spans:
                    phrase = text[start:end]
                    words = sorted({w.lower() for w in _WORD.findall(phrase) if resources.language.stems(w)})
                    if len(resources.language.stems(phrase)) < 2:
                        continue
                    rarest = sorted(words, key=lambda word: (resources.frequency(word), word))[:2]
                    rules.append(
                        Rule(
                            literals=tuple(
                                sorted({form for word in rarest for form in (word, *resources.language.forms(word))})
                            ),
                            beside=_beside(sorted(resources.language.stems(phrase)), check.options["share"]),
                            payload=Exemplar(
                                phrase=phrase,
                                length=len(phrase.split()),
                                stems=sorted(resources.language.stems(phrase)),
                                right=_repair(text, start, end, row["right"]),
                                kind=row["kind"].replace("-", " "),
                                share=keys["share"],
                                margin=keys["margin"],
                                around=f"{text[:start]} {text[end:]}",
                            ),
                        )
                    )
        return rules

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Compare the stretch around each nominated word, and its sentence, with the exemplar's."""
        wanted: dict[int, list[tuple[Nominee, int, int]]] = {}
        for nominee in nominees:
            if nominee.block is None:
                continue
            words = _words(nominee.document, nominee.block, context)
            for start, end in _stretches(words, nominee.rule.payload(Exemplar)):
                wanted.setdefault(nominee.document, []).append((nominee, start, end))
        for number in sorted(wanted):
            places = wanted[number]
            texts = [text for place in places for text in _compared(*place, context)]
            rows = context.comparisons.encode(number, texts, places=len(places))
            if rows is None:
                continue
            for index, (nominee, start, end) in enumerate(places):
                own, around, known, around_known = rows[4 * index : 4 * index + 4]
                scores = {
                    "wording": float((own * known).sum()),
                    "surroundings": float((around * around_known).sum()),
                    "at home": float((own * around).sum()),
                }
                payload = nominee.rule.payload(Exemplar)
                if log_odds("near-known", scores) < payload.margin:
                    continue
                assert nominee.block is not None
                span = context.documents[number].blocks[nominee.block].view.to_document(start, end)
                yield Hit(
                    check=nominee.rule.check,
                    document=number,
                    start=span.start,
                    end=span.end,
                    # In the exemplar's own tense and person, so it is advice and nothing to put there as it is.
                    corrections=() if payload.right[-1:] in _ENDS else (_advice(payload.right),),
                    values={"like": payload.phrase, "kind": payload.kind, "right": payload.right},
                    evidence={
                        "comparison": f"close to the known artefact “{payload.phrase}”, in a sentence of that kind, "
                        "and not what the rest of its sentence is about",
                        "repaired there": payload.right,
                        "scores": {name: round(score, 2) for name, score in scores.items()},
                    },
                    confidence=confidence("near-known", scores),
                )


def _beside(stems: Sequence[str], share: float) -> tuple[tuple[str, ...], ...]:
    """Return lists of stems of which one each stands in any block that shares enough of them with an exemplar.

    So that a block that has one rare word of an exemplar and no other is not looked at. A stem is the beginning of a
    word, in lower case, so it stands in the block's text.
    """
    spare = len(stems) - ceil(_least(len(stems), share))
    lists = tuple(combinations(stems, spare + 1))
    return lists if len(lists) <= _MOST_LISTS else ()


def _least(stems: int, share: float) -> float:
    """Return how many of an exemplar's stems a stretch must have."""
    return max(2, share * stems)


def _repair(text: str, start: int, end: int, right: str) -> str:
    """Return what the repaired sentence has where the marked wording stood; all of it where that is not to tell."""
    before, after = text[:start], text[end:]
    middle = right[len(before) : len(right) - len(after)].strip()
    return middle if middle and right.startswith(before) and right.endswith(after) else right


def _advice(right: str) -> Correction:
    return Correction(right, Applicability.DISPLAY_ONLY)


def _compared(nominee: Nominee, start: int, end: int, context: Context) -> tuple[str, str, str, str]:
    """Return the wording and the rest of its sentence, here and in the exemplar."""
    assert nominee.block is not None
    payload = nominee.rule.payload(Exemplar)
    text = context.documents[nominee.document].blocks[nominee.block].view.text
    first, last = 0, len(text)
    for sentence in context.sentences(nominee.document, nominee.block):
        if sentence.start <= start < sentence.end:
            first, last = sentence.start, max(end, sentence.end)
    around = f"{text[first:start]} {text[end:last]}"
    return text[start:end], around.strip() or "-", payload.phrase, payload.around.strip() or "-"


_Words = list[tuple[int, int, frozenset[str]]]


def _words(document: int, block: int, context: Context) -> _Words:
    """Return where each word of a block stands, and its stems; once for all exemplars that are nominated there."""
    key = ("words of a block", document, block)
    if key not in context.memo:
        text = context.documents[document].blocks[block].view.text
        stems = any_language(context.documents[document].language).stems
        context.memo[key] = [(found.start(), found.end(), frozenset(stems(found[0]))) for found in _WORD.finditer(text)]
    known: _Words = context.memo[key]
    return known


def _stretches(known: _Words, payload: Exemplar) -> Iterable[tuple[int, int]]:
    """Yield stretches about as long as the exemplar's wording, from its first shared content word to its last."""
    wanted = frozenset(payload.stems)
    words = [(start, end, own & wanted) for start, end, own in known]
    if len(frozenset[str]().union(*(own for _, _, own in words))) < _least(len(wanted), payload.share):
        return
    at = 0
    while at < len(words):
        if not words[at][2]:
            at += 1
            continue
        window = words[at : at + payload.length + 1]
        last = max(i for i, word in enumerate(window) if word[2])
        found = set().union(*(word[2] for word in window))
        if len(found) >= _least(len(wanted), payload.share):
            yield window[0][0], window[last][1]
            at += last
        at += 1


DETECTOR = Nearest()
