"""What is known of an encoding without decoding: its name, line endings, and the characters that text does not have."""

from corrigenda.documents.errors import Unreadable

_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b")) + b"\x7f"


def newline_of(text: str) -> str:
    """Return the line ending that most lines have: CRLF, LF or CR; LF where there is none or a tie."""
    if "\r" not in text:
        return "\n"
    both = text.count("\r\n")
    feeds = text.count("\n") - both
    returns = text.count("\r") - both
    if feeds >= both and feeds >= returns:
        return "\n"
    return "\r\n" if both >= returns else "\r"


def nul_at(position: int) -> Unreadable:
    """Return the refusal of a text with a NUL at a byte's position."""
    return Unreadable(
        f"There is a NUL character at byte {position:,}: this is a binary file, or a text that was damaged. "
        "Remove it, or save the text again as UTF-8."
    )


def control_share(data: bytes) -> float:
    """Return which share of the bytes are control characters that text does not have."""
    return (len(data) - len(data.translate(None, _CONTROL))) / len(data) if data else 0.0


_LABELS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 (little endian)",
    "utf-16-be": "UTF-16 (big endian)",
    "utf-32-le": "UTF-32 (little endian)",
    "utf-32-be": "UTF-32 (big endian)",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1253": "Windows-1253",
    "cp932": "Shift JIS",
    "cp949": "Korean (Windows-949)",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp1257": "Windows-1257",
    "big5": "Big5",
    "gb18030": "GB 18030",
    "cp866": "DOS code page 866",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "iso8859-5": "ISO 8859-5",
    "mac-cyrillic": "Mac Cyrillic",
    "mac-roman": "Mac Roman",
}


def label(codec: str) -> str:
    """Return the name by which people know an encoding."""
    return _LABELS.get(codec, codec)
