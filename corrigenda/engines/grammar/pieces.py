"""What a grammar engine is asked about: paragraphs of documents, their markup annotated rather than stripped, and
many of them in one batch.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corrigenda.documents.document import Document
from corrigenda.documents.parts import Block

GAP = "\n\n"
"""What stands between two paragraphs of a batch: no engine joins sentences over it."""

PIECE = 20_000
"""Longest stretch of one paragraph in code points; a longer one is cut at a space, since a check must end in its
time.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paragraph: what its reader sees (`text`), or markup, which the reader sees as `reads`."""

    text: str
    markup: bool = False
    reads: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or a stretch of a very long one: its parts, which together are as long as `[start, end)` of the
    document.
    """

    document: int
    block: int
    start: int
    end: int
    parts: tuple[Part, ...]

    @property
    def source(self) -> str:
        """All characters, markup included."""
        return "".join(part.text for part in self.parts)

    @property
    def identity(self) -> str:
        """What makes two pieces the same to an engine: the characters, and which of them are markup read as what."""
        if len(self.parts) == 1 and not self.parts[0].markup:
            return self.parts[0].text
        return "\x1e".join(f"{part.text}\x1f{part.markup:d}\x1f{part.reads}" for part in self.parts) + "\x1e"


LONGEST = 1_000_000
"""Code points of the longest paragraph that is sent: nobody writes one, and a speller takes minutes over more."""

_UNREADABLE = re.compile(r"\S{400}")
"""What has no space for so long is data, not a sentence."""


def pieces(document: Document, number: int) -> list[Piece]:
    """Return what is to be checked of a document; `number` is the document's place in the run. Blocks without words
    are left out.
    """
    found: list[Piece] = []
    for index, block in enumerate(document.blocks):
        text = block.view.text
        if not any(character.isalpha() for character in text) or _UNREADABLE.search(text) or len(text) > LONGEST:
            continue
        start = block.start
        for group in _cut(_parts(document, block)):
            length = sum(len(part.text) for part in group)
            found.append(Piece(number, index, start, start + length, group))
            start += length
    return found


def _parts(document: Document, block: Block) -> list[Part]:
    parts: list[Part] = []
    at = block.start
    for segment in block.view.segments:
        if segment.start > at:
            parts.append(Part(document.text[at : segment.start], markup=True))
        end = segment.start + segment.length
        shown = block.view.text[segment.view_start : segment.view_start + segment.view_length]
        if segment.view_length == segment.length:
            parts.append(Part(shown))
        else:  # such as an entity, which reads as its letter
            parts.append(Part(document.text[segment.start : end], markup=True, reads=shown))
        at = end
    if at < block.end:
        parts.append(Part(document.text[at : block.end], markup=True))
    return parts


def _cut(parts: list[Part]) -> list[tuple[Part, ...]]:
    if sum(len(part.text) for part in parts) <= PIECE:
        return [tuple(parts)]
    groups: list[tuple[Part, ...]] = []
    current: list[Part] = []
    size = 0
    for part in parts:
        rest = part
        while not rest.markup and size + len(rest.text) > PIECE:
            room = PIECE - size
            space = rest.text.rfind(" ", 0, room)
            cut = space + 1 if space > 0 else room
            current.append(Part(rest.text[:cut]))
            groups.append(tuple(current))
            rest, current, size = Part(rest.text[cut:]), [], 0
        if rest.text:
            current.append(rest)
            size += len(rest.text)
    if current:
        groups.append(tuple(current))
    return groups


@dataclass(frozen=True, slots=True)
class Batch:
    """Paragraphs that are asked about in one request, all in one variant of the language."""

    variant: str
    pieces: tuple[Piece, ...]


def batches(items: Sequence[tuple[str, Piece]], size: int) -> list[Batch]:
    """Group (variant, piece) pairs into requests of at most `size` code points, in their order; a longer piece goes
    alone.
    """
    result: list[Batch] = []
    for variant in sorted({variant for variant, _ in items}):
        current: list[Piece] = []
        length = 0
        for other, piece in items:
            if other != variant:
                continue
            if current and length + piece.end - piece.start > size:
                result.append(Batch(variant, tuple(current)))
                current, length = [], 0
            current.append(piece)
            length += piece.end - piece.start
        if current:
            result.append(Batch(variant, tuple(current)))
    return result
