"""The configuration file: `corrigenda.toml`, or `[tool.corrigenda]` in `pyproject.toml`, found upwards.

Reading is strict: an unknown key or a wrong value is an error with the file, the line and what to write instead.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corrigenda.finding import Severity
from corrigenda.settings import Settings

FILE = "corrigenda.toml"
FAIL_ON = ("error", "warning", "suggestion", "never")
ENGINES = ("embeddings", "language-model", "languagetool", "spacy")
ENGINE_STATES = ("auto", "on", "off")


class ConfigError(ValueError):
    """A configuration that cannot be used: the file, the line (from 1, 0 unknown) and one sentence."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.path, self.line, self.message = path, line, message


@dataclass(frozen=True)
class Config:
    """What a configuration file says, with defaults for what it does not. Paths are absolute."""

    path: Path | None = None
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    check_folders: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: str = "error"
    spacy_model: str = Settings.spacy_model
    engines: Mapping[str, str] = field(default_factory=dict)
    jobs: int = 1

    def settings(self) -> Settings:
        """Return what the engine needs of it."""
        return Settings(
            disabled=self.disable,
            enabled=self.enable,
            severities=self.severity,
            check_folders=self.check_folders,
            spacy_model=self.spacy_model,
            engines=self.engines,
        )


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
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise ConfigError(path, int(found[1]) if found else 0, f"this is not valid TOML: {error}") from error
    if path.name == "pyproject.toml":
        data = data.get("tool", {}).get("corrigenda", {})
    return _Reader(path, text).config(data)


class _Reader:
    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text

    def error(self, key: str, message: str) -> ConfigError:
        pattern = re.compile(
            rf"^\s*(?:\[+[^\]\n]*\b{re.escape(key)}\b[^\]\n]*\]+|[\"']?{re.escape(key)}[\"']?\s*=)", re.MULTILINE
        )
        found = pattern.search(self.text)
        line = self.text.count("\n", 0, found.start() + len(found[0]) - len(found[0].lstrip())) + 1 if found else 0
        return ConfigError(self.path, line, message)

    def config(self, data: Mapping[str, Any]) -> Config:
        readers = {
            "enable": self.strings,
            "disable": self.strings,
            "exclude": self.strings,
            "severity": self.severities,
            "check-folders": self.folders,
            "fail-on": lambda key, value: self.choice(key, value, FAIL_ON),
            "spacy-model": self.string,
            "engines": self.engines,
            "jobs": self.jobs,
        }
        values: dict[str, Any] = {}
        for key, value in data.items():
            if key not in readers:
                raise self.error(key, self.unknown(key, readers, "setting"))
            values[key.replace("-", "_")] = readers[key](key, value)
        return Config(path=self.path, **values)

    def unknown(self, key: str, known: Mapping[str, Any] | tuple[str, ...], what: str) -> str:
        close = difflib.get_close_matches(key, list(known), n=1)
        return f"{key!r} is not a {what}; " + (
            f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(sorted(known))}"
        )

    def strings(self, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(key, f'{key} must be a list of strings, such as ["{key}-one"]')
        return tuple(value)

    def string(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise self.error(key, f"{key} must be a string in quotation marks")
        return value

    def choice(self, key: str, value: Any, choices: tuple[str, ...]) -> str:
        if value not in choices:
            raise self.error(key, f"{key} is {value!r}; it must be one of {', '.join(choices)}")
        return str(value)

    def severities(self, key: str, value: Any) -> dict[str, Severity]:
        if not isinstance(value, dict):
            raise self.error(key, f'{key} must be a table, such as [{key}] with "artefacts/calque" = "warning"')
        return {
            name: Severity(self.choice(name, item, ("error", "warning", "suggestion"))) for name, item in value.items()
        }

    def folders(self, key: str, value: Any) -> tuple[Path, ...]:
        return tuple((self.path.parent / item).resolve() for item in self.strings(key, value))

    def engines(self, key: str, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self.error(key, f'{key} must be a table, such as [{key}] with languagetool = "off"')
        for name, state in value.items():
            if name not in ENGINES:
                raise self.error(name, self.unknown(name, ENGINES, "engine"))
            self.choice(name, state, ENGINE_STATES)
        return dict(value)

    def jobs(self, key: str, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.error(key, f"{key} must be a number of processes, 0 for one on each core")
        return value
