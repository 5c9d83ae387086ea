"""A package with some parts changed: all others are the same bytes in the same order, packed as they were."""

import struct
import zipfile
import zlib
from collections.abc import Mapping

from corrigenda.documents.containers.package import Package, Part
from corrigenda.documents.errors import Unwritable

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LARGEST = 0xFFFFFFFE
_MOST = 0xFFFE
_SIZES_FOLLOW = 0x8
_UTF_8 = 0x800
_ZIP64 = 1


def rewritten(package: Package, changed: Mapping[str, bytes], added: Mapping[str, bytes] | None = None) -> bytes:
    """Return a package's bytes with parts changed or added.

    Names, order, dates, attributes, comments and the way in which a part is packed stay as they are; what did not
    change is copied packed, byte for byte.

    Args:
        package: The package.
        changed: New contents by the name of a part.
        added: Contents of new parts, which come last, packed, with the date of the package's first part.

    Raises:
        KeyError: A part that is to be changed is not there.
        Unwritable: The package would be larger than one can be, or has a part of that name already.
    """
    own = {name.lower(): data for name, data in changed.items()}
    missing = [name for name in changed if name not in package]
    if missing:
        raise KeyError(missing[0])
    taken = [name for name in added or () if name in package]
    if taken:
        raise Unwritable(f"The file has a part named {taken[0]!r} already.")
    if not own and not added:
        return package.data
    entries = _entries(package)
    # What stands before the first part (some programs put something there) stays too.
    pieces: list[bytes] = [package.data[: min(part.info.header_offset for part in package.parts)]]
    at = len(pieces[0])
    records: dict[str, bytes] = {}
    for part in sorted(package.parts, key=lambda part: part.info.header_offset):
        data = own.get(part.name.lower())
        stretch = package.data[part.info.header_offset : part.end]
        sizes = (part.info.CRC, part.info.compress_size, part.info.file_size)
        if data is not None:
            stretch, sizes = _packed(package, part, data)
        records[part.name] = _record(entries[part.name], sizes, at, rewritten=data is not None)
        pieces.append(stretch)
        at += len(stretch)
    directory = [records[part.name] for part in package.parts]
    for name, data in (added or {}).items():
        stretch, record = _new(package, name, data, at)
        pieces.append(stretch)
        directory.append(record)
        at += len(stretch)
    size = sum(map(len, directory))
    if at + size > _LARGEST or len(directory) > _MOST:
        raise Unwritable("The file would become larger than such a file can be. Make the corrections in it yourself.")
    end = _END.pack(b"PK\5\6", 0, 0, len(directory), len(directory), size, at, len(package.comment))
    return b"".join((*pieces, *directory, end, package.comment))


def _entries(package: Package) -> dict[str, bytes]:
    """Return the directory's records as they are, by the names of their parts."""
    found: dict[str, bytes] = {}
    at = package.directory
    for part in package.parts:
        fields = _CENTRAL.unpack_from(package.data, at)
        end = at + _CENTRAL.size + sum(fields[10:13])
        found[part.name] = package.data[at:end]
        at = end
    return found


def _packed(package: Package, part: Part, data: bytes) -> tuple[bytes, tuple[int, int, int]]:
    """Return a part with new contents, its local header first, and its CRC and sizes packed and unpacked."""
    info = part.info
    packed = _deflated(data) if info.compress_type == zipfile.ZIP_DEFLATED else data
    fields = list(_LOCAL.unpack_from(package.data, info.header_offset))
    begin = info.header_offset + _LOCAL.size
    name = package.data[begin : begin + fields[9]]
    extra = _without_zip64(package.data[begin + fields[9] : begin + fields[9] + fields[10]])
    sizes = (zlib.crc32(data), len(packed), len(data))
    fields[2] &= ~_SIZES_FOLLOW
    fields[6:9] = sizes
    fields[10] = len(extra)
    return b"".join((_LOCAL.pack(*fields), name, extra, packed)), sizes


def _record(entry: bytes, sizes: tuple[int, int, int], at: int, *, rewritten: bool) -> bytes:
    """Return a part's record in the directory, with its sizes and where it begins now."""
    fields = list(_CENTRAL.unpack_from(entry))
    name_end = _CENTRAL.size + fields[10]
    extra_end = name_end + fields[11]
    extra = _without_zip64(entry[name_end:extra_end])
    if rewritten:
        fields[3] &= ~_SIZES_FOLLOW
    fields[7:10] = sizes
    fields[11] = len(extra)
    fields[16] = at
    return b"".join((_CENTRAL.pack(*fields), entry[_CENTRAL.size : name_end], extra, entry[extra_end:]))


def _new(package: Package, name: str, data: bytes, at: int) -> tuple[bytes, bytes]:
    """Return a new part with its local header, and its record in the directory."""
    first = _CENTRAL.unpack_from(package.data, package.directory)
    encoded = name.encode("utf-8")
    flags = 0 if name.isascii() else _UTF_8
    packed = _deflated(data)
    common = (20, flags, zipfile.ZIP_DEFLATED, first[5], first[6], zlib.crc32(data), len(packed), len(data))
    local = _LOCAL.pack(b"PK\3\4", *common, len(encoded), 0)
    record = _CENTRAL.pack(b"PK\1\2", first[1], *common, len(encoded), 0, 0, 0, 0, 0, at)
    return local + encoded + packed, record + encoded


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def _without_zip64(extra: bytes) -> bytes:
    """Return extra fields without the sizes of very large files, which ours are not and which would be wrong now."""
    pieces: list[bytes] = []
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind != _ZIP64:
            pieces.append(extra[at : at + 4 + length])
        at += 4 + length
    pieces.append(extra[at:])
    return b"".join(pieces)
