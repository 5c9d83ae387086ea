"""The text of a part out of its bytes, and its bytes with some of the text changed."""

import base64
import binascii
import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corrigenda.documents.errors import Unreadable, Unwritable
from corrigenda.documents.mail.message import Leaf
from corrigenda.documents.parts import Edit

_TOKEN = re.compile(rb"=[0-9A-Fa-f]{2}|=[ \t]*(?:\r\n|\n|\r)|[^=]+|=")
_PLAIN = frozenset((*range(0x20, 0x3D), *range(0x3E, 0x7F), 0x09))
"""Bytes that stand for themselves: printable ASCII but for the equals sign."""
_LONGEST_LINE = 76
_STATEFUL = ("iso2022", "hz", "utf_7", "utf-7", "punycode", "idna", "utf-16", "utf-32", "utf_16", "utf_32")
_IDENTITY = ("7bit", "8bit", "binary", "")


class _Run(NamedTuple):
    """`length` decoded bytes from `start` on, and where they stand in the part: as they are, or three for one."""

    start: int
    raw: int
    length: int
    escaped: bool


@dataclass(frozen=True)
class Decoded:
    """The text of a part, its bytes once the transfer encoding is undone, and where these stand in the part's bytes."""

    leaf: Leaf
    text: str
    data: bytes
    raw: bytes
    codec: str
    runs: tuple[_Run, ...] = ()

    def written(self, edits: Sequence[Edit]) -> bytes:
        """Return the part's bytes with edits of its text made; no other byte changes but where all is base64.

        Args:
            edits: Ascending, not overlapping.

        Raises:
            Unwritable: The part's character set, or plain ASCII, has no such character.
        """
        if self.codec.startswith(_STATEFUL) or self.text.encode(self.codec, "strict") != self.data:
            raise Unwritable(f"A part of the message is in {self.leaf.charset}, which is only read.")
        if self.leaf.transfer == "base64":
            changed = self._spliced(edits, self.data, lambda at: at, lambda words: words)
            return _base64(changed, self.raw)
        if self.leaf.transfer == "quoted-printable":
            return _wrapped(self._spliced(edits, self.raw, self._raw_of, _quoted), self.raw)
        changed = self._spliced(edits, self.raw, lambda at: at, lambda words: words)
        if self.leaf.transfer in ("7bit", "") and not changed.isascii() and self.raw.isascii():
            raise Unwritable("The message is in plain ASCII (7bit), which has no such character. Correct it by hand.")
        return changed

    def _spliced(
        self,
        edits: Sequence[Edit],
        raw: bytes,
        place: "Callable[[int], int]",
        spelled: "Callable[[bytes], bytes]",
    ) -> bytes:
        pieces: list[bytes] = []
        at = char = byte = 0
        for edit in edits:
            byte += len(self.text[char : edit.start].encode(self.codec))
            start = place(byte)
            byte += len(self.text[edit.start : edit.end].encode(self.codec))
            char = edit.end
            # What ends before a line that is broken in two ends there, not behind the break.
            end = place(byte - 1) + self._length(byte - 1) if edit.end > edit.start else start
            pieces += (raw[at:start], spelled(self._encoded(edit.text)))
            at = max(end, start)
        return b"".join([*pieces, raw[at:]])

    def _length(self, byte: int) -> int:
        """Return how many bytes of the part stand for a decoded byte."""
        if self.leaf.transfer != "quoted-printable":
            return 1
        run = self.runs[self._run(byte)]
        return 3 if run.escaped else 1

    def _raw_of(self, byte: int) -> int:
        if not self.runs or byte >= len(self.data):
            return len(self.raw)
        run = self.runs[self._run(byte)]
        return run.raw + (byte - run.start) * (3 if run.escaped else 1)

    def _run(self, byte: int) -> int:
        return max(0, bisect_right(self.runs, byte, key=lambda run: run.start) - 1)

    def _encoded(self, words: str) -> bytes:
        try:
            return words.encode(self.codec)
        except UnicodeEncodeError as error:
            sign = words[error.start]
            raise Unwritable(
                f"The message is in {self.leaf.charset}, which has no character {sign!r} (U+{ord(sign):04X}). "
                "Correct it by hand."
            ) from None


