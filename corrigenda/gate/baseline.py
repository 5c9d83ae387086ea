"""The baseline and the ignore list: findings that are known, and fail no build.

Both are keyed by content, never by line: a finding is known again by its check, what it quotes and the words around
it (its fingerprint), so edits elsewhere in the file leave it alone. The **baseline** holds what was there on the day
it was recorded; it shrinks by itself as findings are fixed, and grows only when asked to. The **ignore list** holds
what an editor has judged to be right, each with a reason. Each is one file of JSON lines, sorted, so that changes read
well.
"""

import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from corrigenda.finding import DocumentReport, Finding, Report
from corrigenda.storage import confined

LARGEST = 64 * confined.MIB
"""Bytes of a file of entries: some 300,000 of them."""

_TRIES = 100
"""Times that a file is read anew since another run wrote it meanwhile."""


class BaselineError(ValueError):
    """A baseline or ignore list that cannot be read: the file, the line and what is wrong."""


class Entry(NamedTuple):
    """One known finding. `path` is "" where it holds in every document; `quote` and `reason` are for people."""

    path: str
    check: str
    fingerprint: str
    quote: str
    reason: str = ""


def located(display: str, root: Path) -> str:
    """Return the path by which entries know a document: from the project's folder, wherever a run begins."""
    if display == "-":
        return display
    try:
        return Path(os.path.relpath(Path.cwd() / display, root)).as_posix()
    except ValueError:  # on Windows, another drive
        return display


def entry_of(path: str, finding: Finding, reason: str = "") -> Entry:
    """Return the entry that knows a finding again."""
    return Entry(path, finding.check, finding.fingerprint, finding.quote[:120], reason)


class Looked(NamedTuple):
    """What a file held when it was read: its entries, and by what it is known that it still holds them."""

    entries: list[Entry]
    state: str


def look(file: Path) -> Looked:
    """Read a file of entries, to be changed later; a missing one is empty. Raises BaselineError."""
    data = _data(file)
    return Looked(_parsed(data, file), hashlib.sha256(data).hexdigest() if data is not None else "")


def read(file: Path) -> list[Entry]:
    """Read a file of entries; a missing one is empty. Raises BaselineError."""
    return look(file).entries


def update(file: Path, change: Callable[[list[Entry]], Iterable[Entry]], looked: Looked | None = None) -> None:
    """Write what a function makes of the entries of a file; nothing that another run writes meanwhile is lost.

    Args:
        file: The file.
        change: Makes the new entries of the old ones; called again where another run wrote the file.
        looked: What the file held, where it was read already.

    Raises:
        BaselineError: The file cannot be read.
        OSError: It cannot be written.
    """
    # deferred: a run reads a baseline and seldom writes one
    from corrigenda.storage.atomic import ChangedMeanwhile, write_output

    for _ in range(_TRIES):
        old = looked or look(file)
        looked = None
        changed = _bytes(change(old.entries))
        _refuse_git(file)
        try:
            write_output(file, changed, expected=old.state)
        except ChangedMeanwhile:
            continue
        return
    raise OSError(errno.EBUSY, "other runs are writing it; try again")


