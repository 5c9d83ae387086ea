"""`corrigenda languagetool`: install it, and keep a server that several runs share."""

import sys

import click

from corrigenda.cli.common import fail
from corrigenda.cli.printing import say


@click.group(name="languagetool", short_help="Install LanguageTool, and keep a server that runs share.")
def command() -> None:
    """Install LanguageTool, and start, stop or look at the server that runs on this machine share.

    A run starts a server of its own when it needs one and no shared one runs.
    """


@command.command(short_help="Install LanguageTool (about 250 MB).")
@click.option(
    "--by",
    "way",
    type=click.Choice(["auto", "language_tool_python", "maven"]),
    default="auto",
    help="How: by language_tool_python's download, or from Maven Central.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def install(way: str, debug: bool) -> None:
    """Install LanguageTool into the user's data folder; it needs Java 17 or newer."""
    from typing import cast

    from corrigenda.engines.grammar.errors import UnavailableError
    from corrigenda.engines.grammar.languagetool.install import Way
    from corrigenda.engines.grammar.languagetool.install import install as put

    try:
        put(cast(Way, way), report=say)
    except UnavailableError as error:
        fail(str(error), 3)
    sys.exit(0)


@command.command(short_help="Start the shared server.")
@click.option("--port", type=click.IntRange(1, 65535), help="Its port; a free one otherwise.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def start(port: int | None, debug: bool) -> None:
    """Start a server that all runs on this machine share, until it is stopped."""
    from corrigenda.engines.grammar.errors import UnavailableError
    from corrigenda.engines.grammar.languagetool import shared
    from corrigenda.engines.grammar.settings import Launch

    try:
        state = shared.start(Launch(port=port))
    except UnavailableError as error:
        fail(str(error), 3)
    say(f"A shared server runs at {state.url}; 'corrigenda languagetool stop' ends it.")
    sys.exit(0)


@command.command(short_help="Stop the shared server.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def stop(debug: bool) -> None:
    """Stop the shared server."""
    from corrigenda.engines.grammar.languagetool import shared

    say("The shared server is stopped." if shared.stop() else "No shared server runs.")
    sys.exit(0)


@command.command(short_help="Say whether LanguageTool can be used here.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def status(debug: bool) -> None:
    """Say whether Java and LanguageTool are there, and whether a shared server runs; exits with 3 when they are not."""
    from corrigenda.engines.grammar.languagetool.health import health

    found = health()
    for line in (found.java, found.installation, found.server):
        say(line)
    sys.exit(0 if found.ready else 3)
