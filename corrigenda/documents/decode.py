"""From bytes to text and back.

UTF-8 is read strictly. Another encoding is read only where it is certain; otherwise the file is refused with a guess,
since a wrong guess would show an editor letters that nobody wrote. `encode` gives back the very bytes that `decode`
read.
"""

import codecs
import re

from corrigenda.documents.base import Encoding
from corrigenda.documents.errors import Unreadable, Unwritable

MAX_BYTES = 64 * 1024 * 1024
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
    (b"%PDF-", "a PDF; save its text as .txt or .md and check that"),
    (b"PK\x03\x04", "a ZIP archive or an office document; save its text as .txt or .md and check that"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document; save it as plain text and check that"),
    (b"{\\rtf", "an RTF document; save it as plain text and check that"),
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

_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b")) + b"\x7f"
_HIGH = bytes(range(0x80, 0x100))


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
        return _decode_with_nul(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_legacy(data, error)
    if _control_share(data) > 0.05:
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
            f"The file is in {_label(encoding.codec)}, which has no character {character!r} (U+{ord(character):04X}); "
            "save it as UTF-8 first."
        ) from None


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    from hashlib import sha256

    return sha256(data, usedforsecurity=False).hexdigest()


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
            f"The file begins as {_label(codec)} (it has that byte order mark), but from byte "
            f"{len(mark) + error.start:,} on it is not valid. Save it again as UTF-8."
        ) from None
    if "\0" in text:
        raise _nul(len(mark) + len(text[: text.index("\0")].encode(codec)))
    return text, Encoding(codec, mark, newline_of(text))


def _decode_with_nul(data: bytes) -> tuple[str, Encoding]:
    """Read UTF-16 or UTF-32 without a mark where the zero bytes lie as they must; refuse everything else."""
    for codec in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        width = 4 if "32" in codec else 2
        if len(data) % width:
            continue
        # The zero bytes of UTF-16 all lie in the high half; U+0000 itself would put one in each.
        low = data[0::width] if codec.endswith("le") else data[width - 1 :: width]
        high = data[width - 1 :: width] if codec.endswith("le") else data[0::width]
        if b"\0" in low and low.count(b"\0") * 50 > len(low):
            continue
        if high.count(b"\0") * 20 < len(high):
            continue
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _is_plausible(text):
            return text, Encoding(codec, b"", newline_of(text))
    if data.translate(None, _HIGH) == data and data.count(b"\0") * 100 < len(data) and _control_share(data) < 0.05:
        raise _nul(data.index(b"\0"))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(
            "This is a binary file, not text (or UTF-16 that is damaged). Name only text files, or save it as UTF-8."
        ) from None
    raise _nul(data.index(b"\0"))


def _nul(position: int) -> Unreadable:
    return Unreadable(
        f"There is a NUL character at byte {position:,}: this is a binary file, or a text that was damaged. "
        "Remove it, or save the text again as UTF-8."
    )


def _control_share(data: bytes) -> float:
    return (len(data) - len(data.translate(None, _CONTROL))) / len(data) if data else 0.0


_ORDINARY = re.compile(
    r"[\t\n\r\f\x20-\x7e\xa0-\u024f\u0300-\u0530\u0590-\u06ff\u10a0-\u10ff\u1e00-\u1fff\u2000-\u206f\u20a0-\u20bf"
    r"\u2100-\u2122\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffee\U0001f300-\U0001faff]+"
)


def _is_plausible(text: str) -> bool:
    """Return whether a text consists of the characters that running text is made of, spaces and letters foremost."""
    sample = text[:100_000]
    if not sample:
        return False
    ordinary = len(sample) - len(_ORDINARY.sub("", sample))
    common = len(re.findall(r"[\sA-Za-z\u0370-\u052f.,]", sample))
    return ordinary >= 0.995 * len(sample) and common >= 0.6 * len(sample)


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
    "cp866": "DOS code page 866",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "iso8859-5": "ISO 8859-5",
    "mac-cyrillic": "Mac Cyrillic",
    "mac-roman": "Mac Roman",
}


def _label(codec: str) -> str:
    return _LABELS.get(codec, codec)


def _decode_legacy(data: bytes, error: UnicodeDecodeError) -> tuple[str, Encoding]:
    """Read a text that is not UTF-8 if its encoding is certain."""
    _refuse_damaged_utf8(data, error)
    if _control_share(data) > 0.02:
        raise Unreadable("This is a binary file, not text.")
    codec = _certain_codec(data)
    if codec is not None:
        text = data.decode(codec)
        if text.encode(codec) == data:
            return text, Encoding(codec, b"", newline_of(text))
    guess = _guess(data)
    looks = f"it looks like {_label(guess)}, but that is not certain" if guess else "its encoding cannot be told"
    raise Unreadable(f"The file is not UTF-8 (byte {error.start:,}); {looks}. Save it as UTF-8 and check it again.")


