"""The library: checking and correcting text from Python.

    from corrigenda import check, fix

    result = check("The army is in Kiev. Kyiv is quiet.")
    for finding in result:
        print(finding.line, finding.severity, finding.message)
    print(fix("He met the the mayor.").text)

`check` and `fix` make a session of their own, which reads the index of checks (some hundredths of a second) and loads
models when a text needs them. Whoever checks many texts makes one `Session` and keeps it. The same check runs as on the
command line. No configuration file is read unless one is named, and nothing is sent to a large language model unless
one is named (`LargeModel`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, overload

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.store import DocumentStore, Source
from corrigenda.engines.llm import ALONE
from corrigenda.engines.llm import NAME as _LLM
from corrigenda.engines.registry import kind, kinds, names
from corrigenda.errors import CheckError, did_you_mean
from corrigenda.finding import EngineStatus, Finding, Problem, Report
from corrigenda.fixes.apply import Applied
from corrigenda.fixes.fixer import Fixer
from corrigenda.languages import code_of
from corrigenda.pipeline.checker import checker
from corrigenda.pipeline.run import check_documents, run_with
from corrigenda.pipeline.stages import OnStage, Stage, never
from corrigenda.settings import ReadingOptions, Settings
from corrigenda.workspace.config import load
from corrigenda.workspace.discovery import discover
from corrigenda.workspace.trust import Trust

if TYPE_CHECKING:
    from corrigenda.workspace.large_model import LargeModel

__all__ = ["CheckError", "Checked", "Fixed", "ReadingOptions", "Session", "check", "check_paths", "fix"]


def _read(path: Path, trusted: bool) -> Settings:
    return load(path, Trust.TRUSTED if trusted else Trust.USUAL).settings()


@dataclass(frozen=True)
class Checked(Sequence[Finding]):
    """The findings in one text, in its order; printed, a line for each and what did not run.

    Positions are code points in `document.text`, half open. `engines` says which engines ran; a text without findings
    was searched for what they, and the checks that are on, look for, and for nothing else. `problems` are what was
    asked for and could not be done.
    """

    findings: tuple[Finding, ...]
    engines: tuple[EngineStatus, ...]
    problems: tuple[Problem, ...]
    document: Document

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        """Return a finding, or a tuple of them."""
        return self.findings[index]

    def __len__(self) -> int:
        """Return the number of findings."""
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        """Yield the findings in the order of the text."""
        return iter(self.findings)

    def __str__(self) -> str:
        """Return a line for each finding, then what did not run and what went wrong."""
        lines = [
            f"{finding.line}:{finding.column} {finding.severity.value} {finding.check}: {finding.message}"
            for finding in self.findings
        ]
        lines += [
            f"Did not run: {engine.name} ({engine.reason})"
            for engine in self.engines
            if engine.status not in ("ran", "not needed")
        ]
        lines += [f"Problem: {problem.path}: {problem.message}" for problem in self.problems]
        return "\n".join(lines) or "Nothing found that corrigenda looks for."


@dataclass(frozen=True, slots=True)
class Fixed:
    """A corrected text: what was put in, in the order of the rounds, and the findings that are left for a person."""

    text: str
    applied: tuple[Applied, ...]
    left: tuple[Finding, ...]

    def __str__(self) -> str:
        """Return the corrected text."""
        return self.text


class Session:
    """A checker that stays: its index, models and engines serve every call. Use it in a `with` statement.

        with Session(Path("corrigenda.toml")) as session:
            for text in texts:
                print(session.check(text))

    It may be shared by several threads; one text is checked at a time.
    """

    def __init__(
        self,
        configuration: Settings | Path | None = None,
        *,
        engines: Mapping[str, str] | None = None,
        trusted: bool = False,
        llm: "LargeModel | None" = None,
    ) -> None:
        """Make a session.

        Args:
            configuration: A configuration file, or settings that were made in Python; None for the defaults.
            engines: What `[engines]` in a configuration would say of some engines, by name, such as "off".
            trusted: Whether a configuration file is the program's own, and may name models, addresses and files outside
                its folder, and make its checks' corrections safe. Settings made in Python always are.
            llm: A large language model that is asked as well, under one budget for the session; None to ask none.

        Raises:
            ConfigError: The configuration cannot be used.
            ValueError: There is no engine, or no state, of a name.
            CheckError: A check cannot be used, or there is none of a name.
        """
        settings = configuration or Settings() if not isinstance(configuration, Path) else _read(configuration, trusted)
        if llm is not None:
            settings = settings._replace(
                engines={**settings.engines, _LLM: "on"}, options={**settings.options, _LLM: llm.table()}
            )
        if engines is not None:
            _refuse_unknown(engines)
            settings = settings._replace(engines={**settings.engines, **engines})
        if settings.engines.get(_LLM, "off") != "off":
            named = {**settings.options.get(_LLM, {}), ALONE: True}
            settings = settings._replace(options={**settings.options, _LLM: named})
        self._checker = checker(settings)
        if llm is not None and llm.key is not None:
            from corrigenda.engines.llm.session import Llm  # deferred: most programs ask no large model

            engine = self._checker.engine(kind(_LLM))
            if isinstance(engine, Llm):
                engine.use_key(llm.key)

    def __enter__(self) -> "Session":
        """Return the session."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the session."""
        self.close()

    def close(self) -> None:
        """End what the engines started, such as a server."""
        self._checker.close()

    def check(
        self,
        text: str,
        *,
        name: str = "text",
        format: str = "text",  # noqa: A002 - the word that everyone uses
        fields: ReadingOptions | None = None,
        source: str | None = None,
        source_language: str = "",
        last: Stage = Stage.DOCUMENT_ENGINES,
        on_stage: OnStage | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Checked:
        """Check a text.

        Args:
            text: The text.
            name: How findings and problems call it.
            format: "text" or "markdown", or another format that is read from text, such as "json".
            fields: Which fields of a format of data are copy; None for what the settings say.
            source: The text that it was translated from, in the same format; None where it is not at hand.
            source_language: The code of the source's language, such as "uk"; "" to find it from the source.
            last: The last stage wanted; the first, RULES, takes milliseconds.
            on_stage: Called after each stage with what is known then.
            cancelled: Asked between stages; when it returns True the check stops.

        Raises:
            DocumentError: The text cannot be read in this format.
            CancelledError: `cancelled` said so.
        """
        options = fields or self._checker.settings.reading_options_of(name)
        document = registry.read_bytes(_encoded(text), name, format, options=options)
        if source is not None:
            document = _beside(document, source, format, options, source_language)
        report = check_documents(self._checker, [document], last=last, on_stage=on_stage, cancelled=cancelled)
        asked = {engine.name for engine in report.engines}
        unasked = (
            EngineStatus(kind.name, "off", f"the check ended after the stage {last.name}")
            for kind in kinds()
            if kind.name not in asked and last < Stage.DOCUMENT_ENGINES
        )
        return Checked(report.documents[0].findings, (*report.engines, *unasked), report.problems, document)

    def check_paths(
        self, paths: str | Path | Iterable[str | Path], *, jobs: int = 1, source: str | None = None
    ) -> Report:
        """Check files and folders, and compare them with each other where the settings want that.

        Large runs leave models out as the command line does, unless the settings say "on" of them: of more than 50
        files none is read whole by the language model, and of more than 200 none is compared by any.

        Args:
            paths: A file, folder or glob, or several of them; folders are searched for the formats that are read.
            jobs: Processes to work with; 0 for one on each core.
            source: The pattern that leads from each file to what it was translated from; None where there is none.

        Raises:
            ValueError: The pattern cannot be used.
        """
        named = [paths] if isinstance(paths, str | Path) else paths
        files, problems = discover([str(path) for path in named], (), Path.cwd())
        sources = [Source(file.display, file.path) for file in files if file.path is not None]
        if source is not None:
            from corrigenda.workspace import pairing  # deferred: most texts come without a source

            own = self._checker.settings
            where = pairing.Where(Path.cwd(), code_of(own.language), own.source_of, anywhere=True)
            pairs = pairing.by_patterns([pairing.Pattern(source)], files, where)
            problems = [*problems, *pairs.problems]
            sources = [pairs.source(file) for file in pairs.files if file.path is not None]
        settings = self._checker.settings
        store = DocumentStore.under(settings)
        return run_with(self._checker, store, sources, problems=problems, jobs=jobs)

    def fix(
        self,
        text: str,
        *,
        name: str = "text",
        format: str = "text",  # noqa: A002 - the word that everyone uses
        fields: ReadingOptions | None = None,
        source: str | None = None,
        source_language: str = "",
        unsafe: bool = False,
    ) -> Fixed:
        """Correct a text: what is safe, and with `unsafe` what may change the meaning too; quotations are left alone.

        Raises:
            DocumentError: The text cannot be read in this format, or not be written.
        """
        data = _encoded(text)
        options = fields or self._checker.settings.reading_options_of(name)
        document = registry.read_bytes(data, name, format, options=options)
        if source is not None:
            document = _beside(document, source, format, options, source_language)
        fixer = Fixer(self._checker, (), Path.cwd())
        result = fixer.correct(document, data, unsafe=unsafe)
        return Fixed(result.document.text, result.applied, tuple(fixer.check(result.document)))


def _beside(document: Document, source: str, form: str, options: ReadingOptions, language: str) -> Document:
    """Return a document beside the text that it was translated from. Raises DocumentError."""
    from corrigenda.documents.beside import beside  # deferred: most texts come without a source

    read = registry.read_bytes(_encoded(source), f"{document.path} (source)", form, options=options)
    return beside(document, replace(read, language=language) if language else read)


def _encoded(text: str) -> bytes:
    if not isinstance(text, str):
        raise TypeError(f"the text to check is a str, not {type(text).__name__}; files go to check_paths")
    return text.encode("utf-8", "surrogatepass")


def _refuse_unknown(engines: Mapping[str, str]) -> None:
    known = names()
    for name, state in engines.items():
        if name not in known:
            hint = did_you_mean(name, known, otherwise=f"there are: {', '.join(known)}")
            raise ValueError(f"there is no engine {name!r}; {hint}")
        if not kind(name).takes(state):
            raise ValueError(f"the engine {name} can be {kind(name).words}; not {state!r}")


def check(
    text: str, *, configuration: Settings | Path | None = None, llm: "LargeModel | None" = None, **options: Any
) -> Checked:
    """Check a text with a session of its own; `options` are those of `Session.check`."""
    with Session(configuration, llm=llm) as session:
        return session.check(text, **options)


def check_paths(
    paths: str | Path | Iterable[str | Path],
    *,
    configuration: Settings | Path | None = None,
    llm: "LargeModel | None" = None,
    jobs: int = 1,
    source: str | None = None,
) -> Report:
    """Check files and folders with a session of their own; see `Session.check_paths`."""
    with Session(configuration, llm=llm) as session:
        return session.check_paths(paths, jobs=jobs, source=source)


def fix(
    text: str, *, configuration: Settings | Path | None = None, llm: "LargeModel | None" = None, **options: Any
) -> Fixed:
    """Correct a text with a session of its own; `options` are those of `Session.fix`."""
    with Session(configuration, llm=llm) as session:
        return session.fix(text, **options)
