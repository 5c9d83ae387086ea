"""What the readers of formats share whose document's text is the file's own, character by character."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from corrigenda.documents.document import Document
from corrigenda.documents.edits import apply
from corrigenda.documents.encodings.decode import MAX_BYTES, decode, digest, encode
from corrigenda.documents.parts import Edit, Encoding


class IdentityReader(ABC):
    """Decodes, parses and encodes; a format says how its text is parsed."""

    format: str
    suffixes: tuple[str, ...]

    @abstractmethod
    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        """Return the document of a text. Raises Unreadable where it cannot be one."""

    def read(self, data: bytes, display: str, *, limit: int = MAX_BYTES) -> Document:
        """Return the document of a file's bytes.

        Raises:
            Unreadable: The bytes are not text, are too many, or in an encoding that is not certain.
        """
        text, encoding = self.decoded(data, limit=limit)
        return self.parse(text, display, encoding, digest(data))

    def decoded(self, data: bytes, *, limit: int = MAX_BYTES) -> tuple[str, Encoding]:
        """Return the text of a file's bytes and how it was encoded. Raises Unreadable as `read`."""
        return decode(data, limit=limit)

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit whose text is copy as the edit that the file is given: with the entities or escapes that the
        format has for characters that would be markup at this place. Plain text needs none.
        """
        return edit

    def accompanying(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return further edits of the text that go with some when they are written: what the format has to say of a
        place that was changed, such as that somebody should review it. They must not meet the edits, and there are
        none where the text says it already. Text has nothing to say.
        """
        return []

    def written(self, document: Document, edits: Sequence[Edit]) -> str:
        """Return the text as it is written with edits made. Raises Unwritable as `edited`."""
        return apply(document, [*edits, *self.accompanying(document, edits)]) if edits else document.text

    def edited(self, document: Document, edits: Sequence[Edit]) -> Document:
        """Return the document with edits made: its new text is parsed again, since edits can change what is markup.

        Raises:
            Unwritable: An edit lies outside the text, or two overlap.
        """
        text = apply(document, edits)
        return self.parse(text, document.path, document.encoding, digest(text.encode("utf-8", "surrogatepass")))

    def harmless(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits after which programs read the document as before: in plain text, all."""
        return list(edits)

    def write(self, data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
        """Return the file's bytes with edits made; all else is byte for byte what was read.

        Raises:
            Unwritable: Edits overlap, or the file's encoding has no such character.
        """
        return encode(self.written(document, edits), document.encoding) if edits else data
