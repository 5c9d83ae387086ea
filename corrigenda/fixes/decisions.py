"""Decisions: what an editor accepted and rejected, in the HTML report or when asked."""

import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from corrigenda.documents.document import Document
from corrigenda.documents.edits import widened
from corrigenda.documents.parts import Edit
from corrigenda.documents.registry import spelled
from corrigenda.finding import Finding
from corrigenda.gate.baseline import Entry
from corrigenda.settings import FIELD_FORMATS, ReadingOptions
from corrigenda.storage import confined

LARGEST = 64 * confined.MIB
"""Bytes of a file of decisions."""
_LONGEST_REASON = 1_000
"""Characters of a reason; what is longer is cut."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decided about one finding: `correction` is put in at `[start, end)`, where `quote` stands."""

    fingerprint: str
    start: int
    end: int
    quote: str
    correction: str


class Rejected(NamedTuple):
    """A finding that an editor judged to be right as it stands, and perhaps why."""

    check: str
    fingerprint: str
    start: int
    end: int
    quote: str
    reason: str = ""

    @classmethod
    def of(cls, finding: Finding, reason: str) -> "Rejected":
        """Return the rejection of a finding."""
        return cls(finding.check, finding.fingerprint, finding.start, finding.end, finding.quote, reason)


def entries_of(rejected: Iterable[Rejected], edits: Sequence[Edit], after: Iterable[Finding], path: str) -> list[Entry]:
    """Return the entries of the ignore list for what was rejected in a document.

    A correction beside a finding changes the words by which it is known, so it is looked up in the corrected document.

    Args:
        rejected: What was rejected.
        edits: The corrections that were made, in the document as it was.
        after: The findings of the corrected document.
        path: The document, as entries know it.
    """
    found = {(finding.check, finding.start, finding.quote): finding.fingerprint for finding in after}
    entries = []
    for one in rejected:
        moved = one.start + sum(len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= one.start)
        known_as = found.get((one.check, moved, one.quote), one.fingerprint)
        entries.append(Entry(path, one.check, known_as, one.quote[:120], one.reason))
    return entries


@dataclass(frozen=True)
class Decisions:
    """The decisions for one document, made on the file with this hash.

    `options` is what its reader was told when the report was made, None where the report says nothing of it.
    """

    path: str
    sha256: str
    accepted: tuple[Decision, ...] = field(default_factory=tuple)
    rejected: tuple[Rejected, ...] = field(default_factory=tuple)
    options: ReadingOptions | None = None


class DecisionsError(ValueError):
    """A file of decisions that cannot be used: what is wrong with it."""


def load_decisions(file: Path) -> list[Decisions]:
    """Read a file of decisions. Raises DecisionsError, and OSError for a file that cannot be read."""
    text = confined.read_text(file, limit=LARGEST)
    try:
        data = json.loads(text)
    except ValueError as error:  # no JSON, or a number of thousands of digits
        raise DecisionsError(f"{error}; export it again from the report") from error
    except RecursionError:
        raise DecisionsError("it is nested too deeply; export it again from the report") from None
    return read_decisions(data)


def read_decisions(data: object) -> list[Decisions]:
    """Read the decisions that the HTML report exports. Raises DecisionsError."""
    try:
        whole = _object(data)
        if whole["schema"] != 1:
            raise DecisionsError(f"decisions of schema {_short(whole['schema'])} cannot be read here; 1 can")
        return [_document(_object(entry)) for entry in _list(whole["documents"])]
    except DecisionsError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        what = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
        raise DecisionsError(f"{what}; export it again from the report") from error


def _document(entry: Mapping[str, Any]) -> Decisions:
    rows = [_object(row) for row in _list(entry["decisions"])]
    accepted = (row for row in rows if row["verdict"] == "accepted" and row.get("correction") is not None)
    # Without the check's name, as former reports wrote them, the ignore list has no use for one.
    rejected = (row for row in rows if row["verdict"] == "rejected" and "check" in row)
    return Decisions(
        _string(entry["path"]),
        _string(entry["sha256"]),
        tuple(_decision(row) for row in accepted),
        tuple(_rejected(row) for row in rejected),
        _options(_object(entry["fields"])) if entry.get("fields") is not None else None,
    )


