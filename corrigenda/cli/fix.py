"""`corrigenda fix`: apply corrections to files."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from corrigenda.cli.common import (
    choice_of_checks,
    configuration,
    fail,
    field_options,
    files_of,
    ignore_list,
    paired,
    refuse,
    settings_of,
    source_file_option,
    source_option,
    trust_option,
)
from corrigenda.cli.printing import pour, say
from corrigenda.cli.progress import Progress
from corrigenda.documents.document import Document
from corrigenda.reporting.base import plural
from corrigenda.settings import ReadingOptions
from corrigenda.workspace.config import Config

if TYPE_CHECKING:
    from corrigenda.cli.asking import Standing
    from corrigenda.documents.store import Source
    from corrigenda.fixes.decisions import Decisions
    from corrigenda.fixes.fixer import Fixer
    from corrigenda.gate.baseline import Entry


@dataclass
class _Tally:
    """What a run of `fix` did, and what it is to be told."""

    applied: int = 0
    files: int = 0
    left: int = 0
    advice: int = 0
    """Findings that are left and have nothing to put in their place."""
    problems: int = 0
    rejected: "list[Entry]" = field(default_factory=list)
    """For the ignore list: what the person judged to be right as it stands."""
    standing: "Standing" = field(default_factory=dict)
    """What was decided about all of one name."""
    broken_off: bool = False
    """Whether the person wanted no more questions."""


class FixOptions(NamedTuple):
    """What the command line says, option by option."""

    paths: tuple[str, ...]
    unsafe: bool
    interactive: bool
    decisions: str | None
    diff: bool
    backup: bool
    exit_zero: bool
    ignore_rejected: bool | None
    enable: tuple[str, ...]
    disable: tuple[str, ...]
    folders: tuple[str, ...]
    fields: ReadingOptions
    config: str | None
    source_language: str | None
    source: str | None
    quiet: bool
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
@click.option(
    "--ignore-rejected/--no-ignore-rejected",
    "ignore_rejected",
    default=None,
    help="Whether what you reject goes into the ignore list, with your reason, and is not said again; "
    "--interactive asks, --decisions does it only when told.",
)
@click.option("--diff", is_flag=True, help="Show what would change and write nothing.")
@click.option("--backup", is_flag=True, help="Keep the original beside the file, with the ending .orig.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when findings that need a person are left.")
@choice_of_checks
@field_options
@click.option("--config", metavar="FILE", help="Configuration file; 'none' for none.")
@source_option
@source_file_option
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what went wrong.")
@trust_option
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def command(**given: Any) -> None:
    """Apply corrections to PATHS: only safe ones, unless --unsafe, --interactive or --decisions says more.

    --interactive has the keys of the HTML report; ? lists them.

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
    if options.source_language is not None:
        loaded = loaded._replace(source_language=options.source_language)
    settings = settings_of(loaded, options.enable, options.disable, options.folders, options.fields)
    # Reading a text whole takes long and brings no correction: only who decides on each finding has a use for it.
    settings = settings._replace(reading=options.interactive or options.decisions is not None)
    try:
        engine = checker(settings)
        ignored = read(ignore_list(loaded))
    except CheckError as error:
        refuse(error, loaded)
    except BaselineError as error:
        fail(str(error))
    if options.decisions is not None:
        with engine:
            own = Fixer(engine, ignored, loaded.root())
            _apply_decisions(Path(options.decisions), own, options, tally)
        _ignore_rejected(tally, options, loaded)
        _finish(tally, options)
    files, problems = files_of(options.paths, loaded, written=True, quiet=options.quiet)
    for problem in problems:
        _complain(problem.path, problem.message, tally)
    if any(file.path is None for file in files):
        fail("fix writes files; standard input cannot be corrected in place (use check --format diff)")
    pairs = paired(files, loaded, settings, options.source, written=True, quiet=options.quiet)
    for problem in pairs.problems:
        _complain(problem.path, problem.message, tally)
    files = pairs.files
    if not options.diff:
        for folder in {file.path.parent for file in files if file.path is not None}:
            sweep(folder)
    with engine:
        own = Fixer(engine, ignored, loaded.root())
        # Where questions are asked, or a diff is shown, the person sees how far it is.
        with Progress(len(files), quiet=options.interactive or options.diff or options.quiet) as progress:
            for number, file in enumerate(files):
                assert file.path is not None
                progress(number, len(files), "corrections")
                if not _fix(pairs.source(file), own, options, tally):
                    break
        for problem in own.problems:
            _complain(problem.path, problem.message, tally)
    _ignore_rejected(tally, options, loaded)
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


def _fix(source: "Source", own: "Fixer", options: FixOptions, tally: _Tally) -> bool:
    """Correct one file; return False when the person asked wants no more."""
    path, display = source.path, source.display
    assert path is not None, "fix corrects files"
    from corrigenda.cli.asking import ask
    from corrigenda.documents import registry as reading
    from corrigenda.documents.errors import DocumentError

    more = True
    try:
        document, data = _read(source, own)
        if options.interactive:
            findings = own.check(document)
            right = own.ignored(document, findings)
            outcome = ask(document, [finding for finding in findings if finding not in right], tally.standing)
            more, edits = outcome.more, outcome.edits
            data = reading.written(data, document, edits)
            after, count = reading.edited(document, edits), len(edits)
        else:
            result = own.correct(document, data, unsafe=options.unsafe)
            after, data, count = result.document, result.data, len(result.applied)
        left = own.check(after)
        if options.interactive:
            rejected = own.entries(document, outcome.rejected, edits, left)
            tally.rejected += rejected
            known = {entry.fingerprint for entry in rejected}
            left = [finding for finding in left if finding.fingerprint not in known]
            tally.broken_off = not more
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


