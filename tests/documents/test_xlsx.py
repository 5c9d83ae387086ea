"""Workbooks: cells by column, shared strings, formulas, and what a correction changes in the package."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit
from corrigenda.settings import ReadingOptions
from tests.conftest import Corrigenda

FIELDS = ReadingOptions(("Body",), ("headline",))
ROWS = [
    ["id", "Headline", "body", "note"],
    [1, "Port opens", "It left & came.\nIt <stayed>.", "Port opens"],
    [2, "Port opens", "=CONCATENATE(A1,B1)", "The ferry left at noon."],
    [3, "Third", None, "x"],
]


def made(rows: list[list[object]], name: str = "Articles") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    hidden = book.create_sheet("Notes")
    hidden.append(["body"])
    hidden.append(["Nobody sees this text here."])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shared(data: bytes) -> bytes:
    """The workbook as Excel has it: its strings in a table, each once, wherever they are used."""
    found = parts(data)
    table: dict[str, int] = {}
    uses = 0

    def number(own: "re.Match[str]") -> str:
        nonlocal uses
        uses += 1
        return f'<c{own[1]} t="s"{own[2]}><v>{table.setdefault(own[3], len(table))}</v></c>'

    for name in sorted(found):
        if name.startswith("xl/worksheets/sheet"):
            sheet = found[name].decode()
            assert "inlineStr" in sheet
            found[name] = re.sub(
                r'<c([^>]*) t="inlineStr"([^>]*)><is>(.*?)</is></c>', number, sheet, flags=re.S
            ).encode()
    strings = "".join(f"<si>{string}</si>" for string in table)
    found["xl/sharedStrings.xml"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<sst xmlns="http://schemas.openxmlformats.org/'
        f'spreadsheetml/2006/main" count="{uses}" uniqueCount="{len(table)}">{strings}</sst>'
    ).encode()
    relation = (
        '<Relationship Id="rIdStrings" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    kind = (
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sharedStrings+xml"/></Types>'
    )
    for name, end, more in (
        ("xl/_rels/workbook.xml.rels", "</Relationships>", relation),
        ("[Content_Types].xml", "</Types>", kind),
    ):
        if "sharedStrings" not in found[name].decode():
            found[name] = found[name].decode().replace(end, more).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(data: bytes, options: ReadingOptions = FIELDS) -> Document:
    return registry.read_bytes(data, "a.xlsx", "xlsx", options=options)


def words(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.view.text) for block in document.blocks]


def table(data: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_named_columns_are_read() -> None:
    document = read(made(ROWS))
    assert words(document) == [
        ("heading", "Port opens"),
        ("prose", "It left & came."),
        ("prose", "It <stayed>."),
        ("heading", "Port opens"),
        ("heading", "Third"),
    ]
    assert document.locate(document.blocks[2].start).label == "sheet Articles, C2"
    rows = [part.record for part in document.embedded]
    assert [row - rows[0] for row in rows] == [0, 0, 1, 2]
    assert [one.what for one in document.unread] == ["a hidden sheet"]


def test_without_names_cells_that_are_copy_are_read() -> None:
    assert ("prose", "The ferry left at noon.") in words(read(made(ROWS), ReadingOptions()))
    with pytest.raises(Unreadable, match="No column of this file is called 'text'"):
        read(made(ROWS), ReadingOptions(("text",)))


def corrected(data: bytes, old: str, new: str, number: int = 0) -> bytes:
    document = read(data)
    start = -1
    for _ in range(number + 1):
        start = document.text.index(old, start + 1)
    edit = registry.spelled(document, Edit(start, start + len(old), new))
    assert registry.harmless(document, [edit]) == [edit]
    after = registry.written(data, document, [edit])
    assert read(after).text == registry.edited(document, [edit]).text
    return after


def test_a_correction_changes_its_string_and_no_other_part() -> None:
    data = shared(made(ROWS))
    assert registry.written(data, read(data), []) == data
    after = corrected(data, "came", "went & <came>")
    assert table(after)[1][2] == "It left & went & <came>.\nIt <stayed>."
    before, now = parts(data), parts(after)
    assert [name for name in before if before[name] != now[name]] == ["xl/sharedStrings.xml"]


def test_a_string_that_other_cells_share_is_changed_for_one_of_them() -> None:
    """The note beside it and the headline of the next row say the same, and nobody asked to change them."""
    data = shared(made(ROWS))
    after = corrected(data, "opens", "closes", number=1)
    rows = table(after)
    assert [rows[1][1], rows[2][1], rows[1][3]] == ["Port opens", "Port closes", "Port opens"]
    before, now = parts(data), parts(after)
    changed = sorted(name for name in before if before[name] != now[name])
    assert changed == ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]
    unique = now["xl/sharedStrings.xml"].decode()
    assert f'uniqueCount="{unique.count("<si>")}"' in unique


@pytest.mark.parametrize("kept", [bytes, shared])
def test_runs_of_a_cell_keep_their_formatting(kept: Callable[[bytes], bytes]) -> None:
    bold = InlineFont(b=True)
    data = kept(made([["body"], [CellRichText("The ", TextBlock(bold, "old port "), "is shut.")]]))
    after = corrected(data, "old", "new")
    sheet = load_workbook(io.BytesIO(after), rich_text=True).worksheets[0]
    value = sheet["A2"].value
    assert isinstance(value, CellRichText) and str(value) == "The new port is shut."
    assert [str(run) for run in value if isinstance(run, TextBlock)] == ["new port "]


def test_strings_of_a_cells_own_are_corrected() -> None:
    data = made([["body"], ["The ferry left at noon."]])
    assert b"inlineStr" in parts(data)["xl/worksheets/sheet1.xml"]
    after = corrected(data, "noon", "one & two")
    assert table(after)[1][0] == "The ferry left at one & two."


def test_fix_corrects_a_workbook(tmp_path: Path, corrigenda: Corrigenda, house: list[str]) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(made([["id", "body"], ["on the territory of", "It lay on the territory of a port."]]))
    report = corrigenda("check", *house, "--text-field", "body", "--fail-on", "never", "a.xlsx")
    assert "Sheet Articles, B2" in report.out, report.out
    outcome = corrigenda("fix", *house, "--unsafe", "--text-field", "body", "a.xlsx")
    assert outcome.code == 0, outcome.err
    assert table(path.read_bytes())[1] == ["on the territory of", "It lay in a port."]


texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=20).filter(
    lambda text: bool(text.strip()) and not text.startswith("=") and "_x" not in text
)


@settings(max_examples=25)
@given(st.lists(texts, min_size=1, max_size=4), st.sampled_from([bytes, shared]), st.data())
def test_any_workbook_is_read_corrected_and_written(
    cells: list[str], kept: Callable[[bytes], bytes], data: st.DataObject
) -> None:
    raw = kept(made([["body"], *([cell] for cell in cells)]))
    document = read(raw)
    assert registry.written(raw, document, []) == raw
    assert [part.view.text for part in document.embedded] == cells
    number = data.draw(st.integers(0, len(cells) - 1))
    at = data.draw(st.integers(0, len(cells[number]) - 1))
    new = data.draw(st.text(st.sampled_from("ab&<>\"' é"), min_size=1, max_size=5))
    start = document.embedded[number].start + at
    edit = registry.spelled(document, Edit(start, start + 1, new))
    if edit.text != new:  # white space that a reader would not see is tidied
        return
    after = registry.written(raw, document, [edit])
    wanted = [*cells]
    wanted[number] = cells[number][:at] + new + cells[number][at + 1 :]
    if wanted[number].strip():
        assert [str(row[0]) for row in table(after)[1:]] == wanted


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "."),
        (b"PK\x03\x04 broken", "."),
        (b"id,body\n", "."),
    ],
)
def test_what_is_no_workbook_is_told(data: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told) as caught:
        read(data)
    assert "\n" not in caught.value.message
