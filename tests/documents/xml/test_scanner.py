"""Scanning XML: where everything stands, what it says, and what is refused."""

import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit
from corrigenda.documents.xml.attributes import pieces
from corrigenda.documents.xml.decoding import decode
from corrigenda.documents.xml.events import Comment, End, Instruction, Spelling, Start, Text
from corrigenda.documents.xml.scanner import DEPTH, scan
from corrigenda.documents.xml.splicing import escaped, raw_edits, spliced

SAMPLE = (
    '<?xml version="1.0"?>\n<!DOCTYPE a PUBLIC "-//x" "http://nowhere.invalid/x.dtd" [<!ENTITY p "r &amp; s">]>\n'
    '<a x="é&amp;">bé&nbsp;ç&p;&zz;&#233;\r\ne<![CDATA[x\r\n<]]>f<b/><!-- cé --><?go on?></a>\n'
)


def test_each_event_says_where_it_stands() -> None:
    raw = [(type(event), SAMPLE[event.start : event.end]) for event in scan(SAMPLE)]
    assert raw == [
        (Start, '<a x="é&amp;">'),
        (Text, "bé"),
        (Text, "&nbsp;"),
        (Text, "ç"),
        (Text, "&p;"),
        (Text, "&zz;"),
        (Text, "&#233;"),
        (Text, "\r\n"),
        (Text, "e"),
        (Text, "x"),
        (Text, "\r\n"),
        (Text, "<"),
        (Text, "f"),
        (Start, "<b/>"),
        (End, ""),
        (Comment, "<!-- cé -->"),
        (Instruction, "<?go on?>"),
        (End, "</a>"),
    ]


def test_pieces_say_what_is_read() -> None:
    found = [(event.value, event.spelling) for event in scan(SAMPLE) if isinstance(event, Text)]
    assert "".join(value for value, _ in found) == "bé\xa0çr & s\ufffcé\nex\n<f"
    assert [spelling for _, spelling in found] == [
        Spelling.PLAIN,
        Spelling.REFERENCE,
        Spelling.PLAIN,
        Spelling.REFERENCE,
        Spelling.UNKNOWN,
        Spelling.REFERENCE,
        Spelling.REFERENCE,
        Spelling.PLAIN,
        Spelling.CDATA,
        Spelling.CDATA,
        Spelling.CDATA,
        Spelling.PLAIN,
    ]


def test_names_are_those_of_their_namespace_whatever_the_prefix() -> None:
    raw = '<q:a xmlns:q="urn:w" xmlns="urn:d" q:x="1" y="2"><b xmlns:z="urn:other"><z:c/></b></q:a>'
    names = {"urn:w": "w", "urn:d": ""}
    starts = [(e.name, dict(e.attributes)) for e in scan(raw, namespaces=names) if isinstance(e, Start)]
    assert starts == [("w:a", {"w:x": "1", "y": "2"}), ("b", {}), ("{urn:other}c", {})]
    assert [e.name for e in scan(raw) if isinstance(e, Start)] == ["q:a", "b", "z:c"]


def test_entities_of_html_are_known_without_a_document_type() -> None:
    said = "".join(e.value for e in scan("<p>a&nbsp;b&mdash;c</p>") if isinstance(e, Text))
    assert said == "a\xa0b—c"


def test_what_a_declared_default_says_is_not_written_and_not_told() -> None:
    raw = '<!DOCTYPE a [<!ATTLIST a x CDATA "' + "y" * 1000 + '">]><a><a/></a>'
    assert [e.attributes for e in scan(raw) if isinstance(e, Start)] == [{}, {}]


BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]><a>&a9;</a>"
).replace("&a0;", "&a;")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("", "There is no XML in the file: it is empty."),
        ("   \n", "There is no XML in the file: it is empty."),
        ("<a><b></a>", r"damaged at line 1, column 9 \(mismatched tag\)"),
        ("<a>&lt;", "damaged at line 1"),
        ("<a>\x01</a>", "damaged at line 1, column 4"),
        ("<a>\ud800</a>", "damaged"),
        ("<a>" * (DEPTH + 1) + "</a>" * (DEPTH + 1), "more than 500 deep"),
        (BOMB, r"an XML bomb"),
        ('<!DOCTYPE a [<!ENTITY e "' + "x" * 5000 + '">]><a>&e;</a>', "an XML bomb"),
        ('<!DOCTYPE a [<!ENTITY e "' + "x" * 900 + '">]><a>' + "&e;" * 5000 + "</a>", "an XML bomb"),
        ('<!DOCTYPE a [<!ENTITY e "<b/>">]><a>&e;</a>', "an XML bomb"),
        ('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "another file, which is not opened"),
        ('<!DOCTYPE a [<!ENTITY e PUBLIC "-//x" "http://x.invalid/">]><a/>', "another file, which is not opened"),
    ],
)
def test_what_is_refused_is_said_in_one_line(raw: str, said: str) -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable, match=said) as refused:
        list(scan(raw))
    assert "\n" not in str(refused.value) and time.monotonic() - began < 2


def test_parameter_entities_are_never_read() -> None:
    raw = '<!DOCTYPE a [<!ENTITY % e SYSTEM "http://x.invalid/e.dtd"> %e;]><a>b</a>'
    assert [e.value for e in scan(raw) if isinstance(e, Text)] == ["b"]


def test_a_document_type_is_refused_where_none_may_be() -> None:
    with pytest.raises(Unreadable, match=r"word/document\.xml declares a document type"):
        list(scan("<!DOCTYPE a><a/>", doctype=False, what="word/document.xml"))
    with pytest.raises(Unreadable, match="undefined entity"):
        list(scan("<a>&nbsp;</a>", doctype=False))


