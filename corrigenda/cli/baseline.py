"""`corrigenda baseline`: record today's findings, so that only new ones fail."""

import sys
from pathlib import Path

import click

from corrigenda.cli.common import collect, configuration, fail, settings_of


@click.command(name="baseline", short_help="Record today's findings; only new ones fail from then on.")
@click.argument("paths", nargs=-1, required=True)
@click.option("--output", metavar="FILE", help="Where it is kept; .corrigenda-baseline.jsonl beside the configuration.")
@click.option("--shrink", is_flag=True, help="Only take out what was mended; add nothing new.")
@click.option("--config", metavar="FILE", help="Configuration file; 'none' for none.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def command(paths: tuple[str, ...], output: str | None, shrink: bool, config: str | None, debug: bool) -> None:
    """Record the findings in PATHS. Entries of documents outside PATHS stay as they are."""
    from corrigenda.gate.baseline import BaselineError, compare, located, read, recorded, write
    from corrigenda.workspace.config import BASELINE, IGNORED

    loaded = configuration(config)
    root = loaded.root()
    file = Path(output) if output else loaded.baseline or root / BASELINE
    report, _ = collect(paths, loaded, settings_of(loaded))
    if report.problems and not any(document.status != "not checked" for document in report.documents):
        for problem in report.problems:
            click.echo(f"corrigenda: {problem.path}: {problem.message}", err=True)
        fail("nothing could be checked, so nothing is recorded", 3)
    try:
        old = read(file)
        report = compare(report, read(loaded.ignore_list or root / IGNORED), root).report
    except BaselineError as error:
        fail(str(error))
    checked = {located(document.path, root) for document in report.documents if document.status != "not checked"}
    elsewhere = [entry for entry in old if entry.path not in checked]
    now = recorded(report, root)
    mended = compare(report, old, root).mended
    if shrink:
        known = {(entry.path, entry.fingerprint) for entry in old}
        now = [entry for entry in now if (entry.path, entry.fingerprint) in known]
    try:
        write(file, [*elsewhere, *now])
    except OSError as error:
        fail(f"{file}: the baseline cannot be written ({error.strerror or error})", 3)
    click.echo(f"{len(now)} findings of {len(checked)} documents recorded in {file}; {len(mended)} were mended.")
    for entry in mended[:20]:
        click.echo(f"  mended: {entry.path}: {entry.check}: {entry.quote}")
    if len(mended) > 20:
        click.echo(f"  … and {len(mended) - 20} more")
    for problem in report.problems:
        click.echo(f"corrigenda: {problem.path}: {problem.message}", err=True)
    sys.exit(3 if report.problems else 0)
