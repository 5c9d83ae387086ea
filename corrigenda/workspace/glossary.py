"""A project's glossary: how terms of the source are to be translated, and how they are not.

A CSV file has the columns `source` and `target`, and may have `forbidden`; several words of a cell are divided by
semicolons. A TBX file (ISO 30042) has its term entries by language; a term whose administrative status is deprecated or
superseded is forbidden.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corrigenda.languages import DEFAULT
from corrigenda.storage import confined

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST = 8 * 1024 * 1024
"""Bytes of a glossary."""
MOST_TERMS = 20_000
_COLUMNS = ("source", "target", "forbidden")
_REFUSED = ("deprecatedTerm-admn-sts", "supersededTerm-admn-sts", "deprecatedTerm", "supersededTerm", "notRecommended")
_XML = "{http://www.w3.org/XML/1998/namespace}lang"


class GlossaryError(ValueError):
    """The file is no glossary; the message says why and what to do."""


class Term(NamedTuple):
    """A term: its words in the source, what they are to be in the translation, and what they are not to be."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    forbidden: tuple[str, ...]


def load(path: Path) -> list[Term]:
    """Return the terms of a CSV or TBX file. Raises GlossaryError, OSError."""
    text = confined.read_text(path, limit=LARGEST).lstrip("\ufeff")
    terms = list(_tbx(text) if path.suffix.lower() in (".tbx", ".xml") else _csv(text))
    if not terms:
        raise GlossaryError("it has no terms; a CSV file begins with the line source,target,forbidden")
    if len(terms) > MOST_TERMS:
        raise GlossaryError(f"it has {len(terms):,} terms; at most {MOST_TERMS:,} are looked for")
    return terms


def _csv(text: str) -> Iterator[Term]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count) if any(mark in first for mark in ",;\t") else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    names = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    if "source" not in names or "target" not in names:
        raise GlossaryError("its first line names no columns “source” and “target”; write source,target,forbidden")
    rows.fieldnames = names
    try:
        for row in rows:
            cells = [
                tuple(word.strip() for word in (row.get(name) or "").split(";") if word.strip()) for name in _COLUMNS
            ]
            if cells[0] and (cells[1] or cells[2]):
                yield Term(*cells)
    except csv.Error as error:
        raise GlossaryError(f"line {rows.line_num}: {error}") from error


def _tbx(text: str) -> Iterator[Term]:
    from xml.etree import ElementTree  # deferred: most glossaries are CSV

    if "<!ENTITY" in text:
        raise GlossaryError("it declares entities of its own, which are not read; save it without them")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise GlossaryError(f"it is not valid XML: {error}") from error
    for entry in root.iter():
        if _name(entry.tag) in ("termEntry", "conceptEntry"):
            terms: dict[str, list[tuple[str, bool]]] = {}
            for part in entry.iter():
                if _name(part.tag) in ("langSet", "langSec"):
                    code = (part.get(_XML) or part.get("lang") or "").partition("-")[0].lower()
                    terms.setdefault(code, []).extend(_terms(part))
            own = terms.pop(DEFAULT, [])
            source = tuple(term for some in terms.values() for term, _ in some)
            target = tuple(term for term, refused in own if not refused)
            forbidden = tuple(term for term, refused in own if refused)
            if source and own:
                yield Term(source, target, forbidden)


def _terms(part: "Element") -> Iterator[tuple[str, bool]]:
    """Yield the terms of one language with whether each is not to be used."""
    for group in part.iter():
        if _name(group.tag) in ("tig", "ntig", "termSec"):
            texts = ["".join(one.itertext()).strip() for one in group.iter() if _name(one.tag) == "term"]
            said = {"".join(one.itertext()).strip() for one in group.iter() if _name(one.tag) in ("termNote", "admin")}
            yield from ((text, not said.isdisjoint(_REFUSED)) for text in texts if text)


def _name(tag: object) -> str:
    return str(tag).rpartition("}")[2]
