"""The texts that a large language model is measured on, each with what its reader is told of it.

What the rules found in a text is part of what the reader is told, and rules change. So it is found out once, when the
requests are recorded, and kept beside them in ``told.jsonl``: recorded answers serve as long as the prompts are the
same, whatever the rules have learned since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from calibrating.keeping import ROOT
from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.engines.llm.context import Known, Mark, marks

SETS = ("articles", "world", "native-news")
NATIVE = "native-news"
SAMPLE = "sample"
"""The sample article, which the tests read again without a rule at work."""
NATIVE_TEXTS = 30
"""Texts of native news that are put to a model: those whose ids have the lowest hashes."""
TOLD = "told.jsonl"


class Text(NamedTuple):
    """A text of a set, with the marks of its editors as gold.jsonl has them, and what is known of it."""

    set: str
    id: str
    text: str
    spans: list[Any]
    known: Known
    source: str
    """The language that it was translated from, as the set says it, which nobody is told unless that is measured."""

    @property
    def document(self) -> Document:
        kind = "markdown" if self.id.endswith(".md") else "text"
        return registry.read_bytes(self.text.encode("utf-8"), self.id, kind)


def texts(shared: Path, answers: Path, wanted: Collection[str] = (*SETS, SAMPLE)) -> Iterator[Text]:
    """Yield the texts of some sets, with what is told of each by ``told.jsonl`` in the folder of the answers."""
    told = {(row["set"], row["id"]): row for row in lines(answers / TOLD)}
    for name in (*SETS, SAMPLE):
        for row, spans in _rows(shared, name) if name in wanted else ():
            own = told.get((name, row["id"]), {})
            known = Known(own.get("source", ""), tuple(Mark(*mark) for mark in own.get("marks", ())))
            yield Text(name, row["id"], row["text"], spans, known, row.get("source_lang", ""))


def find_out(shared: Path, answers: Path) -> None:
    """Write down what the rules find in each text, for the texts of which that is not known yet."""
    from corrigenda.pipeline.batch import BatchResult
    from corrigenda.pipeline.checker import checker
    from corrigenda.pipeline.stages import Stage
    from corrigenda.workspace.config import Config

    rows = list(lines(answers / TOLD))
    known = {(row["set"], row["id"]) for row in rows}
    new = [text for text in texts(shared, answers) if (text.set, text.id) not in known]
    if not new:
        return
    documents = [text.document for text in new]
    settings = Config().settings()._replace(engines={"grammar": "off", "llm": "off"})
    with checker(settings) as own:
        checked = own.check(documents, BatchResult(), Stage.SENTENCE_ENGINES)
    for text, one in zip(new, checked, strict=True):
        found = () if text.set == SAMPLE else marks(one.findings)
        rows.append({"set": text.set, "id": text.id, "source": "", "marks": [list(mark) for mark in found]})
    write_told(answers, rows)


def write_told(answers: Path, rows: list[dict[str, Any]]) -> None:
    """Write what the reader is told of texts."""
    answers.mkdir(parents=True, exist_ok=True)
    kept = sorted(rows, key=lambda row: (row["set"], row["id"]))
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept)
    (answers / TOLD).write_text(text, encoding="utf-8", newline="\n")


def lines(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines, none where there is no file."""
    return [json.loads(line) for line in path.open(encoding="utf-8")] if path.exists() else []


def _rows(shared: Path, name: str) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    if name == SAMPLE:
        path = ROOT / "corpora" / "samples" / "lighthouse.md"
        yield {"id": path.name, "text": path.read_text(encoding="utf-8")}, []
        return
    folder = shared / "measure" / "sets" / name
    gold = {row["id"]: row["spans"] for row in lines(folder / "gold.jsonl")}
    rows = lines(folder / "texts.jsonl")
    if name == NATIVE:
        rows = sorted(rows, key=lambda row: hashlib.sha1(row["id"].encode()).hexdigest())[:NATIVE_TEXTS]
    for row in rows:
        yield row, gold.get(row["id"], [])
