"""The curated names (`corpora/names.jsonl` and the small lists beside it), read once when first asked for.

A list that is missing means a broken installation and raises FileNotFoundError; nothing is guessed in its place.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from corrigenda.names.romanise import fold

CURRENT = frozenset(("canonical", "variant", "other-language"))
"""The statuses of spellings that are in use today for the name itself."""


@dataclass(frozen=True, slots=True)
class Row:
    """One name of `corpora/names.jsonl`: its canonical form, what it names, and how else it is written.

    `forms` maps every spelling to "canonical", "variant", "other-language", "former" or "inflected"; `languages` a
    spelling to the language it comes from, where the file says so. `styles` maps a publication to its form.
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


_NOTE = re.compile(r"\s*\([^)]*\)\s*")
_SLAVIC = frozenset(("uk", "ru", "be"))


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


class Curated:
    """The curated rows with look-ups by spelling.

    Only spellings are read at first, which takes a tenth of the time; a row is parsed when one of its spellings is met.
    """

    def __init__(self, lines: Iterable[str], source: str = "names") -> None:
        self._source = source
        self._lines = [line for line in lines if line.strip() and not line.startswith("#")]
        self._rows: dict[int, Row] = {}
        self._by_form: dict[str, list[tuple[int, str]]] = {}
        self._by_surname: dict[str, list[tuple[int, str]]] = {}
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for number, line in enumerate(self._lines):
            person = '"kind": "person"' in line
            for form, status in self._spellings(number, line):
                folded = fold(form)
                self._by_form.setdefault(folded, []).append((number, status))
                if " " in folded:
                    words = tuple(folded.split())
                    self._phrases.setdefault(words[0], []).append(words)
                    if person and len(words[-1]) > 3 and not _SURNAME_FIRST.search(line):
                        self._by_surname.setdefault(words[-1], []).append((number, status))
                elif person:
                    self._by_surname.setdefault(folded, []).append((number, status))

    def _spellings(self, number: int, line: str) -> list[tuple[str, str]]:
        canonical = _CANONICAL.search(line)
        if canonical is None or "\\" in line:  # another order of keys, or escapes: parse it
            return list(self.row(number).forms.items())
        return [(_NOTE.sub("", canonical[1]).strip(), "canonical"), *_VARIANT.findall(line)]

    def row(self, number: int) -> Row:
        """Return a row by its place in the list. Raises ValueError that names the line when it is broken."""
        if number not in self._rows:
            try:
                self._rows[number] = read_row(json.loads(self._lines[number]))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{self._source}: not a name row ({error}): {self._lines[number][:60]}") from error
        return self._rows[number]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, in the order of the file."""
        return tuple(self.row(number) for number in range(len(self._lines)))

    def _resolved(self, entries: Iterable[tuple[int, str]]) -> list[tuple[Row, str]]:
        found: dict[int, tuple[Row, str]] = {}
        for number, status in entries:
            found.setdefault(number, (self.row(number), status))
        return list(found.values())

    def whole(self, form: str) -> list[tuple[Row, str]]:
        """Return the rows that have a spelling as a whole, with its status in each."""
        return self._resolved(self._by_form.get(fold(form), ()))

    def rows_of(self, form: str) -> list[tuple[Row, str]]:
        """Return the rows that a spelling can belong to, with its status in each: whole forms, then surnames."""
        folded = fold(form)
        return self._resolved((*self._by_form.get(folded, ()), *self._by_surname.get(folded, ())))

    def phrases(self, first: str) -> list[tuple[str, ...]]:
        """Return the folded spellings of more than one word that begin with a word."""
        return self._phrases.get(fold(first), [])

    def keeps(self, form: str) -> list[str]:
        """Return the phrases in which a spelling belongs, without notes (chicken Kiev)."""
        word = fold(form).split()[0]
        return [
            _NOTE.sub(" ", phrase).strip()
            for row, _ in self.whole(form)
            for phrase in row.keep_in
            if word in fold(phrase)
        ]


@cache
def curated() -> Curated:
    """Return the shipped names."""
    from corrigenda import resources

    path = resources.path("corpora", "names.jsonl")
    return Curated(path.read_text(encoding="utf-8").splitlines(), path.name)


def table(name: str) -> list[list[str]]:
    """Return the tab-separated rows of a file in corpora/, without comments and empty lines."""
    from corrigenda import resources

    lines = resources.path("corpora", name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
