"""What a page is made of, in the order of its source. All positions are code points of the source, half open."""

from collections.abc import Sequence
from typing import NamedTuple


class Open(NamedTuple):
    """An element begins. `[start, end)` is its start tag, `close` where the element ends, its end tag included.

    Elements need not lie in each other, as in `<b><i></b></i>`; `attributes` are decoded, their names in lower case.
    """

    name: str
    attributes: Sequence[tuple[str, str]]
    start: int
    end: int
    close: int

    def get(self, name: str) -> str | None:
        """Return the value of an attribute, None where the element does not have it."""
        for key, value in self.attributes:
            if key == name:
                return value
        return None


class Shut(NamedTuple):
    """A tag at which no element begins: an end tag, or a start tag that browsers pass over."""

    name: str
    start: int
    end: int


class Said(NamedTuple):
    """A piece of text. Where it is as long as what it says, each character stands for its own counterpart; otherwise
    it is a reference such as `&eacute;`, and the whole stands for the whole.
    """

    value: str
    start: int
    end: int


class Remark(NamedTuple):
    """A comment."""

    start: int
    end: int


Event = Open | Shut | Said | Remark
