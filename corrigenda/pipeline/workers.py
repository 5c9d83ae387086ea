"""Batches over one or several processes, with the same result for any number of them."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from corrigenda.documents.errors import DocumentError
from corrigenda.documents.store import DocumentStore, Source, origin_name
from corrigenda.finding import Problem
from corrigenda.pipeline.batch import BatchResult, Checked
from corrigenda.pipeline.checker import Checker, checker
from corrigenda.pipeline.stages import UNWATCHED, Stage, Watch
from corrigenda.safe_path import SafeChildren, can_start_safely
from corrigenda.settings import Settings


class Work(NamedTuple):
    """What is to be done with a batch.

    `last` is the last stage wanted; later ones than SENTENCE_ENGINES are not done here. `keep`: make what the cache of
    results keeps. `hand_on`: the documents are needed afterwards, in the process that owns the run.
    """

    last: Stage
    keep: bool
    hand_on: bool

    def do(
        self, own: Checker, store: DocumentStore, sources: Sequence[Source], watch: Watch = UNWATCHED
    ) -> BatchResult:
        """Read and check one batch of sources; what cannot be read becomes a problem, and the others go on."""
        result = BatchResult()
        documents = {}
        lonely: set[str] = set()
        for source in sources:
            try:
                documents[source.display] = store.document(source)
            except DocumentError as error:
                result.problems.append(Problem(source.display, str(error)))
                continue
            if fault := store.missing(source):
                result.problems.append(Problem(source.display, _without(source, fault)))
                lonely.add(source.display)
        checked = {one.path: one for one in own.check(list(documents.values()), result, self.last, watch)}
        result.checked = [checked.get(source.display) or Checked(source.display, readable=False) for source in sources]
        if self.keep and result.complete:
            from corrigenda.pipeline.packing import pack  # deferred: not needed without a cache

            result.packed = {
                source.display: pack(checked[source.display], store.words(source))
                for source in sources
                if source.path is not None and source.display in checked and source.display not in lonely
            }
        return result


def _without(source: Source, fault: str) -> str:
    """Return what is said of a text that was checked without its source, which is named and could not be read."""
    if source.translated_from is None:
        return f"It was checked without the fields that it was translated from: {fault}"
    return f"It was checked without its source {origin_name(source)}, which cannot be read: {fault}"


def results(
    work: Work,
    own: Checker,
    store: DocumentStore,
    batches: Iterable[Sequence[Source]],
    jobs: int,
    watch: Watch = UNWATCHED,
) -> Iterator[BatchResult]:
    """Yield the result of each batch, in order. With several `jobs` (0: one for each core) they work in processes."""
    if jobs != 1:
        batches = list(batches)
        workers = min(jobs or os.cpu_count() or 1, sum(1 for batch in batches if batch))
        if workers > 1 and can_start_safely():
            yield from _in_processes(work, own, store, batches, workers)
            return
    for batch in batches:
        yield work.do(own, store, batch, watch) if batch else BatchResult()


def _in_processes(
    work: Work, own: Checker, store: DocumentStore, batches: Sequence[Sequence[Source]], workers: int
) -> Iterator[BatchResult]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Spawned on every system alike: a forked process would share a lock or a model's threads. The index was compiled
    # above, so the workers find it in the cache.
    threads = max(1, (os.cpu_count() or 1) // workers)  # together the workers' models use the cores once
    method = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=method, initializer=_start, initargs=(work, own.settings, threads))
    with SafeChildren(), _late_results_ignored(), pool:
        with _interrupt_waits():
            working = pool.map(_work, batches)
        for batch, result in zip(batches, working, strict=True):
            for source in batch:
                if source.display in result.documents:
                    store.hold(source, result.documents[source.display])
            yield result


@contextmanager
def _interrupt_waits() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach before they are ready for it.

    It reaches the whole group: the process that owns the run says so, and the others are to end without a word.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _late_results_ignored() -> Iterator[None]:
    """Say nothing of results for which nobody waits any more.

    After Ctrl-C the pool's thread finds its processes dead, tells that to work that was given up, and stumbles.
    """
    import threading
    from concurrent.futures import InvalidStateError

    before = threading.excepthook

    def hook(args: "threading.ExceptHookArgs") -> None:
        if args.exc_type is not InvalidStateError:
            before(args)

    threading.excepthook = hook
    try:
        yield
    finally:
        threading.excepthook = before


_process: list[Callable[[Sequence[Source]], BatchResult]] = []
"""What a worker process works with, put in when the process starts: a pool hands its initializer's work to nobody."""


def _start(work: Work, settings: Settings, threads: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    own = checker(settings, threads)

    def do(batch: Sequence[Source]) -> BatchResult:
        store = DocumentStore.under(settings)
        result = work.do(own, store, batch)
        if work.hand_on:
            readable = {one.path for one in result.checked if one.readable}
            result.documents = {
                source.display: store.document(source) for source in batch if source.display in readable
            }
        return result

    _process[:] = [do]


def _work(batch: Sequence[Source]) -> BatchResult:
    return _process[0](batch) if batch else BatchResult()
