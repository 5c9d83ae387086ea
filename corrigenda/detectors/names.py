"""Detector `names`: what the name index says of a document's names.

A check names the `rule` of corrigenda.names that it reports: `mixed-spelling`, `mixed-romanisation`, `case-ending` …
All of them ask the same table of a document's names, which is built once.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, get_args

from corrigenda.detectors.detector import Detector
from corrigenda.documents.document import Document
from corrigenda.errors import CheckError
from corrigenda.finding import Correction, Severity
from corrigenda.languages import any_language
from corrigenda.names.issue import IssueRule, NameIssue
from corrigenda.names.report import all_issues, all_pairs, one_form_each
from corrigenda.names.severity import WITHIN
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.names.context import NameContext
    from corrigenda.rules.check import Check


_ROW = 120
"""Characters that one row of names may have between two of them."""
_PART = re.compile(r"[^\s,()/]+")


class NamesKeys(TypedDict):
    """The keys of a check."""

    rule: str


class NamesPayload(NamedTuple):
    """The rule of corrigenda.names, and the gravest severity that the check gives."""

    rule: str
    most: str


class Names(Detector):
    """What the name index says of a document."""

    name = "names"
    scope = "document"
    values = frozenset(("count", "other", "reason"))
    options = NamesKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule, after looking whether corrigenda.names knows it."""

        rule = check.keys(NamesKeys)["rule"]
        if rule not in _RULES:
            raise CheckError(
                check.path, check.line("rule"), f"there is no rule {rule!r} of names; there are {', '.join(_RULES)}"
            )
        return [Rule(structure="names", payload=NamesPayload(rule, check.severity.value))]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Ask the rule about each nominated document."""
        for nominee in nominees:
            document = context.documents[nominee.document]
            names = context.names(nominee.document)
            if nominee.rule.payload(NamesPayload).rule == "mixed-spelling":
                yield from _pairs(nominee, document, names, context)
            else:
                for issue in _issues(nominee.document, names, context):
                    if issue.rule == nominee.rule.payload(NamesPayload).rule:
                        yield from _issue(nominee, document, issue)


_RULES = tuple(sorted(("mixed-spelling", *get_args(IssueRule))))


def _issues(number: int, names: "NameContext", context: Context) -> list[NameIssue]:
    key = ("name issues", number)
    if key not in context.memo:
        context.memo[key] = all_issues(names)
    found: list[NameIssue] = context.memo[key]
    return found


def _pairs(nominee: Nominee, document: Document, names: "NameContext", context: Context) -> Iterable[Hit]:
    most = Severity(nominee.rule.payload(NamesPayload).most)
    pairs = one_form_each(all_pairs(names))
    for limit in names.limits:
        context.stop(nominee.document, limit)
    for pair in pairs:
        marked, other = pair.minority, pair.majority
        if pair.preferred == marked.text and pair.preferred != other.text:
            marked, other = other, marked
        counts = {pair.majority.text: pair.majority.count, pair.minority.text: pair.minority.count}
        reason = pair.reason if pair.preferred else f"{pair.reason}; {pair.why}"
        evidence: dict[str, Any] = {
            "counts": counts,
            "lines": {form.text: _lines(document, form.spans) for form in (pair.majority, pair.minority)},
            "reason": pair.reason,
            **({"recommended by": pair.why} if pair.preferred else {}),
            "distance": round(pair.distance, 3),
        }
        corrections = (Correction(pair.preferred),) if pair.preferred not in ("", marked.text) else ()
        for start, end in marked.spans:
            beside = _in_one_enumeration((start, end), other.spans, document)
            yield Hit(
                check=nominee.rule.check,
                document=nominee.document,
                start=start,
                end=end,
                corrections=() if beside else corrections,
                values={"other": other.text, "count": str(other.count), "reason": reason},
                evidence=evidence,
                variants=(marked.text, other.text, *pair.others),
                severity=WITHIN[pair.certainty].at_most(most),
                confidence=WITHIN[pair.certainty].confidence,
            )


def _in_one_enumeration(span: tuple[int, int], others: Sequence[tuple[int, int]], document: Document) -> bool:
    """Return whether another form stands in the same row of names: corrected, the row would have one name twice."""
    start, end = span
    words = any_language(document.language).name_words.enumerating
    near = bisect_left(others, span)
    for first, last in others[max(0, near - 1) : near + 1]:
        low, high = (last, start) if last <= start else (end, first)
        between = document.text[low:high] if 0 < high - low <= _ROW else "."
        if not any(mark in between for mark in ".;:!?\n") and all(
            part.lower() in words or part[:1].isupper() for part in _PART.findall(between)
        ):
            return True
    return False


def _issue(nominee: Nominee, document: Document, issue: NameIssue) -> Iterable[Hit]:
    weight = WITHIN[issue.certainty]
    evidence: dict[str, Any] = {"reason": issue.reason}
    if issue.other:
        evidence["compared with"] = issue.other
    if issue.other_spans:
        evidence["lines"] = {issue.other: _lines(document, issue.other_spans)}
    for start, end in issue.spans:
        yield Hit(
            check=nominee.rule.check,
            document=nominee.document,
            start=start,
            end=end,
            corrections=(Correction(issue.suggestion),) if issue.suggestion else (),
            values={"other": issue.other, "reason": issue.reason},
            evidence=evidence,
            variants=(issue.form, issue.other) if _are_two_forms(issue) else (),
            severity=weight.at_most(Severity(nominee.rule.payload(NamesPayload).most)),
            confidence=weight.confidence,
        )


def _are_two_forms(issue: NameIssue) -> bool:
    """Return whether an issue is of a name that the text has in two forms, neither of them a name that we know."""
    if issue.rule == "case-ending":
        return bool(issue.other_spans) and not issue.canonical
    return issue.rule == "near-miss" and bool(issue.other)


def _lines(document: Document, spans: Iterable[tuple[int, int]]) -> list[int | str]:
    return document.places(start for start, _ in spans)


DETECTOR = Names()
