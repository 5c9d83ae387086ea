"""JSON: the fields that are named, or all strings that are copy, as in a catalogue of texts."""

from collections.abc import Iterable

from corrigenda.documents.data import Value
from corrigenda.documents.json import scanner
from corrigenda.documents.json.reader import JsonBase

SUFFIXES = (".json",)
IN_FOLDERS = False


class JsonReader(JsonBase):
    """Reads JSON and writes it back."""

    format = "json"
    suffixes = SUFFIXES

    def values(self, text: str) -> Iterable[Value]:
        """Return the strings that are copy. Raises Unreadable for what is no JSON."""
        return self.chosen(scanner.strings(text), text)


READER = JsonReader()
