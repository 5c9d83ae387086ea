"""Placeholders in the texts of programs: what is put in for them is known only when they run."""

import re
from collections.abc import Iterator

from corrigenda.documents.parts import Span

DEEPEST = 20
"""Levels of ICU messages within each other that are read; deeper ones are masked whole."""

_SIMPLE = re.compile(
    r"\{\{-?[^{}]{1,200}\}\}"  # i18next, Vue, Handlebars
    r"|\$\{[^{}]{1,200}\}|%\{\w{1,80}\}|#\{[^{}]{1,200}\}"  # templates, Ruby
    r"|%(?:\(\w{1,80}\)|\d{1,3}\$)?[-+0#]{0,4}\d{0,4}(?:\.\d{1,3})?(?:hh?|ll?|[qjzt])?[@sdiufFeEgGxXoc](?![\w%])"
    r"|\$t\([^()]{1,200}\)|@:(?:\w[\w.-]*|\([\w.-]+\))"
    r"|</?\d{1,3}\s*/?>|</?[a-zA-Z][\w.-]{0,40}(?:\s[^<>]{0,400})?/?>"
)
_ARGUMENT = re.compile(r"\{\s*[\w.-]{1,80}\s*(?:\}|,\s*(\w{1,30})\s*(,)?)")
_CHOICE = re.compile(r"\s*(?:offset:\s*\d+\s*)?(=?[\w-]{1,40})\s*\{")
_NESTED = frozenset(("plural", "select", "selectordinal"))


def find(text: str) -> list[Span]:
    """Return the placeholders of a text, ascending and not overlapping.

    Of an ICU message with choices (`{count, plural, one {# file} other {# files}}`) the syntax is masked, and the words
    of the choices are copy.
    """
    if not any(sign in text for sign in "{%$@<"):
        return []
    found = [Span(*match.span()) for match in _SIMPLE.finditer(text)]
    if "{" in text:
        found += _messages(text, {at for span in found for at in range(span.start, span.end)})
    merged: list[Span] = []
    for span in sorted(found):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _messages(text: str, taken: set[int]) -> Iterator[Span]:
    """Yield the syntax of ICU arguments."""
    at = 0
    open_: list[bool] = []
    """For each brace that is open whether it is a choice's, whose words are copy, or an argument's."""
    while at < len(text):
        sign = text[at]
        if at in taken:
            at += 1
        elif sign == "{":
            argument = _ARGUMENT.match(text, at)
            if argument is None:
                at += 1
                continue
            if argument[0].endswith("}"):
                yield Span(*argument.span())
                at = argument.end()
            elif argument[1] in _NESTED and argument[2] and len(open_) < DEEPEST:
                choice = _CHOICE.match(text, argument.end())
                end = choice.end() if choice is not None else argument.end()
                yield Span(at, end)
                open_ += [False, True] if choice is not None else [False]
                at = end
            else:
                end = text.find("}", argument.end())
                end = len(text) if end < 0 else end + 1
                yield Span(at, end)
                at = end
        elif sign == "}" and open_:
            was_choice = open_.pop()
            choice = _CHOICE.match(text, at + 1) if was_choice else None
            end = choice.end() if choice is not None else at + 1
            if choice is not None:
                open_.append(True)
            yield Span(at, end)
            at = end
        elif sign == "#" and len(open_) >= 2:
            yield Span(at, at + 1)
            at += 1
        else:
            at += 1
