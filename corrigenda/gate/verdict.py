"""What a run fails on."""

from corrigenda.finding import Report, Severity


def exit_code(report: Report, fail_on: str) -> int:
    """Return 3 when something could not be checked, 1 for findings at or above the threshold, else 0.

    `fail_on` is a severity, or "never".
    """
    if report.problems:
        return 3
    if fail_on == "never":
        return 0
    rank = Severity(fail_on).rank
    return int(any(finding.severity.rank >= rank for document in report.documents for finding in document.findings))
