"""What became of the findings of a reviewed copy that an editor has been through."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from corrigenda.documents.anchored.nodes import PartText
from corrigenda.documents.document import Document
from corrigenda.documents.docx import packaging, record, remarks
from corrigenda.documents.docx.marking import AUTHOR, BOOKMARK
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.origin import AnchoredOrigin
from corrigenda.documents.xml.events import End, Start
from corrigenda.documents.xml.scanner import scan


class Verdict(StrEnum):
    """What an editor decided."""

    ACCEPTED = "accepted"
    """What was proposed stands there."""
    CHANGED = "changed"
    """Something else stands there."""
    REJECTED = "rejected"
    """What was found stands there still, and the editor said so: the change was rejected, or the comment settled."""
    OPEN = "open"
    """Nothing was decided."""
    GONE = "gone"
    """The place is not there any more."""


class Outcome(NamedTuple):
    """What became of one finding. `[start, end)` is its place in the text of the copy with all changes accepted; both
    are -1 where it is gone. `reason` is what somebody replied to its comment.
    """

    proposal: record.Proposal
    verdict: Verdict
    start: int = -1
    end: int = -1
    reason: str = ""


class ReturnedCopy(NamedTuple):
    """A reviewed copy that came back: the document it was made of, and what became of what was found there."""

    path: str
    document: Document
    outcomes: tuple[Outcome, ...]


class _Place(NamedTuple):
    """Where a bookmark lies in a part's raw text, and whether a change of ours is in it that nobody decided on."""

    part: str
    start: int
    end: int
    open: bool


def outcomes(data: bytes, display: str, *, limit: int) -> ReturnedCopy:
    """Return what became of the findings of a reviewed copy.

    Args:
        data: The file's bytes.
        display: The path that messages show.
        limit: Largest size of the text, as for any document.

    Raises:
        Unreadable: It is no Word document, or none that corrigenda made.
    """
    copy = packaging.Copy(data, display, limit=limit)
    raw = copy.record()
    if raw is None:
        raise Unreadable(
            "This is no reviewed copy that corrigenda made, or the program that saved it left out what was proposed. "
            "Make one with 'corrigenda check FILE.docx --format docx --output REVIEWED.docx'."
        )
    try:
        said = record.read(raw)
    except ValueError as error:
        raise Unreadable(f"{str(error).capitalize()}. Make the copy again.") from None
    document = copy.extract.document
    assert isinstance(document.origin, AnchoredOrigin)
    places = {key: place for part in copy.extract.parts.values() for key, place in _places(part)}
    own, more = copy.comments()
    notes = remarks.settled(own, more) if own else {}
    spans = _Spans(document.origin, copy.extract.parts)
    result = [
        _outcome(proposal, places.get(proposal.key), notes.get(proposal.key), document.text, spans)
        for proposal in said.proposals
    ]
    return ReturnedCopy(said.path, document, tuple(result))


def _outcome(
    proposal: record.Proposal,
    place: _Place | None,
    note: remarks.Remark | None,
    text: str,
    spans: "_Spans",
) -> Outcome:
    if place is None:
        return Outcome(proposal, Verdict.GONE)
    start, end = spans.of(place)
    reason = "; ".join(note.replies) if note is not None else ""
    stands = text[start:end]
    if place.open:
        verdict = Verdict.OPEN
    elif stands == proposal.quote:
        settled = note is None or note.resolved or bool(note.replies)
        verdict = Verdict.REJECTED if proposal.correction is not None or settled else Verdict.OPEN
    elif proposal.correction is not None and stands.strip() == proposal.correction.strip():
        verdict = Verdict.ACCEPTED
    else:
        verdict = Verdict.CHANGED if stands.strip() else Verdict.GONE
    return Outcome(proposal, verdict, start, end, reason)


def _places(part: PartText) -> Iterator[tuple[int, _Place]]:
    """Yield where our bookmarks lie in a part, by the number of their finding."""
    begun: dict[str, tuple[int, int]] = {}
    undecided: set[str] = set()
    ours: list[bool] = []
    for event in scan(part.raw, what=part.name, namespaces=packaging.NAMES, doctype=False):
        if isinstance(event, End):
            ours.pop()
        if not isinstance(event, Start):
            continue
        ours.append(event.name in ("w:ins", "w:del") and event.attributes.get("w:author") == AUTHOR)
        own = event.attributes.get("w:id", "")
        if event.name == "w:bookmarkStart":
            name = event.attributes.get("w:name", "")
            number = name.removeprefix(BOOKMARK)
            if number != name and number.isascii() and number.isdigit() and len(number) < 7:
                begun[own] = (int(number), event.end)
                undecided.discard(own)
                if any(ours):  # LibreOffice moves a bookmark into the deletion that it begins with
                    undecided.add(own)
        elif event.name == "w:bookmarkEnd" and own in begun:
            key, start = begun.pop(own)
            yield key, _Place(part.name, start, event.start, own in undecided)
        elif ours[-1]:
            undecided.update(begun)


class _Spans:
    """Finds the text of stretches of parts."""

    def __init__(self, origin: AnchoredOrigin, parts: Mapping[str, PartText]) -> None:
        self._parts = parts
        self._bounds: dict[tuple[str, int], tuple[int, int]] = {}
        for anchor in origin.anchors:
            key = (anchor.part, anchor.node)
            start, end = self._bounds.get(key, (anchor.start, anchor.end))
            self._bounds[key] = (min(start, anchor.start), max(end, anchor.end))

    def _near(self, place: _Place) -> int:
        """Return where in the text a place of which nothing is left stands: behind the text before it."""
        before = [
            bounds[1]
            for number, node in enumerate(self._parts[place.part].nodes)
            if node.piece.end <= place.start and (bounds := self._bounds.get((place.part, number))) is not None
        ]
        after = [
            bounds[0]
            for number, node in enumerate(self._parts[place.part].nodes)
            if node.piece.start >= place.end and (bounds := self._bounds.get((place.part, number))) is not None
        ]
        return max(before) if before else min(after, default=0)

    def of(self, place: _Place) -> tuple[int, int]:
        """Return the stretch of the document's text that stands at a place, an empty one where none does."""
        found = [
            bounds
            for number, node in enumerate(self._parts[place.part].nodes)
            if place.start <= node.piece.start and node.piece.end <= place.end
            if (bounds := self._bounds.get((place.part, number))) is not None
        ]
        if not found:
            at = self._near(place)
            return at, at
        return min(start for start, _ in found), max(end for _, end in found)
