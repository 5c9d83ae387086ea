"""Applying corrections: which, in which order, and until nothing more changes.

Corrections do not overlap; after each round the document is checked again, until a round brings nothing. A correction
that would bring a new finding of its own check is taken back. Inside a quotation nothing is applied by itself.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.edits import composed, settled, widened
from corrigenda.documents.parts import Edit
from corrigenda.finding import Applicability, Finding
from corrigenda.pipeline.merge import MORE

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
    """What became of a document: the corrected document, its bytes, what was applied, and the same as edits of the
    document as it was.
    """

    document: Document
    data: bytes
    applied: tuple[Applied, ...] = ()
    edits: tuple[Edit, ...] = ()


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


def choose(
    document: Document, findings: Iterable[Finding], texts: Callable[[Finding], str | None]
) -> list[tuple[Finding, Edit]]:
    """Return non-overlapping edits, the graver and surer findings first, in the document's order."""
    wanted: list[tuple[Finding, Edit]] = []
    for finding in sorted(findings, key=lambda f: (-f.severity.rank, -f.confidence, f.sort_key)):
        text = texts(finding)
        if text is None or text == finding.quote:
            continue
        edit = registry.spelled(document, widened(document.text, Edit(finding.start, finding.end, text)))
        if not any(_collide(edit, other) for _, other in wanted):
            wanted.append((finding, edit))
    return sorted(wanted, key=lambda pair: (pair[1].start, pair[1].end))


def _collide(one: Edit, other: Edit) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def correct(
    document: Document,
    data: bytes,
    check: Check,
    *,
    unsafe: bool,
    keep: Callable[[Sequence[Finding]], Iterable[Finding]] | None = None,
) -> Corrected:
    """Apply what may be applied without asking, round by round, until nothing more changes.

    A correction is taken back when its own check finds something new afterwards, and when another check would undo it:
    two checks that disagree leave the place to a person. The rounds work on the document in memory; the file's bytes
    are made once, at the end.

    Args:
        document: The document.
        data: The bytes that it was read from.
        check: Finds what is to be corrected, in each round.
        unsafe: Whether corrections that may change the meaning are made too.
        keep: Says which of the first round's findings stay as they are, whatever is corrected around them.

    Raises:
        DocumentError: The corrections cannot be made, or the file cannot hold them.
    """
    current = document
    edits: list[Edit] = []
    applied: list[Applied] = []
    found = check(document)
    # Places, not contents: what stands around a place changes from round to round.
    right = {_place(finding) for finding in (keep(found) if keep is not None else ())}
    barred, progressed = set(right), False
    seen = {document.text}
    for number in range(1, ROUNDS + 1):
        known = len(barred)
        chosen = choose(current, (f for f in found if _place(f) not in barred), partial(allowed, unsafe=unsafe))
        while chosen:
            own = settled(current, (edit for _, edit in chosen))
            following = registry.edited(current, own)
            after = check(following)
            faulty = _faulty(chosen, found, after, unsafe=unsafe)
            if not faulty:
                faulty = _breaking(current, chosen)
            if not faulty and following.text in seen:
                faulty = [finding for finding, _ in chosen]
            if not faulty:
                break
            barred.update(map(_place, faulty))
            chosen = [(finding, edit) for finding, edit in chosen if finding not in faulty]
        if not chosen and len(barred) > known:
            continue  # what was taken back may have stood in the way of another correction
        if not chosen and progressed and barred != right:
            barred, progressed = set(right), False  # what was taken back may be right in the text as it is now
            continue
        if not chosen:
            break
        progressed = True
        applied += [Applied(finding, edit.text, number) for finding, edit in chosen]
        barred = {(name, *_moved(start, end, chosen)) for name, start, end in barred}
        right = {(name, *_moved(start, end, chosen)) for name, start, end in right}
        edits = composed(edits, own, len(document.text))
        current, found = following, after
        seen.add(current.text)
    return Corrected(current, registry.written(data, document, edits), tuple(applied), tuple(edits))


def _breaking(document: Document, chosen: Sequence[tuple[Finding, Edit]]) -> list[Finding]:
    """Return the findings with a safe correction that changes what a program reads, now that all are made together."""
    safe = {
        edit: finding
        for finding, edit in chosen
        if any(c.applicability is Applicability.SAFE for c in finding.corrections)
    }
    harmless = frozenset(registry.harmless(document, list(safe)))
    return [finding for edit, finding in safe.items() if edit not in harmless]


def _place(finding: Finding) -> tuple[str, int, int]:
    return finding.check, finding.start, finding.end


def _faulty(
    chosen: Sequence[tuple[Finding, Edit]], before: Sequence[Finding], after: Sequence[Finding], *, unsafe: bool
) -> list[Finding]:
    """Return the corrected findings whose correction brought a new finding of the same check, or would be undone.

    A finding that stands elsewhere in the text may come of any of its check's corrections, so all are taken back.
    """
    corrected = [finding for finding, _ in chosen]
    known = {(f.check, *_moved(f.start, f.end, chosen)) for f in before if f not in corrected}
    unlisted = _unlisted(before, chosen)
    places: list[tuple[Finding, Edit, int]] = []
    shift = 0
    for finding, edit in chosen:
        places.append((finding, edit, edit.start + shift))
        shift += len(edit.text) - (edit.end - edit.start)
    faulty: list[Finding] = []
    for new in after:
        here = [
            (finding, edit, start)
            for finding, edit, start in places
            if new.start <= start + len(edit.text) and start <= new.end
        ]
        if (new.check, new.start, new.end) not in known and new.start < unlisted.get(new.check, new.end):
            own = [finding for finding, _, _ in here if finding.check == new.check]
            if own or not here:  # what another check's correction lays bare is for the next round
                faulty += own or [finding for finding in corrected if finding.check == new.check]
        faulty += [
            finding
            for finding, edit, start in here
            if (new.start, new.end) == (start, start + len(edit.text)) and allowed(new, unsafe=unsafe) == finding.quote
        ]
    return faulty


def _unlisted(before: Sequence[Finding], chosen: Sequence[tuple[Finding, Edit]]) -> dict[str, int]:
    """Return, for checks that found more than was listed, where the list ended: what comes after it is not new."""
    cut = {finding.check for finding in before if MORE in finding.evidence}
    ends: dict[str, int] = {}
    for finding in before:
        if finding.check in cut:
            ends[finding.check] = max(ends.get(finding.check, 0), finding.end)
    return {check: _moved(end, end, chosen)[0] for check, end in ends.items()}


def _moved(start: int, end: int, chosen: Sequence[tuple[Finding, Edit]]) -> tuple[int, int]:
    """Return where a stretch that no edit touches stands after the edits."""
    shift = sum(len(edit.text) - (edit.end - edit.start) for _, edit in chosen if edit.end <= start)
    return start + shift, end + shift
