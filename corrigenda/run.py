"""A whole run: sources in batches, over one or several processes, into one report.

A file that was checked before with the same checks and settings is not checked again (corrigenda.incremental).
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corrigenda.engine import BATCH, BatchResult, Engine, Source, report_of
from corrigenda.finding import DocumentReport, Problem, Report
from corrigenda.incremental import Results, key_of, unpack
from corrigenda.index import load
from corrigenda.settings import Settings

Progress = Callable[[int, int], None]
"""Called with the number of documents done and of all."""


def run(
    sources: Sequence[Source],
    settings: Settings,
    *,
    problems: Sequence[Problem] = (),
    jobs: int = 1,
    progress: Progress | None = None,
    incremental: bool = True,
) -> Report:
    """Check all sources and return the report, the same for any number of `jobs` (0: one for each core).

    `problems` are those met while looking for the sources. Raises CheckError for a check that cannot be used.
    """
    engine = _engine(settings)
    kept = _Kept(engine, incremental)
    known = kept.known(sources)
    unknown = [source for source in sources if source.display not in known]
    batches = [unknown[at : at + BATCH] for at in range(0, len(unknown), BATCH)]
    results: list[BatchResult] = []
    done = len(known)
    for batch, result in zip(batches, _results(batches, engine, jobs), strict=True):
        results.append(result)
        kept.keep(result)
        done += len(batch)
        if progress is not None:
            progress(done, len(sources))
    kept.close()
    merged = _in_order(sources, known, results)
    if engine.across is not None:
        merged[0].documents = _compared(engine, sources, merged[0].documents, [*known.values(), *results])
    return report_of(merged, problems)


def _compared(
    engine: Engine, sources: Sequence[Source], reports: Sequence[DocumentReport], results: Sequence[BatchResult]
) -> list[DocumentReport]:
    """Add what comparing the documents finds."""
    from corrigenda import suppression
    from corrigenda.across import across
    from corrigenda.engine import fingerprinted, merge

    tables = {path: table for result in results for path, table in result.names.items()}
    by_path = {source.display: source for source in sources}
    documents = cache(lambda path: engine.read(by_path[path]))
    found = across(engine, tables, lambda path: engine.text(by_path[path]), documents)
    merged: list[DocumentReport] = []
    for report in reports:
        more = found.get(report.path, ())
        if more:
            document = documents(report.path)
            own = suppression.apply(document, fingerprinted(document, merge(more)), engine.index.checks, remarks=False)
            both = sorted([*report.findings, *own], key=lambda finding: finding.sort_key)
            report = replace(report, findings=tuple(both))
        merged.append(report)
    return merged


def _in_order(
    sources: Sequence[Source], known: dict[str, BatchResult], results: Sequence[BatchResult]
) -> list[BatchResult]:
    """Put kept and new results together, in the order of the sources."""
    fresh = {document.path: document for result in results for document in result.documents}
    documents: list[DocumentReport] = []
    engines = BatchResult()
    for source in sources:
        if source.display in known:
            documents.extend(known[source.display].documents)
        else:
            documents.append(fresh[source.display])
    for result in results:
        engines.problems.extend(result.problems)
    return [
        BatchResult(documents=documents, problems=engines.problems),
        *known_engines(known),
        *map(_engines_of, results),
    ]


def known_engines(known: dict[str, BatchResult]) -> list[BatchResult]:
    """Return the engines of kept results, without their documents."""
    return [BatchResult(engines=result.engines) for result in known.values()]


def _engines_of(result: BatchResult) -> BatchResult:
    return BatchResult(engines=result.engines)


@dataclass
class _Kept:
    """The results of earlier runs, for this run's engine."""

    engine: Engine
    on: bool

    def __post_init__(self) -> None:
        self._results = Results()
        self._run = self.engine.key

    def known(self, sources: Sequence[Source]) -> dict[str, BatchResult]:
        """Return the kept results of those sources that have not changed."""
        if not self.on:
            return {}
        keys: dict[str, Source] = {}
        for source in sources:
            digest = _digest(source, self.engine.settings.max_bytes)
            if digest is not None:
                # Two files may hold the same bytes; each is looked up by itself below.
                keys[f"{key_of(digest, source.display, self._run)} {source.display}"] = source
        values = self._results.get(sorted({key.split(" ", 1)[0] for key in keys}))
        found: dict[str, BatchResult] = {}
        for key, source in keys.items():
            value = values.get(key.split(" ", 1)[0])
            if value is None:
                continue
            try:
                findings, engines, names = unpack(value, lambda source=source: self.engine.text(source))  # type: ignore[misc]
            except (ValueError, OSError):
                continue
            report = DocumentReport(source.display, "checked", findings)
            result = BatchResult([report], [], {engine.name: engine for engine in engines})
            if names is not None:
                result.names[source.display] = names
            found[source.display] = result
        return found

    def keep(self, result: BatchResult) -> None:
        """Keep what one batch gave, unless something went wrong in it."""
        if self.on and result.kept:
            self._results.put((key_of(digest, display, self._run), value) for display, digest, value in result.kept)

    def close(self) -> None:
        """Close the cache."""
        self._results.close()


def _digest(source: Source, limit: int) -> str | None:
    if source.path is None:
        return None
    try:
        if not source.path.is_file() or source.path.stat().st_size > limit:
            return None
        return hashlib.sha256(source.path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None


def _results(batches: Sequence[list[Source]], engine: Engine, jobs: int) -> Iterator[BatchResult]:
    workers = min(jobs or os.cpu_count() or 1, len(batches))
    if workers <= 1:
        for batch in batches:
            yield engine.check_sources(batch)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Spawned on every system alike: a forked process would share a lock or a model's threads. The index was compiled
    # above, so the workers find it in the cache.
    method = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=method, initializer=_start, initargs=(engine.settings,)) as pool:
        yield from pool.map(_work, batches)


def _engine(settings: Settings) -> Engine:
    index = load(settings.check_folders, settings.disabled, settings.enabled)
    return Engine(index, settings)


_worker: Engine | None = None


def _start(settings: Settings) -> None:
    global _worker
    _worker = _engine(settings)


def _work(batch: list[Source]) -> BatchResult:
    assert _worker is not None
    return _worker.check_sources(batch)
