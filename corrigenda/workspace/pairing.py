"""Which file each text was translated from: one that is named, or one that a pattern leads to.

A pattern is a path whose placeholders stand for parts of the text's own path:

    {stem}.src{ext}          en/a.md → en/a.src.md
    {stem}.{lang}{ext}       a.md or a.en.md → a.uk.md, in whichever language there is one
    ../uk/{name}             en/a.md → uk/a.md
    content/{lang}/{path}    content/en/news/a.md → content/uk/news/a.md

One with `{stem}` or `{name}` begins at the folder of the text, any other at the project's.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from corrigenda.documents.catalogues.languages import tag
from corrigenda.documents.store import Source
from corrigenda.finding import Problem
from corrigenda.languages import code_of
from corrigenda.storage import confined
from corrigenda.workspace.discovery import FoundFile

PLACEHOLDERS = ("stem", "ext", "name", "lang", "path")
"""What a pattern may have in braces: a file's name without its ending, the ending with its dot, the whole name, the
code or tag of a language, and the rest of a path.
"""
LONGEST = 500
"""Characters of a pattern."""
_MOST = 100
"""Files in a folder that may be one text's source in some language; beyond them it holds something else."""
_BRACES = re.compile(r"\{([^{}]*)\}")
_LANGUAGE = r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}"
_PARTS = {
    "stem": r"(?P<stem>[^/]+?)",
    "ext": r"(?P<ext>\.[^./]+)",
    "name": r"(?P<name>[^/]+)",
    "path": r"(?P<path>.+)",
    "lang": f"(?P<lang>{_LANGUAGE})",
}


class SourceError(ValueError):
    """What was said of sources cannot be used; the message is one sentence."""


class Pairs(NamedTuple):
    """The texts that are checked, the source of each that has one by the path that reports show, what stands in the
    way, and how many files serve as a source and are not checked themselves.
    """

    files: list[FoundFile]
    origins: Mapping[str, Source]
    problems: list[Problem]
    serving: int = 0

    def source(self, file: FoundFile, data: bytes | None = None) -> Source:
        """Return what is to be checked of a file, or of the bytes that stand for it."""
        return Source(file.display, file.path, data, self.origins.get(file.display))


def named(file: str, files: Sequence[FoundFile]) -> Pairs:
    """Return the pair of one text and the file that was named as its source. Raises SourceError."""
    path = Path(file)
    real = _real(path)
    if len(files) > 1:  # the folder that holds both may have been named
        files = [other for other in files if other.named or other.path is None or _real(other.path) != real]
    if len(files) > 1:
        raise SourceError(
            f"--source {file} is one file, and {len(files):,} documents are checked; "
            "write a pattern, such as '{stem}.src{ext}'"
        )
    if path.is_dir():
        raise SourceError(f"--source {file} is a folder; name a file, or write a pattern such as '{file}/{{name}}'")
    for document in files:
        if document.path is not None and real == _real(document.path):
            raise SourceError(f"--source {file} is the document itself; name the text that it was translated from")
    return Pairs(list(files), {document.display: Source(path.as_posix(), path) for document in files}, [])


