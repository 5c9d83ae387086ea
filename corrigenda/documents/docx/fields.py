"""Fields of a Word document: what their results are for a reader of the text."""

from dataclasses import dataclass
from enum import IntEnum


class Use(IntEnum):
    """What is done with a field's text; the greatest of all fields around a text counts."""

    READ = 0
    """It is copy: a link's words, what somebody filled in."""
    MASKED = 1
    """The program makes it (a page's number, a reference): it is read, and neither judged nor changed."""
    DROPPED = 2
    """It repeats the text (a table of contents), or is no text at all (the field's code)."""


_COPY = frozenset(
    {
        "hyperlink",
        "quote",
        "formtext",
        "formdropdown",
        "advance",
        "macrobutton",
        "gotobutton",
        "if",
        "comments",
        "subject",
    }
)
_REPEATED = frozenset({"toc", "toa", "index", "rd", "tc", "xe", "ta", "bibliography"})


@dataclass(slots=True)
class Field:
    """A field that is being read: where it began, its code so far, and whether what follows is its result."""

    depth: int
    code: str = ""
    result: bool = False

    @property
    def use(self) -> Use:
        """What is done with text in it."""
        if not self.result:
            return Use.DROPPED
        words = self.code.split(None, 1)
        name = words[0].lower() if words else ""
        if name in _REPEATED:
            return Use.DROPPED
        return Use.READ if name in _COPY or not name else Use.MASKED
