"""CSV and TSV: columns by their headings, quotation marks, and the cells that need them after a correction."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit
from corrigenda.settings import ReadingOptions

FIELDS = ReadingOptions(("Body",), ("headline",))
TABLE = 'id;Headline;body\r\n7;Port opens;"He said ""no"";\nthen left."\r\n8;Two;plain words\r\n'


def read(text: str, options: ReadingOptions = FIELDS) -> Document:
    return registry.read_bytes(text.encode(), "a.csv", "csv", options=options)


def words(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.view.text) for block in document.blocks]


def rows(text: str, sign: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))


def test_named_columns_are_read() -> None:
    document = read(TABLE)
    assert [text for _, text in words(document)] == ["Port opens", 'He said "no";', "then left.", "Two", "plain words"]
    assert words(document)[0][0] == words(document)[3][0] == "heading"
    assert [(part.label, part.record) for part in document.embedded] == [
        ("row 2, Headline", 1),
        ("row 2, body", 1),
        ("row 3, Headline", 2),
        ("row 3, body", 2),
    ]
    place = document.locate(document.text.index("then"))
    assert (place.line, place.label) == (3, "row 2, body")


def test_without_names_cells_that_are_copy_are_read() -> None:
    text = "id,slug,url,body\n1,port-opens,https://a.b/c d,The ferry left at noon.\n"
    assert words(read(text, ReadingOptions())) == [("prose", "The ferry left at noon.")]


def test_a_name_that_is_no_column_is_told() -> None:
    with pytest.raises(
        Unreadable, match="No column of this file is called 'text'; there are: 'id', 'Headline', 'body'"
    ):
        read(TABLE, ReadingOptions(("text",)))


def corrected(text: str, old: str, new: str) -> str:
    document = read(text)
    start = document.text.index(old)
    edit = registry.spelled(document, Edit(start, start + len(old), new))
    assert registry.harmless(document, [edit]) == [edit]
    return registry.written(text.encode(), document, [edit]).decode()


def test_a_correction_is_written_as_the_cell_has_it() -> None:
    assert corrected(TABLE, "then", 'the "then"') == TABLE.replace("then", 'the ""then""')
    assert corrected(TABLE, "plain", "fine") == TABLE.replace("plain", "fine")
    after = corrected(TABLE, "plain words", 'plain; "words"')
    assert after == TABLE.replace("plain words", '"plain; ""words"""')
    assert rows(after)[2] == ["8", "Two", 'plain; "words"']


def test_a_deleted_cell_leaves_its_row() -> None:
    assert corrected("body\nOne is here.\nTwo is here.\n", "One is here.", "") == "body\n\nTwo is here.\n"


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=30)


@given(
    st.lists(st.tuples(texts, texts), min_size=1, max_size=4),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.data(),
)
def test_any_table_is_read_corrected_and_written(
    cells: list[tuple[str, str]], sign: str, quoting: int, newline: str, codec: str, data: st.DataObject
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign, quoting=quoting, lineterminator=newline)  # type: ignore[call-overload]
    table = [["id", "Headline", "body"], *([str(number), *pair] for number, pair in enumerate(cells))]
    writer.writerows(table)
    raw = out.getvalue().encode(codec)
    document = registry.read_bytes(raw, "a.csv", "csv", options=FIELDS)
    assert registry.written(raw, document, []) == raw
    said = [cell for pair in cells for cell in pair if cell]
    assert [part.view.text for part in document.embedded] == said
    if not document.embedded:
        return
    number = data.draw(st.integers(0, len(said) - 1))
    part = document.embedded[number]
    at = data.draw(st.integers(0, len(said[number]) - 1))
    new = data.draw(st.text(st.sampled_from("ab,;\t|\"'\n"), max_size=6))
    span = part.view.to_document(at, at + 1)
    edit = registry.spelled(document, Edit(span.start, span.end, new))
    after = registry.edited(document, [edit])
    wanted = [part.view.text for part in document.embedded]
    wanted[number] = said[number][:at] + new.replace("\n", newline) + said[number][at + 1 :]
    found = [part.view.text for part in after.embedded]
    if new and document.text[span.start : span.end] != '""':
        assert found == [text for text in wanted if text]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('body\n"a', "at line 2 a quotation mark is not closed"),
        ('body\n"a"b\n', "at line 2 something follows a closed quotation mark"),
        ("," * 1_000_000, "more than 10,000 columns"),
        ("body\0,\n", "NUL|binary|control"),
    ],
)
def test_a_broken_table_is_told_in_one_line(text: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told) as caught:
        read(text)
    assert "\n" not in caught.value.message
