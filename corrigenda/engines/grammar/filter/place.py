"""A match in its paragraph and in its document: what stands around it, and what that makes of it."""

import re
from collections import Counter
from functools import cached_property

from corrigenda.documents.document import Document
from corrigenda.documents.parts import Block, RegionKind

TOKEN = re.compile(r"[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*")
"""A word, with the apostrophes and hyphens inside it."""

_SENTENCE_START = re.compile(r"(?:^|[.!?…:]['\"”’)\]]*\s|[“\"‘(\[—–•]\s?|[\n\r])\s*$")
_DATELINE = re.compile(
    r"[A-Z][\w.,’'\- ]{1,60}?(?:\([^)]{1,40}\)\s*)?\s*[—–-]{1,2}\s|\([A-Z][\w.,/ ]{1,40}\)\s*[—–-]{1,2}\s"
)
_MARKS = "\"'“”‘’«»„"
_JOINED = re.compile(r"[\w@#/\\_&=+~^%$*<>|{}]")


class Surroundings:
    """What a document tells of its words: which it capitalises, which it repeats."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str], frozenset[str]]:
        capitals: Counter[str] = Counter()
        forms: Counter[str] = Counter()
        lower: set[str] = set()
        for block in self.document.blocks:
            for match in TOKEN.finditer(block.view.text):
                word = match[0]
                forms[word.casefold()] += 1
                if word[0].isupper():
                    capitals[word.casefold()] += 1
                else:
                    lower.add(word)
        return capitals, forms, frozenset(lower)

    def capitals(self, word: str) -> int:
        """Return how often a word stands with a capital."""
        return self._counts[0][word.casefold()]

    def occurrences(self, word: str) -> int:
        """Return how often a word stands, in any case."""
        return self._counts[1][word.casefold()]

    def in_lower_case(self, word: str) -> bool:
        """Return whether a word stands in lower case somewhere."""
        return word in self._counts[2]


class Place:
    """`[start, end)` of a document, inside one of its blocks, as the reader sees it.

    `before`, `quote` and `after` are the block's text before, at and after the place, without markup.
    """

    def __init__(self, surroundings: Surroundings, block: Block, start: int, end: int) -> None:
        self.surroundings = surroundings
        self.document = surroundings.document
        self.block = block
        self.start, self.end = start, end
        view = block.view
        seen = view.span_of(start, end)
        self.before = view.text[: seen.start]
        self.quote = view.text[seen.start : seen.end]
        self.after = view.text[seen.end :]

    @property
    def unbroken(self) -> bool:
        """Whether no markup stands inside: a correction replaces the document's characters, and would lose it."""
        return self.document.text[self.start : self.end] == self.quote

    @property
    def quoted(self) -> bool:
        """Whether the place stands in a quotation."""
        quotation = self.document.quotation_at(self.start, self.end)
        return quotation is not None or self.block.kind is RegionKind.QUOTATION

    @property
    def starts_sentence(self) -> bool:
        """Whether nothing of the sentence stands before the place."""
        return bool(_SENTENCE_START.search(self.before[-12:])) if self.before else True

    @property
    def dateline(self) -> bool:
        """Whether the place lies in "CITY, State (Agency) —" before the first sentence of a paragraph."""
        match = _DATELINE.match((self.before + self.quote + self.after)[:140])
        return match is not None and len(self.before) < match.end()

    @property
    def alone_in_marks(self) -> bool:
        """Whether the place, and nothing else, stands between quotation marks."""
        return self.before[-1:] in _MARKS and self.after[:1] in _MARKS and bool(self.before and self.after)

    @property
    def marked_sic(self) -> bool:
        """Whether [sic] follows: the writer has seen it."""
        return self.after.lstrip().lower().startswith(("[sic", "(sic"))

    @property
    def inside_token(self) -> bool:
        """Whether the place is a part of something longer: an address, a path, a code, a word with a stroke or a dot
        in it.
        """
        left, right = self.before[-1:], self.after[:1]
        if _JOINED.match(left) or _JOINED.match(right):
            return True
        if left in ("'", "’") and self.before[-2:-1].isalnum():
            return True
        dotted = right == "." and self.after[1:2].isalnum() and not self.after[1:2].isupper()
        return dotted or (left == "." and self.before[-2:-1].isalnum())

    @property
    def italic(self) -> bool:
        """Whether the place stands in italics, as foreign words do."""
        return self.document.within(RegionKind.EMPHASIS, self.start, self.end)
