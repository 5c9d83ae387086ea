"""`corrigenda fix`: apply corrections to files."""

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from corrigenda.cli.common import (
    choice_of_checks,
    configuration,
    fail,
    files_of,
    ignore_list,
    refuse,
    settings_of,
    trust_option,
)
from corrigenda.cli.printing import pour, say, say_marked
from corrigenda.documents.document import Document
from corrigenda.finding import Finding
from corrigenda.languages import any_language
from corrigenda.reporting.base import plural

if TYPE_CHECKING:
    from corrigenda.documents.parts import Edit
    from corrigenda.fixes.decisions import Decisions
    from corrigenda.fixes.fixer import Fixer


@dataclass
class _Tally:
    """What a run of `fix` did."""

    applied: int = 0
    files: int = 0
    left: int = 0
    advice: int = 0
    """Findings that are left and have nothing to put in their place."""
    problems: int = 0


class FixOptions(NamedTuple):
    """What the command line says, option by option."""

    paths: tuple[str, ...]
    unsafe: bool
    interactive: bool
    decisions: str | None
    diff: bool
    backup: bool
    exit_zero: bool
    enable: tuple[str, ...]
    disable: tuple[str, ...]
    folders: tuple[str, ...]
    config: str | None
    trust: bool | None
    debug: bool


class _Change(NamedTuple):
    """A file before and after its corrections: its bytes as they are to be written, and how many were applied."""

    path: Path
    before: Document
    after: Document
    data: bytes
    applied: int


@click.command(name="fix", short_help="Apply corrections to files.")
@click.argument("paths", nargs=-1, required=False)
@click.option("--unsafe", is_flag=True, help="Also apply corrections that may change the meaning.")
@click.option(
    "--interactive", "-i", is_flag=True, help="Ask about each correction, showing the sentence before and after."
)
@click.option("--decisions", metavar="FILE", help="Apply what was accepted in the HTML report.")
@click.option("--diff", is_flag=True, help="Show what would change and write nothing.")
@click.option("--backup", is_flag=True, help="Keep the original beside the file, with the ending .orig.")
@click.option("--exit-zero", is_flag=True, help="End with 0 although findings that need a person are left.")
@choice_of_checks
@click.option("--config", metavar="FILE", help="Configuration file; 'none' for none.")
@trust_option
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def command(**given: Any) -> None:
    """Apply corrections to PATHS: only safe ones, unless --unsafe, --interactive or --decisions says more.

    Exit codes: 0 done, 1 findings that need a person are left, 2 wrong usage, 3 a file could not be corrected.
    """
    from corrigenda.errors import CheckError
    from corrigenda.fixes.fixer import Fixer
    from corrigenda.gate.baseline import BaselineError, read
    from corrigenda.pipeline.checker import checker
    from corrigenda.storage.atomic import sweep

    options = FixOptions(**given)
    _refuse_contradictions(options)
    tally = _Tally()
    loaded = configuration(options.config, options.trust)
    settings = settings_of(loaded, options.enable, options.disable, options.folders)
    try:
        engine = checker(settings)
        ignored = read(ignore_list(loaded))
    except CheckError as error:
        refuse(error, loaded)
    except BaselineError as error:
        fail(str(error))
    if options.decisions is not None:
        _apply_decisions(Path(options.decisions), options, tally)
        _finish(tally, options)
    files, problems = files_of(options.paths, loaded, written=True)
    for problem in problems:
        _complain(problem.path, problem.message, tally)
    if any(file.path is None for file in files):
        fail("fix writes files; standard input cannot be corrected in place (use check --format diff)")
    if not options.diff:
        for folder in {file.path.parent for file in files if file.path is not None}:
            sweep(folder)
    with engine:
        own = Fixer(engine, ignored, loaded.root())
        for file in files:
            assert file.path is not None
            if not _fix(file.path, file.display, own, options, tally):
                break
        for problem in own.problems:
            _complain(problem.path, problem.message, tally)
    _finish(tally, options)


def _refuse_contradictions(options: FixOptions) -> None:
    """Exit with 2 where options do not go together."""
    if not options.paths and not options.decisions:
        fail("name the files to correct, or --decisions FILE")
    if options.interactive and not sys.stdin.isatty():
        fail("--interactive asks questions, so it needs a terminal")
    if options.decisions is not None and (options.unsafe or options.interactive):
        fail("--decisions applies what was accepted and nothing else; --unsafe and --interactive exclude it")
    if options.interactive and options.unsafe:
        fail("--interactive asks about every correction; --unsafe excludes it")


