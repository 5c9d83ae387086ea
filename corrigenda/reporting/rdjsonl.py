"""Reviewdog's diagnostics (rdjsonl), a line each, with suggestions.

Reviewdog counts columns in UTF-8 bytes from 1, so positions are turned into bytes of the line here.
"""

from typing import Any

from corrigenda.documents.document import Document
from corrigenda.finding import Finding, Report, Severity
from corrigenda.reporting.base import Format, Options, Texts, as_written, engine_line, idle_engines, usable
from corrigenda.reporting.sarif import end_position
from corrigenda.reporting.visible import dump, sound, visible

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.SUGGESTION: "INFO"}
_SOURCE = {"name": "corrigenda"}


def render(report: Report, texts: Texts, options: Options) -> str:
    """Return the lines: findings by document, then what could not be checked and what did not run."""
    lines = []
    for entry in report.documents:
        document = texts(entry.path) if entry.findings else None
        lines += [_diagnostic(finding, options.rooted(entry.path), document) for finding in entry.findings]
    for problem in report.problems:
        lines.append(_notice(problem.message, options.rooted(problem.path) or ".", "ERROR", "not-checked"))
    for engine in idle_engines(report):
        lines.append(_notice(engine_line(engine), ".", "INFO", "did-not-run"))
    lines += [_notice(note, ".", "INFO", "about-this-run") for note in report.notes]
    return "".join(f"{dump(line)}\n" for line in lines)


def _notice(text: str, path: str, severity: str, code: str) -> dict[str, Any]:
    return {
        "message": visible(sound(text)),
        "location": {"path": sound(path)},
        "severity": severity,
        "source": _SOURCE,
        "code": {"value": code},
    }


def _diagnostic(finding: Finding, path: str, document: Document | None) -> dict[str, Any]:
    span = _range(finding, document)
    where = f"{finding.label}: " if span is None else ""
    diagnostic: dict[str, Any] = {
        "message": visible(sound(f"{where}{finding.message}")),
        "location": {"path": sound(path)} if span is None else {"path": sound(path), "range": span},
        "severity": SEVERITIES[finding.severity],
        "source": _SOURCE,
        "code": {"value": sound(finding.check)},
    }
    if usable(finding) and document is not None and span is not None:
        written = (as_written(document, finding, c.text) for c in usable(finding))
        diagnostic["suggestions"] = [{"range": span, "text": sound(text)} for text in written if text is not None]
    return diagnostic


def _range(finding: Finding, document: Document | None) -> dict[str, dict[str, int]] | None:
    """Return a finding's range, None in a file without lines."""
    end = end_position(finding, document)
    if end is None or finding.line is None or finding.column is None:
        return None
    return {"start": _position(finding.line, finding.column, document), "end": _position(*end, document)}


def _position(line: int, column: int, document: Document | None) -> dict[str, int]:
    """Return a position with its column in UTF-8 bytes; without the text a line is all that is sure."""
    if document is None or line > len(document.line_starts):
        return {"line": line}
    start = document.line_starts[line - 1]
    if document.text.isascii():
        return {"line": line, "column": column}
    before = document.text[start : start + column - 1]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}


FORMAT = Format("rdjsonl", ".rdjsonl", "Reviewdog's diagnostics, with suggestions", render)
