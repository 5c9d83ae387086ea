"""`corrigenda names`: every name of some documents with its spellings, counts and files."""

import csv
import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corrigenda.cli.common import (
    configuration,
    fail,
    field_options,
    files_of,
    refuse_unknown,
    settings_of,
    trust_option,
)
from corrigenda.cli.printing import pour, say
from corrigenda.cli.progress import Progress
from corrigenda.reporting.base import shown_path
from corrigenda.reporting.tables import cell
from corrigenda.reporting.visible import dump_indented, harmless, visible
from corrigenda.settings import ReadingOptions

if TYPE_CHECKING:
    from corrigenda.names.index import NameGroup


@click.command(name="names", short_help="A table of every name, its spellings, counts and files.")
@click.argument("paths", nargs=-1, required=True)
@click.option("--format", "output", type=click.Choice(["table", "csv", "json"]), default="table", help="Output format.")
@click.option("--output", "target", metavar="FILE", help="File to write to; standard output if not given.")
@click.option("--mixed", is_flag=True, help="Only names that are spelled in more than one way.")
@click.option("--least", type=click.IntRange(1), default=1, help="Only names that occur at least this often.")
@click.option("--config", metavar="FILE", help="Configuration file; 'none' for none.")
@field_options
@trust_option
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def command(
    paths: tuple[str, ...],
    output: str,
    target: str | None,
    mixed: bool,
    least: int,
    fields: ReadingOptions,
    config: str | None,
    trust: bool | None,
    debug: bool,
) -> None:
    """List the names in PATHS, the commonest first: what an editor needs to settle a house style."""
    from corrigenda.documents import registry as reading
    from corrigenda.documents.encodings.decode import MAX_BYTES
    from corrigenda.documents.errors import DocumentError
    from corrigenda.names.index import NameIndex
    from corrigenda.names.issue import Certainty
    from corrigenda.names.report import all_pairs
    from corrigenda.names.tables import names_of
    from corrigenda.storage.atomic import write_output

    read = configuration(config, trust)
    refuse_unknown(read)
    options_of = settings_of(read, fields=fields).reading_options_of
    files, problems = files_of(paths, read)
    index = NameIndex()
    within: set[tuple[str, str]] = set()
    failed = bool(problems)
    for problem in problems:
        say(f"corrigenda: {problem.path}: {problem.message}", err=True)
    faults: list[str] = []
    with Progress(len(files)) as progress:
        for number, file in enumerate(files):
            progress(number, len(files), "names")
            try:
                if file.path is None:
                    document = reading.read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), file.display)
                else:
                    document = reading.read(file.path, file.display, options=options_of(file.display))
            except DocumentError as error:
                faults.append(f"{shown_path(file.display)}: {error}")
                continue
            names = names_of(document)
            index.add(shown_path(file.display), names.names)
            pairs = all_pairs(names)
            certain = [pair for pair in pairs if pair.certainty is not Certainty.POSSIBLE]
            within.update((pair.minority.text, pair.majority.text) for pair in certain)
    failed = failed or bool(faults)
    for fault in faults:
        say(f"corrigenda: {fault}", err=True)
    groups = [g for g in index.groups(sorted(within)) if g.count >= least and (len(g.spellings) > 1 or not mixed)]
    text = _WRITERS[output](groups)
    if target is None:
        pour(text)
    else:
        try:
            write_output(Path(target), text.encode("utf-8"))
        except OSError as error:
            fail(f"{target}: the table cannot be written ({error.strerror or error})", 3)
    sys.exit(3 if failed else 0)


def _rows(groups: "list[NameGroup]") -> list[dict[str, Any]]:
    return [
        {
            "name": group.name,
            "kind": group.kind,
            "known_as": group.canonical,
            "spelling": spelling.text,
            "count": spelling.count,
            "documents": len(spelling.documents),
            "files": list(spelling.documents),
        }
        for group in groups
        for spelling in group.spellings
    ]


def _csv(groups: "list[NameGroup]") -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_guarded({**row, "files": "; ".join(map(_openable, row["files"]))}) for row in _rows(groups))
    return stream.getvalue()


def _openable(file: str) -> str:
    """Return a path that begins like no formula, and opens the same file."""
    return f"./{file}" if file.startswith(("=", "+", "-", "@", "|", "%")) else file


def _guarded(row: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a spreadsheet from taking a name for a formula, and a runner from taking a line for a command."""
    return {key: cell(value) if isinstance(value, str) else value for key, value in row.items()}


def _json(groups: "list[NameGroup]") -> str:
    data = [
        {
            "name": group.name,
            "kind": group.kind,
            "known_as": group.canonical,
            "count": group.count,
            "spellings": [
                {"form": form.text, "count": form.count, "files": list(form.documents)} for form in group.spellings
            ],
        }
        for group in groups
    ]
    return dump_indented({"schema": 1, "names": data}, 1) + "\n"


def _table(groups: "list[NameGroup]") -> str:
    try:
        import pandas
    except ModuleNotFoundError:
        fail("the table needs pandas; install it with: pip install 'corrigenda[tables]' (--format csv needs nothing)")
    if not groups:
        return "No names.\n"
    rows = []
    for row in _rows(groups):
        files = row["files"]
        first = ", ".join(files[:3]) + (f" and {len(files) - 3:,} more" if len(files) > 3 else "")
        shown = {**row, "name": row["name"] if row["spelling"] == row["name"] else "", "files": first}
        rows.append(
            {key: harmless(visible(value)) if isinstance(value, str) else value for key, value in shown.items()}
        )
    frame = pandas.DataFrame(rows, columns=_COLUMNS)
    lines = str(frame.to_string(index=False, justify="left")).split("\n")
    return "\n".join(map(harmless, lines)) + "\n"


_COLUMNS = ["name", "kind", "known_as", "spelling", "count", "documents", "files"]
_WRITERS = {"table": _table, "csv": _csv, "json": _json}
