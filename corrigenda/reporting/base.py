"""What every report format shares: its options, the verdict, the counts and the wording of evidence.

Report writers know `Report`, `Document` and nothing of checks or detectors; what a report says about a check beyond its
findings is handed over as `CheckInfo`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from corrigenda.documents.document import Document
from corrigenda.finding import Applicability, Correction, DocumentReport, EngineStatus, Finding, Report, Severity
from corrigenda.reporting.visible import dump, shorten

Texts = Callable[[str], Document | None]
"""Returns the document that a report calls by this path, or None when its text is not to be had."""

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.SUGGESTION)
"""Gravest first: the order in which every report counts."""

ORIGINAL_WORDS = "Inside a quotation: look up the original words before changing it."


class CheckInfo(NamedTuple):
    """What a report may say about a check beyond its findings: the texts of the check's own page."""

    id: str
    summary: str = ""
    why: str = ""
    category: str = ""
    sources: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    fine: tuple[str, ...] = ()


class Options(NamedTuple):
    """How to render. Every format reads only what concerns it.

    `color` and `width` (in terminal columns) are for the terminal; `checks` feeds the help of SARIF and the cards of
    the HTML report; `corrected` returns a document's text with its corrections applied, for the diff (None: unchanged);
    `fail_on` is the severity at which the gate closes (None: never), for formats that know pass and fail; `title`
    heads the html and markdown reports.
    """

    color: bool = False
    width: int = 100
    checks: Mapping[str, CheckInfo] = {}
    corrected: Callable[[str], str | None] | None = None
    fail_on: Severity | None = Severity.ERROR
    title: str = "Correction report"


class Format(NamedTuple):
    """An output format: what a module of this folder, or of another package, registers as `FORMAT`.

    `render` returns text to be written as UTF-8 without translating line ends, or bytes. `suffix` is the usual ending
    of a file's name; with `named_only` it does not stand for this format. `extra` is the extra of corrigenda that
    brings a library which `render` imports. `publish` does what a format does besides its output, where there is
    anything; it gets the environment's variables too.
    """

    name: str
    suffix: str
    summary: str
    render: Callable[[Report, Texts, Options], str | bytes]
    extra: str = ""
    named_only: bool = False
    publish: Callable[[Report, Texts, Options, Mapping[str, str]], None] | None = None


class Counts(NamedTuple):
    """How many findings of each severity."""

    error: int = 0
    warning: int = 0
    suggestion: int = 0

    @property
    def total(self) -> int:
        """All findings."""
        return self.error + self.warning + self.suggestion

    def of(self, severity: Severity) -> int:
        """Return the number for one severity."""
        return {Severity.ERROR: self.error, Severity.WARNING: self.warning, Severity.SUGGESTION: self.suggestion}[
            severity
        ]


def count(documents: tuple[DocumentReport, ...]) -> Counts:
    """Count the findings of some documents by severity."""
    tally = dict.fromkeys(Severity, 0)
    for document in documents:
        for finding in document.findings:
            tally[finding.severity] += 1
    return Counts(tally[Severity.ERROR], tally[Severity.WARNING], tally[Severity.SUGGESTION])


def plural(number: int, one: str, many: str = "") -> str:
    """Return "1 error" or "2 errors"."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {many or one + 's'}"


def verdict(report: Report) -> str:
    """Return the one sentence that every report opens with.

    Errors must be fixed; warnings and suggestions are to be looked at. A report in which something could not be
    checked never says "Ready".
    """
    counts = count(report.documents)
    unread = unchecked(report)
    look = counts.warning + counts.suggestion
    parts = []
    if counts.error:
        parts.append(f"{counts.error:,} must be fixed")
    if look:
        parts.append(f"{look:,} to look at")
    if unread:
        parts.append(f"{unread:,} could not be checked")
    if counts.error or unread:
        return f"Not ready: {', '.join(parts)}."
    if not report.documents:
        return "Nothing was checked: no document was found."
    if look:
        return f"Ready, with {look:,} to look at."
    return "Ready: nothing new found." if report.known else "Ready: nothing found."


def ready(report: Report) -> bool:
    """Return whether nothing stands against printing: no error, and everything asked for was checked."""
    return not count(report.documents).error and not unchecked(report) and bool(report.documents)


def unchecked(report: Report) -> int:
    """Count what was asked for and could not be checked: the problems, and documents without a problem of their own."""
    named = {problem.path for problem in report.problems}
    silent = sum(1 for document in report.documents if document.status == "not checked" and document.path not in named)
    return len(report.problems) + silent


def checked_line(report: Report) -> str:
    """Return how many documents were checked and how many findings of each severity there are."""
    done = sum(1 for document in report.documents if document.status != "not checked")
    return f"{plural(done, 'document')} checked: {severity_line(count(report.documents))}."


def severity_line(counts: Counts) -> str:
    """Return "2 errors, 1 warning", leaving out what is zero, or "nothing found"."""
    parts = [plural(counts.of(severity), severity.value) for severity in SEVERITIES if counts.of(severity)]
    return ", ".join(parts) or "nothing found"


def idle_engines(report: Report) -> list[EngineStatus]:
    """Return the engines that did not run and were not simply unneeded: a report must name them."""
    return [engine for engine in report.engines if engine.status not in ("ran", "not needed")]


def asked_elsewhere(report: Report) -> list[EngineStatus]:
    """Return the engines that ran and have something to say of it, such as which server was sent the text."""
    return [engine for engine in report.engines if engine.status == "ran" and engine.reason]


def engine_line(engine: EngineStatus) -> str:
    """Return one line on an engine: its name, status and reason."""
    return f"{engine.name}: {engine.status}" + (f". {engine.reason}" if engine.reason else "")


def all_findings(report: Report) -> Iterator[tuple[DocumentReport, Finding]]:
    """Yield every finding with its document, in the report's order."""
    for document in report.documents:
        for finding in document.findings:
            yield document, finding


