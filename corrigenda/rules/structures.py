"""Structural nominators: places that no word announces, found from lines, blocks and repeated tokens.

Each takes a document, some take the rule's arguments too, and yields (block, start, end) in the document's positions;
the block is None for what concerns the whole document. They look at every document, so they must run at memory speed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import eq

from corrigenda.documents import characters
from corrigenda.documents.document import Document
from corrigenda.documents.parts import RegionKind
from corrigenda.expressions import compiled, lazy, span_of
from corrigenda.languages import any_language

Place = tuple[int | None, int, int]

_REPEATED = lazy(r"\b(\w+)(\W{1,3})\1\b", re.IGNORECASE)

_CAPITAL = lazy(r"\w[,;]? [“\"‘(]?[A-Z]")


def document(read: Document) -> Iterator[Place]:
    """The document as a whole, once; for detectors that compare its parts."""
    if read.blocks:
        yield None, read.blocks[0].start, read.blocks[-1].end


def source(read: Document) -> Iterator[Place]:
    """The document as a whole, where its source is at hand; for checks that compare the two."""
    if read.has_source:
        yield from document(read)


def captions(read: Document) -> Iterator[Place]:
    """Every block that the reader took for a caption."""
    for index, block in enumerate(read.blocks):
        if block.kind is RegionKind.CAPTION:
            yield index, block.start, block.end


def last_blocks(read: Document, count: int) -> Iterator[Place]:
    """Those of the last blocks that end without a mark, in a document of at least five: scraped remains stand there."""
    if read.text_blocks >= 5:
        for index in range(max(3, read.text_blocks - count), read.text_blocks):
            if not ends_sentence(read.blocks[index].view.text):
                yield index, read.blocks[index].start, read.blocks[index].end


MAC_ROMAN = "mac-roman"
_MAC_APOSTROPHE = lazy(r"\b[A-Za-z]+Õ(?:s|t|re|ve|ll|d|m)\b")
_MAC_QUOTES = lazy(r"(?<!\w)Ò[A-Za-z]+Ó?(?!\w)|\b[A-Za-z]*[a-z]Ó(?!\w)")
_MAC_BOTH = lazy(r"(?<!\w)Ò[A-Za-z][^\n]{0,300}[a-z]Ó(?!\w)")
_NOT_ASCII_WORD = lazy(r"\w*[^\x00-\x7f]\w*")


def old_mac(read: Document) -> Iterator[Place]:
    """Words that show that a file of an old Macintosh was read wrongly; or the first that will be, in such a file."""
    text = read.readable
    if read.encoding.codec == MAC_ROMAN:
        found = ((match.start(), match.end()) for match in _NOT_ASCII_WORD.finditer(text) if "\ufffc" not in match[0])
        yield from list(_in_copy(read, found))[:1]
    elif "Õ" in text or "Ò" in text:
        quotes = _MAC_QUOTES.finditer(text) if _MAC_BOTH.search(text) else ()
        spans = {match.span() for match in (*_MAC_APOSTROPHE.finditer(text), *quotes)}
        yield from _in_copy(read, sorted(spans))


def raw_text(read: Document, expression: str) -> Iterator[Place]:
    """Every match of an expression in the copy as the file has it, with the marks of its markup; the group `mark` of it
    where there is one.
    """
    for found in compiled(expression).finditer(read.readable):
        start, end = span_of(found, "mark")
        # Emphasis at the ends of a paragraph lies outside its block.
        for position in (start, end - 1, (start + end) // 2):
            block = read.block_at(position)
            if block is not None:
                yield block, start, end
                break


def repeated_words(read: Document) -> Iterator[Place]:
    """Every block in which a word stands twice in a row, with white space or a mark between."""
    for index, block in enumerate(read.blocks):
        found = _REPEATED.search(block.view.text)
        if found is not None:
            yield index, *block.view.to_document(*found.span())


def repeated_phrases(read: Document) -> Iterator[Place]:
    """Every block of a document in which two to six words stand twice in a row, or up to twelve three times.

    Comparing the word list with itself, shifted, is several times faster than a regular expression with a
    back-reference.
    """
    words = [word for block in read.blocks for word in block.view.text.split()]
    for length in range(1, 13):
        # One byte a word: 1 where the word `length` further on is the same; the last one may have a mark behind it.
        same = bytes(map(eq, words, words[length:]))
        least = 2 if length == 1 else length if length < 7 else 2 * length - 1
        if b"\x01" * least in same:
            for index, block in enumerate(read.blocks):
                yield index, block.start, block.end
            return
    # A long stretch that stands twice in a row has every six words of it twice in a block.
    for index, block in enumerate(read.blocks):
        own = block.view.text.split()
        if len(own) > 26 and len(set(zip(*(own[shift:] for shift in range(6)), strict=False))) < len(own) - 11:
            yield index, block.start, block.end


def hidden_marks(read: Document) -> Iterator[Place]:
    """Every run of invisible marks that does not belong to the text."""
    for start, end in characters.hidden(read.readable):
        # A block is read without them, so those at its edges lie outside it.
        blocks = (read.block_at(at) for at in (start, end, start - 1) if at >= 0)
        block = next((number for number in blocks if number is not None), None)
        if block is not None:
            yield block, start, end


def ligatures(read: Document) -> Iterator[Place]:
    """Every typographic ligature."""
    yield from _in_copy(read, characters.ligatures(read.readable))


def _in_copy(read: Document, spans: Iterable[tuple[int, int]]) -> Iterator[Place]:
    for start, end in spans:
        block = read.block_at(start)
        if block is not None:
            yield block, start, end


def mixed_quotes(read: Document) -> Iterator[Place]:
    """The document, where it holds opening marks of more than one style of double quotation marks."""
    text = read.readable
    if (text.count('"') >= 2) + ("“" in text) + ("«" in text) + ("„" in text) >= 2:
        yield from document(read)


def names(read: Document) -> Iterator[Place]:
    """The document, where it holds a capitalised word inside a sentence."""
    if read.blocks and _CAPITAL.search(read.readable):
        yield None, read.blocks[0].start, read.blocks[-1].end


BODY = 60
"""Code points from which a block counts as a paragraph of the article's body."""
_LINE = 240
_ENDS = lazy(r"[.!?…:;,]['\"”’»)\]]*\s*$")


