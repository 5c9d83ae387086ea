"""Suppression comments in the documents themselves: by line, block or file, by check, with an optional reason.

    <!-- corrigenda: ignore artefacts/calque — the speaker's own words -->   Markdown and HTML: this line, or the next
    <!-- corrigenda: ignore-block names -->                                   the paragraph that follows
    <!-- corrigenda: ignore-file cleanup/captions -->                         the whole file
    %% corrigenda: ignore artefacts/calque                                    the same in plain text, on its own line

Without a check's name everything is meant. A name that is no check silences nothing and is an error, since somebody
relies on it. A comment that silences nothing is itself reported, but only when every check that it speaks of could run:
with an engine missing, nobody can tell.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from corrigenda.documents.document import Document
from corrigenda.expressions import lazy
from corrigenda.finding import Finding, Severity, fingerprint

UNUSED = "suppression/unused"
UNKNOWN = "suppression/unknown-check"
_IGNORE = lazy(r"(ignore-file|ignore-block|ignore)\b(.*)", re.DOTALL)
_REASON = lazy(r"\s+(?:—|–|--|:|because)\s.*")


class Comment(NamedTuple):
    """One comment: what it covers `[first, last)`, and the checks or themes that it names, as written (none: all).

    `remark` is the finding that is reported when the comment is wrong or of no use; `unknown` is its fingerprint when
    it names no check, `remark.fingerprint` the one when it is unused.
    """

    first: int
    last: int
    names: tuple[str, ...]
    remark: Finding
    unknown: str

    def covers(self, finding: Finding, resolve: "Callable[[str], str | None]") -> bool:
        """Return whether the finding begins in what the comment covers and is of a check that it names.

        `resolve` returns the check or theme that a name means, None for a name that means nothing.
        """
        if not self.first <= finding.start < self.last:
            return False
        if not self.names:
            return True
        meant = (resolve(name) for name in self.names)
        return any(finding.check == name or finding.check.startswith(name.rstrip("/") + "/") for name in meant if name)


class Silenced(NamedTuple):
    """What comments leave of some findings, and the comments that silenced something, by where they begin."""

    kept: list[Finding]
    used: frozenset[int]


def find(document: Document) -> tuple[Comment, ...]:
    """Return the suppression comments of a document, in order."""
    result: list[Comment] = []
    for directive in document.directives:
        found = _IGNORE.match(directive.text)
        if found is None:
            continue
        said, _, _ = _REASON.sub("", " " + found[2] + " ").partition("(")
        names = tuple(name.strip(",") for name in said.split() if name.strip(","))
        if directive.covers is not None:
            first, last = directive.covers.start, directive.covers.end
        else:
            first, last = _covered(document, directive.start, directive.end, found[1])
        result.append(_comment(document, directive.start, directive.end, first, last, names))
    return tuple(result)


def _comment(document: Document, start: int, end: int, first: int, last: int, names: tuple[str, ...]) -> Comment:
    line, column, label = document.locate(start)
    quote = document.text[start:end]
    remark = Finding(
        check=UNUSED,
        category="design-and-markup/markup",
        severity=Severity.SUGGESTION,
        confidence=1.0,
        start=start,
        end=end,
        line=line,
        column=column,
        quote=quote,
        message="This comment silences nothing any more; remove it.",
        fingerprint=_fingerprint(document, start, end, UNUSED),
        label=label,
    )
    return Comment(first, last, names, remark, _fingerprint(document, start, end, UNKNOWN))


def _fingerprint(document: Document, start: int, end: int, check: str) -> str:
    """Name a remark by content; of equal comments in equal surroundings, by its number too."""
    text = document.text
    around = text[max(0, start - 60) : start], text[end : end + 60]
    return fingerprint(check, text[start:end], *around, text.count(text[start:end], 0, start))


def _covered(document: Document, start: int, end: int, kind: str) -> tuple[int, int]:
    if kind == "ignore-file":
        return 0, len(document.text) + 1
    starts = (*document.line_starts, len(document.text) + 1)
    line = bisect_right(starts, start) - 1
    if kind == "ignore-block":
        for block in document.blocks:
            if block.start >= end:
                return block.start, block.end
        return end, end
    own = document.text[starts[line] : start] + document.text[end : starts[line + 1] - 1]
    if own.strip():
        return starts[line], starts[line + 1]
    # A comment on a line of its own speaks of the next line that has text.
    following = line + 1
    while following + 1 < len(starts) - 1 and not document.text[starts[following] : starts[following + 1]].strip():
        following += 1
    if following >= len(starts) - 1:
        return end, end
    return starts[following], starts[following + 1]


def silence(comments: Sequence[Comment], findings: Iterable[Finding], resolve: Callable[[str], str | None]) -> Silenced:
    """Leave out the findings that comments silence."""
    if not comments:
        return Silenced(list(findings), frozenset())
    used: set[int] = set()
    kept: list[Finding] = []
    for finding in findings:
        covering = [comment.remark.start for comment in comments if comment.covers(finding, resolve)]
        used.update(covering)
        if not covering:
            kept.append(finding)
    return Silenced(kept, frozenset(used))


def remarks(
    comments: Sequence[Comment],
    used: frozenset[int],
    resolve: Callable[[str], str | None],
    could_run: Callable[[str], bool],
) -> list[Finding]:
    """Return what is to be said of the comments themselves: names that are no check, and comments that are of no use.

    `could_run` says of a check or a theme ("" for all checks) whether everything that it stands for could run, so that
    a finding to silence would have come.
    """
    result: list[Finding] = []
    for comment in comments:
        wrong = [name for name in comment.names if resolve(name) is None]
        if wrong:
            message = f"There is no check {wrong[0]!r} to ignore; see 'corrigenda checks'."
            remark = comment.remark._replace(
                check=UNKNOWN,
                severity=Severity.ERROR,
                message=message,
                fingerprint=comment.unknown,
            )
            result.append(remark)
        elif comment.remark.start not in used and all(
            could_run(resolve(name) or "") for name in comment.names or ("",)
        ):
            result.append(comment.remark)
    return result
