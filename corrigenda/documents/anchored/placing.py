"""Which node gets what of a correction.

A correction that reaches over several nodes (a word half in italics) goes to the first of them; elements that stand for
characters (tabs, breaks) stay where the new text has the same characters, and go where it has not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from corrigenda.documents.anchored.nodes import PartText
from corrigenda.documents.errors import Unwritable
from corrigenda.documents.origin import Anchor, AnchoredOrigin, NodeEdit
from corrigenda.documents.parts import Edit


def clipped(origin: AnchoredOrigin, edit: Edit) -> Edit:
    """Return a deletion without what is in no node at its ends: a paragraph's end is not text.

    Any other edit stays as it is.
    """
    if edit.text or edit.start >= edit.end:
        return edit
    touched = _touched(origin.anchors, edit.start, edit.end)
    if not touched:
        return edit
    return edit._replace(start=max(edit.start, touched[0].start), end=min(edit.end, touched[-1].end))


def narrowed(text: str, edit: Edit) -> Edit:
    """Return an edit without what it leaves as it is at its ends, so that words in bold or in a link stay there."""
    start, end, put = edit
    same = 0
    while same < min(end - start, len(put)) and text[start + same] == put[same]:
        same += 1
    start, put = start + same, put[same:]
    same = 0
    while same < min(end - start, len(put)) and text[end - 1 - same] == put[-1 - same]:
        same += 1
    return Edit(start, end - same, put[: len(put) - same])


_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_WORDS = 400
"""Words of an edit that are compared; a longer one is made as a whole."""


def by_words(origin: AnchoredOrigin, text: str, edit: Edit) -> list[Edit]:
    """Return an edit that reaches over several nodes as edits of the words that differ, so that formatting between
    them stays where it is; any other edit as it is.
    """
    if not edit.text or len(_touched(origin.anchors, edit.start, edit.end)) < 2:
        return [edit]
    old, new = _WORDS.findall(text[edit.start : edit.end]), _WORDS.findall(edit.text)
    if max(len(old), len(new)) > _MOST_WORDS:
        return [edit]
    # deferred: few corrections reach over two runs
    from difflib import SequenceMatcher

    starts = [edit.start, *(edit.start + at for at in accumulate(map(len, old)))]
    return [
        Edit(starts[first], starts[last], "".join(new[begin:end]))
        for what, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if what != "equal"
    ]


def reaches_over(origin: AnchoredOrigin, edit: Edit) -> bool:
    """Return whether an edit touches what is in no node: it reaches from one block into the next."""
    touched = _touched(origin.anchors, edit.start, edit.end)
    inside = sum(min(edit.end, a.end) - max(edit.start, a.start) for a in touched)
    return inside < edit.end - edit.start


def placed(origin: AnchoredOrigin, parts: Mapping[str, PartText], edits: Iterable[Edit]) -> list[NodeEdit]:
    """Return edits of a document's text as edits of nodes, in the text's order.

    Args:
        origin: Where the text comes from.
        parts: The parts that its anchors name.
        edits: Edits of the text, ascending, not overlapping.

    Raises:
        Unwritable: An edit reaches over what is in no node, or no text is near enough to take it.
    """
    result: list[NodeEdit] = []
    for edit in edits:
        if reaches_over(origin, edit):
            label = origin.locate(edit.start).label
            raise Unwritable(f"The correction at {label} reaches over what is not text. Make it in the file itself.")
        for piece in _pieces(origin.anchors, parts, edit):
            result += _placed(origin.anchors, parts, piece)
    return result


def _pieces(anchors: Sequence[Anchor], parts: Mapping[str, PartText], edit: Edit) -> Iterator[Edit]:
    """Yield the edits that an edit is made of when the elements that its new text has as well stay."""
    supplied = [a for a in _touched(anchors, edit.start, edit.end) if parts[a.part].nodes[a.node].supplied]
    if not supplied or not edit.text:
        yield edit
        return
    cuts: list[tuple[Anchor, int]] = []
    at = 0
    for anchor in supplied:
        value = parts[anchor.part].nodes[anchor.node].piece.value
        found = edit.text.find(value, at)
        if found < 0:
            yield edit
            return
        cuts.append((anchor, found))
        at = found + len(value)
    start = at = 0
    start = edit.start
    for anchor, found in cuts:
        yield Edit(start, anchor.start, edit.text[at:found])
        start, at = anchor.end, found + anchor.end - anchor.start
    yield Edit(start, edit.end, edit.text[at:])


def _placed(anchors: Sequence[Anchor], parts: Mapping[str, PartText], edit: Edit) -> Iterator[NodeEdit]:
    if edit.start == edit.end and not edit.text:
        return
    touched = _touched(anchors, edit.start, edit.end)
    own = next((a for a in touched if not parts[a.part].nodes[a.node].supplied), None)
    if own is None and edit.text:
        own = _beside(anchors, parts, edit)
        shift = own.offset - own.start
        at = min(max(edit.start, own.start), own.end) + shift
        yield NodeEdit(own.part, own.node, at, at, edit.text)
    for anchor in touched:
        start, end = max(edit.start, anchor.start), min(edit.end, anchor.end)
        shift = anchor.offset - anchor.start
        yield NodeEdit(anchor.part, anchor.node, start + shift, end + shift, edit.text if anchor is own else "")


def _beside(anchors: Sequence[Anchor], parts: Mapping[str, PartText], edit: Edit) -> Anchor:
    """Return the text that an edit which touches none goes to: what ends where it begins, or begins where it ends.

    Raises:
        Unwritable: Only elements stand there.
    """
    index = bisect_right(anchors, edit.start, key=_start)
    around = (*anchors[max(0, index - 2) : index][::-1], *anchors[index : index + 2])
    for anchor in sorted(around, key=lambda anchor: anchor.end != edit.start):
        near = anchor.end == edit.start or anchor.start in (edit.start, edit.end)
        if (near or anchor.start < edit.start < anchor.end) and not parts[anchor.part].nodes[anchor.node].supplied:
            return anchor
    label = anchors[max(0, index - 1)].label if anchors else "the end"
    raise Unwritable(f"The correction at {label} stands where there is no text. Make it in the file itself.")


def _touched(anchors: Sequence[Anchor], start: int, end: int) -> list[Anchor]:
    index = max(0, bisect_right(anchors, start, key=_start) - 1)
    touched: list[Anchor] = []
    while index < len(anchors) and anchors[index].start < end:
        if anchors[index].end > start:
            touched.append(anchors[index])
        index += 1
    return touched


def _start(anchor: Anchor) -> int:
    return anchor.start
