"""Reading the settings out of a configuration file, strictly: what each may say, and who may say it.

What a project's file may not decide (corrigenda.workspace.trust) is an error with the line and what to do, or is left
aside and noted.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from corrigenda import languages
from corrigenda.errors import did_you_mean
from corrigenda.finding import Severity
from corrigenda.settings import FIELD_FORMATS, Override, ReadingOptions
from corrigenda.workspace.profiles import PROFILES
from corrigenda.workspace.trust import USER_SETTINGS, Trust, how_to_allow, user_file, variable

PLUGIN = "plugin:"
"""What stands before the name of a folder of checks that an installed package adds."""
FAIL_ON = ("error", "warning", "suggestion", "never")
MOST_ENTRIES = 1_000
"""Of a list or table that is gone through for each file or finding; words and names are looked up and may be more."""
LONGEST = 1_000
"""Characters of an entry of such a list: a pattern, or the name of a check."""
MOST_JOBS = 64


class ConfigError(ValueError):
    """A configuration that cannot be used: the file, the line (from 1, 0 unknown) and one sentence."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.path, self.line, self.message = path, line, message


def table_of(path: Path) -> tuple[str, ...]:
    """Return the keys of the table that holds the settings in a file of this name."""
    return ("tool", "corrigenda") if path.name == "pyproject.toml" else ()


class Read(NamedTuple):
    """What a file says: values by setting, what is written as in former versions, and what was left aside."""

    values: Mapping[str, Any]
    notes: tuple[str, ...]
    left_aside: tuple[str, ...]


def read_project(path: Path, text: str, data: Any, trust: Trust) -> Read:
    """Return what a project's file says, as far as it is trusted. Raises ConfigError."""
    reader = _Reader(path, text, trust)
    values = reader.values(data)
    return Read(values, tuple(reader.notes), tuple(reader.left_aside))


def read_user(path: Path, text: str, data: Mapping[str, Any]) -> tuple[Mapping[str, Any], tuple[Path, ...]]:
    """Return what the user's own file says: values by setting, and the folders that it trusts. Raises ConfigError."""
    reader = _Reader(path, text, Trust.TRUSTED, users=True)
    for name in data:
        if name not in (*USER_SETTINGS, "trust"):
            known = (*USER_SETTINGS, "trust")
            raise reader.unknown((name,), known, "setting of yours; what is checked stands in a project's file")
    rest = {name: value for name, value in data.items() if name != "trust"}
    return reader.values(rest), reader.trusted(data.get("trust", {}))


def read_variable(setting: str, value: str) -> Any:
    """Return the value of a setting that a variable of the environment says. Raises ConfigError."""
    said: Any = int(value) if setting == "jobs" and value.isascii() and value.isdigit() else value
    return _Reader(Path(variable(setting)), "", Trust.TRUSTED).values({setting: said})[setting]


Keys = tuple[str | int, ...]
"""Where a value stands: the keys, and positions in lists, that lead to it."""