def theme(check: str) -> str:
    """Return a check's theme: the folder part of its name, or the whole name."""
    return check.split("/", 1)[0]


FIGURES = frozenset(("distance", "languagetool", "let through", "repaired there", "scores"))
"""Evidence that few want to see: figures, other programs' names, and what the message says already."""


def evidence_lines(evidence: Mapping[str, Any], *, figures: bool = True) -> list[tuple[str, str]]:
    """Return the evidence as pairs of a label and a text that a person can read, in the evidence's own order.

    `figures`: whether what few want to see is among it.
    """
    return [
        (str(key).replace("_", " ").replace("-", " "), evidence_text(value))
        for key, value in evidence.items()
        if figures or key not in FIGURES
    ]


def evidence_text(value: Any) -> str:
    """Return one value of evidence in words: lists joined by semicolons, mappings as "name: value", numbers short."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "none"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{str(key).replace('_', ' ')}: {evidence_text(item)}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        nested = any(isinstance(item, (Mapping, list, tuple)) for item in value)
        return ("; " if nested else ", ").join(_item_text(item) for item in value) or "none"
    return str(value)


def _item_text(item: Any) -> str:
    """Return one of several alike: a mapping that opens with a name reads as "name (rest)"."""
    if isinstance(item, Mapping) and item:
        (_, first), *rest = item.items()
        if isinstance(first, str):
            more = ", ".join(f"{str(key).replace('_', ' ')} {evidence_text(value)}" for key, value in rest)
            return f"{first} ({more})" if more else first
    return evidence_text(item)


def needs_original(finding: Finding) -> bool:
    """Return whether a report must add `ORIGINAL_WORDS`: in a quotation, unless the message says so already."""
    return finding.in_quotation and "original" not in finding.message.casefold()


def usable(finding: Finding) -> list[Correction]:
    """Return the corrections that can be applied: all but advice."""
    return [c for c in finding.corrections if c.applicability is not Applicability.DISPLAY_ONLY]


def advice(finding: Finding) -> list[str]:
    """Return what the finding advises beside its corrections."""
    return [c.text for c in finding.corrections if c.applicability is Applicability.DISPLAY_ONLY]


def correction_words(finding: Finding, most: int = 3) -> str:
    """Return the best corrections in a few words, such as "“is closing in” or “is approaching”", or nothing."""
    return " or ".join(f"“{shorten(c.text, 120)}”" if c.text else "delete it" for c in usable(finding)[:most])


def correction_note(correction: Correction) -> str:
    """Return what an editor should know before applying a correction."""
    return {
        Applicability.SAFE: "safe",
        Applicability.UNSAFE: "needs a look",
        Applicability.DISPLAY_ONLY: "advice",
    }[correction.applicability]


def finding_object(finding: Finding) -> dict[str, Any]:
    """Return a finding as the JSON contract has it, keys in the contract's order; `label` and `source_span` only where
    the file has such.
    """
    row: dict[str, Any] = {
        "check": finding.check,
        "category": finding.category,
        "severity": finding.severity.value,
        "confidence": round(float(finding.confidence), 4),
        "start": finding.start,
        "end": finding.end,
        "line": finding.line,
        "column": finding.column,
        "quote": finding.quote,
        "message": finding.message,
        "evidence": dict(finding.evidence),
        "variants": list(finding.variants),
        "in_quotation": finding.in_quotation,
        "fingerprint": finding.fingerprint,
        "corrections": [{"text": c.text, "applicability": c.applicability.value} for c in finding.corrections],
    }
    if finding.label:
        row["label"] = finding.label
    if finding.source_span is not None:
        row["source_span"] = list(finding.source_span)
    return row


def evidence_json(evidence: Mapping[str, Any]) -> str:
    """Return the evidence as one line of JSON, for a table's cell."""
    return dump(dict(evidence)) if evidence else ""
