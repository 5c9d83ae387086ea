"""Detector `sense`: a word in the wrong one of its source word's senses, from corpora/confusables.

A frame's wrong words announce it, and one of its cues must stand in the same sentence; the comparison decides. So the
factory beside a dam is found, and the one that makes shoes is not.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypedDict

from corrigenda import resources as content
from corrigenda.detectors.detector import Detector
from corrigenda.detectors.entries import checked_demand, graver, in_source
from corrigenda.errors import CheckError, did_you_mean
from corrigenda.expressions import compiled
from corrigenda.finding import Correction
from corrigenda.languages import language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Compare, Key, Text
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.languages.base import Language
    from corrigenda.rules.check import Check


class SenseKeys(TypedDict):
    """The keys of a check."""

    sets: Annotated[list[Text], Key("files of corpora/confusables", least=1, unique=True)]
    compare: Compare


class Frame(NamedTuple):
    """A frame: what is right instead, the expression of its cues, the source word, what the comparison must say."""

    right: Sequence[str]
    cues: str
    source: str
    language: str
    compare: Compare


class Sense(Detector):
    """A word in the wrong one of its source word's senses."""

    name = "sense"
    scope = "sentence"
    engines = ("language-model",)
    shows = True
    values = frozenset(("cue", "source"))
    options = SenseKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Turn every frame of the named files into a rule."""
        # deferred: only compiling needs it
        from corrigenda.rules.yaml_file import loaded

        rules: list[Rule] = []
        known = {path.stem for path in content.path("corpora", "confusables").glob("*.yaml")}
        keys = check.keys(SenseKeys)
        demand = checked_demand(check, keys["compare"])
        for number, group in enumerate(keys["sets"]):
            if group not in known:
                hint = did_you_mean(group, known, otherwise=f"there are: {', '.join(sorted(known))}")
                raise CheckError(
                    check.path, check.line("sets", number), f"there is no corpora/confusables/{group}.yaml; {hint}"
                )
            data = loaded(content.path("corpora", "confusables", f"{group}.yaml").read_text(encoding="utf-8"))
            confusables: list[_Confusable] = data["sets"]
            for confusable in confusables:
                source = confusable["source"][0]
                rules += [_rule(source, frame, demand, resources) for frame in confusable["frames"]]
        return rules

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Look for a frame's words beside one of its cues; what is found still has to pass the comparison."""
        for nominee in nominees:
            if nominee.block is None:
                continue
            document = context.documents[nominee.document]
            view = document.blocks[nominee.block].view
            payload = nominee.rule.payload(Frame)
            own = language(nominee.rule.check.language)
            for found in compiled(nominee.rule.gate).finditer(view.text):
                start, end = found.span()
                if not own.is_whole(view.text, start, end):
                    continue
                cue = _cue(payload.cues, start, end, nominee, context)
                if cue is None or _part_of_name(view.text, start, end):
                    continue
                start, end, right = _narrowed(view.text, start, end, payload.right)
                start, corrections = _with_article(view.text, start, end, right, own)
                span = view.to_document(start, end)
                here = nominee._replace(start=span.start, end=span.end)
                behind = in_source(payload.source, (payload.language,), here, context)
                yield Hit(
                    check=nominee.rule.check,
                    document=nominee.document,
                    start=span.start,
                    end=span.end,
                    corrections=tuple(Correction(text) for text in corrections),
                    values={"source": payload.source, "cue": cue},
                    evidence={"source word": payload.source, "nearby": cue},
                    severity=graver("", nominee, sure=behind is not None),
                    compare=payload.compare if behind is None else None,
                    source_span=behind,
                )


class _Source(TypedDict):
    word: str
    lang: str


class _WrittenFrame(TypedDict):
    wrong: str
    right: list[str]
    context: list[str]


class _Confusable(TypedDict):
    """A word of a source language that has several senses, as corpora/confusables has it."""

    source: list[_Source]
    frames: list[_WrittenFrame]


def _rule(source: _Source, frame: _WrittenFrame, demand: Compare, resources: CompileResources) -> Rule:
    words = frame["wrong"].lower().split()
    cues = sorted({_stem(cue) for cue in frame["context"]})
    expression = r"(?i)\b(?:" + "|".join(re.escape(cue) for cue in cues) + r")\w*"
    return Rule(
        literals=(min(words, key=lambda word: (resources.frequency(word), word)),),
        gate="(?i)" + resources.language.bounded(r"\s+".join(map(re.escape, words)), words[0][0], words[-1][-1]),
        nearby=(expression,),
        payload=Frame(frame["right"], expression, source["word"], source["lang"], demand),
    )


def _stem(cue: str) -> str:
    """The first letters of a cue, enough to find its other forms."""
    lowered = cue.lower()
    return lowered if len(lowered) <= 4 else lowered[: max(4, len(lowered) - 3)]


def _part_of_name(text: str, start: int, end: int) -> bool:
    """Return whether the words are part of a name: capitalised, or joined to a capitalised word, inside a sentence."""
    if text[start].isupper() and not re.search(r"(?:^|[.!?:]\s|[“\"]|\n)\W*$", text[:start]):
        return True
    return text[start].isupper() and re.match(r"\s+(?:of\s+)?[A-Z]", text[end:]) is not None


def _cue(expression: str, start: int, end: int, nominee: Nominee, context: Context) -> str | None:
    """Return the word of the sentence that speaks for the repair, or None."""
    assert nominee.block is not None
    for sentence in context.sentences(nominee.document, nominee.block):
        if sentence.start <= start < sentence.end:
            for found in compiled(expression).finditer(sentence.text):
                first, last = found.span()
                if last + sentence.start <= start or first + sentence.start >= end:
                    return str(found[0])
    return None


def _narrowed(text: str, start: int, end: int, repairs: Sequence[str]) -> tuple[int, int, list[str]]:
    """Leave out the words that begin both the frame and every repair, so that what is marked is what must change."""
    words = list(re.finditer(r"\S+", text[start:end]))
    split = [repair.split() for repair in repairs]
    common = 0
    while common < len(words) - 1 and all(
        len(own) > common + 1 and own[common].lower() == words[common][0].lower() for own in split
    ):
        common += 1
    return start + words[common].start(), end, [" ".join(own[common:]) for own in split]


def _with_article(text: str, start: int, end: int, repairs: Sequence[str], known: "Language") -> tuple[int, list[str]]:
    """Take the article before the words along where a repair wants the other one; keep a capital at the start."""
    article = re.search(r"\b(\w+)\s+$", text[:start])
    if (
        article is None
        or article[1].lower() not in known.articles
        or not any(known.article(repair) != article[1].lower() for repair in repairs)
    ):
        return start, [_cased(repair, text[start]) for repair in repairs]
    return article.start(), [_cased(f"{known.article(repair)} {repair}", text[article.start()]) for repair in repairs]


def _cased(repair: str, first: str) -> str:
    return repair[:1].upper() + repair[1:] if first.isupper() else repair


DETECTOR = Sense()
