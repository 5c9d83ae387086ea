"""The name table of one text: every capitalised word, where it stands, and which words stand beside it.

One pass over the text, no data files, no model. A table holds names and positions only, never a sentence of the text,
so that it may be kept between runs. All positions are code points, half open.
"""

import re
import sys
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, TypedDict

from corrigenda.languages import language
from corrigenda.names.errors import NameTableError
from corrigenda.names.romanise import ARTICLES

Span = tuple[int, int]
"""A half-open range of code points."""
Spans = Sequence[Span]
"""Half-open ranges, ascending and not overlapping."""

_UPPER = "A-Z" + "".join(
    c for c in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))) if c.isupper() or c.istitle()
)
_MARKS = "\u0300-\u036f"
_HIDDEN = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Invisible marks, which a name is seen through."""
_IN_PIECES = re.compile(f"[{_MARKS}{_HIDDEN}]")
_HIDDEN_MARK = re.compile(f"[{_HIDDEN}]")
TAG = "\u2060"
"""What stands for the characters of a page's tags, through which names are seen."""
_APOSTROPHE = "'’ʼ‘`ʹ′ʻ"
_HYPHEN = "-‐‑"
# A capital, then letters and combining marks; an apostrophe or a hyphen only between two letters.
_TOKEN = re.compile(
    rf"(?<![\w{_MARKS}])[{_UPPER}][^\W\d_{_MARKS}]*(?:[{_MARKS}]+[^\W\d_]*|[{_HIDDEN}]+[^\W\d_]+)*"
    rf"(?:[{_APOSTROPHE}‐‑\-][^\W\d_]+(?:[{_MARKS}]+[^\W\d_]*|[{_HIDDEN}]+[^\W\d_]+)*)*"
)
_ARTICLE_BEFORE = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(set(ARTICLES), key=len, reverse=True))})[-‐‑]$")
PARTICLES = frozenset(
    ("bin", "ben", "ibn", "abu", "van", "von", "der", "den", "de", "da", "di", "del", "la", "le", "al", "el")
)
"""Small words inside the names of people, in many languages."""
_LINKING_PARTICLE = re.compile(rf" (?:{'|'.join(sorted(PARTICLES))}) (?:(?:{'|'.join(sorted(PARTICLES))}) )?")
_LOWER_WORD = re.compile(r"(?<!\w)[^\W\d_A-Z][^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?…:;\n\r\"“”«»(\[•|*]|[-–—] $")


MOST_PLACES = 100_000
"""Most capitalised words of a text that are looked at; a megabyte of news has some thirty thousand."""

MOST_FORMS = 15_000
"""Most different ones; three megabytes of news have twelve thousand."""


class Occurrence(NamedTuple):
    """One place of a name: its range, the words joined to it by one space ("" for none), and whether it begins a
    sentence.
    """

    start: int
    end: int
    before: str
    after: str
    initial: bool


class Positions(TypedDict):
    """A table without its words, a column a key; the columns but `first` have an entry for each place."""

    ids: list[int]
    """Which form stands there, as a number from 0 in order of first appearance."""
    starts: list[int]
    """Where it begins."""
    lengths: list[int]
    """How many code points it has."""
    flags: list[int]
    """1: joined to the place before; 2: begins a sentence; 4: inside a quotation."""
    first: list[int]
    """For each form the number of its first place, from which its word is read."""


def as_form(written: str) -> str:
    """Return a stretch of a text as the form of a name: each letter in one piece, and no invisible marks."""
    if written.isascii() or not _IN_PIECES.search(written):
        return written
    return unicodedata.normalize("NFC", _HIDDEN_MARK.sub("", written))


def clean(spans: Spans) -> tuple[tuple[int, int], ...]:
    """Return ranges sorted, as plain tuples, without empty ones."""
    return tuple(sorted((int(a), int(b)) for a, b in spans if b > a))