_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)


def _refuse_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> None:
    """Refuse what is UTF-8 but for a few bytes: cut in the middle of a character, or two encodings in one file."""
    rest, valid = _MULTIBYTE.subn(b"", data)
    stray = len(rest) - len(rest.translate(None, _HIGH))
    if valid and valid * 2 >= stray:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"The file is UTF-8 but for {stray:,} byte{'s' if stray != 1 else ''}, the first in line {line:,} (byte "
            f"{error.start:,}): it was cut or mixed with another encoding. Mend that place and check it again."
        )


_CYRILLIC = ("cp1251", "koi8-u", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
_FREQUENT = frozenset("оеаинтсрвлкмдпуяі")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u045f\u0490\u0491]+")
_IN_WORD = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z])")
_WESTERN = frozenset("àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿœšžßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŒŠŽŸ")
_WESTERN_SIGNS = frozenset("‘’‚‛“”„«»‹›–—…•·°£€§©®™¿¡½¼¾×†‡²³±ªº´¢¥¹\u00a0\u00ad")


def _certain_codec(data: bytes) -> str | None:
    """Return the 8-bit encoding of a text if only one fits it."""
    cyrillic = _cyrillic_codec(data)
    if cyrillic is not None:
        return cyrillic
    fitting = [codec for codec in ("cp1252", "mac-roman") if _is_western(data, codec)]
    return fitting[0] if len(fitting) == 1 else None


def _cyrillic_codec(data: bytes) -> str | None:
    scores = sorted(
        ((_cyrillic_score(data, codec), -rank, codec) for rank, codec in enumerate(_CYRILLIC)), reverse=True
    )
    best, runner = scores[0], next(score for score in scores if score[2] not in _kin(scores[0][2]))
    return best[2] if best[0] >= 0.7 and best[0] - runner[0] >= 0.1 else None


def _kin(codec: str) -> tuple[str, ...]:
    """Return the encodings that a text can be in as well without reading otherwise (KOI8-R and KOI8-U)."""
    return ("koi8-r", "koi8-u") if codec.startswith("koi8") else (codec,)


def _cyrillic_score(data: bytes, codec: str) -> float:
    """Return how far the high bytes make words of Russian, Ukrainian or Bulgarian: 0 not at all, about 0.9 for running
    text.

    The share of the most frequent letters among all that is not ASCII, lowered by every capital after a small letter,
    which is what a reading in the wrong table of this family makes. Few letters prove nothing.
    """
    try:
        text = data[:200_000].decode(codec)
    except UnicodeDecodeError:
        return 0.0
    words = _CYRILLIC_WORD.findall(text)
    letters = sum(map(len, words))
    long_words = sum(1 for word in words if len(word) >= 3)
    if letters < 16 or long_words < 3:
        return 0.0
    foreign = sum(1 for character in text if character > "\x7f") - letters
    foreign -= sum(text.count(sign) for sign in _WESTERN_SIGNS)
    frequent = sum(1 for word in words for character in word.lower() if character in _FREQUENT)
    odd_case = sum(1 for word in words if not (word.islower() or word.isupper() or word[1:].islower()))
    mixed = len(re.findall(r"[A-Za-z][\u0400-\u045f]|[\u0400-\u045f][A-Za-z]", text))
    return frequent / (letters + 3 * max(foreign, 0)) - odd_case / len(words) - mixed / len(words)


def _is_western(data: bytes, codec: str) -> bool:
    """Return whether every high byte reads as an accented letter inside a Latin word or as a sign between words."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return False
    high = set(re.findall(r"[^\x00-\x7f]", text))
    if not high <= _WESTERN | _WESTERN_SIGNS:
        return False
    # A small letter before an accented capital ("donÕt"), or a sign inside a word ("Wa³esa"), is another table's
    # letter.
    if re.search(r"[a-z](?:[À-ÖØ-Þ]|[ŒŠŽŸ])|[a-z][²³¹ªº¢£¥§©®±´°·¿¡½¼¾×][a-z]", text):
        return False
    letters = [character for character in text if character in _WESTERN]
    return len(re.findall(r"[À-ÖØ-öø-ÿŒœŠšŽžŸ]{3,}", text)) == 0 and len(_IN_WORD.findall(text)) * 2 >= len(letters)


def _guess(data: bytes) -> str | None:
    """Return the likeliest encoding of a text that is refused, for the message alone."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:20_000]).best()
    return best.encoding.replace("_", "-") if best is not None else None
