"""The texts on which the grammar engine's backends are compared: native, machine and human translation, planted errors.

All come from the marked texts ($CORRIGENDA_SHARED, else ../shared) and from tests/grammar/planted.jsonl, always the
same ones: the first of each file that are long enough.
"""

import gzip
import itertools
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 2_500
"""Code points of one text; a longer one ends with the last whole line before."""
_SHORTEST = 200
_MARKDOWN = "docs-md"
_PLANTED = ROOT / "tests" / "grammar" / "planted.jsonl"


class Text(NamedTuple):
    """A text to be checked: the kind of writing, its name, and its format as documents.registry knows it."""

    kind: str
    name: str
    text: str
    format: str = "text"


def shared() -> Path:
    """Return the folder with the marked texts; ends the program where there is none."""
    folder = Path(os.environ.get("CORRIGENDA_SHARED") or ROOT.parent / "shared")
    if not (folder / "data").is_dir():
        sys.exit(f"the texts are not in {folder}; set CORRIGENDA_SHARED to where they are")
    return folder


def written(each: int = 8) -> list[Text]:
    """Return texts as they were written: `each` of every native file and, in proportion, Markdown and translations.

    With 8 they are 400.
    """
    data = shared() / "data"
    found: list[Text] = []
    for file in sorted((data / "native").glob("*.jsonl.gz")):
        if _name(file) == _MARKDOWN:
            found += itertools.islice(_whole(file, "native, Markdown", "markdown"), each * 62 // 8)
        else:
            found += itertools.islice(_whole(file, "native", "text"), each)
    for file in sorted((data / "mt").glob("*.jsonl.gz")):
        found += itertools.islice(_segments(file, "machine translation"), each // 4)
    for file in sorted((data / "documents").glob("*.mt.jsonl.gz")):
        found += itertools.islice(_whole(file, "machine translation", "text"), each * 6 // 8)
    for file in sorted((data / "documents").glob("*.refs.jsonl.gz")):
        found += itertools.islice(_whole(file, "human translation", "text"), each * 12 // 8)
    return found


def planted(each: int = 17) -> list[Text]:
    """Return sentences with one planted error: our own 300, and `each` of every kind of DEMETR's slighter ones."""
    lines = _PLANTED.read_text(encoding="utf-8").splitlines()
    found = [Text("planted", row["id"], row["text"]) for row in map(json.loads, lines)]
    taken: dict[str, int] = {}
    for row in _rows(shared() / "data" / "other" / "demetr.jsonl.gz"):
        kind = row["phenomenon"]
        if kind.startswith(("minor_", "major_")) and taken.setdefault(kind, 0) < each:
            taken[kind] += 1
            found.append(Text("planted, DEMETR", row["id"], row["text"]))
    return found


def _name(file: Path) -> str:
    return file.name.removesuffix(".jsonl.gz")


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _whole(file: Path, kind: str, format_: str) -> Iterator[Text]:
    """Yield the documents of a file; one document in several translations once."""
    seen: set[object] = set()
    for row in _rows(file):
        source = row.get("source") if "lang_pair" in row else row["id"]
        if source in seen or len(row["text"]) < _SHORTEST:
            continue
        seen.add(source)
        text = row["text"]
        if format_ == "text" and "lang_pair" in row:
            text = text.replace("\n", "\n\n")  # a segment a line
        yield Text(kind, f"{_name(file)} {row['id']}", _shortened(text), format_)


def _segments(file: Path, kind: str) -> Iterator[Text]:
    """Yield texts of neighbouring segments of a file, the first translation of each."""
    current: list[str] = []
    length = 0
    for number, (_, rows) in enumerate(itertools.groupby(_rows(file), key=lambda row: row["source"])):
        text = " ".join(next(rows)["text"].split())
        current.append(text)
        length += len(text) + 2
        if length > LONGEST // 2:
            yield Text(kind, f"{_name(file)} to {number}", "\n\n".join(current))
            current, length = [], 0


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: text.rfind("\n", _SHORTEST, LONGEST) if "\n" in text[_SHORTEST:LONGEST] else LONGEST]
