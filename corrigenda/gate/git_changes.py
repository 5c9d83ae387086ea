"""Only what changed: files and lines that differ from a git revision, or that are staged."""

import os
import re
import subprocess
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path

from corrigenda.documents import registry
from corrigenda.finding import DocumentReport, Finding, Report
from corrigenda.rules.rule import CompiledCheck
from corrigenda.storage import confined

_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")


class GitError(RuntimeError):
    """Git could not say what changed; the message says why and what to do."""


Changes = Mapping[str, Sequence[tuple[int, int]]]
"""Absolute path (as text) to ranges of changed lines `[first, last]`, from 1; an untracked file has an endless one."""

_ENDLESS = 2**31
_PLAIN = (
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--unified=0",
    "--inter-hunk-context=0",
    "--find-renames",
    "--text",
    "--src-prefix=a/",
    "--dst-prefix=b/",
)
"""The same diff whatever the user's own settings; of a file that was renamed only what changed in it."""

_SETTINGS = ("-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
"""Names as they are, and no program that the settings of a repository name."""


def since(revision: str, folder: Path) -> Changes:
    """Return what the working tree changed since it left a revision, untracked files included. Raises GitError.

    What is compared is the commit at which the two parted (the merge base), as in a pull request: what only the other
    branch changed meanwhile is no change of this one.
    """
    top = _top(folder)
    changes = _parse(_git(top, "diff", *_PLAIN, "--end-of-options", _merge_base(top, revision), "--"), top)
    for name in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if name:
            changes[str(top / name)] = [(1, _ENDLESS)]
    return changes


def _merge_base(top: Path, revision: str) -> str:
    """Return the commit at which the current branch and a revision parted. Raises GitError."""
    try:
        commit = _git(top, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").strip()
    except GitError:
        raise GitError(f"git cannot say what changed: {revision!r} names no commit here{_shallow(top)}") from None
    done = _asked(top, "merge-base", commit, "HEAD")
    found = done.stdout.decode("ascii", "replace").split()
    if not found:
        why = f"{revision} and the current branch have no commit in common"
        more = _shallow(top) or "; name a revision that this branch comes from"
        raise GitError(f"git cannot say what changed: {why}{more}")
    return found[0]


def _shallow(top: Path) -> str:
    """Return what to do where a clone may lack the commit that is asked for, "" where it is whole."""
    if _asked(top, "rev-parse", "--is-shallow-repository").stdout.strip() != b"true":
        return ""
    return (
        "; this clone is shallow and may lack it: run 'git fetch --unshallow', "
        "or check out with the whole history (fetch-depth: 0 in GitHub Actions, GIT_DEPTH: 0 in GitLab)"
    )


def staged(folder: Path) -> Changes:
    """Return what is staged for the next commit. Raises GitError.

    In a merge that is what neither side has: lines that the other branch brings as they are were checked there.
    """
    top = _top(folder)
    changes: Changes = _parse(_git(top, "diff", "--cached", *_PLAIN), top)
    for other in _merged(top):
        changes = _both(changes, _parse(_git(top, "diff", "--cached", *_PLAIN, other, "--"), top))
    return changes


def _merged(top: Path) -> list[str]:
    """Return the commits that are being merged into the current one, none where no merge is going on."""
    file = Path(top, _git(top, "rev-parse", "--git-path", "MERGE_HEAD").removesuffix("\n"))
    try:
        lines = confined.read_text(file, limit=confined.MIB).split()
    except OSError:
        return []
    return [line for line in lines if _COMMIT.fullmatch(line)]


def _both(some: Changes, others: Changes) -> Changes:
    """Return the files and lines that are in both changes."""
    found: dict[str, list[tuple[int, int]]] = {}
    for path in some.keys() & others.keys():
        pairs = ((max(a, c), min(b, d)) for a, b in some[path] for c, d in _near(others[path], a, b))
        ranges = [(first, last) for first, last in pairs if first <= last]
        if ranges:
            found[path] = ranges
    return found


def _near(ranges: Sequence[tuple[int, int]], first: int, last: int) -> Sequence[tuple[int, int]]:
    """Return those of some ranges, which are in order, that may touch the lines from `first` to `last`."""
    begin = bisect_left(ranges, first, key=lambda known: known[1])
    return ranges[begin : bisect_right(ranges, last, lo=begin, key=lambda known: known[0])]


def absent(changes: Changes) -> list[str]:
    """Return the absolute paths of changed files that are not in the working tree: a staged file that was deleted
    since, or one that a sparse checkout leaves out.
    """
    return sorted(path for path in changes if not os.path.lexists(path))


def held(folder: Path, changes: Changes, limit: int, *, edited: bool = True) -> tuple[dict[str, bytes], dict[str, int]]:
    """Return what git holds of changed files that are not in the working tree, and of those staged files that were
    edited again since: absolute path to bytes.

    The next commit takes these bytes, not those in the working tree.

    Args:
        folder: A folder of the repository.
        changes: What changed.
        limit: Most bytes of a text; a file that has more is not read (`registry.file_limit` for packages).
        edited: Whether files that were edited since they were staged are among them.

    Returns:
        The files' bytes, and the sizes of those that are too large.

    Raises:
        GitError: Git cannot say it.
    """
    top = _top(folder)
    names = set(_git(top, "diff", "--name-only", "--no-ext-diff", "-z").split("\0")) if edited else set()
    names |= {Path(path).relative_to(top).as_posix() for path in absent(changes)}
    found: dict[str, bytes] = {}
    large: dict[str, int] = {}
    for name in sorted(names):
        path = str(top / name)
        if not name or path not in changes:
            continue
        size = int(_git(top, "cat-file", "-s", f":0:{name}"))
        if size > registry.file_limit(registry.format_of(name), limit):
            large[path] = size
        else:
            found[path] = _run(top, "cat-file", "--filters", f":0:{name}")
    return found, large


def left_out(folder: Path) -> frozenset[str]:
    """Return the absolute paths of the files that a sparse checkout leaves out; none where git cannot say."""
    try:
        top = _top(folder)
        listed = _git(top, "ls-files", "-t", "-z").split("\0")
    except GitError:
        return frozenset()
    return frozenset(os.path.normpath(top / name[2:]) for name in listed if name.startswith("S "))


def takes_part(path: Path | None, changes: Changes) -> bool:
    """Return whether a file changed; standard input always has."""
    return path is None or str(path.resolve()) in changes


def _top(folder: Path) -> Path:
    return Path(_git(folder, "rev-parse", "--show-toplevel").strip())


def _git(folder: Path, *arguments: str) -> str:
    return _run(folder, *arguments).decode("utf-8", "surrogateescape")


def _run(folder: Path, *arguments: str) -> bytes:
    done = _asked(folder, *_without_filters(folder), *arguments)
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(f"git cannot say what changed: {reason[0] if reason else 'no reason given'}")
    return done.stdout


def _without_filters(folder: Path) -> list[str]:
    """Return options that turn off the filters of a repository's own settings, which are programs; the user's stay."""
    found = _asked(folder, "config", "--includes", "--show-scope", "-z", "--get-regexp", r"^filter\.").stdout
    parts = found.decode("utf-8", "surrogateescape").split("\0")
    options: list[str] = []
    for scope, entry in zip(parts[::2], parts[1::2], strict=False):
        name = entry.split("\n")[0]
        if scope in ("local", "worktree"):
            options += ["-c", f"{name}={'false' if name.endswith('.required') else ''}"]
    return options


def _asked(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    # Nothing is written either: to look at what changed, git would write its index anew.
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", *_SETTINGS, "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=False, env=environment)
    except FileNotFoundError as error:
        raise GitError("git is not installed, so it cannot say what changed; install it, or check all files") from error


def _parse(diff: str, top: Path) -> dict[str, list[tuple[int, int]]]:
    changes: dict[str, list[tuple[int, int]]] = {}
    path: str | None = None
    header = False
    for line in diff.split("\n"):
        if line.startswith("diff --git "):
            header, path = True, None
        elif header and line.startswith("+++ "):
            name = line[4:].rstrip("\t")
            path = None if name == "/dev/null" else str(top / _unquoted(name)[2:])
            if path is not None:
                changes.setdefault(path, [])
        elif found := _HUNK.match(line):
            header = False
            first, count = int(found[1]), int(found[2] or 1)
            if path is not None and count:
                changes[path].append((first, first + count - 1))
            elif path is not None:  # lines were only taken out: what stands around them has changed its meaning
                changes[path].append((max(1, first), first + 1))
    return changes


def _unquoted(name: str) -> str:
    """Undo git's quoting of names with control characters or quotation marks."""
    if not (name.startswith('"') and name.endswith('"')):
        return name
    raw = name[1:-1].encode("utf-8", "surrogateescape").decode("latin-1")
    simple = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
    text = re.sub(
        r"\\([0-7]{3}|.)",
        lambda m: chr(int(m[1], 8)) if m[1].isdigit() and len(m[1]) == 3 else simple.get(m[1], m[1]),
        raw,
    )
    return text.encode("latin-1").decode("utf-8", "surrogateescape")


def restrict(
    report: Report, changes: Changes, absolute: Mapping[str, str], checks: Mapping[str, CompiledCheck]
) -> Report:
    """Keep the findings that touch a changed line.

    Findings of checks that compare documents stay when their document changed, whatever the line, or when their
    evidence names a document that did.

    Args:
        report: A run's report.
        changes: What git changed.
        absolute: The absolute path of each reported one.
        checks: The compiled checks by id.
    """
    changed = set(changes)
    documents: list[DocumentReport] = []
    for document in report.documents:
        ranges = changes.get(absolute.get(document.path, ""), ())
        kept = []
        for finding in document.findings:
            check = checks.get(finding.check)
            if check is not None and check.scope == "collection":
                if ranges or any(absolute.get(other, "") in changed for other in _others(finding)):
                    kept.append(finding)
                continue
            if finding.line is None:  # a file without lines changes as a whole
                if absolute.get(document.path, "") in changed:
                    kept.append(finding)
                continue
            last = finding.line + finding.quote.count("\n")
            if any(first <= last and finding.line <= end for first, end in ranges):
                kept.append(finding)
        documents.append(document._replace(findings=tuple(kept)))
    return report._replace(documents=tuple(documents))


def _others(finding: Finding) -> list[str]:
    """Return the documents that the evidence names, in one list or in one for each spelling."""
    named = finding.evidence.get("documents", ())
    lists = named.values() if isinstance(named, Mapping) else [named]
    return [str(path) for paths in lists for path in paths]
