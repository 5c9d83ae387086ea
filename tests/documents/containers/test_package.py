"""Packages: what is refused, and that rewriting leaves alone what did not change."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents.containers import package as packages
from corrigenda.documents.containers.package import Package
from corrigenda.documents.containers.rewriting import rewritten
from corrigenda.documents.errors import Unreadable, Unwritable

KIND = "a Word document"
STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED


def made(*parts: tuple[str, bytes, int], comment: bytes = b"") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, data, compression in parts:
            info = zipfile.ZipInfo(name, (2024, 2, 29, 12, 30, 58))
            info.compress_type = compression
            info.external_attr = 0o640 << 16
            file.writestr(info, data)
        file.comment = comment
    return target.getvalue()


THREE = made(
    ("mimetype", b"application/x", STORED),
    ("word/document.xml", b"<a/>" * 500, DEFLATED),
    ("café.png", b"\x89P" * 99, 8),
)


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        package = Package(data, kind=KIND)
        for name in package.names():
            package.read(name)
    assert "\n" not in refused.value.message
    return refused.value.message


def described(data: bytes) -> list[tuple[object, ...]]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return [
            (i.filename, i.compress_type, i.date_time, i.external_attr, i.comment, i.extra, file.read(i))
            for i in file.infolist()
        ]


def test_parts_are_read_by_name_whatever_the_case() -> None:
    package = Package(THREE, kind=KIND)
    assert package.names() == ("mimetype", "word/document.xml", "café.png")
    assert package.read("Word/Document.XML") == b"<a/>" * 500
    assert package.name_of("CAFÉ.png") == "café.png" and package.name_of("x") is None
    with pytest.raises(KeyError):
        package.read("x")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty; it is not a Word document."),
        (b"hello", "This is not a Word document, although its name says so."),
        (b"%PDF-1.7", "This is a PDF; open it in a word processor, save it as .docx"),
        (b"{\\rtf1", "This is an RTF document; save it as .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "This is a document of an old Office program."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "The file is protected by a password. Save a copy without one",
        ),
        (THREE[: len(THREE) // 2], "The file is cut off or damaged"),
        (THREE[:-30], "The file is cut off or damaged"),
        (b"PK\x03\x04", "The file is cut off or damaged"),
        (made(), "The file is cut off or damaged"),
        (made(("../a", b"", 0)), "a part named '../a', which would lead out of it"),
        (made(("a/../../b", b"", 0)), "which would lead out of it"),
        (made(("/etc/passwd", b"", 0)), "a part named '/etc/passwd', which would lead out of it"),
        (made(("C:/x", b"", 0)), "which would lead out of it"),
        (made(("a\\..\\b", b"", 0)), "which would lead out of it"),
        (made(("x" * 2000, b"", 0)), "more than 1,024 characters"),
        (made(("word/vbaProject.bin", b"x", 0)), "The file contains macros"),
        (made(("a", b"x" * 9, zipfile.ZIP_BZIP2)), "packed in a way that such files do not use"),
        (made(("a", bytes(9_000_000), DEFLATED)), "in a ZIP bomb"),
        (made(("a", bytes(packages.PART_LIMIT + 1), DEFLATED)), "comes to 64 MB, as in a ZIP bomb"),
    ],
)
def test_what_is_refused_is_said_in_one_line(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_two_parts_of_one_name_are_refused_whatever_their_case() -> None:
    data = made(("word/document.xml", b"<a/>", 0), ("word/Document.xml", b"<b/>", 0))
    assert "two parts named 'word/Document.xml'" in refusal(data)


def test_a_password_on_the_parts_is_refused() -> None:
    data = bytearray(THREE)
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(signature)
        data[at + offset] |= 1
    assert "protected by a password" in refusal(bytes(data))


def test_a_part_that_is_not_what_the_directory_says_is_refused() -> None:
    at = THREE.index(b"application/x")
    assert "(the part mimetype)" in refusal(THREE[:at] + b"APPLICATION/X" + THREE[at + 13 :])
    # The directory tells a smaller size than the part comes to.
    data = bytearray(made(("a", b"x" * 5000, DEFLATED)))
    at = data.find(b"PK\1\2")
    data[at + 24 : at + 28] = struct.pack("<L", 50)
    assert "(the part a)" in refusal(bytes(data))


def test_parts_that_lie_in_each_other_are_refused() -> None:
    data = bytearray(made(("a", b"x" * 50, 0), ("b", b"x" * 50, 0)))
    second = data.rfind(b"PK\1\2")
    data[second + 42 : second + 46] = struct.pack("<L", 10)
    assert "cut off or damaged" in refusal(bytes(data))
    data[second + 42 : second + 46] = struct.pack("<L", 0)
    assert "cut off or damaged" in refusal(bytes(data))


def test_a_directory_of_countless_parts_is_refused_before_it_is_read() -> None:
    record = struct.pack("<4s6H3L5H2L", b"PK\1\2", *[0] * 6, 0, 0, 0, *[0] * 5, 0, 0)
    directory = record * 400_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(directory), 4, 0)
    tracemalloc.start()
    assert "10,000 are the most" in refusal(b"PK\3\4" + directory + end)
    assert tracemalloc.get_traced_memory()[1] < 4 * len(directory)
    tracemalloc.stop()


def test_all_parts_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "UNPACKED_LIMIT", 1500)
    assert "all its text comes to" in refusal(made(("a", b"x" * 1000, 0), ("b", b"x" * 1000, 0)))


def test_a_package_of_another_kind_is_refused() -> None:
    Package(THREE, kind=KIND, mime="application/x")
    with pytest.raises(Unreadable, match="a package of another kind"):
        Package(THREE, kind=KIND, mime="application/y")


def test_nothing_changed_is_the_same_file() -> None:
    assert rewritten(Package(THREE, kind=KIND), {}) == THREE


def test_only_what_changed_is_written_anew() -> None:
    data = made(
        ("mimetype", b"application/x", STORED), ("a.xml", b"<a/>" * 500, DEFLATED), ("b", b"b", 8), comment=b"!"
    )
    after = rewritten(Package(data, kind=KIND), {"A.xml": b"<b/>"}, {"new.xml": b"<c/>"})
    before, changed = described(data), described(after)
    assert changed[1][:6] == before[1][:6] and changed[1][6] == b"<b/>"
    assert [changed[0], changed[2]] == [before[0], before[2]]
    assert changed[3][0] == "new.xml" and changed[3][6] == b"<c/>"
    assert zipfile.ZipFile(io.BytesIO(after)).comment == b"!"
    assert after.startswith(b"PK\3\4") and after[30:51] == b"mimetypeapplication/x"
    with pytest.raises(KeyError):
        rewritten(Package(data, kind=KIND), {"x": b""})
    with pytest.raises(Unwritable, match=r"a part named 'a\.xml' already"):
        rewritten(Package(data, kind=KIND), {}, {"a.xml": b""})


def streamed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """Return a package as programs write it that do not go back: sizes stand behind each part, ZIP64 fields before."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

    target = Pipe()
    with zipfile.ZipFile(target, "w", DEFLATED) as file:
        for name, data in parts:
            with file.open(zipfile.ZipInfo(name, (2024, 2, 29, 0, 0, 0)), "w", force_zip64=True) as part:
                part.write(data)
    return target.getvalue()


