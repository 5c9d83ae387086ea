"""What several commands share: finding the configuration, and saying what is wrong with it."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from corrigenda.cli.printing import say
from corrigenda.settings import Settings
from corrigenda.workspace.config import BASELINE, IGNORED, Config, ConfigError, find, load

if TYPE_CHECKING:
    from corrigenda.documents.store import Source
    from corrigenda.finding import Report
    from corrigenda.gate.baseline import KnownFiles
    from corrigenda.pipeline.index import Index


def configuration(given: str | None) -> Config:
    """Return the configuration of a file named on the command line, or of the nearest one.

    `given` may be "none": no file is read. Exits with 2 when the file is faulty.
    """
    try:
        read = _read(given)
    except ConfigError as error:
        fail(str(error))
    for note in read.notes:
        say(f"corrigenda: {note}", err=True)
    return read


def _read(given: str | None) -> Config:
    if given == "none":
        return Config()
    if given is None:
        return load(find(Path.cwd()))
    path = Path(given).resolve()
    if not path.is_file():
        fail(f"there is no configuration file {given}")
    return load(path)


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


def settings_of(
    config: Config, enable: Sequence[str] = (), disable: Sequence[str] = (), folders: Sequence[str] = ()
) -> Settings:
    """Return the settings of a configuration and what the command line adds; exits with 2 when they are faulty."""
    try:
        own = config.settings()
    except ConfigError as error:
        fail(str(error))
    return own._replace(
        enabled=(*own.enabled, *enable),
        disabled=(*own.disabled, *disable),
        check_folders=(*own.check_folders, *(Path(folder).resolve() for folder in folders)),
    )


def collect(paths: Sequence[str], config: Config, settings: Settings) -> "tuple[Report, list[Source]]":
    """Check paths for a command that works on the findings; exits with 2 for a faulty check."""
    from corrigenda.documents.store import Source
    from corrigenda.errors import CheckError
    from corrigenda.pipeline.run import run
    from corrigenda.workspace.discovery import discover

    files, problems = discover(paths, (), Path.cwd(), project=config.project())
    sources = [Source(file.display, file.path) for file in files if file.path is not None]
    try:
        return run(sources, settings, problems=problems, jobs=config.jobs), sources
    except CheckError as error:
        fail(str(error))


def index_of(settings: Settings) -> "Index":
    """Return the compiled checks; exits with 2 for a faulty one."""
    from corrigenda.errors import CheckError
    from corrigenda.pipeline.index import load as load_index

    try:
        return load_index(settings.check_folders, settings.disabled, settings.enabled)
    except CheckError as error:
        fail(str(error))


def known_paths(config: Config, given: str | None = None) -> tuple[Path, Path]:
    """Return where the baseline and the ignore list are; `given` is the baseline named on the command line."""
    root = config.root()
    baseline = Path(given) if given else config.baseline or root / BASELINE
    return baseline, config.ignore_list or root / IGNORED


def known_files(config: Config, given: str | None = None) -> "KnownFiles":
    """Return the files of known findings; `given` is the baseline named on the command line."""
    # deferred: most commands know no findings
    from corrigenda.gate.baseline import KnownFiles

    return KnownFiles(*known_paths(config, given), config.root())


def show_some(lines: Iterable[str], *, most: int = 20, err: bool = False) -> None:
    """Print the first lines of a list, and how many more there are."""
    every = list(lines)
    for line in every[:most]:
        say(line, err=err)
    if len(every) > most:
        say(f"  … and {len(every) - most} more", err=err)


def fail(message: str, code: int = 2) -> NoReturn:
    """Say one line on standard error and exit."""
    say(f"corrigenda: {message}", err=True)
    sys.exit(code)
