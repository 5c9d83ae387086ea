"""Only what changed: files and lines that differ from a git revision, or that are staged."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from corrigenda.finding import DocumentReport, Finding, Report
from corrigenda.rules.rule import CompiledCheck

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
    """Return what differs between a revision and the working tree, untracked files included. Raises GitError."""
    top = _top(folder)
    changes = _parse(_git(top, "diff", *_PLAIN, "--end-of-options", revision, "--"), top)
    for name in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if name:
            changes[str(top / name)] = [(1, _ENDLESS)]
    return changes


def staged(folder: Path) -> Changes:
    """Return what is staged for the next commit. Raises GitError."""
    top = _top(folder)
    return _parse(_git(top, "diff", "--cached", *_PLAIN), top)


def held(folder: Path, changes: Changes) -> dict[str, bytes]:
    """Return what git holds of those staged files that were edited again since: absolute path to bytes.

    The next commit takes these bytes, not those in the working tree. Raises GitError.
    """
    top = _top(folder)
    names = _git(top, "diff", "--name-only", "--no-ext-diff", "-z").split("\0")
    return {
        str(top / name): _run(top, "cat-file", "--filters", f":0:{name}")
        for name in names
        if name and str(top / name) in changes
    }


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
