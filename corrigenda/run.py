"""A whole run: sources in batches, over one or several processes, into one report."""

import os
from collections.abc import Callable, Iterator, Sequence

from corrigenda.engine import BATCH, BatchResult, Engine, Source, report_of
from corrigenda.finding import Problem, Report
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
) -> Report:
    """Check all sources and return the report, the same for any number of `jobs` (0: one for each core).

    `problems` are those met while looking for the sources. Raises CheckError for a check that cannot be used.
    """
    batches = [list(sources[at : at + BATCH]) for at in range(0, len(sources), BATCH)]
    workers = min(jobs or os.cpu_count() or 1, len(batches))
    results: list[BatchResult] = []
    done = 0
    for batch, result in zip(batches, _results(batches, settings, workers), strict=True):
        results.append(result)
        done += len(batch)
        if progress is not None:
            progress(done, len(sources))
    return report_of(results, problems)


def _results(batches: Sequence[list[Source]], settings: Settings, workers: int) -> Iterator[BatchResult]:
    if workers <= 1:
        engine = _engine(settings)
        for batch in batches:
            yield engine.check_sources(batch)
        return
    # Compiled once here, so that the workers find the index in the cache and a faulty check is reported once.
    _engine(settings)
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Spawned on every system alike: a forked process would share a lock or a model's threads.
    method = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=method, initializer=_start, initargs=(settings,)) as pool:
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
