"""What must hold of every document of a catalogue, and edits as a correction makes them."""

from corrigenda.documents import registry
from corrigenda.documents.catalogues.reader import CatalogueReader
from corrigenda.documents.document import Document
from corrigenda.documents.parts import READABLE, Edit


def read(data: bytes | str, name: str) -> Document:
    """Return the document of a file's bytes, which must hold what documents hold."""
    raw = data.encode("utf-8") if isinstance(data, str) else data
    document = registry.read_bytes(raw, name, registry.format_of(name), limit=1 << 30)
    hold(document)
    assert registry.written(raw, document, []) == raw
    return document


def hold(document: Document) -> None:
    """Assert what must hold of blocks, views and regions."""
    text = document.text
    starts = [(region.start, -region.end) for region in document.regions]
    assert starts == sorted(starts)
    assert all(0 <= region.start < region.end <= len(text) for region in document.regions)
    reached = 0
    for block in document.blocks:
        assert reached <= block.start < block.end <= len(text)
        reached = block.end
        assert block.unit is not None
        assert block.view.text == block.view.text.strip()
        assert block.view.segments[0].start == block.start
        at = view_at = 0
        for segment in block.view.segments:
            assert segment.view_start == view_at and segment.view_length > 0
            assert at <= segment.start and segment.length > 0
            view_at += segment.view_length
            at = segment.start + segment.length
        assert view_at == len(block.view.text) and at <= block.end
        if block.source is not None:
            assert document.source_text == text
    inside = {(block.start, block.end) for block in document.blocks}
    at = 0
    for start, end in sorted(inside):
        assert start == at or document.is_masked(at, start)
        at = end
    assert all(region.kind not in READABLE or (region.start, region.end) in inside for region in document.regions)


def said(document: Document) -> list[tuple[str, str]]:
    """Return the units of a document with what they say."""
    return [(block.unit.id if block.unit else "", block.view.text) for block in document.blocks]


def corrected(data: bytes | str, name: str, old: str, new: str) -> bytes:
    """Return a file's bytes with the first words of a block replaced as a correction would replace them."""
    raw = data.encode("utf-8") if isinstance(data, str) else data
    document = read(raw, name)
    reader = registry.reader(document.format)
    assert isinstance(reader, CatalogueReader)
    for block in document.blocks:
        at = block.view.text.find(old)
        if at >= 0:
            span = block.view.to_document(at, at + len(old))
            edit = reader.spelled(document, Edit(span.start, span.end, new))
            written = registry.written(raw, document, [edit])
            after = registry.edited(document, [edit])
            again = read(written, name)
            assert [b.view.text for b in again.blocks] == [b.view.text for b in after.blocks]
            # What is marked once is not marked again.
            assert registry.written(written, again, []) == written
            place = again.blocks[document.blocks.index(block)]
            assert new in place.view.text or not new
            assert reader.accompanying(again, [Edit(place.start, place.start, "x")]) == []
            return written
    raise AssertionError(f"no block says {old!r}")
