"""Strings files of Apple's systems: `"key" = "value";`, the comment before a string is its note."""

import re

from corrigenda.documents.catalogues import escapes
from corrigenda.documents.catalogues.entry import Catalogue, Entry
from corrigenda.documents.catalogues.reader import CatalogueReader
from corrigenda.documents.catalogues.reading import spoken
from corrigenda.documents.encodings.decode import MAX_BYTES
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Directive, Edit, Encoding, Span

SUFFIXES = (".strings",)
IN_FOLDERS = False

_SPACE = re.compile(r"\s+")
_COMMENT = re.compile(r"/\*(?P<block>[\s\S]*?)\*/|//(?P<line>[^\r\n]*)")
_STRING = r'"(?:[^"\\]*+(?:\\[\s\S][^"\\]*+)*+)"'
_PAIR = re.compile(
    rf"(?P<key>{_STRING}|[A-Za-z0-9_.$/:-]+)\s*(?:=\s*(?P<value>{_STRING}|[A-Za-z0-9_.$/:-]+)\s*)?(?:;|(?=\s*\Z))"
)
_ESCAPE = re.compile(r"\\(?:[Uu][0-9A-Fa-f]{4}|[0-7]{1,3}|[\s\S])")
_CHARACTER = re.compile(_ESCAPE.pattern + r"|[\s\S]")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_SPELLED = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})


class StringsReader(CatalogueReader):
    """Reads the values of a strings file and writes them back."""

    format = "strings"
    suffixes = SUFFIXES

    def decoded(self, data: bytes, *, limit: int = MAX_BYTES) -> tuple[str, Encoding]:
        """Return the text of a file's bytes. Raises Unreadable, for a compiled table too."""
        if data.startswith(b"bplist"):
            raise Unreadable("This is a compiled table of strings; check the file that it was made from.")
        return super().decoded(data, limit=limit)

    def catalogue(self, text: str, display: str) -> Catalogue:
        """Return the strings of a file. Raises Unreadable with the line of what is none."""
        entries: list[Entry] = []
        found: list[Directive] = []
        notes: list[tuple[int, int, str]] = []
        at, head = 0, None
        while at < len(text):
            space = _SPACE.match(text, at)
            if space is not None:
                at = space.end()
                continue
            comment = _COMMENT.match(text, at)
            if comment is not None:
                head = at if head is None else head
                notes.append((at, comment.end(), (comment["block"] or comment["line"] or "").strip()))
                at = comment.end()
                continue
            pair = _PAIR.match(text, at)
            if pair is None:
                raise Unreadable(_wrong(text, at))
            start = at if head is None else head
            found += spoken(notes, Span(start, pair.end()))
            value = pair["value"]
            if value is not None and value.startswith('"'):
                first, last = pair.span("value")
                view = escapes.decoded(text, [(first + 1, last - 1)], _ESCAPE, _letter)
                key = pair["key"]
                if view.text:
                    entries.append(Entry(_said(key), view, start, pair.end()))
            at, head, notes = pair.end(), None, []
        found += spoken(notes, Span(len(text), len(text)))
        return Catalogue(tuple(entries), "", tuple(found))

    def respelled(self, text: str, edit: Edit, entry: Entry) -> Edit:
        """Return an edit of a string with its quotation marks, backslashes and line breaks escaped."""
        return escapes.respelled(text, edit, _CHARACTER, lambda copy: copy.translate(_SPELLED))


READER = StringsReader()


def _letter(escape: re.Match[str]) -> str:
    said = escape[0][1:]
    if said[0] in "Uu" and len(said) == 5:
        return chr(int(said[1:], 16))
    if said[0] in "01234567":
        return chr(int(said, 8))
    return _LETTERS.get(said, said)


def _said(key: str) -> str:
    return _ESCAPE.sub(_letter, key[1:-1]) if key.startswith('"') else key


def _wrong(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    shown = text[at : at + 40].splitlines()[0]
    if text.startswith("/*", at):
        what = "a comment begins there that does not end"
    elif text.startswith("<", at):
        return "This is XML, not a strings file; give it the ending .stringsdict or .plist."
    else:
        what = f"{shown!r} is no pair of strings with a semicolon behind it"
    return f"Line {line:,} is none of a strings file: {what}. Check the file with plutil -lint."
