"""Corrections as `fix` and the diff make them: the one full check, less what is right as it stands."""

from collections.abc import Sequence
from pathlib import Path

from corrigenda.documents.document import Document
from corrigenda.documents.parts import Edit
from corrigenda.finding import DocumentReport, Finding, Problem, Report
from corrigenda.fixes.apply import Corrected, correct
from corrigenda.fixes.decisions import Rejected, entries_of
from corrigenda.gate.baseline import Entry, compare, located
from corrigenda.gate.gone import gone
from corrigenda.pipeline.checker import Checker
from corrigenda.pipeline.run import check_documents
from corrigenda.settings import Settings


class Fixer:
    """Checks and corrects one document after the other. What went wrong is in `problems`."""

    def __init__(self, checker: Checker, ignored: Sequence[Entry], root: Path) -> None:
        """Make a fixer; `ignored` are the entries of the ignore list, `root` is the project's folder."""
        self.problems: list[Problem] = []
        self._checker, self._ignored, self._root = checker, ignored, root
        self._gone = gone(ignored, Report("", (), (), ()), root)

    @property
    def settings(self) -> Settings:
        """The settings that documents are checked with."""
        return self._checker.settings

    def check(self, document: Document) -> list[Finding]:
        """Return the document's findings, those that are ignored too."""
        report = check_documents(self._checker, [document])
        self.problems += [problem for problem in report.problems if problem not in self.problems]
        return list(report.documents[0].findings)

    def ignored(self, document: Document, findings: Sequence[Finding]) -> list[Finding]:
        """Return those findings that the ignore list says are right as they stand."""
        if not self._ignored:
            return []
        report = Report("", (), (DocumentReport(document.path, "checked", tuple(findings)),), ())
        left = compare(report, self._ignored, self._root, gone=self._gone).report.documents[0].findings
        return [finding for finding in findings if finding not in left]

    def entries(
        self, document: Document, rejected: Sequence[Rejected], edits: Sequence[Edit], left: Sequence[Finding]
    ) -> list[Entry]:
        """Return the entries of the ignore list for what was rejected in a document; `left` are the findings of the
        corrected one.
        """
        return entries_of(rejected, edits, left, located(document.path, self._root))

    def correct(self, document: Document, data: bytes, *, unsafe: bool = False) -> Corrected:
        """Return the document corrected, as `corrections.correct` says. Raises DocumentError."""
        return correct(
            document, data, self.check, unsafe=unsafe, keep=lambda findings: self.ignored(document, findings)
        )
