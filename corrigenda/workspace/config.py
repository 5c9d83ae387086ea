"""The configuration file: `corrigenda.toml`, or `[tool.corrigenda]` in `pyproject.toml`, found upwards.

Reading is strict: an unknown key or a wrong value is an error with the file, the line and what to write instead.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from corrigenda import languages
from corrigenda.finding import Severity
from corrigenda.settings import Override, ReadingOptions, Settings
from corrigenda.storage import confined
from corrigenda.workspace import toml_file
from corrigenda.workspace.config_reader import FAIL_ON as FAIL_ON
from corrigenda.workspace.config_reader import ConfigError as ConfigError
from corrigenda.workspace.config_reader import read_project, read_user, read_variable, table_of
from corrigenda.workspace.profiles import PROFILES as PROFILES
from corrigenda.workspace.toml_file import TomlError
from corrigenda.workspace.trust import (
    Trust,
    User,
    said_in_environment,
    user_file,
    variable,
)

FILE = "corrigenda.toml"
BASELINE = ".corrigenda-baseline.jsonl"
IGNORED = ".corrigenda-ignore.jsonl"
NOT_SETTINGS = frozenset(("llm", "path", "said", "notes", "elsewhere", "trust", "left_aside"))
"""Fields of `Config` that say where the others come from."""
LARGEST_WORD_LIST = 16 * confined.MIB


class Config(NamedTuple):
    """What a configuration file says, with defaults for what it does not. Paths are absolute."""

    path: Path | None = None
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}
    check_folders: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    text_fields: tuple[str, ...] = ()
    title_fields: tuple[str, ...] = ()
    field_format: str = ""
    fail_on: str = "error"
    spacy_model: str = languages.language().spacy_pipeline
    engines: Mapping[str, str] = {}
    jobs: int = 1
    profile: str = "news"
    language: str = "auto"
    source_language: str = "auto"
    """The code of the language that texts were translated from; `from` in the file."""
    source: Mapping[str, Any] = {}
    """Where the sources of texts are, and what else is known of them."""
    house_style: str = ""
    names: Mapping[str, str] = {}
    words: tuple[str, ...] = ()
    word_list: Path | None = None
    overrides: tuple[Override, ...] = ()
    baseline: Path | None = None
    ignore_list: Path | None = None
    embedding_model: str = ""
    language_model: str = ""
    llm: Mapping[str, Any] = {}
    """Whom the user's own configuration, or the command line, names as a large language model."""
    said: frozenset[str] = frozenset()
    """The settings that the file speaks of."""
    notes: tuple[str, ...] = ()
    """What in the file is written as in former versions, and what to write now: one line each."""
    elsewhere: Mapping[str, str] = {}
    """Where settings come from that the user said for every project: their own file, or a variable."""
    trust: Trust = Trust.USUAL
    """How far the file was trusted."""
    left_aside: tuple[str, ...] = ()
    """What the file says and a run that trusts nobody does not take from it: a line each, with the place."""

    def settings(self) -> Settings:
        """Return what the engine needs of it."""
        profile = PROFILES[self.profile]
        return Settings(
            disabled=(*profile.disabled, *self.disable),
            enabled=(*(name for name in profile.enabled if name not in self.disable), *self.enable),
            severities=self.severity,
            check_folders=self.check_folders,
            doubted=self.doubted(),
            spacy_model=self.spacy_model if "spacy-model" in (*self.said, *self.elsewhere) else "",
            engines=self.engines,
            options={
                "house-style": self.style(),
                "style-name": self.house_style,
                "profile": self.profile,
                "language": self.language,
                "embedding-model": self.embedding_model,
                "language-model": self.language_model,
                **({"llm": dict(self.llm)} if self.llm else {}),
                **({"glossary": self.glossary()} if "glossary" in self.source else {}),
            },
            overrides=self.overrides,
            prefix=self.prefix(),
            source_language="" if self.source_language == "auto" else self.source_language,
            support=profile.support,
            words=frozenset(word.casefold() for word in (*self.words, *self.listed_words())),
            reading_options=ReadingOptions(
                self.text_fields, self.title_fields, self.field_format, self.source.get("fields", ())
            ),
        )

    def doubted(self) -> tuple[Path, ...]:
        """Return the folders of checks that the project itself brings, where it is not trusted."""
        if self.trust is Trust.TRUSTED or not self.check_folders:
            return ()
        root = self.root().resolve()
        return tuple(folder for folder in self.check_folders if folder.is_relative_to(root))

    def line_of(self, name: str) -> int:
        """Return the line of the file on which a setting begins, 0 when it does not speak of it."""
        if self.path is None or name not in self.said:
            return 0
        # deferred: asked only by 'corrigenda config'
        from corrigenda.workspace.toml_lines import line_of

        return line_of(toml_file.read(self.path), (*table_of(self.path), name))

    def line_naming(self, check: str) -> int:
        """Return the line of the file on which a name of a check stands, 0 where it stands nowhere."""
        if self.path is None:
            return 0
        # deferred: asked only for a name that does not exist
        from corrigenda.workspace.toml_lines import line_of

        keys = next(iter(self._naming(check)), None)
        return line_of(toml_file.read(self.path), (*table_of(self.path), *keys)) if keys is not None else 0

    def _naming(self, check: str) -> Iterator[tuple[str | int, ...]]:
        """Yield the keys that lead to a name of a check."""
        tables: list[tuple[tuple[str | int, ...], Override]] = [
            ((), Override((), self.disable, self.enable, self.severity)),
            *((("overrides", number), override) for number, override in enumerate(self.overrides)),
        ]
        for at, said in tables:
            for key, names in (("disable", said.disabled), ("enable", said.enabled), ("severity", said.severities)):
                if check in names:
                    yield (*at, key, list(names).index(check)) if key != "severity" else (*at, key, check)

    def root(self) -> Path:
        """Return the folder that the configuration speaks of: the file's own, else the current one."""
        return self.path.parent if self.path is not None else Path.cwd()

    def project(self) -> tuple[Path, tuple[str, ...]] | None:
        """Return the folder of the file and what it excludes there, None where there is no file."""
        return (self.path.parent, self.exclude) if self.path is not None else None

    def prefix(self) -> str:
        """Return the path from the configuration's folder to the current one, "" or ending in a slash."""
        try:
            inner = Path.cwd().relative_to(self.root()).as_posix()
        except ValueError:
            return ""
        return "" if inner == "." else f"{inner}/"

    def style(self) -> dict[str, str]:
        """Return the house style: canonical name to the form wanted, the file's own names over the named style's.

        Raises ConfigError for a style that is not there.
        """
        if not self.house_style:
            return dict(self.names)
        # deferred: most projects follow no shipped style
        from corrigenda.workspace.house_style import StyleError, load_style

        try:
            return {**load_style(self.house_style, self.root()), **self.names}
        except StyleError as error:
            raise ConfigError(self.path or Path(FILE), 0, str(error)) from error

    def listed_words(self) -> list[str]:
        """Return the words of the project's word list, one a line, without comments. Raises ConfigError."""
        if self.word_list is None:
            return []
        try:
            lines = confined.read_text(self.word_list, limit=LARGEST_WORD_LIST).split("\n")
        except OSError as error:
            reason = error.strerror or error
            raise ConfigError(self.word_list, 0, f"the word list cannot be read ({reason})") from error
        return [word for line in lines if (word := line.split("#")[0].strip())]

    def glossary(self) -> list[list[list[str]]]:
        """Return the terms of the glossary: source, wanted and forbidden words of each. Raises ConfigError."""
        # deferred: most projects have no glossary
        from corrigenda.workspace.glossary import GlossaryError, load

        path = self.source["glossary"]
        try:
            return [[list(part) for part in term] for term in load(path)]
        except OSError as error:
            raise ConfigError(path, 0, f"the glossary cannot be read ({error.strerror or error})") from error
        except GlossaryError as error:
            raise ConfigError(path, 0, f"this is no glossary: {error}") from error

    def with_user(self, user: User) -> "Config":
        """Return the configuration with what the user says for every project.

        The environment stands above the file, the user's own configuration below it. Engines are taken one by one.
        """
        values = {name: value for name, value in user.values.items() if name not in self.said}
        values.update(user.environment)
        if not values and "engines" not in user.values:
            return self
        origins = {name: variable(name) if name in user.environment else user.path.as_posix() for name in values}
        values["engines"] = {**user.engines(), **self.engines}
        named = {field_of(name): value for name, value in values.items()}
        return self._replace(said=self.said - origins.keys(), elsewhere=origins, **named)


