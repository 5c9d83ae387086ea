"""What several commands share: finding the configuration, and saying what is wrong with it."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from corrigenda.config import Config, ConfigError, find, load


def configuration(given: str | None) -> Config:
    """Return the configuration of a file named on the command line, or of the nearest one; exits with 2 when it is faulty.

    `given` may be "none": no file is read.
    """
    try:
        if given == "none":
            return Config()
        if given is not None:
            path = Path(given).resolve()
            if not path.is_file():
                fail(f"there is no configuration file {given}")
            return load(path)
        return load(find(Path.cwd()))
    except ConfigError as error:
        fail(str(error))


def fail(message: str, code: int = 2) -> NoReturn:
    """Say one line on standard error and exit."""
    click.echo(f"corrigenda: {message}", err=True)
    sys.exit(code)
