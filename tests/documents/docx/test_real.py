"""Word files that other programs made and other packages carry: read, corrected word by word, and read by others."""

import io
import zipfile
from pathlib import Path

import pytest

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.parts import Edit, RegionKind
from tests.documents.docx.making import part, parts
from tests.documents.docx.office import saved

FILES = sorted((Path(__file__).parent / "files").glob("*.docx"))
TWICE = ("word/header", "word/footer")
"""Parts of which several may say the same."""


def read(data: bytes) -> Document:
    return registry.read_bytes(data, "a.docx", "docx")


def labelled(name: str) -> list[tuple[str, str, str]]:
    found = read((Path(__file__).parent / "files" / f"{name}.docx").read_bytes())
    return [(found.locate(block.start).label, block.kind.value, block.view.text) for block in found.blocks]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_is_read_and_corrected_without_touching_the_rest(path: Path) -> None:
    data = path.read_bytes()
    found = read(data)
    assert registry.written(data, found, []) == data
    for block in found.blocks:
        span = block.view.to_document(0, len(block.view.text))
        edit = Edit(span.start, span.start + 1, "Ä&")
        if found.is_masked(span.start, span.end):
            continue
        after = registry.written(data, found, [edit])
        assert read(after).text == found.text[: span.start] + "Ä&" + found.text[span.start + 1 :]
        changed = [
            (str(old[0]), old[6], new[6]) for old, new in zip(parts(data), parts(after), strict=True) if old != new
        ]
        assert len(changed) == 1 or all(name.startswith(TWICE) for name, *_ in changed)
        for _, old, new in changed:
            assert isinstance(old, bytes) and isinstance(new, bytes)
            raw, written = old.decode("utf-8-sig"), new.decode("utf-8-sig")
            first = next(n for n, (a, b) in enumerate(zip(raw, written, strict=False)) if a != b)
            # Text boxes are written twice, for older programs.
            assert written.replace("Ä&amp;", raw[first]) == raw


def test_what_libreoffice_writes_is_read() -> None:
    assert labelled("libreoffice-tracked") == [
        ("paragraph 1", "heading", "The harbour opens"),
        ("paragraph 2", "prose", "It is open again, said the harbour master.\tSoon.\nNext line."),
        ("paragraph 3", "prose", "Boats came."),
        ("text box 1", "prose", "In the box."),
        ("table 1, row 1, cell 1", "table", "Riga"),
        ("table 1, row 1, cell 2", "table", "Tallinn"),
        ("paragraph 4", "prose", "The end."),
        ("footnote 1", "prose", "After eleven years."),
        ("header", "prose", "Harbour news"),
        ("footer", "prose", "Page 1"),
    ]
    assert [kind for _, kind, _ in labelled("libreoffice-html")] == [
        "heading",
        "prose",
        "list",
        "list",
        "table",
        "table",
        "quotation",
    ]


def test_a_comment_without_a_range_is_about_its_paragraph() -> None:
    found = read((Path(__file__).parent / "files" / "libreoffice-tracked.docx").read_bytes())
    (directive,) = found.directives
    assert directive.text == "ignore names" and directive.covers is not None
    assert found.text[directive.covers.start : directive.covers.end] == "Boats came."


def test_what_word_writes_is_read() -> None:
    assert labelled("mammoth-footnotes") == [
        ("paragraph 1", "prose", "Ouch."),
        ("footnote 1", "prose", "A tachyon walks into a bar."),
        ("footnote 2", "prose", "Fin."),
    ]
    assert labelled("mammoth-strict-format") == [("paragraph 1", "heading", "Test")]
    assert [(label, text) for label, _, text in labelled("mammoth-text-box")] == [("text box 1", "Datum plane")]
    data = (Path(__file__).parent / "files" / "mammoth-strikethrough.docx").read_bytes()
    found = read(data)
    struck = [found.text[region.start : region.end] for region in found.regions_of(RegionKind.STRUCK)]
    assert struck == ["Today's Special: Salmon"]


def test_python_docx_reads_what_was_written() -> None:
    docx = pytest.importorskip("docx")
    for path in FILES:
        data = path.read_bytes()
        found = read(data)
        edits = [
            Edit(block.start, block.start + 1, "Q")
            for block in found.blocks
            if not found.is_masked(block.start, block.start + 1)
        ]
        try:
            docx.Document(io.BytesIO(data))
        except KeyError:
            continue  # it does not read the strict edition
        docx.Document(io.BytesIO(registry.written(data, found, edits)))


def test_libreoffice_reads_what_was_written(tmp_path: Path) -> None:
    data = (Path(__file__).parent / "files" / "libreoffice-tracked.docx").read_bytes()
    found = read(data)
    edits = []
    for old, new in (("opens", "reopens"), ("open again", "open & busy"), ("eleven", "twelve"), ("box", "<box>")):
        at = found.text.index(old, 0 if old != "box" else found.text.index("In the"))
        edits.append(Edit(at, at + len(old), new))
    source = tmp_path / "a.docx"
    source.write_bytes(registry.written(data, found, edits))
    assert "<w:del " in part(source.read_bytes()) and "<w:ins " in part(source.read_bytes())
    again = read(saved(source, tmp_path / "b.docx").read_bytes())
    said = [block.view.text for block in again.blocks]
    assert "The harbour reopens" in said and "After twelve years." in said and "In the <box>." in said
    assert "It is open & busy, said the harbour master.\tSoon.\nNext line." in said
    with zipfile.ZipFile(tmp_path / "b.docx") as file:
        assert b"<w:del " in file.read("word/document.xml")
