"""Suppression comments in the documents themselves: by line, block or file, by check, with an optional reason.

    <!-- corrigenda: ignore artefacts/calque — the speaker's own words -->   Markdown and HTML: this line, or the next
    <!-- corrigenda: ignore-block names -->                                   the paragraph that follows
    <!-- corrigenda: ignore-file cleanup/captions -->                         the whole file
    %% corrigenda: ignore artefacts/calque                                    the same in plain text, on its own line

Without a check's name everything is meant. A comment that silences nothing is itself reported.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corrigenda.documents.document import Document
from corrigenda.expressions import lazy
from corrigenda.finding import Finding, Severity, fingerprint

UNUSED = "suppression/unused"
UNKNOWN = "suppression/unknown-check"
_COMMENT = lazy(
    r"(?:<!--|^[ \t]*(?:%%|//|#))[ \t]*corrigenda:[ \t]*(ignore-file|ignore-block|ignore)\b([^\n]*?)(?:-->|$)",
    re.MULTILINE,
)
_CHECK = lazy(r"[a-z][a-z0-9-]*(?:/[a-z0-9-]+)*/?")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment: where it stands, what it covers `[first, last)`, and the checks or themes it names (none: all)."""

    start: int
    end: int
    first: int
    last: int
    checks: tuple[str, ...]

    def covers(self, finding: Finding) -> bool:
        """Return whether the finding begins in what the comment covers and is of a check that it names."""
        if not self.first <= finding.start < self.last:
            return False
        return not self.checks or any(
            finding.check == name or finding.check.startswith(name.rstrip("/") + "/") for name in self.checks
        )


def find(document: Document) -> list[Suppression]:
    """Return the suppression comments of a document, in order."""
    if "corrigenda:" not in document.text:
        return []
    result: list[Suppression] = []
    for found in _COMMENT.finditer(document.text):
        names, _, _ = re.sub(r"\s+(?:—|–|--|:|because)\s.*", "", " " + found[2] + " ").partition("(")
        named = (_CHECK.fullmatch(name.strip(",")) for name in names.split())
        checks = tuple(match[0] for match in named if match)
        first, last = _covered(document, found.start(), found.end(), found[1])
        result.append(Suppression(found.start(), found.end(), first, last, checks))
    return result


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


LATER = ("names/mixed-across-documents",)
"""Checks whose findings come after a document's own: a comment for them is not called unused."""


def apply(
    document: Document,
    findings: Sequence[Finding],
    known: Iterable[str] | Mapping[str, object],
    *,
    remarks: bool = True,
) -> list[Finding]:
    """Leave out what comments silence, and add a suggestion for each comment that silences nothing."""
    comments = find(document)
    if not comments:
        return list(findings)
    used: set[Suppression] = set()
    kept: list[Finding] = []
    for finding in findings:
        covering = [comment for comment in comments if comment.covers(finding)]
        used.update(covering)
        if not covering:
            kept.append(finding)
    names = tuple(known)
    for comment in comments if remarks else ():
        wrong = [name for name in comment.checks if not _exists(name, names)]
        if wrong:
            kept.append(
                _remark(
                    document, comment, UNKNOWN, f"There is no check {wrong[0]!r} to ignore; see 'corrigenda checks'"
                )
            )
        elif comment not in used and not set(comment.checks) & set(LATER):
            kept.append(_remark(document, comment, UNUSED, "This comment silences nothing any more; remove it"))
    return kept


def still_unused(document: Document, findings: Sequence[Finding], later: Sequence[Finding]) -> list[Finding]:
    """Return findings without the remarks on comments that silence one of the later findings after all."""
    used = {comment.start for comment in find(document) for finding in later if comment.covers(finding)}
    return [finding for finding in findings if not (finding.check == UNUSED and finding.start in used)]


def _exists(name: str, known: Sequence[str]) -> bool:
    return any(check == name or check.startswith(name.rstrip("/") + "/") for check in known)


def _remark(document: Document, comment: Suppression, check: str, message: str) -> Finding:
    line, column, label = document.locate(comment.start)
    return Finding(
        check=check,
        category="design-and-markup/markup",
        severity=Severity.SUGGESTION,
        confidence=1.0,
        start=comment.start,
        end=comment.end,
        line=line,
        column=column,
        quote=document.text[comment.start : comment.end],
        message=message + ".",
        fingerprint=_mark(document, comment, check),
        label=label,
    )


def _mark(document: Document, comment: Suppression, check: str) -> str:
    """Name the remark by content; of equal comments that stand alike, by its number too."""
    text = document.text
    around = text[max(0, comment.start - 60) : comment.start], text[comment.end : comment.end + 60]
    alike = text.count(text[comment.start : comment.end], 0, comment.start)
    return fingerprint(check, text[comment.start : comment.end], *around, alike)
