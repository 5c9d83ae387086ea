"""Institutions whose names came back changed, and acronyms that do not hold together.

A name is compared by its content words and their order: "International Agency for Atomic Energy" has all the words of
the International Atomic Energy Agency in another order, "Doctors without Frontiers" a synonym in place of one,
"Institute of War" lacks one that says little. `corpora/institutions.jsonl` holds the true names and every other form
in use.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from corrigenda.languages import language
from corrigenda.names import lists
from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty, NameIssue
from corrigenda.names.romanise import bare

if TYPE_CHECKING:
    from corrigenda.languages.base import InstitutionWords

_WORD = r"[A-Z][\w’'\-]*"


def _words() -> "InstitutionWords":
    return language().institution_words


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in words)


@cache
def _run() -> "re.Pattern[str]":
    """Return the expression for capitalised words with small ones between them."""
    return re.compile(rf"{_WORD}(?:(?: (?:{_any(_words().inner)})){{0,3}} {_WORD})+")


@cache
def _small() -> "re.Pattern[str]":
    """Return the expression for a preposition inside a name."""
    return re.compile(rf" (?:{_any(_words().small)}) ")


@dataclass(frozen=True, slots=True)
class Institution:
    """One institution: its name, other forms that are right, wrong forms that were met, and its acronyms."""

    name: str
    accepted: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()


class _Word(NamedTuple):
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


def content(name: str) -> tuple[str, ...]:
    """Return the content words of a name, in order and one spelling."""
    return tuple(normal(word) for word in name.split() if word.lower() not in _words().links and word != "&")


def _skeleton(name: str) -> tuple[str, ...]:
    """Return all words of a name in one spelling but the articles: what must be equal for a name to be unchanged."""
    articles = _words().articles
    return tuple("and" if word == "&" else normal(word) for word in name.split() if word.lower() not in articles)


def read_institution(raw: Mapping[str, Any]) -> Institution:
    """Return an institution from one parsed line. Raises KeyError or TypeError when the line is not one."""
    return Institution(raw["name"], tuple(raw["accept"]), tuple(raw["attested_wrong"]), tuple(raw["short"]))


def _part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Return whether a name is a stretch of a longer one: a short form, not a wrong one."""
    return any(long[at : at + len(short)] == short for at in range(len(long)))


class _Known:
    """The institutions by what a text is compared with."""

    def __init__(self, institutions: list[Institution]) -> None:
        self.accepted: set[tuple[str, ...]] = set()
        self.wrong: dict[tuple[str, ...], Institution] = {}
        self.by_word: dict[str, list[tuple[Institution, tuple[str, ...], tuple[str, ...]]]] = {}
        for institution in institutions:
            for form in (institution.name, *institution.accepted):
                self.accepted.add(_skeleton(form))
        for institution in institutions:
            for form in institution.wrong:
                skeleton = _skeleton(form)
                if (
                    len(skeleton) > 1
                    and skeleton not in self.accepted
                    and not _part(skeleton, _skeleton(institution.name))
                ):
                    self.wrong.setdefault(skeleton, institution)
            words = content(institution.name)
            if len(words) > 1:
                entry = (institution, words, _skeleton(institution.name))
                for word in sorted(set(words)):
                    self.by_word.setdefault(word, []).append(entry)


@cache
def _known() -> _Known:
    from corrigenda import resources

    found = []
    path = resources.path("corpora", "institutions.jsonl")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                found.append(read_institution(json.loads(line)))
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path.name}, line {number}: not an institution ({error})") from error
    return _Known(found)


def _runs(text: str) -> Iterator[list[_Word]]:
    """Yield the rows of capitalised words that small words join."""
    for match in _run().finditer(text):
        yield [_Word(m[0], match.start() + m.start(), match.start() + m.end()) for m in re.finditer(r"\S+", match[0])]


def changed_institutions(context: NameContext) -> list[NameIssue]:
    """Return names that are an institution's with words changed, left out or in another order."""
    found: list[NameIssue] = []
    for run in _runs(context.text):
        issue = _judge_run(run, context)
        if issue is not None and not context.is_skipped(*issue.spans[0]):
            found.append(issue)
    merged: dict[str, NameIssue] = {}
    for issue in found:
        known = merged.get(issue.form)
        spans = (*known.spans, *issue.spans) if known else issue.spans
        merged[issue.form] = NameIssue(
            issue.rule,
            issue.form,
            spans,
            issue.certainty,
            issue.reason,
            issue.suggestion,
            issue.other,
            (),
            issue.canonical,
        )
    return sorted(merged.values(), key=lambda issue: issue.sort_key)