def _read(source: "Source", own: "Fixer", options: ReadingOptions | None = None) -> tuple[Document, bytes]:
    """Return a file's document and bytes, read once, with some options or else as the settings say.

    Raises DocumentError.
    """
    from corrigenda.documents.errors import Unreadable
    from corrigenda.documents.store import DocumentStore, origin_name

    settings = own.settings
    if options is not None:
        settings = settings._replace(reading_options=options, overrides=())
    store = DocumentStore.under(settings)
    fault = store.missing(source)  # corrections rest on the source, so without it nothing is corrected
    if fault:
        raise Unreadable(f"Its source {origin_name(source)} cannot be read: {fault}")
    return store.document(source), store.data(source)


def _put(change: _Change, options: FixOptions, tally: _Tally) -> None:
    """Write a corrected file, or show what would change in it."""
    from corrigenda.documents.registry import text_as_written
    from corrigenda.reporting.diff import unified
    from corrigenda.reporting.repository import repository
    from corrigenda.storage.atomic import BACKUP_SUFFIX, ChangedMeanwhile, correct_file

    if not change.applied:
        return
    before = change.before
    if options.diff:
        root = repository([before.path], os.environ)
        after = text_as_written(change.after, change.data)
        pour(unified(before, after, root.path(before.path) if root is not None else before.path))
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
        if written.backup is not None and not options.quiet and not written.backup.name.endswith(BACKUP_SUFFIX):
            say(f"corrigenda: {before.path}: the original is kept as {written.backup.name}", err=True)
    tally.applied += change.applied
    tally.files += 1


def _ignore_rejected(tally: _Tally, options: FixOptions, config: Config) -> None:
    """Put what was rejected into the ignore list, if the person says so."""
    # deferred: most runs reject nothing
    from corrigenda.gate.baseline import BaselineError
    from corrigenda.gate.ignoring import add

    if not tally.rejected or options.diff:
        return
    many = plural(len(tally.rejected), "finding")
    wanted = options.ignore_rejected
    if wanted is None and options.interactive and not tally.broken_off:
        say()
        wanted = click.confirm(f"{many} rejected. Into the ignore list, so that they are not said again?", default=True)
    if not wanted:
        if wanted is None and not options.quiet:
            say(
                f"{many} rejected; with --ignore-rejected they go into the ignore list and are not said again.",
                err=True,
            )
        return
    file = ignore_list(config)
    try:
        fresh = add(file, tally.rejected)
    except BaselineError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{file}: the ignore list cannot be written ({error.strerror or error})", 3)
    if not options.quiet:
        say(f"{plural(len(fresh), 'entry', 'entries')} added to {file}.", err=True)


def _apply_decisions(file: Path, own: "Fixer", options: FixOptions, tally: _Tally) -> None:
    from corrigenda.fixes.decisions import DecisionsError, load_decisions, target

    try:
        loaded = load_decisions(file)
    except OSError as error:
        fail(f"{file}: the decisions cannot be read ({error.strerror or error})")
    except DecisionsError as error:
        fail(f"{file}: this is not a decisions file: {error}")
    named = _named(options.paths, tally)
    for decisions in loaded:
        try:
            path = target(decisions.path, named, Path.cwd())
        except ValueError:
            _complain(decisions.path, "The path contains a character that no file name can have.", tally)
        except OSError as error:
            _complain(decisions.path, f"nothing is corrected there: {error.strerror or error}", tally)
        else:
            if path is not None:
                _apply(decisions, path, own, options, tally)


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


def _apply(decisions: "Decisions", path: Path, own: "Fixer", options: FixOptions, tally: _Tally) -> None:
    """Put what was accepted for one document into its file."""
    from corrigenda.documents import registry as reading
    from corrigenda.documents.errors import DocumentError
    from corrigenda.documents.store import Source
    from corrigenda.fixes.decisions import decide

    try:
        document, data = _read(Source(decisions.path, path), own, decisions.options)
        if document.sha256 != decisions.sha256:
            _complain(
                decisions.path, "the file changed since the report was made; check it again and decide anew", tally
            )
            return
        edits, refused = decide(document, decisions)
        after = reading.written(data, document, edits)
        result = reading.edited(document, edits)
        rejected = [one for one in decisions.rejected if document.text[one.start : one.end] == one.quote]
        if rejected:
            left = own.check(result) if options.ignore_rejected else ()
            tally.rejected += own.entries(document, rejected, edits, left)
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
    if not options.quiet:
        _sum_up(tally, options)
    sys.exit(3 if tally.problems else 1 if tally.left and not options.exit_zero else 0)


def _sum_up(tally: _Tally, options: FixOptions) -> None:
    done = "would be made" if options.diff else "made"
    say(f"{plural(tally.applied, 'correction')} {done} in {plural(tally.files, 'file')}.", err=True)
    if tally.left:
        need = "1 more needs" if tally.left == 1 else f"{tally.left:,} more need"
        say(f"{need} a person: see 'corrigenda check', or --interactive.", err=True)
    if tally.advice:
        without = f"{plural(tally.advice, 'finding')} {'has' if tally.advice == 1 else 'have'}"
        say(f"{without} no correction to offer: see 'corrigenda check'.", err=True)
