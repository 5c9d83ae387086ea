"""The JSON contract: what every other program reads. Its schema is `reports/report.schema.json`.

`jsonl` holds the same a line each, for streams and tables.
"""

from corrigenda.finding import Report
from corrigenda.reporting.base import Format, Options, Texts, finding_object
from corrigenda.reporting.visible import dump

SCHEMA = 1


def render(report: Report, texts: Texts, options: Options) -> str:
    """Return the report as JSON: the same bytes for the same report, a line for each finding, so that two compare."""
    documents = []
    for document in report.documents:
        source = f'"source": {dump(document.source)}, ' if document.source else ""
        head = f'{{"path": {dump(document.path)}, "status": {dump(document.status)}, {source}"findings": '
        documents.append(f"  {head}{_array([dump(finding_object(f)) for f in document.findings], '    ', '  ')}}}")
    engines = [dump({"name": e.name, "status": e.status, "reason": e.reason}) for e in report.engines]
    problems = [dump({"path": p.path, "message": p.message}) for p in report.problems]
    notes = f',\n"notes": {_array([dump(note) for note in report.notes], "  ", "")}' if report.notes else ""
    listed = "[\n" + ",\n".join(documents) + "\n]" if documents else "[]"
    return (
        f'{{"corrigenda": {dump(report.version)}, "schema": {SCHEMA},\n'
        f'"engines": {_array(engines, "  ", "")},\n"documents": {listed},\n'
        f'"problems": {_array(problems, "  ", "")}{notes}}}\n'
    )


def render_lines(report: Report, texts: Texts, options: Options) -> str:
    """Return the report as JSON lines: the run, its engines, each document with its findings after it, the problems.

    Every line has `kind`: "run", "engine", "document", "finding", "problem" or "note"; a finding's line has its `path`.
    """
    lines = [dump({"kind": "run", "corrigenda": report.version, "schema": SCHEMA})]
    lines += [dump({"kind": "engine", "name": e.name, "status": e.status, "reason": e.reason}) for e in report.engines]
    for document in report.documents:
        lines.append(
            dump(
                {
                    "kind": "document",
                    "path": document.path,
                    "status": document.status,
                    **({"source": document.source} if document.source else {}),
                    "findings": len(document.findings),
                }
            )
        )
        lines += [dump({"kind": "finding", "path": document.path, **finding_object(f)}) for f in document.findings]
    lines += [dump({"kind": "problem", "path": p.path, "message": p.message}) for p in report.problems]
    lines += [dump({"kind": "note", "message": note}) for note in report.notes]
    return "\n".join(lines) + "\n"


def _array(items: list[str], indent: str, closing: str) -> str:
    if not items:
        return "[]"
    return "[\n" + ",\n".join(indent + item for item in items) + f"\n{closing}]"


FORMAT = Format("json", ".json", "Everything, for other programs (reports/report.schema.json)", render)
