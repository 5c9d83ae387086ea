"""XML in events with the positions of the raw text, by expat, and safe with any input.

Nothing is fetched, no entity is expanded, and what would need that is refused: entities made of others, entities that
are other files, elements nested too deep. The text is bounded by whoever decoded it.
"""

from collections.abc import Iterator, Mapping
from html.entities import html5
from types import MappingProxyType
from xml.parsers import expat

from corrigenda.documents.errors import Unreadable
from corrigenda.documents.xml.events import Comment, End, Event, Instruction, Spelling, Start, Text

DEPTH = 500
"""Elements that may lie in each other; a Word table takes three for each level."""

_CHUNK = 1 << 16
_ENTITIES = 200
_ENTITY_LENGTH = 1_000
_EXPANDED = 1 << 20
"""Code points that a text's own entities may come to."""


def scan(
    text: str,
    *,
    what: str = "the file",
    namespaces: Mapping[str, str] | None = None,
    doctype: bool = True,
) -> Iterator[Event]:
    """Yield what an XML text has in it, in order.

    Args:
        text: The whole text, decoded; what its declaration says of an encoding does not matter any more.
        what: What the text is, for messages: "the file", or the name of a container's part.
        namespaces: Prefixes by namespace, under which names are told whatever prefixes the text has: `w:p`, or `p`
            where the prefix is empty. Names of other namespaces are `{namespace}p`. None tells names as written.
        doctype: Whether a document type declaration is allowed. Where it is, HTML's named entities (`&nbsp;`) are known
            whether it declares them or not.

    Raises:
        Unreadable: The text is not well-formed, or one of the refused.
    """
    scanner = _Scanner(text, what, namespaces, doctype)
    data = text.encode("utf-8", "surrogatepass")
    for at in range(0, max(1, len(data)), _CHUNK):
        yield from scanner.fed(data[at : at + _CHUNK], at + _CHUNK >= len(data))


