"""A page is read in the encoding that it says it is in where that is certain, and written back in it."""

import pytest

from corrigenda.documents.errors import Unreadable
from corrigenda.documents.formats.html import READER
from corrigenda.documents.parts import Edit
from corrigenda.documents.registry import spelled

PAGE = "<meta charset={}><p>Naïve café “so”"


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("utf-8", "utf-8"),
        ("'windows-1252'", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("macintosh", "mac-roman"),
    ],
)
def test_what_a_page_says_is_believed(label: str, codec: str) -> None:
    text = PAGE.format(label)
    data = text.encode(codec)
    document = READER.read(data, "a.html")
    assert document.text == text
    assert READER.write(data, document, []) == data
    at = text.rindex("so”")
    assert READER.write(data, document, [Edit(at, at + 2, "na")]) == text.replace("so”", "na”").encode(codec)


def test_cyrillic_by_http_equiv_and_by_an_xml_declaration() -> None:
    for head in (
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<?xml version="1.0" encoding="windows-1251"?>',
    ):
        data = f"{head}<p>Добрий день".encode("cp1251")
        assert READER.read(data, "a.html").blocks[0].view.text == "Добрий день"


def test_utf8_that_calls_itself_something_else_is_utf8() -> None:
    assert READER.read(PAGE.format("iso-8859-1").encode(), "a.html").blocks[0].view.text == "Naïve café “so”"


def test_a_byte_order_mark_decides() -> None:
    data = b"\xff\xfe" + PAGE.format("utf-8").encode("utf-16-le")
    assert READER.read(data, "a.html").blocks[0].view.text == "Naïve café “so”"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<meta charset=x-unknown><p>caf\xe9", "'x-unknown', which is no known encoding"),
        (b"<meta charset=utf-8><p>caf\xe9 and so on", "in UTF-8, but from byte 26 on"),
        (b"<meta charset=shift_jis><p>\x81\xff", "Shift JIS, but from byte"),
        (b"%PDF-1.7", "a PDF"),
        (b"<p>\0\0\0", "NUL|binary"),
    ],
)
def test_what_is_not_certain_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as caught:
        READER.read(data, "a.html")
    assert "\n" not in caught.value.message


def test_a_character_that_the_encoding_lacks_becomes_a_reference() -> None:
    data = b"<meta charset=windows-1252><p>Lviv and caf\xe9"
    document = READER.read(data, "a.html")
    at = document.text.index("Lviv")
    edit = spelled(document, Edit(at, at + 4, "Львів"))
    assert READER.write(data, document, [edit]).count(b"&#1051;") == 1
