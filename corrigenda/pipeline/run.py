"""A whole run: sources in batches, over one or several processes, into one report.

A file that was checked before with the same checks and settings is not checked again (corrigenda.storage.results).
"""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import PurePath

from corrigenda.documents.document import Document
from corrigenda.documents.errors import DocumentError
from corrigenda.finding import DocumentReport, Finding, Problem, Report
from corrigenda.pipeline import suppression
from corrigenda.pipeline.checker import BATCH, COMPARING, BatchResult, Engine, Source, fingerprinted, merge, report_of
from corrigenda.pipeline.index import load
from corrigenda.pipeline.merge import merge_later
from corrigenda.settings import Settings
from corrigenda.storage.keys import result_key
from corrigenda.storage.results import open_cache, unpack

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
    settings, left_out = _for_size(settings, len(sources))
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
    by_path = {source.display: source for source in sources}
    checked = [report.path for report in merged[0].documents if report.status != "not checked"]
    more, extra = _grammar(engine, [by_path[path] for path in checked])
    merged.append(extra)
    if engine.across:
        from corrigenda.engines.judge.models import EMBEDDINGS, Comparisons
        from corrigenda.pipeline.cross_document.compare import across

        comparisons = Comparisons(engine.models)
        tables = {
            path: table
            for result in (*known.values(), *results)
            for path, table in result.tables.items()
            if _still_there(engine, by_path[path])
        }
        read = cache(lambda path: engine.read(by_path[path]))
        with contextlib.suppress(OSError, ValueError, DocumentError):  # a file that vanishes in this very moment
            compared = across(engine, tables, lambda path: engine.text(by_path[path]), read, comparisons)
            for path, found in compared.items():
                more.setdefault(path, []).extend(found)
        extra.engines[EMBEDDINGS] = comparisons.status(EMBEDDINGS)
    merged[0].documents = [
        _with_more(engine, by_path[report.path], report, more[report.path]) if report.path in more else report
        for report in merged[0].documents
    ]
    return _explained(report_of(merged, problems), left_out)


def _still_there(engine: Engine, source: Source) -> bool:
    """Return whether a file that was checked can be read once more, to be compared with others."""
    try:
        engine.text(source)
    except (OSError, ValueError):
        return False
    return True


COMPARED = 200
"""Documents up to which a run is compared by models unless the configuration says otherwise."""


def _for_size(settings: Settings, documents: int) -> tuple[Settings, str]:
    """Leave the models out of a large run, where nobody asked for them, and return the reason.

    A model reads some hundred words a second; the rules read thousands of files in seconds, and the gate
    rests on them, since what a comparison finds is at most a suggestion.
    """
    waiting = [name for name in COMPARING if settings.engines.get(name, "auto") == "auto"]
    if documents <= COMPARED or not waiting:
        return settings, ""
    engines = {**settings.engines, **dict.fromkeys(waiting, "off")}
    reason = (
        f"this run has {documents:,} documents, and more than {COMPARED} are compared only when asked: "
        f'[engines] {waiting[-1]} = "on"'
    )
    return replace(settings, engines=engines), reason


def _explained(report: Report, reason: str) -> Report:
    """Give the engines that were left out for the size of the run their reason."""
    if not reason:
        return report
    engines = tuple(
        replace(status, reason=reason) if status.name in COMPARING and status.status == "off" else status
        for status in report.engines
    )
    return replace(report, engines=engines)


def _grammar(engine: Engine, sources: Sequence[Source]) -> tuple[dict[str, list[Finding]], BatchResult]:
    """Return what LanguageTool finds, by path, and its status and problems."""
    from corrigenda.pipeline import external as grammar

    found: dict[str, list[Finding]] = {}
    result = BatchResult()
    with grammar.languagetool(engine) as languagetool:
        if languagetool is None:
            return found, result
        status = languagetool.status()
        if status.status in ("off", "absent"):
            result.engines[status.name] = status
            return found, result
        for at in range(0, len(sources), BATCH):
            documents = []
            for source in sources[at : at + BATCH]:
                with contextlib.suppress(DocumentError):  # it vanished meanwhile; the rules have read it
                    documents.append(engine.read(source))
            own, status, problems = grammar.findings(engine, languagetool, documents)
            found.update({path: list(findings) for path, findings in own.items()})
            result.engines[status.name] = status
            result.problems.extend(problems)
    return found, result


