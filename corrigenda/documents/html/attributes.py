"""The values of attributes where they stand in a tag."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from corrigenda.documents.html.events import Said

_ATTRIBUTE = re.compile(r"""(?<=[\s/"'])([^\s/>="'][^\s/>=]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*))""")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,40});")
_NAME = re.compile(r"</?[^\s/>]+")


class Value(NamedTuple):
    """An attribute's value: `[start, end)` within its quotation marks, `quote` the mark, empty where there is none."""

    start: int
    end: int
    quote: str


def values(text: str, start: int, end: int) -> Iterator[tuple[str, Value]]:
    """Yield the attributes that have a value of the tag `[start, end)`, their names in lower case."""
    name = _NAME.match(text, start, end)
    for found in _ATTRIBUTE.finditer(text, name.end() if name is not None else start, end):
        group = found.lastindex or 4
        yield found[1].lower(), Value(*found.span(group), {2: '"', 3: "'"}.get(group, ""))


def pieces(text: str, value: Value) -> list[Said]:
    """Return what an attribute's value says, in pieces."""
    result: list[Said] = []
    at = value.start
    for found in _REFERENCE.finditer(text, value.start, value.end):
        if found.start() > at:
            result.append(Said(text[at : found.start()], at, found.start()))
        result.append(Said(unescape(found[0]), *found.span()))
        at = found.end()
    if value.end > at:
        result.append(Said(text[at : value.end], at, value.end))
    return result