def _fix(path: Path, display: str, own: "Fixer", options: FixOptions, tally: _Tally) -> bool:
    """Correct one file; return False when the person asked wants no more."""
    from corrigenda.documents import registry as reading
    from corrigenda.documents.errors import DocumentError

    more = True
    try:
        document, data = _read(path, display)
        if options.interactive:
            findings = own.check(document)
            right = own.ignored(document, findings)
            edits, more = _ask(document, [finding for finding in findings if finding not in right])
            data = reading.written(data, document, edits)
            after, count = reading.edited(document, edits), len(edits)
        else:
            result = own.correct(document, data, unsafe=options.unsafe)
            after, data, count = result.document, result.data, len(result.applied)
        left = own.check(after)
    except OSError as error:
        _complain(display, f"the file cannot be read ({error.strerror or error})", tally)
        return True
    except DocumentError as error:
        _complain(display, str(error), tally)
        return True
    right = own.ignored(after, left)
    open_ = [finding for finding in left if finding not in right]
    tally.left += sum(1 for finding in open_ if finding.corrections)
    tally.advice += sum(1 for finding in open_ if not finding.corrections)
    _put(_Change(path, document, after, data, count), options, tally)
    return more


def _read(path: Path, display: str) -> tuple[Document, bytes]:
    """Return a file's document and bytes, read once. Raises DocumentError."""
    from corrigenda.documents.store import DocumentStore, Source

    store, source = DocumentStore(), Source(display, path)
    return store.document(source), store.data(source)


def _put(change: _Change, options: FixOptions, tally: _Tally) -> None:
    """Write a corrected file, or show what would change in it."""
    from corrigenda.reporting.diff import unified
    from corrigenda.reporting.repository import repository
    from corrigenda.storage.atomic import BACKUP_SUFFIX, ChangedMeanwhile, correct_file

    if not change.applied:
        return
    before = change.before
    if options.diff:
        root = repository([before.path], os.environ)
        pour(unified(before, change.after.text, root.path(before.path) if root is not None else before.path))
    else:
        try:
            written = correct_file(change.path, change.data, expected=before.sha256, backup=options.backup)
        except ChangedMeanwhile as error:
            _complain(before.path, str(error), tally)
            return
        except OSError as error:
            _complain(before.path, f"the file cannot be written ({error.strerror or error}); it is as it was", tally)
            return
        if written.lost:
            say(f"corrigenda: {before.path}: could not be kept: {', '.join(written.lost)}", err=True)
        if written.backup is not None and not written.backup.name.endswith(BACKUP_SUFFIX):
            say(f"corrigenda: {before.path}: the original is kept as {written.backup.name}", err=True)
    tally.applied += change.applied
    tally.files += 1


def _ask(document: Document, findings: list[Finding]) -> "tuple[list[Edit], bool]":
    """Ask about each correction; return the edits wanted, and whether the next file is to be asked about."""
    from corrigenda.documents.edits import widened
    from corrigenda.documents.parts import Edit
    from corrigenda.reporting.base import usable

    edits: list[Edit] = []
    for number, finding in enumerate(findings, 1):
        choices = [correction.text for correction in usable(finding)]
        if not choices or (edits and finding.start < edits[-1].end):
            continue
        before, after = _around(document, finding)
        place = f"{document.path}:{finding.place}"
        say()
        say(f"{place}  {finding.severity.value}  {finding.check}  ({number} of {len(findings)})")
        say(f"  {finding.message}")
        _show("-", before, finding.quote, after, "red")
        for position, choice in enumerate(choices, 1):
            _show(str(position), before, choice, after, "green")
        keys = "/".join([*(str(position) for position in range(1, len(choices) + 1)), "n", "q"])
        answer = _answer(f"  Put in which? [{keys}]", len(choices))
        if answer is None:
            return edits, False
        if answer:
            edit = Edit(finding.start, finding.end, choices[answer - 1])
            wide = widened(document.text, edit)
            edits.append(edit if edits and wide.start < edits[-1].end else wide)
    return edits, True


def _answer(question: str, most: int) -> int | None:
    """Return the number chosen, 0 for none of them, None for no more questions; ask again for anything else."""
    while True:
        try:
            answer = click.prompt(question, default="n", show_default=False).strip().lower()
        except click.Abort:  # Ctrl-C or Ctrl-D: keep what was decided so far
            say()
            return None
        if answer in ("q", "quit"):
            return None
        if answer in ("n", "no"):
            return 0
        if answer in ("y", "yes"):
            return 1
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= most:
            return int(answer)
        say("  A number puts that one in, n leaves the words as they are, q ends.")