def decoded(data: bytes, leaf: Leaf) -> Decoded:
    """Return the text of a part.

    Raises:
        Unreadable: Its character set is not known, or its bytes are not in it, or not in its transfer encoding.
    """
    raw = data[leaf.start : leaf.end]
    runs: tuple[_Run, ...] = ()
    if leaf.transfer == "base64":
        try:
            plain = base64.b64decode(b"".join(raw.split()), validate=True)
        except (binascii.Error, ValueError):
            raise Unreadable("A part of the message is not valid base64. Save its text and check that.") from None
    elif leaf.transfer == "quoted-printable":
        plain, runs = _unquoted(raw)
    elif leaf.transfer in _IDENTITY:
        plain = raw
    else:
        raise Unreadable(f"A part of the message is packed as {leaf.transfer[:40]!r}, which is not read.")
    name = "utf-8" if leaf.charset in ("us-ascii", "ascii", "utf8", "unknown-8bit") else leaf.charset
    name = "cp1252" if name in ("iso-8859-1", "latin-1") and re.search(rb"[\x80-\x9f]", plain) else name
    try:
        codec = codecs.lookup(name)
        if not codec._is_text_encoding:
            raise LookupError
        text = plain.decode(codec.name)
    except LookupError:
        raise Unreadable(f"The message claims to be in {leaf.charset[:40]!r}, which is no character set.") from None
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"The message claims to be in {leaf.charset}, but it is not valid from byte {error.start + 1:,} of its "
            "text on. Save its text as UTF-8 and check that."
        ) from None
    if "\0" in text:
        raise Unreadable("The text of the message has NUL characters in it, so it is no text.")
    return Decoded(leaf, text, plain, raw, codec.name, runs)


def _unquoted(raw: bytes) -> tuple[bytes, tuple[_Run, ...]]:
    """Undo quoted-printable: what is broken in it stays as it is, as mail programs read it."""
    pieces: list[bytes] = []
    runs: list[_Run] = []
    at = 0
    for token in _TOKEN.finditer(raw):
        own = token[0]
        if own[:1] == b"=" and len(own) > 1:
            if len(own) != 3 or own[1:2] in b" \t\r\n":
                continue  # a line that is broken in two
            value = bytes.fromhex(own[1:].decode("ascii"))
        else:
            value = own
        escaped = value is not own
        if escaped and runs and runs[-1].escaped and runs[-1].raw + 3 * runs[-1].length == token.start():
            runs[-1] = runs[-1]._replace(length=runs[-1].length + 1)
        else:
            runs.append(_Run(at, token.start(), len(value), escaped))
        pieces.append(value)
        at += len(value)
    return b"".join(pieces), tuple(runs)


def _quoted(words: bytes) -> bytes:
    """Return bytes in quoted-printable; line ends stay."""
    found = bytearray()
    for byte in words:
        if byte in _PLAIN or byte in b"\r\n":
            found.append(byte)
        else:
            found += b"=%02X" % byte
    return bytes(found)


def _wrapped(changed: bytes, before: bytes) -> bytes:
    """Return quoted-printable with lines that grew too long broken in two; others stay as they are."""
    known = frozenset(before.split(b"\n"))
    newline = b"\r\n" if b"\r\n" in before else b"\n"
    lines: list[bytes] = []
    for line in changed.split(b"\n"):
        ending = b"\r" if line.endswith(b"\r") else b""
        rest = line[: len(line) - len(ending)]
        pieces: list[bytes] = []
        while line not in known and len(rest) > _LONGEST_LINE:
            at = _LONGEST_LINE - 1
            escape = rest.rfind(b"=", at - 2, at)
            at = escape if escape > 0 else at
            pieces.append(rest[:at] + b"=" + newline)
            rest = rest[at:]
        lines.append(b"".join([*pieces, rest, ending]))
    return b"\n".join(lines)


def _base64(data: bytes, before: bytes) -> bytes:
    """Return bytes in base64, in lines as long as they were, with the line ends that were there."""
    newline = b"\r\n" if b"\r\n" in before else b"\n"
    first = before.lstrip().split(newline, 1)[0].strip()
    width = max(4, len(first)) if newline in before.strip() else 1 << 30
    packed = base64.b64encode(data)
    lines = [packed[at : at + width] for at in range(0, len(packed), width)]
    head = before[: len(before) - len(before.lstrip())]
    tail = before[len(before.rstrip()) :]
    return head + newline.join(lines) + tail
