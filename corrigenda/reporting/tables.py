"""The report as tables: the rows and columns that the csv and xlsx formats write, documented in docs/reports.md."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from corrigenda.finding import Applicability, Finding, Report
from corrigenda.reporting.base import SEVERITIES, advice, all_findings, count, evidence_json, theme, usable, verdict
from corrigenda.reporting.visible import harmless, shorten, visible

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "kind",
    "path",
    "line",
    "column",
    "severity",
    "confidence",
    "category",
    "check",
    "quote",
    "message",
    "corrections",
    "applicability",
    "variants",
    "in_quotation",
    "evidence",
    "start",
    "end",
    "fingerprint",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
CELL = 32_000
"""Most characters of a cell: Excel takes 32,767."""


def cell(text: str, limit: int = CELL) -> str:
    """Return text that a spreadsheet shows and does not run: what begins like a formula gets an apostrophe in front.

    So does what a runner of continuous integration would take for a command. Hidden characters are made visible, and a
    very long text loses its middle.
    """
    shown = visible(shorten(text, limit)) if text.strip() else visible(shorten(text, limit)).replace(" ", "␣")
    guarded = shown.startswith(_FORMULA) or text.startswith(_FORMULA) or shown.lstrip().startswith("::")
    return f"'{harmless(shown)}" if guarded else harmless(shown)


def finding_rows(report: Report) -> list[dict[str, Any]]:
    """Return a row for each finding, problem, engine that did not run and note: no table looks cleaner than the run."""
    rows = [_finding_row(document.path, finding) for document, finding in all_findings(report)]
    rows += [{**_EMPTY, "kind": "problem", "path": cell(p.path), "message": cell(p.message)} for p in report.problems]
    for engine in report.engines:
        if engine.status not in ("ran", "not needed"):
            text = f"{engine.name}: {engine.status}. {engine.reason}".rstrip()
            rows.append({**_EMPTY, "kind": "engine", "message": cell(text)})
    rows += [{**_EMPTY, "kind": "note", "message": cell(note)} for note in report.notes]
    return rows


_EMPTY: dict[str, Any] = dict.fromkeys(COLUMNS)


def _finding_row(path: str, finding: Finding) -> dict[str, Any]:
    texts = [c.text or "(delete)" for c in usable(finding)] + advice(finding)
    kinds = [c.applicability.value for c in usable(finding)] + [Applicability.DISPLAY_ONLY.value] * len(advice(finding))
    return {
        "kind": "finding",
        "path": cell(path),
        "line": finding.line if finding.line is not None else cell(finding.label),
        "column": finding.column,
        "severity": finding.severity.value,
        "confidence": round(float(finding.confidence), 4),
        "category": cell(finding.category),
        "check": cell(finding.check),
        "quote": cell(finding.quote),
        "message": cell(finding.message),
        "corrections": cell(" | ".join(texts)),
        "applicability": " | ".join(kinds),
        "variants": cell(" | ".join(finding.variants)),
        "in_quotation": finding.in_quotation,
        "evidence": cell(evidence_json(finding.evidence)),
        "start": finding.start,
        "end": finding.end,
        "fingerprint": finding.fingerprint,
    }


def findings_frame(report: Report) -> "pd.DataFrame":
    """Return the findings as a data frame with `COLUMNS`; whole numbers stay whole where rows lack them."""
    import pandas as pd

    frame = pd.DataFrame(finding_rows(report), columns=list(COLUMNS))
    labelled = any(finding.line is None for _, finding in all_findings(report))
    for name in ("column", "start", "end", *(() if labelled else ("line",))):
        frame[name] = frame[name].astype("Int64")
    frame["confidence"] = frame["confidence"].astype("Float64")
    frame["in_quotation"] = frame["in_quotation"].astype("boolean")
    return frame


def names_frame(report: Report) -> "pd.DataFrame":
    """Return a row for each form of a name or label that stands in several forms.

    Columns: path, check, form (as it stands), others (the other forms), places (findings with this form), lines,
    message.
    """
    import pandas as pd

    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for document, finding in all_findings(report):
        if finding.variants:
            groups.setdefault((document.path, finding.check, finding.quote), []).append(finding)
    rows = []
    for (path, check, form), findings in groups.items():
        others = sorted({v for finding in findings for v in finding.variants if v != form})
        rows.append(
            {
                "path": cell(path),
                "check": cell(check),
                "form": cell(form),
                "others": cell(" | ".join(others)),
                "places": len(findings),
                "lines": cell(", ".join(_lines(findings))),
                "message": cell(findings[0].message),
            }
        )
    return pd.DataFrame(rows, columns=["path", "check", "form", "others", "places", "lines", "message"])


def _lines(findings: Sequence[Finding]) -> list[str]:
    """Return the lines of findings, each once, or their labels where a file has no lines, in their order."""
    ordered = sorted(findings, key=lambda finding: (finding.line or 0, finding.start))
    return list(dict.fromkeys(str(f.line) if f.line is not None else f.label for f in ordered))


def summary_rows(report: Report) -> list[tuple[str, str, Any]]:
    """Return what the summary sheet says, as (part, name, value) in reading order."""
    counts = count(report.documents)
    rows: list[tuple[str, str, Any]] = [("verdict", "", cell(verdict(report)))]
    rows += [("severity", severity.value, counts.of(severity)) for severity in SEVERITIES]
    tally: dict[str, int] = {}
    for _, finding in all_findings(report):
        tally[theme(finding.check)] = tally.get(theme(finding.check), 0) + 1
    rows += [("theme", cell(name), number) for name, number in sorted(tally.items())]
    for document in report.documents:
        found = len(document.findings) if document.status != "not checked" else document.status
        rows.append(("document", cell(document.path), found))
    for engine in report.engines:
        rows.append(("engine", cell(engine.name), cell(f"{engine.status}. {engine.reason}".removesuffix(". "))))
    rows += [("note", "", cell(note)) for note in report.notes]
    rows += [("problem", cell(p.path), cell(p.message)) for p in report.problems]
    rows.append(("version", "corrigenda", report.version))
    return rows