@dataclass
class Pattern:
    """A pattern that leads from a text's path to that of its source. Raises SourceError where it cannot be used."""

    text: str
    names: tuple[str, ...] = ()
    _listed: dict[str, list[str]] = field(default_factory=dict)
    """The names in folders that were looked into: many texts lie in one."""

    def __post_init__(self) -> None:
        self.names = tuple(_BRACES.findall(self.text))
        fault = self._fault()
        if fault:
            raise SourceError(f"the pattern {self.text[:LONGEST]!r} cannot be used: {fault}")

    def _fault(self) -> str:
        """Return what is wrong with the pattern, "" where nothing is."""
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        if len(self.text) > LONGEST:
            return f"it has {len(self.text):,} characters, and at most {LONGEST} are read"
        unknown = next((name for name in self.names if name not in PLACEHOLDERS), None)
        if unknown is not None:
            return f"{{{unknown}}} is no placeholder; there are: {known}"
        rest = _BRACES.sub("", self.text)
        if "{" in rest or "}" in rest:
            return "a brace has no partner"
        if not rest.isprintable():
            return "it has a character that no file name should have"
        if not self.names:
            return f"it leads every text to the same file; it needs one of {known}"
        single = [name for name in self.names if name != "lang"]
        if len(single) != len(set(single)):
            return "each placeholder but {lang} may stand once"
        if "path" in single and len(single) > 1:
            return "{path} is all the rest of a path, and goes with {lang} alone"
        if "name" in single and len(single) > 1:
            return "{name} is {stem} and {ext} together; write the one or the others"
        return ""

    @property
    def local(self) -> bool:
        """Whether the pattern begins at the folder of the text, not at the project's."""
        return "stem" in self.names or "name" in self.names

    def own(self, shown: str) -> Mapping[str, str] | None:
        """Return what the placeholders stand for in a text's own path, None where the pattern does not fit it.

        Args:
            shown: The path from the project's folder with forward slashes, or the name alone for a local pattern.
        """
        whole = self.text.rpartition("/")[2] if self.local else self.text
        if "{lang}" in whole:
            found = re.fullmatch(_expression(whole), shown)
            if found is not None and tag(found["lang"]):
                return found.groupdict()
        if not self.local:
            return None if "lang" in self.names else {"path": shown}
        stem, ext = os.path.splitext(shown)
        return {"name": shown, "stem": stem, "ext": ext}

    def leads(self, base: str, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the files that may be the source of a text, each with the language in its path as a tag ("" for none).

        Args:
            base: The folder that the pattern begins at.
            values: What the placeholders stand for in the text's path.
        """
        kept = {name: value for name, value in values.items() if name != "lang"}
        yield from self._walk(base, self.text.split("/"), kept, "")

    def _walk(
        self, folder: str, parts: Sequence[str], values: Mapping[str, str], language: str
    ) -> Iterator[tuple[str, str]]:
        for number, part in enumerate(parts):
            if "{lang}" in part and not language:
                filled = _BRACES.sub(lambda own: own[0] if own[1] == "lang" else values.get(own[1], ""), part)
                expression = re.compile(_expression(filled))
                for name in self._names(folder):
                    found = expression.fullmatch(name)
                    if found is not None and tag(found["lang"]):
                        own = {**values, "lang": found["lang"]}
                        yield from self._walk(os.path.join(folder, name), parts[number + 1 :], own, found["lang"])
                return
            folder = os.path.join(folder, _BRACES.sub(lambda own: values.get(own[1], ""), part))
        if os.path.lexists(folder):
            yield os.path.normpath(folder), tag(language)

    def _names(self, folder: str) -> list[str]:
        if folder not in self._listed:
            try:
                self._listed[folder] = sorted(os.listdir(folder))
            except OSError:
                self._listed[folder] = []
        return self._listed[folder]


def _expression(pattern: str) -> str:
    """Return the expression for what a pattern, or one part of it, means."""
    pieces: list[str] = []
    seen: set[str] = set()
    at = 0
    for found in _BRACES.finditer(pattern):
        pieces.append(re.escape(pattern[at : found.start()]))
        pieces.append(f"(?P={found[1]})" if found[1] in seen else _PARTS[found[1]])
        seen.add(found[1])
        at = found.end()
    return "".join(pieces) + re.escape(pattern[at:])


class Where(NamedTuple):
    """What a search for sources rests on.

    `root` is the project's folder, `target` the code of the language of the texts, `said` returns the code of the
    language that a text, by the path that reports show, was translated from ("" where nobody says). `anywhere` says
    that the pattern is the user's own and may lead out of the project, `links` that links may.
    """

    root: Path
    target: str
    said: Callable[[str], str]
    anywhere: bool = False
    links: bool = False


def by_patterns(patterns: Sequence[Pattern], files: Sequence[FoundFile], where: Where) -> Pairs:
    """Return the texts among some files with the sources that patterns lead to: of each, the first pattern that does.

    A file that serves as a source is none of the texts.
    """
    origins: dict[str, Source] = {}
    problems: list[Problem] = []
    unclear: list[tuple[str, str]] = []
    for file in files:
        for pattern in patterns if file.path is not None else ():
            found = _candidates(pattern, file, where)
            if len(found) > 1:
                unclear.append((file.display, ", ".join(sorted(origin.language for origin in found))))
            elif found:
                fault = _leaving(found[0], where)
                if fault:
                    problems.append(Problem(file.display, fault))
                else:
                    origins[file.display] = found[0]
            if found:
                break
    if unclear:
        problems.append(_unclear(unclear))
    serving = {_real(origin.path) for origin in origins.values() if origin.path is not None}
    texts = [file for file in files if file.path is None or _real(file.path) not in serving]
    kept = {file.display for file in texts}
    origins = {display: origin for display, origin in origins.items() if display in kept}
    return Pairs(texts, origins, problems, len(files) - len(texts))


def _candidates(pattern: Pattern, file: FoundFile, where: Where) -> list[Source]:
    assert file.path is not None, "standard input has no path that a pattern could fit"
    path = os.path.abspath(file.path)
    root = os.path.abspath(where.root)
    base = os.path.dirname(path) if pattern.local else root
    if not pattern.local and not path.startswith(root.rstrip(os.sep) + os.sep):
        return []
    values = pattern.own(os.path.relpath(path, base).replace(os.sep, "/"))
    if values is None or (values.get("lang") and code_of(tag(values["lang"])) != where.target):
        return []
    own = _real(Path(path))
    found: list[Source] = []
    for lead, language in pattern.leads(base, values):
        code = code_of(language) if language else ""
        if _real(Path(lead)) != own and code != where.target and not os.path.isdir(lead):
            found.append(Source(_shown(lead), Path(lead), language=code))
        if len(found) > _MOST:
            return []
    said = where.said(file.display)
    if said and len(found) > 1:
        found = [origin for origin in found if origin.language == said]
    return found


def _unclear(texts: Sequence[tuple[str, str]]) -> Problem:
    """Return the problem of texts for which there are files in several languages."""
    path, languages = texts[0]
    more = f" So it is with {len(texts) - 1:,} more." if len(texts) > 1 else ""
    return Problem(
        path,
        f"Its source may be one of several files ({languages}), so it was checked without one: "
        f"say the language with --from or as 'from' in the configuration.{more}",
    )


def _leaving(origin: Source, where: Where) -> str:
    """Return what is said of a source that a project's pattern, or a link, finds outside of the project, else ""."""
    assert origin.path is not None, "a pattern leads to files"
    try:
        real = _real(origin.path) if where.links else confined.resolved(origin.path, None, where.root)
    except OSError as error:  # a link leads out, or in a circle
        return f"Its source {origin.display} was not read: {error}."
    if where.anywhere or where.links or confined.inside(real, confined.tree_of(where.root)):
        return ""
    return f"Its source {origin.display} lies outside of the project, and was not read."


def _shown(path: str) -> str:
    base = os.path.abspath(os.curdir)
    inner = os.path.relpath(path, base) if path.startswith(base.rstrip(os.sep) + os.sep) else path
    return inner.replace(os.sep, "/").encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