def find(start: Path) -> Path | None:
    """Return the nearest configuration file, from a folder upwards, or None."""
    for folder in (start, *start.parents):
        own = folder / FILE
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file():
            try:
                if "[tool.corrigenda" in toml_file.read(project):
                    return project
            except TomlError as error:
                # It may speak of corrigenda, and a run without its settings would be another run.
                raise ConfigError(project, 0, f"{error}; --config names another file, or 'none'") from error
    return None


def load(path: Path | None, trust: Trust = Trust.USUAL) -> Config:
    """Read a configuration file; None gives the defaults. Raises ConfigError.

    `trust` says how far the file is trusted: what it may not decide is an error, or is left aside.
    """
    if path is None:
        return Config(trust=trust)
    try:
        text = toml_file.read(path)
        data: Any = toml_file.parsed(text)
    except TomlError as error:
        raise ConfigError(path, error.line, error.message) from error
    for step in table_of(path):
        data = data.get(step, {})
    read = read_project(path, text, data, trust)
    return Config(
        path=path,
        said=frozenset(read.values),
        notes=read.notes,
        trust=trust,
        left_aside=read.left_aside,
        **{field_of(key): value for key, value in read.values.items()},
    )


def field_of(setting: str) -> str:
    """Return the field of `Config` that holds a setting; `from` is a word of Python."""
    return "source_language" if setting == "from" else setting.replace("-", "_")


def setting_of(field: str) -> str:
    """Return the setting that a field of `Config` holds."""
    return "from" if field == "source_language" else field.replace("_", "-")


def load_user(path: Path | None = None) -> User:
    """Return what the user says for every project, in a file of theirs and in the environment. Raises ConfigError."""
    path = path or user_file()
    values: Mapping[str, Any] = {}
    trusted: tuple[Path, ...] = ()
    if path.exists():
        try:
            text = toml_file.read(path)
            data = toml_file.parsed(text)
        except TomlError as error:
            raise ConfigError(path, error.line, error.message) from error
        values, trusted = read_user(path, text, data)
    environment = {name: read_variable(name, value) for name, value in said_in_environment().items()}
    return User(path, values, environment, trusted)
