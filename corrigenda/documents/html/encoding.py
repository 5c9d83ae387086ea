"""The encoding of a page: its byte order mark, what it says itself, or else UTF-8.

What a page says is believed where its bytes bear it out. UTF-8 that calls itself something else is UTF-8: no other
encoding has that pattern by chance.
"""

import codecs
import re

from corrigenda.documents.encodings.decode import MAX_BYTES, decode, too_large
from corrigenda.documents.encodings.labels import label, newline_of
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Encoding

HEAD = 1024
"""Bytes in which a page says its encoding, by the standard."""

_DECLARED = re.compile(
    rb"""<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})"""
    rb"""|^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})["']""",
    re.IGNORECASE,
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What browsers read under a label where Python knows it as something narrower (the WHATWG's Encoding Standard).
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}


def decoded(data: bytes, *, limit: int = MAX_BYTES) -> tuple[str, Encoding]:
    """Return the text of a page's bytes, and how to get the bytes back.

    Raises:
        Unreadable: The bytes are too many, are no text, or are not in the encoding that the page says.
    """
    if len(data) > limit:
        raise too_large(len(data), limit)
    found = None if data.startswith(_MARKS) else _DECLARED.search(data[:HEAD])
    if found is None:
        return decode(data, limit=limit)
    said = (found[1] or found[2]).decode("ascii")
    codec = _codec(said)
    if b"\0" in data or (not data.isascii() and _is_utf8(data)) or (codec == "utf-8" and data.isascii()):
        return decode(data, limit=limit)
    if not codec:
        raise Unreadable(f"The page says it is in {said!r}, which is no known encoding. Save it as UTF-8.")
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"The page says it is in {label(codec)}, but from byte {error.start:,} on it is not. Save it as UTF-8."
        ) from None
    if text.encode(codec, "replace") != data:
        raise Unreadable(
            f"The page is in {label(codec)}, but written so that it could not be saved as it is. Save it as UTF-8."
        )
    return text, Encoding(codec, b"", newline_of(text))


def _codec(said: str) -> str:
    """Return Python's name of what browsers read under a label, empty where there is none."""
    try:
        found = codecs.lookup(said)
        "".encode(found.name)  # one that makes bytes of text
    except (LookupError, UnicodeError):
        return ""
    name = found.name
    return "" if name in ("idna", "punycode", "utf-7", "unicode_escape") else _WIDER.get(name, name)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
