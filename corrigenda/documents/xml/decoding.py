"""The text of an XML file's bytes, in the encoding that it says it is in."""

import codecs
import re
from collections.abc import Sequence

from corrigenda.documents.encodings.decode import MAX_BYTES, too_large
from corrigenda.documents.encodings.labels import label, newline_of
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Encoding

# The order matters: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What "<?" is in an encoding of wider characters, where a file has no byte order mark.
_WIDE = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
_DECLARED = re.compile(r"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']""")

UNICODE = ("utf-8", "utf-16-le", "utf-16-be")
"""What the parts of office documents and books may be in."""


def decode(
    data: bytes, *, what: str = "the file", limit: int = MAX_BYTES, only: Sequence[str] = ()
) -> tuple[str, Encoding]:
    """Return the text of an XML file's bytes without a byte order mark, and how to get the bytes back.

    The byte order mark says the encoding, or else the XML declaration, or else it is UTF-8.

    Args:
        data: The whole file, or a whole part of a container.
        what: What the bytes are, for messages: "the file", or a part's name.
        limit: Largest size in bytes.
        only: Python's names of the encodings that are allowed; empty for all that are text.

    Raises:
        Unreadable: The bytes are too many, are not in the encoding that they claim, or in one that is not allowed.
    """
    if len(data) > limit:
        raise too_large(len(data), limit)
    mark, codec = next(((mark, codec) for mark, codec in _MARKS if data.startswith(mark)), (b"", ""))
    if not codec:
        codec = next((wide for head, wide in _WIDE if data.startswith(head)), "")
    head = data[len(mark) : len(mark) + 1024].decode(codec or "latin-1", "replace")
    found = _DECLARED.match(head)
    declared = found[1] if found is not None else ""
    known = _known(declared) if declared else "utf-8"
    if codec:
        if declared and known.removesuffix("-le").removesuffix("-be") != codec[:6].rstrip("-"):
            raise Unreadable(f"{_named(what)} claims to be in {declared}, but it is in {label(codec)}. {_AGAIN}")
    else:
        codec = known
        if codec.startswith(("utf-16", "utf-32")):
            raise Unreadable(f"{_named(what)} claims to be in {declared}, but it is not. {_AGAIN}")
    if not codec or (only and codec not in only):
        raise Unreadable(
            f"{_named(what)} claims to be in {declared or label(codec)}, which is not allowed there. {_AGAIN}"
        )
    try:
        text = data[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"{_named(what)} is not valid {label(codec)} from byte {len(mark) + error.start:,} on. {_AGAIN}"
        ) from None
    return text, Encoding(codec, mark, newline_of(text))


_AGAIN = "Save it again as UTF-8."


def _known(declared: str) -> str:
    """Return Python's name of a text encoding that a file declares, empty where there is none."""
    try:
        found = codecs.lookup(declared)
    except LookupError:
        return ""
    return found.name if found._is_text_encoding and found.name not in ("idna", "punycode", "utf-7") else ""


def _named(what: str) -> str:
    return what[0].upper() + what[1:] if what.startswith("the ") else what
