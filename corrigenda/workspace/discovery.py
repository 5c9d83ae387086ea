"""Which files a command's arguments mean: files, folders, globs, and `-` for standard input."""

# Paths are strings, as scandir gives them: a Path for each entry would cost more than all the rest.

import glob
import os
import stat
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corrigenda.documents.registry import endings, unreadable
from corrigenda.finding import Problem
from corrigenda.storage import confined
from corrigenda.workspace.trust import Links

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

SKIPPED = frozenset({"node_modules", "bower_components", "__pycache__"})
"""Folders that are never looked into, beside those whose names begin with a dot."""

PROSE = frozenset((".doc", ".idml", ".pages", ".pdf", ".pptx", ".rtf"))
"""Endings of files that hold copy and are not read: where a folder has some, it is said."""

STANDARD_INPUT = "-"
"""The argument that means standard input, and the path that reports show for it."""

MOST_REFUSED = 20
"""Links that are named when they are refused; more are counted."""

_LARGEST_IGNORE_FILE = confined.MIB // 8
"""Bytes of a file that says what git ignores; a larger one is not read."""

_TOGETHER = 200
"""Patterns that are compiled together; some thousands of them can be more than RE2 allows."""


class FoundFile(NamedTuple):
    """A file to check.

    `path` is None for standard input. `display` is the path that reports show, with forward slashes, relative to the
    base folder where the file lies in it. `named` tells a file that the user named from one met in a folder.
    """

    path: Path | None
    display: str
    named: bool = False


class Found(NamedTuple):
    """What arguments mean: the files, what stands in the way, and a line on copy that was passed over ("": none)."""

    files: list[FoundFile]
    problems: list[Problem]
    passed_over: str


def discover(
    arguments: Sequence[str],
    excludes: Sequence[str],
    base: Path,
    *,
    project: tuple[Path, Sequence[str]] | None = None,
    forced: bool = False,
    follow: Links = Links.NAMED,
) -> tuple[list[FoundFile], list[Problem]]:
    """Return the files that arguments mean, and what stands in the way: `search` for our own formats alone."""
    found = search(arguments, excludes, base, project=project, forced=forced, follow=follow)
    return found.files, found.problems


def search(
    arguments: Sequence[str],
    excludes: Sequence[str],
    base: Path,
    *,
    project: tuple[Path, Sequence[str]] | None = None,
    forced: bool = False,
    follow: Links = Links.NAMED,
    formats: Sequence[str] = (),
    absent: Sequence[str] = (),
) -> Found:
    """Return the files that arguments mean, what stands in the way, and what was passed over.

    Folders are searched at every depth for files of a format that is read. What `.gitignore` files and
    `.git/info/exclude` exclude is passed over, as are hidden files and folders, and what `excludes` names. A file named
    in the arguments is always taken. A link to a folder is followed once.

    A link that is met must not lead out of its tree: the folder named, or the project's or the git repository that
    holds it; nor to what is hidden there. One that is named may, unless `follow` says otherwise.

    Args:
        arguments: Paths, absolute or relative to `base`; globs with `*`, `?`, `[…]` and `**`; `-`.
        excludes: Patterns in the form of `.gitignore`, relative to `base`.
        base: The folder that relative paths begin at.
        project: The folder of the configuration, and its excludes, which are relative to it.
        forced: Whether files that are named are left out too where excludes match them.
        follow: Which links may lead out.
        formats: Formats of other packages whose files are taken in folders, too.
        absent: Absolute paths of files that are not there and are taken all the same where the arguments mean them:
            git holds them.

    Returns:
        Files without repetition, sorted by the path shown; and problems, sorted too: a missing file, a folder that may
        not be read, a link that leads out, nowhere or in a circle, a glob that nothing matches.
    """
    found = _Search(base, excludes, project, forced, follow, endings(formats))
    for argument in arguments:
        found.add(argument, absent)
    found.count_refused()
    files = sorted(
        found.files.values(), key=lambda file: (file.path is not None, file.display.split("/"), file.display)
    )
    problems = sorted(set(found.problems), key=lambda problem: (problem.path, problem.message))
    return Found(files, problems, found.passed_over())


