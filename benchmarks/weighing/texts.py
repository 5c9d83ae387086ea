"""The texts that rules of grammar are weighed on: native writing by kind, translation by people and machines, marks."""

import gzip
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

NATIVE = {
    "news": ("allsides", "bbc", "yahoofinance", "onestop", "basil", "horne", "abc"),
    "docs": ("md", "plain"),
}
"""Kinds of native writing, and their files in data/native."""
RATED = ("news", "docs", "human", "machine")
"""What rates are counted on."""
LARGE = ("news", "machine")
"""Those of which twice as much is read: a ratio of rare hits needs many words."""
MARKED = ("articles", "world", "kherson", "mqm-news2020-zh")
"""Sets of measure/sets whose marks are an editor's or a rater's."""
POST_EDITED = "mlqe"
"""What a post-editor changed in machine translation: counted as marks, taste included, and kept apart from the sets."""

_WORD = re.compile(r"\w+")
_SPEECH = re.compile("user-generated|OpenSubtitles|DiaBLa|xcopa|Literary|chat")
"""Origins in data/mt that are talk, chat, novels or test sentences: not what is checked."""

Mark = tuple[int, int, Sequence[str]]
"""A marked place `[start, end)` in code points, and what the editor would write there."""


class Text(NamedTuple):
    """One text.

    `group` names its source, whatever system translated it: all texts of a group fall on one half. `marks` is None
    where nobody marked the text, and `postedit` is what a post-editor made of it.
    """

    corpus: str
    identity: str
    group: str
    text: str
    markup: str = "text"
    marks: tuple[Mark, ...] | None = None
    postedit: str = ""

    @property
    def half(self) -> int:
        """Return 0 for the texts that are decided on, 1 for those that are held out."""
        return _hash(self.group) % 2

    @property
    def words(self) -> int:
        """Return how many words it has, counted as measure/score.py does."""
        return len(_WORD.findall(self.text))


def rated(shared: Path, corpus: str, words: int) -> Iterator[Text]:
    """Yield texts of a corpus, in an order that is the same everywhere and mixes its files, up to so many words."""
    total = 0
    rows = {"news": _native, "docs": _native, "human": _human, "machine": _machine}[corpus](shared / "data", corpus)
    for text in sorted(rows, key=lambda text: (_hash(text.identity), text.identity)):
        if total >= words:
            return
        total += text.words
        # Soft hyphens of one or two scraped pages would outweigh all other hits of the speller.
        yield text._replace(text=text.text.replace("\xad", ""))


def marked(shared: Path, corpus: str) -> Iterator[Text]:
    """Yield the texts of a marked set."""
    if corpus == POST_EDITED:
        for path in sorted((shared / "data" / "mlqe").glob("*-en.*.jsonl.gz")):
            for row in _rows(path):
                spans = tuple((s, e, ()) for s, e, kind in row["spans"] if kind == "BAD-word" and s < e)
                yield Text(
                    corpus, row["id"], f"{row['lang_pair']} {row['doc']}", row["text"], "text", spans, row["reference"]
                )
        return
    folder = shared / "measure" / "sets" / corpus
    gold = {row["id"]: row["spans"] for row in _rows(folder / "gold.jsonl")}
    for row in _rows(folder / "texts.jsonl"):
        spans = tuple((span[0], span[1], tuple(span[5]) if len(span) > 5 else ()) for span in gold.get(row["id"], ()))
        identity = str(row["id"])
        yield Text(corpus, identity, identity.partition("#")[0], row["text"], marks=spans)


def share(texts: Iterable[Text], percent: int) -> Iterator[Text]:
    """Yield a share of texts, the same everywhere."""
    return (text for text in texts if _hash(text.identity) % 100 < percent)


def _native(data: Path, kind: str) -> Iterator[Text]:
    for name in NATIVE[kind]:
        for row in _rows(data / "native" / f"{kind}-{name}.jsonl.gz"):
            markup = "markdown" if name == "md" else "text"
            yield Text(kind, row["id"], row["id"], row["text"], markup)


def _human(data: Path, corpus: str) -> Iterator[Text]:
    for path in sorted((data / "documents").glob("*.refs.jsonl.gz")):
        for row in _rows(path):
            yield Text(corpus, row["id"], row["doc"], row["text"])
    seen: set[str] = set()
    for path in sorted((data / "mt").glob("*.jsonl.gz")):
        grouped: defaultdict[str, list[str]] = defaultdict(list)
        for row in _rows(path):
            reference = row.get("reference")
            if reference and not _SPEECH.search(row["origin"]) and reference not in seen:
                seen.add(reference)
                grouped[str(row.get("doc") or row["id"])].append(reference)
        for document, lines in grouped.items():
            yield Text(corpus, f"{path.name} {document}", document, "\n".join(lines))


def _machine(data: Path, corpus: str) -> Iterator[Text]:
    for path in sorted((data / "documents").glob("*.mt.jsonl.gz")):
        for row in _rows(path):
            yield Text(corpus, row["id"], row["doc"], row["text"])
    for path in sorted((data / "mt").glob("*.jsonl.gz")):
        grouped: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for row in _rows(path):
            if not _SPEECH.search(row["origin"]):
                grouped[str(row.get("doc") or row["id"]), row["system"]].append(row["text"])
        for (document, system), lines in grouped.items():
            yield Text(corpus, f"{path.name} {document} {system}", document, "\n".join(lines))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    data = path.read_bytes()
    for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines():
        yield json.loads(line)


def _hash(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big")
