"""Institutions whose names came back changed, and acronyms that do not hold together.

A name is compared by its content words and their order: "International Agency for Atomic Energy" has all the words of
the International Atomic Energy Agency in another order, "Doctors without Frontiers" a synonym in place of one,
"Institute of War" lacks one that says little. `corpora/institutions.jsonl` holds the true names and every other form
in use.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty, NameIssue
from corrigenda.names.romanise import bare

_LINKS = frozenset("of for the and on in to a an at against by with de du des la le et und der".split())
_ARTICLES = frozenset(("the", "a", "an"))
_WEAK = frozenset("study studies research affair general national public state policy strategic cooperation".split())
_SYNONYMS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "border frontier limit boundary",
        "atomic nuclear",
        "agency office bureau",
        "committee commission council board",
        "court tribunal",
        "security safety",
        "defense protection",
        "fund foundation",
        "organization organisation association",
        "reporter journalist correspondent",
        "doctor medic physician",
        "monetary currency money",
        "world global international worldwide",
        "health healthcare",
        "refugee displaced",
        "food provision nutrition",
        "war warfare",
        "union alliance confederation",
        "investigation inquiry investigative",
        "anticorruption corruption",
        "intelligence reconnaissance",
        "observatory observation monitoring",
        "cross",
        "trade commerce",
        "labor work",
        "development progress",
        "high supreme",
        "commissioner representative",
    )
)
_SPELLINGS = {
    "organisation": "organization", "defence": "defense", "centre": "center", "labour": "labor", "programme": "program",
    "co-operation": "cooperation", "anti-corruption": "anticorruption",
}  # fmt: skip
_WORD = r"[A-Z][\w’'\-]*"
_RUN = re.compile(
    rf"{_WORD}(?:(?: (?:of|for|the|and|on|in|to|a|an|at|against|by|with|without|de|du|des|la|le|et|&)){{0,3}} {_WORD})+"
)
_LOWER_END = re.compile(rf"{_WORD}(?: (?:of|for|the|and|on|in|against|without|[a-z]+))*")


@dataclass(frozen=True, slots=True)
class Institution:
    """One institution: its name, the other forms in use, and its acronyms."""

    name: str
    forms: tuple[str, ...]
    acronyms: tuple[str, ...]


class _Word(NamedTuple):
    text: str
    start: int
    end: int


def normal(word: str) -> str:
    """Return a content word in one spelling: lower case, American, singular, without a possessive."""
    folded = bare(word.replace("’", "'")).removesuffix("'s").strip("'")
    folded = _SPELLINGS.get(folded, folded)
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "us", "is", "ies")):
        folded = folded[:-1]
    return _SPELLINGS.get(folded, folded)


def content(name: str) -> tuple[str, ...]:
    """Return the content words of a name, in order and one spelling."""
    return tuple(normal(word) for word in name.split() if word.lower() not in _LINKS and word != "&")


def _skeleton(name: str) -> tuple[str, ...]:
    """Return all words of a name in one spelling but the articles: what must be equal for a name to be unchanged."""
    return tuple("and" if word == "&" else normal(word) for word in name.split() if word.lower() not in _ARTICLES)


def read_institution(raw: Mapping[str, Any]) -> Institution:
    """Return an institution from one parsed line. Raises KeyError or TypeError when the line is not one."""
    name = raw["name"] if "name" in raw else raw["canonical"]
    forms = [form["form"] if isinstance(form, Mapping) else form for form in raw.get("variants", raw.get("forms", ()))]
    acronyms = raw.get("acronyms", raw.get("acronym") or ())
    return Institution(name, tuple(forms), (acronyms,) if isinstance(acronyms, str) else tuple(acronyms))


class _Known:
    def __init__(self, institutions: list[Institution]) -> None:
        self.institutions = institutions
        self.accepted: set[tuple[str, ...]] = set()
        self.by_word: dict[str, list[tuple[Institution, tuple[str, ...], tuple[str, ...]]]] = {}
        for institution in institutions:
            for form in (institution.name, *institution.forms):
                self.accepted.add(_skeleton(form))
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
    for match in _RUN.finditer(text):
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


def _judge_run(run: list[_Word], context: NameContext) -> NameIssue | None:
    known = _known()
    last = len(run)
    for start in range(last):  # an accepted name anywhere in the run settles it
        for end in range(start + 1, last + 1):
            if _skeleton(" ".join(word.text for word in run[start:end])) in known.accepted and end - start > 1:
                return None
    for start in range(last - 1):
        if run[start].text.lower() in _LINKS and run[start].text != "The":
            continue
        window = run[start:last]
        if window[0].text == "The":
            window = window[1:]
        if len(window) < 2 or window[0].text.lower() in _LINKS:
            continue
        written = " ".join(word.text for word in window)
        words = content(written)
        if len(words) < 2:
            continue
        for institution, true_words, skeleton in known.by_word.get(words[0], known.by_word.get(words[-1], [])):
            reason = _change(words, _skeleton(written), true_words, skeleton)
            if reason:
                span = (window[0].start, window[-1].end)
                text = context.text[span[0] : span[1]]
                return NameIssue(
                    "institution",
                    text,
                    (span,),
                    Certainty.LIKELY,
                    f"{text} {reason}",
                    institution.name,
                    institution.name,
                    (),
                    institution.name,
                )
    return None


def _change(
    words: tuple[str, ...], skeleton: tuple[str, ...], true_words: tuple[str, ...], true_skeleton: tuple[str, ...]
) -> str:
    """Return in words how a name differs from an institution's, or "" when it is another name or the same."""
    name = "the institution's name"
    if words == true_words:
        return f"has other small words than {name}" if skeleton != true_skeleton and len(words) > 2 else ""
    if sorted(words) == sorted(true_words):
        return f"has the words of {name} in another order"
    if len(words) == len(true_words) and len(words) > 2:
        differing = [(a, b) for a, b in zip(sorted_to(words, true_words), true_words, strict=True) if a != b]
        if len(differing) == 1 and any(set(differing[0]) <= group for group in _SYNONYMS):
            return f"says {differing[0][0]} where {name} says {differing[0][1]}"
    if len(words) == len(true_words) - 1:
        for at in range(1, len(true_words) - 1):
            if true_words[:at] + true_words[at + 1 :] == words and true_words[at] in _WEAK:
                return f"lacks a word of {name}: {true_words[at]}"
    return ""


