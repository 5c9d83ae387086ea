"""GitLab's Code Quality report: a JSON array as its merge request widget reads it (a subset of Code Climate's)."""

import hashlib
from typing import Any

from corrigenda.finding import Finding, Report, Severity
from corrigenda.reporting.base import Format, Options, Texts, all_findings, correction_words, engine_line, idle_engines
from corrigenda.reporting.visible import dump_list, shorten, sound, visible

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.SUGGESTION: "info"}


def render(report: Report, texts: Texts, options: Options) -> str:
    """Return the array. Fingerprints are unique in it: GitLab shows only the first of equals."""
    issues = [
        _issue("not-checked", p.message, "critical", options.rooted(p.path) or ".", 1, p.message)
        for p in report.problems
    ]
    for document, finding in all_findings(report):
        key = finding.fingerprint or str(finding.start)
        severity = SEVERITIES[finding.severity]
        path = options.rooted(document.path)
        issues.append(_issue(finding.check, _text(finding), severity, path, finding.line or 1, key))
    issues += [_issue("did-not-run", engine_line(e), "info", ".", 1, e.name) for e in idle_engines(report)]
    issues += [_issue("about-this-run", note, "info", ".", 1, note) for note in report.notes]
    seen: dict[str, int] = {}
    for issue in issues:
        digest = issue["fingerprint"]
        seen[digest] = seen.get(digest, -1) + 1
        if seen[digest]:
            issue["fingerprint"] = hashlib.sha256(f"{digest}{seen[digest]}".encode()).hexdigest()[:32]
    return dump_list(issues) + "\n"


def _text(finding: Finding) -> str:
    words = correction_words(finding, 1)
    correction = f" Correction: {words}." if words else ""
    where = f"{finding.label}: " if finding.line is None else ""
    return f"{where}“{shorten(finding.quote, 120)}”: {finding.message}{correction}"


def _issue(check: str, text: str, severity: str, path: str, line: int, key: str) -> dict[str, Any]:
    digest = hashlib.sha256(f"{check}\0{path}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return {
        "check_name": sound(check),
        "description": visible(sound(text)),
        "severity": severity,
        "fingerprint": digest,
        "location": {"path": sound(path).removeprefix("./"), "lines": {"begin": line}},
    }


FORMAT = Format("gitlab", ".json", "GitLab's Code Quality report", render, named_only=True)
