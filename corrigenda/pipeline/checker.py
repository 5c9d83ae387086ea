"""The checker: one index of checks with one set of settings and its engines, and what they make of a batch.

nominate → confirm what needs the text alone → confirm what asks an engine → compare wordings → make findings.
Engines that read whole documents and comparisons across documents come after it (pipeline.run).
"""

import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from corrigenda import __version__
from corrigenda.detectors.registry import detector
from corrigenda.documents.document import Document
from corrigenda.engines.engine import DocumentEngine, Engine, Kind, able
from corrigenda.engines.registry import costly, kinds
from corrigenda.engines.spacy import ENGINE as SPACY
from corrigenda.engines.spacy import Spacy
from corrigenda.expressions import compiled
from corrigenda.finding import DocumentReport, EngineStatus, Finding, Problem
from corrigenda.languages import ANY, code_of
from corrigenda.pipeline import source_words, suppression, unread
from corrigenda.pipeline.batch import BATCH, BatchResult, Checked, failed
from corrigenda.pipeline.findings import finding_of, fingerprinted
from corrigenda.pipeline.guard import guarded
from corrigenda.pipeline.index import Index, load
from corrigenda.pipeline.index_key import corpora_key
from corrigenda.pipeline.merge import limited, merge, merge_later, without_yielding, witnessed
from corrigenda.pipeline.nominate import Nominator
from corrigenda.pipeline.stages import UNWATCHED, CancelledError, Stage, StageReport, Watch
from corrigenda.pipeline.status import for_document
from corrigenda.pipeline.translated import Origin, origin_of, raised, shows, supported, told
from corrigenda.rules.hit import Hit, Nominee
from corrigenda.rules.rule import CompiledRule
from corrigenda.settings import PREVIEW, Settings

if TYPE_CHECKING:
    from corrigenda.engines.judge.models import Comparisons, Models
    from corrigenda.names.tables import NameTables
    from corrigenda.pipeline.context import BatchContext


