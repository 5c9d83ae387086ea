"""The fields of front matter that are copy: a title, a description, a summary; all others are data.

YAML between lines of `---` and TOML between lines of `+++` are read line by line: a parser of either tells values and
no places. Only fields of the outermost level count, and only values that are text.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from corrigenda.documents import characters, views
from corrigenda.documents.parts import Block, Region, RegionKind, View

TITLES = frozenset("title subtitle headline kicker linktitle sidebar_title titletemplate seo_title".split())
COPY = TITLES | frozenset(
    "description summary excerpt abstract lead lede dek deck standfirst teaser intro tagline caption image_caption "
    "image_alt seo_description meta_description".split()
)
"""Names of fields that are copy, in lower case with underlines."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_KEY = re.compile(r"([A-Za-z][\w-]*)[ \t]*([:=])[ \t]*")
_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$")
_PLAIN_END = re.compile(r"[ \t]+#.*$")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*(?:#.*)?$')
_SINGLE = re.compile(r"'((?:[^']|'')*)'[ \t]*(?:#.*)?$")
_ESCAPE = re.compile(r'\\(?:u[\da-fA-F]{4}|U[\da-fA-F]{8}|x[\da-fA-F]{2}|[0abtnvfre"/\\ ])')
_TWO = re.compile("''")
_NOT_TEXT = re.compile(r"[\[\]{}&*!%@`|>#,?-]|(?:true|false|null|yes|no|~)?$|[\d.:+TZ-]+$", re.IGNORECASE)
_SIGNS = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", " ": " ", "r": "\r"}
_LONGEST = 20_000
_WORD = re.compile(r"[^\W\d_]{2,}")


class Field(NamedTuple):
    """A field that is copy: where its value stands, what it says, and how it is written.

    `style` is the quotation mark around the value, "" for none, and "|" for a block of lines.
    """

    start: int
    end: int
    view: View
    style: str
    kind: RegionKind


def fields(text: str, start: int, end: int) -> Iterator[Field]:
    """Yield the fields of front matter `[start, end)` that are copy, in order."""
    toml = text.startswith("+++", start)
    lines = _lines(text, start, min(end, start + _LONGEST))
    number = 0
    while number < len(lines):
        first, last = lines[number]
        number += 1
        if text.startswith("[", first) and toml:
            return  # a table begins
        key = _KEY.match(text, first, last)
        if key is None or (key[2] == "=") != toml or key[1].lower().replace("-", "_") not in COPY:
            continue
        following = number
        while following < len(lines) and (_is_empty(text, lines[following]) or text[lines[following][0]] in " \t"):
            following += 1
        kind = RegionKind.HEADING if key[1].lower().replace("-", "_") in TITLES else RegionKind.PROSE
        inside = lines[number:following]
        yield from _value(text, key.end(), last, inside, kind, toml=toml)
        number = following


def _value(
    text: str, at: int, last: int, below: list[tuple[int, int]], kind: RegionKind, *, toml: bool
) -> Iterator[Field]:
    """Yield the fields of one value, which is one but for a block of several paragraphs."""
    if not toml and _BLOCK.match(text, at, last):
        for first, end in _paragraphs(text, below):
            yield Field(first, end, views.plain(text, first, end), "|", kind)
        return
    double = _DOUBLE.match(text, at, last)
    single = None if double is not None else _SINGLE.match(text, at, last)
    if double is not None:
        start, end = double.span(1)
        changes = [
            (one.start() - start, one.end() - start, _said(one[0])) for one in _ESCAPE.finditer(text, start, end)
        ]
        yield Field(start, end, views.replaced(views.plain(text, start, end), changes), '"', kind)
    elif single is not None:
        start, end = single.span(1)
        view = views.plain(text, start, end)
        if not toml:
            view = views.replaced(view, [(two.start(), two.end(), "'") for two in _TWO.finditer(view.text)])
        yield Field(start, end, view, "'", kind)
    elif not toml and text[at : at + 1] not in ("'", '"'):
        end = last
        for first, stop in [(at, last), *(_words(text, line) for line in below if not _is_empty(text, line))]:
            comment = _PLAIN_END.search(text, first, stop)
            end = comment.start() if comment is not None else stop
            if comment is not None:
                break
        if at < end and _NOT_TEXT.match(text, at, end) is None:
            yield Field(at, end, views.plain(text, at, end), "", kind)


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where lines begin and end, without white space at their ends."""
    found = _LINE.finditer(text, start, end)
    return [(line.start(), line.start() + len(line[0].rstrip())) for line in found if line.end() > line.start()]


def _is_empty(text: str, line: tuple[int, int]) -> bool:
    return line[1] <= line[0]


def _words(text: str, line: tuple[int, int]) -> tuple[int, int]:
    start, end = line
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end


def _paragraphs(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a block of lines, which empty ones part."""
    begun, end = -1, -1
    for line in [*lines, (0, 0)]:
        if _is_empty(text, line):
            if begun >= 0:
                yield begun, end
            begun = -1
        else:
            first, end = _words(text, line)
            begun = first if begun < 0 else begun


def _said(escape: str) -> str:
    if escape[1] in "uUx":
        code = int(escape[2:], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return _SIGNS.get(escape[1], " ")


def taken(text: str, regions: list[Region]) -> tuple[list[Block], list[Region]]:
    """Return the blocks of front matter's copy, and the regions with it left out of what is masked."""
    place = next((region for region in regions if region.kind is RegionKind.FRONT_MATTER), None)
    if place is None:
        return [], regions
    blocks: list[Block] = []
    kept = [region for region in regions if region is not place]
    reached = place.start
    for field in fields(text, place.start, place.end):
        seen = views.tidy(characters.as_read(field.view))
        if not seen.text or _WORD.search(seen.text) is None:
            continue
        span = seen.to_document(0, len(seen.text))
        kept += (Region(RegionKind.FRONT_MATTER, reached, field.start), Region(field.kind, span.start, span.end))
        blocks.append(Block(field.kind, span.start, span.end, seen))
        reached = field.end
    kept.append(Region(RegionKind.FRONT_MATTER, reached, place.end))
    return blocks, kept


def field_at(text: str, end: int, position: int) -> Field | None:
    """Return the field of front matter, which ends at `end`, that holds a position; None where none does."""
    return next((field for field in fields(text, 0, end) if field.start <= position <= field.end), None)


_NOT_PLAIN = re.compile(r":(?=\s|$)|\s#|^[\s\[\]{}&*!%@`|>#,?'\"-]|\s$")


def written(field: Field, value: str, words: str) -> str | None:
    """Return words as a field has them; None where its value has to be written anew, in quotation marks.

    Args:
        field: The field.
        value: Its whole value, as it is written once the words are put in as they are.
        words: The words.
    """
    if field.style == '"':
        return words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    if field.style == "'":
        return words.replace("'", "''")
    if field.style == "|":
        return words
    return None if _NOT_PLAIN.search(value) else words


def quoted(value: str) -> str:
    """Return a plain value in quotation marks."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def data(text: str, end: int) -> str:
    """Return what a program reads in front matter, without its copy; all of its text where none can read it."""
    import yaml  # deferred: few runs have corrections to judge

    inside = text[:end].strip()
    if inside.startswith("+++"):
        import tomllib  # deferred: as above

        try:
            loaded: object = tomllib.loads(inside.strip("+"))
        except tomllib.TOMLDecodeError:
            return text[:end]
    else:
        try:
            loaded = yaml.load(inside.strip("-"), Loader=yaml.BaseLoader)
        except yaml.YAMLError:
            return text[:end]
    if not isinstance(loaded, Mapping):
        return repr(loaded)
    return repr([(key, "" if str(key).lower().replace("-", "_") in COPY and isinstance(value, str) else value)
                 for key, value in loaded.items()])  # fmt: skip
