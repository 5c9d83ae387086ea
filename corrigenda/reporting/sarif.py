"""SARIF 2.1.0 (OASIS), for code scanning and editors. Columns are Unicode code points, and the log says so."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from corrigenda.documents.document import Document
from corrigenda.finding import Correction, DocumentReport, Finding, Report, Severity
from corrigenda.reporting.base import (
    CheckInfo,
    Format,
    Options,
    Texts,
    about_run,
    as_written,
    correction_note,
    count,
    engine_line,
    finding_object,
    unchecked,
    usable,
)
from corrigenda.reporting.evidence import evidence_lines, said
from corrigenda.reporting.markdown import escape
from corrigenda.reporting.repository import Repository
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
MOST_RESULTS = 25_000
"""Results of one run that GitHub's code scanning takes; it refuses a file with more."""
_ROOT = "SRCROOT"
"""The name by which locations refer to the repository's root."""
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}


def render(report: Report, texts: Texts, options: Options) -> str:
    """Return one SARIF run over all documents, with fixes, fingerprints and each check's help."""
    infos = dict(options.checks)
    worst: dict[str, Severity] = {}
    documents = _within_limit(report)
    for finding in (finding for entry in documents for finding in entry.findings):
        infos.setdefault(finding.check, CheckInfo(finding.check, category=finding.category))
        if finding.check not in worst or finding.severity.rank > worst[finding.check].rank:
            worst[finding.check] = finding.severity
    used = sorted(worst)
    index = {name: place for place, name in enumerate(used)}
    results = []
    for entry in documents:
        document = texts(entry.path) if entry.findings else None
        place = _artifact(entry.path, options.repository)
        other = _artifact(entry.source, options.repository) if entry.source else None
        for f in entry.findings:
            result = _result(f, place, document, index[f.check])
            related = _in_source(f, other, document)
            results.append(result if related is None else {**result, "relatedLocations": [related]})
    driver = {
        "name": "corrigenda",
        "version": report.version,
        "semanticVersion": report.version,
        "rules": [_rule(infos[name], worst[name]) for name in used],
    }
    artifacts = [{"location": _artifact(entry.path, options.repository)} for entry in report.documents]
    parts = [
        f'   "tool": {dump(_sound({"driver": driver}))}',
        '   "columnKind": "unicodeCodePoints"',
        *([_bases(options.repository)] if options.repository is not None else []),
        f'   "artifacts": {dump_list(artifacts, "   ")}',
        f'   "results": {dump_list(map(_sound, results), "   ")}',
        f'   "invocations": {dump_list([_sound(_invocation(report, options.repository))], "   ")}',
    ]
    return _LOG.format(schema=SCHEMA, run=",\n".join(parts))


def left_out(report: Report) -> str:
    """Return a line on the findings that are more than a run may hold, "" where there are none."""
    found = count(report.documents).total
    if found <= MOST_RESULTS:
        return ""
    more = found - MOST_RESULTS
    rest = "the least grave one is" if more == 1 else f"the {more:,} least grave are"
    return (
        f"there are {found:,} findings, and GitHub takes {MOST_RESULTS:,} in SARIF: {rest} left out; "
        "the JSON and HTML reports have them all"
    )


def _within_limit(report: Report) -> Sequence[DocumentReport]:
    """Return the documents with the findings that a run may hold: the gravest, then the surest, then the first."""
    if count(report.documents).total <= MOST_RESULTS:
        return report.documents
    order = sorted(
        (-finding.severity.rank, -finding.confidence, document, place)
        for document, entry in enumerate(report.documents)
        for place, finding in enumerate(entry.findings)
    )
    kept = {(document, place) for *_, document, place in order[:MOST_RESULTS]}
    return [
        entry._replace(findings=tuple(f for place, f in enumerate(entry.findings) if (document, place) in kept))
        for document, entry in enumerate(report.documents)
    ]


def _bases(repository: Repository) -> str:
    text = {"text": "The root of the repository"}
    return f'   "originalUriBaseIds": {dump({_ROOT: {"uri": repository.uri, "description": text}})}'


def _artifact(path: str, repository: Repository | None) -> dict[str, str]:
    """Return the location of a document: from the repository's root, where it lies in one."""
    inside = repository.inside(path) if repository is not None else None
    return {"uri": uri(path)} if inside is None else {"uri": uri(inside), "uriBaseId": _ROOT}


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


def _result(finding: Finding, artifact: dict[str, str], document: Document | None, rule: int) -> dict[str, Any]:
    location, deleted = _location(finding, artifact, document)
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
    fixes = _fixes(finding, document) if deleted is not None else []
    if fixes:
        result["fixes"] = [
            {
                "description": {
                    "text": f"“{c.text}” ({correction_note(c)})" if c.text else f"Delete it ({correction_note(c)})"
                },
                "artifactChanges": [
                    {
                        "artifactLocation": artifact,
                        "replacements": [{"deletedRegion": deleted, "insertedContent": {"text": text}}],
                    }
                ],
            }
            for c, text in fixes
        ]
    return result


def _in_source(finding: Finding, artifact: dict[str, str] | None, document: Document | None) -> dict[str, Any] | None:
    """Return where the source's words stand that a finding speaks of, None where it speaks of none, or that text is not
    a file with lines.
    """
    if finding.source_span is None or document is None or artifact is None:
        return None
    start, end = finding.source_span
    held = document.source if document.source is not None else document
    first, last = held.locate(start), held.locate(end)
    words = document.source_text[start:end]
    if first.line is None or last.line is None or not words or held.text != document.source_text:
        return None
    region = {"startLine": first.line, "startColumn": first.column, "endLine": last.line, "endColumn": last.column}
    return {
        "message": {"text": "The source says this."},
        "physicalLocation": {"artifactLocation": artifact, "region": {**region, "snippet": {"text": words}}},
    }


def _fixes(finding: Finding, document: Document | None) -> list[tuple[Correction, str]]:
    """Return the corrections that a program can make at a finding's place, each with what it puts into the file."""
    if document is None:
        return [(c, c.text) for c in usable(finding)]
    written = ((c, as_written(document, finding, c.text)) for c in usable(finding))
    return [(c, text) for c, text in written if text is not None]


def _location(
    finding: Finding, place: dict[str, str], document: Document | None
) -> tuple[dict[str, Any], dict[str, int] | None]:
    """Return a finding's location and the region that a correction replaces.

    In a file without lines the place has a name instead of a region, and another program cannot replace it.
    """
    artifact = {"artifactLocation": place}
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


def _invocation(report: Report, repository: Repository | None) -> dict[str, Any]:
    notices = []
    for problem in report.problems:
        notice: dict[str, Any] = {"level": "error", "message": {"text": problem.message}}
        if problem.path:
            notice["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(problem.path, repository)}}]
        notices.append(notice)
    for engine in report.engines:
        if engine.status not in ("ran", "not needed"):
            level = "error" if engine.status == "failed" else "note"
            notices.append({"level": level, "message": {"text": engine_line(engine)}})
    notices += [{"level": "note", "message": {"text": line}} for line in about_run(report)]
    if more := left_out(report):
        notices.append({"level": "warning", "message": {"text": f"{more[0].upper()}{more[1:]}."}})
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


FORMAT = Format("sarif", ".sarif", "SARIF 2.1.0, for code scanning and editors", render, left_out=left_out)
