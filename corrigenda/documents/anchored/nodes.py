"""The text nodes of a part, where each is written, and what edits of them are in the part's raw text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from corrigenda.documents.origin import NodeEdit
from corrigenda.documents.parts import Edit, Encoding
from corrigenda.documents.xml.events import Text
from corrigenda.documents.xml.splicing import raw_edits, spliced


class Node(NamedTuple):
    """A piece of text of a part.

    Where `supplied` is set, the piece stands for an element (a tab, a line break): it can be taken away, and nothing
    else can be put in its place. Where `attribute` is set, it is in the value of one.
    """

    piece: Text
    supplied: bool = False
    attribute: bool = False


@dataclass
class PartText:
    """A part's raw text and its nodes, in the order in which they were numbered.

    `twins` are nodes that say the same as another for programs that read only one of the two: what is changed in the
    one is changed in the other.
    """

    name: str
    raw: str
    encoding: Encoding
    nodes: list[Node] = field(default_factory=list)
    twins: dict[int, list[tuple["PartText", int]]] = field(default_factory=dict)

    def add(self, node: Node) -> int:
        """Take a node and return its number."""
        self.nodes.append(node)
        return len(self.nodes) - 1


FurtherEdits = Callable[[PartText, Mapping[int, Sequence[Edit]]], list[Edit]]
"""Returns more edits of a part's raw text that edits of its nodes, by number, make necessary."""


def changed_parts(
    parts: Mapping[str, PartText], edits: Iterable[NodeEdit], further: FurtherEdits | None = None
) -> dict[str, str]:
    """Return the raw texts of the parts that edits change.

    Args:
        parts: The parts by name.
        edits: Edits of their nodes.
        further: What else is to be changed in a part then.
    """
    by_part: dict[str, dict[int, list[Edit]]] = {}
    for edit in edits:
        own = Edit(edit.start, edit.end, edit.text)
        part = parts[edit.part]
        for other, number in [(part, edit.node), *part.twins.get(edit.node, ())]:
            by_part.setdefault(other.name, {}).setdefault(number, []).append(own)
    changed: dict[str, str] = {}
    for name, by_node in by_part.items():
        part = parts[name]
        raw: list[Edit] = []
        for number, own_edits in by_node.items():
            raw += _raw(part.nodes[number], own_edits)
        if further is not None:
            raw += further(part, by_node)
        if raw:
            changed[name] = spliced(part.raw, sorted(raw))
    return changed


def _raw(node: Node, edits: Sequence[Edit]) -> list[Edit]:
    if not node.supplied:
        return raw_edits(node.piece, edits, attribute=node.attribute)
    gone = any(edit.start < edit.end for edit in edits)
    return [Edit(node.piece.start, node.piece.end, "")] if gone else []


def said(value: str, edits: Sequence[Edit]) -> str:
    """Return what a node says after edits of it."""
    return spliced(value, edits)
