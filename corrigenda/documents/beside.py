"""A text beside the one that it was translated from: two files, two fields of each record, or the units of two
catalogues.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from corrigenda.documents.catalogues.reading import CatalogueDocument, entry_at
from corrigenda.documents.document import Document
from corrigenda.documents.parts import Block, Embedded, Segment, View
from corrigenda.languages.identify import identify

_T = TypeVar("_T")

_MOSTLY = 0.5
"""The share of a text's units that must be there in the other one by name, for the two to be paired by names."""


def beside(document: Document, source: Document) -> Document:
    """Return a document with what it was translated from.

    Two catalogues, or files of data, are paired unit by unit where they name their units alike; any other two texts are
    left to the alignment. A unit that the other file does not have has no source.
    """
    if not source.language:
        source = replace(source, language=identify(source.text))
    paired = document.with_source(source)
    views = _named(document, source)
    if views is None:
        return paired
    blocks = tuple(
        block._replace(source=view) if view is not None else block
        for block, view in zip(document.blocks, views, strict=True)
    )
    return replace(paired, blocks=blocks)


def by_fields(document: Document, targets: Sequence[Document], sources: Sequence[Document]) -> Document:
    """Return a file of data of which some fields are the source of others: those of one record belong together.

    Args:
        document: The file, of which all target fields were read.
        targets: The file as it is read for each target field alone.
        sources: The file as it is read for the source field of each; all hold the same text.
    """
    source = sources[0]
    views: dict[tuple[int, int], View] = {}
    said: list[str] = []
    for own, other in zip(targets, sources, strict=True):
        mine, theirs = _records(own), _records(other)
        said += (part.view.text for parts in theirs.values() for part in parts)
        for record, parts in mine.items():
            partners = theirs.get(record, ())
            if len(parts) == len(partners):
                for part, partner in zip(parts, partners, strict=True):
                    views |= _of_part(own, part, other, partner)
    blocks = tuple(block._replace(source=views.get((block.start, block.end))) for block in document.blocks)
    source = replace(source, language=identify("\n".join(said)))
    return replace(document.with_source(source), blocks=blocks)


def kept(before: Document, after: Document) -> Document:
    """Return a document that was corrected, with the source that it had before."""
    if before.source is None or after.has_source:
        return after
    if not any(block.source is not None for block in before.blocks):
        return after.with_source(before.source)
    if len(before.blocks) != len(after.blocks):
        return beside(after, before.source)
    pairs = zip(before.blocks, after.blocks, strict=True)
    blocks = tuple(own._replace(source=former.source) for former, own in pairs)
    return replace(after.with_source(before.source), blocks=blocks)


def _named(document: Document, source: Document) -> list[View | None] | None:
    """Return the source of each block of a file that names its units, None where the two files do not name the same."""
    if isinstance(document, CatalogueDocument) and isinstance(source, CatalogueDocument):
        units = {key: entry.view for key, entry in _numbered(source.entries, lambda entry: entry.id)}
        named = {(entry.start, entry.end): key for key, entry in _numbered(document.entries, lambda entry: entry.id)}
        found: list[View | None] = []
        for block in document.blocks:
            entry = entry_at(document.entries, block.start)
            key = named.get((entry.start, entry.end)) if entry is not None else None
            found.append(units.get(key) if key is not None else None)
        return _mostly(found)
    if document.embedded and source.embedded and all(part.record for part in (*document.embedded, *source.embedded)):
        partners = dict(_numbered(source.embedded, lambda part: part.label))
        views: dict[tuple[int, int], View] = {}
        for key, part in _numbered(document.embedded, lambda part: part.label):
            if key in partners:
                views |= _of_part(document, part, source, partners[key])
        return _mostly([views.get((block.start, block.end)) for block in document.blocks])
    return None


def _numbered(items: Iterable[_T], name: Callable[[_T], str]) -> Iterator[tuple[tuple[str, int], _T]]:
    """Yield items with their names and the number of each among those of one name, as the forms of a plural are."""
    counts: Counter[str] = Counter()
    for item in items:
        own = name(item)
        yield (own, counts[own]), item
        counts[own] += 1


def _mostly(views: list[View | None]) -> list[View | None] | None:
    """Return the views where most blocks have one: else the two files are not of one kind."""
    return views if sum(view is not None for view in views) > _MOSTLY * len(views) else None


def _records(document: Document) -> Mapping[int, Sequence[Embedded]]:
    found: dict[int, list[Embedded]] = {}
    for part in document.embedded:
        found.setdefault(part.record, []).append(part)
    return found


def _of_part(document: Document, own: Embedded, source: Document, other: Embedded) -> dict[tuple[int, int], View]:
    """Return the sources of the blocks of a field, by their places: block by block where both fields have as many."""
    blocks, others = _blocks(document, own), _blocks(source, other)
    if not others:
        return {}
    if len(blocks) == len(others):
        return {(block.start, block.end): origin.view for block, origin in zip(blocks, others, strict=True)}
    whole = _joined([block.view for block in others])
    return {(block.start, block.end): whole for block in blocks}


def _blocks(document: Document, part: Embedded) -> Sequence[Block]:
    first = bisect_left(document.blocks, part.start, key=_start)
    last = bisect_left(document.blocks, part.end, lo=first, key=_start)
    return document.blocks[first:last]


def _start(block: Block) -> int:
    return block.start


def _joined(views: Sequence[View]) -> View:
    """Return the views of paragraphs as one, a line break between two."""
    pieces: list[str] = []
    segments: list[Segment] = []
    at = 0
    for view in views:
        if not view.segments:
            continue
        if segments:
            before = segments[-1].start + segments[-1].length
            gap = view.segments[0].start - before
            if gap > 0:
                segments.append(Segment(at, 1, before, gap))
                pieces.append("\n")
                at += 1
        segments += (segment._replace(view_start=segment.view_start + at) for segment in view.segments)
        pieces.append(view.text)
        at += len(view.text)
    return View("".join(pieces), tuple(segments))
