"""Two names in one enumeration are two people or two places: "Kovalyov, Kovalev and Bondar".

An enumeration is a row of short items with capitals between commas or "and", or short lines of one list or table.
"""

import re

from corrigenda.languages import language
from corrigenda.names.table import Span

REACH = 600
"""Code points between two items of one enumeration: a squad of twenty, with clubs."""
_LONGEST_LINE = 80
_BRACKETS = re.compile(r"\([^()\n]{0,60}\)")
_COMMA = re.compile(r"[,;/]")
_ITEM_WORD = re.compile(r"[^\W\d_]\.|[^\W\d_][\w'’\-]*|\d[\d:.'’+]*")
_ITEM_LINE = re.compile(r"[ \t]*(?:[-*+•–]|\d{1,3}[.)]|\|)[ \t]*")
_MOST_WORDS = 4
_BEFORE = re.compile(
    r"(?:[^\W\d_a-z][\w'’\-]+(?: [A-Z]\.){0,2}(?: \([^()\n]{0,60}\))?(?P<join>,|,? [^\W\d_]{2,6})|:)"
    r" (?:[^\W\d_a-z][\w'’\-.]* ){0,2}$"
)
_AFTER = re.compile(r"(?: [A-Z]\.){0,2}(?: \([^()\n]{0,60}\))?,? (?:[^\W\d_]+ )?[^\W\d_a-z]")


def in_one(text: str, first: Span, second: Span) -> bool:
    """Return whether two places of names are two items of one enumeration in a text."""
    (_, end), (start, after) = sorted((first, second))
    if not 0 < start - end <= REACH:
        return False
    between = text[end:start]
    if "\n" in between:
        return _in_one_list(text, first, second)
    if _is_meeting(between):
        return True
    words = language().name_words.enumerating
    pieces, joins = _pieces(between, words)
    if len(pieces) < 2 or not all(map(_is_item, pieces)):
        return False
    return len(pieces) > 2 or joins > 0 or _goes_on(text, min(first, second)[0], after, words)


def _is_meeting(between: str) -> bool:
    """Return whether one of two names meets the other: "Kovalyov beat Kovalev", "Anna Bondar met Hanna"."""
    words = between.split()
    names = [word for word in words if word not in language().name_words.meeting]
    return len(names) == len(words) - 1 and len(words) < _MOST_WORDS and _is_item(" ".join(names))


def _pieces(between: str, words: frozenset[str]) -> tuple[list[str], int]:
    """Return the parts that commas and words such as "and" divide, and how many of these words there are."""
    plain = _BRACKETS.sub("", between)
    parts: list[list[str]] = [[]]
    joins = 0
    for stretch, piece in enumerate(_COMMA.split(plain)):
        if stretch:
            parts.append([])
        for word in piece.split():
            if word in words:
                joins += 1
                if parts[-1] or len(parts) == 1:
                    parts.append([])
            else:
                parts[-1].append(word)
    return [" ".join(part) for part in parts], joins


def _is_item(piece: str) -> bool:
    """Return whether a part is short and made of capitalised words, initials and figures."""
    words = piece.split()
    if len(words) > _MOST_WORDS:
        return False
    return all(_ITEM_WORD.fullmatch(word) and (word[0].isupper() or word[0].isdigit()) for word in words)


def _goes_on(text: str, start: int, end: int, words: frozenset[str]) -> bool:
    """Return whether a comma before the first of two items or behind the second says that there are more."""
    before = _BEFORE.search(text, max(0, start - 60), start)
    if before is not None and (before["join"] in (None, ",") or before["join"].split()[-1] in words):
        return True
    after = _AFTER.match(text, end)
    return after is not None and ("," in after[0] or any(word in words for word in after[0].split()[:-1]))


def _in_one_list(text: str, first: Span, second: Span) -> bool:
    """Return whether two places begin short lines of one list or table, or of a column of names."""
    (one, _), (two, _) = sorted((first, second))
    low, high = text.rfind("\n", 0, one) + 1, text.find("\n", two)
    lines = text[low : high if high >= 0 else len(text)].split("\n")
    if all(_begins_item(text, start) for start in (one, two)):
        return all(not line.strip() or _ITEM_LINE.match(line) for line in lines)
    column = [*_line_beside(text, low - 1, -1), *lines, *_line_beside(text, high, 1)]
    return len(column) > 2 and all(map(_is_row, column))


def _line_beside(text: str, at: int, step: int) -> list[str]:
    """Return the row of a column before a line break or behind it, if there is one."""
    if not 0 <= at < len(text):
        return []
    low, high = (text.rfind("\n", 0, at) + 1, at) if step < 0 else (at + 1, text.find("\n", at + 1))
    line = text[low : high if high >= 0 else len(text)]
    return [line] if _is_row(line) else []


def _is_row(line: str) -> bool:
    """Return whether a line is a row of names and figures and nothing else."""
    return bool(line.strip()) and len(line) <= _LONGEST_LINE and all(map(_is_item, _COMMA.split(line)))


def _begins_item(text: str, start: int) -> bool:
    """Return whether a name stands at the beginning of a short line of a list or table that is no sentence."""
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", start)
    line = text[low : high if high >= 0 else len(text)]
    mark = _ITEM_LINE.match(line)
    if mark is None or len(line) > _LONGEST_LINE or line.rstrip().endswith((".", "!", "?")):
        return False
    return _is_item(line[mark.end() : start - low].strip("*_[ "))
