"""`corrigenda cache`: what is kept between runs."""

import sys
from typing import TYPE_CHECKING

import click

from corrigenda.cli.printing import say

if TYPE_CHECKING:
    from corrigenda.storage.sqlite import CacheFile


@click.group(name="cache", short_help="Show or clear the cache.")
def command() -> None:
    """See or clear what is kept between runs: hashes, positions, scores and sealed answers, never an article's text."""


@command.command(short_help="Show what is cached, and how much.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def info(debug: bool) -> None:
    """Say where the caches are, how many entries they hold, and how large they are."""
    for name, file in _caches().items():
        state = file.info()
        say(f"{name:<7}  {state.size_bytes / 1e6:>7,.1f} MB  {state.path}  ({state.entries:,} entries)")
        if state.trouble:
            say(f"         {state.trouble}")
    sys.exit(0)


@command.command(short_help="Delete everything in the cache.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def clear(debug: bool) -> None:
    """Forget everything; the next run checks every file again."""
    freed = 0
    for file in _caches().values():
        before = file.info().size_bytes
        file.clear()
        file.close()
        freed += max(0, before - file.info().size_bytes)
    say(f"Cleared; {freed / 1e6:,.1f} MB are free again.")
    sys.exit(0)


def _caches() -> "dict[str, CacheFile]":
    from corrigenda.engines.grammar import answers
    from corrigenda.engines.llm import work
    from corrigenda.storage import results, scores

    return {
        "results": results.open_cache(),
        "scores": scores.Cache(),
        "grammar": answers.open_cache(),
        "llm": work.open_cache(),
    }
