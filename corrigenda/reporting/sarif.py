"""SARIF 2.1.0 (OASIS), for code scanning and editors. Columns are Unicode code points, and the log says so."""

from typing import Any
from urllib.parse import quote

from corrigenda.documents.document import Document
from corrigenda.finding import Finding, Report, Severity
from corrigenda.reporting.base import (
    CheckInfo,
    Format,
    Options,
    Texts,
    about_run,
    all_findings,
    correction_note,
    engine_line,
    finding_object,
    unchecked,
    usable,
)
from corrigenda.reporting.evidence import evidence_lines, said
from corrigenda.reporting.markdown import escape
from corrigenda.reporting.visible import dump, dump_list, sound

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LOG = """{{
 "$schema": "{schema}",
 "version": "2.1.0",
 "runs": [
  {{
{run}
  }}
 ]
}}
"""
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}


def render(report: Report, texts: Texts, options: Options) -> str:
    """Return one SARIF run over all documents, with fixes, fingerprints and each check's help."""
    infos = dict(options.checks)
    worst: dict[str, Severity] = {}
    for _, finding in all_findings(report):
        infos.setdefault(finding.check, CheckInfo(finding.check, category=finding.category))
        if finding.check not in worst or finding.severity.rank > worst[finding.check].rank:
            worst[finding.check] = finding.severity
    used = sorted(worst)
    index = {name: place for place, name in enumerate(used)}
    results = []
    for entry in report.documents:
        document = texts(entry.path) if entry.findings else None
        results += [_result(f, entry.path, document, index[f.check]) for f in entry.findings]
    driver = {
        "name": "corrigenda",
        "version": report.version,
        "semanticVersion": report.version,
        "rules": [_rule(infos[name], worst[name]) for name in used],
    }
    artifacts = [{"location": {"uri": uri(entry.path)}} for entry in report.documents]
    parts = [
        f'   "tool": {dump(_sound({"driver": driver}))}',
        '   "columnKind": "unicodeCodePoints"',
        f'   "artifacts": {dump_list(artifacts, "   ")}',
        f'   "results": {dump_list(map(_sound, results), "   ")}',
        f'   "invocations": {dump_list([_sound(_invocation(report))], "   ")}',
    ]
    return _LOG.format(schema=SCHEMA, run=",\n".join(parts))


def uri(path: str) -> str:
    """Return a path as a URI reference: forward slashes, the rest percent-encoded; absolute paths as file URIs."""
    text = path.replace("\\", "/")
    drive = text[:1].isalpha() and text[1:3] == ":/"
    encoded = quote(text.encode("utf-8", "surrogatepass"), safe="/~!$&'()*+,;=@" + (":" if drive else ""))
    if drive:
        return f"file:///{encoded}"
    if text.startswith("/"):
        return f"file://{encoded}"
    return encoded or "-"


def _rule(info: CheckInfo, worst: Severity) -> dict[str, Any]:
    summary = info.summary or info.id
    parts = [text for text in (info.why, *(f"Source: {source}" for source in info.sources)) if text]
    wrong = [f"Wrong: {example}" for example in info.wrong]
    fine = [f"Fine: {example}" for example in info.fine]
    lines = [f"{summary}.", *parts, *wrong, *fine, f"More: corrigenda explain {info.id}"]
    rule: dict[str, Any] = {
        "id": info.id,
        "shortDescription": {"text": summary},
        "help": {"text": "\n".join(lines), "markdown": "\n\n".join(_plain_markdown(line) for line in lines)},
        "defaultConfiguration": {"level": LEVELS[worst]},
        "properties": {"tags": [tag for tag in ("copy-editing", info.category) if tag]},
    }
    if info.why:
        rule["fullDescription"] = {"text": info.why}
    return rule


def _plain_markdown(line: str) -> str:
    return escape(line)


def _result(finding: Finding, path: str, document: Document | None, rule: int) -> dict[str, Any]:
    location, deleted = _location(finding, path, document)
    details = [finding.message, *map(said, evidence_lines(finding))]
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": LEVELS[finding.severity],
        "rank": round(float(finding.confidence) * 100, 2),
        "message": {"text": "\n".join(details)},
        "locations": [location],
        "partialFingerprints": {"corrigenda/v1": finding.fingerprint},
        "properties": {key: finding_object(finding)[key] for key in ("category", "variants", "in_quotation")},
    }
    if usable(finding) and deleted is not None:
        result["fixes"] = [
            {
                "description": {
                    "text": f"“{c.text}” ({correction_note(c)})" if c.text else f"Delete it ({correction_note(c)})"
                },
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": uri(path)},
                        "replacements": [{"deletedRegion": deleted, "insertedContent": {"text": c.text}}],
                    }
                ],
            }
            for c in usable(finding)
        ]
    return result


def _location(finding: Finding, path: str, document: Document | None) -> tuple[dict[str, Any], dict[str, int] | None]:
    """Return a finding's location and the region that a correction replaces.

    In a file without lines the place has a name instead of a region, and another program cannot replace it.
    """
    artifact = {"artifactLocation": {"uri": uri(path)}}
    end = end_position(finding, document)
    if end is None or finding.line is None or finding.column is None:
        named = {"fullyQualifiedName": finding.label, "kind": "element"}
        return {"physicalLocation": artifact, "logicalLocations": [named]}, None
    replaced = {"startLine": finding.line, "startColumn": finding.column, "endLine": end[0], "endColumn": end[1]}
    replaced |= {"charOffset": finding.start, "charLength": finding.end - finding.start}
    region = {**replaced, "snippet": {"text": finding.quote}}
    return {"physicalLocation": {**artifact, "region": region}}, replaced


def end_position(finding: Finding, document: Document | None) -> tuple[int, int] | None:
    """Return line and column (from 1) after the finding's last character, counted from the quote without a document;
    None in a file without lines.
    """
    if finding.line is None or finding.column is None:
        return None
    if document is not None and finding.end <= len(document.text):
        line, column = document.line_and_column(finding.end)
        return max(line, finding.line), column
    lines = finding.quote.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) == 1:
        return finding.line, finding.column + len(finding.quote)
    return finding.line + len(lines) - 1, len(lines[-1]) + 1


def _invocation(report: Report) -> dict[str, Any]:
    notices = []
    for problem in report.problems:
        notice: dict[str, Any] = {"level": "error", "message": {"text": problem.message}}
        if problem.path:
            notice["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": uri(problem.path)}}}]
        notices.append(notice)
    for engine in report.engines:
        if engine.status not in ("ran", "not needed"):
            level = "error" if engine.status == "failed" else "note"
            notices.append({"level": level, "message": {"text": engine_line(engine)}})
    notices += [{"level": "note", "message": {"text": line}} for line in about_run(report)]
    return {"executionSuccessful": unchecked(report) == 0, "toolExecutionNotifications": notices}


def _sound(value: Any) -> Any:
    """Replace half surrogates, which many readers of SARIF refuse even when escaped."""
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, dict):
        return {key: _sound(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_sound(item) for item in value]
    return value


FORMAT = Format("sarif", ".sarif", "SARIF 2.1.0, for code scanning and editors", render)
