"""What the readers of files of data share: named fields are read, all else is left as it is."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple, Self

from corrigenda.documents import embedding
from corrigenda.documents.document import Document
from corrigenda.documents.embedding import Contents
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.parts import Directive, Edit, Embedded, Encoding, Region, RegionKind, Span, View
from corrigenda.settings import ReadingOptions

MOST_VALUES = 200_000
"""Values of one file that are read; a feed has some thousands."""


class Value(NamedTuple):
    """A value that is copy: its place and view as `Embedded` has them, and whether it is a headline.

    `masks` are stretches of the view's text that are no copy, such as the placeholders of a catalogue.
    """

    part: Embedded
    title: bool = False
    masks: Sequence[Span] = ()


class DataReader(IdentityReader):
    """Reads the fields of a file that are copy, each by the reader of its own format, and masks all else.

    A format says which they are (`values`), how a value is read (`view`) and how words are written in it (`escaped`).
    """

    usual = "text"
    """What the fields are written in where nobody says it."""

    def __init__(self, options: ReadingOptions | None = None) -> None:
        """Make a reader that obeys some options."""
        self.options = options or ReadingOptions()

    def configured(self, options: ReadingOptions) -> Self:
        """Return the reader that obeys other options."""
        return type(self)(options)

    @property
    def inner(self) -> str:
        """The format that fields are written in."""
        return self.options.field_format or self.usual

    @abstractmethod
    def values(self, text: str) -> Iterable[Value]:
        """Return the values that are copy, in the text's order. Raises Unreadable where the file is broken."""

    @abstractmethod
    def view(self, text: str, start: int, end: int) -> View:
        """Return what a value at `[start, end)` of a text says."""

    @abstractmethod
    def escaped(self, document: Document, part: Embedded, at: int, text: str) -> str:
        """Return words as the file has them in a value, put in at a position of the document."""

    def whole(self, document: Document, part: Embedded, edit: Edit) -> Edit:
        """Return an edit that is ready to be made, or a larger one where the whole value has to be written anew."""
        return edit

    def directives(self, text: str, outside: Sequence[Region]) -> tuple[Directive, ...]:
        """Return the directives that stand outside of the values, such as in a comment of the file."""
        return ()

    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        """Return the document of a file's text. Raises Unreadable where it is broken, or no field is meant."""
        values: list[Value] = []
        for value in self.values(text):
            if len(values) >= MOST_VALUES:
                raise Unreadable(f"The file has more than {MOST_VALUES:,} texts. Split it, or name the fields to read.")
            values.append(value)
        found = embedding.joined(_contents(value) for value in values)
        parts = tuple(value.part for value in values)
        outside = embedding.between(parts, len(text))
        spoken = (*self.directives(text, outside), *found.directives)
        return Document(
            display,
            text,
            self.format,
            tuple(sorted((*outside, *found.regions), key=lambda region: (region.start, -region.end))),
            tuple(block for block in found.blocks if block.view.text),
            encoding,
            sha256,
            tuple(sorted(spoken)),
            unread=found.unread,
            embedded=parts,
            options=self.options,
        )

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit whose text is copy as the edit that the file is given: spelled as the field's own format
        needs, and then as a value of the file. It never reaches out of its field.
        """
        part = document.embedded_at(edit.start)
        if part is None:
            return edit
        start, end, text = embedding.spelled(document, part, edit)
        span = _placed(part, start, end)
        return self.whole(document, part, Edit(span.start, span.end, self.escaped(document, part, span.start, text)))

    def harmless(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits, as `spelled` returned them, after which programs read the file as before."""
        return list(filter(partial(self._is_harmless, document), edits))

    def _is_harmless(self, document: Document, edit: Edit) -> bool:
        part = document.embedded_at(edit.start)
        if part is None or edit.end > part.end:
            return False
        if part.format == "text":
            return True
        raw = document.text[part.start : edit.start] + edit.text + document.text[edit.end : part.end]
        return embedding.harmless(part, self.view(raw, 0, len(raw)).text)


def _placed(part: Embedded, start: int, end: int) -> Span:
    """Return the file's stretch for a stretch of what a value says; in an empty value, the value itself."""
    if start < end:
        return part.view.to_document(start, end)
    if start == len(part.view.text):
        return Span(part.end, part.end)
    # Behind the character before it, not before the next, where an escape or markup may stand between the two.
    at = part.view.to_document(start - 1, start).end if start else part.view.to_document(0, 0).start
    return Span(at, at)


def _contents(value: Value) -> Contents:
    """Return what stands in a value."""
    found = embedding.contents(value.part, RegionKind.HEADING if value.title else None)
    if not value.masks:
        return found
    outer = value.part.view
    masked = (outer.to_document(*mask) for mask in value.masks)
    more = (Region(RegionKind.CODE, span.start, span.end) for span in masked)
    return found._replace(regions=tuple(sorted((*found.regions, *more))))