def _with_more(engine: Engine, source: Source, report: DocumentReport, more: Sequence[Finding]) -> DocumentReport:
    try:
        document = engine.read(source)
    except DocumentError:
        return report
    return replace(report, findings=joined(engine, document, report.findings, more))


def joined(
    engine: Engine, document: Document, findings: Sequence[Finding], more: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Add findings that came after a document's own, as if they had come with them."""
    settings = engine.settings
    theirs = [replace(f, severity=settings.severity_of(f.check, f.severity, document.path)) for f in merge(more)]
    kept = suppression.apply(document, fingerprinted(document, theirs), engine.index.checks, remarks=False)
    own = suppression.still_unused(document, findings, theirs)
    return tuple(sorted(merge_later(own, kept), key=lambda finding: finding.sort_key))


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
        self._cache = open_cache() if self.on else None
        self._run = self.engine.key if self.on else ""

    def known(self, sources: Sequence[Source]) -> dict[str, BatchResult]:
        """Return the kept results of those sources that have not changed."""
        if self._cache is None:
            return {}
        keys: dict[str, tuple[bytes, Source]] = {}
        for source in sources:
            digest = _digest(source, self.engine.settings.max_bytes)
            if digest is not None:
                keys[source.display] = self._key(digest, source.display), source
        values = self._cache.get_many([key for key, _ in keys.values()])
        found: dict[str, BatchResult] = {}
        for key, source in keys.values():
            value = values.get(key)
            if value is None:
                continue
            try:
                findings, engines, tables = unpack(value, lambda source=source: self.engine.text(source))  # type: ignore[misc]
            except (ValueError, OSError):
                continue
            report = DocumentReport(source.display, "checked", findings)
            result = BatchResult([report], [], {engine.name: engine for engine in engines})
            if tables is not None:
                result.tables[source.display] = tables
            found[source.display] = result
        return found

    def _key(self, digest: str, display: str) -> bytes:
        # A file's format follows from its name's ending; where settings differ by glob, all of the name decides.
        name = display if self.engine.settings.overrides else PurePath(display).suffix.lower()
        return result_key(digest, "file", f"{self._run}\0{name}")

    def keep(self, result: BatchResult) -> None:
        """Keep what one batch gave, unless something went wrong in it."""
        if self._cache is not None:
            self._cache.put_many({self._key(digest, display): value for display, digest, value in result.kept})

    def close(self) -> None:
        """Close the cache."""
        if self._cache is not None:
            self._cache.close()


def _digest(source: Source, limit: int) -> str | None:
    if source.data is not None and source.path is not None:  # what git holds of the file
        return hashlib.sha256(source.data).hexdigest()
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
    threads = max(1, (os.cpu_count() or 1) // workers)  # together the workers' models use the cores once
    method = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, mp_context=method, initializer=_start, initargs=(engine.settings, threads)
    ) as pool:
        yield from pool.map(_work, batches)


def _engine(settings: Settings, threads: int = 0) -> Engine:
    index = load(settings.check_folders, settings.disabled, settings.enabled)
    _refuse_unknown(settings, index.checks)
    return Engine(index, settings, threads)


def _refuse_unknown(settings: Settings, checks: Iterable[str]) -> None:
    """Refuse names that turn nothing on or off: a slip in one would be believed. Raises UnknownCheckError."""
    known = set(checks)
    known |= {"/".join(check.split("/")[:depth]) for check in known for depth in range(1, check.count("/") + 1)}
    known |= {"all", "suppression", suppression.UNUSED, suppression.UNKNOWN}
    said = [*settings.disabled, *settings.enabled, *settings.severities]
    for override in settings.overrides:
        said += [*override.disabled, *override.enabled, *override.severities]
    for name in said:
        if name.rstrip("/") in known:
            continue
        from corrigenda.errors import UnknownCheckError, did_you_mean

        hint = did_you_mean(name, known, otherwise="'corrigenda checks' lists them")
        raise UnknownCheckError(f"there is no check or theme {name!r}; {hint}")


_worker: Engine | None = None


def _start(settings: Settings, threads: int) -> None:
    global _worker
    _worker = _engine(settings, threads)


def _work(batch: list[Source]) -> BatchResult:
    assert _worker is not None
    return _worker.check_sources(batch)