def test_a_streamed_package_is_rewritten() -> None:
    data = streamed([("a", b"x" * 100), ("b", b"y" * 100), ("c", b"z")])
    after = rewritten(Package(data, kind=KIND), {"b": b"new"})
    assert [part[6] for part in described(after)] == [b"x" * 100, b"new", b"z"]
    assert data[: data.index(b"PK\3\4", 4)] == after[: after.index(b"PK\3\4", 4)]
    again = rewritten(Package(after, kind=KIND), {"a": b"1", "c": b"2"})
    assert [part[6] for part in described(again)] == [b"1", b"new", b"2"]


def test_what_stands_before_the_first_part_stays() -> None:
    data = b"PK, some words" + THREE
    after = rewritten(Package(data, kind=KIND), {"mimetype": b"text"})
    assert after.startswith(b"PK, some words")
    assert [part[6] for part in described(after)] == [b"text", b"<a/>" * 500, b"\x89P" * 99]


@given(
    st.lists(
        st.tuples(st.text("abcé/", min_size=1, max_size=6), st.binary(max_size=60), st.sampled_from([0, 8])),
        min_size=1,
        max_size=6,
        unique_by=lambda part: part[0].lower(),
    ).filter(lambda parts: not any(name.startswith("/") for name, *_ in parts)),
    st.data(),
)
def test_any_package_is_rewritten(parts: list[tuple[str, bytes, int]], drawn: st.DataObject) -> None:
    data = made(*parts)
    chosen = drawn.draw(st.sets(st.sampled_from([name for name, *_ in parts])))
    after = rewritten(Package(data, kind=KIND), dict.fromkeys(chosen, b"new"))
    for old, new in zip(described(data), described(after), strict=True):
        assert new == (old if old[0] not in chosen else (*old[:6], b"new"))
    back = rewritten(Package(after, kind=KIND), {name: content for name, content, _ in parts if name in chosen})
    assert described(back) == described(data)