def test_memory_grows_with_a_piece_and_not_with_the_text() -> None:
    raw = "<a>" + "<b>some text</b>" * 200_000 + "</a>"
    tracemalloc.start()
    count = sum(1 for _ in scan(raw))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 600_002
    assert peak < len(raw) * 4


PIECES = st.lists(
    st.sampled_from(
        [
            "a",
            "é",
            "🙂",
            "&amp;",
            "&#233;",
            "&#x1F642;",
            "\r\n",
            "\n",
            "\r",
            "<b>",
            "</b>",
            "<![CDATA[<x]]>",
            "<!--é-->",
        ]
    )
)


@given(PIECES)
def test_what_stands_between_is_the_whole_text(drawn: list[str]) -> None:
    raw, depth = "<a>", 0
    for piece in drawn:
        depth += (piece == "<b>") - (piece == "</b>")
        if depth < 0:
            depth = 0
            continue
        raw += piece
    raw += "</b>" * depth + "</a>"
    at = 0
    for event in scan(raw):
        between = raw[at : event.start]
        assert between in ("", "<![CDATA[", "]]>", "]]><![CDATA["), between
        at = event.end
        if isinstance(event, Text) and event.spelling is Spelling.PLAIN:
            assert raw[event.start : event.end] == event.value
    assert at == len(raw)


@given(PIECES, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.text("ab &<>]é\"'", max_size=4))))
def test_an_edit_of_a_piece_is_read_as_it_was_meant(drawn: list[str], steps: list[tuple[int, int, str]]) -> None:
    raw = f"<a>{''.join(piece for piece in drawn if 'b>' not in piece)}</a>"
    texts = [event for event in scan(raw) if isinstance(event, Text)]
    edits: list[Edit] = []
    wanted = ""
    for number, piece in enumerate(texts):
        distance, size, text = steps[number] if number < len(steps) else (0, 0, "")
        start = min(distance, len(piece.value))
        end = min(start + size, len(piece.value))
        edits += raw_edits(piece, [Edit(start, end, text)])
        wanted += piece.value[:start] + text + piece.value[end:]
    after = spliced(raw, edits)
    assert "".join(event.value for event in scan(after) if isinstance(event, Text)) == wanted


def test_a_section_that_would_end_early_goes_on_in_a_new_one() -> None:
    raw = "<a><![CDATA[x]y>]]></a>"
    (piece,) = [event for event in scan(raw) if isinstance(event, Text)]
    after = spliced(raw, raw_edits(piece, [Edit(2, 3, "]")]))
    assert "".join(event.value for event in scan(after) if isinstance(event, Text)) == "x]]>"


def test_attributes_are_read_in_pieces_with_their_place() -> None:
    raw = """<a t='x' title = "A caf&#233; &amp; bar"/>"""
    (tag, _) = scan(raw)
    assert isinstance(tag, Start)
    found = list(pieces(raw, tag, "title"))
    assert "".join(piece.value for piece in found) == tag.attributes["title"] == "A café & bar"
    assert [raw[piece.start : piece.end] for piece in found] == ["A caf", "&#233;", " ", "&amp;", " bar"]
    after = spliced(raw, raw_edits(found[-1], [Edit(1, 4, '"pub"')], attribute=True))
    assert after == """<a t='x' title = "A caf&#233; &amp; &quot;pub&quot;"/>"""
    assert list(pieces(raw, tag, "alt")) == []


def test_text_is_escaped() -> None:
    assert escaped('a < b & c > "d"') == 'a &lt; b &amp; c &gt; "d"'
    assert escaped('"it\'s"', attribute=True) == "&quot;it&#39;s&quot;"


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        (b"<a>caf\xc3\xa9</a>", "utf-8"),
        (b"\xef\xbb\xbf<a>caf\xc3\xa9</a>", "utf-8"),
        ("<?xml version='1.0' encoding='UTF-16'?><a>café</a>".encode("utf-16"), "utf-16-le"),
        ("<?xml version='1.0' encoding='UTF-16'?><a>café</a>".encode("utf-16-be"), "utf-16-be"),
        ("<?xml version='1.0' encoding='windows-1252'?><a>café</a>".encode("cp1252"), "cp1252"),
    ],
)
def test_a_text_is_in_the_encoding_that_it_says(data: bytes, codec: str) -> None:
    text, encoding = decode(data)
    assert "café" in text and encoding.codec == codec
    assert encoding.bom + text.encode(encoding.codec) == data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<?xml version='1.0' encoding='UTF-16'?><a/>", "The file claims to be in UTF-16, but it is not"),
        (b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-16'?><a/>", "claims to be in UTF-16, but it is in UTF-8"),
        ("<?xml version='1.0' encoding='UTF-8'?><a/>".encode("utf-16"), "claims to be in UTF-8, but it is in UTF-16"),
        (b"<?xml version='1.0' encoding='utf-7'?><a/>", "utf-7, which is not allowed"),
        (b"<?xml version='1.0' encoding='rot13'?><a/>", "rot13, which is not allowed"),
        (b"<?xml version='1.0' encoding='zip'?><a/>", "zip, which is not allowed"),
        (b"<?xml version='1.0' encoding='nonsense'?><a/>", "nonsense, which is not allowed"),
        (b"<a>caf\xe9</a>", "The file is not valid UTF-8 from byte 6 on"),
    ],
)
def test_a_text_in_another_encoding_than_it_claims_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        decode(data)


def test_only_the_encodings_of_parts_are_allowed_there() -> None:
    data = "<?xml version='1.0' encoding='windows-1251'?><a/>".encode("cp1251")
    with pytest.raises(Unreadable, match=r"word/document\.xml claims to be in windows-1251, which is not allowed"):
        decode(data, what="word/document.xml", only=("utf-8", "utf-16-le", "utf-16-be"))
