"""Detector `placeholders`: codes that stand for words which a program was to put in, left over in copy.

They are looked for in the file's text and not in what its reader sees, since `__count__` is bold to Markdown. A text
about programming shows such codes to its readers, so one that has code of its own is left alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, NamedTuple, TypedDict

from corrigenda.detectors.entries import Entry, EntryDetector, Find, Part, Said, hit_at, rule_of, said_of
from corrigenda.documents.document import Document
from corrigenda.errors import CheckError
from corrigenda.expressions import compiled
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key, Near, Words
from corrigenda.rules.rule import CompileResources, Rule

PlaceholdersKeys = TypedDict(
    "PlaceholdersKeys",
    {
        "find": Find,
        "entries": Annotated[list[Entry], Key(least=1)],
        "except": Words,
        "if": Near,
        "unless": Near,
    },
    total=False,
)


class PlaceholdersPayload(NamedTuple):
    """What an expression says, and its exceptions."""

    said: Said
    vetoes: Sequence[str]


class Placeholders(EntryDetector):
    """Codes of programs that were left over in copy."""

    name = "placeholders"
    options = PlaceholdersKeys

    def compile_entry(self, entry: Part, resources: CompileResources) -> Iterator[Rule]:
        """Turn every expression into a rule that nominates by itself."""
        for index, find in enumerate(entry.finds):
            try:
                expression = compiled(find)
            except ValueError as error:
                raise CheckError(entry.check.path, entry.line("find", index), f"{find!r}: {error}") from error
            payload = PlaceholdersPayload(said_of(entry), entry.exceptions)
            rule = Rule(structure="raw-text", arguments=(find,), gate=find, payload=payload)
            yield rule_of(entry, rule._replace(values=frozenset(expression.groupindex)))

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Leave out texts about programming, and what an exception covers."""
        for nominee in nominees:
            document = context.documents[nominee.document]
            if nominee.block is None or document.shows_code or _source_has_it(nominee, document):
                continue
            first = document.text.rfind("\n", 0, nominee.start) + 1
            last = document.text.find("\n", nominee.end)
            line = document.readable[first : last if last >= 0 else len(document.text)]
            payload = nominee.rule.payload(PlaceholdersPayload)
            start, end = nominee.start - first, nominee.end - first
            vetoes = (found.span() for veto in payload.vetoes for found in compiled(veto).finditer(line))
            if any(low < end and start < high for low, high in vetoes):
                continue
            seen = document.blocks[nominee.block].view.span_of(nominee.start, nominee.end)
            hit = hit_at(nominee, payload.said, seen.start, seen.end, {}, {}, context)
            if hit is not None:
                yield hit._replace(start=nominee.start, end=nominee.end)


def _source_has_it(nominee: Nominee, document: Document) -> bool:
    """Return whether a code of a translation stands in its source too, so that it belongs to the text."""
    code = document.text[nominee.start : nominee.end]
    if document.source is not None:
        return code in document.source_text
    source = document.blocks[nominee.block].source if nominee.block is not None else None
    return source is not None and code in source.text


DETECTOR = Placeholders()
