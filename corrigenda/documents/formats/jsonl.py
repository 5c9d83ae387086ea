"""JSON Lines: a record on each line."""

import re
from collections.abc import Iterable, Iterator

from corrigenda.documents.data import Value
from corrigenda.documents.json import scanner
from corrigenda.documents.json.reader import JsonBase
from corrigenda.documents.json.scanner import String

SUFFIXES = (".jsonl", ".ndjson")
IN_FOLDERS = False

_LINE = re.compile(r"[^\r\n]+")


class JsonLinesReader(JsonBase):
    """Reads JSON Lines and writes them back."""

    format = "jsonl"
    suffixes = SUFFIXES

    def values(self, text: str) -> Iterable[Value]:
        """Return the strings that are copy. Raises Unreadable for a line that is no JSON."""
        return self.chosen(_strings(text), text)


def _strings(text: str) -> Iterator[String]:
    record = 1
    for line in _LINE.finditer(text):
        if line[0].isspace():
            continue
        for one in scanner.strings(text, line.start(), line.end()):
            yield one._replace(record=record)
        record += 1


READER = JsonLinesReader()