_LONG = re.compile(r"\b[a-z]{5,}\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def ends_sentence(text: str) -> bool:
    """Return whether a line ends with a mark that ends a sentence or announces something."""
    return _ENDS.search(text) is not None


def odd_lines(read: Document, words: Sequence[str]) -> Iterator[Place]:
    """Lines of an article that may not belong to it: made of words that pages use, or like a headline at its end.

    Lists, tables and quotations are left out, and so is a line in a row of lines without full stops: a list by another
    name. An article needs six blocks, four of them of some length.
    """
    blocks = read.blocks[: read.text_blocks]
    if len(blocks) < 6 or sum(len(block.view.text) >= BODY for block in blocks) < 4:
        return
    known = frozenset(words)
    for index in range(1, len(blocks)):
        block = blocks[index]
        if len(block.view.text) > _LINE or block.kind not in (
            RegionKind.PROSE,
            RegionKind.HEADING,
            RegionKind.CAPTION,
        ):
            continue
        own = any_language(read.language).stems(block.view.text)
        if own and len(own & known) >= 0.6 * len(own):
            yield index, block.start, block.end
        elif index >= len(blocks) - 3 and block.kind is not RegionKind.CAPTION and not ends_sentence(block.view.text):
            neighbours = blocks[max(1, index - 3) : index]
            if sum(not ends_sentence(other.view.text) for other in neighbours) < len(neighbours):
                yield index, block.start, block.end


def repeating(read: Document) -> Iterator[Place]:
    """The document, where most of one sentence's long words stand in another: something may be said twice."""
    seen: dict[str, list[int]] = {}
    number = 0
    for block in read.blocks:
        for sentence in _SENTENCE.split(block.view.text):
            words = set(_LONG.findall(sentence.lower()))
            if len(words) < 4:
                continue
            number += 1
            counts: dict[int, int] = {}
            for word in words:
                others = seen.setdefault(word, [])
                for other in others[:50]:
                    counts[other] = counts.get(other, 0) + 1
                others.append(number)
            if counts and max(counts.values()) >= max(4, 0.5 * len(words)):
                yield from document(read)
                return


def one_of(read: Document) -> Iterator[Place]:
    """The document, where it says "one of" a number twice."""
    if len(any_language(read.language).claims.part_of_number_hint.findall(read.readable)) >= 2:
        yield from document(read)


def nothing(read: Document) -> Iterator[Place]:
    """No place: for checks that an engine of its own feeds."""
    yield from ()


STRUCTURES: dict[str, Callable[..., Iterable[Place]]] = {
    "document": document,
    "captions": captions,
    "hidden-marks": hidden_marks,
    "ligatures": ligatures,
    "last-blocks": last_blocks,
    "mixed-quotes": mixed_quotes,
    "names": names,
    "nothing": nothing,
    "odd-lines": odd_lines,
    "old-mac": old_mac,
    "one-of": one_of,
    "raw-text": raw_text,
    "repeated-phrases": repeated_phrases,
    "repeated-words": repeated_words,
    "repeating": repeating,
    "source": source,
}

WITH_ARGUMENTS = frozenset(("last-blocks", "odd-lines", "raw-text"))
"""Structures that want arguments; the others look at the document alone, so all rules that use them share the result.
"""
