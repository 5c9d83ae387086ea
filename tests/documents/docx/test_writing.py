"""Corrections in Word documents: they change their characters, in their part, and nothing else."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda.documents import moved, registry
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unwritable
from corrigenda.documents.parts import Edit
from tests.documents.docx.making import para, part, parts, run, story, word
from tests.documents.docx.test_docx import BOX, cell, field, table


def read(data: bytes) -> Document:
    return registry.read_bytes(data, "a.docx", "docx")


def edit(found: Document, old: str, new: str) -> Edit:
    at = found.text.index(old)
    return registry.spelled(found, Edit(at, at + len(old), new))


def corrected(data: bytes, *pairs: tuple[str, str]) -> bytes:
    found = read(data)
    return registry.written(data, found, [edit(found, old, new) for old, new in pairs])


def body_of(data: bytes) -> str:
    found = re.search(r"<w:body>(.*)</w:body>", part(data), re.DOTALL)
    assert found is not None
    return found[1]


def test_without_corrections_the_file_is_the_same() -> None:
    data = word(para("Text."))
    assert registry.written(data, read(data), []) == data


def test_a_correction_changes_its_characters_in_its_part() -> None:
    body = para(run("The harbour was re"), run("opend", "<w:b/>"), run(" &amp; it rained")) + "<w:sectPr/>"
    data = word(body)
    after = corrected(data, ("reopend", "reopened"))
    assert body_of(after) == body.replace("The harbour was re<", "The harbour was reopened<").replace("opend", "")
    assert [p for p in parts(after) if p[0] != "word/document.xml"] == [
        p for p in parts(data) if p[0] != "word/document.xml"
    ]
    assert [p[:6] for p in parts(after)] == [p[:6] for p in parts(data)]


@pytest.mark.parametrize(
    ("body", "old", "new", "expected"),
    [
        (para("A &amp; b"), "& b", "< c", para("A &lt; c")),
        (para("A caf&#233; opend"), "opend", "opened", para("A caf&#233; opened")),
        (para("A caf&#233;s"), "cafés", "cafes", para("A cafes")),
        (para(run("one two", space=False)), "two", "two ", para(run("one two "))),
        (para("<w:r><w:t> one two </w:t></w:r>"), "one", " one", para(run(" one two"))),
        (para("<w:r><w:t xml:space='default'>one</w:t></w:r>"), "one", "one ", para(run("one "))),
        (
            para("<w:r><w:t><![CDATA[a < b]]></w:t></w:r>"),
            "< b",
            "> & c",
            para("<w:r><w:t><![CDATA[a > & c]]></w:t></w:r>"),
        ),
        (
            para("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>"),
            "a\tb",
            "c\td",
            para("<w:r><w:t>c</w:t><w:tab/><w:t>d</w:t></w:r>"),
        ),
        (
            para("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>"),
            "\n",
            " ",
            para('<w:r><w:t xml:space="preserve">a </w:t><w:t>b</w:t></w:r>'),
        ),
        (
            para("<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>operate</w:t></w:r>"),
            "co-operate",
            "cooperate",
            para("<w:r><w:t>cooperate</w:t><w:t></w:t></w:r>"),
        ),
        (
            para("<w:r><w:t>Fran</w:t><w:softHyphen/><w:t>kivsk</w:t></w:r>"),
            "Frankivsk",
            "Frankivs'k",
            para("<w:r><w:t>Frankivs'k</w:t><w:softHyphen/><w:t></w:t></w:r>"),
        ),
        (para("A wrong, wrong word."), ", wrong", "", para("A wrong word.")),
        (para("One.") + para("Gone."), "Gone.", "", para("One.") + para(run(""))),
    ],
)
def test_the_raw_text_around_a_correction_stays(body: str, old: str, new: str, expected: str) -> None:
    assert body_of(corrected(word(body), (old, new))) == expected


def test_what_a_file_says_twice_is_corrected_twice() -> None:
    data = word(para("One.", BOX.format(para("It opend."), para("It opend."))))
    assert part(corrected(data, ("opend", "opened"))).count("It opened.") == 2
    apart = word(para("One.", BOX.format(para("It opend."), para("It was opend."))))
    after = part(corrected(apart, ("opend", "opened")))
    assert "It opened." in after and "It was opend." in after


def test_equal_headers_are_corrected_alike() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1.xml"/>'
        '<w:headerReference w:type="even" r:id="header2.xml"/></w:sectPr>'
    )
    headers = {f"header{n}.xml": story("hdr", para("Habour news")) for n in (1, 2)}
    data = word(para("Text.") + section, parts=headers)
    after = corrected(data, ("Habour", "Harbour"))
    assert all("Harbour news" in part(after, f"word/{name}") for name in headers)
    assert part(after) == part(data)


def test_a_note_is_corrected_in_its_part() -> None:
    notes = story("footnotes", '<w:footnote w:id="1">' + para("It opend.") + "</w:footnote>")
    data = word(para("One", '<w:r><w:footnoteReference w:id="1"/></w:r>'), parts={"footnotes.xml": notes})
    after = corrected(data, ("opend", "opened"))
    assert part(after, "word/footnotes.xml") == notes.replace("opend", "opened")


def test_a_description_is_corrected_in_its_attribute() -> None:
    picture = '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="A boat opend &quot;here&quot;"/></wp:inline>'
    picture += "</w:drawing></w:r>"
    data = word(para("Text.", picture))
    assert body_of(corrected(data, ("opend", 'ope"ned'))) == para("Text.", picture.replace("opend", "ope&quot;ned"))


def test_tracked_changes_stay_as_they_are() -> None:
    gone = "<w:del w:id='1'><w:r><w:delText>was</w:delText></w:r></w:del>"
    body = para("It ", gone, f"<w:ins w:id='2'>{run('is opend')}</w:ins>", ".")
    assert body_of(corrected(word(body), ("opend", "opened"))) == body.replace("opend", "opened")


def test_a_paragraph_is_deleted_without_what_stands_between() -> None:
    data = word(para("One.") + para("Contact us.") + para("Two."))
    found = read(data)
    at = found.text.index("Contact")
    # As the deletion of a line comes: with the empty one behind it.
    own = registry.spelled(found, Edit(at, at + len("Contact us.\n\n"), ""))
    assert found.text[own.start : own.end] == "Contact us."
    assert registry.harmless(found, [own]) == [own]
    after = registry.written(data, found, [own])
    assert body_of(after) == para("One.") + para(run("")) + para("Two.")
    assert read(after).text == "One.\n\nTwo."


def test_a_correction_over_two_paragraphs_is_refused_in_one_line() -> None:
    data = word(para("One.") + para("Two."))
    found = read(data)
    over = Edit(2, 8, "x")
    assert registry.harmless(found, [over]) == []
    with pytest.raises(Unwritable, match="The correction at paragraph 1 reaches over"):
        registry.written(data, found, [over])


def test_another_file_than_the_one_that_was_checked_is_refused() -> None:
    found = read(word(para("One.")))
    with pytest.raises(Unwritable, match="not the one that was checked"):
        registry.written(word(para("Two.")), found, [Edit(0, 1, "x")])


def test_a_signed_file_is_not_corrected() -> None:
    data = word(para("One."), extra={"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<s/>"})
    found = read(data)
    assert registry.written(data, found, []) == data
    with pytest.raises(Unwritable, match="has a digital signature"):
        registry.written(data, found, [Edit(0, 3, "Two")])


def test_line_breaks_that_a_correction_brings_become_spaces() -> None:
    found = read(word(para("One two.")))
    assert registry.spelled(found, Edit(0, 3, "a\r\nb\tc")).text == "a b c"


WORDS = st.text("ab é&<>\"'ж", min_size=0, max_size=6)
PROPERTIES = st.sampled_from(["", "<w:b/>", "<w:i/>", '<w:lang w:val="en-US"/>', "<w:vanish/>", "<w:strike/>"])


def written(words: str, entities: bool) -> str:
    said = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return said.replace("é", "&#xE9;") if entities else said


RUN = st.builds(
    lambda words, own, entities, space: run(written(words, entities), own, space=space),
    WORDS,
    PROPERTIES,
    st.booleans(),
    st.booleans(),
)
PIECE = st.one_of(
    RUN,
    RUN.map(lambda inside: f"<w:ins w:id='1'>{inside}</w:ins>"),
    RUN.map(lambda inside: f"<w:del w:id='1'>{inside}</w:del>"),
    RUN.map(lambda inside: f"<w:hyperlink r:id='x'>{inside}</w:hyperlink>"),
    RUN.map(lambda inside: f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"),
    RUN.map(lambda inside: field("PAGE", inside)),
    RUN.map(lambda inside: BOX.format(para(inside), para(inside))),
    st.sampled_from(["<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>", "<w:r><w:noBreakHyphen/></w:r>", "<!--é-->"]),
)
PARAGRAPH = st.builds(
    lambda pieces, mark: para(*pieces, properties=mark),
    st.lists(PIECE, max_size=4),
    st.sampled_from(["", "", "", "<w:rPr><w:del w:id='9'/></w:rPr>"]),
)
BODY = st.lists(st.one_of(PARAGRAPH, PARAGRAPH.map(lambda inside: table([cell(inside)]))), max_size=4).map("".join)
STEPS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 5), st.text('xy &<é"-', max_size=4)), max_size=5)


@settings(max_examples=200)
@given(BODY, STEPS)
def test_what_is_written_reads_as_what_was_edited(body: str, steps: list[tuple[int, int, str]]) -> None:
    data = word(body)
    found = read(data)
    for block in found.blocks:
        span = block.view.to_document(0, len(block.view.text))
        assert found.text[span.start : span.end].split() == block.view.text.split()
    edits: list[Edit] = []
    at = 0
    for distance, size, text in steps:
        own = registry.spelled(found, Edit(at + distance, at + distance + size, text))
        if own.end > len(found.text) or own.start >= len(found.text):
            break
        if registry.harmless(found, [own]) and "\n\n" not in found.text[max(0, own.start - 2) : own.end + 2]:
            edits.append(own)
        at = own.end + 1
    try:
        after = registry.written(data, found, edits)
    except Unwritable as error:
        assert "where there is no text" in error.message  # a tab alone in its paragraph
        return
    wanted = moved.edited(found, edits).text
    assert read(after).text.split() == wanted.split()
    if not edits:
        assert after == data
    before, new = parts(data), parts(after)
    assert [p for p in new if p[0] != "word/document.xml"] == [p for p in before if p[0] != "word/document.xml"]
    # All markup stays but the elements of characters that were taken away, and the mark that spaces count.
    gone = r"<w:(?:tab|br|noBreakHyphen)/>| xml:space=\"preserve\"|(?<=>)[^<]+(?=<)|<w:t/>"
    assert re.sub(gone, "", part(after)) == re.sub(gone, "", part(data))


def test_formatting_between_the_words_that_differ_stays() -> None:
    body = para(run("The mayor of "), run("Kiev", "<w:b/>"), run(" Ivan Koval spoke."))
    after = corrected(word(body), ("Kiev Ivan Koval", "Kyiv, Ivan Koval,"))
    assert body_of(after) == para(run("The mayor of "), run("Kyiv,", "<w:b/>"), run(" Ivan Koval, spoke."))
