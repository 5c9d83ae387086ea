"""What is known and fails no run, and when an entry of the baseline is fixed."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from corrigenda.engines.engine import able
from corrigenda.finding import Report
from corrigenda.gate import baseline
from corrigenda.gate.baseline import CouldRun, Entry, KnownFiles
from corrigenda.gate.gone import gone, looked_for
from corrigenda.rules.rule import CompiledCheck
from corrigenda.settings import Settings


class New(NamedTuple):
    """What is left of a report when known findings are taken out.

    `fixed` are the entries that were taken out of the baseline, of which `left` are still there; `moved` counts those
    that followed a file, `gone` those that were taken out since their file is gone. `trouble` says why the baseline
    could not be written.
    """

    report: Report
    known: int = 0
    fixed: tuple[Entry, ...] = ()
    left: int = 0
    trouble: str = ""
    moved: int = 0
    gone: int = 0


def leave_out_known(
    report: Report,
    files: KnownFiles,
    could_run: Callable[[], CouldRun],
    *,
    shrink: bool,
    arguments: Sequence[str] = (),
) -> New:
    """Take known findings out of a report, and what was fixed out of the baseline.

    Args:
        report: A run's report.
        files: Where known findings are kept; a file that is not there is empty.
        could_run: Gives the judgement whether a check was at work; called when there are known findings.
        shrink: Whether the baseline is written without what was fixed, and without files that are gone.
        arguments: The paths that the command was given.

    Raises:
        BaselineError: A file cannot be read.
    """
    looked = baseline.look(files.baseline)
    known = looked.entries
    right = baseline.read(files.ignored)
    if not known and not right:
        return New(report)
    away = gone((*known, *right), report, files.root)
    judged = baseline.compare(report, right, files.root, gone=away)
    ran = could_run() if shrink and known else baseline.nothing_ran
    compared = baseline.compare(judged.report, known, files.root, ran, away)
    number = judged.known + compared.known
    new = New(compared.report._replace(known=number), number)
    dropped = looked_for(away, arguments, files.root) if shrink and away else frozenset()
    lost = tuple(entry for entry in compared.unseen if entry.path in dropped)
    moved = compared.moved if shrink else ()
    if not (compared.fixed or moved or lost):
        return new
    return _shrunk(new, files.baseline, looked, Shrinking(compared.fixed, moved, lost))


class Shrinking(NamedTuple):
    """What becomes of entries: fixed ones and those of lost files go, moved ones are written anew."""

    fixed: tuple[Entry, ...]
    moved: tuple[tuple[Entry, Entry], ...] = ()
    lost: tuple[Entry, ...] = ()


def _shrunk(new: New, file: Path, looked: baseline.Looked, what: Shrinking) -> New:
    left: list[Entry] = []

    def without(known: list[Entry]) -> list[Entry]:
        taken = Counter((*what.fixed, *what.lost, *(old for old, _ in what.moved)))
        left[:] = [now for _, now in what.moved]
        for entry in known:
            if taken[entry]:  # of two equal entries one may be fixed
                taken[entry] -= 1
            else:
                left.append(entry)
        return left

    try:
        baseline.update(file, without, looked)
    except OSError as error:
        return new._replace(trouble=f"{file}: the baseline cannot be written ({error.strerror or error})")
    return new._replace(fixed=what.fixed, left=len(left), moved=len(what.moved), gone=len(what.lost))


def judge(report: Report, settings: Settings, checks: Mapping[str, CompiledCheck], *, whole: bool = False) -> CouldRun:
    """Return the judgement whether a check could do its work in a run.

    It could not when it or its theme is off, for that document or altogether, or when an engine that its findings
    depend on did not run, or when it compares a text with its source and there was none; and nothing can be said of a
    run that met problems. A check that compares documents could
    only when the run is `whole`, over all documents that were there when its findings were recorded: that only the user
    knows.
    """
    statuses = {engine.name: engine for engine in report.engines}
    # Entries' paths begin at the project's folder already.
    settings = settings._replace(prefix="")
    with_source = [document.path for document in report.documents if document.source]

    def could_run(identity: str, path: str) -> bool:
        check = checks.get(identity)
        if check is None or report.problems or not able(check, statuses):
            return False
        if check.scope == "collection" and not whole:
            return False
        if check.paired and not any(path == own or path.endswith(f"/{own}") for own in with_source):
            return False
        return check.is_on(settings.disabled, settings.enabled) and settings.is_on(check.id, path)

    return could_run