def _options(entry: Mapping[str, Any]) -> ReadingOptions:
    form = _string(entry.get("format", ""))
    if form not in ("", *FIELD_FORMATS):
        raise ValueError(f"{_short(form)} is not what a field can be written in")
    text, title = (tuple(map(_string, _list(entry.get(key, [])))) for key in ("text", "title"))
    return ReadingOptions(text, title, form)


def _decision(row: Mapping[str, Any]) -> Decision:
    start, end = _place(row)
    return Decision(_string(row["fingerprint"]), start, end, _string(row["quote"]), _string(row["correction"]))


def _rejected(row: Mapping[str, Any]) -> Rejected:
    start, end = _place(row)
    reason = " ".join(_string(row.get("reason", "")).split())[:_LONGEST_REASON]
    return Rejected(_string(row["check"]), _string(row["fingerprint"]), start, end, _string(row["quote"]), reason)


def _place(row: Mapping[str, Any]) -> tuple[int, int]:
    start, end = row["start"], row["end"]
    if not (type(start) is type(end) is int and 0 <= start < end):
        raise ValueError(f"{_short(start)} to {_short(end)} is not a place in the text")
    return start, end


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{_short(value)} stands where an object should")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{_short(value)} stands where a list should")
    return value


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{_short(value)} stands where a string should")
    return value


def _short(value: Any) -> str:
    shown = json.dumps(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"


def target(path: str, named: Collection[str], base: Path) -> Path | None:
    """Return the file that a path in a file of decisions means, None where other files are named and not this one.

    Whoever made the file of decisions chose its paths, so they lead to files that the user named, or else below the
    current folder, and to nothing hidden there.

    Args:
        path: The path, as the report showed it.
        named: The files that the user named, without links.
        base: The current folder.

    Raises:
        Outside: The path leads elsewhere.
        OSError: Links lead in a circle.
        ValueError: No file can have this name.
    """
    whole = base / path
    if named:
        return whole if os.path.realpath(whole) in named else None
    pure = PurePath(path)
    if pure.anchor or pure.drive or ".." in pure.parts:
        raise confined.Outside("the file is outside the current folder; name it on the command line to correct it")
    hidden = next((part for part in pure.parts if part.startswith(".")), None)
    if hidden is not None:
        raise confined.Outside(f"the file is hidden ({hidden}); name it on the command line to correct it")
    return Path(confined.resolved(whole, base))


def decide(document: Document, decisions: Decisions) -> tuple[list[Edit], list[str]]:
    """Return the edits of the decisions and, for those that do not fit, why not.

    Only places where the quoted text still stands are touched, and nothing that is masked.
    """
    edits: list[Edit] = []
    refused: list[str] = []
    for decision in sorted(decisions.accepted, key=lambda d: (d.start, d.end)):
        where = document.locate(min(decision.start, len(document.text))).words()
        if document.text[decision.start : decision.end] != decision.quote:
            refused.append(f"{where}: {decision.quote!r} is no longer there")
        elif document.is_masked(decision.start, decision.end):
            refused.append(f"{where}: {decision.quote!r} is in code, a link or front matter")
        elif edits and decision.start < edits[-1].end:
            refused.append(
                f"{where}: {decision.quote!r} overlaps the correction before it; check again, then correct it"
            )
        else:
            edit = Edit(decision.start, decision.end, decision.correction)
            wide = widened(document.text, edit)
            edits.append(spelled(document, edit if edits and wide.start < edits[-1].end else wide))
    refused += [
        f"{document.locate(min(one.start, len(document.text))).words()}: {one.quote!r} is no longer there"
        for one in decisions.rejected
        if document.text[one.start : one.end] != one.quote
    ]
    return edits, refused
