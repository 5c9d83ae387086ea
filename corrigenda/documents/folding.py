"""White space folded to single spaces, with the way back to the text's own positions."""

import re
from collections.abc import Callable

_SPACES = re.compile(r"\s+")


def folded(text: str) -> tuple[str, Callable[[int], int]]:
    """Fold white space to single spaces; return the text and the map from its positions to those of the original."""
    if "  " not in text and _SPACES.sub(" ", text) == text:
        return text, _same
    pieces: list[str] = []
    origins: list[int] = []
    at = 0
    for found in _SPACES.finditer(text):
        pieces.append(text[at : found.start()])
        origins.extend(range(at, found.start()))
        pieces.append(" ")
        origins.append(found.start())
        at = found.end()
    pieces.append(text[at:])
    origins.extend(range(at, len(text)))
    result = "".join(pieces)
    return result, origins.__getitem__


def _same(position: int) -> int:
    return position
