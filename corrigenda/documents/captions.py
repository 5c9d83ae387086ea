"""Telling a picture's caption or credit from a paragraph of the text."""

from corrigenda.languages import language

LONGEST = 400
"""Longest caption, in code points."""


def is_caption(text: str, start: int, end: int) -> bool:
    """Return whether `[start, end)` of a text reads as a caption: it ends in a credit, or begins with a label."""
    if end - start > LONGEST:
        return False
    known = language().captions
    if text[end - 1] in ")].】" and known.ending.search(text, max(start, end - 100), end):
        return True
    if text[start] not in known.initials:
        return False
    return known.label.match(text, start, end) is not None or known.credit.match(text, start, end) is not None
