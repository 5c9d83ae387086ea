"""What several commands share: finding the configuration, and saying what is wrong with it."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from corrigenda.config import Config, ConfigError, find, load


def configuration(given: str | None) -> Config:
    """Return the configuration of a file named on the command line, or of the nearest one.

    `given` may be "none": no file is read. Exits with 2 when the file is faulty.
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


def folders_of(config: Config, extra: Sequence[str]) -> list[Path]:
    """Return the folders that checks come from: the shipped ones, the configuration's and those of the command line.

    Exits with 2 when one of them is missing.
    """
    from corrigenda import resources

    folders = [resources.folder("checks"), *config.check_folders, *(Path(folder).resolve() for folder in extra)]
    for folder in folders:
        if not folder.is_dir():
            fail(f"there is no folder of checks {folder}")
    return folders


def fail(message: str, code: int = 2) -> NoReturn:
    """Say one line on standard error and exit."""
    click.echo(f"corrigenda: {message}", err=True)
    sys.exit(code)
