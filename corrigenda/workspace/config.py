"""The configuration file: `corrigenda.toml`, or `[tool.corrigenda]` in `pyproject.toml`, found upwards.

Reading is strict: an unknown key or a wrong value is an error with the file, the line and what to write instead.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from corrigenda import languages
from corrigenda.errors import did_you_mean
from corrigenda.finding import Severity
from corrigenda.settings import Override, Settings

FILE = "corrigenda.toml"
BASELINE = ".corrigenda-baseline.jsonl"
IGNORED = ".corrigenda-ignore.jsonl"
PLUGIN = "plugin:"
"""What stands before the name of a folder of checks that an installed package adds."""
FAIL_ON = ("error", "warning", "suggestion", "never")
PROFILES: Mapping[str, tuple[str, ...]] = {
    "news": (),
    "documents": ("cleanup/caption", "cleanup/stray-headline", "artefacts/news-formula"),
    "minimal": ("all",),
}
"""What a kind of text does without: news has all; documents have no captions; minimal runs what `enable` names."""


class ConfigError(ValueError):
    """A configuration that cannot be used: the file, the line (from 1, 0 unknown) and one sentence."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.path, self.line, self.message = path, line, message


class Config(NamedTuple):
    """What a configuration file says, with defaults for what it does not. Paths are absolute."""

    path: Path | None = None
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}
    check_folders: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: str = "error"
    spacy_model: str = languages.language().spacy_pipeline
    engines: Mapping[str, str] = {}
    jobs: int = 1
    profile: str = "news"
    language: str = "auto"
    house_style: str = ""
    names: Mapping[str, str] = {}
    words: tuple[str, ...] = ()
    word_list: Path | None = None
    overrides: tuple[Override, ...] = ()
    baseline: Path | None = None
    ignore_list: Path | None = None
    embedding_model: str = ""
    language_model: str = ""
    said: frozenset[str] = frozenset()
    """The settings that the file speaks of."""
    notes: tuple[str, ...] = ()
    """What in the file is written as in former versions, and what to write now: one line each."""

    def settings(self) -> Settings:
        """Return what the engine needs of it."""
        return Settings(
            disabled=(*PROFILES[self.profile], *self.disable),
            enabled=self.enable,
            severities=self.severity,
            check_folders=self.check_folders,
            spacy_model=self.spacy_model if "spacy-model" in self.said else "",
            engines=self.engines,
            options={
                "house-style": self.style(),
                "language": self.language,
                "embedding-model": self.embedding_model,
                "language-model": self.language_model,
            },
            overrides=self.overrides,
            prefix=self.prefix(),
            words=frozenset(word.casefold() for word in (*self.words, *self.listed_words())),
        )

    def line_of(self, name: str) -> int:
        """Return the line of the file on which a setting begins, 0 when it does not speak of it."""
        if self.path is None or name not in self.said:
            return 0
        # deferred: asked only by 'corrigenda config'
        from corrigenda.workspace.toml_lines import line_of

        return line_of(self.path.read_text(encoding="utf-8-sig"), (*_table(self.path), name))

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
            lines = self.word_list.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(self.word_list, 0, f"the word list cannot be read ({error})") from error
        return [word for line in lines if (word := line.split("#")[0].strip())]


def find(start: Path) -> Path | None:
    """Return the nearest configuration file, from a folder upwards, or None."""
    for folder in (start, *start.parents):
        own = folder / FILE
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file():
            try:
                if "[tool.corrigenda" in project.read_text(encoding="utf-8"):
                    return project
            except (OSError, UnicodeDecodeError):
                continue
    return None


