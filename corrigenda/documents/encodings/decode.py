"""From bytes to text and back.

UTF-8 is read strictly. Another encoding is read only where it is certain; otherwise the file is refused with a guess,
since a wrong guess would show an editor letters that nobody wrote. `encode` gives back the very bytes that `decode`
read.
"""

import codecs
import hashlib

from corrigenda.documents.encodings.labels import control_share, label, newline_of, nul_at
from corrigenda.documents.errors import Unreadable, Unwritable
from corrigenda.documents.parts import Encoding

MAX_BYTES = 4 * 1024 * 1024
"""Largest file that is read, in bytes, unless the caller says otherwise."""

# The order matters: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = (
    (b"%PDF-", "a PDF; open it in a word processor, save it as .docx and check that"),
    (
        b"PK\x03\x04",
        "a ZIP archive or an office document; give it the ending of its kind (.docx), or unpack it",
    ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an old Office program; save it as .docx and check that"),
    (b"{\\rtf", "an RTF document; save it as .docx and check that"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b\x08", "a gzip archive; unpack it first"),
    (b"BZh91AY&SY", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)


def decode(data: bytes, *, limit: int = MAX_BYTES) -> tuple[str, Encoding]:
    """Return the text of a file's bytes, and how to get the bytes back.

    Args:
        data: The whole file.
        limit: Largest size in bytes.

    Returns:
        The text without a byte order mark and with its own line endings, and its encoding. An empty file is an empty
        text.

    Raises:
        Unreadable: The bytes are too many, are not text, or are in an encoding that is not certain.
    """
    if len(data) > limit:
        raise too_large(len(data), limit)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, mark, codec)
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise Unreadable(f"This is {name}.")
    if b"\0" in data:
        # deferred: few files are anything but UTF-8
        from corrigenda.documents.encodings.legacy import decode_with_nul

        return decode_with_nul(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # deferred: as above
        from corrigenda.documents.encodings.legacy import decode_legacy

        return decode_legacy(data, error)
    if control_share(data) > 0.05:
        raise Unreadable("This is a binary file, not text: it is full of control characters.")
    return text, Encoding("utf-8", b"", newline_of(text))


def encode(text: str, encoding: Encoding) -> bytes:
    """Return the bytes of a text in the encoding it was read in.

    Raises:
        Unwritable: The text has a character that the encoding cannot hold.
    """
    try:
        return encoding.bom + text.encode(encoding.codec)
    except UnicodeEncodeError as error:
        character = text[error.start]
        raise Unwritable(
            f"The file is in {label(encoding.codec)}, which has no character {character!r} (U+{ord(character):04X}); "
            "save it as UTF-8 first."
        ) from None


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    return hashlib.sha256(data, usedforsecurity=False).hexdigest()


def too_large(size: int, limit: int) -> Unreadable:
    """Return the refusal of a file of `size` bytes where `limit` are allowed."""
    return Unreadable(
        f"The file is too large: {size / 2**20:,.1f} MB, where the limit is {limit / 2**20:,.1f} MB. Split it."
    )


def _decode_marked(data: bytes, mark: bytes, codec: str) -> tuple[str, Encoding]:
    try:
        text = data[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"The file begins as {label(codec)} (it has that byte order mark), but from byte "
            f"{len(mark) + error.start:,} on it is not valid. Save it again as UTF-8."
        ) from None
    if "\0" in text:
        raise nul_at(len(mark) + len(text[: text.index("\0")].encode(codec)))
    return text, Encoding(codec, mark, newline_of(text))
