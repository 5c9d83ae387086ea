"""What a scan of XML meets, each with where it stands in the raw text. All positions are code points, half open."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Start(NamedTuple):
    """A start tag, or the tag of an empty element; an `End` follows in both cases.

    `[start, end)` is the tag. Only attributes that are written there are in `attributes`, decoded.
    """

    name: str
    attributes: Mapping[str, str]
    start: int
    end: int


class End(NamedTuple):
    """An end tag; that of an empty element is empty, where its only tag ends."""

    name: str
    start: int
    end: int


class Spelling(StrEnum):
    """How a piece of text is written in the file."""

    PLAIN = "plain"
    """As it is: each character stands for itself."""
    REFERENCE = "reference"
    """As a reference (`&amp;`, `&#233;`, `&nbsp;`), or as a line ending that XML reads as a line feed."""
    CDATA = "cdata"
    """In a CDATA section: each character stands for itself, markup too; a line ending of two is a piece of its own."""
    UNKNOWN = "unknown"
    """As a reference to an entity that the file does not declare; its value is U+FFFC, and must not be changed."""


class Text(NamedTuple):
    """A piece of text: what it says, where it is written, and how. References are pieces of their own.

    In a piece that is not longer or shorter than what it says, each character stands for its own counterpart.
    """

    value: str
    start: int
    end: int
    spelling: Spelling = Spelling.PLAIN


class Comment(NamedTuple):
    """A comment and what it says."""

    value: str
    start: int
    end: int


class Instruction(NamedTuple):
    """A processing instruction."""

    target: str
    value: str
    start: int
    end: int


Event = Start | End | Text | Comment | Instruction
