"""Test results in JUnit's XML, for CI servers: a suite for each document, a case for each check that found something.

Findings at or above the gate's severity are failures; those below are in the output of a case that passes; a document
that could not be checked is an error, an engine that did not run a skipped case.
"""

from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from corrigenda.finding import DocumentReport, Finding, Report
from corrigenda.reporting.base import Format, Options, Texts, engine_line
from corrigenda.reporting.evidence import evidence_lines, said
from corrigenda.reporting.visible import shorten, visible, xml_text


def render(report: Report, texts: Texts, options: Options) -> str:
    """Return the XML. There are no times in it: the same report gives the same bytes."""
    suites = [_Suite(document.path) for document in report.documents]
    by_path = {suite.name: suite for suite in suites}
    for suite, document in zip(suites, report.documents, strict=True):
        _document(suite, document, options)
    for problem in report.problems:
        if problem.path not in by_path:
            by_path[problem.path] = _Suite(problem.path or "corrigenda")
            suites.append(by_path[problem.path])
        by_path[problem.path].add("can be checked", "error", problem.message, problem.message)
    engines = _Suite("engines")
    for engine in report.engines:
        if engine.status == "failed":
            engines.add(engine.name, "error", engine_line(engine), engine_line(engine))
        else:
            ran = engine.status in ("ran", "not needed")
            engines.add(engine.name, "" if ran else "skipped", engine_line(engine))
    for note in report.notes:
        engines.add("about this run", "skipped", note)
    if engines.cases:
        suites.append(engines)
    total = [sum(suite.count(kind) for suite in suites) for kind in ("", "failure", "error", "skipped")]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="corrigenda" tests="{total[0]}" failures="{total[1]}" errors="{total[2]}">')
    for suite in suites:
        lines += suite.lines()
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"


class _Suite:
    def __init__(self, name: str) -> None:
        self.name = name
        self.cases: list[tuple[str, str, str, str]] = []

    def add(self, case: str, outcome: str, message: str, text: str = "") -> None:
        """Add a case: outcome is "", "failure", "error" or "skipped"; text is shown below the message."""
        self.cases.append((case, outcome, message, text))

    def count(self, kind: str) -> int:
        return sum(1 for case in self.cases if not kind or case[1] == kind)

    def lines(self) -> list[str]:
        name = _attribute(self.name)
        numbers = f'tests="{self.count("")}" failures="{self.count("failure")}" errors="{self.count("error")}"'
        lines = [f'  <testsuite name={name} {numbers} skipped="{self.count("skipped")}">']
        for case, outcome, message, text in self.cases:
            head = f"    <testcase name={_attribute(case)} classname={name}"
            if outcome == "skipped":
                lines.append(f"{head}><skipped message={_attribute(message)}/></testcase>")
            elif outcome:
                body = f"<{outcome} message={_attribute(message)} type={_attribute(case)}>{_text(text)}</{outcome}>"
                lines.append(f"{head}>{body}</testcase>")
            elif text:
                lines.append(f"{head}><system-out>{_text(text)}</system-out></testcase>")
            else:
                lines.append(f"{head}/>")
        return [*lines, "  </testsuite>"]


def _document(suite: _Suite, document: DocumentReport, options: Options) -> None:
    if document.status == "not checked":
        return
    if not document.findings:
        suite.add("nothing found", "", "")
    ordered = sorted(document.findings, key=lambda finding: (finding.check, finding.sort_key))
    for check, group in groupby(ordered, key=lambda finding: finding.check):
        findings = list(group)
        worst = max(finding.severity.rank for finding in findings)
        fails = options.fail_on is not None and worst >= options.fail_on.rank
        first = next(f for f in findings if f.severity.rank == worst)
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        text = "\n".join(_describe(finding) for finding in findings)
        suite.add(check, "failure" if fails else "", first.message + more, text)


def _describe(finding: Finding) -> str:
    lines = [f"{visible(finding.place)} {finding.severity.value}: “{visible(shorten(finding.quote))}”"]
    lines.append(f"  {visible(finding.message)}")
    lines += [f"  -> {visible(shorten(c.text)) or '(delete)'} ({c.applicability.value})" for c in finding.corrections]
    lines += [f"  {visible(shorten(said(line), 400))}" for line in evidence_lines(finding)]
    return "\n".join(lines)


def _attribute(text: str) -> str:
    return quoteattr(xml_text(visible(text)))


def _text(text: str) -> str:
    return escape(xml_text(text))


FORMAT = Format("junit", ".xml", "Test results, for CI servers", render)
