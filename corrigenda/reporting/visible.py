"""Text that came from a file, made safe to show: control and direction characters visible, widths known, JSON sound.

Everything a report prints passes through here, since a file may hold escape sequences, direction overrides that reorder
what a reader sees (CVE-2021-42574), zero-width characters and half surrogate pairs that no encoder takes.
"""

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from corrigenda.expressions import lazy

_HIDDEN = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0")
_LAST = "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
_FORMATTING = (
    "\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
_RAW_IN_JSON = lazy(
    "[\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + _FORMATTING + "".join(sorted(_HIDDEN)) + _LAST + "]"
)
_OLD_COMMAND = lazy(r"##(?=[A-Za-z]*\[)")
_SURROGATE = lazy("[\ud800-\udfff]")
_BAD_XML = lazy("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_hidden(character: str) -> bool:
    """Return whether a reader could not see a character, or it would move others: controls, format, halves."""
    if character < "\x7f":
        return character < " "
    if character in _HIDDEN:
        return True
    category = unicodedata.category(character)
    return category in ("Cc", "Cf", "Cs", "Zl", "Zp") or (ord(character) & 0xFFFE) == 0xFFFE


def name_of(character: str) -> str:
    """Return the visible stand-in for a hidden character, such as `<U+202E>`."""
    return f"<U+{ord(character):04X}>"


def visible(text: str) -> str:
    """Return text for one line of a report: line ends and tabs become spaces, other hidden characters `<U+XXXX>`.

    A zero-width joiner between emoji and a variation selector stay, since they belong to what the reader sees. What a
    runner would take for a command inside a line is undone as `harmless` says, which looks at whole lines.
    """
    if "##" in text:
        text = _OLD_COMMAND.sub("#" + name_of("#"), text)
    if text.isascii() and text.isprintable():
        return text
    out: list[str] = []
    for index, character in enumerate(text):
        if character == "\r" and text[index + 1 : index + 2] == "\n":
            continue
        if character in "\t\n\r\v\f\u0085\u2028\u2029":
            out.append(" ")
        elif character == "\u200d" and _joins_emoji(text, index):
            out.append(character)
        elif is_hidden(character):
            out.append(name_of(character))
        else:
            out.append(character)
    return "".join(out)


def harmless(line: str) -> str:
    """Return a line that no runner of continuous integration takes for a command, whatever stands in it.

    GitHub reads commands from every line of output that begins with `::`, white space before it or not, and an older
    kind, `##[…]`, from anywhere in a line; Azure Pipelines and TeamCity have `##vso[…]` and `##teamcity[…]`. The sign
    that makes it one is named instead, as a hidden character is.
    """
    if "##" in line:
        line = _OLD_COMMAND.sub("#" + name_of("#"), line)
    start = line.lstrip()
    return line if not start.startswith("::") else line[: len(line) - len(start)] + name_of(":") + start[1:]


def _joins_emoji(text: str, index: int) -> bool:
    before = index - 1
    while before > 0 and (text[before] == "\ufe0f" or "\U0001f3fb" <= text[before] <= "\U0001f3ff"):
        before -= 1
    return before >= 0 and _is_picture(text[before]) and _is_picture(text[index + 1 : index + 2])


def _is_picture(character: str) -> bool:
    return character != "" and unicodedata.category(character) in ("So", "Sk") and character > "\u2000"


def width(text: str) -> int:
    """Return how many terminal columns text takes: 2 for wide (CJK, emoji), 0 for combining marks, else 1."""
    if text.isascii():
        return len(text)
    total = 0
    joined = False
    for character in text:
        if character == "\u200d":
            joined = True
            continue
        if not joined:
            total += _columns(character)
        joined = False
    return total


def _columns(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    if "\U0001f3fb" <= character <= "\U0001f3ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def clip(text: str, columns: int, from_end: bool = False) -> str:
    """Return at most so many columns of text, with an ellipsis where it was cut; a base keeps its marks."""
    if columns <= 0:
        return ""
    if len(text) <= columns and width(text) <= columns:
        return text
    window = text[-4 * columns - 8 :] if from_end else text[: 4 * columns + 8]
    if from_end:
        start = len(window)
        total = 0
        for index in range(len(window) - 1, -1, -1):
            total += width(window[index])
            if total > columns - 1:
                break
            if width(window[index]) or index == 0:
                start = index
        return "…" + window[start:]
    end = 0
    total = 0
    for index, character in enumerate(window):
        total += width(character)
        if total > columns - 1:
            break
        end = index + 1
    return window[:end] + "…"


def wrap(text: str, columns: int) -> list[str]:
    """Break text at spaces into lines of at most so many columns; a longer word is clipped into pieces."""
    columns = max(columns, 8)
    lines: list[str] = []
    line = ""
    used = 0
    for word in text.split():
        size = width(word)
        if line and used + 1 + size <= columns:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            lines.append(line)
        while size > columns:
            cut = _fitting(word, columns)
            lines.append(word[:cut])
            word = word[cut:]
            size = width(word) if len(word) <= 4 * columns else 4 * columns
        line, used = word, size
    if line:
        lines.append(line)
    return lines or [""]


def _fitting(word: str, columns: int) -> int:
    total = 0
    for index, character in enumerate(word):
        total += width(character)
        if total > columns and index:
            return index
    return len(word)


def shorten(text: str, limit: int = 200) -> str:
    """Return text of at most so many characters, its middle left out, for cells and messages that quote a file."""
    if len(text) <= limit:
        return text
    half = (limit - 3) // 2
    return f"{text[:half]} … {text[-half:]}"


def sound(text: str) -> str:
    """Return text that any encoder takes: half surrogate pairs become U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """Return text that XML 1.0 may hold, not yet escaped: characters it forbids become U+FFFD."""
    return _BAD_XML.sub("\ufffd", text)


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=str)


def dump(value: Any) -> str:
    """Return JSON with the same bytes for the same value, readable and safe to print.

    Keys keep their order. Half surrogates, noncharacters, direction and other invisible characters are written as
    escapes, so nothing is lost and nothing can act on a terminal. A number that JSON lacks (NaN) becomes null.
    """
    try:
        text = _ENCODER.encode(value)
    except ValueError:
        text = _ENCODER.encode(_finite(value))
    return _sealed(text)


def dump_indented(value: Any, indent: int = 2) -> str:
    """Return JSON as `dump` does, over several lines."""
    return _sealed(json.dumps(value, ensure_ascii=False, indent=indent, default=str))


def _sealed(text: str) -> str:
    """Write as escapes what would act where JSON is printed: hidden characters, and the beginnings of commands."""
    if "##" in text:
        text = _OLD_COMMAND.sub(r"#\\u0023", text)
    return text if text.isascii() and "\x7f" not in text else _RAW_IN_JSON.sub(_escape, text)


def dump_list(items: Iterable[Any], indent: str = "") -> str:
    """Return a JSON array with a line for each item, so that two outputs compare line by line."""
    lines = [f"{indent}  {dump(item)}" for item in items]
    joined = ",\n".join(lines)
    return f"[\n{joined}\n{indent}]" if lines else "[]"


def _escape(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return value
