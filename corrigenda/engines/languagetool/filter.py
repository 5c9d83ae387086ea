"""From what LanguageTool said to findings: names, quotations, dialects and taste stay out.

LanguageTool flags 15 to 23 places in 1,000 words of edited news, and three in four are names. What is let through is
data (see `policy`); this module holds what data cannot say: whether a word is a name here, whether it stands in
italics, in a dateline, in another English.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from corrigenda.documents.document import Block, Document, RegionKind
from corrigenda.engines.languagetool import spelling as words
from corrigenda.engines.languagetool.client import Match
from corrigenda.engines.languagetool.policy import Policy, Target
from corrigenda.finding import Applicability, Correction, Finding, Severity
from corrigenda.languages import language

LOOK_UP = " It stands in a quotation: look up the original words."

Choice = tuple[int, int, Sequence[str]]
"""A place `[start, end)` of a document, in code points, and the suggestions for it."""
Rank = Callable[[Document, Sequence[Choice]], Sequence[Sequence[str]]]
"""Orders the suggestions of a document's places, the likeliest first; one result a place."""

_SPELLER = "MORFOLOGIK_RULE_"
_CATEGORIES = {
    "grammar": "linguistic-conventions/grammar",
    "typographical": "linguistic-conventions/punctuation",
    "whitespace": "linguistic-conventions/punctuation",
    "duplication": "linguistic-conventions/duplication",
    "inconsistency": "terminology/inconsistent-use",
    "style": "style/awkward",
    "register": "style/register",
    "locale-violation": "locale-conventions/dialect",
    "characters": "linguistic-conventions/character-encoding",
}
"""The category (MQM) of each ITS 2.0 issue type that LanguageTool gives its rules; for others, and for "misspelling",
which it gives to wrong articles too, the check's own stands.
"""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]['\"”’)\]]*\s|[“\"‘(\[—–•]\s?|[\n\r])\s*$")
_DATELINE = re.compile(
    r"[A-Z][\w.,’'\- ]{1,60}?(?:\([^)]{1,40}\)\s*)?\s*[—–-]{1,2}\s|\([A-Z][\w.,/ ]{1,40}\)\s*[—–-]{1,2}\s"
)
_MARKS = "\"'“”‘’«»„"


class NameOracle(Protocol):
    """What is known of names: in this text, and in the gazetteer."""

    def is_name(self, token: str, document: Document, start: int, end: int) -> bool:
        """Return whether the token at `[start, end)` of the document is a name, or a part of one."""
        ...

    def near_miss(self, token: str, document: Document, start: int, end: int) -> str | None:
        """Return the name that the token almost is, None when it is none."""
        ...


class Surroundings:
    """What a document tells of its words: which it capitalises, which it repeats."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str], frozenset[str]]:
        capitals: Counter[str] = Counter()
        forms: Counter[str] = Counter()
        lower: set[str] = set()
        for block in self.document.blocks:
            text = block.view.text
            for match in _TOKEN.finditer(text):
                word = match[0]
                forms[word.casefold()] += 1
                if word[0].isupper():
                    capitals[word.casefold()] += 1
                else:
                    lower.add(word)
        return capitals, forms, frozenset(lower)

    def capitals(self, word: str) -> int:
        """Return how often a word stands with a capital."""
        return self._counts[0][word.casefold()]

    def occurrences(self, word: str) -> int:
        """Return how often a word stands, in any case."""
        return self._counts[1][word.casefold()]

    def in_lower_case(self, word: str) -> bool:
        """Return whether a word stands in lower case somewhere."""
        return word in self._counts[2]


class Filter:
    """Makes findings of matches. `oracle` and `rank` are what other layers know of names and of likelihood; both may
    be missing.
    """

    def __init__(self, policy: Policy, *, oracle: NameOracle | None = None, rank: Rank | None = None) -> None:
        self._policy = policy
        self._oracle = oracle
        self._rank = rank

    def findings(self, document: Document, matches: Iterable[tuple[int, int, Match]]) -> list[Finding]:
        """Return the findings of one document, in its order.

        Args:
            document: The document.
            matches: (block index, position of the piece in the document, match) of everything that LanguageTool said.
        """
        surroundings = Surroundings(document)
        accepted: list[_Accepted] = []
        once: set[tuple[str, str]] = set()
        ordered = sorted(matches, key=lambda item: (item[1] + item[2].start, item[1] + item[2].end, item[2].rule))
        for index, origin, match in ordered:
            block = document.blocks[index]
            own = self._accepted(surroundings, block, origin + match.start, origin + match.end, match)
            if own is None:
                continue
            if own.severity is Severity.SUGGESTION and match.rule.startswith(_SPELLER):
                # The same unknown word again tells nothing new. A slip is to be mended wherever it stands.
                key = (own.target.check, document.text[own.start : own.end].casefold())
                if key in once:
                    continue
                once.add(key)
            accepted.append(own)
        return [_finding(document, own) for own in self._ranked(document, accepted)]

    def _ranked(self, document: Document, accepted: Sequence["_Accepted"]) -> Sequence["_Accepted"]:
        """Order the suggestions of what has several; those whose first is safe whatever a model thinks stay."""
        open_ = [
            number
            for number, own in enumerate(accepted)
            if own.plain and len(own.replacements) > 1 and not harmless(own.quote, own.replacements[0])
        ]
        if self._rank is None or not open_:
            return accepted
        choices = [(accepted[n].start, accepted[n].end, accepted[n].replacements) for n in open_]
        result = list(accepted)
        for number, order in zip(open_, self._rank(document, choices), strict=True):
            result[number] = replace(accepted[number], replacements=list(order))
        return result

    def _accepted(
        self, surroundings: Surroundings, block: Block, start: int, end: int, match: Match
    ) -> "_Accepted | None":
        document = surroundings.document
        start, end, replacements = _trimmed(document.text, start, end, match.replacements)
        if start >= end or document.is_masked(start, end):
            return None
        view = block.view
        seen = view.span_of(start, end)
        first, last = seen.start, seen.end
        quote = view.text[first:last]
        # A correction replaces exactly the document's characters; markup between them would be lost.
        plain = document.text[start:end] == quote
        before, after = view.text[:first], view.text[last:]
        at = _Place(surroundings, block, start, end, before, quote, after)
        when = ""
        if match.rule.startswith(_SPELLER):
            when, replacements = self._spelling(at, match.message, replacements)
            if not when:
                return None
        elif _doubtful(at, match, replacements):
            return None
        decision = self._policy.decide(match.rule, match.category, when)
        if decision is None:
            return None
        target, entry = decision
        if target.regions and block.kind.value not in target.regions:
            return None
        quoted = document.quotation_at(start, end) is not None or block.kind is RegionKind.QUOTATION
        if quoted and not target.quotations:
            return None
        severity = entry.severity or target.severity
        if quoted and target.quoted_severity is not None and target.quoted_severity.rank < severity.rank:
            severity = target.quoted_severity
        return _Accepted(start, end, quote, replacements, match, target, severity, entry.reason, quoted, plain)

    def _spelling(self, at: "_Place", message: str, replacements: list[str]) -> tuple[str, list[str]]:
        """Return what the speller's match is ("" for nothing to say) and its corrections."""
        word = at.quote
        if sum(character.isalpha() for character in word) < 3 or any(c.isdigit() or c in "@#/\\_" for c in word):
            return "", []
        if at.italic or at.dateline or at.inside_token or at.after.lstrip().lower().startswith(("[sic", "(sic")):
            return "", []
        if any(character.isupper() for character in word):
            return self._capitalised(at, replacements)
        if at.surroundings.capitals(word) or (
            self._oracle and self._oracle.is_name(word, at.document, at.start, at.end)
        ):
            return "", []
        judged = words.judge(word, replacements, message)
        # A lost space explains more than a lost letter: "for the" before "forth" for "forthe".
        replacements = sorted(replacements, key=lambda other: not words.glued(word, [other]))
        if judged in ("dialect", "compound"):
            return "", []
        if at.surroundings.occurrences(word) > 1 and judged != "near":
            # Written twice, a rare word is a term.
            return "", []
        common = bool(replacements) and words.common(replacements[0])
        often = at.surroundings.occurrences(word) > 2 and not common
        if judged == "near" and (often or at.alone_in_marks):
            # What is set in quotation marks of its own is meant to look strange; what stands there three times beside a
            # rare word is perhaps a term.
            return "far", replacements
        return judged, replacements

    def _capitalised(self, at: "_Place", replacements: list[str]) -> tuple[str, list[str]]:
        word = at.quote
        if self._oracle is not None and word[:1].isupper():
            name = self._oracle.near_miss(word, at.document, at.start, at.end)
            if name is not None and not self._oracle.is_name(word, at.document, at.start, at.end):
                return "name", [name]
        # At the start of a sentence any word has a capital: a slip shows when the text has the right word elsewhere.
        small = word[:1].lower() + word[1:]
        if small.islower() and at.starts_sentence and replacements and at.surroundings.capitals(word) == 1:
            right = replacements[0][:1].lower() + replacements[0][1:]
            if words.near(small, right) and at.surroundings.in_lower_case(right):
                return "near", replacements
        return "", []


@dataclass(frozen=True, slots=True)
class _Accepted:
    """A match that is let through: `[start, end)` in the document, and what its finding will say."""

    start: int
    end: int
    quote: str
    replacements: list[str]
    match: Match
    target: Target
    severity: Severity
    reason: str
    quoted: bool
    plain: bool


def _finding(document: Document, own: _Accepted) -> Finding:
    target, start, end = own.target, own.start, own.end
    line, column, label = document.locate(start)
    message = _message(target, own.match, own.quote, own.replacements)
    return Finding(
        check=target.check,
        category=_CATEGORIES.get(own.match.kind, target.category),
        severity=own.severity,
        confidence=target.confidence if own.severity is target.severity else min(target.confidence, 0.5),
        start=start,
        end=end,
        line=line,
        column=column,
        quote=document.text[start:end],
        message=message + (LOOK_UP if own.quoted else ""),
        evidence={"languagetool": own.match.rule, "let through": own.reason},
        in_quotation=own.quoted,
        corrections=_corrections(own.quote, own.replacements, own.quoted) if own.plain else (),
        label=label,
    )


class _Place:
    """A match in its paragraph: what stands before, at and after it, and what that makes of it."""

    def __init__(
        self, surroundings: Surroundings, block: Block, start: int, end: int, before: str, quote: str, after: str
    ) -> None:
        self.surroundings = surroundings
        self.document = surroundings.document
        self.block = block
        self.start, self.end = start, end
        self.before, self.quote, self.after = before, quote, after

    @property
    def starts_sentence(self) -> bool:
        """Whether nothing of the sentence stands before the match."""
        return bool(_SENTENCE_START.search(self.before[-12:])) if self.before else True

    @property
    def dateline(self) -> bool:
        """Whether the match lies in "CITY, State (Agency) —" before the first sentence of a paragraph."""
        match = _DATELINE.match((self.before + self.quote + self.after)[:140])
        return match is not None and len(self.before) < match.end()

    @property
    def alone_in_marks(self) -> bool:
        """Whether the match, and nothing else, stands between quotation marks."""
        return self.before[-1:] in _MARKS and self.after[:1] in _MARKS and bool(self.before and self.after)

    @property
    def inside_token(self) -> bool:
        """Whether the match is a part of something longer: an address, a path, a code, a word with a stroke or a dot
        in it.
        """
        left, right = self.before[-1:], self.after[:1]
        joined = re.compile(r"[\w@#/\\_&=+~^%$*<>|{}]")
        if joined.match(left) or joined.match(right):
            return True
        if left in ("'", "’") and self.before[-2:-1].isalnum():
            return True
        dotted = right == "." and self.after[1:2].isalnum() and not self.after[1:2].isupper()
        return dotted or (left == "." and self.before[-2:-1].isalnum())

    @property
    def italic(self) -> bool:
        """Whether the match stands between marks of emphasis: foreign words do."""
        return self.document.within(RegionKind.EMPHASIS, self.start, self.end)


def _trimmed(text: str, start: int, end: int, replacements: Sequence[str]) -> tuple[int, int, list[str]]:
    """Take off both ends what match and corrections share, white space or whole words: a finding marks what has to
    change.
    """
    result = list(replacements)
    if not result:
        return start, end, result
    while end - start > 1 and text[start].isspace() and all(r[:1] == text[start] for r in result):
        start, result = start + 1, [r[1:] for r in result]
    while end - start > 1 and text[end - 1].isspace() and all(r[-1:] == text[end - 1] for r in result):
        end, result = end - 1, [r[:-1] for r in result]
    if any(r in text[start:end] for r in result):
        # Something is only taken away, such as one of two equal words: what stays is part of what is wrong.
        return start, end, result
    while (cut := text.find(" ", start, end) + 1) and all(
        r.startswith(text[start:cut]) and len(r) > cut - start for r in result
    ):
        start, result = cut, [r[cut - start :] for r in result]
    while (cut := text.rfind(" ", start, end)) > start and all(
        r.endswith(text[cut:end]) and len(r) > end - cut for r in result
    ):
        end, result = cut, [r[: len(r) - (end - cut)] for r in result]
    return start, end, result


_ACRONYM = re.compile(r"[A-Z]{2,}|[A-Z]\b")
_NUMBER = re.compile(r"\d")


def _doubtful(at: _Place, match: Match, replacements: Sequence[str]) -> bool:
    """Return whether a match that is not the speller's rests on a name, a number or a piece of layout."""
    quote, rule = at.quote, match.rule
    if (
        at.dateline
        or (at.inside_token and quote[:1].isalnum())
        or at.after.lstrip().lower().startswith(("[sic", "(sic"))
    ):
        return True
    if match.kind in ("whitespace", "typographical"):
        return _layout(at, match)
    if rule == "EN_A_VS_AN":
        # Whether "SMS" begins with a vowel is a matter of reading it.
        return bool(_ACRONYM.match(at.after.lstrip()))
    if at.italic:
        return True
    # Whether one says "in Facebook" is a matter of the preposition, not of the name.
    if match.category != "COLLOCATIONS" and _names_in(at):
        return True
    if rule == "TO_NON_BASE" and quote.endswith("s"):
        # "Thousands flocked to boats": a plural noun looks like a verb.
        return quote not in language().languagetool.singular_verbs
    if rule == "HE_VERB_AGR" and re.search(r"[A-Z]\w*s\s+$", at.before):
        # "The Andes belong": a name in the plural.
        return True
    if rule == "ENGLISH_WORD_REPEAT_RULE":
        first = quote.split()[0].casefold() if quote.split() else ""
        return len(first) < 2 or first in language().languagetool.twice
    return False


def _names_in(at: _Place) -> bool:
    """Return whether a capitalised word stands in the match, other than where a sentence starts."""
    for number, token in enumerate(_TOKEN.finditer(at.quote)):
        word = token[0]
        if not word[0].isupper() or word in language().languagetool.always_capital:
            continue
        if number == 0 and at.starts_sentence and not (len(word) > 1 and word.isupper()):
            continue
        return True
    return False


def _layout(at: _Place, match: Match) -> bool:
    """Return whether a match about space and punctuation is one of those that quotation marks and ellipses cause."""
    quote, before, after = at.quote, at.before, at.after
    if re.search(r"[\"“”‘’'«»`]", quote) or (before.endswith((".", "…")) and quote.strip() == "."):
        return True
    if match.rule == "COMMA_PARENTHESIS_WHITESPACE":
        if re.fullmatch(r"[(\[]\s", quote):
            return False
        # ". . ." is an ellipsis, " .5" a number, " :)" a face, " ." before a letter the ending of a file.
        return not re.fullmatch(r"\s?[,;:!?.)\]]", quote) or re.match(r"\s?[.…]|\w|[)(]", after) is not None
    return False


def _corrections(quote: str, replacements: Sequence[str], quoted: bool) -> tuple[Correction, ...]:
    safe = Applicability.SAFE
    found: list[Correction] = []
    for number, text in enumerate(replacements):
        if text == quote or any(known.text == text for known in found):
            continue
        applicability = safe if number == 0 and not quoted and harmless(quote, text) else Applicability.UNSAFE
        found.append(Correction(text, applicability))
    return tuple(found)


def harmless(before: str, after: str) -> bool:
    """Return whether a correction cannot change the meaning: spaces and doubled marks alone, "a" for "an", or one of
    two equal words.
    """
    known = language().languagetool
    if {before.casefold(), after.casefold()} == known.equal_articles:
        return True
    old, new = before.split(), after.split()
    if len(old) == 2 and len(new) == 1 and old[0].casefold() == old[1].casefold() == new[0].casefold():
        return old[0].casefold() in known.closed_class - known.closed_class_twice
    if not any(character.isalnum() for character in before + after):
        return after != "" and before.replace(" ", "") == after.replace(" ", "")
    return False


def _message(target: Target, match: Match, quote: str, replacements: Sequence[str]) -> str:
    shown = " ".join(quote.split())
    message = target.message or match.message or "LanguageTool suggests a change"
    if "{correction}" in message and not replacements:
        message = message.partition(";")[0].rstrip() + "."
    values: Mapping[str, Any] = {
        "quote": shown if len(shown) <= 80 else shown[:77] + "…",
        "correction": replacements[0] if replacements else "",
    }
    for key, value in values.items():
        message = message.replace("{" + key + "}", value)
    message = " ".join(message.split())
    return message if message.endswith((".", "?", "!")) else message + "."


def merge(ours: Iterable[Finding], theirs: Iterable[Finding]) -> list[Finding]:
    """Merge LanguageTool's findings into those of our own checks, one finding a place, in document order.

    Two findings speak of the same place when they share at least half of the shorter one and neither is more than four
    times as long as the other. Ours stays, with its message and its corrections first; the rule of LanguageTool goes
    into its evidence, and corrections for exactly the same characters join it. The graver severity stays with our
    finding.
    """
    result = sorted(ours, key=lambda finding: finding.sort_key)
    added: list[Finding] = []
    for finding in theirs:
        for index, own in enumerate(result):
            if _same_place(own, finding):
                result[index] = _joined(own, finding)
                break
        else:
            added.append(finding)
    return sorted([*result, *added], key=lambda finding: finding.sort_key)


def _same_place(a: Finding, b: Finding) -> bool:
    common = min(a.end, b.end) - max(a.start, b.start)
    shorter, longer = sorted((a.end - a.start, b.end - b.start))
    return common > 0 and 2 * common >= shorter and longer <= max(4 * shorter, 12)


def _joined(own: Finding, other: Finding) -> Finding:
    also = sorted({*own.evidence.get("also", ()), other.check})
    # What comes from elsewhere than LanguageTool, such as other documents, is named too.
    more = {key: other.evidence[key] for key in ("languagetool", "documents") if key in other.evidence}
    evidence = {**own.evidence, "also": also, **more}
    corrections = own.corrections
    if (own.start, own.end) == (other.start, other.end):
        known = {correction.text for correction in corrections}
        added = (replace(c, applicability=Applicability.UNSAFE) for c in other.corrections if c.text not in known)
        corrections = (*corrections, *added)
    severity = own.severity if own.severity.rank >= other.severity.rank else Severity(other.severity)
    return replace(own, evidence=evidence, corrections=corrections, severity=severity)
