"""What findings in a text quote of the one that it was translated from: put in when a report is made.

Until then a finding has the place alone (`Finding.source_span`), and its message `{source_quote}` where the words are
to stand: so no cache holds a word of a source.
"""

from collections.abc import Iterable, Sequence

from corrigenda.documents.document import Document
from corrigenda.finding import DocumentReport, Finding, shortened

PLACEHOLDER = "{source_quote}"
"""What stands in a message for the source's words at the finding's `source_span`."""
EVIDENCE = "source"
"""The key of the evidence that has these words."""

_MOST = 5
"""Documents that are named; the others are counted."""


def quoting(findings: Sequence[Finding], document: Document) -> tuple[Finding, ...]:
    """Return findings with the words of the document's source that they speak of."""
    return tuple(_quoting(finding, document.source_text) for finding in findings)


def speaks(report: DocumentReport) -> bool:
    """Return whether a finding of a report speaks of words of the source that are still to be put in."""
    return any(_waits(finding) for finding in report.findings)


def name_of(document: Document) -> str:
    """Return the path of a document's source, as reports show it: its own where the file holds both texts, and "" where
    there is none.
    """
    if document.source is not None:
        return document.source.path
    return document.path if document.has_source else ""


def notes(documents: Iterable[DocumentReport]) -> tuple[str, ...]:
    """Return a sentence on which documents of a run were checked beside a source of their own file, and which were not;
    none where no document was.
    """
    with_one: list[str] = []
    without: list[str] = []
    for document in documents:
        if document.status == "checked" and document.source != document.path:
            (with_one if document.source else without).append(document.path)
            if document.source:
                with_one[-1] += f" ({document.source})"
    if not with_one:
        return ()
    alone = f" Without a source: {_listed(without)}." if without else ""
    return (f"Checked beside their sources: {_listed(with_one)}.{alone}",)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST
    return ", ".join(names[:_MOST]) + (f" and {more:,} more" if more > 0 else "")


def _waits(finding: Finding) -> bool:
    return (finding.source_span is not None and EVIDENCE not in finding.evidence) or PLACEHOLDER in finding.message


def _quoting(finding: Finding, text: str) -> Finding:
    if not _waits(finding):
        return finding
    start, end = finding.source_span or (0, 0)
    words = text[start:end]
    # One that nothing fills was written without a place; a reader is not to see it.
    message = finding.message.replace(PLACEHOLDER, shortened(words) or "…")
    evidence = {EVIDENCE: " ".join(words.split()), **finding.evidence} if words.strip() else finding.evidence
    return finding._replace(message=message, evidence=evidence)
