"""From the words that a model quotes to the characters of the document that they are, or to nothing.

A model writes straight quotation marks for curly ones and one space for three; nothing else is forgiven. A quote that
does not stand in its block, or stands there twice, names no place.
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from corrigenda.documents.document import Document
from corrigenda.documents.parts import Span

_FOLDED = str.maketrans({"’": "'", "‘": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‑": "-"})
_SHORTEST = 1


class Folded(NamedTuple):
    """A text with its white space and quotation marks folded, and where each of its characters comes from."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Folded":
        """Fold a text: runs of white space are one space, quotation marks are straight, what is invisible is gone."""
        letters: list[str] = []
        starts: list[int] = []
        for at, character in enumerate(text):
            if character.isspace():
                if letters and letters[-1] != " ":
                    letters.append(" ")
                    starts.append(at)
            elif unicodedata.category(character) != "Cf":
                letters.append(character.translate(_FOLDED))
                starts.append(at)
        return cls("".join(letters), (*starts, len(text)))


def place(view: str, quote: str) -> tuple[int, int] | None:
    """Return where a quote stands in a block's view, `[start, end)`; None where it does not stand there just once."""
    wanted = Folded.of(quote).text.strip()
    if len(wanted) < _SHORTEST:
        return None
    folded = Folded.of(view)
    at = folded.text.find(wanted)
    if at < 0 or folded.text.find(wanted, at + 1) >= 0:
        at = _as_words(folded.text, wanted)
    if at < 0:
        return None
    last = folded.starts[at + len(wanted) - 1]
    return folded.starts[at], last + 1


def _as_words(text: str, wanted: str) -> int:
    """Return the only place where a quote stands as whole words, -1 where there is none or more than one."""
    found = -1
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        cut = (at > 0 and text[at - 1].isalnum() and wanted[0].isalnum()) or (
            end < len(text) and text[end].isalnum() and wanted[-1].isalnum()
        )
        if not cut:
            if found >= 0:
                return -1
            found = at
        at = text.find(wanted, at + 1)
    return found


def narrowed(view: str, start: int, end: int, corrections: Sequence[str]) -> tuple[int, int, tuple[str, ...]]:
    """Take off both ends the whole words that a place shares with all its corrections: a finding marks what changes.

    At least one word stays on both sides, so that a word which is put in has a place to be shown at.
    """
    standing = view[start:end].split(" ")
    wordings = [text.split(" ") for text in corrections]
    if not wordings:
        return start, end, ()
    while len(standing) > 1 and all(len(words) > 1 and words[0] == standing[0] for words in wordings):
        start += len(standing[0]) + 1
        standing, wordings = standing[1:], [words[1:] for words in wordings]
    while len(standing) > 1 and all(len(words) > 1 and words[-1] == standing[-1] for words in wordings):
        end -= len(standing[-1]) + 1
        standing, wordings = standing[:-1], [words[:-1] for words in wordings]
    return start, end, tuple(" ".join(words) for words in wordings)


def in_document(document: Document, block: int, start: int, end: int) -> Span | None:
    """Return the document's span for a place of a block's view, None where it is not copy."""
    span = document.blocks[block].view.to_document(start, end)
    if len(span) == 0 or document.is_masked(span.start, span.end):
        return None
    return span


def dressed(text: str, view: str) -> str:
    """Return a correction with the apostrophes and quotation marks that its block uses."""
    if "’" in view and "'" not in view:
        text = text.replace("'", "’")
    if "“" in view and '"' not in view and text.count('"') == 2:
        first, second, third = text.split('"')
        text = f"{first}“{second}”{third}"
    return text
