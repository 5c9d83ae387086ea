"""No correction is safe that changes what a program reads: a link's target, code, a table, a list."""

from collections.abc import Sequence

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.edits import widened
from corrigenda.documents.parts import Edit
from corrigenda.finding import STRUCTURE, Applicability, Finding


def guarded(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    """Return a document's findings; a safe correction that would change more than copy is a person's to make."""
    edits = {
        number: edit for number, finding in enumerate(findings) if (edit := safe_edit(document, finding)) is not None
    }
    if not edits:
        return list(findings)
    harmless = frozenset(registry.harmless(document, list(dict.fromkeys(edits.values()))))
    return [
        _doubted(finding) if number in edits and edits[number] not in harmless else finding
        for number, finding in enumerate(findings)
    ]


def safe_edit(document: Document, finding: Finding) -> Edit | None:
    """Return the edit that a finding's first safe correction is, None where it has none."""
    for correction in finding.corrections:
        if correction.applicability is Applicability.SAFE:
            edit = widened(document.text, Edit(finding.start, finding.end, correction.text))
            return registry.spelled(document, edit)
    return None


def _doubted(finding: Finding) -> Finding:
    corrections = tuple(
        c._replace(applicability=Applicability.UNSAFE) if c.applicability is Applicability.SAFE else c
        for c in finding.corrections
    )
    return finding._replace(corrections=corrections, message=finding.message + STRUCTURE)
