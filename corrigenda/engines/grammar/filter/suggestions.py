"""LanguageTool's suggestions: cut down to what changes, put in order, and made corrections."""

from collections.abc import Callable, Sequence

from corrigenda.documents.document import Document
from corrigenda.finding import Applicability, Correction
from corrigenda.languages import language

Choice = tuple[int, int, Sequence[str]]
"""A place `[start, end)` of a document, in code points, and the suggestions for it."""
Rank = Callable[[Document, Sequence[Choice]], Sequence[Sequence[str]]]
"""Orders the suggestions of a document's places, the likeliest first; one result a place."""


def trimmed(text: str, start: int, end: int, suggestions: Sequence[str]) -> tuple[int, int, tuple[str, ...]]:
    """Take off both ends what a match shares with all its suggestions, white space or whole words: a finding marks what
    has to change.

    Args:
        text: The document's text.
        start: Where the match begins.
        end: Where it ends.
        suggestions: What LanguageTool would write at `[start, end)`.

    Returns:
        The narrower `[start, end)`, and what to write there.
    """
    result = list(suggestions)
    if not result:
        return start, end, ()
    start, end, result = _without_space(text, start, end, result)
    if not any(suggestion in text[start:end] for suggestion in result):
        start, end, result = _without_words(text, start, end, result)
    # Otherwise something is only taken away, such as one of two equal words: what stays is part of what is wrong.
    return start, end, tuple(result)


def _without_space(text: str, start: int, end: int, suggestions: list[str]) -> tuple[int, int, list[str]]:
    while end - start > 1 and text[start].isspace() and all(s[:1] == text[start] for s in suggestions):
        start, suggestions = start + 1, [s[1:] for s in suggestions]
    while end - start > 1 and text[end - 1].isspace() and all(s[-1:] == text[end - 1] for s in suggestions):
        end, suggestions = end - 1, [s[:-1] for s in suggestions]
    return start, end, suggestions


def _without_words(text: str, start: int, end: int, suggestions: list[str]) -> tuple[int, int, list[str]]:
    while (cut := text.find(" ", start, end) + 1) and all(
        s.startswith(text[start:cut]) and len(s) > cut - start for s in suggestions
    ):
        start, suggestions = cut, [s[cut - start :] for s in suggestions]
    while (cut := text.rfind(" ", start, end)) > start and all(
        s.endswith(text[cut:end]) and len(s) > end - cut for s in suggestions
    ):
        end, suggestions = cut, [s[: len(s) - (end - cut)] for s in suggestions]
    return start, end, suggestions


def corrections_of(quote: str, suggestions: Sequence[str]) -> tuple[Correction, ...]:
    """Return suggestions for a quote as corrections: the first is safe where it cannot change the meaning."""
    found: list[Correction] = []
    for number, text in enumerate(suggestions):
        if text == quote or any(known.text == text for known in found):
            continue
        safe = number == 0 and harmless(quote, text)
        found.append(Correction(text, Applicability.SAFE if safe else Applicability.UNSAFE))
    return tuple(found)


def harmless(before: str, after: str) -> bool:
    """Return whether a correction cannot change the meaning: spaces and doubled marks alone, "a" for "an", or one of
    two equal words.
    """
    known = language().grammar
    if {before.casefold(), after.casefold()} == known.equal_articles:
        return True
    old, new = before.casefold().split(), after.casefold().split()
    if len(old) == 2 and len(new) == 1 and old[0] == old[1] == new[0]:
        return old[0] in known.closed_class - known.closed_class_twice
    if not any(character.isalnum() for character in before + after):
        return after != "" and before.replace(" ", "") == after.replace(" ", "")
    return False
