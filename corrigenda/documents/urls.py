"""Addresses in running text: URLs, e-mail addresses, domain names and handles. They are masked in every format."""

import re

from corrigenda.documents.parts import Region, RegionKind
from corrigenda.expressions import lazy

_SCHEME = lazy(r"(?:https?|ftp)://[^\s<>\"“”«»„]+|mailto:[^\s<>\"“”«»„]+", re.IGNORECASE)
_WWW = lazy(r"(?<![\w./-])www\.[^\s<>\"“”«»„]+", re.IGNORECASE)
_MAIL = lazy(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_HANDLE = lazy(r"(?<![\w@./])@\w{2,30}(?:\.\w{1,30}){0,3}")
_ENDING = r"\.(?:com|org|net|gov|edu|info|int|io|ai|eu|uk|ru|ua|de|fr|pl|ee|lv|lt|by|kz|ge|md|su|tv)(?![\w-])"
# The full stop comes first in the pattern, so that the engine looks for it and not at every character.
_DOMAIN_END = lazy(rf"{_ENDING}(?:{_ENDING})*(?:/[^\s<>\"“”«»„]*)?")
_DOMAIN_START = lazy(r"(?<![\w@./-])(?:[A-Za-z0-9-]{1,63}\.){0,3}[A-Za-z0-9-]{2,63}$")
_TRAILING = ".,;:!?'’‘*_~…"


def find(text: str, start: int = 0) -> list[Region]:
    """Return the addresses in a text, ascending, not overlapping; `start` is added to their positions.

    Punctuation that ends the sentence, and a closing bracket that was opened before the address, stay outside.
    """
    spans: list[tuple[int, int]] = []
    if "://" in text or "ailto:" in text:
        spans += (_trim(text, *match.span()) for match in _SCHEME.finditer(text))
    if "ww." in text or "WW." in text:
        spans += (_trim(text, *match.span()) for match in _WWW.finditer(text))
    if "@" in text:
        spans += (match.span() for match in _MAIL.finditer(text))
        spans += (match.span() for match in _HANDLE.finditer(text))
    for match in _DOMAIN_END.finditer(text):
        head = _DOMAIN_START.search(text[max(0, match.start() - 256) : match.start()])
        if head is not None:
            spans.append(_trim(text, match.start() - len(head[0]), match.end()))
    if not spans:
        return []
    spans.sort(key=lambda span: (span[0], -span[1]))
    found: list[Region] = []
    reached = 0
    for first, last in spans:
        if first >= reached and last > first:
            found.append(Region(RegionKind.URL, start + first, start + last))
            reached = last
    return found


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    # A bounded tail is looked at, so that a hostile run of brackets costs nothing.
    for _ in range(64):
        last = text[end - 1 : end]
        unopened = last in (")", "]", "}") and text.count(_OPENING[last], start, min(end, start + 2048)) < text.count(
            last, start, min(end, start + 2048)
        )
        if end <= start or not (last in _TRAILING or unopened):
            break
        end -= 1
    return start, end


_OPENING = {")": "(", "]": "[", "}": "{"}
