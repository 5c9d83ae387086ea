"""ARB, the catalogues of Flutter: JSON whose strings are ICU messages; a member `@key` says what its key is for."""

from corrigenda.documents.catalogues import json_members, languages
from corrigenda.documents.catalogues.entry import Catalogue, Entry
from corrigenda.documents.catalogues.reader import CatalogueReader
from corrigenda.documents.catalogues.reading import spoken
from corrigenda.documents.parts import Edit, Span

SUFFIXES = (".arb",)
IN_FOLDERS = False


class ArbReader(CatalogueReader):
    """Reads the texts of an ARB file and writes them back."""

    format = "arb"
    suffixes = SUFFIXES

    def catalogue(self, text: str, display: str) -> Catalogue:
        """Return the texts of an ARB file. Raises Unreadable for what is no JSON."""
        entries: list[Entry] = []
        notes: list[tuple[str, Span]] = []
        language = ""
        for member in json_members.members(text):
            name, value = member.path[1] if len(member.path) > 1 else "", member.value
            if value is None or not name:
                continue
            if name == "@@locale":
                language = languages.tag(json_members.view(text, value).text)
            elif len(member.path) == 2 and not name.startswith("@"):
                view = json_members.view(text, value)
                if view.text:
                    entries.append(Entry(name, view, member.key.start - 1, value.end + 1, icu=True))
            elif name.startswith("@") and member.path[-1] == "description":
                notes.append((name[1:], value))
        covered = {entry.id: Span(entry.start, entry.end) for entry in entries}
        found = [
            directive
            for name, span in notes
            for directive in spoken([(*span, json_members.view(text, span).text)], covered.get(name, span))
        ]
        return Catalogue(tuple(entries), language, tuple(sorted(found)))

    def respelled(self, text: str, edit: Edit, entry: Entry) -> Edit:
        """Return an edit of a string as JSON has it."""
        return json_members.spelled(text, edit)


READER = ArbReader()