class _Search:
    def __init__(
        self,
        base: Path,
        excludes: Sequence[str],
        project: tuple[Path, Sequence[str]] | None,
        forced: bool,
        follow: Links,
        endings: Mapping[str, str],
    ) -> None:
        self.endings = endings
        self.passed: Counter[str] = Counter()
        self.base = os.path.abspath(base)
        self.project = () if project is None else (project[0],)
        self.follow = follow
        self.refused: dict[str, str] = {}
        self.files: dict[str, FoundFile] = {}
        self.problems: list[Problem] = []
        self.excludes = [_Rules(self.base, list(excludes))] if excludes else []
        if project is not None and project[1]:
            self.excludes.append(_Rules(os.path.abspath(project[0]), list(project[1])))
        self.forced = forced
        self.rules: dict[str, _Rules | None] = {}
        self.entered: set[tuple[int, int]] = set()

    def add(self, argument: str, absent: Sequence[str] = ()) -> None:
        if argument == STANDARD_INPUT:
            self.files.setdefault("", FoundFile(None, STANDARD_INPUT, named=True))
            return
        path = self._full(argument) if argument else ""
        if self._absent(path, argument, absent):
            return
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            if glob.has_magic(argument) and not isinstance(error, ValueError):
                self._expand(argument)
            else:
                self._problem(argument, _reason(error, path))
            return
        if self.follow is Links.NONE and not self._stays(os.path.join(self.base, argument), argument):
            return
        if stat.S_ISDIR(mode):
            self._folder(path, argument)
        elif not (self.forced and self._unwanted(path)):
            self._take(path, os.path.realpath(path), argument, named=True)

    def _absent(self, path: str, argument: str, absent: Sequence[str]) -> bool:
        """Take files that are not there and that an argument means; return whether it means one of them alone."""
        if not absent:
            return False
        top = os.path.realpath(path)
        for file in absent:
            inside = file.removeprefix(top.rstrip(os.sep) + os.sep)
            hidden = any(part.startswith(".") or part in SKIPPED for part in inside.split(os.sep))
            if file == top or (inside != file and not hidden and self._is_readable(file) and not self._unwanted(file)):
                self._take(file, file, argument)
        return top in absent

    def _full(self, argument: str) -> str:
        path = os.path.join(self.base, argument)
        # "link/.." is the folder above what the link names, which only the system can tell.
        return os.path.realpath(path) if ".." in Path(argument).parts else os.path.normpath(path)

    def _stays(self, path: str, argument: str) -> bool:
        """Return whether no link on a path leads out of the tree that it lies in, or may; say so where one does."""
        if self.follow is Links.ALL:
            return True
        try:
            confined.resolved(path, self.base, *self.project)
        except confined.Outside as error:
            self._refuse(self._shown(os.path.normpath(path), argument), error)
            return False
        except OSError as error:
            self._problem(argument, _reason(error, path))
            return False
        return True

    def _refuse(self, shown: str, error: confined.Outside) -> None:
        self.refused[shown] = (
            f"{str(error).capitalize()}, and it is not followed. Name the file that it leads to, to take it."
        )

    def count_refused(self) -> None:
        """Name the links that were refused, or count them where there are many."""
        ordered = sorted(self.refused.items())
        for shown, message in ordered[:MOST_REFUSED]:
            self._problem(shown, message)
        if len(ordered) > MOST_REFUSED:
            shown = ordered[MOST_REFUSED][0]
            self._problem(shown, _more_refused(len(ordered) - MOST_REFUSED - 1))

    def _expand(self, pattern: str) -> None:
        """Take what a glob matches; shells that do not expand globs leave it to us."""
        # deferred: shells expand most globs
        from corrigenda.workspace import globs

        found = False
        for match in globs.matches(pattern, self.base):
            path = self._full(match)
            if self._is_ignored(path):
                continue
            if not self._stays(os.path.join(self.base, match), match):
                found = True
            elif os.path.isdir(path):
                # "**" names each folder beneath too, and its files come by themselves.
                if not pattern.endswith("**"):
                    found = True
                    self._folder(path, match)
            elif self._is_readable(path):
                found = True
                self._met(path, os.path.realpath(path), match)
        if not found:
            self._problem(pattern, "No file that can be read matches this pattern.")

    def _folder(self, top: str, argument: str) -> None:
        upper = self._upper(top)
        start = os.path.realpath(top)
        walk = _Walk(argument, confined.tree_of(start, *self.project))
        stack: list[_Folder] = [(top, start, upper)]
        # Links come last, so that a folder is shown by its own name where it has been found by both.
        linked: list[_Folder] = []
        while stack or linked:
            folder, real, rules = (stack or linked).pop()
            try:
                status = os.stat(folder)
                # A link back to a folder that was entered would lead in a circle.
                if (status.st_dev, status.st_ino) in self.entered:
                    continue
                self.entered.add((status.st_dev, status.st_ino))
                with os.scandir(folder) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError as error:
                self._problem(self._shown(folder, argument), _reason(error, folder))
                continue
            names = {entry.name for entry in entries}
            if "pyvenv.cfg" in names and folder != top:
                continue
            if ".gitignore" in names and (own := self._rules_of(folder)) is not None:
                rules = (*rules, own)
            for entry in entries:
                # "~$" is how Word names the file that says that another is open.
                if entry.name.startswith((".", "~$")) or entry.name in SKIPPED:
                    continue
                self._entry(entry, (folder, real, rules), linked if entry.is_symlink() else stack, walk)

    def _entry(self, entry: "os.DirEntry[str]", parent: "_Folder", folders: "list[_Folder]", walk: "_Walk") -> None:
        folder, real, rules = parent
        path = os.path.join(folder, entry.name)
        link = entry.is_symlink()
        directory = _directory(entry)
        if not directory and not self._is_readable(entry.name):
            self._pass_over(path, rules)
            return
        if self._excluded(path + "/" if directory else path, rules):
            return
        own = os.path.realpath(path) if link else os.path.join(real, entry.name)
        if link and self.follow is not Links.ALL:
            try:
                confined.refuse_leaving(own, walk.tree)
            except confined.Outside as error:
                self._refuse(self._shown(path, walk.argument), error)
                return
        if directory:
            folders.append((path, own, rules))
        elif link:
            self._met(path, own, walk.argument)
        else:
            self._take(path, own, walk.argument)

    def _is_readable(self, name: str) -> bool:
        """Return whether a file met in a folder is of a format that is read; one without an ending must be named."""
        ending = os.path.splitext(name)[1].lower()
        return bool(ending) and ending in self.endings

    def _pass_over(self, path: str, rules: "tuple[_Rules, ...]") -> None:
        """Count a file that is not read where it holds copy."""
        ending = os.path.splitext(path)[1].lower()
        if ending in PROSE and not self._excluded(path, rules):
            self.passed[ending] += 1

    def passed_over(self) -> str:
        """Return a line on the copy in folders that is not read, "" where there is none."""
        if not self.passed:
            return ""
        counted = ", ".join(f"{number:,} {ending}" for ending, number in sorted(self.passed.items()))
        files = "file" if self.passed.total() == 1 else "files"
        read = ", ".join(sorted(filter(None, self.endings)))
        return f"Passed over: {counted} {files} (corrigenda reads {read})."

    def _met(self, path: str, real: str, argument: str) -> None:
        """Take a file that was met and may be a link that leads nowhere."""
        try:
            os.stat(path)
        except OSError as error:
            self._problem(self._shown(path, argument), _reason(error, path))
        else:
            self._take(path, real, argument)

    def _take(self, path: str, real: str, argument: str, *, named: bool = False) -> None:
        key = os.path.normcase(real)
        known = self.files.get(key)
        # Of two names for one file, the shorter and then the first in order is shown, whichever came first.
        shown = self._shown(path, argument)
        if known is not None:
            named = named or known.named
            if (len(known.display), known.display) <= (len(shown), shown):
                self.files[key] = FoundFile(known.path, known.display, named)
                return
        self.files[key] = FoundFile(Path(path), shown, named)

    def _shown(self, path: str, argument: str) -> str:
        """Return a path as reports show it."""
        if path == self.base or path.startswith(self.base.rstrip(os.sep) + os.sep):
            shown = os.path.relpath(path, self.base)
        elif os.path.isabs(argument):
            shown = path
        else:
            try:
                shown = os.path.relpath(path, self.base)
            except ValueError:  # another drive
                shown = path
        return _printable(shown.replace(os.sep, "/"))

    def _problem(self, shown: str, message: str) -> None:
        self.problems.append(Problem(_printable(shown.replace(os.sep, "/")), message))

    def _unwanted(self, path: str) -> bool:
        return any(rules.verdict(path) for rules in self.excludes)

    def _excluded(self, path: str, rules: "tuple[_Rules, ...]") -> bool:
        if self._unwanted(path):
            return True
        # The rules nearest to the file decide.
        for rule in reversed(rules):
            verdict = rule.verdict(path)
            if verdict is not None:
                return verdict
        return False

    def _is_ignored(self, path: str) -> bool:
        """Return whether a glob's match lies in a folder that is passed over, or is excluded itself."""
        inside = os.path.relpath(path, self.base) if path.startswith(self.base + os.sep) else os.path.basename(path)
        parts = inside.split(os.sep)
        if not SKIPPED.isdisjoint(parts) or parts[-1].startswith("~$"):
            return True
        rules = self._upper(os.path.dirname(path), named=False)
        own = self._rules_of(os.path.dirname(path))
        return self._excluded(path, rules if own is None else (*rules, own))

    def _upper(self, top: str, *, named: bool = True) -> "tuple[_Rules, ...]":
        """Return the rules that hold in a folder and stand above it: its repository's, from the root down."""
        chain: list[str] = []
        folder = top
        while not os.path.lexists(os.path.join(folder, ".git")):
            parent = os.path.dirname(folder)
            if parent == folder:
                return ()
            chain.append(parent)
            folder = parent
        found = [self._exclude_file(folder)] + [self._rules_of(above) for above in reversed(chain)]
        rules = tuple(rule for rule in found if rule is not None)
        # Who names an ignored folder wants it: what ignores it is left aside.
        return () if named and chain and self._excluded(top + "/", rules) else rules

    def _rules_of(self, folder: str) -> "_Rules | None":
        if folder not in self.rules:
            self.rules[folder] = _read_rules(os.path.join(folder, ".gitignore"), folder)
        return self.rules[folder]

    def _exclude_file(self, root: str) -> "_Rules | None":
        git = os.path.join(root, ".git")
        if os.path.isfile(git):  # a worktree or submodule: the file names the folder
            lines = _read_lines(git)
            git = os.path.join(root, lines[0].removeprefix("gitdir:").strip()) if lines else git
            common = _read_lines(os.path.join(git, "commondir"))
            git = os.path.join(git, common[0].strip()) if common else git
        return _read_rules(os.path.join(git, "info", "exclude"), root)