_LONGEST = 14
"""Words of the longest name looked for; without a limit a text of capitals alone costs the square of its length."""


def _judge_run(run: list[_Word], context: NameContext) -> NameIssue | None:
    known = _known()
    if not any(normal(word.text) in known.by_word for word in run):
        return None
    last = len(run)
    for start in range(last):  # an accepted name anywhere in the run settles it
        for end in range(start + 1, min(last, start + _LONGEST) + 1):
            if _skeleton(" ".join(word.text for word in run[start:end])) in known.accepted and end - start > 1:
                return None
    for start in range(max(0, last - _LONGEST), last - 1):
        if run[start].text.lower() in _words().links and run[start].text != "The":
            continue
        if start and not _may_precede(run[start - 1].text):
            continue  # part of a longer name
        window = run[start:last]
        if window[0].text == "The":
            window = window[1:]
        if len(window) < 2 or window[0].text.lower() in _words().links:
            continue
        written = " ".join(word.text for word in window)
        words = content(written)
        if len(words) < 2:
            continue
        attested = known.wrong.get(_skeleton(written))
        if attested is not None:
            return _issue(window, attested, "is not what the institution calls itself in English", context)
        for institution, true_words, skeleton in known.by_word.get(words[0], known.by_word.get(words[-1], [])):
            reason = _change(
                words, _skeleton(written), true_words, skeleton, _small().search(institution.name) is not None
            )
            if reason:
                return _issue(window, institution, reason, context)
    return None


def _may_precede(word: str) -> bool:
    """Return whether a capitalised word before a name is not part of it: an article, a title, a people's adjective."""
    return word.lower() in _words().links or lists.is_function_word(word) or lists.is_demonym(word)


def _issue(window: list[_Word], institution: Institution, reason: str, context: NameContext) -> NameIssue:
    span = (window[0].start, window[-1].end)
    text = context.text[span[0] : span[1]]
    name = institution.name
    return NameIssue("institution", text, (span,), Certainty.LIKELY, f"{text} {reason}: {name}", name, name, (), name)


def _change(
    words: tuple[str, ...],
    skeleton: tuple[str, ...],
    true_words: tuple[str, ...],
    true_skeleton: tuple[str, ...],
    true_has_links: bool,
) -> str:
    """Return in words how a name differs from an institution's, or "" when it is another name or the same."""
    name = "the institution's name"
    if words == true_words:
        return f"has other small words than {name}" if skeleton != true_skeleton and len(words) > 3 else ""
    if sorted(words) == sorted(true_words):
        # Translation unfolds a noun group into "of"; the other way round is plain English (Energy Department).
        if true_has_links or not set(skeleton) & _words().links:
            return ""
        return f"has the words of {name} in another order"
    if len(words) == len(true_words) and len(words) > 2:
        differing = [(a, b) for a, b in zip(words, true_words, strict=True) if a != b]
        if len(differing) == 1 and any(set(differing[0]) <= group for group in _words().synonyms):
            return f"says {differing[0][0]} where {name} says {differing[0][1]}"
    if len(words) == len(true_words) - 1:
        for at in range(1, len(true_words) - 1):
            if true_words[:at] + true_words[at + 1 :] == words and true_words[at] in _words().weak:
                return f"lacks a word of {name}: {true_words[at]}"
    return ""


# --- acronyms ---


@cache
def _defined() -> "tuple[re.Pattern[str], ...]":
    """Return the expressions for a name with its acronym in brackets, and for an acronym with its name."""
    small = _any(_words().inner_of_acronym)
    name = rf"{_WORD}(?:[ \-](?:(?:{small}) )*{_WORD}){{1,8}}"
    return (
        re.compile(rf"(?P<name>{name}) \((?P<acronym>[A-Z][A-Za-z]?[A-Z][A-Za-z]{{0,5}})\)"),
        re.compile(rf"\b(?P<acronym>[A-Z]{{2,7}}) \((?:{_any(_words().articles_of_name)} )?(?P<name>{name})\)"),
    )


class _Definition(NamedTuple):
    acronym: str
    name: str
    start: int
    end: int
    acronym_start: int
    acronym_end: int


