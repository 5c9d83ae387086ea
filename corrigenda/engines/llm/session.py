"""A large language model as an engine of a run: what it says of places (`reading`) becomes hits (`policy`), what its
judge says of the findings of others (`own`) becomes opinions.

Nothing here raises for what a server does: it becomes the engine's status, problems, and counts in the report.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from corrigenda.documents.document import Document
from corrigenda.engines.engine import Case, Opinion
from corrigenda.engines.llm.address import fault
from corrigenda.engines.llm.errors import UnavailableError
from corrigenda.engines.llm.key import checked, has_key, key_of
from corrigenda.engines.llm.room import SMALL
from corrigenda.engines.llm.settings import LlmSettings
from corrigenda.engines.llm.tally import Tally, counted
from corrigenda.finding import Correction, EngineStatus, Finding, Problem

if TYPE_CHECKING:
    from corrigenda.engines.llm.client import Client
    from corrigenda.engines.llm.judging import Judge
    from corrigenda.engines.llm.pieces import Piece
    from corrigenda.engines.llm.reading import Said
    from corrigenda.engines.llm.work import Work
    from corrigenda.engines.names import NameOracle
    from corrigenda.names.tables import NameTables
    from corrigenda.rules.hit import Hit
    from corrigenda.rules.rule import CompiledRule, Scope

ENGINE = "llm"


class Outcome(NamedTuple):
    """What came of some documents: the hits of each in their order, and what was not read."""

    hits: tuple[tuple["Hit", ...], ...]
    problems: tuple[Problem, ...] = ()


class Llm:
    """A large language model for one run. Nothing is sent before the first document, and nothing after `close()`.

    Safe to use from several threads; one is served at a time.
    """

    name = ENGINE
    scope: "Scope" = "document"

    def __init__(
        self,
        settings: LlmSettings,
        rules: "Iterable[CompiledRule]",
        *,
        house: str = "",
        profile: str = "",
        source: "Callable[[Document], str] | None" = None,
        names: "NameOracle | None" = None,
        tables: "Callable[[], NameTables] | None" = None,
    ) -> None:
        """Prepare the engine; nothing is sent.

        Args:
            settings: Whom to ask, and how much it may cost.
            rules: Which kinds of places are let through; rules of other detectors are left out.
            house: What the model is told of the house, one or two sentences.
            profile: What the reader is told of the kind of text, likewise.
            source: Says which language a document comes from, by its tag, "" where that is not known.
            names: What is known of names; None for the name index.
            tables: Gives the name index the names of the run's documents.
        """
        self._settings = settings
        self._rules = [rule for rule in rules if self.needs(rule)]
        self._house = house
        self._profile = profile
        self._source = source
        self._found: Mapping[str, Sequence[Finding]] = {}
        self._names = names
        self._tables = tables
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._client: Client | None = None
        self._work: Work | None = None
        self._judge: Judge | None = None
        self._key: Callable[[], str] | None = None
        self._status = self._first_status()
        self._tally = Tally()

    def status(self) -> EngineStatus:
        """Return whether it ran so far, and if not, why; where it ran, where the text went and what it cost."""
        return self._status

    def identity(self) -> str:
        """Name what decides about answers."""
        settings = self._settings
        return "" if settings.state == "off" else f"{settings.model} {' '.join(settings.roles)}"

    def use_key(self, key: "Callable[[], str]") -> None:
        """Take the key from a function, which is called before the first request, instead of where the settings say."""
        with self._lock:
            self._key = key
            self._status = self._first_status()

    def needs(self, rule: "CompiledRule") -> bool:
        """Return whether a rule can say nothing without this engine."""
        return rule.check.detector == ENGINE

    def inform(self, found: "Mapping[str, Sequence[Finding]]") -> None:
        """Take what the rules found in the documents that are checked next, by path, which need not be said again."""
        with self._lock:
            self._found = found

    def check(self, documents: Sequence[Document]) -> Outcome:
        """Have documents read, and return what stands. May be called again."""
        with self._lock:
            if self._status.status in ("off", "failed") or "reader" not in self._settings.roles or not self._rules:
                return Outcome(tuple(() for _ in documents))
            return self._check(documents)

    def opinions(self, cases: Sequence[Case]) -> list[Opinion | None]:
        """Return what the judge makes of findings of others. May be called again."""
        with self._lock:
            if self._status.status == "off" or "judge" not in self._settings.roles or not cases:
                return [None] * len(cases)
            return self._opinions(cases)

    def close(self) -> None:
        """Stop what is under way; its answers, where they come, are kept."""
        self._stopped.set()
        if self._client is not None:
            self._client.close()
            self._client = None
        if self._work is not None:
            self._work.close()
            self._work = None
        self._judge = None
        self._stopped = threading.Event()

    def __enter__(self) -> "Llm":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _first_status(self) -> EngineStatus:
        settings = self._settings
        if settings.state == "off":
            return EngineStatus(ENGINE, "off", "")
        wrong = settings.fault
        if not wrong and settings.record is None:
            wrong = fault(settings.address, self._key is not None or has_key(settings))
        if not wrong and not settings.model:
            wrong = "no model is named; use --llm-model NAME, or model under [llm] in your own configuration"
        if not wrong and settings.context < SMALL and "reader" in settings.roles:
            wrong = self._too_small()
        return EngineStatus(ENGINE, "failed", wrong) if wrong else EngineStatus(ENGINE, "not needed")

    def _too_small(self) -> str:
        """Return why no question of the reader fits into the model, "" where one does."""
        # deferred: see `_check`
        from corrigenda.engines.llm import reader, room

        least = room.least(reader.told_to_all(reader.Told(self._house, self._profile)))
        if self._settings.context >= least:
            return ""
        return (
            f"context = {self._settings.context:,} under [llm] is too small for a question and its answer, which take "
            f"{least:,} tokens; take a model with more"
        )

    def _check(self, documents: Sequence[Document]) -> Outcome:
        # deferred: a run without a model needs none of it
        from corrigenda.engines.llm.context import Known, marks
        from corrigenda.engines.llm.reading import Model, read

        settings, tally = self._settings, self._tally
        try:
            work, judge = self._opened()
        except UnavailableError as error:
            self._fail(error)
            return Outcome(tuple(() for _ in documents))
        model = Model(work, settings.model, self._house, settings.roles, judge, self._profile, context=settings.context)
        known = [
            Known(
                self._source(document) if self._source is not None else "",
                marks(self._found.get(document.path, ())),
            )
            for document in documents
        ]
        came = read(documents, model, self._oracle(), known)
        tally.dropped += came.dropped
        tally.read += came.pieces
        tally.unread += len(came.unread)
        tally.unanswered += came.unanswered
        problems = [_too_long(documents[number], block) for number, block in came.too_long]
        problems += _unread(documents, came.unread)
        hits = self._hits(documents, came.said)
        if came.pieces or came.unread:
            self._status = self._after()
        return Outcome(hits, tuple(problems))

    def _opinions(self, cases: Sequence[Case]) -> list[Opinion | None]:
        # deferred: see `_check`
        from corrigenda.engines.llm.own import opinions_on

        if self._status.status != "failed":
            try:
                judge = self._opened()[1]
            except UnavailableError as error:
                self._fail(error)
            else:
                found = opinions_on(cases, judge, self._oracle(), self._tally)
                if found.asked:
                    self._status = self._after()
                return found.opinions
        self._status = self._status._replace(not_judged=self._status.not_judged + len(cases))
        return [None] * len(cases)

    def _oracle(self) -> "NameOracle":
        # deferred: see `_check`
        from corrigenda.engines.names import NameIndex

        return self._names or NameIndex(self._tables() if self._tables is not None else None)

    def _fail(self, error: UnavailableError) -> None:
        self._status = EngineStatus(ENGINE, "failed", f"{self._whom()}: {error.reason}")

    def _hits(self, documents: Sequence[Document], said: "Sequence[Said]") -> tuple[tuple["Hit", ...], ...]:
        # deferred: see `_check`
        from corrigenda.engines.llm.policy import checks_by_kind, density, probability, severity
        from corrigenda.rules.hit import Hit

        checks = checks_by_kind(self._rules)
        hits: list[list[Hit]] = [[] for _ in documents]
        counts = Counter(place.document for place, _, _ in said)
        dense = [density(counts[number], document.text) for number, document in enumerate(documents)]
        for place, judged, texts in said:
            check = checks.get(place.kind)
            probable = probability(place.kind, place.sure, judged, dense[place.document])
            grave = severity(check, probable, judged) if check is not None else None
            if check is None or grave is None:
                self._tally.dropped["not sure enough"] += 1
                continue
            evidence = {"model": self._settings.model, "reader": f"{place.sure} of 100"}
            if judged is not None:
                evidence["second reading"] = f"{round(100 * judged)} of 100"
            hits[place.document].append(
                Hit(
                    check=check,
                    document=place.document,
                    start=place.start,
                    end=place.end,
                    corrections=tuple(Correction(text) for text in texts),
                    evidence=evidence,
                    message=_sentence(place.why),
                    severity=grave,
                    confidence=min(0.95, probable),
                )
            )
        return tuple(tuple(sorted(own, key=lambda hit: (hit.start, hit.end))) for own in hits)

    def _opened(self) -> "tuple[Work, Judge]":
        """Return what gets requests answered. Raises UnavailableError where there is no key that should be there."""
        if self._work is None or self._judge is None:
            # deferred: see `_check`
            from corrigenda.engines.llm.client import Client, Limits
            from corrigenda.engines.llm.judging import Judge
            from corrigenda.engines.llm.recorded import Recorded
            from corrigenda.engines.llm.work import Work, open_cache

            settings = self._settings
            if settings.record is not None:
                self._work = Work(Recorded(settings.record).ask, None, requests=1)
            else:
                key = key_of(settings) if self._key is None else _given(self._key)
                self._client = Client(settings.address, key, Limits(settings.seconds), self._stopped)
                self._work = Work(
                    self._client.ask,
                    open_cache(settings.cache) if settings.use_cache else None,
                    requests=settings.requests,
                    budget=settings.budget,
                    prices=settings.prices,
                )
            self._judge = Judge(self._work, settings.model, self._house, settings.votes, settings.context)
        return self._work, self._judge

    def _after(self) -> EngineStatus:
        """Return the status once some documents were read."""
        work, _ = self._opened()
        tally, whom = self._tally, self._whom()
        missing = tally.unread + tally.unanswered + tally.unasked.total()
        if work.failed is not None:
            reason = f"{whom}: {work.failed.reason}"
        elif self._settings.record is not None and missing:
            left = f"no answer is recorded to {counted(missing, 'request')}"
            reason = f"{left}; answer what is in {whom}/requests and run again"
        elif tally.unread and not tally.read:
            reason = f"{whom}: no part of a text was read"
        else:
            return EngineStatus(ENGINE, "ran", self._bill(work), tally.not_judged)
        return EngineStatus(ENGINE, "failed", reason, tally.not_judged)

    def _whom(self) -> str:
        settings = self._settings
        return str(settings.record) if settings.record is not None else f"{settings.address}, model {settings.model}"

    def _bill(self, work: "Work") -> str:
        """Return where the text went, what that cost, and what became of places and findings."""
        usage, settings = work.usage, self._settings
        if settings.record is not None:
            sent = f"recorded answers of {settings.model} were read from {settings.record}"
        elif usage.requests:
            sent = f"the text went to {settings.address}, model {settings.model}"
        else:
            sent = f"answers of {settings.model} were kept from before, and nothing was sent"
        parts = [sent]
        if usage.requests and settings.record is None:
            cost = settings.prices.of(usage.tokens_in, usage.tokens_out)
            price = f", {settings.prices.currency}{cost:.4f}" if cost else ""
            tokens = f"{usage.tokens_in:,} tokens in and {usage.tokens_out:,} out"
            parts.append(f"{counted(usage.requests, 'request')}, {tokens}{price}")
        return "; ".join([*parts, *self._tally.told()])


def _given(key: "Callable[[], str]") -> str:
    """Return the key that a program's own function gives. Raises UnavailableError."""
    try:
        given = key()
    except Exception as error:  # noqa: BLE001 - whatever it does; its message may hold the key
        raise UnavailableError(f"the program that asks has no key for it ({type(error).__name__})") from None
    return checked(given)


def _sentence(why: str) -> str:
    text = why.strip()
    return text if not text or text[-1] in ".!?" else text + "."


def _too_long(document: Document, block: int) -> Problem:
    where = document.locate(document.blocks[block].start)
    place = f"the paragraph at line {where.line}" if where.line is not None else where.label
    return Problem(document.path, f"llm: {place} is too long to be read by a model. Split it.")


def _unread(documents: Sequence[Document], unread: "Sequence[tuple[Piece, str]]") -> list[Problem]:
    """Return one problem for each document and reason."""
    reasons = dict.fromkeys((piece.document, reason) for piece, reason in unread)
    counts = Counter((piece.document, reason) for piece, reason in unread)
    return [
        Problem(documents[number].path, f"llm: {counted(counts[number, reason], 'part')} not read: {reason}.")
        for number, reason in reasons
    ]
