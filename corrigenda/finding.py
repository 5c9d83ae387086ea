"""A finding: one place in a document that a check says something about, and what may be done about it.

Findings are immutable. Every report is a rendering of the same findings; nothing that a report needs is computed there.
Positions are Unicode code points in the document's text, half open `[start, end)`.
"""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple


class Severity(StrEnum):
    """How sure and how grave.

    An error cannot be printed; a warning would very likely be changed; a suggestion asks for a look.
    """

    SUGGESTION = "suggestion"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for a suggestion, 1 for a warning, 2 for an error."""
        return _RANKS[self.value]


_RANKS = {"suggestion": 0, "warning": 1, "error": 2}


class Applicability(StrEnum):
    """Whether a correction may be applied: `safe` cannot change the meaning, `unsafe` needs a person, the last:
    advice.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY_ONLY = "display-only"


class Correction(NamedTuple):
    """Replacement text for exactly the characters of its finding, or advice when it is display-only."""

    text: str
    applicability: Applicability = Applicability.UNSAFE


class Finding(NamedTuple):
    """What a check found at `[start, end)` of one document.

    `line` and `column` count from 1, columns in code points. In a file without lines that a person sees both are None,
    and `label` says where to look ("paragraph 12"). In a translation with its source beside it `source_span` is the
    place `[start, end)` in the source's text that the finding speaks of, where there is one. `evidence` holds what
    decided, in plain JSON values, with keys in the order in which a person should read them. `variants` holds the
    differing forms of a name or label.
    """

    check: str
    category: str
    severity: Severity
    confidence: float
    start: int
    end: int
    line: int | None
    column: int | None
    quote: str
    message: str
    evidence: Mapping[str, Any] = {}
    variants: tuple[str, ...] = ()
    in_quotation: bool = False
    fingerprint: str = ""
    corrections: tuple[Correction, ...] = ()
    label: str = ""
    source_span: tuple[int, int] | None = None

    @property
    def place(self) -> str:
        """Where it stands, for a person: "12:5" for line and column, or the label."""
        return f"{self.line}:{self.column}" if self.line is not None else self.label

    @property
    def sort_key(self) -> tuple[int, int, int, str, str]:
        """Document order; at one place the graver first, then by check and message, so that any run sorts alike."""
        return (self.start, self.end, -self.severity.rank, self.check, self.message)


class Problem(NamedTuple):
    """Something that was asked for and could not be checked: the path (or check, or engine) and one clear sentence."""

    path: str
    message: str


class EngineStatus(NamedTuple):
    """One engine of a run (rules, spacy, embeddings, language-model, grammar …): did it run, and if not, why.

    `status` is "ran", "not needed", "absent", "off" or "failed"; `reason` says in one sentence what to do about it.
    `not_judged` counts the places that needed it and went without; a finished report has it in the reason.
    """

    name: str
    status: str
    reason: str = ""
    not_judged: int = 0


class DocumentReport(NamedTuple):
    """One document's findings, sorted. `status` is "checked" or "not checked".

    `source` is the path of the text that it was translated from, where that was at hand: the document's own path where
    the file holds both, "" where there was none.
    """

    path: str
    status: str
    findings: tuple[Finding, ...] = ()
    source: str = ""


class Report(NamedTuple):
    """One run over all documents: what every output format renders.

    `known` counts findings that were left out, since a baseline or the ignore list has them. `notes` are sentences
    on what else a reader must know of the run: what the configuration said and was left aside, what was not read.
    """

    version: str
    engines: tuple[EngineStatus, ...]
    documents: tuple[DocumentReport, ...]
    problems: tuple[Problem, ...]
    known: int = 0
    notes: tuple[str, ...] = ()


LOOK_UP = " This is inside a quotation: look up the original words."
"""What the message of a finding inside a quotation ends with."""
KEY = " A link finds its target by these words: change them there too."
"""What the message of a finding ends with whose words are a link's key."""
STRUCTURE = " Correcting it would change how the file's markup is read: correct it by hand."
"""What the message of a finding ends with whose correction would change more than copy."""
LONGEST_QUOTE = 80
"""Code points of a quote in a message; a longer one is cut."""


def shortened(quote: str) -> str:
    """Return a quote on one line, short enough for a message."""
    shown = " ".join(quote.split())
    return shown if len(shown) <= LONGEST_QUOTE else shown[: LONGEST_QUOTE - 3] + "…"


def fingerprint(check: str, quote: str, before: str, after: str, occurrence: int = 0) -> str:
    """Return 16 hex digits that name a finding by content, so that edits elsewhere in the file leave it alone.

    Built from the check, the quoted text, up to three words on each side (case-folded, white space folded) and, for
    equal places, their running number.
    """
    words_before: Sequence[str] = before.split()[-3:]
    words_after: Sequence[str] = after.split()[:3]
    parts = [check, " ".join(quote.split()), " ".join(words_before), " ".join(words_after), str(occurrence)]
    text = unicodedata.normalize("NFC", "\x1f".join(parts).casefold())
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