def load(path: Path | None) -> Config:
    """Read a configuration file; None gives the defaults. Raises ConfigError."""
    if path is None:
        return Config()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(path, 0, "the file is not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(path, 0, f"the file cannot be read ({error.strerror or error})") from error
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        # Python tells no line for what it only sees at the end of the file.
        line = int(found[1]) if found else len(text.splitlines())
        raise ConfigError(path, line, f"this is not valid TOML: {error}") from error
    for step in _table(path):
        data = data.get(step, {})
    return _Reader(path, text).config(data)


def _table(path: Path) -> tuple[str, ...]:
    """Return the keys of the table that holds the settings in a file of this name."""
    return ("tool", "corrigenda") if path.name == "pyproject.toml" else ()


_Keys = tuple[str | int, ...]
"""Where a value stands: the keys, and positions in lists, that lead to it."""


class _Reader:
    """Reads the settings out of a parsed file. Its methods raise ConfigError with the line of the value at fault."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self.notes: list[str] = []

    def error(self, at: _Keys, message: str) -> ConfigError:
        # deferred: needed only when something is wrong
        from corrigenda.workspace.toml_lines import line_of

        return ConfigError(self.path, line_of(self.text, (*_table(self.path), *at)), message)

    def config(self, data: Any) -> Config:
        if not isinstance(data, dict):
            raise self.error((), "[tool.corrigenda] must be a table")
        readers: dict[str, Callable[[_Keys, Any], Any]] = {
            "enable": self.strings,
            "disable": self.strings,
            "exclude": self.strings,
            "severity": self.severities,
            "check-folders": self.folders,
            "fail-on": lambda at, value: self.choice(at, value, FAIL_ON),
            "spacy-model": self.string,
            "engines": self.engines,
            "jobs": self.jobs,
            "profile": lambda at, value: self.choice(at, value, tuple(sorted(PROFILES))),
            "language": self.language,
            "house-style": self.string,
            "names": self.table,
            "words": self.strings,
            "word-list": self.file,
            "overrides": self.overrides,
            "baseline": self.file,
            "ignore-list": self.file,
            "languagetool-url": self.url,
            "embedding-model": self.string,
            "language-model": self.string,
        }
        values: dict[str, Any] = {}
        for key, value in data.items():
            if key not in readers:
                raise self.unknown((key,), readers, "setting")
            values[key.replace("-", "_")] = readers[key]((key,), value)
        address = values.pop("languagetool_url", "")
        if address:
            values["engines"] = self.with_address(values.get("engines", {}), address)
        return Config(path=self.path, said=frozenset(data), notes=tuple(self.notes), **values)

    def with_address(self, engines: Mapping[str, str], address: str) -> dict[str, str]:
        """Return what is said of the engines once the former setting `languagetool-url` is taken in."""
        at = ("languagetool-url",)
        if engines.get("grammar", "auto") not in ("auto", "on", "off", "languagetool"):
            raise self.error(at, "languagetool-url is now part of [engines] grammar, which is set as well; take it out")
        self.note(at, f'languagetool-url is now part of [engines]; write grammar = "{address}" there')
        return {"grammar": address, **engines} if engines.get("grammar") == "off" else {**engines, "grammar": address}

    def note(self, at: _Keys, message: str) -> None:
        """Take down something that is written as in a former version."""
        self.notes.append(str(self.error(at, message)))

    def unknown(self, at: _Keys, known: Iterable[str], what: str) -> ConfigError:
        key = str(at[-1])
        hint = did_you_mean(key, known, otherwise=f"there are: {', '.join(sorted(known))}")
        return self.error(at, f"{key!r} is not a {what}; {hint}")

    def strings(self, at: _Keys, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(at, f'{at[-1]} must be a list of strings, such as ["{at[-1]}-one"]')
        return tuple(value)

    def string(self, at: _Keys, value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise self.error(at, f"{at[-1]} must be a string in quotation marks")
        return value

    def choice(self, at: _Keys, value: Any, choices: tuple[str, ...]) -> str:
        if value not in choices:
            raise self.error(at, f"{at[-1]} is {value!r}; it must be one of {', '.join(choices)}")
        return str(value)

    def language(self, at: _Keys, value: Any) -> str:
        # Only a language that does not ship makes it worth asking what is installed.
        if value in ("auto", *languages.tags(languages.shipped())):
            return str(value)
        return self.choice(at, value, ("auto", *languages.tags()))

    def severities(self, at: _Keys, value: Any) -> dict[str, Severity]:
        if not isinstance(value, dict):
            raise self.error(at, f'{at[-1]} must be a table, such as [{at[-1]}] with "artefacts/calque" = "warning"')
        names = tuple(severity.value for severity in reversed(Severity))
        return {name: Severity(self.choice((*at, name), item, names)) for name, item in value.items()}

    def folders(self, at: _Keys, value: Any) -> tuple[Path, ...]:
        return tuple(self.folder((*at, number), item) for number, item in enumerate(self.strings(at, value)))

    def folder(self, at: _Keys, item: str) -> Path:
        if not item.startswith(PLUGIN):
            return (self.path.parent / item).resolve()
        # deferred: installed packages are asked only where one is named
        from corrigenda.plugins import CHECKS, check_folder, plugin_names

        name = item.removeprefix(PLUGIN)
        found = check_folder(name)
        if found is None:
            known = plugin_names(CHECKS)
            otherwise = f"there are: {', '.join(known)}" if known else "no installed package has any"
            raise self.error(
                at, f"no package adds checks as {name!r}; {did_you_mean(name, known, otherwise=otherwise)}"
            )
        return found

    def engines(self, at: _Keys, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self.error(at, f'{at[-1]} must be a table, such as [{at[-1]}] with grammar = "off"')
        # deferred: most configurations say nothing of engines
        from corrigenda.engines.registry import former, kind, names

        known, found = names(), {}
        for name, said in value.items():
            now = name if name in known else former(name)
            if now is None:
                raise self.unknown((*at, name), known, "engine")
            own = kind(now)
            if not own.takes(said):
                raise self.error((*at, name), f"{name} is {said!r}; it must be one of {own.words}")
            if now != name:
                if now in value:
                    raise self.error((*at, name), f"{name} is now called {now}, which is set as well; take it out")
                said = name if said == "on" and name in own.values else said
                self.note((*at, name), f'{name} is now called {now}; write {now} = "{said}"')
            found[now] = said.rstrip("/")
        return found

    def table(self, at: _Keys, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self.error(at, _NO_TABLE.format(key=at[-1]))
        for name, item in value.items():
            if not isinstance(item, str):
                raise self.error((*at, name), _NO_TABLE.format(key=at[-1]))
        return dict(value)

    def file(self, at: _Keys, value: Any) -> Path:
        return (self.path.parent / self.string(at, value)).resolve()

    def url(self, at: _Keys, value: Any) -> str:
        text = self.string(at, value)
        if not text.startswith(("http://", "https://")):
            raise self.error(at, f"{at[-1]} must begin with http:// or https://")
        return text.rstrip("/")

    def overrides(self, at: _Keys, value: Any) -> tuple[Override, ...]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(
                at, f'{at[-1]} must be tables: [[{at[-1]}]] with files = ["docs/**"] and disable, enable or severity'
            )
        return tuple(self.override((*at, number), item) for number, item in enumerate(value))

    def override(self, at: _Keys, item: Mapping[str, Any]) -> Override:
        known = ("files", "disable", "enable", "severity")
        for name in item:
            if name not in known:
                raise self.unknown((*at, name), known, "key of an override")
        if not item.get("files"):
            where = (*at, "files") if "files" in item else at
            raise self.error(where, 'an override needs files, such as files = ["archive/**"]')
        return Override(
            self.strings((*at, "files"), item["files"]),
            self.strings((*at, "disable"), item.get("disable", [])),
            self.strings((*at, "enable"), item.get("enable", [])),
            self.severities((*at, "severity"), item.get("severity", {})),
        )

    def jobs(self, at: _Keys, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.error(at, f"{at[-1]} must be a number of processes, 0 for one on each core")
        return value


_NO_TABLE = '{key} must be a table of strings, such as [{key}] with "Kyiv" = "Kyiv"'
