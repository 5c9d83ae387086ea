"""The curated names (`corpora/names.jsonl`), read once when first asked for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from corrigenda.names.files import lines_of, record
from corrigenda.names.romanise import fold

CURRENT = frozenset(("canonical", "variant", "other-language"))
"""The statuses of spellings that are in use today for the name itself."""
_NOTE = re.compile(r"\s*\([^)]*\)\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """One name of `corpora/names.jsonl`: its canonical form, what it names, and how else it is written.

    No two rows have one canonical form, so it is what a row is known by. `kind` is "place.city", "place.country",
    "person", "given", "org" and the like; `origin` the language or languages of the name ("uk", "uk/ru"). `forms` maps
    every spelling to "canonical", "variant", "other-language", "former" or "inflected"; `languages` a spelling to the
    language it comes from, where the file says so. `styles` maps a publication to its form.
    """

    canonical: str
    kind: str
    origin: str
    forms: Mapping[str, str]
    languages: Mapping[str, str] = field(default_factory=dict)
    styles: Mapping[str, str] = field(default_factory=dict)
    keep_in: tuple[str, ...] = ()
    ambiguous_with: tuple[str, ...] = ()
    since: str = ""
    native: str = ""

    @property
    def is_person(self) -> bool:
        """Whether the row names one person."""
        return self.kind == "person"

    @property
    def is_given(self) -> bool:
        """Whether the row is a given name, which many people bear."""
        return self.kind == "given"

    @property
    def is_place(self) -> bool:
        """Whether the row names a place."""
        return self.kind.startswith("place")

    def also_means(self, form: str) -> bool:
        """Return whether a form is a name of something else too: Nikolaev is a surname (`ambiguous_with`)."""
        return fold(form) in {fold(_NOTE.sub("", other).strip()) for other in self.ambiguous_with}

    @property
    def languages_of_origin(self) -> list[str]:
        """The codes of the name's languages, the first its own; at least one, which may be ""."""
        return self.origin.split("/")


def read_row(raw: Mapping[str, Any]) -> Row:
    """Return a row from one parsed line. Raises KeyError or TypeError when the line is not a name row."""
    canonical = _NOTE.sub("", raw["canonical"]).strip()
    forms = {canonical: "canonical"}
    languages: dict[str, str] = {}
    for variant in raw.get("variants", ()):
        form = variant["form"].strip()
        forms.setdefault(form, variant.get("status", "variant"))
        if variant.get("language"):
            languages.setdefault(form, variant["language"])
    styles: dict[str, str] = {}
    for publication, style in raw.get("styles", {}).items():
        form = _NOTE.sub("", style["form"]).strip()
        if form and len(form) < 60 and "=" not in form and ";" not in form:
            styles[publication] = form
    return Row(
        canonical=canonical,
        kind=raw["kind"],
        origin=raw.get("origin") or "",
        forms=forms,
        languages=languages,
        styles=styles,
        keep_in=tuple(phrase for phrase in raw.get("keep_in", ()) if phrase),
        ambiguous_with=tuple(raw.get("ambiguous_with", ())),
        since=raw.get("since") or "",
        native=raw.get("native") or "",
    )


_STRING = r'"((?:[^"\\]|\\.)*)"'
_CANONICAL = re.compile(rf'"canonical": {_STRING}')
# Where the family name comes first, the last word is part of the given name: Moon Jae In, Sun Yat Sen.
_SURNAME_FIRST = re.compile(r'"origin": "(?:ko|zh|vi|my|km|lo|th|bo|mn|yue)')
_VARIANT = re.compile(rf'\{{"form": {_STRING}, "status": "([a-z-]+)"')


class Spelling(NamedTuple):
    """A curated name that a spelling belongs to, and the spelling's status there (`Row.forms`)."""

    row: Row
    status: str


class _Entry(NamedTuple):
    """A spelling's place in the list before its row is parsed."""

    number: int
    status: str


class Curated:
    """The curated rows with look-ups by spelling.

    Only spellings are read at first, which takes a tenth of the time; a row is parsed when one of its spellings is met.
    Two threads that meet it at once parse it twice, and get rows that are equal: a row is known by its canonical name,
    which no other row has.
    """

    def __init__(self, lines: Iterable[tuple[int, str]], source: str = "names.jsonl") -> None:
        """`lines`: each with its number in the file; `source`: the file's name, for errors."""
        self._source = source
        self._lines = tuple(lines)
        self._rows: dict[int, Row] = {}
        self._by_form: dict[str, list[_Entry]] = {}
        self._by_surname: dict[str, list[_Entry]] = {}
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for number, (_, line) in enumerate(self._lines):
            is_person = '"kind": "person"' in line
            for form, status in self._spellings(number, line):
                folded, entry = fold(form), _Entry(number, status)
                self._by_form.setdefault(folded, []).append(entry)
                if " " in folded:
                    words = tuple(folded.split())
                    self._phrases.setdefault(words[0], []).append(words)
                    if is_person and len(words[-1]) > 3 and not _SURNAME_FIRST.search(line):
                        self._by_surname.setdefault(words[-1], []).append(entry)
                elif is_person:
                    self._by_surname.setdefault(folded, []).append(entry)

    def _spellings(self, number: int, line: str) -> list[tuple[str, str]]:
        """Return a line's spellings with their statuses, as a rule without parsing it."""
        canonical = _CANONICAL.search(line)
        if canonical is None or "\\" in line:  # another order of keys, or escapes: parse it
            return list(self.row(number).forms.items())
        return [(_NOTE.sub("", canonical[1]).strip(), "canonical"), *_VARIANT.findall(line)]

    def row(self, number: int) -> Row:
        """Return a row by its place in the list. Raises NameListError that names the line when it is broken."""
        row = self._rows.get(number)
        if row is None:
            at, line = self._lines[number]
            row = self._rows[number] = record(self._source, at, line, read_row)
        return row

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, in the order of the file."""
        return tuple(self.row(number) for number in range(len(self._lines)))

    def _resolved(self, entries: Iterable[_Entry]) -> list[Spelling]:
        """Return the rows of some entries, each once, with the status that comes first."""
        found: dict[int, Spelling] = {}
        for number, status in entries:
            if number not in found:
                found[number] = Spelling(self.row(number), status)
        return list(found.values())

    def whole(self, form: str) -> list[Spelling]:
        """Return the rows that have a spelling as a whole, with its status in each."""
        return self._resolved(self._by_form.get(fold(form), ()))

    def rows_of(self, form: str) -> list[Spelling]:
        """Return the rows that a spelling can belong to, with its status in each: whole forms, then surnames."""
        folded = fold(form)
        entries = (*self._by_form.get(folded, ()), *self._by_surname.get(folded, ()))
        return self._resolved(entries) if entries else []

    def phrases(self, first: str) -> Sequence[tuple[str, ...]]:
        """Return the folded spellings of more than one word that begin with a word."""
        return self._phrases.get(fold(first), ())

    def keeps(self, form: str) -> list[str]:
        """Return the phrases in which a spelling belongs, without notes (chicken Kiev)."""
        word = fold(form).partition(" ")[0]
        return [
            _NOTE.sub(" ", phrase).strip()
            for row, _ in self.whole(form)
            for phrase in row.keep_in
            if word in fold(phrase)
        ]


@cache
def curated() -> Curated:
    """Return the shipped names. Raises NameListError when the list is missing or broken."""
    return Curated(lines_of("names.jsonl"))
