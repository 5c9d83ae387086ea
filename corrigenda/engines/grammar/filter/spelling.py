"""Judgements on one misspelt word: is it the other dialect's, is the correction near, is it two words in one?"""

import math
import re
from collections.abc import Sequence
from typing import Literal

from corrigenda.languages import language

Kind = Literal["dialect", "near", "capital", "compound", "far"]
"""What a word is that the speller does not know.

"dialect" and "compound" are no mistakes; "near" is a misspelling one step away, or words run together, and "capital" a
name in lower case; all else is "far": a rare word, a foreign one, or one that does not exist.
"""

COMMON = 20
"""Occurrences in a million words from which on a word is so common that nobody coins another like it."""

_VOWELS = frozenset("aeiouy")
_BETWEEN_PARTS = re.compile(r"[\s\-‐‑–'’]")
_LONG = 9
"""Letters from which on a misspelling may be two steps away."""


def other_dialect(word: str, replacements: Sequence[str], message: str = "") -> bool:
    """Return whether a word is merely how another English spells one of the replacements; LanguageTool's message may
    say so.
    """
    if language().grammar.dialect_message.search(message):
        return True
    return any(language().dialects.differ_only(word, other) for other in replacements if " " not in other)


def glued(word: str, replacements: Sequence[str]) -> bool:
    """Return whether a word is one written twice without a space, or two of which one is a function word.

    Machine translation loses the space between its pieces; a writer's compound has no "the" in it.
    """
    half = len(word) // 2
    if len(word) >= 6 and len(word) % 2 == 0 and word[:half] == word[half:]:
        return True
    bare = word.casefold()
    glue = language().grammar.glue
    for other in replacements:
        parts = other.casefold().split()
        # English compounds written as one word are short; those of thirteen letters and more are known to the speller.
        if len(parts) == 2 and "".join(parts) == bare and (len(bare) >= 13 or not glue.isdisjoint(parts)):
            return True
    return False


def unlikelihood(word: str, other: str) -> float:
    """Return how unlikely it is that a misspelt word was to be another one, by the slip and by how common that one is.

    A letter that is left out ("wich" for "which") is a likelier slip than one that stands for another ("with").
    """
    return _slip(word.casefold(), other.casefold()) - 0.2 * math.log10(
        max(language().frequency(other.casefold()), 0.01)
    )


def _slip(word: str, other: str) -> float:
    if _bare(word) == _bare(other):
        return 0.5
    if sorted(word) == sorted(other):
        return 0.9
    if len(other) == len(word) + 1 and _without_one(other, word):
        return 1.0
    if len(other) == len(word) - 1 and _without_one(word, other):
        return 1.1
    changed = [pair for pair in zip(word, other, strict=False) if pair[0] != pair[1]]
    if len(other) == len(word) and len(changed) == 1:
        return 1.2 if set(changed[0]) <= _VOWELS else 1.6
    return 3.0 if " " in other else 2.5


def _without_one(longer: str, shorter: str) -> bool:
    """Return whether a word is another without one of its letters."""
    at = next((n for n, letter in enumerate(shorter) if longer[n] != letter), len(shorter))
    return longer[:at] + longer[at + 1 :] == shorter


def common(word: str) -> bool:
    """Return whether a word stands among the common ones of English."""
    return language().frequency(word.casefold()) >= COMMON


def lost_capital(word: str, replacements: Sequence[str]) -> bool:
    """Return whether a lower-case word is a name or a nationality that needs its capital: "ukrainians"."""
    return len(word) >= 4 and word.islower() and word.isalpha() and word.capitalize() in replacements[:1]


def split_in_two(word: str, replacements: Sequence[str]) -> bool:
    """Return whether a replacement is the same word with a space, hyphen or apostrophe: a matter of compounding."""
    bare = _bare(word)
    return any(_bare(other) == bare and other.casefold() != word.casefold() for other in replacements)


def _bare(word: str) -> str:
    return _BETWEEN_PARTS.sub("", word).casefold()


def near(word: str, correction: str) -> bool:
    """Return whether a correction is so near that the word is a misspelling of it.

    One step is a letter lost, added or doubled, two swapped, or one vowel for another; a long word may be two steps
    away. A consonant for another is no step: more often than a misspelling it makes a rare word.
    """
    if len(word) < 5 or not correction.isalpha() or correction != correction.lower():
        return False
    if word == correction + "s" or word[:-1] == correction[:-1]:
        # A plural that no dictionary lists, or another ending.
        return False
    if word[0].casefold() != correction[0] and word[:2].casefold() != correction[1::-1]:
        # The first letter is the one that people and machines get right.
        return False
    return _within(word.casefold(), correction, 2 if len(word) >= _LONG else 1, "")


def _within(a: str, b: str, left: int, before: str) -> bool:
    """Return whether at most `left` steps lead from `a` to `b`.

    `before` says what the last step was ("added", "lost"): a letter lost where one was just added is another letter in
    its place, which is no step.
    """
    if a == b:
        return True
    if left == 0 or abs(len(a) - len(b)) > left:
        return False
    at = 0
    while at < min(len(a), len(b)) and a[at] == b[at]:
        at += 1
    here = before if at == 0 else ""
    a, b = a[at:], b[at:]
    if a and here != "lost" and _within(a[1:], b, left - 1, "added"):
        return True
    if b and here != "added" and _within(a, b[1:], left - 1, "lost"):
        return True
    if len(a) > 1 and len(b) > 1 and a[0] in _VOWELS and b[0] in _VOWELS and _within(a[1:], b[1:], left - 1, ""):
        return True
    return len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and _within(a[2:], b[2:], left - 1, "")


def judge(word: str, replacements: Sequence[str], message: str = "") -> Kind:
    """Return what a word is that the speller does not know; `replacements` and `message` are what it said."""
    if other_dialect(word, replacements, message):
        return "dialect"
    if (replacements and near(word, replacements[0])) or glued(word, replacements):
        return "near"
    if lost_capital(word, replacements):
        return "capital"
    if split_in_two(word, replacements):
        return "compound"
    return "far"
