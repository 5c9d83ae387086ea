"""Institutions whose names came back changed.

A name is compared by its content words and their order: "International Agency for Atomic Energy" has all the words of
the International Atomic Energy Agency in another order, "Doctors without Frontiers" a synonym in place of one,
"Institute of War" lacks one that says little. `corpora/institutions.jsonl` holds the true names and every other form
in use.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from corrigenda.languages import language
from corrigenda.names import lists
from corrigenda.names.context import NameContext
from corrigenda.names.files import records_of
from corrigenda.names.issue import Certainty, NameIssue
from corrigenda.names.romanise import bare

if TYPE_CHECKING:
    from corrigenda.languages.base import InstitutionWords

CAPITALISED = r"[A-Z][\w’'\-]*"
"""The expression for a capitalised word of a name."""
Words = tuple[str, ...]


def _words() -> "InstitutionWords":
    return language().institution_words


@cache
def _run() -> "re.Pattern[str]":
    """Return the expression for capitalised words with small ones between them."""
    inner = "|".join(map(re.escape, _words().inner))
    return re.compile(rf"{CAPITALISED}(?:(?: (?:{inner})){{0,3}} {CAPITALISED})+")


@cache
def _small() -> "re.Pattern[str]":
    """Return the expression for a preposition inside a name."""
    return re.compile(rf" (?:{'|'.join(map(re.escape, _words().small))}) ")


@dataclass(frozen=True, slots=True)
class Institution:
    """One institution: its name, other forms that are right, wrong forms that were met, and its acronyms."""

    name: str
    accepted: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()


class _Word(NamedTuple):
    """A word of a text with its place."""

    text: str
    start: int
    end: int


@lru_cache(1 << 14)
def normal(word: str) -> str:
    """Return a content word in one spelling: lower case, American, singular, without a possessive."""
    folded = bare(word.replace("’", "'")).removesuffix("'s").strip("'")
    folded = _words().spellings.get(folded, folded)
    folded = _words().singular(folded)
    return _words().spellings.get(folded, folded)


def content(name: str) -> Words:
    """Return the content words of a name, in order and one spelling."""
    return tuple(normal(word) for word in name.split() if not is_link(word) and word != "&")


def is_link(word: str) -> bool:
    """Return whether a word only links others inside a name: "of", "the", "de"."""
    return word.lower() in _words().links


def _skeleton(name: str) -> Words:
    """Return all words of a name in one spelling but the articles: what must be equal for a name to be unchanged."""
    articles = _words().articles
    return tuple("and" if word == "&" else normal(word) for word in name.split() if word.lower() not in articles)


def read_institution(raw: Mapping[str, Any]) -> Institution:
    """Return an institution from one parsed line. Raises KeyError or TypeError when the line is not one."""
    return Institution(raw["name"], tuple(raw["accept"]), tuple(raw["attested_wrong"]), tuple(raw["short"]))


class _Name:
    """A name as it is compared: by its content words, and by all its words but the articles."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.content = content(written)
        self.skeleton = _skeleton(written)

    @property
    def has_preposition(self) -> bool:
        """Whether a preposition stands between two of its words."""
        return _small().search(self.written) is not None


def _is_part(short: Words, long: Words) -> bool:
    """Return whether a name is a stretch of a longer one: a short form, not a wrong one."""
    return any(long[at : at + len(short)] == short for at in range(len(long)))


class _Known:
    """The institutions by what a text is compared with. Not changed once it is made."""

    def __init__(self, institutions: tuple[Institution, ...]) -> None:
        self.accepted = frozenset(
            _skeleton(form) for institution in institutions for form in (institution.name, *institution.accepted)
        )
        self.begins = frozenset(form[0] for form in self.accepted if form)
        wrong: dict[Words, Institution] = {}
        by_word: dict[str, list[_Name]] = {}
        for institution in institutions:
            name = _Name(institution.name)
            for form in map(_skeleton, institution.wrong):
                if len(form) > 1 and form not in self.accepted and not _is_part(form, name.skeleton):
                    wrong.setdefault(form, institution)
            if len(name.content) > 1:
                for word in sorted(set(name.content)):
                    by_word.setdefault(word, []).append(name)
        self.wrong = MappingProxyType(wrong)
        self.by_word = MappingProxyType(by_word)


@cache
def _known() -> _Known:
    return _Known(records_of("institutions.jsonl", read_institution))


def _runs(text: str) -> Iterator[list[_Word]]:
    """Yield the rows of capitalised words that small words join."""
    for match in _run().finditer(text):
        yield [_Word(m[0], match.start() + m.start(), match.start() + m.end()) for m in re.finditer(r"\S+", match[0])]


