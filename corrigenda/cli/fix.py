"""`corrigenda fix`: apply corrections to files."""

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corrigenda.cli.common import configuration, fail, settings_of
from corrigenda.documents.base import Document
from corrigenda.finding import Finding

if TYPE_CHECKING:
    from corrigenda.documents.edits import Edit
    from corrigenda.engine import Engine


@dataclass
class _Tally:
    """What a run of `fix` did."""

    applied: int = 0
    files: int = 0
    left: int = 0
    problems: int = 0


@click.command(name="fix", short_help="Apply corrections to files.")
@click.argument("paths", nargs=-1, required=False)
@click.option("--unsafe", is_flag=True, help="Also apply corrections that may change the meaning.")
@click.option(
    "--interactive", "-i", is_flag=True, help="Ask about each correction, showing the sentence before and after."
)
@click.option("--decisions", metavar="FILE", help="Apply what was accepted in the HTML report.")
@click.option("--diff", is_flag=True, help="Show what would change and write nothing.")
@click.option("--backup", is_flag=True, help="Keep the original beside the file, with the ending .orig.")
@click.option("--enable", multiple=True, metavar="CHECK", help="Turn on a check or a theme.")
@click.option("--disable", multiple=True, metavar="CHECK", help="Turn off a check or a theme.")
@click.option("--config", metavar="FILE", help="Configuration file; 'none' for none.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def command(
    paths: tuple[str, ...],
    unsafe: bool,
    interactive: bool,
    decisions: str | None,
    diff: bool,
    backup: bool,
    enable: tuple[str, ...],
    disable: tuple[str, ...],
    config: str | None,
    debug: bool,
) -> None:
    """Apply corrections to PATHS: only safe ones, unless --unsafe, --interactive or --decisions says more.

    Exit codes: 0 done, 1 findings that need a person are left, 2 wrong usage, 3 a file could not be corrected.
    """
    from corrigenda.check import CheckError
    from corrigenda.discovery import discover
    from corrigenda.engine import Engine
    from corrigenda.index import load

    if not paths and not decisions:
        fail("name the files to correct, or --decisions FILE")
    if interactive and not sys.stdin.isatty():
        fail("--interactive asks questions, so it needs a terminal")
    tally = _Tally()
    if decisions is not None:
        _apply_decisions(Path(decisions), paths, tally, diff=diff, backup=backup)
        _finish(tally, diff)
    read = configuration(config)
    settings = settings_of(read, enable, disable)
    try:
        index = load(settings.check_folders, settings.disabled, settings.enabled)
    except CheckError as error:
        fail(str(error))
    engine = Engine(index, settings)
    files, problems = discover(paths, read.exclude, Path.cwd())
    for problem in problems:
        _complain(problem.path, problem.message, tally)
    for file in files:
        if file.path is None:
            fail("fix writes files; standard input cannot be corrected in place (use check --format diff)")
        _fix(file.path, file.display, engine, tally, unsafe=unsafe, interactive=interactive, diff=diff, backup=backup)
    _finish(tally, diff)


def _fix(
    path: Path,
    display: str,
    engine: "Engine",
    tally: _Tally,
    *,
    unsafe: bool,
    interactive: bool,
    diff: bool,
    backup: bool,
) -> None:
    from corrigenda.corrections import Applied, Corrected, correct
    from corrigenda.documents import reading
    from corrigenda.documents.errors import DocumentError

    try:
        data = path.read_bytes()
        document = reading.read_bytes(data, display, reading.format_of(path) or "text")
    except OSError as error:
        _complain(display, f"the file cannot be read ({error.strerror or error})", tally)
        return
    except DocumentError as error:
        _complain(display, str(error), tally)
        return

    def check(read: Document) -> list[Finding]:
        from corrigenda.engine import BatchResult

        result = BatchResult()
        reports = engine.check_documents([read], result)
        for problem in result.problems:
            _complain(problem.path, problem.message, tally)
        return list(reports[0].findings)

    if interactive:
        findings = check(document)
        edits = _ask(document, findings)
        after = reading.reader(document.format).replace(document, edits) if edits else data
        applied = tuple(Applied(findings[0], edit.text, 1) for edit in edits)
        result = Corrected(reading.read_bytes(after, display, document.format), after, applied)
    else:
        try:
            result = correct(document, data, check, unsafe=unsafe)
        except DocumentError as error:
            _complain(display, str(error), tally)
            return
    tally.left += sum(1 for finding in check(result.document) if finding.corrections)
    _put(path, document, result.document, result.data, len(result.applied), tally, diff=diff, backup=backup)


