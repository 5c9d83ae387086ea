"""`corrigenda checks`: what is looked for, by theme."""

from itertools import groupby
from pathlib import Path

import click

from corrigenda.cli.common import configuration, fail, refuse_unknown, trust_option
from corrigenda.cli.printing import say, say_json
from corrigenda.errors import did_you_mean
from corrigenda.reporting.base import plural


@click.command(name="checks", short_help="List the checks, by theme.")
@click.argument("themes", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Output format.",
)
@click.option("--checks", "folders", multiple=True, metavar="FOLDER", help="A folder with checks of your own.")
@click.option(
    "--config", metavar="FILE", help="Configuration file; 'none' for none. Otherwise the nearest one is used."
)
@trust_option
def command(
    themes: tuple[str, ...], form: str, folders: tuple[str, ...], config: str | None, trust: bool | None
) -> None:
    """List the checks there are, those of your own included, or only those of some THEMES.

    A check that is off is marked with "off"; turn it on with --enable or in the configuration. One in preview is still
    being tried out: --enable takes its id, or "preview" for all of them. One that is deprecated will go.
    """
    from corrigenda.pipeline.index import load
    from corrigenda.rules.check import CheckError

    read = configuration(config, trust)
    refuse_unknown(read)
    try:
        index = load((*read.check_folders, *(Path(folder).resolve() for folder in folders)))
    except CheckError as error:
        fail(str(error))
    severities = read.settings().with_names(index.resolve)
    disabled, enabled = [[index.resolve(name) for name in names] for names in (read.disable, read.enable)]
    rows = [
        {
            "id": check.id,
            "summary": check.summary,
            "category": check.category,
            "severity": severities.severity_of(check.id, check.severity).value,
            "detector": check.detector,
            "on": check.is_on(disabled, enabled),
            "status": check.status,
        }
        for check in sorted(index.checks.values(), key=lambda check: check.id)
        if not themes or any(check.id == theme or check.id.startswith(theme.rstrip("/") + "/") for theme in themes)
    ]
    if not rows:
        known = sorted({identity.split("/")[0] for identity in index.checks})
        hint = did_you_mean(themes[0], [*known, *index.checks], otherwise="")
        said = f"the themes are: {', '.join(known)}"
        fail(f"there is no check in {', '.join(themes)}; {f'{hint} ({said})' if hint else said}")
    if form == "json":
        say_json({"checks": rows})
        return
    width = max(len(str(row["id"])) for row in rows)
    for theme, group in groupby(rows, key=lambda row: str(row["id"]).split("/")[0]):
        say(f"{theme}")
        for row in group:
            state = "" if row["on"] else "off: "
            state += "" if row["status"] == "stable" else f"{row['status']}: "
            say(f"  {row['id']:<{width}}  {row['severity']:<10}  {state}{row['summary']}")
        say()
    off = sum(not row["on"] for row in rows)
    say(f"{plural(len(rows), 'check')}, {off} of them off. 'corrigenda explain ID' says more about one.")
