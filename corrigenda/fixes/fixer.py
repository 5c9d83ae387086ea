"""The corrections of a document as `fix` and the diff make them: all checks, LanguageTool where it is there, less what
an editor has judged to be right.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from corrigenda.documents.document import Document
from corrigenda.finding import DocumentReport, Finding, Problem, Report
from corrigenda.fixes.apply import Corrected, correct
from corrigenda.gate.baseline import Entry, compare
from corrigenda.pipeline.checker import BatchResult, Engine

if TYPE_CHECKING:
    from corrigenda.engines.languagetool.session import LanguageTool


class Fixer:
    """Checks and corrects one document after the other; made by `fixer`. What went wrong is in `problems`."""

    def __init__(
        self, engine: Engine, languagetool: "LanguageTool | None", ignored: Sequence[Entry], root: Path
    ) -> None:
        self.problems: list[Problem] = []
        self._engine, self._languagetool, self._ignored, self._root = engine, languagetool, ignored, root

    def check(self, document: Document) -> list[Finding]:
        """Return the document's findings, those that are ignored too."""
        from corrigenda.pipeline import external as grammar
        from corrigenda.pipeline.run import joined

        result = BatchResult()
        findings = self._engine.check_documents([document], result)[0].findings
        problems = list(result.problems)
        if self._languagetool is not None:
            more, _, own = grammar.findings(self._engine, self._languagetool, [document])
            findings = joined(self._engine, document, findings, more.get(document.path, ()))
            problems += own
        self.problems += [problem for problem in problems if problem not in self.problems]
        return list(findings)

    def ignored(self, document: Document, findings: Sequence[Finding]) -> list[Finding]:
        """Return those findings that the ignore list says are right as they stand."""
        if not self._ignored:
            return []
        report = Report("", (), (DocumentReport(document.path, "checked", tuple(findings)),), ())
        left = compare(report, self._ignored, self._root).report.documents[0].findings
        return [finding for finding in findings if finding not in left]

    def correct(self, document: Document, data: bytes, *, unsafe: bool = False) -> Corrected:
        """Return the document corrected, as `corrections.correct` says. Raises DocumentError."""
        return correct(
            document, data, self.check, unsafe=unsafe, keep=lambda findings: self.ignored(document, findings)
        )


@contextmanager
def fixer(engine: Engine, ignored: Sequence[Entry], root: Path) -> Iterator[Fixer]:
    """Give a fixer with LanguageTool where a run would have it; `root` is the project's folder."""
    from corrigenda.pipeline import external as grammar

    with grammar.languagetool(engine) as found:
        yield Fixer(engine, found, ignored, root)