def changed_institutions(context: NameContext) -> list[NameIssue]:
    """Return names that are an institution's with words changed, left out or in another order."""
    merged: dict[str, NameIssue] = {}
    for run in _runs(context.text):
        issue = _judge_run(run, context)
        if issue is not None and not context.is_skipped(*issue.spans[0]):
            known = merged.get(issue.form)
            merged[issue.form] = replace(issue, spans=(*known.spans, *issue.spans)) if known else issue
    return sorted(merged.values(), key=lambda issue: issue.sort_key)


_LONGEST = 14
"""Words of the longest name looked for; without a limit a text of capitals alone costs the square of its length."""


def _judge_run(run: list[_Word], context: NameContext) -> NameIssue | None:
    """Return what is wrong with the name that a row of words ends with, or None."""
    known = _known()
    if not any(normal(word.text) in known.by_word for word in run) or _has_accepted(run, known):
        return None
    for words in _ends(run):
        written = _Name(" ".join(word.text for word in words))
        if len(written.content) < 2:
            continue
        attested = known.wrong.get(written.skeleton)
        if attested is not None:
            reason = f"The institution calls itself “{attested.name}” in English"
            return _issue(words, attested.name, reason, context)
        first, last = written.content[0], written.content[-1]
        for name in known.by_word.get(first, known.by_word.get(last, ())):
            change = _change(written, name)
            if change:
                return _issue(words, name.written, f"Probably “{name.written}”: this {change}", context)
    return None


def _has_accepted(run: list[_Word], known: _Known) -> bool:
    """Return whether a right name of two words or more stands anywhere in a row: that settles all of it."""
    articles = _words().articles
    words = [
        None if word.text.lower() in articles else "and" if word.text == "&" else normal(word.text) for word in run
    ]
    return any(
        tuple(word for word in words[start:end] if word is not None) in known.accepted
        for start, first in enumerate(words)
        if first is None or first in known.begins
        for end in range(start + 2, min(len(run), start + _LONGEST) + 1)
    )


def _ends(run: list[_Word]) -> Iterator[list[_Word]]:
    """Yield the stretches to the end of a row that can be a name by themselves, the longest first."""
    for start in range(max(0, len(run) - _LONGEST), len(run) - 1):
        word = run[start].text
        if is_link(word) and word != "The":
            continue
        if start and not _may_precede(run[start - 1].text):
            continue  # part of a longer name
        words = run[start + 1 :] if word == "The" else run[start:]
        if len(words) > 1 and not is_link(words[0].text):
            yield words


def _may_precede(word: str) -> bool:
    """Return whether a capitalised word before a name is not part of it: an article, a title, a people's adjective."""
    return is_link(word) or lists.is_function_word(word) or lists.is_demonym(word)


def _issue(words: list[_Word], name: str, reason: str, context: NameContext) -> NameIssue:
    span = (words[0].start, words[-1].end)
    text = context.text[span[0] : span[1]]
    return NameIssue(
        rule="institution",
        form=text,
        spans=(span,),
        certainty=Certainty.LIKELY,
        reason=reason,
        suggestion=name,
        other=name,
        canonical=name,
    )


def _change(written: _Name, true: _Name) -> str:
    """Return in words how a name differs from an institution's, or "" when it is another name or the same."""
    name = "the institution's name"
    if written.content == true.content:
        others = written.skeleton != true.skeleton and len(written.content) > 3
        return f"has other small words than {name}" if others else ""
    if sorted(written.content) == sorted(true.content):
        # Translation unfolds a noun group into "of"; the other way round is plain English (Energy Department).
        unfolded = not true.has_preposition and any(map(is_link, written.skeleton))
        return f"has the words of {name} in another order" if unfolded else ""
    if len(written.content) == len(true.content) > 2:
        differing = [(a, b) for a, b in zip(written.content, true.content, strict=True) if a != b]
        if len(differing) == 1 and any(set(differing[0]) <= group for group in _words().synonyms):
            word, true_word = differing[0]
            return f"says {word} where {name} says {true_word}"
    missing = _weak_word_left_out(written.content, true.content)
    return f"lacks a word of {name}: {missing}" if missing else ""


def _weak_word_left_out(words: Words, true: Words) -> str:
    """Return the word inside a true name that says little and that is all that `words` lack, or ""."""
    weak = _words().weak
    for at in range(1, len(true) - 1):
        if true[at] in weak and true[:at] + true[at + 1 :] == words:
            return true[at]
    return ""
