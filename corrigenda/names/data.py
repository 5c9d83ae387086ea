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


class Curated:
    """The curated rows with look-ups by spelling.

    `by_form` maps a folded spelling (whole: "kryvyi rih", "bashar al-assad") to its rows; `by_surname` the last word
    of a person's spelling; `by_given` the first. `phrases` holds the spellings of more than one word.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self.by_form: dict[str, list[tuple[Row, str]]] = {}
        self.by_surname: dict[str, list[tuple[Row, str]]] = {}
        self.by_given: dict[str, list[tuple[Row, str]]] = {}
        self.phrases: dict[str, list[tuple[str, ...]]] = {}
        self.keep: dict[str, list[str]] = {}
        for row in self.rows:
            for form, status in row.forms.items():
                folded = fold(form)
                self._put(self.by_form, folded, row, status)
                words = folded.split()
                if len(words) > 1:
                    self.phrases.setdefault(words[0], []).append(tuple(words))
                if row.is_person:
                    self._put(self.by_surname, words[-1], row, status)
                    if len(words) > 1:
                        self._put(self.by_given, words[0], row, status)
                for phrase in row.keep_in:
                    if words[0] in fold(phrase):
                        self.keep.setdefault(folded, []).append(_NOTE.sub(" ", phrase).strip())

    @staticmethod
    def _put(table: dict[str, list[tuple[Row, str]]], folded: str, row: Row, status: str) -> None:
        entries = table.setdefault(folded, [])
        if all(known is not row for known, _ in entries):
            entries.append((row, status))

    def rows_of(self, form: str) -> list[tuple[Row, str]]:
        """Return the rows that a spelling can belong to, with its status in each: whole forms, then surnames."""
        folded = fold(form)
        found = list(self.by_form.get(folded, ()))
        found += [entry for entry in self.by_surname.get(folded, ()) if all(entry[0] is not row for row, _ in found)]
        return found


@cache
def curated() -> Curated:
    """Return the shipped names. Raises ValueError that names file and line when a line is broken."""
    from corrigenda import resources

    rows = []
    path = resources.path("corpora", "names.jsonl")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            rows.append(read_row(json.loads(line)))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path.name}, line {number}: not a name row ({error})") from error
    return Curated(rows)


def table(name: str) -> list[list[str]]:
    """Return the tab-separated rows of a file in corpora/, without comments and empty lines."""
    from corrigenda import resources

    lines = resources.path("corpora", name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
