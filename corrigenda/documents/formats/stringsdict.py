"""Plurals of Apple's systems (.stringsdict): a property list with a text for each plural form."""

from corrigenda.documents.catalogues.entry import Catalogue, Entry
from corrigenda.documents.catalogues.reading import spoken
from corrigenda.documents.catalogues.xml_content import Content, root_is
from corrigenda.documents.catalogues.xml_reader import XmlCatalogueReader
from corrigenda.documents.parts import Directive, Span
from corrigenda.documents.xml.events import Comment, End, Start
from corrigenda.documents.xml.scanner import scan

SUFFIXES = (".stringsdict",)
IN_FOLDERS = False

_FORMS = frozenset(("zero", "one", "two", "few", "many", "other", "NSStringLocalizedFormatKey"))
_WIDTHS = "NSStringVariableWidthRuleType"


class StringsdictReader(XmlCatalogueReader):
    """Reads the texts of plural forms and writes them back."""

    format = "stringsdict"
    suffixes = SUFFIXES

    def catalogue(self, text: str, display: str) -> Catalogue:
        """Return the texts of a file. Raises Unreadable for what is no property list."""
        entries: list[Entry] = []
        directives: list[Directive] = []
        stack: list[str] = []
        path: list[str] = []
        key = ""
        started = 0
        content: Content | None = None
        notes: list[tuple[int, int, str]] = []
        for event in scan(text):
            if isinstance(event, Start):
                if not stack:
                    root_is(("plist",), event.name, "property list")
                stack.append(event.name)
                if event.name == "dict":
                    path.append(key)
                elif event.name in ("key", "string"):
                    content = Content(event.end)
                    if event.name == "key" and len(path) == 1:
                        started = event.start
            elif isinstance(event, End):
                stack.pop()
                if event.name == "dict":
                    path.pop()
                    if len(path) == 1:
                        directives += spoken(notes, Span(started, event.end))
                        notes = []
                elif event.name == "key" and content is not None:
                    key = content.view().text
                elif event.name == "string" and content is not None:
                    view = content.view()
                    if len(path) > 1 and (key in _FORMS or path[-1] == _WIDTHS) and view.text.strip():
                        entries.append(Entry(path[1], view, started, event.end, marks=tuple(content.marks)))
                content = None
            elif content is not None:
                content.take(event, lambda _: "")
            elif isinstance(event, Comment):
                notes.append((event.start, event.end, event.value.strip()))
        directives += spoken(notes, Span(len(text), len(text)))
        return Catalogue(tuple(entries), "", tuple(sorted(directives)))


READER = StringsdictReader()
