"""The members of the objects of a JSON text, with the places of their keys: in some catalogues a key is the source."""

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from corrigenda.documents.catalogues.escapes import respelled, view_of
from corrigenda.documents.json import scanner
from corrigenda.documents.parts import Edit, Span, View

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_CHARACTER = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[\s\S]")
_ESCAPED = re.compile(r"\\u[0-9a-fA-F]{4}")


class Member(NamedTuple):
    """A member of an object: the keys that lead to it, its own last, and where that stands; `value` is where its value
    stands if that is a string, both between their quotation marks, and `opens` says that it is an object.
    """

    path: tuple[str, ...]
    key: Span
    value: Span | None
    opens: bool


def members(text: str) -> Iterator[Member]:
    """Yield the members of all objects that lie in no list, each before what lies in it.

    Raises:
        Unreadable: The text is not valid JSON.
    """
    for _ in scanner.strings(text):  # refuses what is not valid, with the place
        pass
    path: list[str] = []
    key: Span | None = None
    lists = 0
    is_value = True
    for token in _TOKEN.finditer(text):
        sign = text[token.start()]
        if lists:
            lists += (sign == "[") - (sign == "]")
        elif sign == "[":
            lists, key = 1, None
        elif sign == "{":
            if key is not None:
                name = scanner.plain(text[key.start : key.end])
                path.append(name)
                yield Member(tuple(path), key, None, True)
            else:
                path.append("")
            key, is_value = None, False
        elif sign == "}":
            path.pop()
            key = None
        elif sign == ":":
            is_value = True
        elif sign == ",":
            key, is_value = None, False
        elif sign == '"':
            span = Span(token.start() + 1, token.end() - 1)
            if not is_value:
                key = span
            elif key is not None:
                name = scanner.plain(text[key.start : key.end])
                yield Member((*path, name), key, span, False)


def view(text: str, span: Span) -> View:
    """Return what a string between its quotation marks says."""
    return view_of(text, [span], partial(scanner.escapes, text))


def spelled(text: str, edit: Edit) -> Edit:
    """Return an edit of a string, whose text is copy, as JSON has it; beyond ASCII as the file has it elsewhere."""
    ascii_only = text.isascii() and _ESCAPED.search(text) is not None
    return respelled(text, edit, _CHARACTER, partial(scanner.written, ascii_only=ascii_only))
