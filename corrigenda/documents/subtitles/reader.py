"""What the readers of SRT and WebVTT share: sentences are joined through the cues that they run through."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from corrigenda.documents import captions, characters, embedding, urls, views
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.parts import Block, Directive, Edit, Embedded, Encoding, Region, RegionKind, Segment, View
from corrigenda.documents.subtitles.cues import MOST_CUES, Cue, Line, cues, lines

LONGEST_RUN = 40
"""Lines that are joined at most: subtitles that a program made may have no full stop at all."""

PAUSE = 2.0
"""Seconds in which nothing is shown, after which a sentence is over."""

_FINAL = re.compile(r"(?:[.!?…♪。！？][\"”’'»)\]]*|[)\]])$")
_GOES_ON = re.compile(r"(?:\.\.\.|…)[\"”’'»)\]]*$")
_SPACES = re.compile(r" {2,}")
_ITALICS = re.compile(r"<(/?)(?:i|em)(?=[\s.>])[^<>]*>", re.IGNORECASE)
_BLANK_LINES = re.compile(r"[\r\n]\s*[\r\n]+\s*")
_LEADING_DOTS = re.compile(r"\s*(?:\.\.\.|…)?\s*[^\W\d_A-Z]")


class SubtitleReader(IdentityReader):
    """Reads subtitles and writes them back: numbers, timings and markup stay as they are."""

    strict = False
    """Whether an empty line ends a cue."""
    entities = False
    """Whether the format has entities."""

    def refuse(self, text: str) -> None:
        """Raise Unreadable for a text that is no file of this format."""

    def directives(self, text: str, found: Sequence[Cue]) -> tuple[Directive, ...]:
        """Return the comments that speak to corrigenda; SRT has none."""
        return ()

    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        """Return the document of subtitles. Raises Unreadable for what is none, and for too many cues."""
        self.refuse(text)
        found = list(cues(text, strict=self.strict))
        if len(found) > MOST_CUES:
            raise Unreadable(f"The file has more than {MOST_CUES:,} cues. Split it.")
        parts = tuple(
            Embedded(
                cue.start, cue.end, views.plain(text, cue.start, cue.end), "text", f"cue {cue.number:,} ({cue.time})"
            )
            for cue in found
        )
        blocks: list[Block] = []
        regions: list[Region] = []
        every = ((cue.pause, list(lines(text, cue, entities=self.entities))) for cue in found)
        for run in _runs(text, every):
            regions += (Region(RegionKind.MARKUP, *cut) for line in run for cut in line.cuts if cut[1] > cut[0])
            view = _view(text, run)
            if not view.text:
                continue
            span = view.to_document(0, len(view.text))
            kind = RegionKind.LIST if run[0].note else RegionKind.PROSE  # a note is no sentence
            if captions.is_caption(view.text, 0, len(view.text)):
                kind = RegionKind.CAPTION
            blocks.append(Block(kind, span.start, span.end, view))
            regions.append(Region(kind, span.start, span.end))
            regions += _italics(text, span.start, span.end)
        regions += _outside(parts, blocks, len(text))
        regions += urls.find(text)
        spoken = self.directives(text, found)
        return Document(
            display,
            text,
            self.format,
            tuple(sorted(regions, key=lambda region: (region.start, -region.end))),
            tuple(blocks),
            encoding,
            sha256,
            spoken,
            embedded=parts,
        )

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit whose text is copy as subtitles have it: no empty line, which would end the cue."""
        part = document.embedded_at(edit.start)
        if part is None:
            return edit
        if not edit.text:  # a whole line goes, and what follows its cue stays
            return edit._replace(end=max(edit.start, min(edit.end, _last(document, edit).end)))
        start, end, text = embedding.narrowed(document, _around(document, edit), edit)
        text = _BLANK_LINES.sub("\n", text)
        return Edit(start, end, self.escaped(text) if self.entities else text)

    def escaped(self, text: str) -> str:
        """Return words as a format with entities has them."""
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;")

    def harmless(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits that leave every cue where it is: what is put in must be no timing."""
        return [
            edit
            for edit in edits
            if "-->" not in edit.text and _last(document, edit) == document.embedded_at(edit.start)
        ]


def _outside(parts: Sequence[Embedded], blocks: Sequence[Block], length: int) -> Iterator[Region]:
    """Yield what stands between cues: numbers and timings. In a sentence they part words as markup does."""
    starts = [block.start for block in blocks]
    for region in embedding.between(parts, length):
        index = bisect_right(starts, region.start) - 1
        inside = index >= 0 and region.end <= blocks[index].end
        yield region._replace(kind=RegionKind.MARKUP) if inside else region


def _last(document: Document, edit: Edit) -> Embedded:
    """Return the cue in which an edit ends, or the last one that it touches."""
    inside = document.embedded_at(edit.start)
    assert inside is not None
    touched = [part for part in document.embedded if part.start < edit.end and part.end > edit.start]
    return touched[-1] if touched else inside


def _around(document: Document, edit: Edit) -> View:
    """Return the view of the block that an edit lies in, or else of the text itself."""
    number = document.block_at(edit.start)
    if number is not None:
        return document.blocks[number].view
    return views.plain(document.text, edit.start, edit.end)


def _runs(text: str, every: Iterable[tuple[float, Sequence[Line]]]) -> Iterator[list[Line]]:
    """Yield lines that belong together: those of a cue, and of the next one where the sentence runs on.

    Args:
        text: The file's text.
        every: The lines of each cue, and the pause before it.
    """
    run: list[Line] = []
    for pause, own in every:
        if run and pause >= PAUSE:
            yield run
            run = []
        for number, line in enumerate(own):
            if run and (line.new or line.note or run[-1].note or not _joins(text, run, line, number > 0)):
                yield run
                run = []
            run.append(line)
    if run:
        yield run


def _joins(text: str, run: Sequence[Line], line: Line, same_cue: bool) -> bool:
    if len(run) >= LONGEST_RUN:
        return False
    if same_cue:
        return True
    said = _said(text, run[-1])
    if _GOES_ON.search(said):
        return _LEADING_DOTS.match(_said(text, line)) is not None
    return _FINAL.search(said) is None


def _said(text: str, line: Line) -> str:
    at = line.start
    pieces: list[str] = []
    for first, last in line.cuts:
        pieces.append(text[at:first])
        at = max(at, last)
    return "".join([*pieces, text[at : line.end]]).strip()


def _view(text: str, run: Sequence[Line]) -> View:
    """Return the view of lines: a line break, with all that stands between two cues, is a space."""
    pieces: list[str] = []
    segments: list[Segment] = []
    at = 0
    for number, line in enumerate(run):
        whole = views.plain(text, line.start, line.end)
        shift = line.start
        changes = [(first - shift, last - shift, "") for first, last in line.cuts if last > first]
        changes += [(first - shift, last - shift, said) for first, last, said in line.entities]
        view = views.tidy(_closed(views.replaced(whole, _apart(changes))))
        if not view.text:
            continue
        if pieces:
            before = run[number - 1].end
            pieces.append(" ")
            segments.append(Segment(at, 1, before, 1))
            at += 1
        pieces.append(view.text)
        segments += (segment._replace(view_start=segment.view_start + at) for segment in view.segments)
        at += len(view.text)
    result = View("".join(pieces), tuple(segments))
    return characters.as_read(result) if characters.any_odd(result.text) else result


def _closed(view: View) -> View:
    """Return a view without the second space on the two sides of what nobody says."""
    found = (run.span() for run in _SPACES.finditer(view.text))
    return views.without(view, [(a + 1, b) for a, b in found if len(view.to_document(a, b)) > b - a])


def _apart(changes: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return changes in order without those that lie in another."""
    result: list[tuple[int, int, str]] = []
    for change in sorted(changes):
        if result and change[0] < result[-1][1]:
            first, last, said = result[-1]
            result[-1] = (first, max(last, change[1]), said)
        else:
            result.append(change)
    return result


def _italics(text: str, start: int, end: int) -> Iterator[Region]:
    """Yield what stands in italics, without the tags."""
    opened = -1
    for tag in _ITALICS.finditer(text, start, end):
        if not tag[1]:
            opened = tag.end()
        elif opened >= 0:
            yield Region(RegionKind.EMPHASIS, opened, tag.start())
            opened = -1
