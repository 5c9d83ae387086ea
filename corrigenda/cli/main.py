"""The command `corrigenda`: a group whose commands are imported when they are called."""

import errno
import gc
import importlib
import os
import sys
from typing import Any

import click

from corrigenda import __version__
from corrigenda.cli.printing import say
from corrigenda.errors import did_you_mean
from corrigenda.reporting.color import wants_color
from corrigenda.safe_path import forget_current_folder

_COMMANDS = {
    "baseline": "Record today's findings, so that only new ones fail.",
    "cache": "Show or clear the cache.",
    "check": "Check files and folders, and report what translation left behind.",
    "checks": "List the checks there are, by theme.",
    "decisions": "Take over what was decided in a reviewed Word copy.",
    "doctor": "Say what is installed, which engines run, and what to do about those that do not.",
    "fix": "Apply corrections: the safe ones, or those that you choose.",
    "explain": "Explain a check: why, with examples and sources.",
    "config": "Show the settings in force and where they come from.",
    "ignore": "Say that a finding is right as it stands.",
    "init": "Write a commented configuration file.",
    "languagetool": "Install LanguageTool, and keep a server that runs share.",
    "models": "List, install and remove the models that comparisons use.",
    "names": "A table of every name, its spellings, counts and files.",
    "new-check": "Write the skeleton of a check of your own.",
    "test-checks": "Run the examples in check files.",
}


_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
"""Errors of a disk, or of one's part of it, that is full."""
INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 and the number of the signal, as shells have it."""
_MADE_BEFORE_COLLECTING = 100_000
"""Objects made before Python looks for garbage in circles; 700 by default."""


class _Commands(click.Group):
    """Finds a command's module by its name: `new-check` is corrigenda.cli.new_check, its object `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"corrigenda.cli.{cmd_name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may have been meant."""
        name = args[0] if args else ""
        if name and name not in _COMMANDS and not name.startswith("-"):
            hint = did_you_mean(name, _COMMANDS, otherwise="see 'corrigenda --help'.")
            ctx.fail(f"there is no command {name!r}. {hint[0].upper()}{hint[1:]}")
        return super().resolve_command(ctx, args)


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="corrigenda")
def cli() -> None:
    """Find what machine translation left behind in English copy, say why, and propose corrections."""


def main() -> None:
    """Run the command line; an unexpected error is one line, unless --debug or CORRIGENDA_DEBUG asks for the
    traceback.
    """
    forget_current_folder()
    # Most of what a run makes stays until its end: the default looks through all of it dozens of times in vain.
    gc.set_threshold(_MADE_BEFORE_COLLECTING)
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles and pipes may not be UTF-8; a report must not fail on a curly quote.
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        # Everything that click prints, styled or not, goes by this; without it click would colour by its own rules.
        # `standalone_mode` off, since click would print what was given as it is: a hook hands file names on.
        sys.exit(cli(prog_name="corrigenda", color=wants_color(os.environ, sys.stdout.isatty()), standalone_mode=False))
    except click.ClickException as error:
        # deferred: what a wrong call costs
        from corrigenda.reporting.visible import visible

        vars(error)["message"] = visible(error.message)
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt) as error:
        stopped = isinstance(error.__context__ or error, KeyboardInterrupt)
        say("corrigenda: stopped." if stopped else "Aborted!", err=True)
        sys.exit(INTERRUPTED if stopped else 1)
    except BrokenPipeError:
        # The reader (head, less) went away: nothing is wrong, and nothing more can be said.
        sys.stderr.close()
        os._exit(0)
    except Exception as error:
        if "--debug" in sys.argv or os.environ.get("CORRIGENDA_DEBUG"):
            raise
        if isinstance(error, OSError) and error.errno in _FULL:
            say(f"corrigenda: the output cannot be written ({error.strerror}); make room, or write elsewhere", err=True)
            sys.exit(3)
        say(
            f"corrigenda: something went wrong ({type(error).__name__}: {error}). Run again with --debug to see where.",
            err=True,
        )
        sys.exit(3)
