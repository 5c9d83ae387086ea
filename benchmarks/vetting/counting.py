"""Counting: every entry of some checks over every text, and what is kept of it."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick_rs

import corrigenda
from corrigenda import resources
from corrigenda.finding import Applicability
from corrigenda.pipeline.checker import Checker
from corrigenda.pipeline.compile import compile_checks
from corrigenda.pipeline.examples import read_example
from corrigenda.pipeline.index import Index, assemble
from corrigenda.rules.check import Check
from corrigenda.rules.hit import Hit
from corrigenda.rules.lexicon import parts
from corrigenda.settings import Settings
from vetting.material import Source, Text, texts

BATCH = 64
SHOWN = 3
"""Places of an entry that are kept from each file, to be read."""
AROUND = 60
_OFF = {"embeddings": "off", "language-model": "off", "grammar": "off", "llm": "off"}


class Entry(NamedTuple):
    """One entry: the check, its own name, the folder of its lexicon ("" where it stands in the check), its digest."""

    check: str
    name: str
    folder: str
    digest: str
    weak: bool


class Count(NamedTuple):
    """What an entry says: places by group, of those in marked texts how many are right, first corrections, samples."""

    places: Counter[str]
    right: Counter[str]
    first: Counter[str]
    samples: dict[str, list[str]]


def named(checks: Iterable[Check]) -> tuple[list[Check], list[Entry]]:
    """Give every entry of every check a name, so that what it says can be told apart; return the checks and entries."""
    result: list[Check] = []
    entries: list[Entry] = []
    for check in checks:
        own: list[dict[str, Any]] = []
        written = list(check.options.get("entries", ()))
        for number, entry in enumerate(written):
            name = f"{check.id}#{number + 1}"
            own.append({**entry, "id": name})
            entries.append(Entry(check.id, name, "", _digest(check, entry), False))
        if "lexicon" in check.options:
            for place, entry, _ in parts(check, check.options["lexicon"]):
                folder = place.path.parent.name
                entries.append(
                    Entry(check.id, entry["id"], folder, _digest(check, entry), bool(entry.get("weak", False)))
                )
        if not own and "lexicon" not in check.options:
            entries.append(Entry(check.id, check.id, "", _digest(check, {}), False))
        result.append(replace(check, options={**check.options, "entries": own}) if own else check)
    return result, entries


_ALONE = frozenset(("corrections", "wrong", "fine", "from"))


@cache
def _code() -> str:
    """What reads entries and looks for them: when it changes, everything is counted anew."""
    own = Path(corrigenda.__file__).parent
    files = [*own.glob("detectors/*.py"), *own.glob("rules/*.py"), *own.glob("languages/en/*.py")]
    digest = hashlib.sha256()
    for path in [*sorted(files), resources.path("corpora", "topics.tsv")]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def _digest(check: Check, entry: Mapping[str, Any]) -> str:
    """What decides about the places of an entry; the check's own keys but its entries are part of it, and the code."""
    around = {key: value for key, value in check.options.items() if key not in ("entries", "lexicon")}
    seen = {key: value for key, value in entry.items() if key != "id"}
    text = json.dumps(
        [_code(), check.detector, check.id, around, seen], sort_keys=True, ensure_ascii=False, default=str
    )
    return hashlib.sha256(text.encode()).hexdigest()[:24]


