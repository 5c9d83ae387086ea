"""Where sentences of a source end, language by language (corpora/sources/sentences).

A language that translations are checked in has sentences of its own (`languages`), made for long copy and measured.
Sources come in many more, and here a sentence that is cut once too often costs little: the alignment joins its parts.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from corrigenda import resources
from corrigenda.languages import any_language, shipped

_ORDINAL_DIGITS = 2
"""The most digits of a number that a dot makes an ordinal: "3. April", and not "seit 1997.\""""


class _Ends(NamedTuple):
    """How sentences of a language end: see the head of a file of corpora/sources/sentences."""

    expression: re.Pattern[str]
    ordinal: bool
    continues: tuple[str, ...]
    abbreviations: frozenset[str]


def sentences(text: str, language: str) -> Sequence[tuple[int, int]]:
    """Return `[start, end)` of each sentence of a paragraph, in code points, without the spaces between them.

    Args:
        text: The paragraph.
        language: The code of its language, "" where it is not known.
    """
    ends = _ends(language)
    if ends is None:
        return any_language(language or "und").sentences(text)
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for found in ends.expression.finditer(text):
        if found.start() > start and _is_end(text, found, ends):
            spans.append((start, found.end("mark")))
            start = found.end()
    last = len(text.rstrip())
    return [*spans, (start, last)] if last > start else spans


def _is_end(text: str, found: re.Match[str], ends: _Ends) -> bool:
    """Return whether a mark that may end a sentence ends one where it stands."""
    behind = text[found.end() : found.end() + 1]
    if not behind:
        return True
    if behind.islower():
        return False
    mark = found["mark"]
    if text.startswith(ends.continues, found.end()) and len(mark) > 1 and mark[-1] not in ".…。":
        return False
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    word = re.search(r"[^\W_]*\Z", text[max(0, found.start() - 30) : found.start()])
    before = word[0] if word is not None else ""
    if len(before) == 1 and before.isalpha():
        return False
    if ends.ordinal and before.isdigit() and len(before) <= _ORDINAL_DIGITS:
        return False
    return before.lower() not in ends.abbreviations


@cache
def _ends(language: str) -> _Ends | None:
    """Return how sentences of a language end, None for one that has its own rules, or none."""
    if language in shipped() or language not in _listed():
        return None
    import tomllib  # deferred: a run without a source reads no such file

    raw = resources.path("corpora", "sources", "sentences", f"{language}.toml").read_text(encoding="utf-8")
    said = tomllib.loads(raw)
    space = r"\s+|\Z" if said["spaced"] else r"\s*"
    expression = rf"(?P<mark>[{re.escape(said['ends'])}]+[{re.escape(said['closing'])}]*)(?:{space})"
    return _Ends(re.compile(expression), said["ordinal"], tuple(said["continues"]), frozenset(said["abbreviations"]))


@cache
def _listed() -> frozenset[str]:
    folder = resources.folder("corpora") / "sources" / "sentences"
    return frozenset(path.stem for path in folder.glob("*.toml"))
