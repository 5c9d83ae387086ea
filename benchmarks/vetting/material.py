"""The texts that entries are counted over, in groups: native English by kind, translations by language, marked sets."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

LINES = 20
"""Single sentences that are read as one text, where no document is known."""


class Text(NamedTuple):
    """One text: the group that it is counted in, its name, its words, and the editor's marks where it has some."""

    group: str
    name: str
    text: str
    marks: Sequence[Sequence[Any]] = ()


class Source(NamedTuple):
    """One file of texts, all of them or the share that a quick run reads."""

    name: str
    path: Path
    quick: bool = False

    @property
    def key(self) -> str:
        """The name and the size of the file: material is not edited."""
        return f"{self.name}:{self.path.stat().st_size}" + (":quick" if self.quick else "")


def held(name: str) -> bool:
    """Return whether a document is put aside: who writes entries does not read it; it has a group of its own."""
    return int(hashlib.sha1(name.encode()).hexdigest(), 16) % 3 == 0


def sources(shared: Path, *, quick: bool = False) -> list[Source]:
    """Return all files, those of a folder in order; `quick` for a fifth of the texts that no editor marked."""
    data = shared / "data"
    files = [
        *sorted((data / "native").glob("*.jsonl.gz")),
        *sorted((data / "mt").glob("*.jsonl.gz")),
        *sorted((data / "documents").glob("*.jsonl.gz")),
        *sorted((data / "mlqe").glob("*.train.jsonl.gz")),
        *(shared / "measure" / "sets" / name / "texts.jsonl" for name in SETS),
    ]
    return [
        Source(path.relative_to(shared).as_posix(), path, quick and path.parent.parent.name != "sets") for path in files
    ]


SETS = ("kherson", "articles", "world", "mqm-news2020-zh", "native-news", "mt-news-uk-ru", "reference-news-uk-ru")


def texts(source: Source) -> Iterator[Text]:
    """Yield the texts of a file."""
    for text in _all(source):
        if not source.quick or int(hashlib.sha1(b"quick" + text.name.encode()).hexdigest(), 16) % 5 == 0:
            yield text


def _all(source: Source) -> Iterator[Text]:
    folder = source.name.split("/")[-2]
    if folder in SETS:
        yield from _marked(source.path.parent)
    elif folder == "native":
        for row in _rows(source.path):
            yield Text(f"native {row['kind']}", row["id"], row["text"])
    elif folder == "documents":
        for row in _rows(source.path):
            if ".refs." in source.name:
                yield Text("human", row["id"], row["text"])
            else:
                yield _translated(row["lang_pair"], row["doc"], row["id"], row["text"])
    else:
        yield from _segments(source.path)


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def _translated(pair: str, doc: str, name: str, text: str) -> Text:
    group = "mt held" if held(doc or name) else "mt"
    return Text(f"{group} {pair.split('-')[0]}", name, text)


def _segments(path: Path) -> Iterator[Text]:
    """Yield segments joined to documents, those of each system by itself."""
    joined: dict[tuple[str, str, str], list[str]] = {}
    for row in _rows(path):
        key = (row["lang_pair"], str(row.get("system", "")), str(row.get("doc") or ""))
        joined.setdefault(key, []).append(row["text"])
    for (pair, system, doc), lines in joined.items():
        for at in range(0, len(lines), LINES):
            name = f"{doc}#{system}#{at}"
            yield _translated(pair, doc, name, "\n\n".join(lines[at : at + LINES]))


def _marked(folder: Path) -> Iterator[Text]:
    gold: dict[str, Any] = {}
    if (folder / "gold.jsonl").exists():
        for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            gold[row["id"]] = row.get("spans", [])
    for line in (folder / "texts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name = row["id"]
        group = f"set {folder.name}"
        if folder.name == "world" and held(name.removesuffix(".txt").removesuffix(".md")):
            group += " held"
        yield Text(group, name, row["text"], gold.get(name, ()))