def _more_refused(others: int) -> str:
    if not others:
        return "This link leads out too, and is not followed."
    links = "1 more link lead" if others == 1 else f"{others:,} more links lead"
    return f"This and {links} out too, and are not followed."


class _Rules:
    """The patterns of one `.gitignore`, and the folder that they are relative to."""

    def __init__(self, folder: str, lines: list[str]) -> None:
        self.folder = folder.rstrip(os.sep) + os.sep
        self.lines = lines

    @cached_property
    def _specs(self) -> "list[GitIgnoreSpec]":
        """The patterns, compiled in parts, the last ones first: they decide."""
        parts = [self.lines[at : at + _TOGETHER] for at in range(0, len(self.lines), _TOGETHER)]
        return [spec for part in reversed(parts) for spec in reversed(_compiled(part))]

    def verdict(self, path: str) -> bool | None:
        """Return True where the patterns exclude a path, False where they include it again, None where none matches."""
        if not path.startswith(self.folder):
            return None
        inside = path[len(self.folder) :].replace(os.sep, "/")
        for spec in self._specs:
            verdict = spec.check_file(inside).include
            if verdict is not None:
                return verdict
        return None


class _Walk(NamedTuple):
    """A folder that is searched: the argument that meant it, and the tree that links in it must not leave."""

    argument: str
    tree: str


