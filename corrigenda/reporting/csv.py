"""The findings as comma-separated values, through pandas. The columns are in docs/reports.md."""

from corrigenda.finding import Report
from corrigenda.reporting.base import Options, Texts
from corrigenda.reporting.tables import findings_frame


def render(report: Report, texts: Texts, options: Options) -> str:
    """Return the findings as CSV (RFC 4180: commas, double quotes, CRLF), UTF-8 without a byte order mark."""
    text: str = findings_frame(report).to_csv(index=False, lineterminator="\r\n")
    return text
