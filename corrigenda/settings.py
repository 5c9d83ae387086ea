"""What is in force in a run: the settings that the engine and the detectors read.

The configuration file and the command line make one of these (corrigenda.workspace.config); it can be sent to a worker
process.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from corrigenda.expressions import compiled
from corrigenda.finding import Severity

FIELD_FORMATS = ("text", "markdown", "html")
"""What a field of a file of data may be written in."""


class ReadingOptions(NamedTuple):
    """What a reader is told beside a file's bytes: which fields of a file of data hold copy, and what they are in.

    A field is named by the last keys of the way to it (`body`, `content.rendered`, `articles[].body`; `$.body` begins
    at the top), a column by its heading. Without names each format knows itself what is copy. `field_format` is one of
    FIELD_FORMATS, "" for what the file's format usually has. `source_fields` are what the text fields, and then the
    title fields, were translated from: one for each, in the same order.
    """

    text_fields: tuple[str, ...] = ()
    title_fields: tuple[str, ...] = ()
    field_format: str = ""
    source_fields: tuple[str, ...] = ()

    def over(self, other: "ReadingOptions") -> "ReadingOptions":
        """Return these options, with what another has where these say nothing."""
        named = self if self.text_fields or self.title_fields else other
        return ReadingOptions(
            named.text_fields,
            named.title_fields,
            self.field_format or other.field_format,
            self.source_fields or other.source_fields,
        )

    @property
    def pairs(self) -> tuple[tuple[str, str], ...] | None:
        """Each field with the one that it was translated from; None where there are not as many."""
        fields = (*self.text_fields, *self.title_fields)
        return tuple(zip(fields, self.source_fields, strict=True)) if len(fields) == len(self.source_fields) else None


class Override(NamedTuple):
    """What is different for files that match one of some globs (paths as reports show them)."""

    files: tuple[str, ...]
    disabled: tuple[str, ...] = ()
    enabled: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = {}
    source_language: str = ""
    reading_options: ReadingOptions = ReadingOptions()

    def matches(self, path: str) -> bool:
        """Return whether a path, or one of its endings, matches a glob; `**` stands for any folders."""
        return _any_matches(self.files, path)


# Each check asks for each file, so an answer is kept for a while.
@lru_cache(maxsize=4096)
def _any_matches(globs: tuple[str, ...], path: str) -> bool:
    shown = path.encode("utf-8", "replace").decode()
    # RE2 takes time in proportion to the path, whatever the glob: a repository's configuration says it.
    return any(compiled(_expression(glob)).fullmatch(shown) is not None for glob in globs)


def _expression(glob: str) -> str:
    return "(?s:(?:.*/)?" + _translated(glob.strip("/")) + ")"


def _translated(glob: str) -> str:
    pieces = re.split(r"(\*\*/?|\*|\?)", glob)
    table = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(table.get(piece, re.escape(piece)) for piece in pieces)


class Settings(NamedTuple):
    """Settings of a run.

    `disabled` and `enabled` hold check ids or themes, `severities` a severity by check id or theme. `engines` maps an
    engine's name to "auto", "on" (demanded: its absence is a problem) or "off". `options` is handed to detectors.
    """

    disabled: tuple[str, ...] = ()
    enabled: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = {}
    check_folders: tuple[Path, ...] = ()
    doubted: tuple[Path, ...] = ()
    """Those of `check_folders` that a project brought and nobody vouched for: their corrections are never safe."""
    spacy_model: str = ""
    """A pipeline's name or folder, "" for the language's own."""
    engines: Mapping[str, str] = {}
    options: Mapping[str, Any] = {}
    max_bytes: int = 4 * 1024 * 1024
    overrides: tuple[Override, ...] = ()
    prefix: str = ""
    """Path from the project's folder to the one that reported paths begin at: globs of overrides begin at the first."""
    source_language: str = ""
    """The code of the language that the texts were translated from, "" where each text has to tell."""
    support: float = 1.0
    """How much of the usual support weak hits need (corrigenda.pipeline.translated); 0 for none."""
    reading: bool = True
    """Whether the language model reads texts whole that show to be translated."""
    words: frozenset[str] = frozenset()
    """Words and names of the project, case-folded: what is found on exactly one of them is not reported."""
    reading_options: ReadingOptions = ReadingOptions()
    """What readers are told, for files of which no override says more."""

    @property
    def language(self) -> str:
        """The tag of the language that is configured, "" where each document tells."""
        named = str(self.options.get("language", ""))
        return "" if named == "auto" else named

    def with_names(self, resolve: Callable[[str], str]) -> "Settings":
        """Return the settings with every name of a check, which may be a former one, as `resolve` gives it."""
        return self._replace(
            disabled=_resolved(self.disabled, resolve),
            enabled=_resolved(self.enabled, resolve),
            severities={resolve(name): severity for name, severity in self.severities.items()},
            overrides=tuple(
                override._replace(
                    disabled=_resolved(override.disabled, resolve),
                    enabled=_resolved(override.enabled, resolve),
                    severities={resolve(name): severity for name, severity in override.severities.items()},
                )
                for override in self.overrides
            ),
        )

    def severity_of(self, check: str, own: Severity, path: str = "") -> Severity:
        """Return a check's severity in a file: by the last override that speaks of it, the settings, or its own."""
        result = _severity(self.severities, check, own)
        for override in self.overrides:
            if override.severities and override.matches(self.prefix + path):
                result = _severity(override.severities, check, result)
        return result

    def source_of(self, path: str) -> str:
        """Return the code of the language that a file was translated from, "" where nobody says."""
        said = self.source_language
        for override in self.overrides:
            if override.source_language and override.matches(self.prefix + path):
                said = override.source_language
        return said

    def reading_options_of(self, path: str) -> ReadingOptions:
        """Return what the reader of a file is told: by the last override that speaks of it, or the settings."""
        said = self.reading_options
        for override in self.overrides:
            if override.reading_options != ReadingOptions() and override.matches(self.prefix + path):
                said = override.reading_options.over(said)
        return said

    def is_on(self, check: str, path: str) -> bool:
        """Return whether a check that runs is wanted in a file, by the overrides."""
        wanted = True
        for override in self.overrides:
            if override.matches(self.prefix + path):
                wanted = is_on(check, wanted, override.disabled, override.enabled)
        return wanted


def _resolved(names: Sequence[str], resolve: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(resolve(name) for name in names)


def _severity(severities: Mapping[str, Severity], check: str, own: Severity) -> Severity:
    best: tuple[int, Severity] = (-1, own)
    for name, severity in severities.items():
        if (name == check or check.startswith(name.rstrip("/") + "/")) and len(name) > best[0]:
            best = (len(name), severity)
    return best[1]


PREVIEW = "preview"
"""Among the enabled names: all checks that are still being tried out."""


def is_on(
    identity: str, default: bool, disabled: Sequence[str], enabled: Sequence[str], *, preview: bool = False
) -> bool:
    """Return whether a check runs, by the most exact of the names that speak of it; "all" is the least exact.

    A check in preview runs only where its id, or "preview", is enabled: its theme and "all" do not speak of it.
    """
    best = (-1, default and not preview)
    for names, value in ((enabled, True), (disabled, False)):
        for name in names:
            if name == PREVIEW:
                speaks, exactness = preview, 1
            else:
                speaks = name in ("all", identity) or identity.startswith(name.rstrip("/") + "/")
                speaks = speaks and not (preview and value and name != identity)
                exactness = 0 if name == "all" else len(name)
            if speaks and exactness >= best[0]:
                best = (exactness, value)
    return best[1]
