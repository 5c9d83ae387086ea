"""Acronyms that do not hold together: one that is explained in two ways, or two for one name."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from corrigenda.languages import language
from corrigenda.names.context import NameContext
from corrigenda.names.files import records_of
from corrigenda.names.institutions import CAPITALISED, content, is_link
from corrigenda.names.issue import Certainty, NameIssue
from corrigenda.names.table import Span


@cache
def _defined() -> "tuple[re.Pattern[str], ...]":
    """Return the expressions for a name with its acronym in brackets, and for an acronym with its name."""
    known = language().institution_words
    inner = "|".join(map(re.escape, known.inner_of_acronym))
    articles = "|".join(map(re.escape, known.articles_of_name))
    name = rf"{CAPITALISED}(?:[ \-](?:(?:{inner}) )*{CAPITALISED}){{1,8}}"
    return (
        re.compile(rf"(?P<name>{name}) \((?P<acronym>[A-Z][A-Za-z]?[A-Z][A-Za-z]{{0,5}})\)"),
        re.compile(rf"\b(?P<acronym>[A-Z]{{2,7}}) \((?:{articles} )?(?P<name>{name})\)"),
    )


class _Definition(NamedTuple):
    """A place where the text says what an acronym stands for."""

    acronym: str
    name: str
    span: Span
    """The name's place."""
    acronym_span: Span


def _definitions(context: NameContext) -> list[_Definition]:
    """Return the text's definitions in order: "Full Name (FN)" and "FN (Full Name)"."""
    found = []
    for pattern in _defined():
        for match in pattern.finditer(context.text):
            at = _start_of_name(match["name"], match["acronym"])
            if at is None:
                continue
            start = match.start("name") + at
            span = (start, match.end("name"))
            if not context.is_skipped(*span):
                found.append(_Definition(match["acronym"], match["name"][at:], span, match.span("acronym")))
    return sorted(found, key=lambda definition: definition.span[0])


def _start_of_name(words: str, acronym: str) -> int | None:
    """Return where in a row of words those begin whose initials make the acronym, in order or not; None if none do."""
    found = [(match[0], match.start()) for match in re.finditer(r"[^\s\-]+", words)]
    letters = sorted(c for c in acronym if c.isupper())
    for at, (first, start) in enumerate(found):
        if is_link(first):
            continue
        initials = [word[0].upper() for word, _ in found[at:]]
        without_links = [word[0].upper() for word, _ in found[at:] if not is_link(word)]
        if letters in (sorted(without_links), sorted(initials)):
            return start
    return None


class _Acronym(NamedTuple):
    """An acronym of `corpora/acronyms.jsonl`: what it stands for, and whether English uses it today."""

    text: str
    expansion: str
    is_current: bool


def _read(raw: Mapping[str, Any]) -> _Acronym:
    return _Acronym(raw["acronym"], raw["expansion"], raw["status"] == "current")


@cache
def _listed() -> Mapping[str, tuple[_Acronym, ...]]:
    """Acronyms by what they stand for."""
    found: dict[str, tuple[_Acronym, ...]] = {}
    for acronym in records_of("acronyms.jsonl", _read):
        found[acronym.expansion] = (*found.get(acronym.expansion, ()), acronym)
    return MappingProxyType(found)


def acronyms(context: NameContext) -> list[NameIssue]:
    """Return acronyms that the text explains in two ways, and names for which it has two acronyms.

    Explained means "Full Name (FN)" or "FN (Full Name)"; of two explanations that differ only in the ends of words the
    second is just asked about. Two acronyms of one name are known from the text's explanations and from
    `corpora/acronyms.jsonl` (DNR and DPR); then the one that English does not use is returned, or the rarer.
    """
    found: list[NameIssue] = []
    by_acronym: dict[str, _Definition] = {}
    by_name: dict[tuple[str, ...], _Definition] = {}
    for definition in _definitions(context):
        words = sorted(content(definition.name))
        first = by_acronym.setdefault(definition.acronym, definition)
        if sorted(content(first.name)) != words:
            found.append(_explained_twice(first, definition))
        named = by_name.setdefault(tuple(words), definition)
        if named.acronym.upper() != definition.acronym.upper():
            found.append(_named_twice(named, definition))
    return sorted([*found, *_two_listed(context)], key=lambda issue: issue.sort_key)


def _explained_twice(first: _Definition, second: _Definition) -> NameIssue:
    """Return the issue of an acronym's second explanation."""
    one, two = (sorted(word[:5] for word in content(definition.name)) for definition in (first, second))
    return NameIssue(
        rule="acronym",
        form=second.name,
        spans=(second.span,),
        certainty=Certainty.POSSIBLE if one == two else Certainty.LIKELY,
        reason=f"{second.acronym} is {first.name} before and {second.name} here",
        other=first.name,
        other_spans=(first.span,),
    )


def _named_twice(first: _Definition, second: _Definition) -> NameIssue:
    """Return the issue of a name's second acronym."""
    return NameIssue(
        rule="acronym",
        form=second.acronym,
        spans=(second.acronym_span,),
        certainty=Certainty.LIKELY,
        reason=f"{second.name} is {first.acronym} before and {second.acronym} here",
        suggestion=first.acronym,
        other=first.acronym,
        other_spans=(first.acronym_span,),
    )


def _two_listed(context: NameContext) -> list[NameIssue]:
    """Return the acronyms of the list beside which the text has a better one of the same thing."""
    names = context.names
    if sum(form.isupper() and len(form) > 1 for form in names.forms) < 2:
        return []
    found = []
    for expansion, listed in sorted(_listed().items()):
        here = [acronym for acronym in listed if acronym.text in names]
        if len(here) < 2:
            continue
        best = max(here, key=lambda acronym: (acronym.is_current, names.count(acronym.text), acronym.text)).text
        rest = sorted(acronym.text for acronym in here if acronym.text != best)
        found += [_of_one_thing(text, best, expansion, context) for text in rest]
    return found


def _of_one_thing(text: str, best: str, expansion: str, context: NameContext) -> NameIssue:
    """Return the issue of an acronym beside a better one of the same thing."""
    return NameIssue(
        rule="acronym",
        form=text,
        spans=context.names.spans(text),
        certainty=Certainty.LIKELY,
        reason=f"{text} and {best} both stand for {expansion}",
        suggestion=best,
        other=best,
        other_spans=context.names.spans(best),
    )
