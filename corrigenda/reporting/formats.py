"""The output formats: each is a module of this folder, or of another package, with a `FORMAT`, found by its name.

A format's module is imported when it is asked for, all of them only where a file's ending has to say which is meant.
"""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from os import environ
from pathlib import Path

from corrigenda import reporting
from corrigenda.finding import Report
from corrigenda.reporting.base import Format, Options, Texts


class UnknownFormat(ValueError):  # noqa: N818 (it reads as what it is in a message)
    """There is no format of this name."""


class MissingLibrary(RuntimeError):  # noqa: N818
    """The format needs a library that is not installed; the message says which, and how to get it."""


def find(name: str) -> Format | None:
    """Return the format of a name, None where neither corrigenda nor an installed package has it."""
    if name.isidentifier() and find_spec(f"corrigenda.reporting.{name}") is not None:
        entry = _format(name)
        if entry is not None:
            return entry
    # deferred: only a name that is not our own needs other packages
    from corrigenda.plugins import REPORTS, plugin

    found = plugin(REPORTS, name)
    return found if isinstance(found, Format) else None


def own() -> Mapping[str, Format]:
    """Return corrigenda's own formats by name, sorted."""
    # deferred: needed only where no format was named, or a wrong one
    from pkgutil import iter_modules

    # The folder itself says what there is, so that a new format is a new file and nothing else.
    names = sorted(module.name for module in iter_modules(reporting.__path__))
    return {name: entry for name in names if (entry := _format(name)) is not None}


def _format(module: str) -> Format | None:
    entry = getattr(import_module(f"corrigenda.reporting.{module}"), "FORMAT", None)
    return entry if isinstance(entry, Format) and entry.name == module else None


def render(name: str, report: Report, texts: Texts, options: Options | None = None) -> str | bytes:
    """Return the report in one format: text to be written as UTF-8 without translating line ends, or bytes.

    Raises UnknownFormat for a name that no format has, and MissingLibrary when the format's extra is not installed.
    """
    entry = find(name)
    if entry is None:
        raise UnknownFormat(f"there is no format {name!r}; choose one of {', '.join(own())}")
    try:
        return entry.render(report, texts, options or Options())
    except ModuleNotFoundError as error:
        if not entry.extra or (error.name or "").startswith("corrigenda"):
            raise
        raise MissingLibrary(
            f"the format {name} needs {error.name}; install it with: pip install 'corrigenda[{entry.extra}]'"
        ) from error


def write(name: str, report: Report, texts: Texts, path: Path, options: Options | None = None) -> None:
    """Render one format into a file. Raises what `render` raises, and OSError."""
    result = render(name, report, texts, options)
    data = result if isinstance(result, bytes) else result.encode("utf-8")
    # deferred: a report on standard output writes no file
    from corrigenda.storage.atomic import write_output

    write_output(path, data)


def publish(
    name: str, report: Report, texts: Texts, options: Options | None = None, env: Mapping[str, str] = environ
) -> None:
    """Do what a format does besides its output: for github, append the job summary to $GITHUB_STEP_SUMMARY when set."""
    entry = find(name)
    if entry is not None and entry.publish is not None:
        entry.publish(report, texts, options or Options(), env)


def left_out(name: str, report: Report) -> str:
    """Return a line on what of a report a format has no room for, "" where it holds all."""
    entry = find(name)
    return entry.left_out(report) if entry is not None and entry.left_out is not None else ""


def for_path(path: Path) -> str | None:
    """Return the format that a file name's ending stands for, or None when it is unknown or stands for several."""
    found = [entry.name for entry in own().values() if entry.suffix == path.suffix.lower() and not entry.named_only]
    return found[0] if len(found) == 1 else None
