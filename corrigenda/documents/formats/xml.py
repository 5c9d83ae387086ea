"""XML of which the root element says what it is: the reader of that format reads it.

Another format is added by its roots, in `ROOTS`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Self

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.encodings.decode import MAX_BYTES
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit
from corrigenda.documents.schemas import dita, docbook
from corrigenda.documents.xml.decoding import decode
from corrigenda.documents.xml.events import Start
from corrigenda.documents.xml.scanner import scan
from corrigenda.settings import ReadingOptions

SUFFIXES = (".xml",)
IN_FOLDERS = False

ROOTS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(sorted(dita.ROOTS), "dita"),
        **dict.fromkeys(sorted(docbook.ROOTS - dita.ROOTS), "docbook"),
        **dict.fromkeys(("rss", "RDF", "feed"), "rss"),
        **dict.fromkeys(("html",), "html"),
        **dict.fromkeys(("xliff",), "xliff"),
        **dict.fromkeys(("tmx",), "tmx"),
        **dict.fromkeys(("resources",), "android"),
    }
)
"""Formats by the names of their root elements, without prefixes."""

_DOCBOOK = "http://docbook.org/ns/docbook"


class XmlReader:
    """Reads XML of any format that is known here; the document is of that format, whose reader writes it."""

    format = "xml"
    suffixes = SUFFIXES

    def __init__(self, options: ReadingOptions | None = None) -> None:
        """Make a reader whose formats obey some options."""
        self.options = options or ReadingOptions()

    def configured(self, options: ReadingOptions) -> Self:
        """Return the reader that obeys other options."""
        return type(self)(options)

    def read(self, data: bytes, display: str, *, limit: int = MAX_BYTES) -> Document:
        """Return the document of a file's bytes.

        Raises:
            Unreadable: It is no XML, not safe, or of no format that is known; the message names its root element.
        """
        name = _format(decode(data, limit=limit)[0])
        return registry.read_bytes(data, display, name, limit=limit, options=self.options)

    def edited(self, document: Document, edits: Sequence[Edit]) -> Document:
        """Return the document with edits made. Raises Unwritable as its format's reader."""
        return registry.edited(document, edits)

    def write(self, data: bytes, document: Document, edits: Sequence[Edit]) -> bytes:
        """Return the file's bytes with edits made. Raises Unwritable as its format's reader."""
        return registry.written(data, document, edits)


READER = XmlReader()


def _format(text: str) -> str:
    """Return the format of an XML text. Raises Unreadable where none is known."""
    known = registry.formats()
    for event in scan(text):
        if isinstance(event, Start):
            root = event.name.rpartition(":")[2]
            name = ROOTS.get(root, "")
            if _DOCBOOK in event.attributes.values():
                name = "docbook"
            if name in known:
                return name
            shown = sorted({root for root, name in ROOTS.items() if name in known})
            raise Unreadable(
                f"This is XML with the root element <{root[:60]}>, which is not read; "
                f"those that are begin with {', '.join(f'<{one}>' for one in shown)}."
            )
    raise Unreadable("There is no element in this XML.")
