"""Where reports go: the formats and files of a command line, and writing them."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from corrigenda.cli.common import fail
from corrigenda.cli.printing import pour, say
from corrigenda.cli.texts import check_info, texts_of
from corrigenda.documents.store import DocumentStore, Source
from corrigenda.errors import did_you_mean
from corrigenda.finding import Report, Severity
from corrigenda.reporting import formats
from corrigenda.reporting.base import Options, Texts, Unsuited
from corrigenda.reporting.color import wants_color
from corrigenda.reporting.repository import repository
from corrigenda.settings import Settings
from corrigenda.workspace.config import Config

_NEED_CHECKS = ("html", "sarif", "markdown")
"""Formats that say more of a check than its findings do."""


_BYTES = ("docx", "xlsx")
"""Formats that are not text."""


class Target(NamedTuple):
    """A format and the file it goes to; None is standard output."""

    format: str
    path: Path | None


class Run(NamedTuple):
    """A finished run, as reports are written from it."""

    report: Report
    sources: Sequence[Source]
    store: DocumentStore
    settings: Settings
    config: Config
    fail_on: str


def targets(names: Sequence[str], outputs: Sequence[str]) -> list[Target]:
    """Return what `--format` and `--output` ask for; exits with 2 when they do not go together."""
    names = list(names) or [_format_of(output) for output in outputs] or ["terminal"]
    for name in names:
        if formats.find(name) is None:
            hint = did_you_mean(name, formats.own(), otherwise=f"there are: {', '.join(formats.own())}")
            fail(f"there is no format {name!r}; {hint}")
    if len(outputs) > len(names) or len(names) - len(outputs) > 1:
        fail("give each --format its --output, in the same order; only the last may go to standard output")
    paths = [None if output == "-" else Path(output) for output in outputs]
    for name, path in zip(names, paths, strict=False):
        meant = formats.for_path(path) if path is not None else None
        if meant is not None and meant != name and meant in names:
            fail(f"{path} would get {name}; give each --format its --output, in the same order")
    if len(names) > len(paths) and names[-1] in _BYTES and sys.stdout.isatty():
        fail(f"{names[-1]} is no text for a terminal; add --output FILE")
    return [Target(*pair) for pair in zip(names, [*paths, *[None] * (len(names) - len(paths))], strict=True)]


def _format_of(output: str) -> str:
    name = formats.for_path(Path(output))
    if name is None:
        fail(f"the ending of {output} does not say which format; add --format")
    return name


def refuse_overwriting(sources: Iterable[Source], wanted: Iterable[Target]) -> None:
    """Exit with 2 where a report would replace a document or another report, or has no folder to go to."""
    read = {str(source.path.resolve()) for source in sources if source.path is not None}
    written: set[str] = set()
    for output in (target.path for target in wanted if target.path is not None):
        if not output.parent.exists():
            fail(f"{output}: the folder {output.parent} does not exist; make it first")
        name = str(output.resolve())
        if name in read:
            fail(f"{output} is one of the documents to check; give the report another name")
        if name in written:
            fail(f"{output} is named for two reports; give each its own")
        written.add(name)


def write(run: Run, wanted: Iterable[Target], *, quiet: bool = False) -> None:
    """Write a run's reports, and say where they are unless it is to be `quiet`; exits with 2 for a missing library and
    with 3 for a file that cannot be written.
    """
    texts = texts_of(run.sources, run.store)
    unsuited: list[str] = []
    for target in wanted:
        options = _options(run, target, texts)
        try:
            if target.path is not None:
                formats.write(target.format, run.report, texts, target.path, options)
                if not quiet:
                    say(f"corrigenda: the report is in {target.path} ({target.format}).", err=True)
            else:
                result = formats.render(target.format, run.report, texts, options)
                pour(result, shown=target.format == "terminal")
        except formats.MissingLibrary as error:
            fail(str(error))
        except Unsuited as error:
            unsuited.append(str(error))  # the other reports are written all the same
            continue
        except BrokenPipeError:
            raise
        except OSError as error:
            place = target.path or "standard output"
            fail(f"{place}: the report cannot be written ({error.strerror or error}); choose another place", 3)
        left_out = formats.left_out(target.format, run.report)
        if left_out:
            say(f"corrigenda: {left_out}", err=True)
        try:
            formats.publish(target.format, run.report, texts, options)
        except OSError as error:
            fail(f"the job's summary cannot be written ({error.strerror or error})", 3)
    if unsuited:
        fail(unsuited[0])


def _options(run: Run, target: Target, texts: Texts) -> Options:
    own = target.path is None
    return Options(
        color=own and wants_color(os.environ, sys.stdout.isatty()),
        width=_columns() if own else 100,
        checks=check_info(run.report, run.settings.check_folders) if target.format in _NEED_CHECKS else {},
        corrected=_corrected(run, texts) if target.format == "diff" else None,
        fail_on=None if run.fail_on == "never" else Severity(run.fail_on),
        repository=repository([document.path for document in run.report.documents], os.environ),
        original=_original(run) if _is_copy(target.format) else None,
    )


def _original(run: Run) -> Callable[[str], bytes | None]:
    """Return a function that gives the bytes of a document's file, None where they are not to be had any more."""
    # deferred: one format alone is a copy of the document
    from corrigenda.documents.errors import DocumentError

    by_path = {source.display: source for source in run.sources}

    def data(path: str) -> bytes | None:
        source = by_path.get(path)
        try:
            return run.store.data(source) if source is not None else None
        except DocumentError:
            return None

    return data


def _is_copy(name: str) -> bool:
    entry = formats.find(name)
    return entry is not None and entry.is_copy


def _columns() -> int:
    """Return the width for a report on standard output: COLUMNS, or the terminal's, at most 120; 100 for a pipe."""
    # As shutil.get_terminal_size, whose module brings those of every kind of archive with it.
    columns = os.environ.get("COLUMNS", "")
    try:
        width = int(columns) if columns.isdecimal() else 0
        width = width or os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns
    except (AttributeError, ValueError, OSError):
        width = 0
    return min(width or 100, 120)


def _corrected(run: Run, texts: Texts) -> Callable[[str], str | None]:
    """Return a function that gives a document's text as `corrigenda fix` would leave it."""
    # deferred: one format alone needs the pipeline a second time
    from corrigenda.cli.common import known_files
    from corrigenda.documents.errors import DocumentError
    from corrigenda.documents.registry import text_as_written
    from corrigenda.finding import Applicability
    from corrigenda.fixes.fixer import Fixer
    from corrigenda.gate.baseline import read
    from corrigenda.pipeline.checker import checker

    wanted = [
        document.path
        for document in run.report.documents
        if any(c.applicability is Applicability.SAFE for finding in document.findings for c in finding.corrections)
    ]
    result: dict[str, str] = {}
    if wanted:
        by_path = {source.display: source for source in run.sources}
        files = known_files(run.config)
        # An engine that failed would be waited for once more.
        failed = {status.name: "off" for status in run.report.engines if status.status == "failed"}
        # Reading a text whole takes long, and brings no correction.
        settings = run.settings._replace(engines={**run.settings.engines, **failed}, reading=False)
        with checker(settings) as engine:
            own = Fixer(engine, read(files.ignored), files.root)
            for path in wanted:
                document = texts(path)
                try:
                    if document is not None:
                        corrected = own.correct(document, run.store.data(by_path[path]))
                        result[path] = text_as_written(corrected.document, corrected.data)
                except DocumentError:
                    continue  # it vanished meanwhile, or cannot be written: there is nothing to show
    return result.get
