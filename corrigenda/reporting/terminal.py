"""The report on a terminal: the verdict first, then every place with its reason, last what did not run."""

from collections.abc import Iterator
from itertools import groupby

from corrigenda.documents.document import Document
from corrigenda.finding import Applicability, DocumentReport, Finding, Report, Severity
from corrigenda.reporting.base import (
    ORIGINAL_WORDS,
    Format,
    Options,
    Texts,
    about_run,
    checked_line,
    correction_note,
    count,
    engine_line,
    grave,
    idle_engines,
    needs_original,
    severity_line,
    shown_path,
    unchecked,
    verdict,
)
from corrigenda.reporting.evidence import evidence_lines
from corrigenda.reporting.excerpt import Places, excerpt
from corrigenda.reporting.visible import clip, harmless, shorten, visible, width, wrap

_STYLES = {
    "bold": "1",
    "dim": "2",
    "error": "1;31",
    "warning": "33",
    "suggestion": "36",
    "good": "32",
    "added": "32",
}
_MARKS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.SUGGESTION: "?"}
_INDENT = 4
_MAX_CORRECTIONS = 5
_MAX_EVIDENCE = 8


def render(report: Report, texts: Texts, options: Options) -> str:
    """Return the report as lines for a terminal, at most `options.width` columns where words allow it."""
    return "\n".join(harmless(line.rstrip()) for line in _Page(report, texts, options).lines()) + "\n"


class _Page:
    def __init__(self, report: Report, texts: Texts, options: Options) -> None:
        self.report = report
        self.texts = texts
        self.color = options.color
        self.width = max(40, min(options.width, 120))

    def paint(self, text: str, style: str) -> str:
        if not self.color or not text:
            return text
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"

    def lines(self) -> Iterator[str]:
        style = "error" if grave(self.report) else "bold"
        yield from (self.paint(line, style) for line in wrap(verdict(self.report), self.width))
        if self.report.documents:
            yield from (self.paint(line, "dim") for line in wrap(checked_line(self.report), self.width))
        for document in self.report.documents:
            if document.findings or document.status == "not checked":
                yield ""
                yield from self.document(document)
        yield from self.not_run()

    def document(self, report: DocumentReport) -> Iterator[str]:
        document = self.texts(report.path) if report.findings else None
        tally = severity_line(count((report,))) if report.status != "not checked" else "not checked"
        room = self.width - width(tally) - 2
        path = visible(shown_path(report.path))
        if width(path) <= room:
            yield f"{self.paint(path, 'bold')}  {self.paint(tally, 'dim')}"
        else:
            yield self.paint(clip(path, self.width, from_end=True), "bold")
            yield from (self.paint(line, "dim") for line in self.paragraph(tally, "  ", "  "))
        places = Places(document)
        for _, group in groupby(report.findings, key=places.key):
            findings = list(group)
            yield ""
            label = f"  {places.label(findings[0])} "
            yield self.paint(label + "─" * (self.width - width(label)), "dim")
            for index, finding in enumerate(findings):
                if index:
                    yield ""
                yield from self.finding(finding, document)

    def finding(self, finding: Finding, document: Document | None) -> Iterator[str]:
        severity = finding.severity.value
        sign = self.paint(f"{_MARKS[finding.severity]} {severity}", severity)
        name = clip(visible(f"{finding.place}  {finding.check}"), self.width - len(severity) - 6)
        yield f"  {sign}  {self.paint(name, 'dim')}"
        pad = " " * _INDENT
        piece = excerpt(finding, document, self.width - _INDENT)
        yield f"{pad}{piece.before}{self.paint(piece.marked, severity)}{piece.after}"
        yield f"{pad}{' ' * width(piece.before)}{self.paint('‾' * max(1, width(piece.marked)), severity)}"
        yield from self.paragraph(finding.message, pad, pad)
        if needs_original(finding):
            yield from self.paragraph(ORIGINAL_WORDS, pad, pad)
        yield from self.corrections(finding)
        evidence = evidence_lines(finding, figures=False)
        for label, text in evidence[:_MAX_EVIDENCE]:
            head = f"{pad}{visible(label)}: " if label else pad
            yield from (
                self.paint(line, "dim")
                for line in self.paragraph(shorten(text, 600), head, pad if not label else pad + "  ")
            )
        if len(evidence) > _MAX_EVIDENCE:
            yield self.paint(f"{pad}and {len(evidence) - _MAX_EVIDENCE} more in the JSON report", "dim")

    def corrections(self, finding: Finding) -> Iterator[str]:
        pad = " " * _INDENT
        for correction in finding.corrections[:_MAX_CORRECTIONS]:
            note = correction_note(correction)
            if correction.applicability is Applicability.DISPLAY_ONLY:
                yield from self.paragraph(shorten(correction.text, 600), f"{pad}Advice: ", pad + "  ")
                continue
            text = visible(shorten(correction.text, 300)) or "delete it"
            text = f"“{text}”" if correction.text.strip() != correction.text and correction.text else text
            room = self.width - _INDENT - width(note) - 6
            yield f"{pad}→ {self.paint(clip(text, max(room, 16)), 'added')}  {self.paint(f'({note})', 'dim')}"
        more = len(finding.corrections) - _MAX_CORRECTIONS
        if more > 0:
            yield self.paint(f"{pad}→ and {more} more", "dim")

    def paragraph(self, text: str, head: str, indent: str) -> Iterator[str]:
        for index, line in enumerate(wrap(visible(text), self.width - max(width(head), width(indent)))):
            yield (indent if index else head) + line

    def not_run(self) -> Iterator[str]:
        idle = idle_engines(self.report)
        if unchecked(self.report):
            yield ""
            yield self.paint("Could not be checked", "error")
            for problem in self.report.problems:
                where = f"{shown_path(problem.path)}: " if problem.path else ""
                yield from self.paragraph(where + problem.message, "  ", "    ")
        if idle:
            yield ""
            yield self.paint("Did not run", "bold")
            for engine in idle:
                yield from self.paragraph(engine_line(engine), "  ", "    ")
        for number, line in enumerate(about_run(self.report)):
            yield from () if number else ("", self.paint("About this run", "bold"))
            yield from self.paragraph(line, "  ", "    ")


FORMAT = Format("terminal", ".txt", "The report on the terminal", render)
