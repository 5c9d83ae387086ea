"""The findings as comma-separated values. The columns are in docs/reports.md."""

import csv
import io

from corrigenda.finding import Report
from corrigenda.reporting.base import Format, Options, Texts
from corrigenda.reporting.tables import COLUMNS, finding_rows


def render(report: Report, texts: Texts, options: Options) -> str:
    """Return the findings as CSV (RFC 4180: commas, double quotes, CRLF), UTF-8 without a byte order mark."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    writer.writerows(finding_rows(report))
    return stream.getvalue()


FORMAT = Format("csv", ".csv", "A row for each finding, for pandas and databases", render)
