"""Letters and their marks as one character each (NFC): the dictionaries of grammar engines know no others."""

import unicodedata
from collections.abc import Iterator

LONGEST_CLUSTER = 32
"""Code points that are composed at once. Nobody writes more marks on one letter, and ordering them takes the square of
their number.
"""

_FIRST_MARK = "\u0300"
"""No character before this one joins the character before it."""


def composed(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of a text that can be composed each for itself, as composing the whole would: where each
    starts and ends, and what it becomes.
    """
    for start, end in _clusters(text):
        cluster = text[start:end]
        yield start, end, unicodedata.normalize("NFC", cluster) if end - start <= LONGEST_CLUSTER else cluster


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(text)):
        if text[at] < _FIRST_MARK or not _joins(text, start, at):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _joins(text: str, start: int, at: int) -> bool:
    """Return whether the character at a place may change together with those before it, which begin at `start`."""
    character = text[at]
    if unicodedata.combining(character):
        return True
    if at - start > LONGEST_CLUSTER:
        return False
    tail = unicodedata.normalize("NFC", text[start:at])[-1]
    joined = unicodedata.normalize("NFC", tail + character)
    return joined != tail + unicodedata.normalize("NFC", character)
