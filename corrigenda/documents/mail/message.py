"""The parts of a message with the places of their bytes. The standard library's parser tells none."""

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from typing import NamedTuple

from corrigenda.documents.errors import Unreadable

DEEPEST = 20
"""Levels of parts within parts that are read; a forwarded message with pictures has four."""
MOST_PARTS = 500
LONGEST_HEAD = 256 * 1024
"""Bytes of the headers of one part."""

_HEAD_ENDS = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_FIRST = re.compile(rb"(?:From [^\r\n]{1,500}\r?\n)?[!-9;-~]{1,80}:")
_SUBJECT = re.compile(rb"(?:^|(?<=[\r\n]))subject:[ \t]*", re.IGNORECASE)
_VALUE = re.compile(rb"[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*")
_KNOWN = ("from", "to", "date", "subject", "message-id", "received", "mime-version", "return-path", "content-type")


class Leaf(NamedTuple):
    """A part that holds text: `[start, end)` of its bytes in the file, its kind ("text/plain"), the character set and
    the transfer encoding that it says it is in, both in lower case.
    """

    start: int
    end: int
    kind: str
    charset: str
    transfer: str


class Subject(NamedTuple):
    """The subject: `[start, end)` of its bytes in the file, and what it says."""

    start: int
    end: int
    said: str


class Mail(NamedTuple):
    """What of a message is copy: its subject, its texts in order, and what may hold copy and is not read."""

    subject: Subject | None
    leaves: tuple[Leaf, ...]
    unread: tuple[str, ...]


def opened(data: bytes) -> Mail:
    """Return what is copy in a message. Raises Unreadable for what is none, or has too many parts."""
    if _FIRST.match(data.lstrip()[:700]) is None:
        raise Unreadable("This is no e-mail message: it does not begin with headers such as Subject:.")
    found = _Parts(data)
    start = len(data) - len(data.lstrip())
    if data.startswith(b"From ", start):
        start = data.find(b"\n", start) + 1
    head, _ = found.head(start, len(data))
    if not any(name.lower() in _KNOWN for name in head):
        raise Unreadable("This is no e-mail message: it has no header such as Subject, From or Date.")
    leaves = tuple(found.read(start, len(data), 0))
    return Mail(_subject(data, start, found.body(start, len(data))), leaves, tuple(found.unread))


class _Parts:
    """Walks through the parts of a message."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._count = 0
        self.unread: list[str] = []

    def body(self, start: int, end: int) -> int:
        """Return where the body of a part begins, behind the empty line."""
        found = _HEAD_ENDS.search(self._data, start, end)
        if self._data[start : start + 1] in (b"\n", b"\r"):  # a part without headers
            return start + (2 if self._data.startswith(b"\r\n", start) else 1)
        return found.end() if found is not None else end

    def head(self, start: int, end: int) -> tuple["Message[str, str]", int]:
        """Return the headers of a part, and where its body begins. Raises Unreadable for endless ones."""
        body = self.body(start, end)
        if body - start > LONGEST_HEAD:
            raise Unreadable(f"The headers of the message have more than {LONGEST_HEAD // 1024:,} KB, as in an attack.")
        return BytesHeaderParser().parsebytes(self._data[start:body]), body

    def read(self, start: int, end: int, depth: int) -> Iterator[Leaf]:
        """Yield the texts of a part. Raises Unreadable where there are too many parts, or too deep in each other."""
        self._count += 1
        if self._count > MOST_PARTS or depth > DEEPEST:
            raise Unreadable(
                f"The message has more than {MOST_PARTS:,} parts, or more than {DEEPEST} levels, as in an attack."
            )
        head, body = self.head(start, end)
        try:
            kind = head.get_content_type()
            boundary = head.get_boundary()
            charset = (head.get_content_charset() or "us-ascii").lower()
            attached = head.get_content_disposition() == "attachment"
        except (MessageError, LookupError, ValueError, UnicodeError):
            raise Unreadable("The headers of the message are broken. Save its text and check that.") from None
        transfer = str(head.get("content-transfer-encoding", "7bit")).strip().lower()
        if kind.startswith("multipart/"):
            if not boundary:
                raise Unreadable("The message says that it has parts, and not where they begin. Save its text instead.")
            children = self._children(body, end, boundary.encode("latin-1", "replace"))
            yield from self._chosen(children, kind, depth)
        elif kind == "message/rfc822" and transfer in ("7bit", "8bit", "binary"):
            yield from self.read(body, end, depth + 1)
        elif attached:
            if kind.startswith(("text/", "message/")):
                self.unread.append("an attachment")
        elif kind in ("text/plain", "text/html", "text/markdown") and end > body:
            yield Leaf(body, end, kind, charset, transfer)

    def _chosen(self, children: list[tuple[int, int]], kind: str, depth: int) -> Iterator[Leaf]:
        """Yield the texts of a part's parts; of those that say the same, the plainest."""
        every = [list(self.read(first, last, depth + 1)) for first, last in children[: MOST_PARTS + 1]]
        if kind != "multipart/alternative":
            for own in every:
                yield from own
            return
        filled = [own for own in every if own]
        plain = next((own for own in filled if own[0].kind == "text/plain"), filled[0] if filled else [])
        if any(own is not plain and own[0].kind == "text/html" for own in filled):
            self.unread.append("the HTML version of a message, which says the same")
        yield from plain

    def _children(self, start: int, end: int, boundary: bytes) -> list[tuple[int, int]]:
        """Return the stretches between the lines that part the parts."""
        line = re.compile(rb"(?:^|(?<=\n)|(?<=\r))--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r\n|\r|\n|\Z)")
        found: list[tuple[int, int]] = []
        begun = -1
        for one in line.finditer(self._data, start, end):
            if begun >= 0:
                found.append((begun, self._before(one.start(), begun)))
            begun = one.end()
            if one[1] or len(found) > MOST_PARTS:
                return found
        if 0 <= begun < end:
            found.append((begun, end))
        return found

    def _before(self, at: int, least: int) -> int:
        """Return where the line ends that stands before a line which parts: its line end belongs to that."""
        for sign in (b"\r\n", b"\n", b"\r"):
            if self._data.endswith(sign, least, at):
                return at - len(sign)
        return at


def _subject(data: bytes, start: int, body: int) -> Subject | None:
    found = _SUBJECT.search(data, start, body)
    value = _VALUE.match(data, found.end(), body) if found is not None else None
    if value is None:
        return None
    try:
        said = str(make_header(decode_header(value[0].decode("utf-8"))))
    except (MessageError, LookupError, ValueError, UnicodeError):
        return None
    said = " ".join(said.replace("\r", "").split("\n"))
    return Subject(value.start(), value.end(), said) if said.strip() else None
