"""A reader whose document's text is taken out of the text nodes of parts, and put back into them.

A format says how its text is extracted (`extract`); reading, correcting in memory and writing follow from that.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corrigenda.documents import moved
from corrigenda.documents.anchored import placing
from corrigenda.documents.anchored.nodes import PartText, changed_parts
from corrigenda.documents.document import Document
from corrigenda.documents.edits import settled
from corrigenda.documents.encodings.decode import MAX_BYTES, encode
from corrigenda.documents.errors import DocumentError, Unwritable
from corrigenda.documents.origin import AnchoredOrigin
from corrigenda.documents.parts import Edit


@dataclass(frozen=True)
class Extract:
    """A document with the parts that its text comes from, and how the file is made with some of them changed."""

    document: Document
    parts: Mapping[str, PartText]
    rebuilt: Callable[[Mapping[str, bytes]], bytes]
    """Returns the file's bytes with new contents of parts, by name."""


class AnchoredReader(ABC):
    """Reads and writes a format whose documents have an `AnchoredOrigin`."""

    format: str
    suffixes: tuple[str, ...]
    narrows: bool = False
    """Whether what a correction leaves as it is at its ends is left where it stands."""

    @abstractmethod
    def extract(self, data: bytes, display: str, *, limit: int) -> Extract:
        """Return the document of a file's bytes with the parts that its text comes from.

        The same bytes always give the same nodes with the same numbers.

        Args:
            data: The file's bytes.
            display: The path that reports show.
            limit: Largest size in bytes of a file that is text; see `registry.file_limit`.

        Raises:
            Unreadable: There is none; the message says why and what to do.
        """

    def further_edits(self, part: PartText, edits: Mapping[int, Sequence[Edit]]) -> list[Edit]:
        """Return more edits of a part's raw text that edits of its nodes, by number, make necessary."""
        return []

    def read(self, data: bytes, display: str, *, limit: int = MAX_BYTES) -> Document:
        """Return the document of a file's bytes. Raises Unreadable as `extract`."""
        return self.extract(data, display, limit=limit).document

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit whose text is copy as the edit that the format has for it.

        A whole paragraph is deleted without what stands between it and the next, and what is put in has no line
        breaks but those that it has already: in running text they are spaces.
        """
        edit = placing.clipped(_origin(document), edit)
        if "\n" not in edit.text and "\t" not in edit.text and "\r" not in edit.text:
            return edit
        text = edit.text.replace("\r\n", "\n").replace("\r", "\n")
        for sign in "\n\t":
            if text.count(sign) > document.text.count(sign, edit.start, edit.end):
                text = text.replace(sign, " ")
        return edit._replace(text=text)

    def edited(self, document: Document, edits: Sequence[Edit]) -> Document:
        """Return the document with edits made, in memory: in such formats no text can become markup.

        Raises:
            Unwritable: An edit lies outside the text, or two overlap.
        """
        return moved.edited(document, edits)

    def harmless(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits that stay within one block: they leave the structure as it is."""
        origin = _origin(document)
        return [edit for edit in edits if not placing.reaches_over(origin, edit)]

    def write(self, data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
        """Return the file's bytes with edits made; parts that none touches, and all else in the others, stay the same.

        What was written is read again before it is returned.

        Raises:
            Unwritable: Edits overlap, reach over two blocks, or the file would not say what was asked for.
        """
        if not edits:
            return data
        own = settled(document, edits)
        limit = max(MAX_BYTES, len(data), len(document.text) * 4)
        extract = self.extract(data, document.path, limit=limit)
        if extract.document.text != document.text:
            raise Unwritable("The file is not the one that was checked. Check it again.")
        origin = _origin(extract.document)
        words = [piece for edit in own for piece in placing.by_words(origin, document.text, edit)]
        narrow = [placing.narrowed(document.text, edit) if self.narrows else edit for edit in words]
        node_edits = placing.placed(_origin(extract.document), extract.parts, narrow)
        texts = changed_parts(extract.parts, node_edits, self.further_edits)
        written = extract.rebuilt({name: encode(text, extract.parts[name].encoding) for name, text in texts.items()})
        self._verify(written, document, own)
        return written

    def _verify(self, written: bytes, document: Document, edits: Sequence[Edit]) -> None:
        """Raise Unwritable where what was written does not say what it should: nothing is better than a broken file."""
        wanted = moved.edited(document, edits).text
        try:
            found = self.read(written, document.path, limit=max(MAX_BYTES, len(written), len(wanted) * 4)).text
        except DocumentError as error:
            raise Unwritable(f"The corrected file could not be read again: {error.message}") from None
        if found.split() != wanted.split():
            raise Unwritable("The corrected file would not say what it should; make the corrections in it yourself.")


def _origin(document: Document) -> AnchoredOrigin:
    assert isinstance(document.origin, AnchoredOrigin), "a document of a container has anchors"
    return document.origin
