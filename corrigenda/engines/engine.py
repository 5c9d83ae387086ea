"""What an engine is: something outside the rules that is asked about a text, behind one protocol.

spaCy tags sentences, models compare wordings, a grammar checker reads whole documents. Each may be missing, turned off
or broken; each says so, and a report never takes its silence for a clean result.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from corrigenda.documents.document import Document
from corrigenda.finding import EngineStatus, Finding, Problem, Severity
from corrigenda.rules.hit import Hit
from corrigenda.rules.rule import CompiledCheck, CompiledRule, Scope
from corrigenda.settings import Settings

if TYPE_CHECKING:
    from corrigenda.engines.judge.models import Models
    from corrigenda.names.tables import NameTables

STATES = ("auto", "on", "off")
"""What the configuration may say of an engine: used where it is there, demanded, or not used."""
DID_ITS_WORK = frozenset(("ran", "not needed"))
"""Statuses of an engine that left nothing undone."""


@runtime_checkable
class Engine(Protocol):
    """One engine of a run."""

    name: str
    """The name in the configuration ([engines]) and in every report."""
    scope: Scope
    """What it is asked about: "sentence" (places that rules nominated; it answers detectors) or "document" (whole
    documents; it finds places of its own).
    """

    def status(self) -> EngineStatus:
        """Return whether it ran so far, and if not, why and what to do about it."""

    def identity(self) -> str:
        """Name everything of it that decides about answers (versions, models, settings), for the keys of caches.

        Cheap: nothing is loaded for it.
        """

    def needs(self, rule: CompiledRule) -> bool:
        """Return whether a rule can say nothing without this engine."""


class Outcome(Protocol):
    """What a document engine found in some documents."""

    @property
    def hits(self) -> Sequence[Sequence[Hit]]:
        """The hits of each document, in the documents' order."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What it could not read."""


@runtime_checkable
class DocumentEngine(Engine, Protocol):
    """An engine that reads whole documents."""

    def check(self, documents: Sequence[Document]) -> Outcome:
        """Return what it finds. Raises nothing for what lies outside corrigenda: that is its status, or a problem."""

    def close(self) -> None:
        """End what it started (a server, a process), and write what it keeps."""


@runtime_checkable
class Starter(Protocol):
    """An engine that takes long to start, and can do so while others work."""

    def begin(self, documents: Sequence[Document]) -> None:
        """Start, without waiting for it, where something of these documents, the first of a run, has to be asked."""


@runtime_checkable
class Informed(Protocol):
    """An engine that is told what the rules found before it is asked."""

    def inform(self, found: Mapping[str, Sequence[Finding]]) -> None:
        """Take the findings in the documents that are checked next, by path."""


class Trial(NamedTuple):
    """A correction to be tried: `text` instead of what stands at `[start, end)` of a document, in code points."""

    document: Document
    start: int
    end: int
    text: str


@runtime_checkable
class Critic(Engine, Protocol):
    """An engine that can say what is wrong with a text once a correction is applied."""

    def objections(self, trials: Sequence[Trial]) -> Sequence[tuple[str, ...] | None]:
        """Return for each trial what it would find in the corrected paragraph and does not find in it as it stands:
        ids of its own rules, sorted; none where it has no objection, and None where it could not be asked.
        """


class Case(NamedTuple):
    """A finding that is put to a reviewer, with its document."""

    document: Document
    finding: Finding


class Opinion(NamedTuple):
    """What a reviewer makes of a finding.

    Attributes:
        severity: What the finding should be, None for nothing that is worth showing.
        confidence: How probable it is, from 0 to 1, that an editor would change the place: the finding's own
            confidence and the reviewer's together.
        said: What the reviewer said, in words for the finding's evidence.
    """

    severity: Severity | None
    confidence: float
    said: str


@runtime_checkable
class Reviewer(Engine, Protocol):
    """An engine that can say of a finding, whoever made it, whether an editor would change the place."""

    def opinions(self, cases: Sequence[Case]) -> Sequence[Opinion | None]:
        """Return what it makes of each finding, None where it was not asked or did not answer. Raises nothing for what
        lies outside corrigenda: that is its status.
        """


class Host(Protocol):
    """What engines are made for: one checker, with what it knows."""

    @property
    def settings(self) -> Settings:
        """The settings of the run."""

    @property
    def rules(self) -> Sequence[CompiledRule]:
        """The rules of the checks that are on."""

    @property
    def models(self) -> "Models":
        """The embedding model and the language model that the settings name."""

    @property
    def names(self) -> "NameTables":
        """The names of the documents that are worked on."""

    def rank(self, document: Document, places: Sequence[tuple[int, int, Sequence[str]]]) -> Sequence[Sequence[str]]:
        """Order what could stand at places `[start, end)` by how likely it is there; as it came, without a model."""


class Probe(NamedTuple):
    """What `corrigenda doctor` says of a part: `state` is "runs", "absent" or "broken"; `advice` says what to do."""

    state: str
    detail: str
    advice: str = ""


class Kind(NamedTuple):
    """An engine as its module declares it, before one is made.

    The configuration, its schema, `doctor`, the checker and the reports learn of an engine from here and nowhere else.
    """

    name: str
    scope: Scope
    summary: str
    """One sentence for the schema of the configuration."""
    create: Callable[[Host], Engine | None]
    """Make the engine for a checker, None where no rule has a use for it. Loads nothing."""
    probe: Callable[[Settings], Probe]
    """Try whether it could run here with some settings."""
    costly: bool = False
    """Whether it is left out of large runs unless the configuration demands it."""
    values: tuple[str, ...] = ()
    """What the configuration may say of it beside STATES: names of its backends. One that is named is demanded."""
    address: bool = False
    """Whether the configuration may name a server of it (http:// or https://), which is then demanded."""
    formerly: str = ""
    """The name it had before, under which older configurations speak of it."""
    default: str = "auto"
    """What holds where nobody says anything of it."""

    def takes(self, said: object) -> bool:
        """Return whether this may be said of it in a configuration."""
        if said in (*STATES, *self.values):
            return True
        return self.address and isinstance(said, str) and said.startswith(("http://", "https://"))

    @property
    def words(self) -> str:
        """What may be said of it, as a message lists it."""
        words = ", ".join((*STATES, *self.values))
        return f"{words}, or an address that begins with http:// or https://" if self.address else words


def demanded(said: str) -> bool:
    """Return whether an engine must be there by what the configuration says of it."""
    return said not in ("auto", "off")


def able(check: CompiledCheck, statuses: Mapping[str, EngineStatus] | Iterable[EngineStatus]) -> bool:
    """Return whether a check could do its whole work in a run with these engines.

    Only then does it mean anything that the check found nothing: a suppression comment is of no use, or an entry of
    the baseline fixed. An engine without a status was never asked for and counts as missing.
    """
    if not isinstance(statuses, Mapping):
        statuses = {status.name: status for status in statuses}
    return all(name in statuses and statuses[name].status in DID_ITS_WORK for name in check.engines)


def version_of(package: str) -> str:
    """Return the version of an installed package, for `Probe.detail`."""
    from importlib import metadata  # deferred: only `corrigenda doctor` asks

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "of an unknown version"
