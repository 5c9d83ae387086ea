"""`corrigenda check`: the main command."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from corrigenda.cli.common import (
    choice_of_checks,
    configuration,
    fail,
    field_options,
    files_of,
    index_of,
    known_paths,
    paired,
    refuse,
    settings_of,
    show_some,
    source_file_option,
    source_option,
    trust_option,
)
from corrigenda.cli.printing import say
from corrigenda.cli.progress import Progress
from corrigenda.finding import Problem, Report
from corrigenda.reporting.base import plural
from corrigenda.settings import ReadingOptions, Settings
from corrigenda.workspace.config import FAIL_ON, PROFILES, Config

if TYPE_CHECKING:
    from corrigenda.documents.store import DocumentStore, Source
    from corrigenda.gate.git_changes import Changes
    from corrigenda.workspace.discovery import FoundFile


class CheckOptions(NamedTuple):
    """What the command line says, option by option."""

    paths: tuple[str, ...]
    formats: tuple[str, ...]
    outputs: tuple[str, ...]
    fail_on: str | None
    enable: tuple[str, ...]
    disable: tuple[str, ...]
    jobs: int | None
    config: str | None
    exclude: tuple[str, ...]
    force_exclude: bool
    folders: tuple[str, ...]
    fields: ReadingOptions
    house_style: str | None
    changed_since: str | None
    staged: bool
    baseline_file: str | None
    keep_baseline: bool
    no_baseline: bool
    no_cache: bool
    profile: str | None
    source_language: str | None
    source: str | None
    quiet: bool
    trust: bool | None
    debug: bool
    llm: str | None
    llm_model: str | None
    record: str | None

    @property
    def narrowed(self) -> bool:
        """Whether only what git changed is looked at."""
        return self.staged or self.changed_since is not None


@click.command(name="check", short_help="Check files and folders.")
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help="How the report is written: terminal (the default), html, markdown, xlsx, csv, json, jsonl, diff, sarif, "
    "github, gitlab, junit, rdjsonl or docx (a reviewed copy). May be given several times, each with its --output.",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="File to write the report to; standard output if not given.",
)
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="Lowest severity at which the exit code is 1.")
@choice_of_checks
@field_options
@click.option("--jobs", type=click.IntRange(0), help="Processes to work with; 0 for one on each core.")
@click.option(
    "--config", metavar="FILE", help="Configuration file; 'none' for none. Otherwise the nearest one is used."
)
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out files that match.")
@click.option(
    "--force-exclude", is_flag=True, help="Leave out excluded files even when they are named on the command line."
)
@click.option(
    "--house-style", metavar="NAME", help="Judge names by a house style: ap, bbc, guardian, reuters, un, or a file."
)
@source_option
@source_file_option
@click.option("--llm", metavar="ADDRESS", help="Send the texts to a large language model as well; “off”: to none.")
@click.option("--llm-model", metavar="NAME", help="The model's name at that address.")
@click.option("--record", metavar="FOLDER", help="Take its answers from a folder, and write down what is missing.")
@click.option("--changed-since", metavar="REV", help="Only what changed since the branch left a revision.")
@click.option("--staged", is_flag=True, help="Only what is staged for the next commit.")
@click.option("--baseline", "baseline_file", metavar="FILE", help="Findings recorded there are known and fail nothing.")
@click.option("--keep-baseline", is_flag=True, help="Leave fixed findings in the baseline.")
@click.option("--no-baseline", is_flag=True, help="Report known findings as well.")
@click.option("--no-cache", is_flag=True, help="Check files again that were checked before.")
@click.option(
    "--profile",
    type=click.Choice(sorted(PROFILES)),
    help="What kind of text this is: "
    + "; ".join(f"{name} {profile.summary}" for name, profile in PROFILES.items() if name != "documents")
    + ".",
)
@click.option("--quiet", "-q", is_flag=True, help="Print the report alone: no progress, and no notes beside it.")
@trust_option
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def command(**given: Any) -> None:
    """Check PATHS: files, folders, globs, or - for standard input.

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or configuration, 3 something that was asked
    for could not be checked.
    """
    from corrigenda.cli import outputs
    from corrigenda.documents.store import DocumentStore
    from corrigenda.gate.verdict import exit_code

    options = CheckOptions(**given)
    wanted = outputs.targets(options.formats, options.outputs)
    config = configuration(options.config, options.trust)
    if options.profile is not None:
        config = config._replace(profile=options.profile)
    if options.source_language is not None:
        config = config._replace(source_language=options.source_language)
    if options.house_style is not None:
        config = config._replace(house_style=options.house_style)
    config = _with_llm(config, options)
    settings = settings_of(config, options.enable, options.disable, options.folders, options.fields)
    changes = _changes(options)
    sources, problems = _sources(options, config, settings, changes)
    outputs.refuse_overwriting(sources, wanted)
    store = DocumentStore.under(settings)
    report = _checked(options, config, settings, store, sources, problems)
    report = _without_known(report, options, config, settings)
    if changes is not None:
        from corrigenda.gate.git_changes import restrict

        absolute = {source.display: str(source.path.resolve()) for source in sources if source.path is not None}
        report = restrict(report, changes, absolute, index_of(settings).by_any_id)
    report = report._replace(notes=(*report.notes, *_left_aside(config)))
    fail_on = options.fail_on or config.fail_on
    outputs.write(outputs.Run(report, sources, store, settings, config, fail_on), wanted, quiet=options.quiet)
    sys.exit(exit_code(report, fail_on))


def _left_aside(config: Config) -> list[str]:
    """Return what the configuration said in vain, with the file's name alone: a report may go to others."""
    name = config.path.name if config.path is not None else ""
    return [line.replace(str(config.path), name, 1) for line in config.left_aside]


