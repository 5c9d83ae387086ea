"""Where in a translation a name of its source is missing."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from corrigenda.counterparts.matching import Lost, Names, Source, capitalised
from corrigenda.languages import language

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_STOP = re.compile(r"\s*(?:[.,;:!?)\]”]|$)|\"|\s+['’]s\b")


_REACH = 0.1
"""How far around where a name would stand it may be missing, as a share of the sentence."""
_MOST = 6
"""Words that are marked for a place that is not known for sure."""


class Gap(NamedTuple):
    """A place: the word behind which something is missing, and whether the grammar breaks off there."""

    start: int
    end: int
    broken: bool


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(language().lists.get(name, ()))


def may_stand_for(target: str, names: Names) -> bool:
    """Return whether a capitalised word of the translation that is no name may be a lost name's translation."""
    taken = {word.start for word, _ in names.found}
    return any(
        word.start not in taken and word.start > 0 and target[: word.start].rstrip()[-1:] not in '.!?:“"'
        for word in capitalised(target)
        if word.text.casefold() not in _words("clause-openers")
    )


def gap(target: str, lost: Lost, source: Source, names: Names) -> Gap:
    """Return the place of a translation behind which a name of the source is missing."""
    words = list(_WORD.finditer(target))
    if not words:
        return Gap(0, len(target), broken=False)
    expected = _expected(target, lost, source, names)
    broken = [(word.start(), word.end()) for word in _broken(target, words)]
    if broken:
        start, end = min(broken, key=lambda place: (abs(place[1] - expected), place))
        return Gap(start, end, broken=True)
    reach = _REACH * len(target)
    near = [word for word in words if word.end() >= expected - reach and word.start() <= expected + reach][:_MOST]
    if not near:
        near = [min(words, key=lambda word: abs(word.end() - expected))]
    return Gap(near[0].start(), near[-1].end(), broken=False)


def _expected(target: str, lost: Lost, source: Source, names: Names) -> float:
    """Return where the name would end: as far between the names around it as it stands in the source."""
    anchors = sorted([(0, 0), (len(source.text), len(target)), *((other.end, word.end) for word, other in names.found)])
    before = max((anchor for anchor in anchors if anchor[0] <= lost.start), default=(0, 0))
    behind = min((anchor for anchor in anchors if anchor[0] > lost.start), default=(len(source.text), len(target)))
    share = (lost.start - before[0]) / max(1, behind[0] - before[0])
    return before[1] + share * (behind[1] - before[1])


def _broken(target: str, words: Sequence["re.Match[str]"]) -> list["re.Match[str]"]:
    """Return the words behind which the grammar wants a noun and gets none."""
    found = []
    if target[:1] in (",", ";") or target[:2] == "'s":
        found.append(words[0])
    for number, word in enumerate(words):
        following = words[number + 1][0].lower() if number + 1 < len(words) else ""
        own = word[0].lower()
        opens = own in _words("clause-openers") and (
            _STOP.match(target, word.end()) or following in _words("clause-goers")
        )
        headless = number == 0 and word[0][:1].isupper() and own in _words("clause-verbs")
        nobody = (
            own in _words("speech-verbs")
            and target[: word.start()].rstrip().endswith(('"', "”"))
            and target[word.end() :].startswith(",")
        )
        torn = target[word.end() :].startswith((" , ", " 's", " .", " ,", ",,"))
        if opens or headless or nobody or torn:
            found.append(word)
    return found