def _put(
    path: Path, before: Document, after: Document, data: bytes, applied: int, tally: _Tally, *, diff: bool, backup: bool
) -> None:
    from corrigenda.reporting.diff import unified
    from corrigenda.writing import ChangedMeanwhile, replace_file

    if not applied:
        return
    if diff:
        sys.stdout.write(unified(before, after.text))
    else:
        try:
            replace_file(path, data, expected=before.sha256, backup=backup)
        except ChangedMeanwhile as error:
            _complain(before.path, str(error), tally)
            return
        except OSError as error:
            _complain(before.path, f"the file cannot be written ({error.strerror or error}); it is as it was", tally)
            return
    tally.applied += applied
    tally.files += 1


def _ask(document: Document, findings: list[Finding]) -> "list[Edit]":
    from corrigenda.documents.edits import Edit
    from corrigenda.reporting.visible import visible

    edits: list[Edit] = []
    for number, finding in enumerate(findings, 1):
        choices = [c.text for c in finding.corrections if c.applicability.value != "display-only"]
        if not choices or (edits and finding.start < edits[-1].end):
            continue
        before, after = _around(document, finding)
        place = f"{document.path}:{finding.line}:{finding.column}"
        click.echo(f"\n{place}  {finding.severity.value}  {finding.check}  ({number} of {len(findings)})")
        click.echo(f"  {visible(finding.message)}")
        _show("-", before, finding.quote, after, "red")
        for position, choice in enumerate(choices, 1):
            _show(str(position), before, choice or "(nothing)", after, "green")
        keys = "/".join([*(str(position) for position in range(1, len(choices) + 1)), "n", "q"])
        answer = click.prompt(f"  Put in which? [{keys}]", default="n", show_default=False).strip().lower()
        if answer == "q":
            break
        if answer == "y":
            answer = "1"
        if answer.isdigit() and 1 <= int(answer) <= len(choices):
            edits.append(Edit(finding.start, finding.end, choices[int(answer) - 1]))
    return edits


def _show(mark: str, before: str, text: str, after: str, color: str) -> None:
    from corrigenda.reporting.visible import visible

    click.echo(f"  {mark} {visible(before)}{click.style(visible(text), fg=color, bold=True)}{visible(after)}")


def _around(document: Document, finding: Finding) -> tuple[str, str]:
    """Return what stands around a finding in its sentence, on one line."""
    text = document.text
    block = document.block_at(finding.start)
    low, high = (document.blocks[block].start, document.blocks[block].end) if block is not None else (0, len(text))
    start = max(low, finding.start - 70)
    end = min(high, finding.end + 70)
    before = ("…" if start > low else "") + " ".join(text[start : finding.start].split())
    after = " ".join(text[finding.end : end].split()) + ("…" if end < high else "")
    space_before = " " if finding.start > start and text[finding.start - 1].isspace() else ""
    space_after = " " if finding.end < end and text[finding.end].isspace() else ""
    return before + space_before, space_after + after


def _apply_decisions(file: Path, paths: tuple[str, ...], tally: _Tally, *, diff: bool, backup: bool) -> None:
    from corrigenda.corrections import DecisionsError, decide, read_decisions
    from corrigenda.documents import reading
    from corrigenda.documents.errors import DocumentError

    try:
        loaded = read_decisions(json.loads(file.read_text(encoding="utf-8-sig")))
    except OSError as error:
        fail(f"{file}: the decisions cannot be read ({error.strerror or error})")
    except (ValueError, DecisionsError) as error:
        fail(f"{file}: this is no file of decisions: {error}")
    chosen = {Path(path).resolve() for path in paths}
    for decisions in loaded:
        path = Path(decisions.path)
        if chosen and path.resolve() not in chosen:
            continue
        try:
            data = path.read_bytes()
            if decisions.sha256 and hashlib.sha256(data).hexdigest() != decisions.sha256:
                _complain(
                    decisions.path, "the file changed since the report was made; check it again and decide anew", tally
                )
                continue
            document = reading.read_bytes(data, decisions.path, reading.format_of(path) or "text")
            edits, refused = decide(document, decisions)
            after = reading.reader(document.format).replace(document, edits) if edits else data
            result = reading.read_bytes(after, decisions.path, document.format)
        except OSError as error:
            _complain(decisions.path, f"the file cannot be read ({error.strerror or error})", tally)
            continue
        except DocumentError as error:
            _complain(decisions.path, str(error), tally)
            continue
        for reason in refused:
            _complain(decisions.path, reason, tally)
        _put(path, document, result, after, len(edits), tally, diff=diff, backup=backup)


def _complain(path: str, message: str, tally: _Tally) -> None:
    tally.problems += 1
    click.echo(f"corrigenda: {path}: {message}", err=True)


def _finish(tally: _Tally, diff: bool) -> None:
    done = "would be made" if diff else "made"
    corrections = "1 correction" if tally.applied == 1 else f"{tally.applied} corrections"
    files = "1 file" if tally.files == 1 else f"{tally.files} files"
    click.echo(f"{corrections} {done} in {files}.", err=True)
    if tally.left:
        click.echo(f"{tally.left} more need a person: see 'corrigenda check', or --interactive.", err=True)
    sys.exit(3 if tally.problems else 1 if tally.left else 0)
