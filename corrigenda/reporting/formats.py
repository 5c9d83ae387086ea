"""The registry of output formats: name, what it is for, and the module that writes it, imported only when asked for."""

from collections.abc import Mapping
from importlib import import_module
from os import environ
from pathlib import Path
from typing import NamedTuple

from corrigenda.finding import Report
from corrigenda.reporting.base import Options, Texts


class Format(NamedTuple):
    """One output format: its name, the usual file name ending, one line on it, and where its renderer is."""

    name: str
    suffix: str
    summary: str
    renderer: str
    extra: str = ""


FORMATS: Mapping[str, Format] = {
    entry.name: entry
    for entry in (
        Format("csv", ".csv", "A row for each finding, for pandas and databases", "csv:render"),
        Format("diff", ".diff", "A unified diff of the corrections", "diff:render"),
        Format("github", ".txt", "Annotations and a job summary in GitHub Actions", "github:render"),
        Format("gitlab", ".json", "GitLab's Code Quality report", "gitlab:render"),
        Format("html", ".html", "The report an editor works in: one file, read in any browser", "html:render"),
        Format("json", ".json", "Everything, for other programs (reports/report.schema.json)", "json:render"),
        Format("jsonl", ".jsonl", "The same, a line for each finding", "json:render_lines"),
        Format("junit", ".xml", "Test results, for CI servers", "junit:render"),
        Format("markdown", ".md", "A report to paste into a ticket or a message", "markdown:render"),
        Format("rdjsonl", ".rdjsonl", "Reviewdog's diagnostics, with suggestions", "rdjsonl:render"),
        Format("sarif", ".sarif", "SARIF 2.1.0, for code scanning and editors", "sarif:render"),
        Format("terminal", ".txt", "The report on the terminal", "terminal:render"),
        Format("xlsx", ".xlsx", "A workbook: findings, names and a summary", "xlsx:render", "tables"),
    )
}


class UnknownFormat(ValueError):  # noqa: N818 (it reads as what it is in a message)
    """The name is not one of `FORMATS`."""


class MissingLibrary(RuntimeError):  # noqa: N818
    """The format needs a library that is not installed; the message says which, and how to get it."""


def render(name: str, report: Report, texts: Texts, options: Options | None = None) -> str | bytes:
    """Return the report in one format: text to be written as UTF-8 without translating line ends, or bytes.

    Raises UnknownFormat for a name that is not in `FORMATS`, and MissingLibrary when the format's extra is not
    installed.
    """
    entry = FORMATS.get(name)
    if entry is None:
        raise UnknownFormat(f"there is no format {name!r}; choose one of {', '.join(sorted(FORMATS))}")
    module, function = entry.renderer.split(":")
    try:
        result: str | bytes = getattr(import_module(f"corrigenda.reporting.{module}"), function)(
            report, texts, options or Options()
        )
    except ModuleNotFoundError as error:
        if not entry.extra or (error.name or "").startswith("corrigenda"):
            raise
        raise MissingLibrary(
            f"the format {name} needs {error.name}; install it with: pip install 'corrigenda[{entry.extra}]'"
        ) from error
    return result


def write(name: str, report: Report, texts: Texts, path: Path, options: Options | None = None) -> None:
    """Render one format into a file. Raises what `render` raises, and OSError."""
    result = render(name, report, texts, options)
    data = result if isinstance(result, bytes) else result.encode("utf-8")
    # deferred: a report on standard output writes no file
    from corrigenda.storage.atomic import replace_file

    try:
        replace_file(path, data)
    except OSError:
        # A file that may be written in a folder that may not, or that a container mounts by itself.
        path.write_bytes(data)


def publish(
    name: str, report: Report, texts: Texts, options: Options | None = None, env: Mapping[str, str] = environ
) -> None:
    """Do what a format does besides its output: for github, append the job summary to $GITHUB_STEP_SUMMARY when set."""
    target = env.get("GITHUB_STEP_SUMMARY", "")
    if name != "github" or not target:
        return
    # deferred: only on GitHub
    from corrigenda.reporting.github import summary

    with Path(target).open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(summary(report, texts, options or Options()))


def for_path(path: Path) -> str | None:
    """Return the format that a file name's ending stands for, or None when it is unknown or stands for several."""
    found = [entry.name for entry in FORMATS.values() if entry.suffix == path.suffix.lower() and entry.name != "gitlab"]
    return found[0] if len(found) == 1 else None