def sorted_to(words: tuple[str, ...], model: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words in the order of the model as far as they are its words; the others fill the gaps in order."""
    if len(words) != len(model):
        return words
    rest = [word for word in words if word not in model]
    return tuple(word if word in words else (rest.pop(0) if rest else "") for word in model)


# --- acronyms ---

_NAME = rf"{_WORD}(?:[ \-](?:(?:of|for|the|and|on|in|to|against|without|de|&) )*{_WORD}){{1,8}}"
_DEFINED = re.compile(rf"(?P<name>{_NAME}) \((?P<acronym>[A-Z][A-Za-z]?[A-Z][A-Za-z]{{0,5}})\)")
_DEFINED_AFTER = re.compile(rf"\b(?P<acronym>[A-Z]{{2,7}}) \((?:the )?(?P<name>{_NAME})\)")


class _Definition(NamedTuple):
    acronym: str
    name: str
    start: int
    end: int
    acronym_start: int
    acronym_end: int


def _definitions(text: str) -> list[_Definition]:
    found = []
    for pattern in (_DEFINED, _DEFINED_AFTER):
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
        if words[at][0].lower() in _LINKS:
            continue
        initials = [word[0].upper() for word, _ in words[at:] if word.lower() not in _LINKS]
        everything = [word[0].upper() for word, _ in words[at:]]
        if sorted(initials) == sorted(letters) or sorted(everything) == sorted(letters):
            return name[words[at][1] :], start + words[at][1]
    return "", 0


def acronyms(context: NameContext) -> list[NameIssue]:
    """Return acronyms that the text explains in two ways, names that it gives two acronyms, and acronyms of the
    original.

    Explained means "Full Name (FN)" or "FN (Full Name)". Two explanations that differ in spelling or small words only
    are one.
    """
    definitions = [d for d in _definitions(context.text) if not context.is_skipped(d.start, d.end)]
    found: list[NameIssue] = []
    by_acronym: dict[str, _Definition] = {}
    by_name: dict[tuple[str, ...], _Definition] = {}
    for definition in definitions:
        words = content(definition.name)
        first = by_acronym.setdefault(definition.acronym, definition)
        if sorted(content(first.name)) != sorted(words):
            found.append(
                NameIssue(
                    "acronym",
                    definition.name,
                    ((definition.start, definition.end),),
                    Certainty.LIKELY,
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
    return sorted(found, key=lambda issue: issue.sort_key)
