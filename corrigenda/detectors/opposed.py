"""Detector `opposed`: the translation says one of two opposites, and the source the other.

Which words say what is data: corpora/sources/KIND has the words of each language in groups, and a check names the
groups that are opposites. A group whose name ends in `-like` holds what may say the same: where one of those stands,
nothing is proved.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple, NotRequired, TypedDict

from corrigenda.cues.lists import Cue, Cues, cues
from corrigenda.cues.sides import Sides, sides, source_span, target_span
from corrigenda.detectors.detector import Detector
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.languages import code_of
from corrigenda.names import sexes
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.alignment.bitext import Bitext
    from corrigenda.rules.check import Check

_LIKE = "-like"
_SILENT = "silent"
_NAME = re.compile(r"\b[A-Z]\w+")
_SURE = 0.8
"""How sure the alignment must be for more than a suggestion."""


class OpposedKeys(TypedDict):
    """The keys of a check."""

    cues: Annotated[str, Key("the lists of words: a folder of corpora/sources", pattern="^[a-z]+$")]
    opposites: Annotated[list[list[str]], Key("pairs of groups that are opposites", least=1)]
    doubtful: NotRequired[Annotated[list[str], Key("groups that are only a suggestion where the translation has them")]]
    mixed: NotRequired[Annotated[bool, Key("whether the translation may have both of two opposites")]]
    swap: NotRequired[
        Annotated[bool, Key("whether the groups of the translation's language are parallel, for corrections")]
    ]
    sexes: NotRequired[Annotated[dict[str, str], Key("groups that given names of women (f) and men (m) count for")]]


class OpposedPayload(NamedTuple):
    """What a check says of itself: each group with its opposites, those that are doubtful, and how it goes about."""

    kind: str
    opposites: dict[str, list[str]]
    doubtful: list[str]
    mixed: bool
    swap: bool
    sexes: dict[str, str]


class OpposedDetector(Detector):
    """Opposites of a text and its source."""

    name = "opposed"
    scope = "document"
    options = OpposedKeys
    values = frozenset(("group", "opposite"))

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule: a document that has its source."""
        keys = check.keys(OpposedKeys)
        opposites: dict[str, list[str]] = {}
        for one, other in keys["opposites"]:
            opposites.setdefault(one, []).append(other)
            opposites.setdefault(other, []).append(one)
        payload = OpposedPayload(
            keys["cues"],
            opposites,
            list(keys.get("doubtful", ())),
            keys.get("mixed", False),
            keys.get("swap", False),
            dict(keys.get("sexes", {})),
        )
        return [Rule(structure="source", payload=payload)]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Compare the pairs of each document."""
        for nominee in nominees:
            bitext = context.bitext(nominee.document)
            if bitext is None:
                continue
            kind = nominee.rule.payload(OpposedPayload).kind
            own = cues(kind, code_of(context.documents[nominee.document].language))
            other = cues(kind, bitext.language)
            if own is not None and other is not None:
                for pair in sides(bitext):
                    yield from _compared(nominee, bitext, pair, own, other)


def _by_group(found: Iterable[Cue]) -> Mapping[str, list[Cue]]:
    """Return cues by the name of their group."""
    groups: dict[str, list[Cue]] = {}
    for cue in found:
        groups.setdefault(cue.group, []).append(cue)
    return groups


def _compared(nominee: Nominee, bitext: "Bitext", pair: Sides, own: Cues, other: Cues) -> Iterator[Hit]:
    """Yield what the translation says of which the source says the opposite alone."""
    payload = nominee.rule.payload(OpposedPayload)
    target, source = _by_group(own.find(pair.target.text)), _by_group(other.find(pair.source.text))
    if _SILENT in target or _SILENT in source:
        return
    named = {payload.sexes.get(sexes.of_given_name(found[0]), "") for found in _NAME.finditer(pair.target.text)}
    for group in sorted(target.keys() & payload.opposites.keys()):
        if group in source or group + _LIKE in source or group + _LIKE in target or (payload.sexes and group in named):
            continue
        opposites = [name for name in payload.opposites[group] if name in source]
        if len(opposites) != 1:
            continue
        opposite = opposites[0]
        if not payload.mixed and (opposite in target or opposite + _LIKE in target):
            continue
        doubtful = group in payload.doubtful or not pair.single or pair.confidence < _SURE
        behind = source[opposite][0]
        for cue in target[group]:
            span = target_span(bitext, pair.target, cue.start, cue.end)
            word = pair.target.text[cue.start : cue.end]
            yield Hit(
                nominee.rule.check,
                nominee.document,
                span.start,
                span.end,
                corrections=_swapped(word, group, opposite, own) if payload.swap else (),
                values={"group": group, "opposite": opposite},
                severity=Severity.SUGGESTION if doubtful else None,
                source_span=source_span(bitext, pair.source, behind.start, behind.end),
            )


def _swapped(word: str, group: str, opposite: str, own: Cues) -> tuple[Correction, ...]:
    """Return the word that stands at the same place of the opposite's list, as the correction."""
    words, others = own.expressions[group], own.expressions.get(opposite, ())
    if word.lower() not in words or len(words) != len(others):
        return ()
    put = others[words.index(word.lower())]
    return (Correction(put[:1].upper() + put[1:] if word[:1].isupper() else put, Applicability.UNSAFE),)


DETECTOR = OpposedDetector()
