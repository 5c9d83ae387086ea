"""Decisions: what an editor accepted in the HTML report, put into the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corrigenda.documents.document import Document
from corrigenda.documents.parts import Edit


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


def read_decisions(data: object) -> list[Decisions]:
    """Read the decisions that the HTML report exports. Raises DecisionsError."""
    try:
        if not isinstance(data, Mapping):
            raise TypeError("it holds no object")
        if data["schema"] != 1:
            raise DecisionsError(f"decisions of schema {data['schema']!r} cannot be read here; 1 can")
        result: list[Decisions] = []
        for entry in data["documents"]:
            accepted = tuple(
                _decision(row)
                for row in entry["decisions"]
                if row["verdict"] == "accepted" and row.get("correction") is not None
            )
            result.append(Decisions(str(entry["path"]), str(entry["sha256"]), accepted))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, DecisionsError):
            raise
        what = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
        raise DecisionsError(f"{what}; export it again from the report") from error
    return result


def _decision(row: Mapping[str, object]) -> Decision:
    start, end = row["start"], row["end"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
        raise ValueError(f"{start!r} to {end!r} is no place in a text")
    return Decision(str(row["fingerprint"]), start, end, str(row["quote"]), str(row["correction"]))


def decide(document: Document, decisions: Decisions) -> tuple[list[Edit], list[str]]:
    """Return the edits of the decisions and, for those that do not fit, why not.

    Only places where the quoted text still stands are touched, and nothing that is masked.
    """
    edits: list[Edit] = []
    refused: list[str] = []
    for decision in sorted(decisions.accepted, key=lambda d: (d.start, d.end)):
        where = document.locate(min(decision.start, len(document.text))).words()
        if document.text[decision.start : decision.end] != decision.quote:
            refused.append(f"{where}: {decision.quote!r} does not stand there any more")
        elif document.is_masked(decision.start, decision.end):
            refused.append(f"{where}: {decision.quote!r} stands in code, a link or front matter")
        elif edits and decision.start < edits[-1].end:
            refused.append(
                f"{where}: {decision.quote!r} overlaps the correction before it; check again, then correct it"
            )
        else:
            edits.append(Edit(decision.start, decision.end, decision.correction))
    return edits, refused
