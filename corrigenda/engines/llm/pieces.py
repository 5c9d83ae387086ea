"""Cuts a document into pieces that fit into a model, each with what a reader would know when coming to it.

A piece ends where its own text says so (a heading follows, or the hash of a paragraph), so that a change in one
paragraph leaves the other pieces, and their kept answers, as they were.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from corrigenda.documents.document import Document
from corrigenda.documents.parts import Block, RegionKind
from corrigenda.engines.llm.context import Mark, title
from corrigenda.engines.llm.room import FULL, Room

_QUOTE = 60


class Part(NamedTuple):
    """A block of a piece: its number in the document, and its text as the model sees it."""

    block: int
    text: str


class Piece(NamedTuple):
    """What is read at once: `document` is its number in the run; `before` and `after` are shown and not judged.
    `marked` has what needs no second mark: the number of the part, the words, and what is wrong with them.
    """

    document: int
    title: str
    before: str
    parts: tuple[Part, ...]
    after: str
    marked: tuple[tuple[int, str, str], ...] = ()

    def shown(self, without: Collection[str] = ()) -> str:
        """Return the piece as the model sees it, each block with its number.

        `without` names what is left out to measure what it is worth: "title", "neighbours", "marks".
        """
        lines = []
        if self.title and "title" not in without:
            lines.append(f"Title: {self.title}")
        if self.before and "neighbours" not in without:
            lines.append(f"(what stands before, not to be judged) {self.before}")
        lines += [f"[{number}] {part.text}" for number, part in enumerate(self.parts, 1)]
        if self.after and "neighbours" not in without:
            lines.append(f"(what follows, not to be judged) {self.after}")
        if self.marked and "marks" not in without:
            places = "; ".join(f"[{number}] “{quote}” {what}" for number, quote, what in self.marked)
            lines.append(f"(marked already) {places}")
        return "\n".join(lines)


def pieces(
    document: Document, number: int, marks: Sequence[Mark] = (), room: Room = FULL
) -> tuple[list[Piece], list[int]]:
    """Return the pieces of a document, and the numbers of the blocks that are too long to be read.

    `number` is the document's place in the run, `marks` what is marked in it already, `room` what fits into the model.
    Blocks without words of two letters are left out, and fields of front matter that the text says again.
    """
    parts: list[tuple[Part, Block]] = []
    unread: list[int] = []
    lines = [one_line(block.view.text) for block in document.blocks]
    for index, (block, text) in enumerate(zip(document.blocks, lines, strict=True)):
        if not _has_words(text) or (text in lines[index + 1 :] and document.is_field(block.start)):
            continue
        if len(text) > room.longest_block:
            unread.append(index)
            continue
        parts.append((Part(index, text), block))
    heading = title(document)
    in_blocks = _by_block(document, marks)
    found: list[Piece] = []
    for start, end in _cuts(parts, room):
        own = tuple(part for part, _ in parts[start:end])
        before = _end(" ".join(part.text for part, _ in parts[max(0, start - 3) : start]), room.around)
        after = _beginning(" ".join(part.text for part, _ in parts[end : end + 2]), room.around)
        marked = [(at, *mark) for at, part in enumerate(own, 1) for mark in in_blocks.get(part.block, ())]
        # Where the title stands in the piece as a block of its own, it is not said twice.
        shown = "" if any(part.text == heading for part in own) else heading
        found.append(Piece(number, shown, before, own, after, tuple(marked[: room.marks])))
    return found, unread


def _by_block(document: Document, marks: Sequence[Mark]) -> dict[int, list[tuple[str, str]]]:
    """Return what is marked in each block: the words, and what is wrong with them."""
    starts = [block.start for block in document.blocks]
    result: dict[int, list[tuple[str, str]]] = {}
    for mark in marks:
        block = bisect_right(starts, mark.start) - 1
        quote = one_line(document.text[mark.start : mark.end])[:_QUOTE]
        if quote:  # spaces alone are nothing that a model would name
            result.setdefault(block, []).append((quote, mark.what))
    return result


def one_line(text: str) -> str:
    """Return a block's text in one line, as it is shown: all white space is a space."""
    return " ".join(text.split())


def _end(text: str, most: int) -> str:
    return text if len(text) <= most else "…" + text[-most:].partition(" ")[2]


def _beginning(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + "…"


def _cuts(parts: Sequence[tuple[Part, Block]], room: Room) -> list[tuple[int, int]]:
    """Return where pieces begin and end among the parts."""
    cuts: list[tuple[int, int]] = []
    start, size = 0, 0
    for index, (part, _) in enumerate(parts):
        if size and size + len(part.text) > room.largest:
            cuts.append((start, index))
            start, size = index, 0
        size += len(part.text)
        following = parts[index + 1][1].kind if index + 1 < len(parts) else None
        if size >= room.smallest and (following is RegionKind.HEADING or _ends_here(part.text)):
            cuts.append((start, index + 1))
            start, size = index + 1, 0
    if start < len(parts):
        cuts.append((start, len(parts)))
    return cuts


def _ends_here(text: str) -> bool:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[0] < 64


def _has_words(text: str) -> bool:
    return any(len(word) > 1 and word.isalpha() for word in text.split())
