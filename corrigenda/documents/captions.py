"""Telling a picture's caption or credit from a paragraph of the text."""

import re

from corrigenda.expressions import lazy

LONGEST = 400
"""Longest caption, in code points."""

_WORD = r"(?:photo(?:graph)?s?|images?|pictures?|pics?|video|illustration|infographics?|credits?|source|file)"
_AGENCY = r"(?:Getty(?: Images)?|Reuters|AFP|EPA|AP|Shutterstock|file (?:photo|image|picture))"
_END = lazy(
    rf"[(\[](?:{_WORD}\b[^()\[\]]{{0,80}}|[^()\[\]]{{0,60}}\b{_AGENCY})[)\]]\.?$",
    re.IGNORECASE,
)
_START = lazy(
    rf"[(\[]?(?:{_WORD}|caption|photo(?:graph)? by|image by)(?: (?:credits?|caption|source|by|courtesy))?\s*:",
    re.IGNORECASE,
)
_CREDIT = lazy(
    r"(?:©|\(c\)) ?\S[^.!?]{0,80}$|(?:photo|image|picture)s? (?:by|credit|courtesy)\b[^.!?]{0,80}$", re.IGNORECASE
)


def is_caption(text: str, start: int, end: int) -> bool:
    """Return whether `[start, end)` of a text reads as a caption: it ends in a credit, or begins with a label."""
    if end - start > LONGEST:
        return False
    if text[end - 1] in ")]." and _END.search(text, max(start, end - 100), end):
        return True
    head = text[start]
    if head not in "PpIiVvCcSsFf([©":
        return False
    return _START.match(text, start, end) is not None or _CREDIT.match(text, start, end) is not None