def _with_llm(config: Config, options: CheckOptions) -> Config:
    """Return the configuration with the large language model that the command line names, or with none for "off"."""
    if options.llm == "off":
        return config._replace(engines={**config.engines, "llm": "off"})
    if options.no_cache:
        config = config._replace(llm={**config.llm, "use-cache": False})
    said = {"address": options.llm, "model": options.llm_model}
    named = {name: value for name, value in said.items() if value is not None}
    if not named and options.record is None:
        return config
    # deferred: most runs ask no large model
    from corrigenda.workspace.llm_table import LlmTableError, read

    try:
        checked = read(named)
    except LlmTableError as error:
        fail(f"--llm: {error}")
    if options.record is not None:
        checked["record"] = str(Path(options.record).resolve())
    asked = options.llm is not None or options.record is not None
    return config._replace(
        llm={**config.llm, **checked}, engines={**config.engines, "llm": "on"} if asked else config.engines
    )


def _changes(options: CheckOptions) -> "Changes | None":
    """Return what git changed, None where that was not asked."""
    if not options.narrowed:
        return None
    # deferred: git is asked only here
    from corrigenda.gate import git_changes

    if options.changed_since is not None and options.staged:
        fail("--changed-since and --staged cannot be used together")
    try:
        if options.changed_since is not None:
            return git_changes.since(options.changed_since, Path.cwd())
        return git_changes.staged(Path.cwd())
    except git_changes.GitError as error:
        fail(str(error))


def _sources(
    options: CheckOptions, config: Config, settings: Settings, changes: "Changes | None"
) -> "tuple[list[Source], list[Problem]]":
    """Return what is to be checked, and what stands in the way."""
    files, problems = files_of(
        options.paths,
        config,
        excludes=options.exclude,
        forced=options.force_exclude,
        quiet=options.quiet or changes is not None,
        absent=_absent(changes),
    )
    staged: dict[str, bytes] = {}
    if changes is not None:
        files = _taking_part(files, changes, options, settings)
        if files:
            staged, large = _staged(files, changes, settings, edited=options.staged)
            problems = [*problems, *large]
            refused = {problem.path for problem in large}
            files = [file for file in files if file.display not in refused]
    pairs = paired(files, config, settings, options.source, quiet=options.quiet or changes is not None)
    problems = [*problems, *pairs.problems]
    sources = [
        pairs.source(file, sys.stdin.buffer.read(settings.max_bytes + 1))
        if file.path is None
        else pairs.source(file, staged.get(str(file.path.resolve())) if staged else None)
        for file in pairs.files
    ]
    if not sources and not problems and changes is None and not options.force_exclude:
        nothing = (
            "there is no file here that corrigenda reads unasked; name a file, or another folder (files of data, such "
            "as JSON and CSV, are read where they are named, or their format is in 'formats' of the configuration)"
        )
        problems = [Problem(" ".join(options.paths), nothing)]
    return sources, problems


def _absent(changes: "Changes | None") -> "list[str]":
    """Return the changed files that are not in the working tree."""
    if changes is None:
        return []
    # deferred: git is asked only here
    from corrigenda.gate.git_changes import absent

    return absent(changes)