def inside(starts: Sequence[int], spans: Spans, start: int, end: int) -> bool:
    """Return whether `[start, end)` touches one of the ranges; `starts` are the ranges' starts."""
    at = bisect_right(starts, start) - 1
    if at >= 0 and spans[at][1] > start:
        return True
    return at + 1 < len(spans) and spans[at + 1][0] < end


class DocumentNames:
    """The capitalised words of one text.

    `text` is read once and not kept. `skip` holds the ranges in which nothing is a name for us (code, URLs, front
    matter); `quotations` the ranges between quotation marks: names in them are kept and marked.
    """

    __slots__ = ("__dict__", "_ends", "_ids", "_initial", "_joined", "_quoted", "_starts", "forms")

    def __init__(self, text: str, *, skip: Spans = (), quotations: Spans = ()) -> None:
        skipped = clean(skip)
        skip_starts = [a for a, _ in skipped]
        quoted = clean(quotations)
        quote_starts = [a for a, _ in quoted]
        ids: dict[str, int] = {}
        self._ids = array("I")
        self._starts = array("I")
        self._ends = array("I")
        self._joined = bytearray()
        self._initial = bytearray()
        self._quoted = bytearray()
        last_end = -1
        contraction = language().name_words.contraction
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            form = match[0]
            if skipped and inside(skip_starts, skipped, start, end):
                continue
            if form[-2:-1] in _APOSTROPHE or form[-3:-2] in _APOSTROPHE:
                ending = contraction.search(form)
                if ending:
                    form = form[: ending.start()]
                    end = start + len(form)
            if start > 2 and text[start - 1] in _HYPHEN:
                article = _ARTICLE_BEFORE.search(text, max(0, start - 4), start)
                if article:
                    form = text[article.start() : end]
                    start = article.start()
            form = as_form(form)
            if len(form) < 2 and not form.isupper():
                continue
            before = start
            if text[start - 1 : start] == TAG:
                before = len(text[max(last_end, 0) : start].rstrip(TAG)) + max(last_end, 0)
            gap: str | None = text[last_end:before].lstrip(TAG) if 0 <= last_end <= before else None
            if gap is not None and len(gap) > 15:
                gap = None
            joined = gap in (" ", "\u00a0", "\u202f") or (gap is not None and bool(_LINKING_PARTICLE.fullmatch(gap)))
            self._ids.append(ids.setdefault(form, len(ids)))
            self._starts.append(start)
            self._ends.append(end)
            self._joined.append(joined)
            lead = text[max(0, before - 2) : before]
            self._initial.append(not lead.strip() or bool(_SENTENCE_END.search(lead)))
            self._quoted.append(bool(quoted) and inside(quote_starts, quoted, start, end))
            last_end = end
            if len(self._ids) == MOST_PLACES or len(ids) == MOST_FORMS:
                break
        # A collection has each name in many tables; interned, it has it once.
        self.forms: tuple[str, ...] = tuple(map(sys.intern, ids))

    @classmethod
    def lower_words(cls, text: str) -> frozenset[str]:
        """Return the words that stand in lower case somewhere in the text: no name, however they are written
        elsewhere.
        """
        return frozenset(_LOWER_WORD.findall(text))

    def __len__(self) -> int:
        """Count the occurrences."""
        return len(self._ids)

    def __contains__(self, form: object) -> bool:
        return form in self._places

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Occurrence numbers of each form, forms in order of first appearance."""
        places: list[list[int]] = [[] for _ in self.forms]
        for number, form in enumerate(self._ids):
            places[form].append(number)
        return dict(zip(self.forms, places, strict=True))

    def count(self, form: str) -> int:
        """Return how often a form occurs."""
        return len(self._places.get(form, ()))

    def numbers(self, form: str) -> Sequence[int]:
        """Return the running numbers of a form's occurrences, for `at`."""
        return self._places.get(form, ())

    def at(self, number: int) -> Occurrence:
        """Return the occurrence with a running number."""
        before = self.forms[self._ids[number - 1]] if number and self._joined[number] else ""
        more = number + 1 < len(self._ids) and self._joined[number + 1]
        after = self.forms[self._ids[number + 1]] if more else ""
        return Occurrence(self._starts[number], self._ends[number], before, after, bool(self._initial[number]))

    def token(self, number: int) -> tuple[str, int, int]:
        """Return form, start and end of the occurrence with a running number."""
        return self.forms[self._ids[number]], self._starts[number], self._ends[number]

    def occurrences(self, form: str) -> list[Occurrence]:
        """Return the places of a form in text order."""
        return [self.at(number) for number in self._places.get(form, ())]

    def spans(self, form: str) -> tuple[tuple[int, int], ...]:
        """Return the ranges of a form in text order."""
        return tuple((self._starts[n], self._ends[n]) for n in self._places.get(form, ()))

    def scan(self, form: str, limit: int = 200) -> list[Occurrence]:
        """Return up to `limit` places of a form, without building the look-up that `occurrences` keeps."""
        if form not in self.forms:
            return []
        wanted = self.forms.index(form)
        found = []
        for number, identity in enumerate(self._ids):
            if identity == wanted:
                found.append(self.at(number))
                if len(found) == limit:
                    break
        return found

    def counts(self) -> list[tuple[str, int]]:
        """Return each form with the number of its places, in order of first appearance."""
        totals = [0] * len(self.forms)
        for identity in self._ids:
            totals[identity] += 1
        return list(zip(self.forms, totals, strict=True))

    def is_quoted(self, number: int) -> bool:
        """Return whether an occurrence stands inside a quotation."""
        return bool(self._quoted[number])

    def number_at(self, position: int) -> int | None:
        """Return the occurrence that holds a position, or None."""
        number = bisect_right(self._starts, position) - 1
        return number if number >= 0 and position < self._ends[number] else None

    def bigrams(self) -> Iterable[tuple[str, str, int]]:
        """Yield each two joined words with the running number of the first."""
        for number in range(1, len(self._ids)):
            if self._joined[number]:
                yield self.forms[self._ids[number - 1]], self.forms[self._ids[number]], number - 1

    def to_positions(self) -> Positions:
        """Return where the names stand, as plain JSON values without a word of the text; `from_positions` reads it."""
        first: dict[int, int] = {}
        for number, identity in enumerate(self._ids):
            first.setdefault(identity, number)
        return {
            "ids": list(self._ids),
            "starts": list(self._starts),
            "lengths": [end - start for start, end in zip(self._starts, self._ends, strict=True)],
            "flags": [
                joined | initial << 1 | quoted << 2
                for joined, initial, quoted in zip(self._joined, self._initial, self._quoted, strict=True)
            ],
            "first": [first[identity] for identity in range(len(self.forms))],
        }

    @classmethod
    def from_positions(cls, positions: Positions, text: str) -> "DocumentNames":
        """Return the table that `to_positions` wrote, with its words read from the text again.

        Raises NameTableError when the values do not fit together or lie outside the text.
        """
        table = cls("")
        try:
            table._ids = array("I", positions["ids"])
            table._starts = array("I", positions["starts"])
            lengths = zip(table._starts, positions["lengths"], strict=True)
            table._ends = array("I", [start + length for start, length in lengths])
            flags = [int(flag) for flag in positions["flags"]]
            spans = [(table._starts[number], table._ends[number]) for number in positions["first"]]
        except (KeyError, IndexError, TypeError, ValueError, OverflowError) as error:
            raise NameTableError(f"not a name table: {error}") from error
        table.forms = tuple(sys.intern(as_form(text[start:end])) for start, end in spans)
        if not len(flags) == len(table._ids) == len(table._starts):
            raise NameTableError("not a name table: its columns differ in length")
        if any(number >= len(table.forms) for number in table._ids):
            raise NameTableError("not a name table: it has places of forms that it does not have")
        if any(end > len(text) for end in table._ends):
            raise NameTableError("the name table was made from a longer text")
        table._joined = bytearray(flag & 1 for flag in flags)
        table._initial = bytearray(flag >> 1 & 1 for flag in flags)
        table._quoted = bytearray(flag >> 2 & 1 for flag in flags)
        return table
