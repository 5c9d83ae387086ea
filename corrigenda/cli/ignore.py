"""`corrigenda ignore`: say that a finding is right as it stands, and why."""

import sys
from pathlib import Path

import click

from corrigenda.cli.common import (
    choice_of_checks,
    collect,
    configuration,
    fail,
    field_options,
    ignore_list,
    index_of,
    refuse,
    settings_of,
    trust_option,
)
from corrigenda.cli.printing import say
from corrigenda.settings import ReadingOptions, Settings
from corrigenda.workspace.config import Config


@click.command(name="ignore", short_help="Say that a finding is right as it stands.")
@click.argument("place")
@click.option("--check", "check", metavar="CHECK", help="The check, where several found something there.")
@click.option("--reason", default="", metavar="TEXT", help="The reason; it is kept with the entry.")
@click.option(
    "--everywhere", is_flag=True, help="Ignore it in every document, wherever the words around it are the same."
)
@choice_of_checks
@field_options
@click.option("--config", metavar="FILE", help="Configuration file; 'none' for none.")
@trust_option
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def command(
    place: str,
    check: str | None,
    reason: str,
    everywhere: bool,
    enable: tuple[str, ...],
    disable: tuple[str, ...],
    folders: tuple[str, ...],
    fields: ReadingOptions,
    config: str | None,
    trust: bool | None,
    debug: bool,
) -> None:
    """Ignore the finding at PLACE, which is FILE:LINE or FILE:LINE:COLUMN as the report shows it, or FILE and the place
    in words, such as "article.docx:paragraph 5".

    The entry knows the finding by its check, its words and the words around it, so it survives edits elsewhere.
    """
    from corrigenda.gate.baseline import BaselineError, entry_of, located
    from corrigenda.gate.ignoring import add

    path, label = _labelled(place)
    line, column = None, None
    if not label:
        path, line, column = _place(place)
    loaded = configuration(config, trust)
    settings = settings_of(loaded, enable, disable, folders, fields)
    if check is not None:
        check = _known(check, settings, loaded)
    report, _ = collect((path,), loaded, settings)
    if report.problems:
        fail(f"{report.problems[0].path}: {report.problems[0].message}", 3)
    here = [
        finding
        for document in report.documents
        for finding in document.findings
        if (finding.label == label if label else finding.line == line)
        and (column is None or finding.column == column)
        and (check is None or finding.check == check)
    ]
    if not here:
        fail(f"there is no finding at {place}; run 'corrigenda check {path}' to see where they are")
    if len({finding.check for finding in here}) > 1 and check is None:
        names = ", ".join(sorted({finding.check for finding in here}))
        fail(f"there are several findings at {place}: {names}; choose one with --check, or give the column")
    file = ignore_list(loaded)
    where = "" if everywhere else located(report.documents[0].path, loaded.root())
    entries = [entry_of(where, finding, reason) for finding in here]
    try:
        fresh = add(file, entries)
    except BaselineError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{file}: the ignore list cannot be written ({error.strerror or error})", 3)
    for entry in fresh:
        say(f"{entry.check} on “{entry.quote}” is ignored from now on ({file}).")
    if not fresh:
        say("That was ignored already.")
    sys.exit(0)


def _known(check: str, settings: Settings, config: Config) -> str:
    """Return the id of a check, by whatever name; exits with 2 where there is none of this name."""
    # deferred: most findings are told by their place alone
    from corrigenda.errors import CheckError
    from corrigenda.pipeline.checker import refuse_unknown

    index = index_of(settings)
    try:
        refuse_unknown(settings._replace(enabled=(*settings.enabled, check)), index)
    except CheckError as error:
        refuse(error, config)
    return index.resolve(check)


def _labelled(place: str) -> tuple[str, str]:
    """Return the file and the place in words, "" where it is told by a line."""
    path, _, label = place.rpartition(":")
    return (
        (path, label.strip()) if Path(path).name and not label.strip().isdigit() and Path(path).is_file() else ("", "")
    )


def _place(place: str) -> tuple[str, int, int | None]:
    parts = place.rsplit(":", 2)
    if len(parts) == 3 and parts[1].isdigit() and parts[2].isdigit():
        return parts[0], int(parts[1]), int(parts[2])
    parts = place.rsplit(":", 1)
    if not (len(parts) == 2 and parts[1].isdigit() and Path(parts[0]).name):
        fail(f"{place!r} is not a place; write FILE:LINE, FILE:LINE:COLUMN or FILE:PLACE, as the report shows it")
    return parts[0], int(parts[1]), None
