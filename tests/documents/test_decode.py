"""Bytes to text and back: every encoding that is read, and every one that is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents.encodings.decode import decode, encode, newline_of
from corrigenda.documents.errors import Unreadable, Unwritable
from corrigenda.documents.parts import Encoding

ENGLISH = "The café’s owner, José Núñez, said “£5 isn’t enough” – a naïve view.\r\nThe second line is plain.\r\n"
RUSSIAN = "Мэр города Сергей Петров сообщил в понедельник, что мост откроют осенью.\nЯрмарка пройдёт в мае.\n"
UKRAINIAN = "Президент заявив, що їхні гості їдуть на захід, а мешканці міста повертаються. Ґанок і єнот.\n"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "iso8859-5"),
        (RUSSIAN, "mac-cyrillic"),
        (UKRAINIAN, "cp1251"),
        (UKRAINIAN, "koi8-u"),
        (ENGLISH, "cp1252"),
        (ENGLISH, "mac-roman"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (ENGLISH, "utf-32-le"),
        (ENGLISH, "utf-32-be"),
        (RUSSIAN, "utf-32-le"),
    ],
)
def test_an_encoding_that_nobody_declared_is_read_where_it_is_certain(text: str, codec: str) -> None:
    data = text.encode(codec)
    read, encoding = decode(data)
    assert read == text
    assert encoding.codec == codec
    assert encode(read, encoding) == data


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_kept_for_writing(codec: str) -> None:
    data = ENGLISH.encode(codec)
    text, encoding = decode(data)
    assert text == ENGLISH
    assert encoding.bom
    assert encode(text, encoding) == data


def test_english_with_curly_quotes_alone_is_windows_1252() -> None:
    assert decode("He said “go” – it’s fine.".encode("cp1252"))[0] == "He said “go” – it’s fine."


@pytest.mark.parametrize(
    ("data", "guess"),
    [
        ("The envoy Шойгу left Moscow.".encode("cp1251"), "Windows-1251"),
        ("Η κυβέρνηση είπε ότι θα συνεχίσει τις προσπάθειες για την ειρήνη.".encode("cp1253"), "Windows-1253"),
        ("東京で会議が行われた。日本語の文章です。".encode("shift_jis"), "Shift JIS"),
    ],
)
def test_an_encoding_that_is_not_certain_is_refused_with_the_guess(data: bytes, guess: str) -> None:
    with pytest.raises(Unreadable, match=guess) as caught:
        decode(data)
    assert "Save it as UTF-8" in caught.value.message
    assert "\n" not in caught.value.message


def test_polish_in_its_own_table_is_not_read_as_french() -> None:
    with pytest.raises(Unreadable, match=r"not certain|cannot be told"):
        decode("Lech Wałęsa of Gdańsk called the café of Łódź good, and Dąbrowski agreed.".encode("cp1250"))


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"") == ("", Encoding("utf-8", b"", "\n"))


def test_a_byte_order_mark_alone_is_an_empty_text() -> None:
    assert decode(b"\xef\xbb\xbf")[0] == ""


def test_invalid_utf8_is_refused_with_line_and_byte() -> None:
    with pytest.raises(Unreadable, match=r"first in line 3 \(byte 19\)"):
        decode("Où est-il ?\n\ncafé".encode() + b"\xff\n" + "déjà vu".encode())


def test_utf8_cut_in_a_character_is_refused() -> None:
    with pytest.raises(Unreadable, match="cut or mixed"):
        decode("a naïve café".encode()[:-1])


def test_a_nul_is_refused_with_its_place() -> None:
    with pytest.raises(Unreadable, match="NUL character at byte 5"):
        decode(b"hello\0world, and some more text after it")


def test_a_nul_after_a_byte_order_mark_is_refused() -> None:
    with pytest.raises(Unreadable, match="NUL"):
        decode("\ufeffhello\0world".encode("utf-16-le"))


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"%PDF-1.7\n%\xe2\xe3",
        b"PK\x03\x04\x14\0\x06\0",
        b"\x7fELF\x02\x01",
        bytes((i * 7919 + i * i) % 256 for i in range(5000)),
        b"\x01\x02\x03\x04abc" * 50,
        b"\xff\x01\xfe\x02\x03" * 50,
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^This is an? ") as caught:
        decode(data)
    assert "\n" not in caught.value.message


def test_utf16_that_breaks_off_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"byte order mark.*byte 12"):
        decode("hello".encode("utf-16") + b"x")


def test_too_large_is_refused_and_the_limit_is_the_callers() -> None:
    with pytest.raises(Unreadable, match=r"too large: 0\.0 MB"):
        decode(b"x" * 11, limit=10)
    assert decode(b"x" * 10, limit=10)[0] == "x" * 10


@pytest.mark.parametrize(
    ("text", "newline"),
    [("a\nb\n", "\n"), ("a\r\nb\r\nc\n", "\r\n"), ("a\rb\rc", "\r"), ("a", "\n"), ("a\r\nb\n", "\n"), ("", "\n")],
)
def test_the_line_ending_that_most_lines_have(text: str, newline: str) -> None:
    assert newline_of(text) == newline


def test_a_character_that_the_encoding_lacks_is_refused_when_written() -> None:
    with pytest.raises(Unwritable, match=r"Windows-1251.*U\+1F600"):
        encode("Привет 😀", Encoding("cp1251"))


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")))
def test_valid_utf8_comes_back_byte_for_byte(text: str) -> None:
    data = text.encode()
    try:
        read, encoding = decode(data)
    except Unreadable:
        return
    assert encode(read, encoding) == data
    assert read == text.removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_back_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except Unreadable as refusal:
        assert refusal.message.endswith(".")
        assert "\n" not in refusal.message
    else:
        assert encode(text, encoding) == data
