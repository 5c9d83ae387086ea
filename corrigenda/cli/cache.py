"""`corrigenda cache`: what is kept between runs."""

import sys
from pathlib import Path

import click


@click.group(name="cache", short_help="See or clear what is kept between runs.")
def command() -> None:
    """See or clear what is kept between runs: hashes, positions and scores, never an article's text."""


@command.command(short_help="Say what is kept, and how much.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def info(debug: bool) -> None:
    """Say where the caches are, how many entries they hold, and how large they are."""
    from corrigenda.storage.results import location
    from corrigenda.storage.scores import Cache

    results = location()
    click.echo(f"results  {_size(results):>10}  {results}")
    scores = Cache().info()
    click.echo(f"scores   {scores.size_bytes / 1e6:>7,.1f} MB  {scores.path}  ({scores.entries:,} entries)")
    if scores.trouble:
        click.echo(f"         {scores.trouble}")
    answers = _languagetool()
    click.echo(f"grammar  {_size(answers):>10}  {answers}")
    sys.exit(0)


@command.command(short_help="Forget everything that is kept.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def clear(debug: bool) -> None:
    """Forget everything; the next run checks every file again."""
    from corrigenda.storage.results import location
    from corrigenda.storage.scores import Cache

    freed = 0
    for path in (location(), _languagetool()):
        for part in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            if part.is_file():
                freed += part.stat().st_size
                part.unlink()
    before = Cache().info().size_bytes
    Cache().clear()
    freed += max(0, before - Cache().info().size_bytes)
    click.echo(f"Cleared; {freed / 1e6:,.1f} MB are free again.")
    sys.exit(0)


def _languagetool() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("corrigenda", appauthor=False)) / "languagetool.sqlite3"


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:,.1f} MB" if path.is_file() else "empty"