def _data(file: Path) -> bytes | None:
    """Return a file's bytes, None for one that is missing. Raises BaselineError."""
    try:
        return confined.read_bytes(file, limit=LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BaselineError(f"{file}: the file cannot be read ({error.strerror or error})") from error


def _parsed(data: bytes | None, file: Path) -> list[Entry]:
    try:
        text = (data or b"").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BaselineError(f"{file}: the file cannot be read (it is not UTF-8; save it as UTF-8)") from error
    result: list[Entry] = []
    # Only "\n" ends a line: a name may hold U+2028 and what else Python takes for the end of one.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            result.append(_entry(json.loads(line)))
        except (TypeError, ValueError, RecursionError) as error:
            why = "it is nested too deeply" if isinstance(error, RecursionError) else error
            raise BaselineError(
                f"{file}:{number}: this line is not an entry ({why}); record the baseline again, or remove the line"
            ) from error
    return result


def _entry(row: object) -> Entry:
    """Return the entry of a parsed line. Raises TypeError."""
    if not isinstance(row, dict):
        raise TypeError("it holds no object")
    values: list[Any] = [row.get(name, default) for name, default in _FIELDS]
    if {*map(type, values)} != {str}:
        name, value = next(
            (name, value) for (name, _), value in zip(_FIELDS, values, strict=True) if type(value) is not str
        )
        raise TypeError(f"it lacks {name!r}" if value is None else f"its {name!r} is no string")
    return Entry(*values)


_FIELDS = (("path", None), ("check", None), ("fingerprint", None), ("quote", ""), ("reason", ""))
"""What an entry has, and what stands for a value that is not there."""


def write(file: Path, entries: Iterable[Entry]) -> None:
    """Write entries, sorted, in one step; a link that leads out of the project is refused. Raises OSError."""
    # deferred: a run reads a baseline and seldom writes one
    from corrigenda.storage.atomic import write_output

    _refuse_git(file)
    write_output(file, _bytes(entries))


def _refuse_git(file: Path) -> None:
    """Raise OSError for a file in git's own folder: a configuration may name it, and git would take it for its own."""
    if ".git" in file.parts:
        raise confined.Refused("it would lie in git's own folder")


def _bytes(entries: Iterable[Entry]) -> bytes:
    lines = []
    for entry in sorted(entries):
        row = {"path": entry.path, "check": entry.check, "fingerprint": entry.fingerprint, "quote": entry.quote}
        if entry.reason:
            row["reason"] = entry.reason
        lines.append(json.dumps(row, ensure_ascii=False))
    return ("\n".join(lines) + "\n" if lines else "").encode("utf-8", "surrogatepass")


class KnownFiles(NamedTuple):
    """Where known findings are kept: the baseline and the ignore list, and the folder that their paths begin at."""

    baseline: Path
    ignored: Path
    root: Path


CouldRun = Callable[[str, str], bool]
"""Whether a check, by its id, was at work in the document of an entry's path. Only then is an entry without a finding
fixed."""


def nothing_ran(check: str, path: str) -> bool:
    """The judgement of a run that says nothing about what it did not find."""
    return False


class Compared(NamedTuple):
    """A report without the findings that are known.

    `known` counts these; `fixed` are the entries whose check ran and found nothing any more; `moved` those of a file
    that is gone whose finding stands in another one, each with the entry that knows it there; `unseen` those that this
    run says nothing about.
    """

    report: Report
    known: int
    fixed: tuple[Entry, ...]
    unseen: tuple[Entry, ...]
    moved: tuple[tuple[Entry, Entry], ...] = ()


def compare(
    report: Report,
    entries: Iterable[Entry],
    root: Path,
    could_run: CouldRun = nothing_ran,
    gone: frozenset[str] = frozenset(),
) -> Compared:
    """Take the known findings out of a report.

    An entry with a path speaks of that document, one without of all. Two equal findings need two entries. Where a
    document is gone its entries follow what it said into other documents, since it was renamed or split.

    Args:
        report: A run's report.
        entries: The known findings.
        root: The project's folder, where entries' paths begin.
        could_run: Whether a check was at work; asked about entries of documents that were checked. By default nothing
            was, so nothing is fixed.
        gone: The paths of entries whose documents are gone.
    """
    left: dict[tuple[str, str], list[Entry]] = {}
    everywhere: set[str] = set()
    for entry in entries:
        if entry.path:
            left.setdefault((entry.path, entry.fingerprint), []).append(entry)
        else:
            everywhere.add(entry.fingerprint)
    known = 0
    documents: list[DocumentReport] = []
    checked: set[str] = set()
    for document in report.documents:
        kept: list[Finding] = []
        place = located(document.path, root)
        if document.status != "not checked":
            checked.add(place)
        for finding in document.findings:
            same = left.get((place, finding.fingerprint))
            if finding.fingerprint in everywhere:
                known += 1
            elif same:
                same.pop()
                known += 1
            else:
                kept.append(finding)
        documents.append(document._replace(findings=tuple(kept)))
    documents, moved = _followed(documents, left, root, gone)
    known += len(moved)
    fixed: list[Entry] = []
    unseen: list[Entry] = []
    asked: dict[tuple[str, str], bool] = {}
    for _, same in sorted(left.items()):
        for entry in same:
            what = (entry.check, entry.path)
            if what not in asked:
                asked[what] = entry.path in checked and could_run(*what)
            (fixed if asked[what] else unseen).append(entry)
    return Compared(report._replace(documents=tuple(documents)), known, tuple(fixed), tuple(unseen), tuple(moved))


def _followed(
    documents: list[DocumentReport], left: dict[tuple[str, str], list[Entry]], root: Path, gone: frozenset[str]
) -> tuple[list[DocumentReport], list[tuple[Entry, Entry]]]:
    """Take findings of documents that are gone out of those where they stand now, and their entries out of `left`."""
    waiting: dict[str, list[list[Entry]]] = {}
    for (path, name), same in sorted(left.items()) if gone else ():
        if path in gone and same:
            waiting.setdefault(name, []).append(same)
    if not waiting:
        return documents, []
    moved: list[tuple[Entry, Entry]] = []
    result: list[DocumentReport] = []
    for document in documents:
        place = located(document.path, root)
        kept: list[Finding] = []
        for finding in document.findings:
            entries = next((same for same in waiting.get(finding.fingerprint, ()) if same), [])
            if entries:
                entry = entries.pop()
                moved.append((entry, entry._replace(path=place)))
            else:
                kept.append(finding)
        result.append(document._replace(findings=tuple(kept)))
    return result, moved


def recorded(report: Report, root: Path) -> list[Entry]:
    """Return the entries for everything in a report, but for what is said of suppression comments: a comment that does
    not do what somebody relies on is to be corrected, not known.
    """
    return [
        entry_of(located(document.path, root), finding)
        for document in report.documents
        for finding in document.findings
        if not finding.check.startswith(_OF_COMMENTS)
    ]


_OF_COMMENTS = "suppression/"


class Recorded(NamedTuple):
    """What recording did: findings and documents recorded, entries fixed, moved and dropped since their files are gone,
    and entries whose check could not run.
    """

    recorded: int
    documents: int
    fixed: tuple[Entry, ...]
    unseen: tuple[Entry, ...]
    moved: int = 0
    gone: int = 0


def record(
    report: Report,
    files: KnownFiles,
    could_run: CouldRun,
    *,
    shrink: bool,
    gone: Callable[[Iterable[Entry]], frozenset[str]],
    looked_for: Callable[[Iterable[str]], frozenset[str]],
) -> Recorded:
    """Write the findings of a run into the baseline; what the run says nothing about stays in it.

    Args:
        report: The run's report.
        files: The files of known findings.
        could_run: Whether a check was at work.
        shrink: Whether new findings are left out.
        gone: Returns the paths of entries whose documents are gone.
        looked_for: Returns those of some paths that the run would have met.

    Raises:
        BaselineError: A file cannot be read.
        OSError: The baseline cannot be written.
    """
    right = read(files.ignored)
    report = compare(report, right, files.root, gone=gone(right)).report
    checked = {located(document.path, files.root) for document in report.documents if document.status != "not checked"}
    found = recorded(report, files.root)
    done: list[Recorded] = []

    def change(old: list[Entry]) -> list[Entry]:
        away = gone(old)
        compared = compare(report, old, files.root, could_run, away)
        known = {(entry.path, entry.fingerprint) for entry in (*old, *(new for _, new in compared.moved))}
        now = [entry for entry in found if not shrink or (entry.path, entry.fingerprint) in known]
        dropped = looked_for(away)
        elsewhere = [entry for entry in compared.unseen if entry.path not in checked | dropped]
        unseen = tuple(entry for entry in compared.unseen if entry.path in checked)
        lost = len(compared.unseen) - len(elsewhere) - len(unseen)
        done.append(Recorded(len(now), len(checked), compared.fixed, unseen, len(compared.moved), lost))
        return [*elsewhere, *unseen, *now]

    update(files.baseline, change)
    return done[-1]
