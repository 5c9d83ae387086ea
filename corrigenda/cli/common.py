"""What several commands share: finding the configuration, and saying what is wrong with it."""

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from corrigenda.cli.printing import say
from corrigenda.cli.progress import Progress
from corrigenda.errors import did_you_mean
from corrigenda.languages import code_of
from corrigenda.settings import FIELD_FORMATS, ReadingOptions, Settings
from corrigenda.workspace.config import BASELINE, FILE, IGNORED, Config, ConfigError, find, load, load_user
from corrigenda.workspace.trust import Links, Trust, how_to_allow, level, links

if TYPE_CHECKING:
    from corrigenda.documents.store import Source
    from corrigenda.errors import CheckError
    from corrigenda.finding import Problem, Report
    from corrigenda.gate.baseline import KnownFiles
    from corrigenda.pipeline.index import Index
    from corrigenda.workspace.discovery import FoundFile
    from corrigenda.workspace.pairing import Pairs


_NO_FIELDS = ReadingOptions()


def trust_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options --trust and --untrusted to a command: its parameter `trust` is True, False, or None."""
    return click.option(
        "--trust/--untrusted",
        "trust",
        default=None,
        help="Whether the configuration is your own and may decide everything, or a stranger's (docs/security.md).",
    )(command)


def source_file_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option --source to a command: its parameter `source` is a file, a pattern, or None."""
    return click.option(
        "--source",
        "source",
        metavar="FILE",
        help="The text that the document was translated from; for several documents a pattern, such as "
        "'{stem}.src{ext}' or '{lang}/{path}'.",
    )(command)


def source_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option --from to a command: its parameter `source_language` is the code of a language, or None."""
    return click.option(
        "--from",
        "source_language",
        metavar="LANGUAGE",
        callback=_source_language,
        help="The language that the texts were translated from: uk, pl, ja … or its English name. Otherwise each "
        "text's front matter says it (translated_from: uk), the configuration, or the text's names and wordings.",
    )(command)


def _source_language(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is None or value == "auto":
        return value
    # deferred: most runs do not say where texts come from
    from corrigenda.languages.sources import code_of, names

    code = code_of(value)
    if not code:
        hint = did_you_mean(value, names(), otherwise=f"there are: {', '.join(sorted(names()))}")
        fail(f"--from {value}: no language is known by that name; {hint}")
    return code


def configuration(given: str | None, trust: bool | None = None) -> Config:
    """Return the configuration of a file named on the command line, or of the nearest one, and what the user says.

    `given` may be "none": no file is read but the user's own. `trust` is what --trust or --untrusted said. What is left
    aside is said. Exits with 2 when a file is faulty, or says what is not for it to decide.
    """
    try:
        if given == "none":
            path = None
        elif given is not None:
            path = Path(given).resolve()
            if not path.is_file():
                fail(f"there is no configuration file {given}")
        else:
            path = find(Path.cwd())
        user = load_user()
        config = load(path, level(trust, (path or Path.cwd() / FILE).parent, user)).with_user(user)
    except ConfigError as error:
        fail(str(error))
    for line in (*config.notes, *config.left_aside):
        say(f"corrigenda: {line}", err=True)
    return config


def choice_of_checks(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options by which a command chooses checks: its parameters `enable`, `disable` and `folders`."""
    for option in (
        click.option("--checks", "folders", multiple=True, metavar="FOLDER", help="A folder with checks of your own."),
        click.option(
            "--disable",
            multiple=True,
            metavar="CHECK",
            help="Turn off a check or a theme; 'all' with --enable runs only those.",
        ),
        click.option("--enable", multiple=True, metavar="CHECK", help="Turn on a check or a theme."),
    ):
        command = option(command)
    return command