def _show(mark: str, before: str, text: str, after: str, color: str) -> None:
    say_marked(f"  {mark} {before}", " ".join(text.split()) if text.strip() else text, after, color)


def _around(document: Document, finding: Finding) -> tuple[str, str]:
    """Return what stands before and after a finding in its sentence, each on one line."""

    text = document.text
    number = document.block_at(finding.start)
    low, high = 0, len(text)
    if number is not None:
        block = document.blocks[number]
        low, high = block.start, block.end
        at, to = block.view.from_document(finding.start), block.view.from_document(finding.end)
        spans = [
            (start, end)
            for start, end in any_language(document.language).sentences(block.view.text)
            if start < max(to, at + 1) and end > at
        ]
        if spans:
            whole = block.view.to_document(spans[0][0], spans[-1][1])
            low, high = min(whole.start, finding.start), max(whole.end, finding.end)
    start = max(low, finding.start - _CONTEXT)
    end = min(high, finding.end + _CONTEXT)
    before = ("…" if start > low else "") + _folded(text[start : finding.start]).lstrip()
    after = _folded(text[finding.end : end]).rstrip() + ("…" if end < high else "")
    return before, after


_CONTEXT = 400
"""Most characters shown on each side: a whole sentence, and no more of what is none."""


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _apply_decisions(file: Path, options: FixOptions, tally: _Tally) -> None:
    from corrigenda.fixes.decisions import DecisionsError, load_decisions, target

    try:
        loaded = load_decisions(file)
    except OSError as error:
        fail(f"{file}: the decisions cannot be read ({error.strerror or error})")
    except DecisionsError as error:
        fail(f"{file}: this is no file of decisions: {error}")
    named = _named(options.paths, tally)
    for decisions in loaded:
        try:
            path = target(decisions.path, named, Path.cwd())
        except ValueError:
            _complain(decisions.path, "The path holds a character that no file name can have.", tally)
        except OSError as error:
            _complain(decisions.path, f"nothing is corrected there: {error.strerror or error}", tally)
        else:
            if path is not None:
                _apply(decisions, path, options, tally)


def _named(paths: Sequence[str], tally: _Tally) -> set[str]:
    """Return the files that the command line names, without links; say of a link that leads out that it is refused."""
    from corrigenda.storage import confined

    named: set[str] = set()
    for path in paths:
        try:
            named.add(confined.resolved(path))
        except OSError as error:
            _complain(path, f"nothing is corrected there: {error.strerror or error}", tally)
    return named or set(paths)  # what was refused stays named, so that nothing else is corrected in its place


def _apply(decisions: "Decisions", path: Path, options: FixOptions, tally: _Tally) -> None:
    """Put what was accepted for one document into its file."""
    from corrigenda.documents import registry as reading
    from corrigenda.documents.errors import DocumentError
    from corrigenda.fixes.decisions import decide

    try:
        document, data = _read(path, decisions.path)
        if document.sha256 != decisions.sha256:
            _complain(
                decisions.path, "the file changed since the report was made; check it again and decide anew", tally
            )
            return
        edits, refused = decide(document, decisions)
        after = reading.written(data, document, edits)
        result = reading.edited(document, edits)
    except OSError as error:
        _complain(decisions.path, f"the file cannot be read ({error.strerror or error})", tally)
        return
    except DocumentError as error:
        _complain(decisions.path, str(error), tally)
        return
    for reason in refused:
        _complain(decisions.path, reason, tally)
    _put(_Change(path, document, result, after, len(edits)), options, tally)


def _complain(path: str, message: str, tally: _Tally) -> None:
    tally.problems += 1
    say(f"corrigenda: {path}: {message}", err=True)


def _finish(tally: _Tally, options: FixOptions) -> None:
    done = "would be made" if options.diff else "made"
    say(f"{plural(tally.applied, 'correction')} {done} in {plural(tally.files, 'file')}.", err=True)
    if tally.left:
        need = "1 more needs" if tally.left == 1 else f"{tally.left:,} more need"
        say(f"{need} a person: see 'corrigenda check', or --interactive.", err=True)
    if tally.advice:
        without = f"{plural(tally.advice, 'finding')} {'has' if tally.advice == 1 else 'have'}"
        say(f"{without} no correction to offer: see 'corrigenda check'.", err=True)
    sys.exit(3 if tally.problems else 1 if tally.left and not options.exit_zero else 0)
