"""Documents that known findings speak of and that are gone: moved, or deleted."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from corrigenda.finding import Report
from corrigenda.gate.baseline import Entry, located


def gone(entries: Iterable[Entry], report: Report, root: Path) -> frozenset[str]:
    """Return those of some entries' paths whose files are gone.

    What this run met is not, nor is what a sparse checkout leaves out.

    Args:
        entries: The known findings.
        report: A run's report.
        root: The folder that entries' paths begin at.
    """
    shown = {document.path for document in report.documents} | {problem.path for problem in report.problems}
    met = {"", "-"} | {located(path, root) for path in shown}
    missing = {path for path in {entry.path for entry in entries} - met if not os.path.lexists(root / path)}
    if not missing:
        return frozenset()
    # deferred: most runs find every file where it was
    from corrigenda.gate.git_changes import left_out

    absent = left_out(root)
    return frozenset(path for path in missing if os.path.normpath(root / path) not in absent)


def looked_for(paths: Iterable[str], arguments: Sequence[str], root: Path) -> frozenset[str]:
    """Return those of some entries' paths that lie in a folder which the arguments of a command name: a run over the
    folder would have met the file.
    """
    folders = [folder for folder in map(os.path.abspath, arguments) if Path(folder).is_dir()]
    return frozenset(
        path for path in paths if any(Path(os.path.normpath(root / path)).is_relative_to(folder) for folder in folders)
    )
