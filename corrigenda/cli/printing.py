"""Everything that the commands print, except reports: what files, names and configurations hold is made visible here.

A text that is not ours may hold escape sequences, direction overrides or line ends, and in continuous integration a
line of its own that the runner takes for a command. `say` is the way out, and `tests/test_architecture.py` lets no
command print by another.
"""

import sys
from typing import Any

import click


def say(line: str = "", *, err: bool = False) -> None:
    """Print one line on standard output, or on standard error: whatever it holds, it stays one, and does nothing."""
    click.echo(_plain(line), err=err)


def say_lines(text: str, *, err: bool = False) -> None:
    """Print a text whose line ends are meant, each of its lines as `say` would."""
    for line in text.removesuffix("\n").split("\n"):
        say(line, err=err)


def say_marked(before: str, text: str, after: str, color: str) -> None:
    """Print one line in which `text` is bold and coloured."""
    click.echo(f"{_plain(before)}{click.style(_plain(text), fg=color, bold=True)}{_plain(after)}")


def say_json(value: Any) -> None:
    """Print a value as JSON, in which what cannot be seen is written as an escape."""
    # deferred: few commands print JSON
    from corrigenda.reporting.visible import dump_indented

    click.echo(dump_indented(value))


def pour(result: str | bytes, *, shown: bool = False) -> None:
    """Write to standard output what a program may read, such as a report or a diff: the bytes as they are.

    A terminal gets each line of a text as `say` prints it, unless the text was made to be `shown` there.
    """
    if isinstance(result, str) and not shown and sys.stdout.isatty():
        say_lines(result)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(result if isinstance(result, bytes) else result.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def _plain(line: str) -> str:
    if line.isascii() and line.isprintable() and "::" not in line and "##" not in line:
        return line
    # deferred: most lines are our own words alone
    from corrigenda.reporting.visible import harmless, visible

    return harmless(visible(line))
