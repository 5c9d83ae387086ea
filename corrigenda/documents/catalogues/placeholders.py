"""What stands in the text of a translation unit and is no copy: placeholders, tags, plural and select forms."""

import html
import re
from typing import NamedTuple

from corrigenda.expressions import lazy

_ANY = re.compile(r"[%{<$&@\\]")

# No space flag: in "50% of" and "100% decided" a per cent sign is one.
_PLACEHOLDER = lazy(
    r"%(?:\d{1,2}\$)?#@\w{1,60}@|%(?:\d{1,2}\$)?[-+#0']{0,3}(?:\d{1,4}|\*)?(?:\.(?:\d{1,3}|\*))?(?:hh?|ll?|[Lqjzt])?[diouxXeEfFgGaAcCsSpn@](?![A-Za-z])"
    r"|%\([\w. -]{1,60}\)[-+#0]{0,3}\d{0,4}(?:\.\d{1,3})?[diouxXeEfFgGcrsa]"
    r"|%[{<][\w.\[\]:-]{1,60}[}>](?:[-+0]?\d{0,3}(?:\.\d{1,3})?[diouxXeEfFgGcsp](?![a-z]))?|%%|%(?:L?\d{1,2}|n)(?!\w|[.,]\d)"
    r"|%[A-Z][A-Z0-9_]{2,40}%"
    r"|\$t\([^()\n]{1,80}\)|@:?\([\w.]{1,60}\)|@:[\w.]{1,60}"
    r"|[$#]?\{\{[^{}\n]{1,120}\}\}|[$#]?\{[^{}\n]{0,120}\}|\$[A-Z][A-Z0-9_]{1,40}\$?"
)
_TAG = lazy(r"</?[A-Za-z][\w:.-]{0,40}(?:\s[^<>]{0,1000})?/?>|<!--.{0,1000}?-->", re.DOTALL)
_BREAK = lazy(
    r"</?(?:br|p|div|li|ul|ol|tr|td|th|table|h[1-6]|hr|dd|dt|dl|blockquote|title)\b[^<>]{0,1000}>", re.IGNORECASE
)
_ENTITY = lazy(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_COMPLEX = lazy(r"\{\s{0,20}[\w.-]{1,60}\s{0,20},\s{0,20}(?:plural|select|selectordinal)\s{0,20},")
_BRANCH = lazy(r"\s*(?:offset:\d{1,5}\s*)?(?:=\d{1,9}|\w{1,60})\s*\{")
_MNEMONIC = lazy(r"[&_](?=[^\W_])")
_DATE = lazy(r"(?:%[-_0^#]?[A-Za-z]|[\W\d_])*")
_DEEPEST = 8


class Inline(NamedTuple):
    """A stretch `[start, end)` of a unit's text that is no copy, and what its reader sees of it: None for itself (a
    placeholder that stays in its sentence), a line break, nothing, or the letter of an entity.
    """

    start: int
    end: int
    seen: str | None


def find(text: str) -> list[Inline]:
    """Return placeholders, tags and entities of a text, ascending and not overlapping."""
    if _ANY.search(text) is None:
        return []
    found: list[Inline] = []
    if "<" in text:
        found += (Inline(*match.span(), "\n" if _BREAK.match(match[0]) else "") for match in _TAG.finditer(text))
    if "&" in text:
        for match in _ENTITY.finditer(text):
            letter = html.unescape(match[0])
            if letter != match[0] and len(letter) == 1:
                found.append(Inline(*match.span(), " " if letter == "\u00a0" else letter))
    found += (Inline(*match.span(), None) for match in _PLACEHOLDER.finditer(text))
    found.sort(key=lambda inline: (inline.start, -inline.end))
    result: list[Inline] = []
    reached = 0
    for inline in found:
        if inline.start >= reached:
            result.append(inline)
            reached = inline.end
    return result


def holds_copy(text: str) -> bool:
    """Return whether a text says anything beside its placeholders, tags and the format of a date."""
    if not any(map(str.isalpha, text)) or _DATE.fullmatch(text):
        return False
    if _ANY.search(text) is None:
        return True
    pieces: list[str] = []
    at = 0
    for start, end, seen in find(text):
        pieces += (text[at:start], seen or " ")
        at = end
    return any(map(str.isalpha, "".join([*pieces, text[at:]])))


def mnemonic(text: str, source: str) -> int | None:
    """Return where the sign stands that makes the next letter a key ("&File", "_Save"), None where there is none.

    It is one only where the source has exactly one too.
    """
    for sign in "&_":
        if text.count(sign) == 1 == source.count(sign):
            own, other = _MNEMONIC.search(text), _MNEMONIC.search(source)
            if own is not None and other is not None:
                return own.start()
    return None


def forms(text: str) -> list[tuple[int, int]] | None:
    """Return the stretches of an ICU message that are read: the text around and inside its plural and select forms.

    None where the message has no such forms, or its braces do not match.
    """
    if _COMPLEX.search(text) is None:
        return None
    found: list[tuple[int, int]] = []
    at = _message(text, 0, found, 0)
    return [(start, end) for start, end in found if end > start] if at == len(text) else None


def _message(text: str, at: int, found: list[tuple[int, int]], depth: int) -> int:
    """Take the texts of a message from a position on; return where its closing brace or the text's end is, -1 where
    it is malformed.
    """
    start = at
    while at < len(text):
        sign = text[at]
        if sign == "'" and text[at + 1 : at + 2] in ("{", "}", "#", "|"):
            close = text.find("'", at + 1)
            at = len(text) if close < 0 else close + 1
        elif sign == "}":
            if not depth:
                return -1
            break
        elif sign == "{":
            head = _COMPLEX.match(text, at)
            if head is None:
                close = text.find("}", at)
                if close < 0:
                    return -1
                at = close + 1
                continue
            if depth >= _DEEPEST:
                return -1
            found.append((start, at))
            at = head.end()
            while (branch := _BRANCH.match(text, at)) is not None:
                at = _message(text, branch.end(), found, depth + 1)
                if at < 0 or text[at : at + 1] != "}":
                    return -1
                at += 1
            while at < len(text) and text[at].isspace():
                at += 1
            if text[at : at + 1] != "}":
                return -1
            at += 1
            start = at
        else:
            at += 1
    found.append((start, at))
    return at
