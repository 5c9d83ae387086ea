"""EPUB books: chapters in reading order, and corrections that change their characters and nothing else."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.formats.epub import READER
from corrigenda.documents.parts import Edit, RegionKind
from tests.documents.epub.making import book, chapter

FIRST = chapter(
    "<h1>Ferries <em>stop</em></h1><p>A caf&#233; &amp; bar stood\n  in the <b>port</b> of Tarn.</p>"
    '<p>One<a epub:type="noteref" href="#n">1</a><br/>two<span epub:type="pagebreak" title="12">12</span>.</p>'
    '<img alt="A boat" src="cover.jpg"/><pre>code</pre><nav><p>Contents</p></nav>'
)
SECOND = chapter("<p>He said <q>no</q> and <code>ls</code>.</p><ul><li>Boats</li></ul>")


def said(data: bytes) -> list[tuple[str, str, str]]:
    document = READER.read(data, "a.epub")
    return [(b.kind.value, b.view.text, document.locate(b.start).label) for b in document.blocks]


def parts_of(data: bytes) -> list[tuple[str, int, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return [(info.filename, info.compress_type, file.read(info)) for info in file.infolist()]


def test_what_is_read_and_where_it_stands() -> None:
    assert said(book(FIRST, SECOND)) == [
        ("heading", "Ferries stop", "chapter 1, paragraph 1"),
        ("prose", "A café & bar stood in the port of Tarn.", "chapter 1, paragraph 2"),
        ("prose", "One\ntwo.", "chapter 1, paragraph 3"),
        ("caption", "A boat", "chapter 1, a description at paragraph 4"),
        ("prose", "He said “no” and ls.", "chapter 2, paragraph 1"),
        ("list", "Boats", "chapter 2, paragraph 2"),
    ]


def test_chapters_come_in_the_order_of_the_spine() -> None:
    data = book(chapter("<p>Two</p>"), chapter("<p>One</p>"), order=(1, 0))
    assert [text for _, text, _ in said(data)] == ["One", "Two"]


def test_the_title_and_the_description_of_the_book_are_read() -> None:
    data = book(
        SECOND, metadata="<dc:title>Boats &amp; tides</dc:title><dc:description>Where they lie</dc:description>"
    )
    assert said(data)[:2] == [
        ("heading", "Boats & tides", "the book's title"),
        ("caption", "Where they lie", "the book's description"),
    ]


def test_regions_and_the_language() -> None:
    document = READER.read(book(FIRST, SECOND, language="en-GB"), "a.epub")
    text = document.text
    assert document.language == "en-GB"
    assert [text[r.start : r.end] for r in document.regions_of(RegionKind.EMPHASIS)] == ["stop"]
    assert [text[r.start : r.end] for r in document.regions_of(RegionKind.CODE)] == ["ls"]
    assert next(text[r.start : r.end] for r in document.regions_of(RegionKind.LIST)) == "Boats"


@pytest.mark.parametrize(
    ("quote", "put", "before", "after"),
    [
        ("bar stood", "pub lay", "bar stood", "pub lay"),
        ("café & bar", "pub & <bar>", "caf&#233; &amp; bar", "pub &amp; &lt;bar&gt;"),
        ("stood in the", "is in the", "stood\n  in", "is\n  in"),
        ("port of Tarn", "port at Tarn", "port</b> of", "port</b> at"),
        ("Boats", "Ships", "Boats", "Ships"),
        ("A boat", "A “ship”", 'alt="A boat"', 'alt="A “ship”"'),
    ],
)
def test_a_correction_changes_its_characters(quote: str, put: str, before: str, after: str) -> None:
    data = book(FIRST, SECOND)
    document = READER.read(data, "a.epub")
    start = document.text.index(quote)
    edit = registry.spelled(document, Edit(start, start + len(quote), put))
    written = READER.write(data, document, [edit])
    old, new = parts_of(data), parts_of(written)
    assert new[0] == ("mimetype", zipfile.ZIP_STORED, b"application/epub+zip")
    changed = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    assert len(changed) == 1
    assert changed[0][1][2].decode() == changed[0][0][2].decode().replace(before, after)
    assert put in READER.read(written, "a.epub").text


@given(
    st.lists(st.sampled_from(["port", "caf&#233;", "<b>boat</b>", "&amp;", "<br/>", "\n ", "<i>x</i>y", "😀"])),
    st.data(),
)
def test_any_correction_reads_as_that_copy(pieces: list[str], data: st.DataObject) -> None:
    source = book(chapter(f"<p>Begin {' '.join(pieces)} end.</p>"))
    assert READER.write(source, READER.read(source, "a.epub"), []) == source
    document = READER.read(source, "a.epub")
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start, min(len(document.text), start + 6)))
    if "\n" in document.text[max(0, start - 1) : end + 1]:
        return
    put = data.draw(st.sampled_from(["", "a", "R&D", "<b>", '"so"']))
    written = READER.write(source, document, [Edit(start, end, put)])
    wanted = document.text[:start] + put + document.text[end:]
    assert READER.read(written, "a.epub").text.split() == wanted.split()
    assert [part for part in parts_of(written) if part[0] != "OEBPS/c0.xhtml"] == [
        part for part in parts_of(source) if part[0] != "OEBPS/c0.xhtml"
    ]


_LOCK = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData '
    'xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"PK\3\4 no archive", "cut off or damaged"),
        (b"%PDF-1.7", "PDF"),
        (book(SECOND)[:-200], "cut off or damaged"),
        (book(SECOND, more={"META-INF/encryption.xml": _LOCK.format("http://ns.adobe.com/adept")}), "copy protection"),
        (book(), "no text"),
        (book("<html><p>not closed</html>"), "damaged at line 1"),
        (book('<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html>&a;</html>'), "another file"),
        (book("<!DOCTYPE html [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><html>&c;</html>"), "bomb"),
        (book('<?xml version="1.0" encoding="utf-16"?><html/>'), "claims to be in"),
        (book("<html>" + "<div>" * 600 + "</div>" * 600 + "</html>"), "deep"),
    ],
)
def test_what_is_no_book_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words) as caught:
        READER.read(data, "a.epub")
    assert "\n" not in caught.value.message


def test_scrambled_fonts_lock_no_book() -> None:
    lock = _LOCK.format("http://www.idpf.org/2008/embedding")
    assert said(book(SECOND, more={"META-INF/encryption.xml": lock}))