class Store:
    """What was counted, kept by entry and file, so that only new entries are looked for."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(path, timeout=120)
        self._base.execute(
            "create table if not exists seen (entry text, source text, said text, primary key (entry, source))"
        )

    def missing(self, entries: Sequence[Entry], source: str) -> list[Entry]:
        """Return the entries that were not counted over a file yet."""
        known = {row[0] for row in self._base.execute("select entry from seen where source = ?", (source,))}
        return [entry for entry in entries if entry.digest not in known]

    def keep(self, entries: Sequence[Entry], source: str, said: Mapping[str, Any]) -> None:
        """Keep what entries said over a file; nothing is something too."""
        rows = [(entry.digest, source, json.dumps(said.get(entry.name))) for entry in entries]
        with self._base:
            self._base.executemany("insert or replace into seen values (?, ?, ?)", rows)

    def counts(self, entries: Sequence[Entry], keys: Iterable[str]) -> dict[str, Count]:
        """Return what is known of entries, over the files of some keys."""
        wanted = set(keys)
        names = defaultdict(list)
        for entry in entries:
            names[entry.digest].append(entry.name)
        result = {entry.name: Count(Counter(), Counter(), Counter(), {}) for entry in entries}
        for digest, source, said in self._base.execute("select entry, source, said from seen where said != 'null'"):
            if source not in wanted or digest not in names:
                continue
            places, right, first, samples = json.loads(said)
            for name in names[digest]:
                result[name].places.update(places)
                result[name].right.update(right)
                result[name].first.update(first)
                for group, shown in samples.items():
                    result[name].samples.setdefault(group, []).extend(shown)
        return result


def count(
    checks: Sequence[Check], entries: Sequence[Entry], sources: Sequence[Source], store: Store, jobs: int
) -> None:
    """Count what is missing, file by file, in some processes."""
    work = [(source, store.missing(entries, source.key)) for source in sources]
    work = [(source, missing) for source, missing in work if missing]
    if not work:
        return
    with ProcessPoolExecutor(jobs) as pool:
        running = [(source, missing, pool.submit(_over, list(checks), missing, source)) for source, missing in work]
        for source, missing, future in running:
            store.keep(missing, source.key, future.result())


def words_of(sources: Sequence[Source], store: Path) -> dict[str, int]:
    """Return the words of each group; counted once for each file."""
    known: dict[str, dict[str, int]] = json.loads(store.read_text()) if store.exists() else {}
    for source in sources:
        if source.key not in known:
            own: Counter[str] = Counter()
            for text in texts(source):
                own[text.group] += len(text.text.split())
            known[source.key] = dict(own)
    store.write_text(json.dumps(known), encoding="utf-8")
    total: Counter[str] = Counter()
    for source in sources:
        total.update(known[source.key])
    return dict(total)


def _over(checks: list[Check], entries: list[Entry], source: Source) -> dict[str, Any]:
    """Count some entries over one file."""
    names = {entry.name for entry in entries}
    index = assemble([compile_checks(_only(checks, names))], enabled=("all", "preview"))
    said: dict[str, list[Any]] = {}
    with Checker(index, Settings(engines=_OFF, max_bytes=2**40)) as checker:
        for batch in _batches(_worth_reading(texts(source), index)):
            documents = [
                read_example(text.text, f"{n}.md" if "docs-md" in text.group else str(n))
                for n, text in enumerate(batch)
            ]
            for hit in checker.hits(documents):
                name = str(hit.evidence.get("entry") or hit.check.id)
                if name in names and not documents[hit.document].is_masked(hit.start, hit.end):
                    _note(said.setdefault(name, [Counter(), Counter(), Counter(), {}]), hit, batch[hit.document])
    return said


def _worth_reading(found: Iterator[Text], index: Index) -> Iterator[Text]:
    """Leave out the texts in which no literal of the entries stands: reading them is what takes the time."""
    if index.scans or index.structures or not index.words:
        yield from found
        return
    automaton = ahocorasick_rs.AhoCorasick(index.words)
    for text in found:
        if next(iter(automaton.find_matches_as_indexes(text.text.lower())), None) is not None:
            yield text


def _only(checks: Sequence[Check], names: set[str]) -> list[Check]:
    """Return the checks with the named entries alone."""
    result: list[Check] = []
    for check in checks:
        own = [entry for entry in check.options.get("entries", ()) if entry["id"] in names]
        options = {key: value for key, value in check.options.items() if key not in ("entries", "lexicon")}
        if "lexicon" in check.options:
            own += [entry for _, entry, _ in parts(check, check.options["lexicon"]) if entry["id"] in names]
        if own:
            result.append(replace(check, options={**options, "entries": own}, lines={}))
        elif check.id in names:
            result.append(check)
    return result


def _note(said: list[Any], hit: Hit, text: Text) -> None:
    places, right, first, samples = said
    places[text.group] += 1
    if text.group.startswith("set ") and text.marks:
        mark = _mark(hit, text.marks)
        if mark is not None:
            right[text.group] += 1
            usable = [c.text for c in hit.corrections if c.applicability is not Applicability.DISPLAY_ONLY]
            if usable and len(mark) > 5 and usable[0].casefold() in {str(one).casefold() for one in mark[5]}:
                first[text.group] += 1
    shown = samples.setdefault(text.group.split()[0], [])
    if len(shown) < SHOWN and "held" not in text.group:
        before = text.text[max(0, hit.start - AROUND) : hit.start]
        after = text.text[hit.end : hit.end + AROUND]
        shown.append(re.sub(r"\s+", " ", f"{text.group}: {before}⟦{text.text[hit.start : hit.end]}⟧{after}"))


def _mark(hit: Hit, marks: Sequence[Sequence[Any]]) -> Sequence[Any] | None:
    """Return the mark that at least half of the hit lies on (as the measure's score.py counts)."""
    for mark in marks:
        common = min(hit.end, mark[1]) - max(hit.start, mark[0])
        if common > 0 and 2 * common >= hit.end - hit.start:
            return mark
    return None


def _batches(found: Iterator[Text]) -> Iterator[list[Text]]:
    batch: list[Text] = []
    for text in found:
        batch.append(text)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
