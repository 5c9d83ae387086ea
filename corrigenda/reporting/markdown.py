"""The report as Markdown, to paste into a ticket, a merge request or a message."""

import re

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
    idle_engines,
    needs_original,
    severity_line,
    shown_path,
    unchecked,
    verdict,
)
from corrigenda.reporting.evidence import evidence_lines, said
from corrigenda.reporting.excerpt import Places, excerpt
from corrigenda.reporting.visible import shorten, visible

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&@!])")
_LINK = re.compile(r"(?i)\b(https?|ftp|www)(?=[:.])")
_LEAD = re.compile(r"^(\d+)([.)])|^([-+=])")
_NAMES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.SUGGESTION: "Suggestion"}
_LINE = 160
_QUOTE = 200


def render(report: Report, texts: Texts, options: Options) -> str:
    """Return the report as CommonMark; text from files is escaped, so that it shows as it is and links nowhere."""
    lines = [f"# {escape(options.title)}", "", f"**{verdict(report)}**", ""]
    if report.documents:
        lines += [checked_line(report), ""]
    if len(report.documents) > 1:
        lines += _table(report)
    for document in report.documents:
        if document.findings:
            lines += _document(document, texts(document.path))
    lines += not_run(report)
    return "\n".join(lines).rstrip("\n") + "\n"


def escape(text: str) -> str:
    """Return text as one line of Markdown that renders as exactly this text."""
    escaped = _SPECIAL.sub(r"\\\1", visible(text))
    return _LINK.sub(lambda match: f"{match.group(1)[:-1]}&#{ord(match.group(1)[-1])};", escaped)


def escape_start(text: str) -> str:
    """Like `escape`, for text at the start of a line, where a number or a sign could begin a list."""
    return _LEAD.sub(lambda m: f"{m.group(1)}\\{m.group(2)}" if m.group(1) else f"\\{m.group(3)}", escape(text))


def not_run(report: Report) -> list[str]:
    """Return the sections on what could not be checked and which engines did not run, empty when all is well."""
    lines = []
    if unchecked(report):
        lines += ["## Could not be checked", ""]
        lines += [
            f"- {escape(shown_path(p.path))}: {escape(p.message)}" if p.path else f"- {escape(p.message)}"
            for p in report.problems
        ]
        named = {problem.path for problem in report.problems}
        lines += [
            f"- {escape(shown_path(d.path))}"
            for d in report.documents
            if d.status == "not checked" and d.path not in named
        ]
        lines.append("")
    idle = idle_engines(report)
    if idle:
        lines += ["## Did not run", "", *(f"- {escape(engine_line(engine))}" for engine in idle), ""]
    run = about_run(report)
    if run:
        lines += ["## About this run", "", *(f"- {escape(line)}" for line in run), ""]
    return lines


def _table(report: Report) -> list[str]:
    lines = ["| Article | Errors | Warnings | Suggestions |", "|:--|--:|--:|--:|"]
    for document in report.documents:
        counts = count((document,))
        if document.status == "not checked":
            cells = "not checked | | "
        else:
            cells = f"{counts.error} | {counts.warning} | {counts.suggestion}"
        lines.append(f"| {escape(shown_path(document.path))} | {cells} |")
    return [*lines, ""]


def _document(entry: DocumentReport, document: Document | None) -> list[str]:
    lines = [f"## {escape(shown_path(entry.path))}", "", f"{severity_line(count((entry,))).capitalize()}.", ""]
    places = Places(document)
    label = ""
    for finding in entry.findings:
        here = places.label(finding)
        if here != label:
            label = here
            lines += [f"### {escape(label)}", ""]
        lines += _finding(finding, document)
    return lines


def _finding(finding: Finding, document: Document | None) -> list[str]:
    piece = excerpt(finding, document, _LINE)
    before, after = escape_start(piece.before), escape(piece.after)
    marked = escape(piece.marked)
    shown = f"**{marked}**" if marked.strip() == marked and marked else f"⟦{marked}⟧"
    lines = [
        f"- **{_NAMES[finding.severity]}** ({escape(finding.place)}, {escape(finding.check)}): "
        f"{escape(finding.message)}",
        f"  > {before}{shown}{after}".rstrip(),
        "",
    ]
    if needs_original(finding):
        lines.append(f"  - {ORIGINAL_WORDS}")
    for correction in finding.corrections:
        text = shorten(correction.text, _QUOTE)
        if correction.applicability is Applicability.DISPLAY_ONLY:
            lines.append(f"  - Advice: {escape(text)}")
        else:
            lines.append(f"  - → {_code(text) if text else 'delete it'} ({correction_note(correction)})")
    lines += [f"  - {escape_start(shorten(said(line), 400))}" for line in evidence_lines(finding, figures=False)]
    return [*lines, ""]


def _code(text: str) -> str:
    """Return text as a code span, with a fence longer than any run of backticks inside."""
    shown = visible(text) if text.strip() else visible(text).replace(" ", "␣")
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


FORMAT = Format("markdown", ".md", "A report to paste into a ticket or a message", render)
