"""A ZIP package: its parts are listed and checked once, and unpacked only when they are asked for."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from corrigenda.documents.containers.refusals import damaged, refusal_of
from corrigenda.documents.errors import Unreadable

PART_LIMIT = 64 * 1024 * 1024
"""Bytes that a part may come to when it is unpacked; the text of a long book takes a tenth of that."""

UNPACKED_LIMIT = 128 * 1024 * 1024
"""Bytes that all parts which are unpacked may come to together."""

PARTS = 10_000
"""Parts that a package may have; each picture is one."""

RATIO = 400
"""How much smaller a part may be packed, where it is large at all: XML comes to a tenth, at most to a hundredth."""

MACROS = "The file contains macros (programs that it brings along). Save it without them, as .docx, and check that."
"""What is said of a file with programs in it."""

_LARGE = 4 * 1024 * 1024
_ENCRYPTED = 0x1
_NAME_LENGTH = 1_024
_LENGTHS = struct.Struct("<2H")
_END = b"PK\5\6"
_TAIL = 22 + 0xFFFF
"""Bytes at a file's end in which the record that ends the directory begins."""


class Part(NamedTuple):
    """A part as the package's directory lists it. Positions and sizes are bytes of the file."""

    name: str
    info: zipfile.ZipInfo
    end: int
    """Where the next part begins, or the directory."""


class Package:
    """The parts of a package. Nothing of it is written anywhere; parts are found by name, whatever its case."""

    def __init__(self, data: bytes, *, kind: str, mime: str = "") -> None:
        """List the parts of a file.

        Args:
            data: The file's bytes.
            kind: What the file should be, with its article, for messages: "a Word document".
            mime: What the part `mimetype` must say where it is there; empty for any.

        Raises:
            Unreadable: It is no package, or one that is not safe to read; the message says why and what to do.
        """
        self.data = data
        self._kind = kind
        refusal = refusal_of(data, kind)
        if refusal is not None:
            raise refusal
        _refuse_long_directory(data, kind)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError):
            raise damaged(kind) from None
        self.comment = self._archive.comment
        self.directory: int = self._archive.start_dir
        """Where the directory begins, in bytes."""
        self.parts: tuple[Part, ...] = self._listed()
        self._by_name: Mapping[str, Part] = {part.name.lower(): part for part in self.parts}
        self._unpacked = 0
        self._refuse_macros()
        if mime and "mimetype" in self and self.read("mimetype", limit=1024).strip() != mime.encode():
            raise Unreadable(f"This is not {kind}, although its name says so: it is a package of another kind.")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._by_name

    def names(self) -> tuple[str, ...]:
        """Return the names of all parts, in the file's order."""
        return tuple(part.name for part in self.parts)

    def name_of(self, name: str) -> str | None:
        """Return a part's name as the file has it, None where it has no such part; case does not count."""
        part = self._by_name.get(name.lower())
        return part.name if part is not None else None

    def read(self, name: str, *, limit: int = PART_LIMIT) -> bytes:
        """Return a part's bytes, unpacked.

        Raises:
            Unreadable: It is damaged, or comes to more than `limit` bytes, or all parts read so far to too many.
            KeyError: There is no such part.
        """
        part = self._by_name[name.lower()]
        info = part.info
        packed = max(1, info.compress_size)
        if info.file_size > limit or (info.file_size > _LARGE and info.file_size > RATIO * packed):
            raise _bomb(part.name, info.file_size)
        self._unpacked += info.file_size
        if self._unpacked > UNPACKED_LIMIT:
            raise _bomb("all its text", self._unpacked)
        data = self._unpack(part)
        if data is None or len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise damaged(self._kind, part.name)
        return data

    def _unpack(self, part: Part) -> bytes | None:
        """Return a part's bytes, one more than the directory says at most; None where it is damaged."""
        info = part.info
        if self.data[info.header_offset : info.header_offset + 4] != b"PK\3\4":
            return None
        name, extra = _LENGTHS.unpack_from(self.data, info.header_offset + 26)
        begin = info.header_offset + 30 + name + extra
        packed = self.data[begin : min(part.end, begin + info.compress_size)]
        if info.compress_type == zipfile.ZIP_STORED:
            return packed
        try:
            # Not by the archive itself, which unpacks all that a damaged part holds, whatever the directory says.
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, info.file_size + 1)
        except zlib.error:
            return None

    def _listed(self) -> tuple[Part, ...]:
        infos = self._archive.infolist()
        if len(infos) > PARTS:
            raise _many(len(infos))
        if not infos:
            raise damaged(self._kind)
        seen: set[str] = set()
        for info in infos:
            _check_name(info)
            key = info.filename.lower()
            if key in seen:
                raise Unreadable(
                    f"The file has two parts named {_shown(info.filename)}, so that programs do not agree on what it "
                    "says. Save it again with the program that made it."
                )
            seen.add(key)
            if info.flag_bits & _ENCRYPTED:
                raise Unreadable("The file is protected by a password. Save a copy without one and check that.")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Unreadable(
                    f"The part {_shown(info.filename)} is packed in a way that such files do not use. Save it again "
                    "with the program that made it."
                )
        return self._placed(infos)

    def _placed(self, infos: list[zipfile.ZipInfo]) -> tuple[Part, ...]:
        """Return the parts in the directory's order, once it is sure that none lies in another."""
        starts = sorted(info.header_offset for info in infos)
        following = dict(zip(starts, [*starts[1:], self.directory], strict=True))
        if len(following) != len(infos):
            raise damaged(self._kind)
        for info in infos:
            room = following[info.header_offset] - info.header_offset
            if info.header_offset < 0 or 30 + info.compress_size > room:
                raise damaged(self._kind)
        return tuple(Part(info.filename, info, following[info.header_offset]) for info in infos)

    def _refuse_macros(self) -> None:
        for part in self.parts:
            if part.name.lower().rpartition("/")[2] == "vbaproject.bin":
                raise Unreadable(MACROS)


def _refuse_long_directory(data: bytes, kind: str) -> None:
    """Raise Unreadable where the directory has more entries than `PARTS`, before any of them is read."""
    at = data.rfind(_END, max(0, len(data) - _TAIL))
    if at < 0 or at + 22 > len(data):
        raise damaged(kind)
    if int.from_bytes(data[at + 12 : at + 16], "little") > PARTS * (46 + _NAME_LENGTH // 4):
        raise _many(int.from_bytes(data[at + 10 : at + 12], "little"))


def _many(parts: int) -> Unreadable:
    return Unreadable(f"The file has {parts:,} parts, where {PARTS:,} are the most. Copy the text into a new document.")


def _check_name(info: zipfile.ZipInfo) -> None:
    """Raise Unreadable where a part's name could lead out of a folder into which somebody unpacks it."""
    name = info.orig_filename
    pieces = name.replace("\\", "/").split("/")
    if not name or "\0" in name or pieces[0] == "" or ".." in pieces or name[1:2] == ":":
        raise Unreadable(
            f"The file has a part named {_shown(name)}, which would lead out of it. Do not open it; ask where it "
            "comes from."
        )
    if len(name) > _NAME_LENGTH:
        raise Unreadable(f"The file has a part whose name has more than {_NAME_LENGTH:,} characters. Save it again.")


def _shown(name: str) -> str:
    return repr(name if len(name) <= 80 else f"{name[:77]}...")


def _bomb(what: str, size: int) -> Unreadable:
    return Unreadable(
        f"The file is packed so tightly that {what} comes to {size / 2**20:,.0f} MB, as in a ZIP bomb. "
        "Copy the text into a new document."
    )