class Checker:
    """Checks documents against one index with one set of settings.

    Made once for a run, a command or a server; safe to be used by several threads, one of which works at a time.
    """

    def __init__(self, index: Index, settings: Settings, threads: int = 0) -> None:
        """Make a checker; `threads` is what one call of a model's runtime may use, 0 leaves it to the runtime."""
        self.index = index
        self.settings = settings
        self.lock = threading.RLock()
        self._threads = threads
        self._silent = silent_detectors(index, settings)
        self._nominator = Nominator(index, self._silent)
        self._asking = frozenset(rule.check.id for rule in index.rules if rule.check.engines)
        self._late = [
            rule
            for rule in index.rules
            if settings.reading and rule.check.detector not in self._silent and detector(rule.check.detector).late
        ]
        self._engines: dict[str, Engine | None] = {}
        self._matchers: dict[Any, Any] = {}

    def under(self, settings: Settings) -> "Checker":
        """Return a checker of the same checks under other settings, for one run. It works with the engines of this one,
        which closes them, so that a server is started once and a budget is one; those that are on or off in one of the
        two alone are each checker's own.
        """
        if settings == self.settings:
            return self
        with self.lock:
            other = Checker(self.index, settings, self._threads)
            other.lock = self.lock
            other.names = self.names
            ours, theirs = self.settings.engines, settings.engines
            for kind in kinds():
                if ours.get(kind.name, kind.default) == theirs.get(kind.name, kind.default) and not kind.costly:
                    other._engines[kind.name] = self.engine(kind)
            return other

    def engine(self, kind: Kind) -> Engine | None:
        """Return an engine, made when it is first asked for; None where no rule has a use for it."""
        with self.lock:
            if kind.name not in self._engines:
                self._engines[kind.name] = kind.create(self)
            return self._engines[kind.name]

    @property
    def spacy(self) -> Spacy:
        """spaCy, loaded when a sentence needs it."""
        engine = self.engine(SPACY)
        assert isinstance(engine, Spacy)
        return engine

    @property
    def rules(self) -> Sequence[CompiledRule]:
        """The rules of the checks that are on."""
        return self.index.rules

    @cached_property
    def models(self) -> "Models":
        """The embedding model and the language model that the settings name."""
        from corrigenda.engines.judge.models import Models  # deferred: a run that nominates nothing asks no model

        return Models(self.settings.engines, self.settings.options, self._threads)

    @property
    def document_engines(self) -> Sequence[DocumentEngine]:
        """The engines that read whole documents; those that are off or absent say so."""
        made = [self.engine(kind) for kind in kinds() if kind.scope == "document"]
        return [engine for engine in made if isinstance(engine, DocumentEngine)]

    def rank(self, document: Document, places: Sequence[tuple[int, int, Sequence[str]]]) -> Sequence[Sequence[str]]:
        """Order what could stand at places of a document by how likely it is there, as far as a model can tell."""
        # deferred: models are loaded for the first suggestions that a model could order
        from corrigenda.engines.judge.models import Comparisons
        from corrigenda.pipeline.confirm import ordered

        return ordered(document, places, Comparisons(self.models))

    @cached_property
    def collection_rules(self) -> Mapping[str, CompiledRule]:
        """The rules of the checks that compare the documents of a run and are on, by detector."""
        return {rule.check.detector: rule for rule in self.index.rules if rule.check.scope == "collection"}

    @cached_property
    def key(self) -> str:
        """Name everything that decides about a result of the first stages: program, checks, settings, engines."""
        settings = {
            **self.settings._asdict(),
            "engines": dict(self.settings.engines),
            "options": dict(self.settings.options),
        }
        parts = [
            __version__,
            self.index.key,
            corpora_key(),
            repr(sorted((name, repr(value)) for name, value in settings.items())),
        ]
        made = [self.engine(kind) for kind in kinds() if kind.scope == "sentence"]
        parts += [engine.identity() for engine in made if engine is not None]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()

    def __enter__(self) -> "Checker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End what the engines started. The checker can be used again."""
        for engine in self._engines.values():
            if isinstance(engine, DocumentEngine):
                engine.close()

    def check(
        self, documents: Sequence[Document], result: BatchResult, last: Stage, watch: Watch = UNWATCHED
    ) -> list[Checked]:
        """Put documents through the stages up to SENTENCE_ENGINES; problems and engines go into `result`.

        Raises CancelledError where `watch` says so after the rules.
        """
        with self.lock:
            return self._check(documents, result, last, watch)

    def hits(self, documents: Sequence[Document]) -> list[Hit]:
        """Return what the detectors find, as they find it: nothing is compared, merged, masked or silenced.

        For benches and tests that ask what each entry of a check says. Raises RuntimeError when a detector fails.
        """
        from corrigenda.engines.judge.models import Comparisons  # deferred, as are models
        from corrigenda.pipeline.context import BatchContext

        result = BatchResult()
        with self.lock:
            nominees = [
                nominee
                for number, document in enumerate(documents)
                for nominee in self._nominator.nominate(number, document)
            ]
            context = BatchContext(
                documents, self.settings, self.spacy, Comparisons(self.models), self._matchers, self.names
            )
            expensive = [n for n in nominees if n.rule.check.id in self._asking]
            rest, _ = self._parse(_with_sentences(expensive, context), context)
            found = self._confirm([n for n in nominees if n.rule.check.id not in self._asking], context, result)
            found += self._confirm(rest, context, result)
        if result.problems:
            raise RuntimeError(result.problems[0].message)
        return found

    def _check(self, documents: Sequence[Document], result: BatchResult, last: Stage, watch: Watch) -> list[Checked]:
        nominees = [
            nominee
            for number, document in enumerate(documents)
            for nominee in self._nominator.nominate(number, document)
        ]
        if not nominees and not self._late_nominees(documents, ()):
            return self._without_nominees(documents, result)
        from corrigenda.engines.judge.models import Comparisons  # deferred, as are models
        from corrigenda.pipeline.confirm import confirmed
        from corrigenda.pipeline.context import BatchContext

        comparisons = Comparisons(self.models)
        context = BatchContext(documents, self.settings, self.spacy, comparisons, self._matchers, self.names)
        hits = self._confirm([n for n in nominees if n.rule.check.id not in self._asking], context, result)
        if watch.on_stage is not None or last is Stage.RULES:
            found = self._findings(documents, hits)
            if watch.on_stage is not None:
                reports = [
                    self._preliminary(document, own) for document, (own, _) in zip(documents, found, strict=True)
                ]
                watch.on_stage(StageReport(Stage.RULES, reports))
            if last is Stage.RULES:
                return [self._checked(document, *own, ()) for document, own in zip(documents, found, strict=True)]
        if watch.cancelled():
            raise CancelledError
        rest = _with_sentences([n for n in nominees if n.rule.check.id in self._asking], context)
        rest, tagged = self._parse(rest, context)
        hits += self._confirm(rest, context, result)
        hits = confirmed(_in_order(hits), context)
        late = self._confirm(self._late_nominees(documents, hits), context, result)
        hits = without_yielding(witnessed([*hits, *late]) if late else hits)
        result.engines[Spacy.name] = for_document(self.spacy.status(), bool(tagged))
        for name in costly():
            result.engines[name] = comparisons.status(name)
        for number, reason in sorted(context.stopped):
            result.complete = False
            result.problems.append(Problem(documents[number].path, reason))
        found = self._findings(documents, hits)
        return [
            self._checked(document, *own, self._statuses(number, number in tagged, comparisons))
            for number, (document, own) in enumerate(zip(documents, found, strict=True))
        ]

    def _confirm(self, nominees: Sequence[Nominee], context: "BatchContext", result: BatchResult) -> list[Hit]:
        """Ask each check's detector about its nominees; a check that crashes is a problem, not the end of the run."""
        groups: dict[str, list[Nominee]] = {}
        for nominee in nominees:
            groups.setdefault(nominee.rule.check.id, []).append(nominee)
        hits: list[Hit] = []
        for identity in sorted(groups):
            own = groups[identity]
            try:
                documents = len({nominee.document for nominee in own})
                hits.extend(limited(detector(own[0].rule.check.detector).confirm(own, context), documents))
            except Exception as error:  # noqa: BLE001 - whatever a detector does, the other checks go on
                result.complete = False
                result.problems.append(failed(identity, error))
        return hits

    def _late_nominees(self, documents: Sequence[Document], hits: Sequence[Hit]) -> list[Nominee]:
        """Return a nominee for each rule that reads texts whole, in each document that shows to be translated."""
        if not self._late:
            return []
        own: list[list[Hit]] = [[] for _ in documents]
        for hit in hits:
            own[hit.document].append(hit)
        return [
            Nominee(rule, number, None, 0, len(document.text))
            for number, document in enumerate(documents)
            if shows(document, own[number], self.settings)
            for rule in self._late
            if rule.check.language in (ANY, code_of(document.language))
        ]

    def _parse(self, nominees: list[Nominee], context: "BatchContext") -> tuple[list[Nominee], set[int]]:
        """Have spaCy read the nominated sentences; return the nominees that can be confirmed, and its documents."""
        expensive = [nominee for nominee in nominees if self.spacy.needs(nominee.rule)]
        if not expensive:
            return nominees, set()
        if not self.spacy.available():
            return [nominee for nominee in nominees if not self.spacy.needs(nominee.rule)], {
                nominee.document for nominee in expensive
            }
        context.parse(expensive)
        return nominees, {nominee.document for nominee in expensive}

    def _statuses(self, number: int, tagged: bool, comparisons: "Comparisons") -> tuple[EngineStatus, ...]:
        return (
            *(comparisons.status(name, number) for name in costly()),
            for_document(self.spacy.status(), tagged),
        )

    def _without_nominees(self, documents: Sequence[Document], result: BatchResult) -> list[Checked]:
        """Report on documents in which nothing was nominated: nothing expensive is imported for them."""
        idle = tuple(self._idle(kind.name) for kind in kinds() if kind.scope == "sentence")
        result.engines.update({status.name: status for status in idle})
        return [self._checked(document, (), origin_of(document, (), self.settings), idle) for document in documents]

    def _idle(self, name: str) -> EngineStatus:
        """Return the status of an engine that nothing was nominated for: off where it would have nominated."""
        if self._silent and name in costly():
            return EngineStatus(name, "off")
        return EngineStatus(name, "not needed")

    def _findings(self, documents: Sequence[Document], hits: Iterable[Hit]) -> list[tuple[list[Finding], Origin]]:
        """Return the findings of each document, and where it seems to come from."""
        own: list[list[Hit]] = [[] for _ in documents]
        for hit in hits:
            own[hit.document].append(hit)
        result: list[tuple[list[Finding], Origin]] = []
        for document, found in zip(documents, own, strict=True):
            origin = origin_of(document, found, self.settings)
            kept = raised(supported(found, document, origin, self.settings), document, self.settings)
            result.append((self.findings(document, kept), told(document, kept, origin)))
        return result

    def _checked(
        self, document: Document, findings: Sequence[Finding], origin: Origin, engines: tuple[EngineStatus, ...]
    ) -> Checked:
        tables: Mapping[str, Any] = {}
        if self.collection_rules:
            from corrigenda.pipeline.cross_document.tables import tables_of  # deferred: off by default

            spoken = (ANY, code_of(document.language))
            wanted = [name for name, rule in self.collection_rules.items() if rule.check.language in spoken]
            tables = tables_of(document, wanted, self.names)
        return Checked(
            document.path,
            document.sha256,
            findings=tuple(fingerprinted(document, guarded(document, merge(findings)), self.index.first_id)),
            comments=suppression.find(document),
            unread=unread.places(document),
            tables=tables,
            engines=engines,
            origin=origin,
            source=document.has_source,
        )

    @cached_property
    def names(self) -> "NameTables":
        """The names of the latest documents, for every detector and engine that asks."""
        from corrigenda.names.tables import NameTables  # deferred: a run that nominates nothing asks for no name

        return NameTables(self.settings.options.get("house-style"), most=BATCH)

    def findings(self, document: Document, hits: Iterable[Hit]) -> list[Finding]:
        """Return the findings of hits in one document, as they come: not merged, without fingerprints."""
        found = (finding_of(document, hit, self.settings) for hit in hits)
        return [finding for finding in found if finding is not None]

    def later(self, document: Document, findings: Sequence[Finding]) -> list[Finding]:
        """Return findings that came after a document's own, merged with each other and with fingerprints."""
        return fingerprinted(document, merge(findings), self.index.first_id)

    def _preliminary(self, document: Document, findings: Sequence[Finding]) -> DocumentReport:
        comments = suppression.find(document)
        own = suppression.silence(
            comments, fingerprinted(document, merge(findings), self.index.first_id), self._resolve
        ).kept
        told = source_words.quoting(sorted(own, key=lambda finding: finding.sort_key), document)
        return DocumentReport(document.path, "checked", told, source_words.name_of(document))

    def report(
        self, checked: Checked, later: Sequence[Finding] = (), engines: Iterable[EngineStatus] = ()
    ) -> DocumentReport:
        """Return a document's report: what comments leave of its own findings and of later ones, merged, with remarks.

        `engines` are the statuses of the engines that came later.
        """
        if not checked.readable:
            return DocumentReport(checked.path, "not checked")
        own = suppression.silence(checked.comments, checked.findings, self._resolve)
        more = suppression.silence(checked.comments, later, self._resolve)
        remarks: list[Finding] = []
        if checked.comments:
            could_run = self._could_run([*engines, *checked.engines], paired=checked.source)
            remarks = suppression.remarks(checked.comments, own.used | more.used, self._resolve, could_run)
        first = suppression.without_twins(own.kept, more.silenced)
        second = suppression.without_twins(more.kept, own.silenced)
        findings = merge_later([*first, *remarks], second) if second else [*first, *remarks]
        return DocumentReport(checked.path, "checked", tuple(sorted(findings, key=lambda finding: finding.sort_key)))

    def _resolve(self, name: str) -> str | None:
        """Return the check or theme that a comment's name means, None when there is none."""
        name = self.index.resolve(name.rstrip("/"))
        known = self.index.checks
        return name if name in known or any(check.startswith(name + "/") for check in known) else None

    def _could_run(self, engines: Iterable[EngineStatus], *, paired: bool) -> Callable[[str], bool]:
        statuses = {status.name: status for status in engines}
        running = {rule.check.id for rule in self.index.rules}

        def could_run(name: str) -> bool:
            meant = [
                check
                for identity, check in self.index.checks.items()
                if not name or identity == name or identity.startswith(name + "/")
            ]
            wanted = [check for check in meant if check.id in running]
            return bool(wanted) and all(
                check.scope != "collection" and (paired or not check.paired) and able(check, statuses)
                for check in wanted
            )

        return could_run