def _definitions(text: str) -> list[_Definition]:
    found = []
    for pattern in _defined():
        for match in pattern.finditer(text):
            name, start = _trimmed(match["name"], match.start("name"), match["acronym"])
            if name:
                found.append(
                    _Definition(
                        match["acronym"], name, start, start + len(name), match.start("acronym"), match.end("acronym")
                    )
                )
    return sorted(found, key=lambda definition: definition.start)


def _trimmed(name: str, start: int, acronym: str) -> tuple[str, int]:
    """Return the end of a row of words whose initials make the acronym, in order or not, and where it begins; else
    "".
    """
    words = [(m[0], m.start()) for m in re.finditer(r"[^\s\-]+", name)]
    letters = [c for c in acronym if c.isupper()]
    for at in range(len(words)):
        if words[at][0].lower() in _words().links:
            continue
        initials = [word[0].upper() for word, _ in words[at:] if word.lower() not in _words().links]
        everything = [word[0].upper() for word, _ in words[at:]]
        if sorted(initials) == sorted(letters) or sorted(everything) == sorted(letters):
            return name[words[at][1] :], start + words[at][1]
    return "", 0


@cache
def _acronyms() -> dict[str, list[tuple[str, bool]]]:
    """Acronyms by what they stand for: each with whether English uses it."""
    from corrigenda import resources

    found: dict[str, list[tuple[str, bool]]] = {}
    path = resources.path("corpora", "acronyms.jsonl")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                row = json.loads(line)
                entry = (row["acronym"], row["status"] == "current")
                found.setdefault(row["expansion"], []).append(entry)
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path.name}, line {number}: not an acronym ({error})") from error
    return found


def acronyms(context: NameContext) -> list[NameIssue]:
    """Return acronyms that the text explains in two ways, and names for which it has two acronyms.

    Explained means "Full Name (FN)" or "FN (Full Name)"; of two explanations that differ only in the ends of words the
    second is just asked about. Two acronyms of one name are known from the text's explanations and from
    `corpora/acronyms.jsonl` (DNR and DPR); then the one that English does not use is returned, or the rarer.
    """
    definitions = [d for d in _definitions(context.text) if not context.is_skipped(d.start, d.end)]
    found: list[NameIssue] = []
    by_acronym: dict[str, _Definition] = {}
    by_name: dict[tuple[str, ...], _Definition] = {}
    for definition in definitions:
        words = content(definition.name)
        first = by_acronym.setdefault(definition.acronym, definition)
        if sorted(content(first.name)) != sorted(words):
            alike = sorted(word[:5] for word in content(first.name)) == sorted(word[:5] for word in words)
            found.append(
                NameIssue(
                    "acronym",
                    definition.name,
                    ((definition.start, definition.end),),
                    Certainty.POSSIBLE if alike else Certainty.LIKELY,
                    f"{definition.acronym} is {first.name} before and {definition.name} here",
                    "",
                    first.name,
                    ((first.start, first.end),),
                )
            )
        named = by_name.setdefault(tuple(sorted(words)), definition)
        if named.acronym.upper() != definition.acronym.upper():
            found.append(
                NameIssue(
                    "acronym",
                    definition.acronym,
                    ((definition.acronym_start, definition.acronym_end),),
                    Certainty.LIKELY,
                    f"{definition.name} is {named.acronym} before and {definition.acronym} here",
                    named.acronym,
                    named.acronym,
                    ((named.acronym_start, named.acronym_end),),
                )
            )
    return sorted([*found, *_two_acronyms(context)], key=lambda issue: issue.sort_key)


def _two_acronyms(context: NameContext) -> list[NameIssue]:
    names = context.names
    if sum(form.isupper() and len(form) > 1 for form in names.forms) < 2:
        return []
    found = []
    for expansion, entries in sorted(_acronyms().items()):
        here = [(current, names.count(acronym), acronym) for acronym, current in entries if acronym in names]
        if len(here) < 2:
            continue
        best = max(here)[2]
        for _, _, acronym in sorted(here, key=lambda entry: entry[2]):
            if acronym != best:
                reason = f"{acronym} and {best} both stand for {expansion}"
                found.append(
                    NameIssue(
                        "acronym",
                        acronym,
                        names.spans(acronym),
                        Certainty.LIKELY,
                        reason,
                        best,
                        best,
                        names.spans(best),
                    )
                )
    return found
