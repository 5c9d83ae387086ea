"""Where a document's text comes from when it is not the file's own: stretches of text nodes in a container's parts.

Readers of containers (Word, HTML in an archive, XLIFF) anchor each stretch of `Document.text`; what no anchor holds,
such as the empty line between two paragraphs, the reader put in.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corrigenda.documents.errors import Unwritable
from corrigenda.documents.moves import Moves
from corrigenda.documents.parts import Edit, Location


class Anchor(NamedTuple):
    """`[start, end)` of a document's text, and the text node that it comes from, character by character.

    `part` names the part of the container, `node` counts the text nodes in it, `offset` is the position in the node's
    text. `label` tells a person where to look, such as "paragraph 12".
    """

    start: int
    end: int
    part: str
    node: int
    offset: int
    label: str


class NodeEdit(NamedTuple):
    """Replace `[start, end)` of a text node's text with `text`."""

    part: str
    node: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class AnchoredOrigin:
    """The anchors of a document's text, ascending and not overlapping."""

    anchors: tuple[Anchor, ...]

    def locate(self, position: int) -> Location:
        """Return the label of the anchor that holds a position, or of the last one before it."""
        if not self.anchors:
            return Location(None, None)
        return Location(None, None, self.anchors[max(0, self._before(position))].label)

    def placed(self, edits: Iterable[Edit]) -> list[NodeEdit]:
        """Return edits of the document's text as edits of text nodes, in the text's order.

        Where an edit reaches over several nodes (a word half in italics) the first one gets the new text.

        Raises:
            Unwritable: An edit touches text that stands in no node: it reaches over two paragraphs.
        """
        result: list[NodeEdit] = []
        for edit in edits:
            touched = self._touched(edit)
            if sum(min(edit.end, a.end) - max(edit.start, a.start) for a in touched) < edit.end - edit.start:
                raise Unwritable(
                    f"The correction at {touched[0].label if touched else 'the end'} reaches over what is not text. "
                    "Make it in the file itself."
                )
            text = edit.text
            for anchor in touched:
                start, end = max(edit.start, anchor.start), min(edit.end, anchor.end)
                shift = anchor.offset - anchor.start
                result.append(NodeEdit(anchor.part, anchor.node, start + shift, end + shift, text))
                text = ""
        return result

    def moved(self, edits: Sequence[Edit]) -> "AnchoredOrigin":
        """Return the origin of the text that edits leave, for telling where its positions are."""
        moves = Moves(edits)
        return AnchoredOrigin(tuple(a._replace(start=moves.start(a.start), end=moves.end(a.end)) for a in self.anchors))

    def _before(self, position: int) -> int:
        return bisect_right(self.anchors, position, key=lambda anchor: anchor.start) - 1

    def _touched(self, edit: Edit) -> list[Anchor]:
        index = max(0, self._before(edit.start))
        if edit.start == edit.end:
            # What is put in between two nodes belongs to the one before.
            if index > 0 and self.anchors[index].start == edit.start == self.anchors[index - 1].end:
                index -= 1
            near = self.anchors[index : index + 1]
            return [anchor for anchor in near if anchor.start <= edit.start <= anchor.end]
        touched: list[Anchor] = []
        while index < len(self.anchors) and self.anchors[index].start < edit.end:
            if self.anchors[index].end > edit.start:
                touched.append(self.anchors[index])
            index += 1
        return touched
