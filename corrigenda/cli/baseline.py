"""`corrigenda baseline`: record today's findings, so that only new ones fail."""

import sys

import click

from corrigenda.cli.common import (
    choice_of_checks,
    collect,
    configuration,
    fail,
    field_options,
    index_of,
    known_files,
    settings_of,
    show_some,
    trust_option,
)
from corrigenda.cli.printing import say
from corrigenda.reporting.base import plural
from corrigenda.settings import ReadingOptions


@click.command(name="baseline", short_help="Record today's findings; only new ones fail from then on.")
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--output",
    metavar="FILE",
    help="The baseline file; by default .corrigenda-baseline.jsonl beside the configuration.",
)
@click.option("--shrink", is_flag=True, help="Only remove what was fixed; add nothing.")
@choice_of_checks
@field_options
@click.option("--config", metavar="FILE", help="Configuration file; 'none' for none.")
@trust_option
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def command(
    paths: tuple[str, ...],
    output: str | None,
    shrink: bool,
    enable: tuple[str, ...],
    disable: tuple[str, ...],
    folders: tuple[str, ...],
    fields: ReadingOptions,
    config: str | None,
    trust: bool | None,
    debug: bool,
) -> None:
    """Record the findings in PATHS.

    Entries of documents outside PATHS stay as they are, and so do those whose check could not run.
    """
    from corrigenda.gate import policy
    from corrigenda.gate.baseline import BaselineError, record
    from corrigenda.gate.gone import gone, looked_for

    loaded = configuration(config, trust)
    settings = settings_of(loaded, enable, disable, folders, fields)
    files = known_files(loaded, output)
    report, _ = collect(paths, loaded, settings)
    if report.problems and not any(document.status != "not checked" for document in report.documents):
        for problem in report.problems:
            say(f"corrigenda: {problem.path}: {problem.message}", err=True)
        fail("nothing could be checked, so nothing is recorded", 3)
    could_run = policy.judge(report, settings, index_of(settings).by_any_id, whole=True)
    try:
        done = record(
            report,
            files,
            could_run,
            shrink=shrink,
            gone=lambda entries: gone(entries, report, files.root),
            looked_for=lambda away: looked_for(away, paths, files.root),
        )
    except BaselineError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{files.baseline}: the baseline cannot be written ({error.strerror or error})", 3)
    say(
        f"{plural(done.recorded, 'finding')} of {plural(done.documents, 'document')} recorded in {files.baseline}; "
        f"{len(done.fixed):,} {'was' if len(done.fixed) == 1 else 'were'} fixed."
    )
    show_some(f"  fixed: {entry.path}: {entry.check}: {entry.quote}" for entry in done.fixed)
    if done.moved:
        say(f"{plural(done.moved, 'entry', 'entries')} followed a moved file.")
    if done.gone:
        say(f"{plural(done.gone, 'entry', 'entries')} of files that are gone taken out.")
    if done.unseen:
        stay = "entry stays" if len(done.unseen) == 1 else "entries stay"
        say(f"{len(done.unseen):,} {stay} unchanged: the check could not run.")
    for problem in report.problems:
        say(f"corrigenda: {problem.path}: {problem.message}", err=True)
    sys.exit(3 if report.problems else 0)
