"""What every report format shares: its options, the verdict, the counts and the wording of evidence.

Report writers know `Report`, `Document` and nothing of checks or detectors; what a report says about a check beyond its
findings is handed over as `CheckInfo`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.parts import Edit
from corrigenda.finding import Applicability, Correction, DocumentReport, EngineStatus, Finding, Report, Severity
from corrigenda.reporting.repository import Repository
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
    heads the html and markdown reports; `repository` is where the run began in a repository (None: in none), for
    formats whose paths are read from its root; `original` returns the bytes of a document's file, for a format that is
    a copy of it.
    """

    color: bool = False
    width: int = 100
    checks: Mapping[str, CheckInfo] = {}
    corrected: Callable[[str], str | None] | None = None
    fail_on: Severity | None = Severity.ERROR
    title: str = "Correction report"
    repository: Repository | None = None
    original: Callable[[str], bytes | None] | None = None

    def rooted(self, path: str) -> str:
        """Return a reported path from the root of the repository, where there is one."""
        return self.repository.path(path) if self.repository is not None else path


class Unsuited(ValueError):  # noqa: N818
    """A format cannot show what was checked; the message says why, and what to do."""


class Format(NamedTuple):
    """An output format: what a module of this folder, or of another package, registers as `FORMAT`.

    `render` returns text to be written as UTF-8 without translating line ends, or bytes. `suffix` is the usual ending
    of a file's name; with `named_only` it does not stand for this format. `extra` is the extra of corrigenda that
    brings a library which `render` imports. `publish` does what a format does besides its output, where there is
    anything; it gets the environment's variables too. `left_out` says in a line what of a report the format has no room
    for, "" where it holds all. `is_copy` says that the format is a copy of one document's file, not a report on any
    number of them.
    """

    name: str
    suffix: str
    summary: str
    render: Callable[[Report, Texts, Options], str | bytes]
    extra: str = ""
    named_only: bool = False
    publish: Callable[[Report, Texts, Options, Mapping[str, str]], None] | None = None
    left_out: Callable[[Report], str] | None = None
    is_copy: bool = False


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


def shown_path(path: str) -> str:
    """Return a reported path for a person: standard input by its name."""
    return "standard input" if path == "-" else path


def plural(number: int, one: str, many: str = "") -> str:
    """Return "1 error" or "2 errors"."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {many or one + 's'}"


PARTIAL = "corrigenda finds a part of what an editor would mark, not all of it."
"""Said in every report that people read: a clean result is no licence to print."""

NOTHING = "Nothing found that corrigenda looks for."


def verdict(report: Report) -> str:
    """Return the one sentence that every report opens with. It counts, and never says that a text can be printed.

    Errors and warnings are problems, suggestions are counted apart from them.
    """
    return verdict_of(count(report.documents), unchecked(report), checked=bool(report.documents), known=report.known)


def verdict_of(counts: Counts, unread: int, *, checked: bool = True, known: int = 0) -> str:
    """Return the verdict on so many findings and so many things that could not be checked.

    Args:
        counts: The findings.
        unread: How much was asked for and could not be checked.
        checked: Whether there was any document.
        known: Findings that a baseline or the ignore list has, and that are left out.
    """
    problems = counts.error + counts.warning
    parts = []
    if problems:
        kinds = severity_line(counts._replace(suggestion=0))
        more = f", plus {plural(counts.suggestion, 'suggestion')}" if counts.suggestion else ""
        parts.append(f"{plural(problems, 'problem')} found: {kinds}{more}.")
    elif counts.suggestion:
        parts.append(f"No problems found, {plural(counts.suggestion, 'suggestion')}.")
    elif not unread:
        if not checked:
            return "Nothing was checked: no document was found."
        return "No new findings." if known else NOTHING
    if unread:
        parts.append(f"{plural(unread, 'item')} could not be checked.")
    return " ".join(parts)


def grave(report: Report) -> bool:
    """Return whether there is an error, or something that was asked for could not be checked."""
    return bool(count(report.documents).error or unchecked(report))


def unchecked(report: Report) -> int:
    """Count what was asked for and could not be checked: the problems, and documents without a problem of their own."""
    named = {problem.path for problem in report.problems}
    silent = sum(1 for document in report.documents if document.status == "not checked" and document.path not in named)
    return len(report.problems) + silent


def checked_line(report: Report) -> str:
    """Return how many documents were checked, and that this is not all an editor would see."""
    done = sum(1 for document in report.documents if document.status != "not checked")
    return f"{plural(done, 'document')} checked. {PARTIAL}"


def severity_line(counts: Counts) -> str:
    """Return "2 errors, 1 warning", leaving out what is zero, or "nothing found"."""
    parts = [plural(counts.of(severity), severity.value) for severity in SEVERITIES if counts.of(severity)]
    return ", ".join(parts) or "nothing found"


def idle_engines(report: Report) -> list[EngineStatus]:
    """Return the engines that did not run and were not simply unneeded: a report must name them."""
    return [engine for engine in report.engines if engine.status not in ("ran", "not needed")]


def about_run(report: Report) -> list[str]:
    """Return what else must be known of the run: which server was sent the text, what was left aside or passed over."""
    elsewhere = [engine_line(engine) for engine in report.engines if engine.status == "ran" and engine.reason]
    return [*elsewhere, *report.notes]


def engine_line(engine: EngineStatus) -> str:
    """Return one line on an engine: its name, status and reason."""
    reason = engine.reason.removesuffix(".")
    return f"{engine.name}: {engine.status}" + (f". {reason[:1].upper()}{reason[1:]}." if reason else "")


def all_findings(report: Report) -> Iterator[tuple[DocumentReport, Finding]]:
    """Yield every finding with its document, in the report's order."""
    for document in report.documents:
        for finding in document.findings:
            yield document, finding


def theme(check: str) -> str:
    """Return a check's theme: the folder part of its name, or the whole name."""
    return check.split("/", 1)[0]


def needs_original(finding: Finding) -> bool:
    """Return whether a report must add `ORIGINAL_WORDS`: in a quotation, unless the message says so already."""
    return finding.in_quotation and "original" not in finding.message.casefold()


def as_written(document: Document, finding: Finding, text: str) -> str | None:
    """Return what stands at a finding's place in the file once a correction is made: with the escapes that the file has
    for it. None where more than its place has to change, which `fix` does.

    A program that takes a correction out of a report puts it into the file as it is.
    """
    start, end, put = registry.spelled(document, Edit(finding.start, finding.end, text))
    if not finding.start <= start <= end <= finding.end:
        return None
    return document.text[finding.start : start] + put + document.text[end : finding.end]


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
