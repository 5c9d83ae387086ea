"""A document after edits without reading it again: for formats in which an edit of the text cannot make markup."""

from collections.abc import Sequence
from dataclasses import replace

from corrigenda.documents import views
from corrigenda.documents.document import Document
from corrigenda.documents.edits import apply, settled
from corrigenda.documents.encodings.decode import digest
from corrigenda.documents.moves import Moves
from corrigenda.documents.parts import Block, Edit, Embedded, Segment, View


def edited(document: Document, edits: Sequence[Edit]) -> Document:
    """Return the document with edits made: what is in it stays what it is, and moves.

    Raises:
        Unwritable: An edit lies outside the text, or two overlap.
    """
    made = settled(document, edits)
    moves = Moves(made)
    text = apply(document, made)
    return replace(
        document,
        text=text,
        regions=tuple(r._replace(start=moves.start(r.start), end=moves.end(r.end)) for r in document.regions),
        blocks=tuple(_block(block, made, moves) for block in document.blocks),
        directives=tuple(d._replace(start=moves.start(d.start), end=moves.end(d.end)) for d in document.directives),
        embedded=tuple(_part(part, made, moves) for part in document.embedded),
        origin=document.origin.moved(made) if document.origin is not None else None,
        sha256=digest(text.encode("utf-8", "surrogatepass")),
    )


def _block(block: Block, edits: Sequence[Edit], moves: Moves) -> Block:
    placed = zip(edits, moves.starts, strict=True)
    own = [(edit, start) for edit, start in placed if edit.start <= block.end and edit.end >= block.start]
    view = _view(block.view, own, moves)
    return block._replace(start=moves.start(block.start), end=moves.end(block.end), view=view)


def _part(part: Embedded, edits: Sequence[Edit], moves: Moves) -> Embedded:
    placed = zip(edits, moves.starts, strict=True)
    own = [(edit, start) for edit, start in placed if edit.start <= part.end and edit.end >= part.start]
    return part._replace(start=moves.start(part.start), end=moves.end(part.end), view=_view(part.view, own, moves))


def _view(view: View, edits: Sequence[tuple[Edit, int]], moves: Moves) -> View:
    pieces: list[str] = []
    segments: list[Segment] = []
    at = position = 0

    def keep(end: int) -> None:
        nonlocal at
        kept = views.keep(view, [(position, end)])
        segments.extend(
            segment._replace(view_start=segment.view_start + at, start=moves.character(segment.start))
            for segment in kept.segments
        )
        pieces.append(kept.text)
        at += len(kept.text)

    for edit, start in edits:
        seen = view.span_of(edit.start, edit.end)
        keep(max(position, seen.start))
        if edit.text:
            segments.append(Segment(at, len(edit.text), start, len(edit.text)))
            pieces.append(edit.text)
            at += len(edit.text)
        position = max(position, seen.end)
    keep(len(view.text))
    return View("".join(pieces), tuple(segment for segment in segments if segment.view_length))
