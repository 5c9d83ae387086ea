"""Which fields of a file of data are copy: by the names that somebody gave, else by what the values look like."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from corrigenda.documents.errors import Unreadable
from corrigenda.errors import did_you_mean
from corrigenda.settings import ReadingOptions

_MOST_NAMES = 1_000
_LOOKED_AT = 2_000
"""Characters of a value by which it is judged."""
MOST_SHOWN = 12
"""Fields that a message names."""


class Field(NamedTuple):
    """One value of a file of data: `[start, end)` of the text, how it is written, and the way to it.

    `path` is the keys that lead to it ("articles[].body"), `label` the same with numbers ("articles[4].body"), and
    `record` the number of its record.
    """

    start: int
    end: int
    path: str
    label: str
    record: int


class Wanted:
    """The names that were given for fields: which paths they mean."""

    def __init__(self, options: ReadingOptions, *, folded: bool = False) -> None:
        """Take the names; `folded` says that case does not count, as in the headings of a table."""
        self._folded = folded
        self._text = [self._name(name) for name in options.text_fields]
        self._title = [self._name(name) for name in options.title_fields]
        self._known: dict[str, str] = {}
        self.said = (*options.text_fields, *options.title_fields)

    def kind(self, path: str) -> str:
        """Return "title" or "text" for the path of a wanted field, "" for another."""
        found = self._known.get(path)
        if found is None:
            own = self._name(path)
            found = "title" if _any(self._title, own) else "text" if _any(self._text, own) else ""
            self._known[path] = found
        return found

    def _name(self, path: str) -> str:
        return path.strip().casefold() if self._folded else path.strip()

    def refuse_missing(self, what: str) -> None:
        """Raise Unreadable where names were given and no field that was asked about is meant by them.

        Args:
            what: What the file calls them: "field" or "column".
        """
        if not self.said or any(self._known.values()) or not self._known:
            return
        names = list(dict.fromkeys(_last(path) for path in islice(self._known, _MOST_NAMES)))
        named = ", ".join(repr(name) for name in self.said[:MOST_SHOWN])
        shown = ", ".join(repr(name)[:80] for name in names[:MOST_SHOWN]) + (" …" if len(names) > MOST_SHOWN else "")
        hint = did_you_mean(self.said[0], names, otherwise=f"there are: {shown}")
        raise Unreadable(f"No {what} of this file is called {named}; {hint}{'' if hint.endswith('?') else '.'}")


def _last(path: str) -> str:
    """Return the last key of a path, by which a person would name the field."""
    return path.removesuffix("[]").rpartition(".")[2].rpartition("]")[2] or path


def _any(names: Sequence[str], path: str) -> bool:
    """Return whether one of some names means a path, or the list whose members have it."""
    return any(_means(name, path) or (path.endswith("[]") and _means(name, path.removesuffix("[]"))) for name in names)


def _means(name: str, path: str) -> bool:
    if name.startswith("$"):
        return path == name[1:].removeprefix(".")
    if not path.endswith(name) or not name:
        return False
    before = path[: len(path) - len(name)]
    return not before or before[-1] in ".]" or name[0] in ".["


_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}:(?://)?\S+|[./~]{0,2}(?:[\w.@%-]+/)+[\w.@%-]*(?:[?#]\S*)?|www\.\S+|\S+@\S+\.\w+|"
    r"[\w-]+(?:\.[\w-]+)+)",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"[^\W\d_]+(?:['’-][^\W\d_]+)*[.,:;!?…)\]\"”’»]*|[(\[\"“‘«]+[^\W\d_]+(?:['’-][^\W\d_]+)*[.,:;!?…)\]\"”’»]*"
)
_CAPITAL = re.compile(r"[\"“‘]?[^\W\d_a-z][^\W\d_A-Z]+(?:['’-][^\W\d_]+)*[.!?:…\"”’]*")
_SENTENCE = re.compile(r"[^\W\d_]{2,}[.!?…]")
_CODE = re.compile(
    r"[{};]\s*$|^\s*[<{\[(]|=>|\b(?:function|return|var|const|SELECT|INSERT)\b.*[;()]|^\s*[#.][\w-]+\s*\{"
)
_STYLE = re.compile(r"(?:^|\s)[\w-]+-[\w-]+(?:\s+[\w-]+)*$")
_TYPE = re.compile(r"\w+/[\w.+-]+(?:\s*;.*)?")
_NO_COPY_KEYS = frozenset(
    (
        "id uuid guid key slug type kind class classname style href src url uri link icon image path file filename "
        "format mime code lang language locale currency color colour date time datetime timestamp created modified "
        "updated published status version hash sha token etag encoding charset email phone zip"
    ).split()
)


def is_copy(path: str, value: str) -> bool:
    """Return whether a value of a file whose fields nobody named is copy, and no address, identifier, code or date."""
    text = value[:_LOOKED_AT].strip()
    if not text or not any(map(str.isalpha, text)):
        return False
    words = text.split()
    key = _last(path).replace("_", "").replace("-", "").casefold()
    if len(words) == 1:
        if _ADDRESS.fullmatch(text) or key in _NO_COPY_KEYS:
            return False
        return _CAPITAL.fullmatch(text) is not None or _SENTENCE.fullmatch(text) is not None
    if _TYPE.fullmatch(text) or (key in _NO_COPY_KEYS and len(words) < 4):
        return False
    plain = sum(1 for word in words if _WORD.fullmatch(word))
    if plain < 2 and not (plain == 1 and len(words) <= 3 and _CAPITAL.fullmatch(words[0])):
        return False
    if text.islower() and text.isascii() and len(words) < 8 and _STYLE.search(text) and text[-1] not in ".!?":
        return False
    return plain * 2 >= len(words) and (_CODE.search(text) is None or plain * 10 >= len(words) * 8)
