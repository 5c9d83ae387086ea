"""`corrigenda test-checks`: run the examples that check files carry."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corrigenda.cli.common import configuration, fail, folders_of, refuse_unknown, trust_option
from corrigenda.cli.printing import say
from corrigenda.reporting.base import plural

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


@click.command(name="test-checks", short_help="Run the examples in check files.")
@click.argument("paths", nargs=-1)
@click.option(
    "--shipped",
    is_flag=True,
    help="Also ask for what shipped checks need: three wrong and three fine examples, sources.",
)
@click.option(
    "--config", metavar="FILE", help="Configuration file; 'none' for none. Otherwise the nearest one is used."
)
@trust_option
def command(paths: tuple[str, ...], shipped: bool, config: str | None, trust: bool | None) -> None:
    """Run the examples of the checks in PATHS: folders of checks, or single files; without PATHS of all checks there
    are.

    Each wrong example must be found at exactly its marks, its first correction must give the right text, and nothing
    may be found in the fine ones. Exit codes: 0 all did, 1 some did not, 2 a check cannot be read.
    """
    from corrigenda.pipeline.examples import failures
    from corrigenda.pipeline.lexicon_examples import failures as failures_of_entries
    from corrigenda.rules.check import CheckError, problems_of_shipped

    read = configuration(config, trust)
    if not paths:
        refuse_unknown(read)
    files = _files(paths) if paths else _files(tuple(str(folder) for folder in folders_of(read, ())))
    if not files:
        fail(f"there is no check in {', '.join(paths)}; 'corrigenda new-check' writes one")
    checks: dict[str, Check] = {}
    unread = 0
    for path, folder in files:
        try:
            check = _load(path, folder)
            if check.id in checks:
                raise CheckError(
                    path, 1, f"{checks[check.id].path} has the same id {check.id!r}; rename one of the two"
                )
            checks[check.id] = check
        except CheckError as error:
            say(str(error), err=True)
            unread += 1
    wrong = 0
    if shipped:
        for check in checks.values():
            for message in problems_of_shipped(check):
                say(f"{check.path}:1: {check.id} {message}", err=True)
                wrong += 1
    try:
        found = [*failures(list(checks.values()), read.settings()), *failures_of_entries(list(checks.values()))]
    except CheckError as error:
        fail(str(error))
    for failure in found:
        say(f"{failure.path}:{failure.line}: {failure.check} {failure.message}", err=True)
    examples = sum(len(check.wrong) + len(check.fine) for check in checks.values())
    wrong += len(found)
    lost = f"{plural(unread, 'check')} could not be read" if unread else ""
    if checks:
        tally = f"{plural(len(checks), 'check')}, {plural(examples, 'example')}: "
        say(
            tally
            + (f"{wrong} not as they should be" if wrong else "all as they should be")
            + (f"; {lost}." if lost else ".")
        )
    else:
        say(f"{lost}, so no example was tried.")
    raise SystemExit(2 if unread else int(bool(wrong)))


def _files(paths: tuple[str, ...]) -> list[tuple[Path, Path | None]]:
    """Return check files with the folder that their ids begin at; None where the file was named by itself."""
    from corrigenda.rules.check import check_files

    found: list[tuple[Path, Path | None]] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            found.extend((file, path) for file in check_files(path))
        elif path.is_file():
            found.append((path.resolve(), None))
        else:
            fail(f"there is no file or folder {given}")
    return found


def _load(path: Path, folder: Path | None) -> "Check":
    """Load a check; a file named by itself tells by its id where its folder of checks begins."""
    from corrigenda.rules.check import CheckError, load

    if folder is not None:
        return load(path, folder)
    error: CheckError | None = None
    # theme/name is the rule, and a deeper folder is allowed: the nearest base under which the id fits is the right one.
    for base in path.parents[1:4]:
        try:
            return load(path, base)
        except CheckError as refused:
            if error is None or "the file's place says" not in refused.message:
                error = refused
            if "the file's place says" not in refused.message:
                break
    assert error is not None
    raise error