class _Scanner:
    """Expat's handlers. An event is complete when the next one begins, which tells where it ends."""

    def __init__(self, text: str, what: str, namespaces: Mapping[str, str] | None, doctype: bool) -> None:
        self._text, self._what, self._namespaces = text, what, namespaces
        self._doctype = doctype
        self._names: dict[str, str] = {}
        self._ascii = text.isascii()
        self._data_at = self._text_at = self._base = 0
        self._data = b""
        self._found: list[Event] = []
        self._open: type[Event] | None = None
        self._began = 0
        self._said = self._value = ""
        self._more: Mapping[str, str] = {}
        self._spelling = Spelling.PLAIN
        self._cdata = self._verbatim = False
        self._depth = 0
        self._entities: dict[str, str] = {}
        self._expanded = 0
        self._parser = parser = expat.ParserCreate("utf-8", None if namespaces is None else " ")
        parser.specified_attributes = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        if doctype:
            parser.UseForeignDTD(True)  # so that named entities of HTML are told, not refused
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartCdataSectionHandler = self._cdata_begins
        parser.EndCdataSectionHandler = self._cdata_ends
        parser.StartDoctypeDeclHandler = self._doctype_begins
        parser.EntityDeclHandler = self._declared
        parser.ExternalEntityRefHandler = self._external
        parser.SkippedEntityHandler = self._skipped
        parser.DefaultHandler = self._other

    def fed(self, data: bytes, last: bool) -> list[Event]:
        """Return the events that are complete after some more of the data. Raises Unreadable."""
        if not self._ascii:
            self._data = self._data[self._data_at - self._base :] + data
            self._base = self._data_at
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            said = expat.errors.messages.get(error.code, "it is not well-formed")
            if said == "no element found" and not self._text.strip():
                raise Unreadable(f"There is no XML in {self._what}: it is empty.") from None
            raise Unreadable(
                f"The XML of {self._what} is damaged at line {error.lineno}, column {error.offset + 1} ({said}). "
                "Save it again with the program that made it."
            ) from None
        if last:
            self._close(len(self._text))
        complete, self._found = self._found, []
        return complete

    def _at(self) -> int:
        """Return where in the text the parser is; positions only grow."""
        at = self._parser.CurrentByteIndex
        if self._ascii:
            return at
        if at > self._data_at:
            passed = self._data[self._data_at - self._base : at - self._base]
            self._data_at = at
            self._text_at += len(passed.decode("utf-8", "surrogatepass"))
        return self._text_at

    def _close(self, end: int) -> None:
        """Make an event of what began last: its parts are kept apart until it is known where it ends."""
        kind = self._open
        if kind is None:
            return
        self._open = None
        if kind is Text:
            if self._verbatim:
                self._verbatim = False
                self._found.append(Text(self._text[self._began : end], self._began, end, self._spelling))
            else:
                self._found.append(Text(self._said, self._began, end, self._spelling))
        elif kind is Start:
            self._found.append(Start(self._said, self._more, self._began, end))
        elif kind is End:
            self._found.append(End(self._said, self._began, end))
        elif kind is Comment:
            self._found.append(Comment(self._said, self._began, end))
        else:
            self._found.append(Instruction(self._said, self._value, self._began, end))

    def _opened(self, kind: type[Event], at: int, said: str) -> None:
        """Note what begins."""
        self._open, self._began, self._said = kind, at, said

    def _begin(self) -> int:
        at = self._at()
        self._close(at)
        return at

    def _name(self, raw: str) -> str:
        if self._namespaces is None:
            return raw
        name = self._names.get(raw)
        if name is None:
            uri, _, local = raw.rpartition(" ")
            prefix = self._namespaces.get(uri)
            if prefix is None:
                name = f"{{{uri}}}{local}" if uri else local
            else:
                name = f"{prefix}:{local}" if prefix else local
            if len(self._names) < 10_000:
                self._names[raw] = name
        return name

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self._begin()
        self._depth += 1
        if self._depth > DEPTH:
            raise Unreadable(
                f"In {self._what} elements lie more than {DEPTH} deep in each other, as no program writes them. "
                "Copy the text into a new document."
            )
        if attributes and self._namespaces is not None:
            attributes = {self._name(key): value for key, value in attributes.items()}
        self._more = attributes
        self._opened(Start, at, self._name(name))

    def _end(self, name: str) -> None:
        at = self._begin()
        self._depth -= 1
        self._opened(End, at, self._name(name))

    def _characters(self, value: str) -> None:
        at = self._at()
        head = self._text[at]
        verbatim = head != "\r" and (self._cdata or head != "&")
        if verbatim and self._verbatim:
            return  # it goes on
        self._close(at)
        self._spelling = Spelling.CDATA if self._cdata else Spelling.PLAIN if verbatim else Spelling.REFERENCE
        self._opened(Text, at, value)
        self._verbatim = verbatim

    def _cdata_begins(self) -> None:
        self._begin()
        self._cdata = True

    def _cdata_ends(self) -> None:
        self._begin()
        self._cdata = False

    def _comment(self, value: str) -> None:
        at = self._begin()
        self._opened(Comment, at, value)

    def _instruction(self, target: str, value: str) -> None:
        at = self._begin()
        self._value = value
        self._opened(Instruction, at, target)

    def _other(self, _: str) -> None:
        self._begin()

    def _doctype_begins(self, *_: object) -> None:
        self._begin()
        if not self._doctype:
            raise Unreadable(
                f"{self._what} declares a document type, which no part of such a document may have: it may be an "
                "attack. Ask where it comes from."
            )

    def _declared(
        self, name: str, parameter: bool, value: str | None, base: str | None, system: str | None, *_: object
    ) -> None:
        if parameter:
            return  # never read
        if value is None:
            raise Unreadable(
                f"{self._named()} declares an entity ({name}) that is another file, which is not opened. "
                "Put the text itself in its place."
            )
        decoded = _decoded(value)
        if decoded is None or len(decoded) > _ENTITY_LENGTH or len(self._entities) >= _ENTITIES:
            raise Unreadable(
                f"{self._named()} declares an entity ({name}) that is made of others or is very long, as attacks do "
                "(an XML bomb). Put the text itself in its place."
            )
        self._expanded += self._text.count(f"&{name};") * len(decoded)
        if self._expanded > _EXPANDED:
            raise Unreadable(
                f"The entities that {self._what} declares come to more than {_EXPANDED:,} characters, as attacks do "
                "(an XML bomb). Put the text itself in their place."
            )
        self._entities.setdefault(name, decoded)

    def _external(self, *_: object) -> int:
        self._begin()
        return 1  # never opened

    def _skipped(self, name: str, parameter: bool) -> None:
        if parameter:
            return
        at = self._begin()
        value = self._entities.get(name, html5.get(f"{name};"))
        self._spelling = Spelling.UNKNOWN if value is None else Spelling.REFERENCE
        self._opened(Text, at, "\ufffc" if value is None else value)

    def _named(self) -> str:
        return self._what[0].upper() + self._what[1:] if self._what.startswith("the ") else self._what


_PREDEFINED = MappingProxyType({"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"})


def _decoded(value: str) -> str | None:
    """Return what an entity's value says; None where it has markup or other entities in it."""
    pieces = value.split("&")
    if "<" in pieces[0]:
        return None
    result = [pieces[0]]
    for piece in pieces[1:]:
        name, found, rest = piece.partition(";")
        if not found or name not in _PREDEFINED or "<" in rest:
            return None
        result += (_PREDEFINED[name], rest)
    return "".join(result)
