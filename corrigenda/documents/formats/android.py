"""Strings of Android applications: `<resources>` with strings, plurals and arrays. Found by their root element."""

import re

from corrigenda.documents import views
from corrigenda.documents.catalogues import xml_content
from corrigenda.documents.catalogues.entry import Catalogue, Entry
from corrigenda.documents.catalogues.reading import spoken
from corrigenda.documents.catalogues.xml_content import VALUE, Content, root_is
from corrigenda.documents.catalogues.xml_reader import XmlCatalogueReader
from corrigenda.documents.parts import Directive, Edit, Span, View
from corrigenda.documents.xml.events import Comment, End, Start
from corrigenda.documents.xml.scanner import scan

SUFFIXES = ()

_OUTER = frozenset(("string", "plurals", "string-array"))
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|[\s\S])|\"|[ \t]*[\r\n]\s*")
_SAID = {"n": "\n", "t": "\t"}
_SPELLED = str.maketrans({"\\": "\\\\", "'": "\\'", '"': '\\"', "\n": "\\n", "\t": "\\t"})
_REFERENCE = re.compile(r"\s*[@?](?:\+?[\w.]+:)?\w+/[\w.]+\s*")


class AndroidReader(XmlCatalogueReader):
    """Reads the strings of an Android application and writes them back."""

    format = "android"
    suffixes = SUFFIXES

    def catalogue(self, text: str, display: str) -> Catalogue:
        """Return the strings of a file. Raises Unreadable for what is no file of resources."""
        entries: list[Entry] = []
        directives: list[Directive] = []
        stack: list[Start] = []
        content: Content | None = None
        within = number = 0
        notes: list[tuple[int, int, str]] = []
        for event in scan(text):
            if isinstance(event, Start):
                if not stack:
                    root_is(("resources",), event.name, "file of Android's resources")
                if content is not None:
                    content.take(event, _inline)
                elif event.name == "string" or (event.name == "item" and stack[-1].name in _OUTER):
                    content, within = Content(event.end), len(stack)
                elif event.name in _OUTER:
                    number = 0
                stack.append(event)
            elif isinstance(event, End):
                tag = stack.pop()
                if content is not None and len(stack) > within:
                    content.take(event, _inline)
                elif content is not None:
                    unit = stack[-1] if tag.name == "item" else tag
                    name = unit.attributes.get("name", "")
                    if unit.name == "string-array":
                        name = f"{name}[{number}]"
                        number += 1
                    view = _read(content.view())
                    if view.text.strip() and _is_copy(unit, view):
                        entries.append(Entry(name, view, unit.start, event.end, marks=tuple(content.marks), icu=True))
                    content = None
                if len(stack) == 1:
                    directives += spoken(notes, Span(tag.start, event.end))
                    notes = []
            elif content is not None:
                content.take(event, _inline)
            elif isinstance(event, Comment):
                notes.append((event.start, event.end, event.value.strip()))
        directives += spoken(notes, Span(len(text), len(text)))
        return Catalogue(tuple(entries), "", tuple(sorted(directives)))

    def respelled(self, text: str, edit: Edit, entry: Entry) -> Edit:
        """Return an edit of a string with Android's escapes, as XML has it."""
        return xml_content.spelled(text, edit, entry, lambda copy: copy.translate(_SPELLED))


READER = AndroidReader()


def _inline(tag: Start) -> str | None:
    """Return what a reader sees of an inline element, None where its content is copy."""
    if tag.name.rpartition(":")[2] == "g" and ":" in tag.name:
        return VALUE
    return "\n" if tag.name == "br" else None


def _read(view: View) -> View:
    """Return a string as an application shows it: escapes decoded, line breaks of the file as spaces, no bare quotation
    marks.
    """
    changes = [(*found.span(), _letter(found[0])) for found in _ESCAPE.finditer(view.text)]
    return views.replaced(view, changes) if changes else view


def _letter(escape: str) -> str:
    if escape == '"':
        return ""
    if escape[0] != "\\":
        return " "
    if escape[1] == "u" and len(escape) == 6:
        return chr(int(escape[2:], 16))
    return _SAID.get(escape[1], escape[1])


def _is_copy(unit: Start, view: View) -> bool:
    return unit.attributes.get("translatable") != "false" and _REFERENCE.fullmatch(view.text) is None
