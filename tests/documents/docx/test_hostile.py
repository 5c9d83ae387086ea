"""Word files made to do harm, and damaged ones: one clear line each, bounded time and memory, and nothing written."""

import io
import random
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corrigenda.documents import registry
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.store import DocumentStore, Source
from tests.conftest import Corrigenda
from tests.documents.docx.making import document, para, parts, run, story, word
from tests.documents.docx.test_docx import BOX, cell, table

GOOD = word(para("The harbour is open."))


def repacked(*changes: tuple[str, bytes]) -> bytes:
    """Return the good file with parts put in or added, whatever their names."""
    wanted = {str(name): content for name, *_, content in parts(GOOD)}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in wanted.items():
            own = next((data for changed, data in changes if changed == name), content)
            assert isinstance(own, bytes)
            file.writestr(name, own)
        for name, data in changes:
            if name not in wanted:
                file.writestr(name, data)
    return target.getvalue()


def two_of_one_name() -> bytes:
    target = io.BytesIO(GOOD)
    with zipfile.ZipFile(target, "a") as file:
        info = zipfile.ZipInfo("word/Document.xml")
        file.writestr(info, document(para("Another text.")))
    return target.getvalue()


def with_flag() -> bytes:
    data = bytearray(GOOD)
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def lying_size() -> bytes:
    data = bytearray(repacked(("word/document.xml", document(para("x" * 3_000_000)).encode())))
    at = data.rfind(b"word/document.xml") - 46
    assert data[at : at + 4] == b"PK\1\2"
    data[at + 24 : at + 28] = struct.pack("<L", 100)
    return bytes(data)


def raw(text: str) -> bytes:
    return word("", raw=text)


NESTED = "<w:tbl><w:tr><w:tc>" * 100 + para("deep") + "</w:tc></w:tr></w:tbl>" * 100
ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n > 1 else "&a;" * 10}">' for n in range(1, 10)
)
TYPES = GOOD and next(str(content, "utf-8") for name, *_, content in parts(GOOD) if name == "[Content_Types].xml")  # type: ignore[call-overload]

CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip-bomb": (lambda: repacked(("word/document.xml", b"<a>" + b" " * 70_000_000)), "a ZIP bomb"),
    "tight": (lambda: repacked(("word/document.xml", b"<a>" + b" " * 9_000_000)), "a ZIP bomb"),
    "styles-bomb": (lambda: repacked(("word/styles.xml", b"<a>" + b" " * 70_000_000)), "a ZIP bomb"),
    "lying-size": (lying_size, "cut off or damaged (the part word/document.xml)"),
    "entities": (lambda: raw(ENTITIES + "]><w>&a9;</w>"), "declares a document type"),
    "external": (
        lambda: raw('<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><w>&e;</w>'),
        "declares a document type",
    ),
    "external-dtd": (lambda: raw('<!DOCTYPE w SYSTEM "http://nowhere.invalid/x.dtd"><w/>'), "declares a document type"),
    "claims-utf-16": (
        lambda: raw(document(para("x")).replace("UTF-8", "UTF-16")),
        "word/document.xml claims to be in UTF-16, but it is not",
    ),
    "claims-utf-8": (
        lambda: word("", raw=document(para("x")).encode("utf-16")),
        "word/document.xml claims to be in UTF-8, but it is in UTF-16",
    ),
    "windows-1251": (
        lambda: word("", raw=document(para("Порт")).replace("UTF-8", "windows-1251").encode("cp1251")),
        "windows-1251, which is not allowed",
    ),
    "not-utf-8": (lambda: word("", raw=document(para("x")).encode() + b"\xff"), "is not valid UTF-8 from byte"),
    "tables": (lambda: word(NESTED), "Tables lie more than 50 deep"),
    "deep": (lambda: word("<w:p>" + "<w:ins>" * 600 + "</w:ins>" * 600 + "</w:p>"), "more than 500 deep"),
    "paragraph-in-paragraph": (lambda: word(f"<w:p>{para('x')}</w:p>"), "a paragraph lies in another"),
    "macros": (lambda: repacked(("word/vbaProject.bin", b"x")), "contains macros"),
    "macro-type": (
        lambda: word(
            para("x"),
            types=TYPES.replace(
                "openxmlformats-officedocument.wordprocessingml.document.main", "ms-word.document.macroEnabled.main"
            ),
        ),
        "contains macros",
    ),
    "spreadsheet": (lambda: word(para("x"), types=TYPES.replace("wordprocessingml", "spreadsheetml")), "a spreadsheet"),
    "password": (with_flag, "protected by a password"),
    "protected": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(99),
        "protected by a password",
    ),
    "old": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "an old Office program"),
    "cut": (lambda: GOOD[: len(GOOD) * 2 // 3], "cut off or damaged"),
    "cut-late": (lambda: GOOD[:-40], "cut off or damaged"),
    "two": (two_of_one_name, "two parts named"),
    "traversal": (lambda: repacked(("../../evil.xml", b"x")), "which would lead out of it"),
    "absolute": (lambda: repacked(("/etc/evil.xml", b"x")), "which would lead out of it"),
    "empty": (lambda: b"", "The file is empty"),
    "text": (lambda: b"Just some words.", "This is not a Word document"),
    "pdf": (lambda: b"%PDF-1.7 ...", "save it as .docx"),
    "archive": (lambda: repacked()[:0] + _archive(), "an archive of other files"),
    "no-document": (lambda: repacked(("_rels/.rels", b"<Relationships/>")), "which of its parts is the document"),
    "damaged-xml": (lambda: raw("<w:document><w:body>"), "word/document.xml is damaged at line 1"),
    "unbound": (lambda: raw("<w:document/>"), "unbound prefix"),
}


def _archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("a.txt", b"words")
    return target.getvalue()


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_in_one_line(name: str) -> None:
    make, said = CASES[name]
    data = make()
    began = time.monotonic()
    tracemalloc.start()
    with pytest.raises(Unreadable) as refused:
        registry.read_bytes(data, "a.docx", "docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said in refused.value.message and "\n" not in refused.value.message
    assert refused.value.message.endswith(".")
    assert time.monotonic() - began < 5 and peak < 32 * 2**20


def test_nothing_is_written_and_each_is_named_once(corrigenda: Corrigenda, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, (make, _) in CASES.items():
        (folder / f"{name}.docx").write_bytes(make())
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    checked = corrigenda("check", "in", "--format", "jsonl", cwd=tmp_path)
    fixed = corrigenda("fix", "in", cwd=tmp_path)
    assert checked.code == fixed.code == 3
    assert "Traceback" not in checked.err + fixed.err
    lines = [line for line in fixed.err.splitlines() if line.startswith("corrigenda: in/")]
    assert len(lines) == len(CASES)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


@pytest.mark.parametrize(
    "body",
    [
        para(*["<w:r><w:fldChar w:fldCharType='begin'/></w:r>"] * 3, run("lost in fields")),
        para("<w:r><w:fldChar w:fldCharType='end'/></w:r>", run("x")),
        para("<mc:Choice>", "</mc:Choice>", run("x")),
        table([cell(para("x"))]).replace("<w:tr>", "").replace("</w:tr>", ""),
        "<w:tc>" + para("x") + "</w:tc>",
        para('<w:commentRangeEnd w:id="4"/>', run("x")),
        "<w:r><w:t>of no paragraph</w:t></w:r>",
        para("<w:pPr><w:pStyle/><w:numPr><w:numId/></w:numPr><w:outlineLvl/></w:pPr>", run("x")),
        para('<w:r><w:sym w:char="zz"/><w:sym w:font="Wingdings" w:char="F04A"/><w:sym/></w:r>'),
        para('<w:r><w:footnoteReference/><w:footnoteReference w:id="none"/></w:r>', run("x")),
        '<w:sectPr><w:headerReference r:id="nowhere"/></w:sectPr>',
        para(BOX.format(para(BOX.format(para("x"), "")), para("y"))),
        para("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr></w:sdt>", run("x")),
    ],
)
def test_what_is_odd_is_read(body: str) -> None:
    data = word(body)
    found = registry.read_bytes(data, "a.docx", "docx")
    assert registry.written(data, found, []) == data
    for block in found.blocks:
        found.locate(block.start)


def test_styles_in_a_circle_end() -> None:
    styles = story(
        "styles",
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>',
    )
    found = registry.read_bytes(word(para("x", style="a"), styles=styles), "a.docx", "docx")
    assert found.text == "x"


def test_ten_thousand_tiny_runs_take_their_own_time() -> None:
    body = para(*[run("a ", "<w:b/>")] * 20_000)
    began = time.monotonic()
    found = registry.read_bytes(word(body), "a.docx", "docx")
    assert len(found.text) == 40_000
    assert time.monotonic() - began < 10


def test_pictures_may_be_large_and_the_text_may_not(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    picture = random.Random(1).randbytes(5 * 2**20)
    file.write_bytes(word(para("Text."), extra={"word/media/large.png": picture}))
    assert registry.read(file, "a.docx").text == "Text."
    assert DocumentStore().document(Source("a.docx", file)).text == "Text."
    with pytest.raises(Unreadable, match=r"too large: 5\.0 MB, where the limit is 1\.6 MB"):
        registry.read(file, "a.docx", limit=100 * 1024)
    long = word(para("word " * 30_000) + para("word " * 30_000))
    with pytest.raises(Unreadable, match=r"The text of the file is too long: more than 0\.1 million characters"):
        registry.read_bytes(long, "a.docx", "docx", limit=100 * 1024)