_Folder = tuple[str, str, tuple[_Rules, ...]]
"""A folder to look into: its path, the path without links, and the rules that hold in it."""


def _compiled(lines: list[str]) -> "list[GitIgnoreSpec]":
    """Return the patterns of some lines, in their order, without those that are none or take too much memory."""
    # deferred: most folders have nothing that is excluded
    import re2
    from pathspec import GitIgnoreSpec

    try:
        return [GitIgnoreSpec.from_lines(lines)]
    except (ValueError, re2.error):
        half = len(lines) // 2
        return [*_compiled(lines[:half]), *_compiled(lines[half:])] if half else []


def _read_rules(path: str, folder: str) -> _Rules | None:
    if os.path.islink(path):  # git follows none either
        return None
    lines = [line for line in _read_lines(path) if line.strip() and not line.startswith("#")]
    return _Rules(folder, lines) if lines else None


def _read_lines(path: str) -> list[str]:
    try:
        data = confined.read_bytes(path, limit=_LARGEST_IGNORE_FILE)
    except OSError:
        return []
    return data.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n").split("\n")


def _directory(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _reason(error: Exception, path: str) -> str:
    if isinstance(error, OSError):
        if isinstance(error, FileNotFoundError) and path and os.path.islink(path):
            return "This link leads nowhere: what it names does not exist."
        if isinstance(error, PermissionError) and os.path.isdir(path):
            return "The folder may not be read: permission denied."
        return unreadable(error).message
    return "The path contains a character that no file name can have."


def _printable(shown: str) -> str:
    """Return a path that can be written as UTF-8; bytes that are not are shown as replacement characters."""
    return shown.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
