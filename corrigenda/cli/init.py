"""`corrigenda init`: write a commented configuration file."""

import os
import sys
from pathlib import Path

import click

from corrigenda.cli.common import fail
from corrigenda.cli.printing import say


@click.command(name="init", short_help="Write a commented corrigenda.toml.")
@click.option("--force", is_flag=True, help="Replace an existing file.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def command(force: bool, debug: bool) -> None:
    """Write corrigenda.toml into the current folder: every setting with its default, commented."""
    from corrigenda.storage.atomic import write_output
    from corrigenda.workspace.config import FILE
    from corrigenda.workspace.template import TEMPLATE

    path = Path(FILE)
    if os.path.lexists(path) and not force:
        fail(f"{FILE} exists already; --force replaces it")
    try:
        write_output(path, TEMPLATE.encode("utf-8"))
    except OSError as error:
        fail(f"{FILE} cannot be written ({error.strerror or error})", 3)
    say(f"{FILE} written; every line says what it does.")
    sys.exit(0)
