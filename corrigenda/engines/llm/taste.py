"""What is dropped whatever a model thinks: corrections that change nothing, or what houses do in their own ways."""

import re
import unicodedata

from corrigenda.engines.llm.grounding import Folded
from corrigenda.languages import language

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_CONTRACTED = (("n't", " not"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"), ("'m", " am"))


def is_nothing(standing: str, correction: str) -> bool:
    """Return whether a correction is what stands there, or says so in words."""
    return Folded.of(standing).text.strip() == Folded.of(correction).text.strip()


def is_taste(standing: str, correction: str) -> bool:
    """Return whether a correction differs only in what houses write in their own ways: dialect, hyphens, commas, marks,
    accents, contractions, a number in words.
    """
    one, other = _words(standing), _words(correction)
    if "".join(one) == "".join(other):
        return True
    same = language().dialects.differ_only
    return len(one) == len(other) and all(a == b or same(a, b) for a, b in zip(one, other, strict=True))


def changes_figures(standing: str, correction: str) -> bool:
    """Return whether the digits differ: a figure is the author's, and no model knows it better."""
    return "".join(_NUMBER.findall(standing)) != "".join(_NUMBER.findall(correction))


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters, without accents, contractions written out."""
    folded = Folded.of(text).text.casefold()
    for short, long in _CONTRACTED:
        folded = folded.replace(short, long)
    plain = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return _WORD.findall(plain)