def checker(settings: Settings, threads: int = 0) -> Checker:
    """Return the checker of some settings. Raises CheckError for a check, or a name of one, that cannot be used."""
    index = load(settings.check_folders, settings.disabled, settings.enabled, doubted=settings.doubted)
    refuse_unknown(settings, index)
    return Checker(index, settings.with_names(index.resolve), threads)


def refuse_unknown(settings: Settings, index: Index) -> None:
    """Refuse names that turn nothing on or off: whoever wrote one relies on it. Raises UnknownCheckError."""
    known = {*index.checks, *index.aliases}
    known |= {"/".join(check.split("/")[:depth]) for check in known for depth in range(1, check.count("/") + 1)}
    known |= {"all", PREVIEW, "suppression", suppression.UNUSED, suppression.UNKNOWN, suppression.MALFORMED}
    said = [*settings.disabled, *settings.enabled, *settings.severities]
    for override in settings.overrides:
        said += [*override.disabled, *override.enabled, *override.severities]
    for name in said:
        if name.rstrip("/") in known:
            continue
        from corrigenda.errors import UnknownCheckError, did_you_mean  # deferred: only a wrong name needs it

        hint = did_you_mean(name, known, otherwise="'corrigenda checks' lists them")
        raise UnknownCheckError(name, f"there is no check or theme {name!r}; {hint}")


