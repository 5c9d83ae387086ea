"""Suppression comments in the documents themselves: by line, block or file, by check, with an optional reason.

    <!-- corrigenda: ignore artefacts/calque — the speaker's own words -->   Markdown and HTML: this line, or the next
    <!-- corrigenda: ignore-block names -->                                   the paragraph, list or table that follows
    <!-- corrigenda: ignore-file cleanup/captions -->                         the whole file
    {/* corrigenda: ignore artefacts/calque */}                               the same in MDX
    %% corrigenda: ignore artefacts/calque                                    the same in plain text, on its own line

Without a check's name everything is meant. A name that is no check silences nothing and is an error, since somebody
relies on it. A comment that silences nothing is itself reported, but only when every check that it speaks of could run:
with an engine missing, nobody can tell. So is one that does not say what it should.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from corrigenda.documents.document import Document
from corrigenda.documents.parts import Directive, Fault, RegionKind
from corrigenda.expressions import lazy
from corrigenda.finding import Finding, Severity, fingerprint
from corrigenda.pipeline.merge import same_place

UNUSED = "suppression/unused"
UNKNOWN = "suppression/unknown-check"
MALFORMED = "suppression/malformed"
_IGNORE = lazy(r"(ignore(?:-[\w-]*\w)?)(?![\w/])(.*)", re.DOTALL | re.IGNORECASE)
_KINDS = ("ignore", "ignore-block", "ignore-file")
_REASON = lazy(r"\s*[;:—–(].*|\s+(?:--?|because)\s.*", re.DOTALL | re.IGNORECASE)
_MARKS = lazy(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?:\[[ xX]\]\s+)?")
_WHOLE = (RegionKind.LIST, RegionKind.TABLE, RegionKind.QUOTATION)
_FAULTS = {
    Fault.COLON: "This comment silences nothing: a colon is missing. Write “corrigenda: ignore …”.",
    Fault.NAME: "This comment silences nothing: the name is misspelt. Write “corrigenda: ignore …”.",
    Fault.NO_COMMENT: "This comment silences nothing: MDX has no such comments. Write {/* corrigenda: ignore … */}.",
}
_NO_KIND = "This comment silences nothing: after “corrigenda:” write ignore, ignore-block or ignore-file."


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
    silenced: list[Finding]


def find(document: Document) -> tuple[Comment, ...]:
    """Return the suppression comments of a document, in order."""
    result: list[Comment] = []
    for directive in document.directives:
        found = _IGNORE.match(directive.text)
        kind = found[1].lower() if found is not None else ""
        if directive.fault is not None or found is None or kind not in _KINDS:
            result.append(_malformed(document, directive, _FAULTS[directive.fault] if directive.fault else _NO_KIND))
            continue
        said = _REASON.sub("", " " + found[2].lstrip(" \t:=").replace(",", " ") + " ")
        names = tuple(name.rstrip(".") for name in said.split())
        if directive.covers is not None:
            first, last = directive.covers.start, directive.covers.end
        else:
            first, last = _covered(document, directive.start, directive.end, kind)
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


def _malformed(document: Document, directive: Directive, message: str) -> Comment:
    """Return a comment that covers nothing, and says why."""
    start, end = directive.start, directive.end
    comment = _comment(document, start, end, end, end, ())
    name = _fingerprint(document, start, end, MALFORMED)
    remark = comment.remark._replace(check=MALFORMED, severity=Severity.ERROR, message=message, fingerprint=name)
    return comment._replace(remark=remark)


def _fingerprint(document: Document, start: int, end: int, check: str) -> str:
    """Name a remark by content; of equal comments in equal surroundings, by its number too."""
    text = document.text
    around = text[max(0, start - 60) : start], text[end : end + 60]
    return fingerprint(check, text[start:end], *around, text.count(text[start:end], 0, start))


def _covered(document: Document, start: int, end: int, kind: str) -> tuple[int, int]:
    if kind == "ignore-file":
        return 0, len(document.text) + 1
    if kind == "ignore-block":
        return _block(document, end)
    starts = (*document.line_starts, len(document.text) + 1)
    line = bisect_right(starts, start) - 1
    last = bisect_right(starts, max(start, end - 1)) - 1
    before, after = document.text[starts[line] : start], document.text[end : starts[last + 1] - 1]
    if after.strip() or _MARKS.fullmatch(before) is None:
        return starts[line], starts[last + 1]
    # A comment on a line of its own speaks of the next line that has text and is no such comment.
    others = {bisect_right(starts, other.start) - 1: other for other in document.directives if other.start > start}
    following = last + 1
    while following < len(starts) - 1:
        here = others.get(following)
        if here is not None and document.text[starts[following] : starts[following + 1]].strip(" \t\r\n>").endswith(
            document.text[here.start : here.end]
        ):
            following = bisect_right(starts, here.end - 1)
        elif document.text[starts[following] : starts[following + 1]].strip(" \t\r\n>"):
            return starts[following], starts[following + 1]
        else:
            following += 1
    return end, end


def _block(document: Document, end: int) -> tuple[int, int]:
    """Return the paragraph that follows a position; of a list, a table or a quotation that follows, all."""
    index = next((number for number, block in enumerate(document.blocks) if block.start >= end), None)
    if index is None:
        return end, end
    block = document.blocks[index]
    around = [
        region
        for kind in _WHOLE
        for region in document.regions_of(kind)
        if end <= region.start <= block.start and block.end <= region.end
    ]
    widest = max(around, key=lambda region: region.end - region.start, default=None)
    first, last = (widest.start, widest.end) if widest is not None else (block.start, block.end)
    if block.kind in (RegionKind.LIST, RegionKind.TABLE) and last == block.end:
        # Where the format has items and no list, items that follow each other are one.
        for other in document.blocks[index + 1 :]:
            between = document.readable[last : other.start]
            if other.kind is not block.kind or _MARKS.fullmatch(between.replace("\ufffc", " ")) is None:
                break
            if _indent(document, other.start) < _indent(document, block.start):
                break  # the list ends where the outer one, in which it stands, goes on
            last = other.end
    return first, last


def _indent(document: Document, position: int) -> int:
    """Return how many spaces and `>` of quotations begin the line of a position."""
    start = document.line_starts[bisect_right(document.line_starts, position) - 1]
    line = document.text[start:position]
    return len(line) - len(line.lstrip(" \t>"))


def silence(comments: Sequence[Comment], findings: Iterable[Finding], resolve: Callable[[str], str | None]) -> Silenced:
    """Leave out the findings that comments silence."""
    if not comments:
        return Silenced(list(findings), frozenset(), [])
    used: set[int] = set()
    kept: list[Finding] = []
    silenced: list[Finding] = []
    for finding in findings:
        covering = [comment.remark.start for comment in comments if comment.covers(finding, resolve)]
        used.update(covering)
        (silenced if covering else kept).append(finding)
    return Silenced(kept, frozenset(used), silenced)


def without_twins(findings: Sequence[Finding], silenced: Sequence[Finding]) -> list[Finding]:
    """Leave out what another engine says again of a silenced place: it is of the same kind, under another check."""
    return [
        finding
        for finding in findings
        if not any(finding.category == other.category and same_place(other, finding) for other in silenced)
    ]


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
        if comment.remark.check == MALFORMED:
            result.append(comment.remark)
            continue
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
