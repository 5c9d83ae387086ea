"""The strings of a JSON text with their places and the ways to them, read strictly and without recursion.

The standard library's parser gives values and no places, and descends into itself for each level of nesting.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corrigenda.documents.errors import Unreadable

DEEPEST = 500
"""Levels of nesting that are read; a feed has five."""
_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_SCALAR = re.compile(r"(?:true|false|null|NaN|-?Infinity|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])")
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_KEY = re.compile(r"[^.\[\]\s]+")


class String(NamedTuple):
    """A value that is a string: `[start, end)` between its quotation marks, the keys that lead to it ("items[].title"),
    the same with numbers ("items[4].title"), and the number of the outermost list's member that holds it, from 1.
    """

    start: int
    end: int
    path: str
    label: str
    record: int


class _Level:
    """An object or a list that is being read."""

    __slots__ = ("count", "is_list", "label", "path")

    def __init__(self, is_list: bool, path: str, label: str) -> None:
        self.is_list, self.path, self.label = is_list, path, label
        self.count = 0


def strings(text: str, start: int = 0, end: int | None = None, *, top: str = "") -> Iterator[String]:
    """Yield the strings of one JSON value, in their order; keys are none.

    Args:
        text: The text.
        start: Where the value begins, with white space before it.
        end: Where it must have ended, with white space behind it; None for the text's end.
        top: What labels begin with.

    Raises:
        Unreadable: The stretch is not one JSON value, or is nested more deeply than `DEEPEST` levels.
    """
    last = len(text) if end is None else end
    at = _space(text, start, last)
    stack: list[_Level] = []
    path, label, record = "", top, 1
    while True:
        sign = text[at : at + 1] if at < last else ""
        if sign == '"':
            closing = _string(text, at, last)
            yield String(at + 1, closing - 1, path, label, record)
            at = closing
        elif sign in ("{", "["):
            if len(stack) >= DEEPEST:
                raise _wrong(text, at, f"it is nested more than {DEEPEST:,} levels deep")
            stack.append(_Level(sign == "[", path, label))
            following = _space(text, at + 1, last)
            if text[following : following + 1] == ("]" if sign == "[" else "}") and following < last:
                stack.pop()
                at = following + 1
            else:
                path, label, record, at = _member(text, following, last, stack, record)
                continue
        else:
            scalar = _SCALAR.match(text, at, last)
            if scalar is None:
                raise _wrong(text, at, "a value is missing" if sign else "it ends in the midst of a value")
            at = scalar.end()
        while True:  # behind a value
            at = _space(text, at, last)
            if not stack:
                if at < last:
                    raise _wrong(text, at, "something follows the value")
                return
            level, sign = stack[-1], text[at : at + 1] if at < last else ""
            if sign == ",":
                level.count += 1
                path, label, record, at = _member(text, _space(text, at + 1, last), last, stack, record)
                break
            if sign != ("]" if level.is_list else "}"):
                missing = f"a comma or {']' if level.is_list else '}'} is missing"
                raise _wrong(text, at, missing if sign else f"it ends too early: {missing}")
            stack.pop()
            at += 1


def _member(text: str, at: int, last: int, stack: list[_Level], record: int) -> tuple[str, str, int, int]:
    """Return the path, label and record of a list's or object's next member, and where its value begins."""
    level = stack[-1]
    if level.is_list:
        outermost = not any(other.is_list for other in stack[:-1])
        return f"{level.path}[]", f"{level.label}[{level.count}]", record + outermost, at
    if text[at : at + 1] != '"' or at >= last:
        raise _wrong(text, at, "a key in quotation marks is missing")
    end = _string(text, at, last)
    key = text[at + 1 : end - 1]
    if "\\" in key:
        key = plain(key)
    colon = _space(text, end, last)
    if text[colon : colon + 1] != ":" or colon >= last:
        raise _wrong(text, colon, "a colon is missing after a key")
    shown = key if _KEY.fullmatch(key) and len(key) <= _LONGEST else _short(key)
    path = f"{level.path}.{key}" if level.path else key
    if len(path) > _LONGEST_PATH:  # names are those of the last keys
        path = path[-_LONGEST_PATH:]
    label = f"{level.label}.{shown}" if level.label else shown
    if len(label) > _LONGEST_LABEL:
        label = f"…{label[-_LONGEST_LABEL // 2 :]}"
    return path, label, record, _space(text, colon + 1, last)


_LONGEST = 60
_LONGEST_LABEL = 400
_LONGEST_PATH = 2_000


def _short(key: str) -> str:
    """Return a key as a label shows it."""
    shown = key if len(key) <= _LONGEST else key[: _LONGEST - 1] + "…"
    return f'"{shown}"'


def _space(text: str, at: int, last: int) -> int:
    found = _SPACE.match(text, at, last)
    return found.end() if found is not None else at


def _string(text: str, at: int, last: int) -> int:
    """Return where the string ends that begins at a position."""
    found = _STRING.match(text, at, last)
    if found is None:
        raise _wrong(text, at, "a quotation mark is not closed")
    return found.end()


def _wrong(text: str, at: int, what: str) -> Unreadable:
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return Unreadable(f"This is not valid JSON: at line {line:,}, column {column:,} {what}.")


def plain(raw: str) -> str:
    """Return what a string says whose characters between the quotation marks are given."""
    pieces: list[str] = []
    at = 0
    for start, end, said in escapes(raw, 0, len(raw)):
        pieces += (raw[at:start], said)
        at = end
    return "".join([*pieces, raw[at:]])


def escapes(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the escapes in `[start, end)` of a text: where each stands, and the character that it is.

    A pair of escaped surrogates is one character, and half a pair stays what it is. Raises Unreadable for a backslash
    that begins no escape.
    """
    at = text.find("\\", start, end)
    while at >= 0:
        found = _ESCAPE.match(text, at, end)
        if found is None:
            raise _wrong(text, at, "a backslash begins no escape that JSON has")
        closing = found.end()
        if found[0][1] != "u":
            yield at, closing, _SAID[found[0][1]]
        else:
            code = int(found[0][2:], 16)
            second = _ESCAPE.match(text, closing, end) if 0xD800 <= code < 0xDC00 else None
            low = int(second[0][2:], 16) if second is not None and second[0][1] == "u" else 0
            if second is not None and 0xDC00 <= low < 0xE000:
                yield at, second.end(), chr(0x10000 + ((code - 0xD800) << 10) + low - 0xDC00)
                closing = second.end()
            else:
                yield at, closing, chr(code)
        at = text.find("\\", closing, end)


_SAID = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WRITTEN = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r'["\\\x00-\x1f]')
_BEYOND = re.compile(r'["\\\x00-\x1f]|[^\x00-\x7f]')


def written(words: str, *, ascii_only: bool) -> str:
    """Return words as a JSON string has them between its quotation marks.

    Args:
        words: The words.
        ascii_only: Whether what is not ASCII is escaped, as in files that have it so.
    """
    return (_BEYOND if ascii_only else _SPECIAL).sub(_escape, words)


def _escape(found: "re.Match[str]") -> str:
    sign = found[0]
    if sign in _WRITTEN:
        return _WRITTEN[sign]
    code = ord(sign)
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\u{0xD800 + ((code - 0x10000) >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
