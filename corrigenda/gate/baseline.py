"""The baseline and the ignore list: findings that are known, and fail no build.

Both are keyed by content, never by line: a finding is known again by its check, what it quotes and the words around
it (its fingerprint), so edits elsewhere in the file leave it alone. The **baseline** holds what was there on the day
it was recorded; it shrinks by itself as findings are mended, and grows only when asked to. The **ignore list** holds
what an editor has judged to be right, each with a reason. Each is one file of JSON lines, sorted, so that changes read
well.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corrigenda.finding import DocumentReport, Finding, Report
from corrigenda.settings import Settings


class BaselineError(ValueError):
    """A baseline or ignore list that cannot be read: the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
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


def read(file: Path) -> list[Entry]:
    """Read a file of entries; a missing one is empty. Raises BaselineError."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise BaselineError(f"{file}: the file cannot be read ({error})") from error
    result: list[Entry] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            result.append(
                Entry(row["path"], row["check"], row["fingerprint"], row.get("quote", ""), row.get("reason", ""))
            )
        except (ValueError, KeyError, TypeError) as error:
            raise BaselineError(
                f"{file}:{number}: this line is no entry ({error}); record the baseline again, or remove the line"
            ) from error
    return result


def write(file: Path, entries: Iterable[Entry]) -> None:
    """Write entries, sorted, in one step."""
    from corrigenda.storage.atomic import replace_file

    lines = []
    for entry in sorted(entries):
        row = {"path": entry.path, "check": entry.check, "fingerprint": entry.fingerprint, "quote": entry.quote}
        if entry.reason:
            row["reason"] = entry.reason
        lines.append(json.dumps(row, ensure_ascii=False))
    replace_file(file, ("\n".join(lines) + "\n" if lines else "").encode("utf-8", "surrogatepass"))


@dataclass(frozen=True)
class Compared:
    """A report without the findings that are known; how many were known, and which entries found nothing any more."""

    report: Report
    known: int
    mended: tuple[Entry, ...]


def compare(report: Report, entries: Iterable[Entry], root: Path) -> Compared:
    """Take the known findings out of a report; `root` is the project's folder, where entries' paths begin.

    An entry with a path speaks of that document, one without of all. Two equal findings need two entries. Entries of
    documents that were not checked in this run say nothing about what was mended.
    """
    wanted: Counter[tuple[str, str]] = Counter()
    everywhere: set[str] = set()
    by_key: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if entry.path:
            wanted[entry.path, entry.fingerprint] += 1
            by_key.setdefault((entry.path, entry.fingerprint), []).append(entry)
        else:
            everywhere.add(entry.fingerprint)
    left = Counter(wanted)
    known = 0
    documents: list[DocumentReport] = []
    checked: set[str] = set()
    for document in report.documents:
        kept: list[Finding] = []
        place = located(document.path, root)
        if document.status != "not checked":
            checked.add(place)
        for finding in document.findings:
            key = (place, finding.fingerprint)
            if finding.fingerprint in everywhere:
                known += 1
            elif left[key] > 0:
                left[key] -= 1
                known += 1
            else:
                kept.append(finding)
        documents.append(replace(document, findings=tuple(kept)))
    mended = [
        entry
        for (path, fingerprint), count in sorted(left.items())
        if count > 0 and path in checked
        for entry in by_key[path, fingerprint][:count]
    ]
    return Compared(replace(report, documents=tuple(documents)), known, tuple(mended))


def recorded(report: Report, root: Path) -> list[Entry]:
    """Return the entries for everything in a report."""
    return [
        entry_of(located(document.path, root), finding)
        for document in report.documents
        for finding in document.findings
    ]


def seen_by(entries: Iterable[Entry], report: Report, settings: Settings) -> Iterator[Entry]:
    """Yield the entries whose checks were at work in a run: what they found once and not again is mended.

    A check that is off, or whose engine did not run, says nothing.
    """
    from corrigenda.pipeline.index import load

    index = load(settings.check_folders, settings.disabled, settings.enabled)
    idle = {engine.name for engine in report.engines if engine.status not in ("ran", "not needed")}
    if report.problems:
        return
    able: dict[str, bool] = {}
    for rule in index.rules:
        engine = "languagetool" if rule.check.detector == "languagetool" else "spacy"
        needed = engine == "languagetool" or rule.needs != "text"
        able[rule.check.id] = able.get(rule.check.id, True) and not (needed and engine in idle)
    for entry in entries:
        if able.get(entry.check, False):
            yield entry