def _taking_part(
    files: "list[FoundFile]", changes: "Changes", options: CheckOptions, settings: Settings
) -> "list[FoundFile]":
    """Return the files that are to be checked where only what changed counts; say it where nothing did."""
    # deferred: git is asked only here
    from corrigenda.gate.git_changes import takes_part

    changed = [file for file in files if takes_part(file.path, changes)]
    if not changed:
        nothing = "nothing is staged" if options.staged else f"nothing changed since {options.changed_since}"
        _note(options, f"corrigenda: {nothing} in {' '.join(options.paths)}, so nothing is checked.")
        return []
    # A check that compares documents has to see the unchanged ones as well.
    compared = any(rule.check.scope == "collection" for rule in index_of(settings).rules)
    return files if compared else changed


def _staged(
    files: "list[FoundFile]", changes: "Changes", settings: Settings, *, edited: bool
) -> tuple[dict[str, bytes], list[Problem]]:
    """Return what git holds of files that were edited since or are not here, and problems of those too large."""
    # deferred: git is asked only here
    from corrigenda.documents.encodings.decode import too_large
    from corrigenda.gate.git_changes import GitError, held

    try:
        found, large = held(Path.cwd(), changes, settings.max_bytes, edited=edited)
    except GitError as error:
        fail(str(error))
    sizes = ((file.display, large.get(str(file.path.resolve()))) for file in files if file.path is not None)
    return found, [
        Problem(shown, too_large(size, settings.max_bytes).message) for shown, size in sizes if size is not None
    ]


def _checked(
    options: CheckOptions,
    config: Config,
    settings: Settings,
    store: "DocumentStore",
    sources: "list[Source]",
    problems: list[Problem],
) -> Report:
    from corrigenda.errors import CheckError
    from corrigenda.pipeline.run import run

    try:
        with Progress(len(sources), quiet=options.quiet) as progress:
            return run(
                sources,
                settings,
                problems=problems,
                jobs=config.jobs if options.jobs is None else options.jobs,
                progress=progress,
                incremental=not options.no_cache,
                store=store,
            )
    except CheckError as error:
        refuse(error, config)


def _without_known(report: Report, options: CheckOptions, config: Config, settings: Settings) -> Report:
    """Take known findings out of the report, and say what was left out and what was fixed."""
    baseline, ignored = known_paths(config, options.baseline_file)
    if options.no_baseline:
        return report
    if options.baseline_file and not baseline.exists():
        fail(f"there is no baseline {options.baseline_file}; record one with 'corrigenda baseline'")
    if not baseline.exists() and not ignored.exists():
        return report
    # deferred: most runs know no findings
    from corrigenda.gate import policy
    from corrigenda.gate.baseline import BaselineError, KnownFiles

    files = KnownFiles(baseline, ignored, config.root())
    # A run over a part of the checks or of the lines says nothing about the rest of the baseline.
    part = options.narrowed or options.enable or options.disable or options.profile
    shrink = not (part or options.keep_baseline)
    try:
        new = policy.leave_out_known(
            report,
            files,
            lambda: policy.judge(report, settings, index_of(settings).by_any_id),
            shrink=shrink,
            arguments=options.paths,
        )
    except BaselineError as error:
        fail(str(error))
    if new.known:
        _note(options, f"corrigenda: {plural(new.known, 'known finding')} left out (baseline, ignore list).")
    if new.trouble:
        say(f"corrigenda: {new.trouble}", err=True)
    if new.fixed:
        name = files.baseline.name
        _note(options, f"corrigenda: {len(new.fixed)} fixed since, taken out of {name}; {new.left} left:")
        if not options.quiet:
            show_some((f"  fixed: {e.path}: {e.check}: {_one_line(e.quote)}" for e in new.fixed), err=True)
    if new.moved:
        what = plural(new.moved, "entry", "entries")
        _note(options, f"corrigenda: {what} of {files.baseline.name} followed a moved file.")
    if new.gone:
        what = plural(new.gone, "entry", "entries")
        _note(options, f"corrigenda: {what} of files that are gone taken out of {files.baseline.name}.")
    return new.report


def _note(options: CheckOptions, line: str) -> None:
    """Say something beside the report, unless the user wants the report alone."""
    if not options.quiet:
        say(line, err=True)


def _one_line(quote: str) -> str:
    return " ".join(quote.split())
