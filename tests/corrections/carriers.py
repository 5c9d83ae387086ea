"""Texts in which every entry of every check is found: what an entry looks for, put into sentences of many shapes.

The sentences need not make sense. What is asked of a correction is that it brings no fault that was not there before.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from corrigenda.detectors.entries import entries_of
from corrigenda.languages.en.words import lists as english_lists
from corrigenda.rules.check import Check, CheckError, lists_for
from corrigenda.rules.short_form import Pattern, PatternError, Token, parse

TAGGED = {
    "NN": "house", "NNS": "houses", "NNP": "Maria", "NNPS": "Alps", "PRP": "they", "PRP$": "his", "DT": "the",
    "IN": "near", "JJ": "old", "JJR": "older", "RB": "often", "VB": "arrive", "VBZ": "arrives", "VBP": "arrive",
    "VBD": "arrived", "VBG": "arriving", "VBN": "taken", "CD": "seven", "MD": "can", "TO": "to", "WP": "who",
    "WDT": "which", "EX": "there", "POS": "'s", "RP": "out", "CC": "and", "NOUN": "house", "VERB": "arrive",
}  # fmt: skip
"""A word for each tag that a pattern may ask for."""
CARRIERS = (
    "{}.",
    "Yesterday they {}.",
    "I {}, and so it was.",
    "In May she quietly {} again.",
    "The old minister {} in the spring.",
    "The ministers of both countries {} in the spring.",
    "The {} was closed.",
    "Nobody saw a {} there.",
    "Nobody saw an {} there.",
    "“Did you {} yesterday?” the guard asked.",
    "The mayor and his deputy, who {}, left at noon.",
)
"""Subjects of each person and number, past and present, the start of a sentence, articles, a question, an adverb."""
WRITTEN = {r"\pL": "a-z", r"\pN": "0-9", r"\pM": "", r"\p{L}": "a-z", r"\x{00A0}": " "}
"""What RE2 writes in a way that Python's parser does not know."""


class Carried(NamedTuple):
    """A paragraph with what an entry looks for, and the line of the check's file that it comes from."""

    check: str
    line: int
    text: str


def carried(check: Check) -> Iterator[Carried]:
    """Yield the paragraphs of one check: each expression of each entry, twice, in every carrier.

    Entries of lexicons have sentences of their own, and those are corrected (tests/corpora/test_lexicons.py).
    """
    for entry in entries_of(check):
        if entry.check.path != check.path:
            continue
        words = [owner["if"]["words"][0] for owner in (entry.written, check.options) if "if" in owner]
        tail = " ".join(word.removeprefix("~") for word in words)
        for index, find in enumerate(entry.finds):
            for phrase in sorted({rendered(check, find, variant) for variant in range(2)} - {""}):
                starts = isinstance(find, str) and find.startswith(("^", "(?:^"))
                for carrier in CARRIERS[:1] if starts else CARRIERS:
                    own = phrase.rstrip() if not phrase.rstrip().endswith((".", "?", "!")) else phrase.rstrip()[:-1]
                    own += " and so on" if own.endswith((",", ";", ":")) else ""
                    own = own[:1].upper() + own[1:] if carrier.startswith("{") else own
                    text = carrier.format(f"{own} {tail}".strip())
                    yield Carried(check.id, entry.line("find", index), text)


def rendered(check: Check, find: Any, variant: int) -> str:
    """Return a text that an expression finds, the `variant`-th alternative everywhere; "" where none is known."""
    if check.detector == "regex":
        return from_expression(find, variant)
    if not isinstance(find, str):
        return ""
    try:
        pattern = parse(find, lists_for(check, english_lists()), check.language)
    except (PatternError, CheckError):
        return ""
    return from_pattern(pattern, variant)


def from_pattern(pattern: Pattern, variant: int) -> str:
    """Return a text that a pattern in the short form matches."""
    words = [word(token, variant) for token in pattern.tokens for _ in range(max(token.least, 0))]
    text = " ".join(words)
    for mark in (",", ".", ":", ";", "'s", "n't"):
        text = text.replace(f" {mark}", mark)
    return text.replace(" - ", "-")


def word(token: Token, variant: int) -> str:
    """Return a word that a token matches."""
    if token.words and not token.negated:
        return token.words[variant % len(token.words)]
    for tag in (*token.tags, *token.pos):
        if tag in TAGGED:
            return TAGGED[tag]
    return "seven"


def from_expression(expression: str, variant: int) -> str:
    """Return a text that a regular expression matches."""
    import re._parser as parser  # type: ignore[import-not-found]

    for theirs, ours in WRITTEN.items():
        expression = expression.replace(f"[^{theirs}", "[^a-z" if ours == "" else f"[^{ours}")
        expression = re.sub(rf"(\[[^\]]*){re.escape(theirs)}", lambda found, ours=ours: found[1] + ours, expression)
        expression = expression.replace(theirs, f"[{ours}]" if len(ours) > 1 else ours)
    try:
        tree = parser.parse(expression)
    except re.error:
        return ""
    return _text(tree, variant).strip("\n")


def _text(tree: Sequence[Any], variant: int) -> str:
    return "".join(_piece(str(operation), argument, variant) for operation, argument in tree)


def _piece(operation: str, argument: Any, variant: int) -> str:
    if operation == "LITERAL":
        return chr(argument)
    if operation == "BRANCH":
        return _text(argument[1][variant % len(argument[1])], variant)
    if operation == "SUBPATTERN":
        return _text(argument[-1], variant)
    if operation.endswith("_REPEAT"):
        return _text(argument[2], variant) * (
            max(argument[0], 3) if str(argument[2][0][0]) == "IN" and argument[0] else argument[0]
        )
    if operation == "IN":
        first, value = argument[0]
        if str(first) == "NEGATE":
            return " "
        if str(first) == "RANGE":
            return chr(value[0] + (2 if chr(value[0]).isdigit() else 0))
        return chr(value) if str(first) == "LITERAL" else "2" if "DIGIT" in str(value) else " "
    if operation == "ANY":
        return "x"
    return ""
