"""E-mail messages: the subject and the texts, and corrections put back into their bytes."""

from collections.abc import Iterator, Mapping, Sequence
from email.header import Header

from corrigenda.documents import moved
from corrigenda.documents.anchored import texts
from corrigenda.documents.anchored.texts import Stretch, Taken
from corrigenda.documents.document import Document
from corrigenda.documents.edits import settled
from corrigenda.documents.encodings.decode import MAX_BYTES, digest, too_large
from corrigenda.documents.encodings.labels import newline_of
from corrigenda.documents.errors import DocumentError, Unwritable
from corrigenda.documents.mail.message import Mail, Subject, opened
from corrigenda.documents.mail.transfer import Decoded, decoded
from corrigenda.documents.origin import AnchoredOrigin
from corrigenda.documents.parts import Edit, Encoding
from corrigenda.documents.xml.splicing import spliced

SUFFIXES = (".eml",)

_SUBJECT = "subject"
_INNER: Mapping[str, str] = {"text/html": "html", "text/markdown": "markdown"}


class EmlReader:
    """Reads e-mail messages and writes them back."""

    format = "eml"
    suffixes = SUFFIXES

    def read(self, data: bytes, display: str, *, limit: int = MAX_BYTES) -> Document:
        """Return the document of a message. Raises Unreadable where it is none, or a part cannot be decoded."""
        if len(data) > limit:
            raise too_large(len(data), limit)
        message = opened(data)
        parts = [decoded(data, leaf) for leaf in message.leaves]
        encoding = Encoding(newline=next((newline_of(part.text) for part in parts), "\n"))
        return texts.document(
            _taken(message, parts),
            display,
            self.format,
            digest(data),
            limit=limit,
            encoding=encoding,
            unread=message.unread,
        )

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit whose text is copy as the edit that its part is given; a subject is one line."""
        found = texts.spelled(document, edit)
        if document.locate(found.start).label != _SUBJECT:
            return found
        return found._replace(text=" ".join(found.text.split("\n")).replace("\r", ""))

    def edited(self, document: Document, edits: Sequence[Edit]) -> Document:
        """Return the document with edits made, in memory. Raises Unwritable where two overlap."""
        return moved.edited(document, edits)

    def harmless(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits that stay within one part and leave what is read in it as it is."""
        return [edit for edit in edits if texts.harmless(document, edit)]

    def write(self, data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
        """Return the message's bytes with edits made. What was written is read again before it is returned.

        Raises:
            Unwritable: Edits overlap or reach over two parts, or a part cannot hold the new words.
        """
        if not edits:
            return data
        own = settled(document, edits)
        assert isinstance(document.origin, AnchoredOrigin), "a message has anchors"
        by_part: dict[str, list[Edit]] = {}
        for one in document.origin.placed(own):
            by_part.setdefault(one.part, []).append(Edit(one.start, one.end, one.text))
        message = opened(data)
        changes: list[tuple[int, int, bytes]] = []
        if message.subject is not None and _SUBJECT in by_part:
            changes.append((*message.subject[:2], _subject(data, message.subject, by_part[_SUBJECT])))
        for number, leaf in enumerate(message.leaves, 1):
            if str(number) in by_part:
                changes.append((leaf.start, leaf.end, decoded(data, leaf).written(by_part[str(number)])))
        pieces: list[bytes] = []
        at = 0
        for start, end, new in sorted(changes):
            pieces += (data[at:start], new)
            at = end
        written = b"".join([*pieces, data[at:]])
        self._verify(written, document, own)
        return written

    def _verify(self, written: bytes, document: Document, edits: Sequence[Edit]) -> None:
        """Raise Unwritable where what was written does not say what it should."""
        wanted = moved.edited(document, edits).text
        try:
            found = self.read(written, document.path, limit=max(MAX_BYTES, len(written))).text
        except DocumentError as error:
            raise Unwritable(f"The corrected message could not be read again: {error.message}") from None
        if found.split() != wanted.split():
            raise Unwritable("The corrected message would not say what it should; correct it in a mail program.")


def _taken(message: Mail, parts: Sequence[Decoded]) -> Iterator[Taken]:
    """Yield the subject and the texts of a message, each line with what tells a person where it is."""
    if message.subject is not None:
        yield Taken(_SUBJECT, [Stretch(message.subject.said, 0, 0, _SUBJECT)], "text", title=True)
    for number, part in enumerate(parts, 1):
        if not part.text.strip():
            continue
        before = f"part {number}, " if len(parts) > 1 else ""
        pieces: list[Stretch] = []
        at = 0
        for line, said in enumerate(part.text.splitlines(keepends=True), 1):
            pieces.append(Stretch(said, 0, at, f"{before}line {line:,} of the text"))
            at += len(said)
        yield Taken(str(number), pieces, _INNER.get(part.leaf.kind, "text"))


def _subject(data: bytes, subject: Subject, edits: Sequence[Edit]) -> bytes:
    """Return the subject's bytes with edits made: as they were where they are ASCII, otherwise encoded anew."""
    raw = data[subject.start : subject.end]
    said = spliced(subject.said, edits)
    if said.isascii() and raw.isascii() and raw.decode("ascii") == subject.said:
        return said.encode("ascii")
    newline = "\r\n" if b"\r\n" in data[: subject.end + 2] else "\n"
    if raw.decode("utf-8", "replace") == subject.said and not raw.isascii():
        return said.encode("utf-8")  # written as it is, which is allowed by now
    return Header(said, "utf-8", header_name="Subject").encode(linesep=newline).encode("ascii")


READER = EmlReader()