class _Reader:
    """Reads the settings out of a parsed file. Its methods raise ConfigError with the line of the value at fault."""

    def __init__(self, path: Path, text: str, trust: Trust, *, users: bool = False) -> None:
        self.path, self.text, self.trust = path, text, trust
        self.users = users
        """Whether the file is the user's own, for every project."""
        self.left_aside: list[str] = []
        self.notes: list[str] = []

    def error(self, at: Keys, message: str) -> ConfigError:
        # deferred: needed only when something is wrong
        from corrigenda.workspace.toml_lines import line_of

        return ConfigError(self.path, line_of(self.text, (*table_of(self.path), *at)), message)

    def values(self, data: Any) -> dict[str, Any]:
        """Return the values of settings, by their names, without those that are left aside."""
        if not isinstance(data, dict):
            raise self.error((), "[tool.corrigenda] must be a table")
        readers: dict[str, Callable[[Keys, Any], Any]] = {
            "enable": self.strings,
            "disable": self.strings,
            "exclude": self.strings,
            "formats": self.strings,
            "text-fields": self.strings,
            "title-fields": self.strings,
            "field-format": lambda at, value: self.choice(at, value, FIELD_FORMATS),
            "severity": self.severities,
            "check-folders": self.folders,
            "fail-on": lambda at, value: self.choice(at, value, FAIL_ON),
            "spacy-model": self.model,
            "engines": self.engines,
            "jobs": self.jobs,
            "from": self.source_language,
            "source": self.source,
            "profile": lambda at, value: self.choice(at, value, tuple(sorted(PROFILES))),
            "language": self.language,
            "house-style": self.house_style,
            "names": self.table,
            "words": lambda at, value: self.strings(at, value, most=None),
            "word-list": self.file,
            "overrides": self.overrides,
            "baseline": self.file,
            "ignore-list": self.file,
            "languagetool-url": self.url,
            "embedding-model": self.model,
            "language-model": self.model,
            "llm": self.llm,
        }
        values: dict[str, Any] = {}
        for key, value in data.items():
            if key == "trust":
                raise self.error(
                    (key,),
                    "whom this machine trusts is not a project's to say: "
                    f"[trust] belongs in your own configuration, {user_file()}",
                )
            if key not in readers:
                raise self.unknown((key,), readers, "setting")
            values[key] = readers[key]((key,), value)
            if self.trust is Trust.UNTRUSTED and self.not_from_strangers(key, values[key]):
                del values[key]
        address = values.pop("languagetool-url", "")
        if address:
            values["engines"] = self.with_address(values.get("engines", {}), address)
        return values

    def not_from_strangers(self, key: str, value: Any) -> bool:
        """Return whether a run that trusts nobody does without a setting, and say so."""
        if key == "engines":
            # deferred: asked only where a stranger speaks of engines
            from corrigenda.engines.registry import kinds

            default = {kind.name: kind.default for kind in kinds()}
            expensive = {kind.name for kind in kinds() if kind.costly or kind.default == "off"}
            for name, said in list(value.items()):
                if "://" in said or (said == "on" and name in expensive):
                    self.leave_aside((key, name), f'{name} = "{said}" is taken for "{default[name]}"')
                    del value[name]
            return False
        reasons = {"jobs": "say --jobs", "languagetool-url": f"say it as {variable('grammar')}"}
        if key not in reasons or (key == "jobs" and value == 1):
            return False
        self.leave_aside((key,), f"{key} is left aside; {reasons[key]}")
        return True

    def leave_aside(self, at: Keys, message: str) -> None:
        self.left_aside.append(str(self.error(at, f"{message} (--untrusted)")))

    def trusted(self, value: Any) -> tuple[Path, ...]:
        """Return the folders of the table [trust] of the user's own file."""
        if not isinstance(value, dict):
            raise self.error(("trust",), '[trust] must be a table with folders = ["…"]')
        for name in value:
            if name != "folders":
                raise self.unknown(("trust", name), ("folders",), "setting of [trust]")
        at = ("trust", "folders")
        found = tuple(Path(item).expanduser() for item in self.strings(at, value.get("folders", [])))
        for folder in found:
            if not folder.is_absolute():
                raise self.error(at, f"{str(folder)!r} must be a whole path, or begin with ~")
        return found

    def inside(self, at: Keys, item: str) -> Path:
        """Return a path without links, once it is sure that the file may name it."""
        try:
            real, root = (self.path.parent / item).resolve(), self.path.parent.resolve()
        except (OSError, RuntimeError, ValueError) as error:  # links in a circle, a character that no name can have
            raise self.error(at, f"{at[0]} = {item!r} is no path that can be followed") from error
        if self.trust is Trust.TRUSTED or real.is_relative_to(root):
            return real
        raise self.error(
            at,
            f"{at[0]} = {item!r} leads out of the folder of this file, to {real}; a project may name what lies in its "
            f"own folder: {how_to_allow()}",
        )

    def with_address(self, engines: Mapping[str, str], address: str) -> dict[str, str]:
        """Return what is said of the engines once the former setting `languagetool-url` is taken in."""
        at = ("languagetool-url",)
        if engines.get("grammar", "auto") not in ("auto", "on", "off", "languagetool"):
            raise self.error(at, "languagetool-url is now part of [engines] grammar, which is set as well; take it out")
        said = engines.get("grammar")
        self.notes.clear()  # what was said of a former name under [engines] is part of this line
        now = "off" if said == "off" else address
        self.note(at, f'languagetool-url and languagetool are one now: write grammar = "{now}" in [engines]')
        return {"grammar": address, **engines} if engines.get("grammar") == "off" else {**engines, "grammar": address}

    def note(self, at: Keys, message: str) -> None:
        """Take down something that is written as in a former version."""
        self.notes.append(str(self.error(at, message)))

    def unknown(self, at: Keys, known: Iterable[str], what: str) -> ConfigError:
        key = str(at[-1])[:LONGEST]
        hint = did_you_mean(key, known, otherwise=f"there are: {', '.join(sorted(known))}")
        return self.error(at, f"{key!r} is not {'an' if what[0] in 'aeiou' else 'a'} {what}; {hint}")

    def strings(self, at: Keys, value: Any, most: int | None = MOST_ENTRIES) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(at, f'{at[-1]} must be a list of strings, such as ["{at[-1]}-one"]')
        self.limited(at, value, most)
        return tuple(value)

    def limited(self, at: Keys, value: Any, most: int | None = MOST_ENTRIES) -> None:
        if most is None:
            return
        if len(value) > most:
            raise self.error(at, f"{at[-1]} has {len(value):,} entries; at most {most:,} are read")
        longest = max((len(item) for item in value if isinstance(item, str)), default=0)
        if longest > LONGEST:
            raise self.error(at, f"{at[-1]} has an entry of {longest:,} characters; at most {LONGEST:,} are read")

    def string(self, at: Keys, value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise self.error(at, f"{at[-1]} must be a string in quotation marks")
        return value

    def choice(self, at: Keys, value: Any, choices: tuple[str, ...]) -> str:
        if value not in choices:
            raise self.error(at, f"{at[-1]} is {value!r}; it must be one of {', '.join(choices)}")
        return str(value)

    def language(self, at: Keys, value: Any) -> str:
        # Only a language that does not ship makes it worth asking what is installed.
        if value in ("auto", *languages.tags(languages.shipped())):
            return str(value)
        return self.choice(at, value, ("auto", *languages.tags()))

    def source_language(self, at: Keys, value: Any) -> str:
        # deferred: most configurations do not say where texts come from
        from corrigenda.languages.sources import names

        return self.choice(at, value, ("auto", *sorted(names())))

    def source(self, at: Keys, value: Any) -> dict[str, Any]:
        readers: dict[str, Callable[[Keys, Any], Any]] = {
            "pattern": self.patterns,
            "fields": self.strings,
            "glossary": self.file,
        }
        if not isinstance(value, dict):
            raise self.error(at, '[source] must be a table, such as [source] with pattern = "content/{lang}/{path}"')
        for name in value:
            if name not in readers:
                raise self.unknown((*at, name), readers, "setting of [source]")
        return {name: readers[name]((*at, name), said) for name, said in value.items()}

    def patterns(self, at: Keys, value: Any) -> tuple[str, ...]:
        # deferred: most configurations name no sources
        from corrigenda.workspace.pairing import Pattern, SourceError

        found = (self.string(at, value),) if isinstance(value, str) else self.strings(at, value)
        for pattern in found:
            try:
                Pattern(pattern)
            except SourceError as error:
                raise self.error(at, str(error)) from error
        return found

    def severities(self, at: Keys, value: Any) -> dict[str, Severity]:
        if not isinstance(value, dict):
            raise self.error(at, f'{at[-1]} must be a table, such as [{at[-1]}] with "artefacts/calque" = "warning"')
        self.limited(at, value)
        names = tuple(severity.value for severity in reversed(Severity))
        return {name: Severity(self.choice((*at, name), item, names)) for name, item in value.items()}

    def folders(self, at: Keys, value: Any) -> tuple[Path, ...]:
        return tuple(self.folder((*at, number), item) for number, item in enumerate(self.strings(at, value)))

    def folder(self, at: Keys, item: str) -> Path:
        if not item.startswith(PLUGIN):
            return self.inside(at, item)
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

    def engines(self, at: Keys, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self.error(at, f'{at[-1]} must be a table, such as [{at[-1]}] with grammar = "off"')
        # deferred: most configurations say nothing of engines
        from corrigenda.engines.registry import former, kind, names

        known, found = names(), {}
        for name, said in value.items():
            now = name if name in known else former(name)
            if name == "languagetool-url":
                raise self.error((*at, name), f'this is said of grammar now; write grammar = "{said}"')
            if now is None:
                raise self.unknown((*at, name), known, "engine")
            own = kind(now)
            if not own.takes(said):
                raise self.error((*at, name), f"{name} is {said!r}; it must be one of {own.words}")
            self.refuse_address((*at, name), said)
            if now != name:
                if now in value:
                    raise self.error((*at, name), f"{name} is now called {now}, which is set as well; take it out")
                said = name if said == "on" and name in own.values else said
                self.note((*at, name), f'{name} is now called {now}; write {now} = "{said}"')
            found[now] = said.rstrip("/")
        return found

    def table(self, at: Keys, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self.error(at, _NO_TABLE.format(key=at[-1]))
        for name, item in value.items():
            if not isinstance(item, str):
                raise self.error((*at, name), _NO_TABLE.format(key=at[-1]))
        return dict(value)

    def file(self, at: Keys, value: Any) -> Path:
        return self.inside(at, self.string(at, value))

    def house_style(self, at: Keys, value: Any) -> str:
        # The name of a style that ships names no file, unless the project has one of that name.
        text = self.string(at, value)
        self.inside(at, text)
        return text

    def model(self, at: Keys, value: Any) -> str:
        text = self.string(at, value)
        if self.trust is not Trust.TRUSTED and text not in _shipped_models():
            raise self.error(
                at, f"{at[-1]} is {text!r}, and which models run is the user's to decide: {how_to_allow(str(at[-1]))}"
            )
        # A path begins with a dot or a slash, and is that of the file; anything else is a name.
        path = Path(text).expanduser()
        return str((self.path.parent / path).resolve()) if path.is_absolute() or text.startswith(".") else text

    def url(self, at: Keys, value: Any) -> str:
        text = self.string(at, value)
        if not text.startswith(("http://", "https://")):
            raise self.error(at, f"{at[-1]} must begin with http:// or https://")
        self.refuse_address(at, text)
        return text.rstrip("/")

    def refuse_address(self, at: Keys, said: str) -> None:
        """Raise ConfigError for an address of another machine that a project names."""
        if "://" in said and self.trust is not Trust.TRUSTED and not _is_loopback(said):
            raise self.error(
                at,
                f"{at[-1]} is {said!r}, and where texts are sent is the user's to decide; a project may name this "
                f"machine alone: {how_to_allow('grammar')}",
            )

    def llm(self, at: Keys, value: Any) -> dict[str, Any]:
        if not self.users:
            raise self.error(
                at,
                '[llm] is the user\'s to say: a project may ask for a model ([engines] llm = "on"), and only your own '
                f"configuration ({user_file()}), the command line or the environment say whom to send texts to",
            )
        # deferred: most users name no model
        from corrigenda.workspace.llm_table import LlmTableError, read

        try:
            return read(value)
        except LlmTableError as error:
            raise self.error((*at, *error.key), str(error)) from error

    def overrides(self, at: Keys, value: Any) -> tuple[Override, ...]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(
                at,
                f'{at[-1]} must be tables: [[{at[-1]}]] with files = ["docs/**"] and disable, enable, severity, from, '
                "text-fields, title-fields or field-format",
            )
        self.limited(at, value)
        found = tuple(self.override((*at, number), item) for number, item in enumerate(value))
        self.limited((*at, "files"), [glob for override in found for glob in override.files])
        return found

    def override(self, at: Keys, item: Mapping[str, Any]) -> Override:
        known = ("files", "disable", "enable", "severity", "from", "text-fields", "title-fields", "field-format")
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
            self.source_language((*at, "from"), item["from"]) if "from" in item else "",
            ReadingOptions(
                self.strings((*at, "text-fields"), item.get("text-fields", [])),
                self.strings((*at, "title-fields"), item.get("title-fields", [])),
                self.choice((*at, "field-format"), item.get("field-format", ""), ("", *FIELD_FORMATS)),
            ),
        )

    def jobs(self, at: Keys, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_JOBS:
            raise self.error(at, f"{at[-1]} must be a number of processes up to {MOST_JOBS}, 0 for one on each core")
        return value


_NO_TABLE = '{key} must be a table of strings, such as [{key}] with "Kyiv" = "Kyiv"'


def _shipped_models() -> tuple[str, ...]:
    # deferred: most configurations name no model
    from corrigenda.engines.models.store import DEFAULT_LANGUAGE_MODEL, SHIPPED_EMBEDDINGS

    return (languages.language().spacy_pipeline, SHIPPED_EMBEDDINGS, DEFAULT_LANGUAGE_MODEL)


def _is_loopback(url: str) -> bool:
    # deferred: most configurations name no address
    import ipaddress
    from urllib.parse import urlsplit

    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
