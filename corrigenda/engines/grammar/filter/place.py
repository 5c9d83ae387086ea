"""A match in its paragraph and in its document: what stands around it, and what that makes of it."""

import re
from collections import Counter
from functools import cached_property

from corrigenda.documents.document import Document
from corrigenda.documents.parts import Block, RegionKind
from corrigenda.languages import any_language, language

TOKEN = re.compile(r"[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*")
"""A word, with the apostrophes and hyphens inside it."""

_SENTENCE_START = re.compile(r"(?:^|[.!?…:]['\"”’)\]]*\s|[“\"‘(\[—–•]\s?|[\n\r])\s*$")
_DATELINE = re.compile(
    r"[A-Z][\w.,’'\- ]{1,60}?(?:\([^)]{1,40}\)\s*)?\s*[—–-]{1,2}\s|\([A-Z][\w.,/ ]{1,40}\)\s*[—–-]{1,2}\s"
)
_GAP = re.compile(r"\n[ \t>]*\r?\n")
_STANZA = 600
"""Code points before and after a place in which its stanza lies."""
_LEAST_LINES = 3
_LINE = 60
"""Longest line of verse, in code points."""
_BEFORE_VERSE = "> *_\"“‘'—–-"
_QUOTED = 1_000
"""Code points of a quotation that are looked at."""
_MUCH_SPOKEN = 8
"""Spoken forms in a document from which on all of it may be dialect."""
_LEAST_SPOKEN = 2
"""Spoken forms in a paragraph from which on it is dialect."""
_MARKS = "\"'“”‘’«»„"
_JOINED = re.compile(r"[\w@#/\\_&=+~^%$*<>|{}]")


def starts_sentence(text: str, position: int) -> bool:
    """Return whether nothing of a sentence stands before a position of a paragraph."""
    return position == 0 or _SENTENCE_START.search(text[max(0, position - 12) : position]) is not None


def spoken(text: str) -> int:
    """Return how many words of a text are written as a dialect has them."""
    return len(language().dialects.spoken.findall(text))


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
            text = block.view.text
            for match in TOKEN.finditer(text):
                word = match[0]
                forms[word.casefold()] += 1
                if word[0].isupper():
                    # The first word of a sentence and the words of a headline have a capital whatever they are.
                    if block.kind is not RegionKind.HEADING and not starts_sentence(text, match.start()):
                        capitals[word.casefold()] += 1
                else:
                    lower.add(word)
        return capitals, forms, frozenset(lower)

    def capitals(self, word: str) -> int:
        """Return how often a word stands with a capital that no beginning of a sentence explains."""
        return self._counts[0][word.casefold()]

    def occurrences(self, word: str) -> int:
        """Return how often a word stands, in any case."""
        return self._counts[1][word.casefold()]

    @cached_property
    def spoken(self) -> int:
        """How many spoken forms of words the document has."""
        return sum(spoken(block.view.text) for block in self.document.blocks)

    @property
    def technical(self) -> bool:
        """Whether the document is about programming."""
        return self.document.shows_code

    @cached_property
    def _code(self) -> frozenset[str]:
        text = self.document.text
        regions = self.document.regions_of(RegionKind.CODE)
        return frozenset(word.casefold() for own in regions for word in TOKEN.findall(text, own.start, own.end))

    def in_code(self, word: str) -> bool:
        """Return whether a word stands in the document's code, or in that of a name such as `app.yaml`."""
        return word.casefold() in self._code

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
        return starts_sentence(self.before, len(self.before))

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
    def verse(self) -> bool:
        """Whether the place stands in verse: at least three short lines in a row, most with a capital first."""
        text = self.document.text
        # A stanza is short; what lies further away is another one.
        near = text[max(0, self.start - _STANZA) : self.start], text[self.start : self.start + _STANZA]
        before = _GAP.split(near[0])[-1]
        stanza = [line.strip() for line in (before + _GAP.split(near[1])[0]).splitlines() if line.strip()]
        if len(stanza) < _LEAST_LINES or max(map(len, stanza)) > _LINE:
            return False
        capitals: int = sum(line.lstrip(_BEFORE_VERSE)[:1].isupper() for line in stanza)
        return 3 * capitals >= 2 * len(stanza)

    @property
    def dialect(self) -> bool:
        """Whether the paragraph, or much of the text, is written as somebody speaks: with words of a dialect, and
        letters left out.
        """
        return self.surroundings.spoken >= _MUCH_SPOKEN or spoken(self.block.view.text) >= _LEAST_SPOKEN

    @property
    def quotes_foreign(self) -> bool:
        """Whether the place stands in a quotation most of whose words are not of the text's language."""
        quotation = self.document.quotation_at(self.start, self.end)
        if quotation is None or len(quotation.style) == 0:
            return False
        own = any_language(self.document.language)
        words = TOKEN.findall(self.document.text, quotation.start, min(quotation.end, quotation.start + _QUOTED))
        foreign = sum(not own.is_word(word.lower()) for word in words)
        return len(words) >= _LEAST_LINES and 2 * foreign > len(words)

    @property
    def in_foreign_name(self) -> bool:
        """Whether a word with letters that English lacks stands beside a capitalised one: École hôtelière."""
        if self.quote.isascii():
            return False
        before, after = self.before.split()[-1:], self.after.split()[:1]
        return any(word[:1].isupper() for word in (*before, *after))

    @property
    def italic(self) -> bool:
        """Whether the place stands in italics, as foreign words do."""
        return self.document.within(RegionKind.EMPHASIS, self.start, self.end)
