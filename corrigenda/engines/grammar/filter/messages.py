"""What a finding of LanguageTool says: the check's message or LanguageTool's own, and the category."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from corrigenda.engines.grammar.match import Match
from corrigenda.finding import shortened

_CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
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
)
"""The category (MQM) of each ITS 2.0 issue type that LanguageTool gives its rules; for others, and for "misspelling",
which it gives to wrong articles too, the check's own stands.
"""

_SINGLE = re.compile("(?<!\\w)‘([^‘’]*(?:’\\w[^‘’]*)*)’(?!\\w)")
"""Words in single quotation marks; an apostrophe inside them is none."""
_UNOPENED = re.compile(r"(?<=\w)’(?=[.,;:)])")
"""A closing mark that has no opening one."""


def category_of(match: Match) -> str:
    """Return the category that a match says of itself, "" where its check's stands."""
    return _CATEGORIES.get(match.kind, "")


def message_of(template: str, match: Match, quote: str, suggestions: Sequence[str]) -> str:
    """Return the message of a match as one sentence or more, all its placeholders filled.

    Args:
        template: The check's message, with `{quote}` and `{correction}`; "" for LanguageTool's own.
        match: The match.
        quote: What it marks, as the reader sees it.
        suggestions: What to write instead, the best first.
    """
    message = template or _own_words(match.message) or "LanguageTool suggests a change"
    if "{correction}" in message and not suggestions:
        message = message.partition(";")[0].rstrip() + "."
    message = message.replace("{quote}", shortened(quote))
    message = message.replace("{correction}", suggestions[0] if suggestions else "")
    message = " ".join(message.split())
    return message if message.endswith((".", "?", "!", ".)", "?)", "!)")) else message + "."


def _own_words(message: str) -> str:
    """Return LanguageTool's message with double quotation marks throughout; it has single ones for what it mentions."""
    return _UNOPENED.sub("", _SINGLE.sub("“\\1”", message))
