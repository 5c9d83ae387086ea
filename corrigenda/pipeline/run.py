"""The one full check: sources go in, a report comes out, whoever asks.

    rules → sentence engines → document engines → collection → second opinions

A file that was checked before with the same checks, settings and engines does not go through the first two stages again
(pipeline.kept); document engines keep their own answers.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from corrigenda.documents.document import Document
from corrigenda.documents.errors import DocumentError
from corrigenda.documents.store import DocumentStore, Source
from corrigenda.engines.registry import costly
from corrigenda.finding import DocumentReport, EngineStatus, Finding, Problem, Report
from corrigenda.pipeline import source_words, translated, unread
from corrigenda.pipeline.batch import BATCH, BatchResult, Checked
from corrigenda.pipeline.checker import Checker, checker
from corrigenda.pipeline.stages import CancelledError, OnStage, Stage, StageReport, Watch, never
from corrigenda.pipeline.status import report_of
from corrigenda.pipeline.workers import Work, results
from corrigenda.settings import Settings

if TYPE_CHECKING:
    from corrigenda.pipeline.kept import Kept

Progress = Callable[[int, int, str], None]
"""Called with the number of documents done and of all, and what is at work on the others: "rules", an engine's name,
or "comparison of documents".
"""

COMPARED = 200
"""Documents up to which a run is compared by models unless the configuration says otherwise."""
READ = 50
"""Documents up to which those that show to be translated are read whole by the language model, unless it is "on": it
takes some three seconds for an article.
"""
_FIRST = 3
"""Documents of which the first that can be read is asked about ahead."""


def run(
    sources: Sequence[Source],
    settings: Settings,
    *,
    problems: Sequence[Problem] = (),
    jobs: int = 1,
    progress: Progress | None = None,
    incremental: bool = True,
    store: DocumentStore | None = None,
) -> Report:
    """Check sources with some settings: `check` with a checker of its own, and models left out of a large run.

    `problems` are those met while looking for the sources. Raises CheckError for a check that cannot be used.
    """
    settings, reason = _for_size(settings, len(sources))
    with checker(settings) as own:
        report = check(
            own,
            store or DocumentStore.under(settings),
            sources,
            problems=problems,
            jobs=jobs,
            progress=progress,
            incremental=incremental,
        )
    return _explained(report, reason)


def run_with(
    own: Checker,
    store: DocumentStore,
    sources: Sequence[Source],
    *,
    problems: Sequence[Problem] = (),
    jobs: int = 1,
    incremental: bool = True,
) -> Report:
    """Check sources with a checker that stays, and leave the models out of a large run, as `run` does."""
    settings, reason = _for_size(own.settings, len(sources))
    report = check(own.under(settings), store, sources, problems=problems, jobs=jobs, incremental=incremental)
    return _explained(report, reason)


def check(
    own: Checker,
    store: DocumentStore,
    sources: Sequence[Source],
    *,
    last: Stage = Stage.COLLECTION,
    problems: Sequence[Problem] = (),
    jobs: int = 1,
    progress: Progress | None = None,
    incremental: bool = False,
    on_stage: OnStage | None = None,
    cancelled: Callable[[], bool] = never,
) -> Report:
    """Check sources and return the report: the only way in which a text is checked.

    Args:
        own: The checker. It stays open, so that its engines serve the next call.
        store: Where documents come from; each file is read once.
        sources: What to check, in the order of the report.
        last: The last stage wanted.
        problems: What was met while looking for the sources; they go into the report.
        jobs: Processes to work with; 0 for one on each core. The report is the same for any number.
        progress: Called as the work goes on (Progress).
        incremental: Whether results of earlier runs are used, and this run's kept.
        on_stage: Called after each stage of a batch with what is known then; with several jobs, from the document
            engines on.
        cancelled: Asked between stages; when it returns True the check stops.

    Raises:
        CancelledError: `cancelled` said so.
    """
    return _Run(own, store, sources, last, on_stage, cancelled).check(problems, jobs, progress, incremental)


def check_documents(
    own: Checker,
    documents: Sequence[Document],
    *,
    last: Stage = Stage.DOCUMENT_ENGINES,
    on_stage: OnStage | None = None,
    cancelled: Callable[[], bool] = never,
) -> Report:
    """Check documents that are in memory, such as those that a correction made: `check` on them, each by its path."""
    store = DocumentStore.under(own.settings, documents=len(documents))
    sources = [Source(document.path, data=b"") for document in documents]
    for source, document in zip(sources, documents, strict=True):
        store.hold(source, document)
    return check(own, store, sources, last=last, on_stage=on_stage, cancelled=cancelled)


class _Batch(NamedTuple):
    """One batch of sources, and what is known of those that have not changed since an earlier run."""

    sources: Sequence[Source]
    known: Mapping[str, Checked]

    @property
    def unknown(self) -> Sequence[Source]:
        return [source for source in self.sources if source.display not in self.known]


@dataclass
class _Run:
    """What one check has met so far."""

    own: Checker
    store: DocumentStore
    sources: Sequence[Source]
    last: Stage
    on_stage: OnStage | None
    cancelled: Callable[[], bool]
    checked: list[Checked] = field(default_factory=list)
    later: dict[str, list[Finding]] = field(default_factory=dict)
    engines: list[EngineStatus] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    reports: list[DocumentReport] = field(default_factory=list)

    def check(self, problems: Sequence[Problem], jobs: int, progress: Progress | None, incremental: bool) -> Report:
        # deferred: only asked where a check of a document engine runs
        from corrigenda.pipeline import external

        self.problems.extend(problems)
        own, by_path = self.own, {source.display: source for source in self.sources}
        reading = self.last >= Stage.DOCUMENT_ENGINES and external.wanted(own)
        collecting = self.last >= Stage.COLLECTION and bool(own.collection_rules)
        kept = None
        if incremental:
            from corrigenda.pipeline.kept import Kept  # deferred: a run without a cache needs no database

            kept = Kept(own, self.store)
        work = Work(min(self.last, Stage.SENTENCE_ENGINES), keep=kept is not None, hand_on=reading)
        plans: Iterable[_Batch] = self._batches(kept) if jobs == 1 else list(self._batches(kept))
        waiting: list[_Batch] = []

        def unknown() -> Iterator[Sequence[Source]]:
            for plan in plans:
                waiting.append(plan)
                yield plan.unknown

        if reading:
            external.begin(own, self._first_documents())
        self._tell(progress, 0, "rules")
        for result in results(work, own, self.store, unknown(), jobs, Watch(self.on_stage, self.cancelled)):
            self._stop_if_wanted()
            batch = waiting.pop(0)
            checked = self._joined(batch, result)
            if kept is not None:
                kept.keep(batch.unknown, result)
            if self.last >= Stage.DOCUMENT_ENGINES:
                checked = self._ask_document_engines(checked, by_path, progress)
            self.checked.extend(checked)
            if not collecting:
                self._report(checked, by_path, progress)
            self._tell(progress, 0, "rules")
        if kept is not None:
            kept.close()
        if collecting:
            self._stop_if_wanted()
            self._tell(progress, 0, "comparison of documents")
            self._collect(by_path)
            self._report(self.checked, by_path, progress)
        report = report_of(self.reports, self.problems, self.engines)
        origins = translated.notes((one.path, *one.origin) for one in self.checked)
        paired = source_words.notes(self.reports)
        return report._replace(notes=(*report.notes, *unread.notes(self.checked), *origins, *paired))

    def _tell(self, progress: Progress | None, more: int, doing: str) -> None:
        """Say how far the work is: `more` documents are done beside those of the batches before."""
        if progress is not None:
            progress(min(len(self.checked) + more, len(self.sources)), len(self.sources), doing)

    def _first_documents(self) -> list[Document]:
        """Return the first document that can be read, if one of the first few can."""
        for source in self.sources[:_FIRST]:
            try:
                return [self.store.document(source)]
            except DocumentError:
                continue
        return []

    def _batches(self, kept: "Kept | None") -> Iterator[_Batch]:
        for at in range(0, len(self.sources), BATCH):
            sources = self.sources[at : at + BATCH]
            yield _Batch(sources, kept.known(sources) if kept is not None else {})

    def _stop_if_wanted(self) -> None:
        if self.cancelled():
            raise CancelledError

    def _joined(self, batch: _Batch, result: BatchResult) -> list[Checked]:
        """Put kept and new results together, in the order of the sources."""
        fresh = {one.path: one for one in result.checked}
        self.problems.extend(result.problems)
        for one in batch.known.values():
            self.engines.extend(one.engines)
        self.engines.extend(result.engines.values())
        return [batch.known.get(source.display) or fresh[source.display] for source in batch.sources]

    def _ask_document_engines(
        self, checked: Sequence[Checked], by_path: Mapping[str, Source], progress: Progress | None
    ) -> list[Checked]:
        """Take what the document engines find, and return the documents with their corrections tried by them."""
        # deferred: only asked where a check of a document engine runs
        from corrigenda.pipeline import external

        documents = []
        for one in checked if external.wanted(self.own) else ():
            if not one.readable:
                continue
            try:
                documents.append(self.store.document(by_path[one.path]))
            except DocumentError:  # it vanished meanwhile, and the rules have read it
                continue
        known = {one.path: one.findings for one in checked}
        found = external.check(self.own, documents, known, lambda more, doing: self._tell(progress, more, doing))
        self.later.update(external.tried(self.own, documents, found.findings))
        self.engines.extend(found.engines)
        self.problems.extend(found.problems)
        own = external.tried(self.own, documents, known)
        return [one._replace(findings=tuple(own[one.path])) for one in checked]

    def _collect(self, by_path: Mapping[str, Source]) -> None:
        # deferred: one document alone is compared with nothing
        from corrigenda.pipeline.cross_document.compare import compare

        found = compare(self.own, self.checked, self.store, by_path)
        for path, findings in found.findings.items():
            self.later.setdefault(path, []).extend(findings)
        self.engines.extend(found.engines)
        self.problems.extend(found.problems)

    def _report(self, checked: Sequence[Checked], by_path: Mapping[str, Source], progress: Progress | None) -> None:
        """Make the reports of documents for which no stage is left."""
        reports = [
            self._beside_source(one, self.own.report(one, self._later(one, by_path), self.engines), by_path)
            for one in checked
        ]
        if self.last >= Stage.DOCUMENT_ENGINES:
            reports = self._reviewed(reports, by_path, progress)
        self.reports.extend(reports)
        if self.on_stage is not None:
            self.on_stage(StageReport(self.last, reports))

    def _beside_source(self, one: Checked, report: DocumentReport, by_path: Mapping[str, Source]) -> DocumentReport:
        """Return a document's report with the name of its source, and the words of it that findings speak of."""
        if not one.source:
            return report
        source = by_path[one.path]
        origin = source.translated_from
        if origin is not None and not source_words.speaks(report):
            return report._replace(source=origin.display)
        try:
            document = self.store.document(source)
        except DocumentError:  # it vanished meanwhile
            return report
        told = source_words.quoting(report.findings, document)
        return report._replace(findings=told, source=source_words.name_of(document))

    def _reviewed(
        self, reports: list[DocumentReport], by_path: Mapping[str, Source], progress: Progress | None
    ) -> list[DocumentReport]:
        """Return reports with the second opinions of the engines that give them."""
        # deferred: only asked where a check of a document engine runs
        from corrigenda.pipeline import external

        reviewers = external.reviewers(self.own)
        if not reviewers:
            return reports
        from corrigenda.pipeline.reviewing import reviewed  # deferred: most runs ask nobody

        def document_of(path: str) -> Document | None:
            try:
                return self.store.document(by_path[path])
            except DocumentError:  # it vanished meanwhile
                return None

        result: list[DocumentReport] = []
        for at in range(0, len(reports), BATCH):
            self._stop_if_wanted()
            self._tell(progress, 0, reviewers[0].name)
            some = reports[at : at + BATCH]
            result += reviewed(reviewers, some, document_of, self.own.index.checks, self.own.settings)
        # What they say of themselves is of the whole run so far, and what they said before of a part of it.
        names = {reviewer.name for reviewer in reviewers}
        self.engines = [status for status in self.engines if status.name not in names]
        self.engines += [reviewer.status() for reviewer in reviewers]
        return result

    def _later(self, one: Checked, by_path: Mapping[str, Source]) -> Sequence[Finding]:
        findings = self.later.pop(one.path, ())
        if not findings:
            return ()
        try:
            document = self.store.document(by_path[one.path])
        except DocumentError:  # it vanished meanwhile: nothing can be shown of it
            return ()
        return self.own.later(document, findings)


def _for_size(settings: Settings, documents: int) -> tuple[Settings, str]:
    """Leave the models out of a large run, where nobody asked for them, and return the reason.

    A model reads some hundred words a second; the rules read thousands of files in seconds, and the gate rests on
    them, since what a comparison finds is at most a suggestion.
    """
    waiting = [name for name in costly() if settings.engines.get(name, "auto") == "auto"]
    if documents > READ and "language-model" in waiting:
        settings = settings._replace(reading=False)
    if documents <= COMPARED or not waiting:
        return settings, ""
    engines = {**settings.engines, **dict.fromkeys(waiting, "off")}
    reason = (
        f"this run has {documents:,} documents, and more than {COMPARED} are compared only when asked: "
        f'[engines] {waiting[-1]} = "on"'
    )
    return settings._replace(engines=engines), reason


def _explained(report: Report, reason: str) -> Report:
    """Give the engines that were left out for the size of the run their reason."""
    if not reason:
        return report
    engines = tuple(
        status._replace(reason=reason) if status.name in costly() and status.status == "off" else status
        for status in report.engines
    )
    return report._replace(engines=engines)
