"""What each format writes for the sample run, word for word."""

import io
import json
import re

import pytest

from corrigenda.finding import Severity
from corrigenda.reporting import formats, github
from corrigenda.reporting.base import Options
from tests.reporting import snapshot
from tests.reporting.sample import CHECKS, sample

REPORTS = sorted(name for name, entry in formats.own().items() if not entry.is_copy)
TEXT_FORMATS = sorted(set(REPORTS) - {"html", "xlsx"})


def options(**more: object) -> Options:
    _, documents = sample()

    def corrected(path: str) -> str | None:
        document = documents.get(path)
        if document is None:
            return None
        return document.text.replace("is closing", "is closing in").replace(" , and", ", and")

    return Options(checks=CHECKS, corrected=corrected, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_text_formats(name: str) -> None:
    report, documents = sample()
    text = formats.render(name, report, documents.get, options(width=88))
    assert isinstance(text, str)
    snapshot.check(f"{name}{formats.own()[name].suffix}", text)


def test_terminal_in_colour() -> None:
    report, documents = sample()
    text = formats.render("terminal", report, documents.get, options(width=60, color=True))
    assert isinstance(text, str)
    snapshot.check("terminal-colour.txt", text.replace("\x1b", "␛"))


def test_html_data() -> None:
    report, documents = sample()
    page = formats.render("html", report, documents.get, options())
    assert isinstance(page, str)
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert block
    snapshot.check("html-data.json", json.dumps(json.loads(block.group(1)), ensure_ascii=False, indent=1) + "\n")


def test_workbook_cells() -> None:
    import openpyxl

    report, documents = sample()
    data = formats.render("xlsx", report, documents.get, options())
    assert isinstance(data, bytes)
    book = openpyxl.load_workbook(io.BytesIO(data))
    lines = []
    for sheet in book.worksheets:
        lines.append(f"[{sheet.title}] {sheet.dimensions} filter {sheet.auto_filter.ref} frozen {sheet.freeze_panes}")
        for row in sheet.iter_rows():
            cells = [
                f"{c.value!r}" + (f" -> {c.hyperlink.location or c.hyperlink.target}" if c.hyperlink else "")
                for c in row
            ]
            lines.append("  " + " | ".join(cells))
    snapshot.check("xlsx.txt", "\n".join(lines) + "\n")


def test_job_summary() -> None:
    report, documents = sample()
    snapshot.check("github-summary.md", github.summary(report, documents.get, options()))


@pytest.mark.parametrize("name", REPORTS)
def test_same_report_same_bytes(name: str) -> None:
    report, documents = sample()
    again, same = sample()
    first = formats.render(name, report, documents.get, options(fail_on=Severity.WARNING))
    second = formats.render(name, again, same.get, options(fail_on=Severity.WARNING))
    assert first == second