def silent_detectors(index: Index, settings: Settings) -> frozenset[str]:
    """Return the detectors that nominate in vain, since the models without which they say nothing are turned off."""
    needed = frozenset[str]().union(*(check.detector_engines for check in index.checks.values()))
    models = needed.intersection(costly())
    if any(settings.engines.get(name, "auto") != "off" for name in models):
        return frozenset()
    return frozenset(
        check.detector
        for check in index.checks.values()
        if check.scope != "collection" and check.detector_engines & models
    )


def _in_order(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits by their checks, whichever stage brought them."""
    return sorted(hits, key=lambda hit: hit.check.id)


def _with_sentences(nominees: Sequence[Nominee], context: "BatchContext") -> list[Nominee]:
    """Give nominees that need more than text their sentences: those in which the gate holds, once for each rule."""
    result: list[Nominee] = []
    seen: set[tuple[int, int, int, int]] = set()
    asked: dict[int, set[tuple[int, int]]] = {}
    for nominee in nominees:
        if nominee.rule.needs == "text" or nominee.block is None:
            result.append(nominee)
            continue
        gate = compiled(nominee.rule.gate)
        for sentence in context.sentences(nominee.document, nominee.block):
            key = (nominee.rule.number, nominee.document, nominee.block, sentence.start)
            if key in seen or not gate.search(sentence.text):
                continue
            own = asked.setdefault(nominee.document, set())
            if len(own) >= MAX_SENTENCES and (nominee.block, sentence.start) not in own:
                context.stop(nominee.document, _TOO_MANY_SENTENCES)
                break
            own.add((nominee.block, sentence.start))
            seen.add(key)
            result.append(nominee._replace(sentence=sentence))
    return result


MAX_SENTENCES = 2_000
"""Sentences of one document that are tagged or compared; a long book has some hundreds that are suspicious."""

_TOO_MANY_SENTENCES = (
    f"More than {MAX_SENTENCES:,} of its sentences would have to be tagged; what is beyond them was not looked for. "
    "Split it."
)
