"""Applying corrections: which, in which order, and until nothing more changes.

Corrections do not overlap; after each round the document is checked again, until a round brings nothing. A correction
that would bring a new finding of its own check is taken back. Inside a quotation nothing is applied by itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from corrigenda.documents import reading
from corrigenda.documents.base import Document
from corrigenda.documents.edits import Edit, apply
from corrigenda.finding import Applicability, Finding

ROUNDS = 10
"""Most rounds for one document; each removes at least one finding, so real texts need two or three."""

Check = Callable[[Document], Sequence[Finding]]
"""Checks a document, the same way in every round."""


@dataclass(frozen=True, slots=True)
class Applied:
    """One correction that was made: the finding, the text put in, and the round."""

    finding: Finding
    text: str
    round: int


@dataclass(frozen=True)
class Corrected:
    """What became of a document: the corrected document, what was applied, and what could not be."""

    document: Document
    data: bytes
    applied: tuple[Applied, ...] = ()
    refused: tuple[tuple[Finding, str], ...] = ()


def allowed(finding: Finding, *, unsafe: bool) -> str | None:
    """Return the text that may be put in without asking, or None.

    The first correction counts, since the others are alternatives that only a person can choose.
    """
    if finding.in_quotation:
        return None
    for correction in finding.corrections:
        if correction.applicability is Applicability.SAFE or (
            unsafe and correction.applicability is Applicability.UNSAFE
        ):
            return correction.text
    return None


def choose(findings: Iterable[Finding], texts: Callable[[Finding], str | None]) -> list[tuple[Finding, Edit]]:
    """Return non-overlapping edits, the graver and surer findings first, in the document's order."""
    wanted: list[tuple[Finding, Edit]] = []
    for finding in sorted(findings, key=lambda f: (-f.severity.rank, -f.confidence, f.sort_key)):
        text = texts(finding)
        if text is None or text == finding.quote:
            continue
        edit = Edit(finding.start, finding.end, text)
        if not any(_collide(edit, other) for _, other in wanted):
            wanted.append((finding, edit))
    return sorted(wanted, key=lambda pair: (pair[1].start, pair[1].end))


def _collide(one: Edit, other: Edit) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def correct(document: Document, data: bytes, check: Check, *, unsafe: bool) -> Corrected:
    """Apply what may be applied without asking, round by round, until nothing more changes."""
    applied: list[Applied] = []
    barred: set[tuple[str, str, str]] = set()
    for number in range(1, ROUNDS + 1):
        open_findings = [finding for finding in check(document) if _key(document, finding) not in barred]
        chosen = choose(open_findings, partial(allowed, unsafe=unsafe))
        if not chosen:
            break
        while chosen:
            following, bytes_after = _apply(document, chosen)
            relapsed = _relapses(chosen, check(following))
            if not relapsed:
                break
            barred.update(_key(document, finding) for finding in relapsed)
            chosen = [(finding, edit) for finding, edit in chosen if finding not in relapsed]
        if not chosen:
            continue
        applied += [Applied(finding, edit.text, number) for finding, edit in chosen]
        document, data = following, bytes_after
    return Corrected(document, data, tuple(applied))


def _key(document: Document, finding: Finding) -> tuple[str, str, str]:
    """Name a place by what stands there, since positions move from round to round."""
    before = document.text[max(0, finding.start - 40) : finding.start]
    return finding.check, finding.quote, before


def _apply(document: Document, chosen: Sequence[tuple[Finding, Edit]]) -> tuple[Document, bytes]:
    edits = [edit for _, edit in chosen]
    data = reading.reader(document.format).replace(document, edits)
    return reading.read_bytes(data, document.path, document.format), data


def _relapses(chosen: Sequence[tuple[Finding, Edit]], after: Sequence[Finding]) -> list[Finding]:
    """Return the corrected findings at whose place the same check finds something again."""
    relapsed: list[Finding] = []
    shift = 0
    for finding, edit in chosen:
        start, end = edit.start + shift, edit.start + shift + len(edit.text)
        shift += len(edit.text) - (edit.end - edit.start)
        if any(f.check == finding.check and f.start <= end and start <= f.end for f in after):
            relapsed.append(finding)
    return relapsed


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decided about one finding: `correction` is put in at `[start, end)`, where `quote` stands."""

    fingerprint: str
    start: int
    end: int
    quote: str
    correction: str


@dataclass(frozen=True)
class Decisions:
    """The decisions for one document, made on the file with this hash."""

    path: str
    sha256: str
    accepted: tuple[Decision, ...] = field(default_factory=tuple)


class DecisionsError(ValueError):
    """A file of decisions that cannot be used: what is wrong with it."""


def read_decisions(data: Mapping[str, object]) -> list[Decisions]:
    """Read the decisions that the HTML report exports. Raises DecisionsError."""
    try:
        if data["schema"] != 1:
            raise DecisionsError(f"its schema is {data['schema']!r}; this version reads schema 1")
        documents = data["documents"]
        if not isinstance(documents, list):
            raise DecisionsError("'documents' is not a list")
        result: list[Decisions] = []
        for entry in documents:
            accepted = tuple(
                Decision(str(d["fingerprint"]), int(d["start"]), int(d["end"]), str(d["quote"]), str(d["correction"]))
                for d in entry["decisions"]
                if d["verdict"] == "accepted" and d.get("correction") is not None
            )
            result.append(Decisions(str(entry["path"]), str(entry["sha256"]), accepted))
    except (KeyError, TypeError) as error:
        raise DecisionsError(f"it lacks {error}; export it again from the report") from error
    return result


def decide(document: Document, decisions: Decisions) -> tuple[list[Edit], list[str]]:
    """Return the edits of the decisions and, for those that do not fit, why not.

    Only places where the quoted text still stands are touched, and nothing that is masked.
    """
    edits: list[Edit] = []
    refused: list[str] = []
    for decision in sorted(decisions.accepted, key=lambda d: (d.start, d.end)):
        line, _ = document.line_and_column(min(decision.start, len(document.text)))
        if document.text[decision.start : decision.end] != decision.quote:
            refused.append(f"line {line}: {decision.quote!r} does not stand there any more")
        elif document.is_masked(decision.start, decision.end):
            refused.append(f"line {line}: {decision.quote!r} stands in code, a link or front matter")
        elif edits and decision.start < edits[-1].end:
            refused.append(
                f"line {line}: {decision.quote!r} overlaps the correction before it; check again, then correct it"
            )
        else:
            edits.append(Edit(decision.start, decision.end, decision.correction))
    return edits, refused


def text_with(document: Document, edits: Sequence[Edit]) -> str:
    """Return the document's text with edits made, for showing."""
    return apply(document, edits)
