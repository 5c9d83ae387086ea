"""The engine: documents go in, a report comes out.

read and mask → nominate → confirm → merge and rank → suppress → report. Documents are worked on in batches of a fixed
size and order, whatever the number of workers, so that the same input gives the same bytes.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from corrigenda import __version__
from corrigenda.detectors.registry import detector
from corrigenda.documents.document import Document, RegionKind
from corrigenda.documents.errors import DocumentError
from corrigenda.documents.folding import folded
from corrigenda.documents.store import Source as Source
from corrigenda.engines.judge.reader_text import Reading
from corrigenda.engines.spacy import PipelineMissing, Tagger
from corrigenda.expressions import compiled
from corrigenda.finding import (
    LOOK_UP,
    Applicability,
    Correction,
    DocumentReport,
    EngineStatus,
    Finding,
    Problem,
    Report,
    fingerprint,
    shortened,
)
from corrigenda.languages import language
from corrigenda.pipeline import suppression
from corrigenda.pipeline.index import Index
from corrigenda.pipeline.nominate import Nominator
from corrigenda.rules.hit import Hit, Nominee, Sentence
from corrigenda.rules.rule import CompiledCheck, CompiledRule, Needs
from corrigenda.settings import Settings
from corrigenda.storage.results import pack

if TYPE_CHECKING:
    from corrigenda.engines.judge.models import Comparisons, Models

BATCH = 64
"""Documents a batch. Fixed, so that batches (and with them every model's arithmetic) do not depend on the workers."""

MAX_HITS = 1000
"""Places of one check in one document that a report lists; more is a damaged file."""

ACROSS = ("duplicate-across", "names-across")
"""Detectors that compare the documents of a run."""
COMPARING = ("embeddings", "language-model")
COMPARED_BY = frozenset(("contradiction", "duplicate", "nearest", "outlier", "sense"))
"""Detectors that say nothing without a model."""
_NEEDS: tuple[Needs, ...] = ("tokens", "tags", "parse")


@dataclass
class BatchResult:
    """What came of one batch."""

    documents: list[DocumentReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    engines: dict[str, EngineStatus] = field(default_factory=dict)
    tables: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """By path, a table for each detector that compares documents (pipeline.cross_document)."""
    kept: list[tuple[str, str, bytes]] = field(default_factory=list)
    """For corrigenda.storage.results: path, SHA-256 of the file's bytes, and the packed result."""


class _Context:
    """What detectors see of a batch (rules.hit.Context)."""

    def __init__(
        self,
        documents: Sequence[Document],
        settings: Settings,
        tagger: Tagger,
        comparisons: "Comparisons",
        matchers: dict[Any, Any],
    ) -> None:
        self.documents = documents
        self.matchers = matchers
        self.comparisons = comparisons
        self._readings: dict[int, Reading] = {}
        self.memo: dict[Any, Any] = {}
        self._settings = settings
        self.tagger = tagger
        self._sentences: dict[tuple[int, int], tuple[Sentence, ...]] = {}
        self._parsed: dict[tuple[int, int, int, str], Any] = {}
        self._offsets: dict[tuple[int, int, int], Callable[[int], int]] = {}

    @property
    def settings(self) -> Mapping[str, Any]:
        return self._settings.options

    @property
    def vocabulary(self) -> Any:
        return self.tagger.vocabulary

    def reading(self, document: int) -> Reading:
        if document not in self._readings:
            self._readings[document] = Reading(self.documents[document])
        return self._readings[document]

    def sentences(self, document: int, block: int) -> Sequence[Sentence]:
        key = (document, block)
        if key not in self._sentences:
            text = self.documents[document].blocks[block].view.text
            spans = language().sentences(text)
            self._sentences[key] = tuple(Sentence(block, start, end, text[start:end]) for start, end in spans)
        return self._sentences[key]

    def parsed(self, nominee: Nominee) -> Any:
        if nominee.sentence is None:
            return None
        return self._parsed[nominee.document, nominee.sentence.block, nominee.sentence.start, nominee.rule.needs]

    def offsets(self, nominee: Nominee) -> Callable[[int], int]:
        assert nominee.sentence is not None
        sentence = nominee.sentence
        inner = self._offsets[nominee.document, sentence.block, sentence.start]
        return lambda position: sentence.start + inner(position)

    def parse(self, nominees: Iterable[Nominee]) -> None:
        """Hand every nominated sentence to spaCy, once, with the most that any of its rules needs."""
        wanted: dict[tuple[int, int, int], tuple[int, Sentence]] = {}
        for nominee in nominees:
            if nominee.sentence is None:
                continue
            key = (nominee.document, nominee.sentence.block, nominee.sentence.start)
            level = _NEEDS.index(nominee.rule.needs)
            if key not in wanted or wanted[key][0] < level:
                wanted[key] = (level, nominee.sentence)
        for level, needs in enumerate(_NEEDS):
            keys = sorted(key for key, (wants, _) in wanted.items() if wants == level)
            texts: list[str] = []
            for key in keys:
                text, offsets = folded(wanted[key][1].text)
                texts.append(text)
                self._offsets[key] = offsets
            if texts:
                for key, parsed in zip(keys, self.tagger.parse(texts, needs), strict=True):
                    for lower in _NEEDS[: level + 1]:
                        self._parsed[(*key, lower)] = parsed


class Engine:
    """Checks documents against one index with one set of settings."""

    def __init__(self, index: Index, settings: Settings, threads: int = 0) -> None:
        """`threads`: what one call of a model's runtime may use; 0 leaves it to the runtime."""
        self.index = index
        self.settings = settings
        self._threads = threads
        compared = any(settings.engines.get(name, "auto") != "off" for name in COMPARING)
        self.nominator = Nominator(index, () if compared else COMPARED_BY)
        self.tagger = Tagger(settings.spacy_model)
        self._matchers: dict[Any, Any] = {}
        self._used: list[set[str]] = []
        self._comparisons: Comparisons | None = None

    @cached_property
    def models(self) -> "Models":
        """The embedding model and the language model that the settings name."""
        from corrigenda.engines.judge.models import Models

        return Models(self.settings.engines, self.settings.options, self._threads)

    @cached_property
    def across(self) -> Mapping[str, CompiledRule]:
        """The rules of the checks that compare the documents of a run and are on, by detector."""
        return {rule.check.detector: rule for rule in self.index.rules if rule.check.detector in ACROSS}

    @cached_property
    def key(self) -> str:
        """Name everything that decides about findings: the program, the checks, the settings, the models."""
        settings = {
            **vars(self.settings),
            "engines": dict(self.settings.engines),
            "options": dict(self.settings.options),
        }
        parts = [__version__, self.index.key, repr(sorted((name, repr(value)) for name, value in settings.items()))]
        parts += [self.tagger.version, self.models.identity]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()

    def text(self, source: Source) -> str:
        """Return a source's text alone, without looking at its structure. Raises OSError and ValueError."""
        from corrigenda.documents.encodings.decode import decode

        data = source.data if source.data is not None or source.path is None else source.path.read_bytes()
        try:
            return decode(data or b"", limit=self.settings.max_bytes)[0]
        except DocumentError as error:
            raise ValueError(str(error)) from error

    def read(self, source: Source) -> Document:
        """Read one source. Raises DocumentError with one clear sentence."""
        from corrigenda.documents import registry as reading

        if source.data is not None:
            markup = reading.format_of(source.path) if source.path is not None else None
            return reading.read_bytes(source.data, source.display, markup, limit=self.settings.max_bytes)
        assert source.path is not None
        return reading.read(source.path, source.display, limit=self.settings.max_bytes)

    def check_sources(self, sources: Sequence[Source]) -> BatchResult:
        """Read and check one batch of sources; what cannot be read becomes a problem, and the others go on."""
        result = BatchResult()
        documents: list[Document] = []
        unread: dict[str, DocumentReport] = {}
        for source in sources:
            try:
                documents.append(self.read(source))
            except DocumentError as error:
                result.problems.append(Problem(source.display, str(error)))
                unread[source.display] = DocumentReport(source.display, "not checked")
        reports = self.check_documents(documents, result)
        checked = {report.path: report for report in reports}
        if not any(problem.path in self.index.checks for problem in result.problems):
            # A result from which a failed check is missing must not outlive the failure.
            for number, (document, report, used) in enumerate(zip(documents, reports, self._used, strict=True)):
                statuses = [replace_status(result.engines[name], used) for name in sorted(result.engines)]
                if self._comparisons is not None:
                    statuses = [
                        self._comparisons.status(status.name, number) if status.name in COMPARING else status
                        for status in statuses
                    ]
                result.kept.append(
                    (
                        document.path,
                        document.sha256,
                        pack(report.findings, statuses, document.text, result.tables.get(document.path)),
                    )
                )
        result.documents = [checked.get(source.display) or unread[source.display] for source in sources]
        return result

    def check_documents(self, documents: Sequence[Document], result: BatchResult) -> list[DocumentReport]:
        """Check documents that were read already; problems and engines go into `result`."""
        nominees = [
            nominee
            for number, document in enumerate(documents)
            for nominee in self.nominator.nominate(number, document)
        ]
        if not nominees:
            return self._without_nominees(documents, result)
        from corrigenda.engines.judge.models import Comparisons
        from corrigenda.pipeline.confirm import confirmed

        comparisons = Comparisons(self.models)
        self._comparisons = comparisons
        context = _Context(documents, self.settings, self.tagger, comparisons, self._matchers)
        nominees = _with_sentences(nominees, context)
        nominees = self._parse(nominees, context, result)
        hits: list[Hit] = []
        for name, check, own in _by_check(nominees):
            try:
                hits.extend(_limited(detector(name).confirm(own, context)))
            except Exception as error:  # noqa: BLE001 - a check that crashes is a problem, not the end of the run
                result.problems.append(
                    Problem(
                        check.id,
                        f"the check {check.id} failed ({type(error).__name__}: {error}); the other checks went on. "
                        "Please report it, or turn the check off",
                    )
                )
        hits = _without_echoes(confirmed(hits, context))
        for engine in COMPARING:
            status = comparisons.status(engine)
            before = result.engines.get(engine)
            result.engines[engine] = status if before is None else joined(before, status)
        findings: list[list[Finding]] = [[] for _ in documents]
        for hit in hits:
            finding = self.finding(documents[hit.document], hit)
            if finding is not None:
                findings[hit.document].append(finding)
        return [self._report(document, own, result) for document, own in zip(documents, findings, strict=True)]

    def _without_nominees(self, documents: Sequence[Document], result: BatchResult) -> list[DocumentReport]:
        """Report on documents in which nothing was nominated: nothing dear is imported for them."""
        self._used = [set() for _ in documents]
        self._comparisons = None
        for name in ("spacy", *COMPARING):
            result.engines.setdefault(name, EngineStatus(name, "not needed"))
        return [self._report(document, (), result) for document in documents]

    def _report(self, document: Document, findings: Sequence[Finding], result: BatchResult) -> DocumentReport:
        """Merge, number and silence a document's findings."""
        merged = fingerprinted(document, merge(findings))
        kept = suppression.apply(document, merged, self.index.checks)
        if self.across:
            from corrigenda.pipeline.cross_document.compare import tables_of

            result.tables[document.path] = tables_of(document, self.across)
        return DocumentReport(document.path, "checked", tuple(sorted(kept, key=lambda f: f.sort_key)))

    def _parse(self, nominees: list[Nominee], context: _Context, result: BatchResult) -> list[Nominee]:
        dear = [nominee for nominee in nominees if nominee.rule.needs != "text"]
        wanting = {nominee.document for nominee in dear}
        self._used = [{"spacy"} if number in wanting else set() for number in range(len(context.documents))]
        if not dear:
            result.engines.setdefault("spacy", EngineStatus("spacy", "not needed"))
            return nominees
        if self.settings.engines.get("spacy") == "off":
            result.engines["spacy"] = EngineStatus("spacy", "off", "turned off; checks that need tags did not run")
            return [nominee for nominee in nominees if nominee.rule.needs == "text"]
        try:
            context.parse(dear)
        except PipelineMissing as error:
            status = "failed" if self.settings.engines.get("spacy") == "on" else "absent"
            result.engines["spacy"] = EngineStatus("spacy", status, str(error))
            return [nominee for nominee in nominees if nominee.rule.needs == "text"]
        result.engines["spacy"] = EngineStatus("spacy", "ran")
        return nominees

    def finding(self, document: Document, hit: Hit) -> Finding | None:
        """Make a finding of a hit, or None where it is masked, or the settings do not want it."""
        start, end = hit.start, hit.end
        if start >= end or document.is_masked(start, end):
            return None
        quote = document.text[start:end]
        if quote.casefold() in self.settings.words or not self.settings.is_on(hit.check.id, document.path):
            return None
        block = document.block_at(start)
        in_quotation = document.quotation_at(start, end) is not None or (
            block is not None and document.blocks[block].kind is RegionKind.QUOTATION
        )
        if in_quotation and not hit.check.quotations:
            return None
        corrections = hit.corrections
        message = _message(hit, quote)
        if in_quotation:
            corrections = tuple(
                Correction(c.text, Applicability.UNSAFE) if c.applicability is Applicability.SAFE else c
                for c in corrections
            )
            if any(character.isalnum() for character in quote):  # a mark itself was not said by anybody
                message += LOOK_UP
        line, column, label = document.locate(start)
        return Finding(
            check=hit.check.id,
            category=hit.category or hit.check.category,
            severity=self.settings.severity_of(hit.check.id, hit.severity or hit.check.severity, document.path),
            confidence=hit.confidence if hit.confidence is not None else hit.check.confidence,
            start=start,
            end=end,
            line=line,
            column=column,
            quote=quote,
            message=message,
            evidence=hit.evidence,
            variants=hit.variants,
            in_quotation=in_quotation,
            corrections=corrections,
            label=label,
            source_span=hit.source_span,
        )


_RANK = {"not needed": 0, "off": 1, "absent": 2, "ran": 3, "failed": 4}


def joined(one: EngineStatus, other: EngineStatus) -> EngineStatus:
    """Return one line for two of the same engine: what weighs more, with what both could not judge."""
    heavier = other if _RANK.get(other.status, 0) > _RANK.get(one.status, 0) else one
    return replace(heavier, not_judged=one.not_judged + other.not_judged)


def _told(status: EngineStatus) -> EngineStatus:
    """Put the count of what was not judged into an engine's reason."""
    if not status.not_judged:
        return status
    places = "1 place was" if status.not_judged == 1 else f"{status.not_judged} places were"
    reason = f"{status.reason}; {places} not judged" if status.reason else f"{places} not judged"
    return replace(status, reason=reason, not_judged=0)


def replace_status(status: EngineStatus, used: set[str]) -> EngineStatus:
    """Return an engine's status for one document: in a batch it may have run for others alone."""
    if status.status == "ran" and status.name not in used:
        return EngineStatus(status.name, "not needed")
    return status


def _without_echoes(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out what is merely close to something known where another check says what is wrong."""
    said: dict[int, list[tuple[int, int]]] = {}
    for hit in hits:
        if hit.check.detector != "nearest":
            said.setdefault(hit.document, []).append((hit.start, hit.end))
    return [
        hit
        for hit in hits
        if hit.check.detector != "nearest"
        or not any(start < hit.end and hit.start < end for start, end in said.get(hit.document, ()))
    ]


def _limited(hits: Iterable[Hit]) -> list[Hit]:
    """Keep the first MAX_HITS of one check in each document; the last kept one says how many more there are."""
    kept: list[Hit] = []
    counts: dict[int, int] = {}
    last: dict[int, int] = {}
    for hit in hits:
        counts[hit.document] = counts.get(hit.document, 0) + 1
        if counts[hit.document] <= MAX_HITS:
            last[hit.document] = len(kept)
            kept.append(hit)
    for document, count in counts.items():
        if count > MAX_HITS:
            at = last[document]
            kept[at] = replace(kept[at], evidence={**kept[at].evidence, "more_not_listed": count - MAX_HITS})
    return kept


def _with_sentences(nominees: Sequence[Nominee], context: _Context) -> list[Nominee]:
    """Give nominees that need more than text their sentences: those in which the gate holds, once for each rule."""
    result: list[Nominee] = []
    seen: set[tuple[int, int, int, int]] = set()
    for nominee in nominees:
        if nominee.rule.needs == "text" or nominee.block is None:
            result.append(nominee)
            continue
        gate = compiled(nominee.rule.gate)
        for sentence in context.sentences(nominee.document, nominee.block):
            key = (nominee.rule.number, nominee.document, nominee.block, sentence.start)
            if key not in seen and gate.search(sentence.text):
                seen.add(key)
                result.append(replace(nominee, sentence=sentence))
    return result


def _by_check(nominees: Sequence[Nominee]) -> Iterator[tuple[str, CompiledCheck, list[Nominee]]]:
    groups: dict[str, list[Nominee]] = {}
    for nominee in nominees:
        groups.setdefault(nominee.rule.check.id, []).append(nominee)
    for identity in sorted(groups):
        check = groups[identity][0].rule.check
        yield check.detector, check, groups[identity]


def _message(hit: Hit, quote: str) -> str:
    template = hit.message or hit.check.message or hit.check.summary
    values = {**hit.values, "quote": shortened(quote)}
    values["correction"] = hit.corrections[0].text if hit.corrections else ""
    for key, value in values.items():
        template = template.replace("{" + key + "}", value)
    return template if template.endswith((".", "?", "!")) else template + "."


def merge(findings: Sequence[Finding]) -> list[Finding]:
    """Make one finding of those on exactly the same characters: the graver, then the surer, then the first by name.

    Findings with variants speak of names and stay, since each pair of forms is a statement of its own. The others are
    named in the evidence.
    """
    ordered = sorted(
        _outermost(findings), key=lambda f: (f.start, f.end, -f.severity.rank, -f.confidence, f.check, f.message)
    )
    result: list[Finding] = []
    for finding in ordered:
        last = result[-1] if result else None
        elsewhere = last is None or (last.start, last.end) != (finding.start, finding.end)
        other_name = (
            last is not None
            and bool(finding.variants)
            and bool(last.variants)
            and set(finding.variants) != set(last.variants)
        )
        if last is None or elsewhere or other_name:
            result.append(finding)
        elif finding.check != last.check:
            also = sorted({*last.evidence.get("also", ()), finding.check})
            more = tuple(c for c in finding.corrections if c.text not in {known.text for known in last.corrections})
            variants = last.variants or finding.variants
            result[-1] = replace(
                last, evidence={**last.evidence, "also": also}, corrections=last.corrections + more, variants=variants
            )
    return result


def _outermost(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out what lies inside a longer finding of the same check; two of a check's entries met there."""
    last_end: dict[str, tuple[int, int]] = {}
    result: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        start, end = last_end.get(finding.check, (-1, -1))
        if finding.end <= end and (finding.start, finding.end) != (start, end) and not finding.variants:
            continue
        last_end[finding.check] = (finding.start, finding.end)
        result.append(finding)
    return result


def fingerprinted(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    """Give findings their fingerprints, equal places numbered in the document's order."""
    result: list[Finding] = []
    seen: dict[str, int] = {}
    for finding in sorted(findings, key=lambda f: f.sort_key):
        block = document.block_at(finding.start)
        low, high = 0, len(document.text)
        if block is not None:  # what stands in other paragraphs is edited without this place being touched
            low, high = document.blocks[block].start, max(document.blocks[block].end, finding.end)
        before = document.text[max(low, finding.start - 60) : finding.start]
        after = document.text[finding.end : min(high, finding.end + 60)]
        base = fingerprint(finding.check, finding.quote, before, after)
        occurrence = seen.get(base, 0)
        seen[base] = occurrence + 1
        if occurrence:
            base = fingerprint(finding.check, finding.quote, before, after, occurrence)
        result.append(replace(finding, fingerprint=base))
    return result


def report_of(
    results: Iterable[BatchResult], problems: Sequence[Problem], engines: Sequence[EngineStatus] = ()
) -> Report:
    """Put the results of all batches, in order, into one report."""
    documents: list[DocumentReport] = []
    all_problems = list(problems)
    statuses: dict[str, EngineStatus] = {status.name: status for status in engines}
    for result in results:
        documents.extend(result.documents)
        all_problems.extend(result.problems)
        for name, status in result.engines.items():
            statuses[name] = joined(statuses[name], status) if name in statuses else status
    statuses = {name: _told(status) for name, status in statuses.items()}
    unique = sorted({(problem.path, problem.message) for problem in all_problems})
    for status in statuses.values():
        if status.status == "failed":
            unique.append((status.name, status.reason))
    return Report(
        version=__version__,
        engines=(EngineStatus("rules", "ran"), *(statuses[name] for name in sorted(statuses))),
        documents=tuple(documents),
        problems=tuple(Problem(path, message) for path, message in unique),
    )
