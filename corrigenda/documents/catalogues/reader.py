"""What the readers of catalogues share: the file's own text, its units' texts as blocks, and marks for review."""

from abc import abstractmethod
from collections.abc import Hashable, Sequence

from corrigenda.documents.catalogues import languages, placeholders
from corrigenda.documents.catalogues.entry import Catalogue, Entry
from corrigenda.documents.catalogues.reading import CatalogueDocument, document_of, entry_at
from corrigenda.documents.document import Document
from corrigenda.documents.edits import apply
from corrigenda.documents.errors import DocumentError
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.parts import Edit, Encoding

_TRIALS = 64
"""Edits that are tried one by one where all of them together change more than copy."""


class CatalogueReader(IdentityReader):
    """Reads a file of translation units; a format says which units there are, and how their texts are spelled."""

    @abstractmethod
    def catalogue(self, text: str, display: str) -> Catalogue:
        """Return the units of a file's text. Raises Unreadable, with the line, where it is not of this format."""

    @abstractmethod
    def respelled(self, text: str, edit: Edit, entry: Entry) -> Edit:
        """Return an edit of an entry's text, which is copy, as the file is to have it."""

    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        """Return the document of a catalogue's text. Raises Unreadable where it is not of this format."""
        found = self.catalogue(text, display)
        language = found.language or languages.of_path(display)
        return document_of(text, display, self.format, encoding, sha256, found, language, self.catalogue)

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit whose text is copy as the edit that the file is given."""
        entry = entry_at(self._known(document), edit.start)
        return edit if entry is None else self.respelled(document.text, edit, entry)

    def accompanying(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return the edits that mark the changed units for review, as the format does that; none for a unit that is
        marked already.
        """
        entries = self._known(document)
        found: dict[Edit, None] = {}
        for edit in edits:
            if document.text[edit.start : edit.end] == edit.text:
                continue
            entry = entry_at(entries, edit.start)
            if entry is not None:
                found.update(dict.fromkeys(entry.review))
        return sorted(found)

    def harmless(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits that leave every unit, its source, its placeholders and all around it as it is."""
        before = self._structure(document.text, document.path)
        kept: list[Edit] = []
        waiting = _apart(edits)
        tried = 0
        while waiting:
            some = waiting.pop()
            if self._keeps(document, some, before):
                kept += some
            elif len(some) > 1 and tried < _TRIALS:
                half = len(some) // 2
                waiting += (some[:half], some[half:])
            tried += 1
        known = frozenset(kept)
        return [edit for edit in edits if edit in known]

    def _keeps(self, document: Document, edits: Sequence[Edit], before: Hashable) -> bool:
        try:
            return self._structure(apply(document, edits), document.path) == before
        except DocumentError:
            return False

    def _structure(self, text: str, display: str) -> Hashable:
        """Return what programs read in a text: equal for two that differ in copy alone."""
        found = self.catalogue(text, display)
        entries: list[Hashable] = []
        around: list[str] = []
        at = 0
        for entry in found.entries:
            if entry.view.segments:
                around.append(text[at : entry.view.segments[0].start])
                last = entry.view.segments[-1]
                at = last.start + last.length
            source = entry.source.text if entry.source is not None else None
            entries.append((entry.id, source, entry.state, tuple(_codes(entry, text))))
        around.append(text[at:])
        return tuple(entries), tuple(map(self.kept, around)), found.language

    def kept(self, between: str) -> str:
        """Return what of the file between two texts must stay as it is when a text is corrected: all of it."""
        return between

    def _known(self, document: Document) -> Sequence[Entry]:
        if isinstance(document, CatalogueDocument):
            return document.entries
        return self.catalogue(document.text, document.path).entries


def _codes(entry: Entry, text: str) -> list[str]:
    """Return what programs read in an entry's text, in order."""
    codes = [text[mark.start : mark.end] for mark in entry.marks]
    read = entry.view.text
    return [*codes, *(read[inline.start : inline.end] for inline in placeholders.find(read))]


def _apart(edits: Sequence[Edit]) -> list[list[Edit]]:
    """Return edits in groups of which none overlap."""
    groups: list[list[Edit]] = []
    for edit in sorted(set(edits)):
        for group in groups:
            if group[-1].end < edit.start:
                group.append(edit)
                break
        else:
            groups.append([edit])
    return groups
