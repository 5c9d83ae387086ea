"""The report as a workbook: a sheet of findings, one of names in several forms, and a summary."""

import datetime
import io
import re
import zipfile
from typing import Any

from corrigenda.finding import Report
from corrigenda.reporting.base import Format, Options, Texts
from corrigenda.reporting.tables import cell, findings_frame, names_frame, summary_rows

_WIDTHS = {
    "kind": 10, "path": 30, "line": 7, "column": 8, "severity": 12, "confidence": 11, "category": 28, "check": 30,
    "quote": 36, "message": 56, "corrections": 40, "applicability": 16, "variants": 24, "in_quotation": 13,
    "evidence": 48, "start": 9, "end": 9, "fingerprint": 20, "form": 24, "others": 24, "places": 8, "lines": 18,
    "part": 12, "name": 36, "value": 56,
}  # fmt: skip
_FILLS = {"error": "FBE3DF", "warning": "FBEECF", "suggestion": "E1EEF8", "problem": "FBE3DF"}
_DRESSED_ROWS = 5000
"""Rows that get wrapped text and colours: dressing a cell is slow, and longer sheets are filtered, not read."""

_MOMENT = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 (a workbook has no time zone; one moment keeps the bytes the same)
_ENTRY_TIME = (2000, 1, 1, 0, 0, 0)
_XML_FORBIDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render(report: Report, texts: Texts, options: Options) -> bytes:
    """Return the workbook: header rows frozen and filtered, widths set, no cell a formula, the same bytes each time."""
    import pandas as pd

    summary = pd.DataFrame(summary_rows(report), columns=["part", "name", "value"])
    stream = io.BytesIO()
    with pd.ExcelWriter(stream, engine="openpyxl") as writer:
        for name, frame in (("Findings", findings_frame(report)), ("Names", names_frame(report)), ("Summary", summary)):
            for column in frame.columns:
                if frame[column].dtype == object or str(frame[column].dtype) in ("str", "string"):
                    frame[column] = frame[column].map(_clean)
            frame.to_excel(writer, sheet_name=name, index=False)
        book: Any = writer.book
        _links(book, report)
        for sheet in book.worksheets:
            _dress(sheet)
        book.properties.created = book.properties.modified = _MOMENT
        book.properties.creator = f"corrigenda {report.version}"
        book.properties.title = cell(options.title)
    return _same_bytes(stream.getvalue())


def _clean(value: Any) -> Any:
    return _XML_FORBIDS.sub("\ufffd", value) if isinstance(value, str) else value


def _dress(sheet: Any) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    titles = [str(title.value) for title in sheet[1]]
    for index, title in enumerate(titles, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(title, 16)
    wide = {index for index, title in enumerate(titles) if _WIDTHS.get(title, 0) >= 24}
    at = titles.index("severity") if "severity" in titles else titles.index("kind") if "kind" in titles else None
    wrapped, plain = Alignment(vertical="top", wrap_text=True), Alignment(vertical="top")
    for number, row in enumerate(sheet.iter_rows(max_row=min(sheet.max_row, _DRESSED_ROWS)), start=1):
        for index, entry in enumerate(row):
            wrap = number > 1 and index in wide and entry.hyperlink is None
            entry.alignment = wrapped if wrap else plain
            if number == 1:
                entry.font = Font(bold=True)
                entry.border = None
        if number > 1 and at is not None:
            name = str(row[at].value or row[titles.index("kind")].value)
            if name in _FILLS:
                row[at].fill = PatternFill("solid", start_color=_FILLS[name], end_color=_FILLS[name])


def _links(book: Any, report: Report) -> None:
    """Link each document of the summary to its first finding; not to the file, which stays behind when this is sent."""
    findings, summary = book["Findings"], book["Summary"]
    first: dict[str, int] = {}
    for number, row in enumerate(findings.iter_rows(min_row=2, min_col=1, max_col=2, values_only=True), start=2):
        if row[0] == "finding":
            first.setdefault(str(row[1]), number)
    for row in summary.iter_rows(min_row=2, max_col=2):
        target = first.get(str(row[1].value))
        if row[0].value == "document" and target:
            row[1].hyperlink = f"#Findings!A{target}"
            row[1].style = "Hyperlink"
    last = summary.max_row + 2
    summary.cell(row=last, column=1, value="help")
    summary.cell(row=last, column=2, value="What the columns hold")
    summary.cell(row=last, column=3, value="docs/reports.md of corrigenda")


def _same_bytes(data: bytes) -> bytes:
    """Pack the workbook again with fixed times, since a zip archive records when it was made."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _ENTRY_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    return target.getvalue()


FORMAT = Format("xlsx", ".xlsx", "A workbook: findings, names and a summary", render, extra="tables")
