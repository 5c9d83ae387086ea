"""Changing what pieces of text say, in the raw text that they are written in."""

from collections.abc import Iterable

from corrigenda.documents.parts import Edit
from corrigenda.documents.xml.events import Spelling, Text

_CONTENT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def escaped(text: str, *, attribute: bool = False) -> str:
    """Return text as it is written in XML; for an attribute its quotation marks and line ends are references too."""
    return text.translate(_ATTRIBUTE if attribute else _CONTENT)


def raw_edits(piece: Text, edits: Iterable[Edit], *, attribute: bool = False) -> list[Edit]:
    """Return edits of what a piece says as edits of the raw text that it is written in.

    Args:
        piece: The piece.
        edits: Edits of the piece's value, ascending, not overlapping.
        attribute: Whether the piece is in an attribute's value.
    """
    own = list(edits)
    if not own:
        return []
    whole = piece.end - piece.start != len(piece.value) or piece.spelling in (Spelling.REFERENCE, Spelling.UNKNOWN)
    if whole:
        said = spliced(piece.value, own)
        if said == piece.value:
            return []
        kept = piece.spelling is not Spelling.CDATA
        return [Edit(piece.start, piece.end, escaped(said, attribute=attribute) if kept else _in_section(said))]
    if piece.spelling is Spelling.CDATA:
        said = spliced(piece.value, own)
        if "]]>" in said:
            return [Edit(piece.start, piece.end, _in_section(said))]
        return [Edit(piece.start + edit.start, piece.start + edit.end, edit.text) for edit in own]
    return [
        Edit(piece.start + edit.start, piece.start + edit.end, escaped(edit.text, attribute=attribute)) for edit in own
    ]


def spliced(raw: str, edits: Iterable[Edit]) -> str:
    """Return a raw text with edits made, ascending and not overlapping; everything outside them is untouched."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (raw[at : edit.start], edit.text)
        at = edit.end
    pieces.append(raw[at:])
    return "".join(pieces)


def _in_section(said: str) -> str:
    """Return text as a CDATA section has it: what would end the section is written as the end of one and a new one."""
    return said.replace("]]>", "]]]]><![CDATA[>")
