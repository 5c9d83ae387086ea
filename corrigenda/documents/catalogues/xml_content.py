"""The text of an element with inline elements in it, and how words and attributes are written in XML."""

import re
from collections.abc import Callable, Iterable

from corrigenda.documents.catalogues.entry import Entry, Mark
from corrigenda.documents.catalogues.escapes import respelled
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit, Segment, View
from corrigenda.documents.xml.events import End, Event, Spelling, Start, Text
from corrigenda.documents.xml.splicing import escaped

VALUE = "\ufffc"
"""What stands in a sentence for an element that is filled in when a program runs."""

XML = "http://www.w3.org/XML/1998/namespace"

_TOKEN = re.compile(r"&[^;\s&<]{1,64};|<!\[CDATA\[|\]\]>|<[^<>]*>|\r\n|\\u[0-9A-Fa-f]{4}|\\.|[\s\S]")


class Content:
    """What stands in one element, as it is met: its text, and the inline elements between."""

    def __init__(self, start: int) -> None:
        """Make the content of an element whose start tag ends at a position of the file."""
        self.start = start
        self._pieces: list[str] = []
        self._segments: list[Segment] = []
        self._length = 0
        self.marks: list[Mark] = []
        self._code: int | None = None
        """Where the element begins whose content is no copy, while it is open."""
        self._depth = 0
        self._seen = ""

    def take(self, event: Event, kind: Callable[[Start], str | None]) -> None:
        """Take what is met in the element.

        Args:
            event: What it is.
            kind: Tells what an inline element is: None for one whose content is copy, "" for one that is seen as
                nothing, "\\n" for a line break, `VALUE` for a value that is put in.
        """
        if isinstance(event, Start):
            seen = kind(event)
            if self._code is not None:
                self._depth += 1
            elif seen is None:
                self.marks.append(Mark(event.start, event.end, ""))
            else:
                self._code, self._depth = event.start, 1
                self._seen = seen
        elif isinstance(event, End):
            if self._code is not None:
                self._depth -= 1
                if not self._depth:
                    self.put(self._seen, self._code, event.end)
                    self.marks.append(Mark(self._code, event.end, self._seen))
                    self._code = None
            elif event.end > event.start:
                self.marks.append(Mark(event.start, event.end, ""))
        elif isinstance(event, Text):
            if self._code is None:
                self.put(event.value, event.start, event.end)
                if event.spelling is Spelling.UNKNOWN:
                    self.marks.append(Mark(event.start, event.end, VALUE))
        elif self._code is None:
            self.marks.append(Mark(event.start, event.end, ""))

    def put(self, value: str, start: int, end: int) -> None:
        """Append what stands at `[start, end)` of the file."""
        if not value:
            return
        self._segments.append(Segment(self._length, len(value), start, end - start))
        self._pieces.append(value)
        self._length += len(value)

    def view(self) -> View:
        """Return what the element says."""
        return View("".join(self._pieces), tuple(self._segments))


def spelled(text: str, edit: Edit, entry: Entry, spell: Callable[[str], str] = str) -> Edit:
    """Return an edit of an element's text, which is copy, as XML has it; in a CDATA section as it stands.

    Args:
        text: The file's text.
        edit: The edit.
        entry: The entry that it belongs to.
        spell: What the format itself does to copy before it is XML.
    """
    first = entry.view.segments[0].start if entry.view.segments else edit.start
    # The section may begin before the first character.
    opened = text.rfind("<![CDATA[", max(0, first - 9), edit.start)
    section = opened >= 0 and text.rfind("]]>", opened, edit.start) < 0
    if section:
        return respelled(text, edit, _TOKEN, lambda copy: spell(copy).replace("]]>", "]]]]><![CDATA[>"))
    return respelled(text, edit, _TOKEN, lambda copy: escaped(spell(copy)))


def with_attribute(text: str, tag: Start, name: str, value: str) -> Edit:
    """Return the edit that gives a tag's attribute a value, whether the tag has it or not."""
    found = re.compile(rf"""\s{re.escape(name)}\s*=\s*(?:"([^"]*)"|'([^']*)')""").search(text, tag.start, tag.end)
    if found is not None:
        return Edit(*found.span(1 if found[1] is not None else 2), value)
    behind = re.compile(r"<[^\s/>]+").match(text, tag.start)
    assert behind is not None, "a start tag has a name"
    return Edit(behind.end(), behind.end(), f' {name}="{value}"')


def line_of(text: str, position: int) -> int:
    """Return the line of a position, from 1."""
    return text.count("\n", 0, position) + 1


def root_is(names: Iterable[str], found: str, what: str) -> None:
    """Refuse a file whose root element is another. Raises Unreadable."""
    if found not in names:
        raise Unreadable(f"This is no {what}: its first element is <{found.rpartition('}')[2]}>.")
