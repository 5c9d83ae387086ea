"""A reviewed copy of a Word document: each correction a tracked change, each message a comment beside its place."""

import re
from collections.abc import Iterable

from corrigenda.documents.edits import widened
from corrigenda.documents.parts import Edit
from corrigenda.finding import Finding, Report
from corrigenda.reporting.base import (
    ORIGINAL_WORDS,
    Format,
    Options,
    Texts,
    Unsuited,
    advice,
    needs_original,
    usable,
)

_FORBIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
"""What XML cannot hold; the text of a Word document never has it, a correction of somebody's own check may."""


def render(report: Report, texts: Texts, options: Options) -> bytes:
    """Return the reviewed copy of the one Word document that was checked.

    The first correction of each finding is a tracked change, the graver finding's where two overlap; in a quotation
    nothing is changed. What is told by a comment alone is told in all cases.

    Raises:
        Unsuited: Not exactly one Word document was checked, or its bytes are not to be had.
    """
    # deferred: only this format needs to know how Word documents are written
    from corrigenda.documents.docx.changes import Change
    from corrigenda.documents.docx.record import Proposal, Record
    from corrigenda.documents.docx.review import reviewed

    checked = [entry for entry in report.documents if entry.status != "not checked"]
    if report.problems and not checked:
        first = report.problems[0]
        raise Unsuited(f"{first.path}: {first.message}")
    if len(checked) != 1:
        raise Unsuited("a reviewed copy is made of one Word document; name one .docx file")
    entry = checked[0]
    document = texts(entry.path)
    data = options.original(entry.path) if options.original is not None else None
    if document is None or data is None or document.format != "docx":
        raise Unsuited(f"{entry.path} is no Word document; a reviewed copy is made of a .docx file")
    proposed = _proposed(entry.findings, document.text)
    changes: list[Change] = []
    proposals: list[Proposal] = []
    for key, finding in enumerate(entry.findings, 1):
        edit, text = proposed.get(key, (None, None))
        told = comment(finding, key, shown=False)
        changes.append(Change(finding.start, finding.end, edit, comment(finding, key), key, told))
        proposals.append(Proposal(key, finding.check, finding.fingerprint, finding.quote, text))
    return reviewed(data, document, changes, Record(entry.path, document.sha256, tuple(proposals)))


def _proposed(findings: Iterable[Finding], text: str) -> dict[int, tuple[Edit, str]]:
    """Return the correction that is shown as a change for each finding that has one, by the finding's number; of two
    that overlap the graver and surer one has it.
    """
    ordered = sorted(
        enumerate(findings, 1), key=lambda own: (-own[1].severity.rank, -own[1].confidence, own[1].sort_key)
    )
    taken: list[Edit] = []
    result: dict[int, tuple[Edit, str]] = {}
    for key, finding in ordered:
        corrections = usable(finding)
        if finding.in_quotation or not corrections or corrections[0].text == finding.quote:
            continue
        edit = widened(text, Edit(finding.start, finding.end, _FORBIDDEN.sub("\ufffd", corrections[0].text)))
        if any(edit.start < other.end and other.start < edit.end for other in taken):
            continue
        taken.append(edit)
        result[key] = edit, corrections[0].text
    return result


def comment(finding: Finding, key: int, *, shown: bool = True) -> tuple[str, ...]:
    """Return the paragraphs of a finding's comment; the last one names the check and the finding's number, by which
    `corrigenda decisions` knows it again.

    Args:
        finding: The finding.
        key: Its number.
        shown: Whether its first correction is shown as a change.
    """
    paragraphs = [finding.message]
    others = usable(finding)
    if len(others) > 1 or (others and (finding.in_quotation or not shown)):
        paragraphs.append(
            "Possible: " + ", or ".join(f"“{one.text}”" if one.text else "delete it" for one in others[:4])
        )
    paragraphs += advice(finding)
    if needs_original(finding):
        paragraphs.append(ORIGINAL_WORDS)
    paragraphs = [_FORBIDDEN.sub("\ufffd", paragraph) for paragraph in paragraphs]
    return (*paragraphs, f"{finding.severity.value} · {finding.check} [{key}]")


FORMAT = Format(
    "docx", ".docx", "A reviewed copy of a Word document, with tracked changes and comments", render, is_copy=True
)
