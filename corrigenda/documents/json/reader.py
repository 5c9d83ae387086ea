"""What the readers of JSON and of JSON Lines share."""

from collections.abc import Iterable, Iterator

from corrigenda.documents import placeholders, views
from corrigenda.documents.data import DataReader, Value
from corrigenda.documents.document import Document
from corrigenda.documents.fields import Wanted, is_copy
from corrigenda.documents.json import scanner
from corrigenda.documents.json.scanner import String
from corrigenda.documents.parts import Embedded, View


class JsonBase(DataReader):
    """Reads strings of JSON: those of the named fields, or all that are copy."""

    def chosen(self, found: Iterable[String], text: str) -> Iterator[Value]:
        """Yield the strings that are copy. Raises Unreadable where no string is in a field that was named."""
        wanted = Wanted(self.options)
        texts = 0
        for one in found:
            if wanted.said:
                kind = wanted.kind(one.path)
                if kind and one.end > one.start:
                    view = self.view(text, one.start, one.end)
                    yield Value(Embedded(one.start, one.end, view, self.inner, one.label, one.record), kind == "title")
                continue
            raw = text[one.start : one.end]
            if "\\" not in raw and not is_copy(one.path, raw):
                continue
            view = self.view(text, one.start, one.end)
            if is_copy(one.path, view.text):
                texts += 1  # in a catalogue each text stands for itself
                part = Embedded(one.start, one.end, view, self.inner, one.label, texts)
                yield Value(part, masks=placeholders.find(view.text))
        wanted.refuse_missing("field")

    def view(self, text: str, start: int, end: int) -> View:
        """Return what the characters of a string say: an escape is one letter that stands for the whole of it."""
        view = views.plain(text, start, end)
        if text.find("\\", start, end) < 0:
            return view
        changes = [(first - start, last - start, said) for first, last, said in scanner.escapes(text, start, end)]
        return views.replaced(view, changes)

    def escaped(self, document: Document, part: Embedded, at: int, text: str) -> str:
        """Return words as a JSON string has them; not beyond ASCII in a file that escapes what is."""
        whole = document.text
        return scanner.written(text, ascii_only=whole.isascii() and "\\u" in whole)
