"""`corrigenda check`: the main command."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from corrigenda.cli.common import configuration, fail, settings_of
from corrigenda.errors import did_you_mean
from corrigenda.finding import Problem, Report, Severity
from corrigenda.settings import Settings
from corrigenda.workspace.config import FAIL_ON, Config


@click.command(name="check", short_help="Check files and folders.")
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help="Output format; may be given several times, each with its --output.",
)
@click.option(
    "--output", "outputs", multiple=True, metavar="FILE", help="Where the format goes; without it, to standard output."
)
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="Severity from which on the exit code is 1.")
@click.option("--enable", multiple=True, metavar="CHECK", help="Turn on a check or a theme.")
@click.option(
    "--disable",
    multiple=True,
    metavar="CHECK",
    help="Turn off a check or a theme; 'all' with --enable runs only those.",
)
@click.option("--jobs", type=click.IntRange(0), help="Processes to work with; 0 for one on each core.")
@click.option(
    "--config", metavar="FILE", help="Configuration file; 'none' for none. Otherwise the nearest one is used."
)
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out files that match.")
@click.option("--force-exclude", is_flag=True, help="Leave out excluded files even when they are named, one by one.")
@click.option("--checks", "folders", multiple=True, metavar="FOLDER", help="A folder with checks of your own.")
@click.option(
    "--house-style", metavar="NAME", help="Judge names by a house style: ap, bbc, guardian, reuters, un, or a file."
)
@click.option("--changed-since", metavar="REV", help="Only files and lines that differ from a git revision.")
@click.option("--staged", is_flag=True, help="Only what is staged for the next commit.")
@click.option("--baseline", "baseline_file", metavar="FILE", help="Findings recorded there are known and fail nothing.")
@click.option("--keep-baseline", is_flag=True, help="Do not take out of the baseline what was mended.")
@click.option("--no-baseline", is_flag=True, help="Report known findings as well.")
@click.option("--no-cache", is_flag=True, help="Check files again that were checked before.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def command(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    fail_on: str | None,
    enable: tuple[str, ...],
    disable: tuple[str, ...],
    jobs: int | None,
    config: str | None,
    exclude: tuple[str, ...],
    force_exclude: bool,
    folders: tuple[str, ...],
    house_style: str | None,
    changed_since: str | None,
    staged: bool,
    baseline_file: str | None,
    keep_baseline: bool,
    no_baseline: bool,
    no_cache: bool,
    debug: bool,
) -> None:
    """Check PATHS: files, folders, globs, or - for standard input.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or configuration, 3 something that was asked
    for could not be checked.
    """
    from corrigenda.errors import CheckError
    from corrigenda.pipeline.checker import Source
    from corrigenda.pipeline.run import run
    from corrigenda.reporting import formats as registry
    from corrigenda.workspace.discovery import discover

    targets = _targets(formats, outputs)
    read = configuration(config)
    if house_style is not None:
        read = replace(read, house_style=house_style)
    settings = settings_of(read, enable, disable, folders)
    files, problems = discover(paths, exclude, Path.cwd(), project=(read.root(), read.exclude), forced=force_exclude)
    changes = _changes(changed_since, staged)
    if changes is not None and not _looks_across(settings):
        files = [file for file in files if file.path is None or str(file.path.resolve()) in changes]
    held = _held(changes) if staged else {}
    sources = [
        Source(file.display, data=sys.stdin.buffer.read())
        if file.path is None
        else Source(file.display, file.path, held.get(str(file.path.resolve())) if held else None)
        for file in files
    ]
    if not sources and not problems and changes is None and not force_exclude:
        problems = [Problem(" ".join(paths), "there is no text or Markdown file here; name a file, or another folder")]
    _spare(sources, [path for _, path in targets if path is not None])
    progress, finish = _progress(len(sources))
    try:
        report = run(
            sources,
            settings,
            problems=problems,
            jobs=read.jobs if jobs is None else jobs,
            progress=progress,
            incremental=not no_cache,
        )
    except CheckError as error:
        fail(str(error))
    finally:
        finish()
    if not no_baseline:
        whole = changes is None and not (enable or disable or keep_baseline)
        report = _without_known(report, read, settings, baseline_file, shrink=whole)
    if changes is not None:
        from corrigenda.gate.git_changes import restrict

        absolute = {source.display: str(source.path.resolve()) for source in sources if source.path is not None}
        report = restrict(report, changes, absolute)
    threshold = fail_on or read.fail_on
    _write(report, sources, targets, threshold, settings, read, registry)
    sys.exit(exit_code(report, threshold))


def _changes(revision: str | None, staged: bool) -> Any:
    if revision is None and not staged:
        return None
    from corrigenda.gate.git_changes import GitError, since
    from corrigenda.gate.git_changes import staged as staged_changes

    if revision is not None and staged:
        fail("--changed-since and --staged exclude each other")
    try:
        if revision is not None:
            return since(revision, Path.cwd())
        return staged_changes(Path.cwd()) if staged else None
    except GitError as error:
        fail(str(error))


def _looks_across(settings: Settings) -> bool:
    """Whether a check that compares documents is on, so that unchanged files have to be read as well."""
    from corrigenda.gate.git_changes import ACROSS
    from corrigenda.settings import is_on

    return any(is_on(check, True, settings.disabled, settings.enabled) for check in ACROSS)


def _held(changes: Any) -> Any:
    from corrigenda.gate.git_changes import GitError, held

    try:
        return held(Path.cwd(), changes)
    except GitError as error:
        fail(str(error))


def _without_known(report: Report, config: Config, settings: Settings, given: str | None, *, shrink: bool) -> Report:
    from corrigenda.workspace.config import BASELINE, IGNORED

    root = config.root()
    baseline = Path(given) if given else config.baseline or root / BASELINE
    ignored = config.ignore_list or root / IGNORED
    if not given and not baseline.is_file() and not ignored.is_file():
        return report
    from corrigenda.gate.baseline import BaselineError, compare, read

    if given and not baseline.is_file():
        fail(f"there is no baseline {given}; record one with 'corrigenda baseline'")
    try:
        known = read(baseline)
        right = read(ignored)
    except BaselineError as error:
        fail(str(error))
    if not known and not right:
        return report
    judged = compare(report, right, root)
    compared = compare(judged.report, known, root)
    if judged.known or compared.known:
        number = judged.known + compared.known
        click.echo(
            f"corrigenda: {number} known finding{'s' if number != 1 else ''} left out (baseline, ignore list).",
            err=True,
        )
    if compared.mended and shrink:
        _shrink(baseline, known, compared.mended, report, settings)
    return replace(compared.report, known=judged.known + compared.known)


def _shrink(file: Path, known: Any, mended: Any, report: Report, settings: Settings) -> None:
    """Take out of the baseline what was mended, and show it; what this run could not have found stays."""
    from corrigenda.gate.baseline import seen_by, write

    gone = list(seen_by(mended, report, settings))
    if not gone:
        return
    left = list(known)
    for entry in gone:
        left.remove(entry)
    try:
        write(file, left)
    except OSError as error:
        click.echo(f"corrigenda: {file}: the baseline cannot be written ({error.strerror or error})", err=True)
        return
    click.echo(f"corrigenda: {len(gone)} mended since, taken out of {file.name}; {len(left)} left:", err=True)
    for entry in gone[:20]:
        click.echo(f"  mended: {entry.path}: {entry.check}: {_one_line(entry.quote)}", err=True)
    if len(gone) > 20:
        click.echo(f"  … and {len(gone) - 20} more", err=True)


def _one_line(quote: str) -> str:
    from corrigenda.reporting.visible import visible

    return visible(" ".join(quote.split()))


def exit_code(report: Report, fail_on: str) -> int:
    """Return 3 when something could not be checked, 1 for findings at or above the threshold, else 0."""
    if report.problems:
        return 3
    if fail_on == "never":
        return 0
    rank = Severity(fail_on).rank
    return int(any(finding.severity.rank >= rank for document in report.documents for finding in document.findings))


def _targets(formats: tuple[str, ...], outputs: tuple[str, ...]) -> list[tuple[str, Path | None]]:
    from corrigenda.reporting import formats as registry

    names = list(formats)
    if not names and outputs:
        for output in outputs:
            name = registry.for_path(Path(output))
            if name is None:
                fail(f"the ending of {output} does not say which format; add --format")
            names.append(name)
    names = names or ["terminal"]
    for name in names:
        if name not in registry.FORMATS:
            hint = did_you_mean(name, registry.FORMATS, otherwise=f"there are: {', '.join(sorted(registry.FORMATS))}")
            fail(f"there is no format {name!r}; {hint}")
    if len(outputs) > len(names) or len(names) - len(outputs) > 1:
        fail("give each --format its --output, in the same order; only the last may go to standard output")
    paths = [None if output == "-" else Path(output) for output in outputs]
    for name, path in zip(names, paths, strict=False):
        meant = registry.for_path(path) if path is not None else None
        if meant is not None and meant != name and meant in names:
            fail(f"{path} would get {name}; give each --format its --output, in the same order")
    return [*zip(names, [*paths, *[None] * (len(names) - len(paths))], strict=True)]


def _spare(sources: Any, outputs: list[Path]) -> None:
    """Refuse to write a report over a document, or two reports into one file."""
    read = {str(source.path.resolve()) for source in sources if source.path is not None}
    written: set[str] = set()
    for output in outputs:
        name = str(output.resolve())
        if name in read:
            fail(f"{output} is one of the documents to check; give the report another name")
        if name in written:
            fail(f"{output} is named for two reports; give each its own")
        written.add(name)


def _write(
    report: Report,
    sources: Any,
    targets: list[tuple[str, Path | None]],
    fail_on: str,
    settings: Settings,
    config: Config,
    registry: Any,
) -> None:
    from corrigenda.cli.texts import check_info, texts_of
    from corrigenda.reporting.base import Options

    texts = texts_of(sources, settings.max_bytes)
    for name, path in targets:
        color, width = _terminal() if path is None else (False, 100)
        told = name in ("html", "sarif", "markdown")
        options = Options(
            color=color,
            width=width,
            checks=check_info(report, settings.check_folders) if told else {},
            corrected=_corrected(report, sources, texts, settings, config) if name == "diff" else None,
            fail_on=None if fail_on == "never" else Severity(fail_on),
        )
        try:
            if path is not None:
                registry.write(name, report, texts, path, options)
            else:
                result = registry.render(name, report, texts, options)
                sys.stdout.flush()
                sys.stdout.buffer.write(result if isinstance(result, bytes) else result.encode("utf-8"))
                sys.stdout.buffer.flush()
            registry.publish(name, report, texts, options)
        except registry.MissingLibrary as error:
            fail(str(error))
        except OSError as error:
            fail(f"{path}: the report cannot be written ({error.strerror or error}); choose another place", 3)


def _corrected(report: Report, sources: Any, texts: Any, settings: Settings, config: Config) -> Any:
    """Return a function that gives a document's text as `corrigenda fix` would leave it."""
    from corrigenda.documents.errors import DocumentError
    from corrigenda.finding import Applicability
    from corrigenda.fixes.fixer import fixer
    from corrigenda.gate.baseline import read
    from corrigenda.pipeline.checker import Engine
    from corrigenda.pipeline.index import load
    from corrigenda.workspace.config import IGNORED

    wanted = [
        document.path
        for document in report.documents
        if any(c.applicability is Applicability.SAFE for finding in document.findings for c in finding.corrections)
    ]
    result: dict[str, str] = {}
    if wanted:
        engine = Engine(load(settings.check_folders, settings.disabled, settings.enabled), settings)
        by_path = {source.display: source for source in sources}
        with fixer(engine, read(config.ignore_list or config.root() / IGNORED), config.root()) as own:
            for path in wanted:
                document, source = texts(path), by_path[path]
                try:
                    data = source.data if source.data is not None else source.path.read_bytes()
                    if document is not None:
                        result[path] = own.correct(document, data).document.text
                except (OSError, DocumentError):
                    continue  # it vanished meanwhile, or cannot be written: there is nothing to show
    return result.get


def _terminal() -> tuple[bool, int]:
    import os
    import shutil

    from corrigenda.reporting.color import wants_color

    color = wants_color(os.environ, sys.stdout.isatty())
    return color, min(shutil.get_terminal_size((100, 24)).columns, 120)


def _progress(total: int) -> tuple[Any, Any]:
    """Return functions that show and remove a progress line: on a terminal only, and only for long work."""
    if total < 32 or not sys.stderr.isatty():
        return None, lambda: None

    def show(done: int, of: int) -> None:
        sys.stderr.write(f"\r\x1b[2K{done} of {of} files checked")
        sys.stderr.flush()

    def remove() -> None:
        sys.stderr.write("\r\x1b[2K")
        sys.stderr.flush()

    return show, remove