def field_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say which fields of a file of data are copy: the command gets them as `fields`, a
    ReadingOptions.
    """

    @wraps(command)
    def with_fields(
        text_field: tuple[str, ...],
        title_field: tuple[str, ...],
        field_format: str | None,
        source_field: tuple[str, ...],
        **given: Any,
    ) -> None:
        command(fields=ReadingOptions(text_field, title_field, field_format or "", source_field), **given)

    result: Callable[..., None] = with_fields
    for option in (
        click.option(
            "--source-field",
            multiple=True,
            metavar="NAME",
            help="What a --text-field (and then each --title-field) was translated from: one for each, in order.",
        ),
        click.option(
            "--field-format", type=click.Choice(FIELD_FORMATS), help="What fields are written in; HTML in feeds."
        ),
        click.option("--title-field", multiple=True, metavar="NAME", help="A field that is a headline, likewise."),
        click.option(
            "--text-field",
            multiple=True,
            metavar="NAME",
            help="A field of JSON, CSV, XLSX or XML that is copy: body, content.rendered, articles[].body … Nothing "
            "else is read then; may be given several times.",
        ),
    ):
        result = option(result)
    return result


def refuse(error: "CheckError", config: Config) -> NoReturn:
    """Say what is wrong with a check, or with a name of one, and exit with 2: with the place, where a file names it."""
    # deferred: what a mistake costs
    from corrigenda.errors import UnknownCheckError

    line = config.line_naming(error.name) if isinstance(error, UnknownCheckError) else 0
    fail(f"{config.path}:{line}: {error}" if line else str(error))


def refuse_unknown(config: Config, names: Sequence[str] = ()) -> None:
    """Exit with 2 where the configuration, or a command's own `names`, speak of a check that there is not.

    For commands that make no checker, which refuses them by itself.
    """
    if not (config.disable or config.enable or config.severity or config.overrides or names):
        return
    from corrigenda.errors import CheckError
    from corrigenda.pipeline.checker import refuse_unknown as refuse_names
    from corrigenda.pipeline.index import load as load_index

    settings = settings_of(config, names)
    try:
        refuse_names(settings, load_index(settings.check_folders))
    except CheckError as error:
        refuse(error, config)


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
    config: Config,
    enable: Sequence[str] = (),
    disable: Sequence[str] = (),
    folders: Sequence[str] = (),
    fields: ReadingOptions = _NO_FIELDS,
) -> Settings:
    """Return the settings of a configuration and what the command line adds; exits with 2 when they are faulty.

    Which fields are copy (`fields`) is said for all files where the command line says it.
    """
    try:
        own = config.settings()
    except ConfigError as error:
        fail(str(error))
    named = tuple(Path(folder).resolve() for folder in folders)
    for folder in named:
        if not folder.is_dir():
            fail(f"there is no folder of checks {folder}")
    if fields != _NO_FIELDS:
        own = own._replace(
            reading_options=fields.over(own.reading_options),
            overrides=tuple(o._replace(reading_options=fields.over(o.reading_options)) for o in own.overrides),
        )
    return own._replace(
        enabled=(*own.enabled, *enable),
        disabled=(*own.disabled, *disable),
        check_folders=(*own.check_folders, *named),
        # Who names a folder vouches for it, unless they said that the project is a stranger's.
        doubted=(*own.doubted, *named) if config.trust is Trust.UNTRUSTED else own.doubted,
    )


def files_of(
    paths: Sequence[str],
    config: Config,
    *,
    excludes: Sequence[str] = (),
    forced: bool = False,
    written: bool = False,
    quiet: bool = False,
    absent: Sequence[str] = (),
) -> "tuple[list[FoundFile], list[Problem]]":
    """Return the files that a command's paths mean, and what stands in the way; say what was passed over.

    Exits with 2 where the configuration names a format that no package adds.

    Args:
        paths: The paths, as the user gave them.
        config: The configuration in force.
        excludes: More patterns of files to leave out.
        forced: Whether files that are named are left out too where excludes match them.
        written: Whether the files are written, so that fewer links are followed.
        quiet: Whether nothing is said.
        absent: Absolute paths of more files, which git holds and the working tree has not.
    """
    from corrigenda.workspace.discovery import search

    try:
        found = search(
            paths,
            excludes,
            Path.cwd(),
            project=config.project(),
            forced=forced,
            follow=links(config.trust, written=written),
            formats=config.formats,
            absent=absent,
        )
    except KeyError as error:
        # deferred: most configurations name no format
        from corrigenda.plugins import READERS, plugin_names

        known = plugin_names(READERS)
        otherwise = f"there are: {', '.join(known)}" if known else "no installed package has any"
        hint = did_you_mean(str(error.args[0]), known, otherwise=otherwise)
        fail(f"{config.path}:{config.line_of('formats')}: no package reads the format {error.args[0]!r}; {hint}")
    if found.passed_over and not quiet:
        say(f"corrigenda: {found.passed_over}", err=True)
    return found.files, found.problems


def paired(
    files: "Sequence[FoundFile]",
    config: Config,
    settings: Settings,
    source: str | None = None,
    *,
    written: bool = False,
    quiet: bool = False,
) -> "Pairs":
    """Return the texts among some files with their sources, by what a command's --source or the configuration says.

    Exits with 2 where that cannot be used. Says how many files serve as a source unless it is to be `quiet`. `written`
    says that the files are written, as with `files_of`.
    """
    from corrigenda.workspace import pairing

    try:
        if source is not None and "{" not in source:
            return pairing.named(source, files)
        patterns = [source] if source is not None else config.source.get("pattern", ())
        if not patterns:
            return pairing.Pairs(list(files), {}, [])
        where = pairing.Where(
            Path.cwd() if source is not None else config.root(),
            code_of(settings.language),
            settings.source_of,
            anywhere=source is not None,
            links=links(config.trust, written=written) is Links.ALL,
        )
        pairs = pairing.by_patterns([pairing.Pattern(pattern) for pattern in patterns], files, where)
    except pairing.SourceError as error:
        fail(f"--source: {error}" if source is not None else f"{config.path}:{config.line_of('source')}: {error}")
    if pairs.serving and not quiet:
        one, many = "1 file serves as a source and is", f"{pairs.serving:,} files serve as sources and are"
        say(f"corrigenda: {one if pairs.serving == 1 else many} not checked.", err=True)
    if source is not None and not pairs.origins and files and not quiet:
        say(f"corrigenda: --source {source} leads to no file, so no text has a source.", err=True)
    return pairs


def collect(paths: Sequence[str], config: Config, settings: Settings) -> "tuple[Report, list[Source]]":
    """Check paths for a command that works on the findings; exits with 2 for a faulty check."""
    from corrigenda.errors import CheckError
    from corrigenda.pipeline.run import run

    files, problems = files_of(paths, config)
    pairs = paired(files, config, settings)
    problems = [*problems, *pairs.problems]
    sources = [pairs.source(file) for file in pairs.files if file.path is not None]
    try:
        with Progress(len(sources)) as progress:
            return run(sources, settings, problems=problems, jobs=config.jobs, progress=progress), sources
    except CheckError as error:
        refuse(error, config)


def index_of(settings: Settings) -> "Index":
    """Return the compiled checks; exits with 2 for a faulty one."""
    from corrigenda.errors import CheckError
    from corrigenda.pipeline.index import load as load_index

    try:
        return load_index(settings.check_folders, settings.disabled, settings.enabled, doubted=settings.doubted)
    except CheckError as error:
        fail(str(error))


def known_paths(config: Config, given: str | None = None) -> tuple[Path, Path]:
    """Return where the baseline and the ignore list are; `given` is the baseline named on the command line."""
    baseline = Path(given) if given else config.baseline or _own(config, BASELINE)
    return baseline, ignore_list(config)


def ignore_list(config: Config) -> Path:
    """Return where the ignore list is; exits with 2 when a link there leads out of the project."""
    return config.ignore_list or _own(config, IGNORED)


def _own(config: Config, name: str) -> Path:
    """Return a file of a project's that lies at its usual place, once it is sure that no link leads out of the
    project.
    """
    path = config.root() / name
    if config.trust is Trust.TRUSTED:
        return path.resolve()  # it is written through no link, and this one is the user's
    if not path.resolve().is_relative_to(config.root().resolve()):
        fail(f"{path}: this link leads out of the project, to {path.resolve()}; {how_to_allow()}")
    return path


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
