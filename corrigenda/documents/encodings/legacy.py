"""Texts that are not plainly UTF-8: UTF-16 and UTF-32 without a mark, and the 8-bit encodings of before Unicode.

Imported when such a file is met. What is read here is certain; all else is refused with a guess.
"""

import re

from corrigenda.documents.encodings.labels import control_share, label, newline_of, nul_at
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Encoding

_HIGH = bytes(range(0x80, 0x100))

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


def decode_with_nul(data: bytes) -> tuple[str, Encoding]:
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
    if data.translate(None, _HIGH) == data and data.count(b"\0") * 100 < len(data) and control_share(data) < 0.05:
        raise nul_at(data.index(b"\0"))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(
            "This is a binary file, not text (or UTF-16 that is damaged). Name only text files, or save it as UTF-8."
        ) from None
    raise nul_at(data.index(b"\0"))


def decode_legacy(data: bytes, error: UnicodeDecodeError) -> tuple[str, Encoding]:
    """Read a text that is not UTF-8 if its encoding is certain."""
    _refuse_damaged_utf8(data, error)
    if control_share(data) > 0.02:
        raise Unreadable("This is a binary file, not text.")
    codec = _certain_codec(data)
    if codec is not None:
        text = data.decode(codec)
        if text.encode(codec) == data:
            return text, Encoding(codec, b"", newline_of(text))
    guess = _guess(data)
    looks = f"it looks like {label(guess)}, but that is not certain" if guess else "its encoding cannot be told"
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
            f"{error.start:,}): it was cut or mixed with another encoding. Correct that place and check it again."
        )


_CYRILLIC = ("cp1251", "koi8-u", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
_FREQUENT = frozenset("оеаинтсрвлкмдпуяі")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u045f\u0490\u0491]+")
_WINDOWS_LETTER = re.compile(rb"(?<![\xc0-\xff])[\xc0-\xdf][\xe0-\xff]|[\xe0-\xfe]\xff")
_MAC_LETTER = re.compile(rb"(?<![\x80-\x9f\xdf-\xfe])[\x80-\x9f][\xdf-\xfe]|[\xe0-\xfe]\xdf")
_IN_WORD = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z])")
_WESTERN = frozenset("àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿœšžßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŒŠŽŸ")
_TYPOGRAPHIC = frozenset("‘’‚“”„–—…•")
_WESTERN_SIGNS = frozenset("‘’‚‛“”„«»‹›–—…•·°£€§©®™¿¡½¼¾×†‡²³±ªº´¢¥¹\u00a0\u00ad")


def _certain_codec(data: bytes) -> str | None:
    """Return the 8-bit encoding of a text if only one fits it."""
    cyrillic = _cyrillic_codec(data)
    if cyrillic is not None:
        return cyrillic
    fitting = [codec for codec in ("cp1252", "mac-roman") if _is_western(data, codec)]
    if len(fitting) == 2:
        # What is all quotation marks and dashes in the one is letters at odd places in the other.
        fitting = [codec for codec in fitting if set(re.findall(r"[^\x00-\x7f]", data.decode(codec))) <= _TYPOGRAPHIC]
    return fitting[0] if len(fitting) == 1 else None


def _cyrillic_codec(data: bytes) -> str | None:
    scores = sorted(
        ((_cyrillic_score(data, codec), -rank, codec) for rank, codec in enumerate(_CYRILLIC)), reverse=True
    )
    best = scores[0]
    runner = next(score for score in scores if _family(score[2]) != _family(best[2]))
    if best[0] < 0.7 or best[0] - runner[0] < 0.1:
        return None
    return _windows_or_mac(data) if _family(best[2]) == "cp1251" else best[2]


def _family(codec: str) -> str:
    """Return one name for the encodings that share most of their letters: KOI8-R and KOI8-U, Windows-1251 and Mac."""
    return {"koi8-r": "koi8-u", "mac-cyrillic": "cp1251"}.get(codec, codec)


def _windows_or_mac(data: bytes) -> str | None:
    """Tell Windows-1251 from Mac Cyrillic: their small letters are the same but for one, their capitals are not."""
    windows = len(_WINDOWS_LETTER.findall(data))
    mac = len(_MAC_LETTER.findall(data))
    if windows and windows >= 3 * mac:
        return "cp1251"
    return "mac-cyrillic" if mac >= 2 and mac >= 3 * windows else None


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
    if len(letters) * 4 > len(re.findall(r"[A-Za-z]", text)):
        return False
    return len(re.findall(r"[À-ÖØ-öø-ÿŒœŠšŽžŸ]{3,}", text)) == 0 and len(_IN_WORD.findall(text)) * 2 >= len(letters)


def _guess(data: bytes) -> str | None:
    """Return the likeliest encoding of a text that is refused, for the message alone."""
    # A few Cyrillic words in an English text are too few to be certain of, and easily seen.
    text = data.decode("cp1251", "replace")
    words = _CYRILLIC_WORD.findall(text)
    whole = all(len(word) >= 2 and (word[1:].islower() or word.isupper()) for word in words)
    if words and whole and not re.search(r"[A-Za-z][\u0400-\u045f]|[\u0400-\u045f][A-Za-z]", text):
        return "cp1251"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:20_000]).best()
    return best.encoding.replace("_", "-") if best is not None else None
