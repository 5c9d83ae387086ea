"""OpenDocument texts: what is read as what, and corrections that change their characters and nothing else."""

import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.formats.odt import READER
from corrigenda.documents.parts import Edit, RegionKind
from tests.documents.docx import office
from tests.documents.odt.making import MANIFEST, STYLES, flat, text


def said(data: bytes) -> list[tuple[str, str, str]]:
    document = READER.read(data, "a.odt")
    return [(b.kind.value, b.view.text, document.locate(b.start).label) for b in document.blocks]


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {info.filename: file.read(info) for info in file.infolist()}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<text:h text:outline-level="1">Ferries stop</text:h>', [("heading", "Ferries stop", "paragraph 1")]),
        (
            "<text:p>One  and\n two &amp;<text:s text:c='3'/>three<text:tab/>four<text:line-break/>five.</text:p>",
            [("prose", "One and two &   three\tfour\nfive.", "paragraph 1")],
        ),
        (
            '<text:p>The <text:span text:style-name="T2">port</text:span> of<text:soft-page-break/> Tarn.</text:p>',
            [("prose", "The port of Tarn.", "paragraph 1")],
        ),
        (
            "<text:list><text:list-item><text:p>One</text:p><text:list><text:list-item><text:p>Two</text:p>"
            "</text:list-item></text:list></text:list-item></text:list>",
            [("list", "One", "paragraph 1"), ("list", "Two", "paragraph 2")],
        ),
        (
            "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell>"
            "<text:p>B</text:p></table:table-cell></table:table-row></table:table>",
            [("table", "A", "paragraph 1"), ("table", "B", "paragraph 2")],
        ),
        (
            '<text:p>Boats<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            "<text:note-body><text:p>By sea.</text:p></text:note-body></text:note> came.</text:p>",
            [("prose", "Boats came.", "paragraph 1"), ("prose", "By sea.", "footnote 1")],
        ),
        (
            "<text:p>Boats<office:annotation><text:p>A remark</text:p></office:annotation> came.</text:p>",
            [("prose", "Boats came.", "paragraph 1")],
        ),
        (
            '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><text:p>gone</text:p>'
            "</text:deletion></text:changed-region></text:tracked-changes>"
            '<text:p>Boats <text:change text:change-id="c"/><text:change-start text:change-id="d"/>came'
            '<text:change-end text:change-id="d"/>.</text:p>',
            [("prose", "Boats came.", "paragraph 1")],
        ),
        (
            '<text:p>Look.<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame></text:p>',
            [("prose", "Look.", "paragraph 1"), ("prose", "In a box.", "text box 1")],
        ),
        (
            "<text:p>Look.<draw:frame><draw:image/><svg:desc>A boat</svg:desc></draw:frame></text:p>",
            [("prose", "Look.", "paragraph 1"), ("caption", "A boat", "a picture's description")],
        ),
        ('<text:p text:style-name="P1">He said so.</text:p>', [("quotation", "He said so.", "paragraph 1")]),
        ('<text:p text:style-name="P2">Boats in port</text:p>', [("caption", "Boats in port", "paragraph 1")]),
        (
            '<text:table-of-content><text:index-body><text:p>Contents</text:p></text:index-body>'
            '</text:table-of-content><text:p text:style-name="P3">More</text:p><text:p>Copy.</text:p>',
            [("prose", "Copy.", "paragraph 1")],
        ),
        (
            '<text:p>Seen<text:span text:style-name="T4"> and not <text:span>at all</text:span></text:span>.</text:p>'
            '<text:section text:display="none"><text:p>Hidden</text:p></text:section>',
            [("prose", "Seen.", "paragraph 1")],
        ),
        ("<text:p>ex\u00adtra.</text:p>", [("prose", "extra.", "paragraph 1")]),
        (
            '<text:p>Copy.</text:p><text:p>More.</text:p><text:p text:style-name="P4">ls -l</text:p>',
            [("prose", "Copy.", "paragraph 1"), ("prose", "More.", "paragraph 2")],
        ),
        ("<text:p/><text:p> </text:p>", []),
    ],
)  # fmt: skip
def test_what_its_reader_sees(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(text(body)) == expected
    assert said(flat(body)) == expected


def test_regions_headers_and_the_language() -> None:
    body = (
        '<text:p>The <text:span text:style-name="T1">Aida</text:span> is <text:span text:style-name="T3">old'
        '</text:span> now, see <text:span text:style-name="T5">ls</text:span>, page '
        "<text:page-number>3</text:page-number>.</text:p>"
    )
    document = READER.read(text(body, styles=STYLES), "a.odt")
    found = {kind: [document.text[r.start : r.end] for r in document.regions_of(kind)] for kind in RegionKind}
    assert found[RegionKind.EMPHASIS] == ["Aida"]
    assert found[RegionKind.STRUCK] == ["old"]
    assert found[RegionKind.CODE] == ["ls", "3"]
    assert document.blocks[-1].view.text == "A running head"
    assert document.locate(document.blocks[-1].start).label == "header"
    assert document.language == "en-GB"


def test_a_comment_speaks_of_its_paragraph() -> None:
    remark = "<office:annotation><text:p>corrigenda: ignore names</text:p></office:annotation>"
    document = READER.read(text(f"<text:p>One.</text:p><text:p>Two{remark} words.</text:p>"), "a.odt")
    (directive,) = document.directives
    assert directive.text == "ignore names" and directive.covers is not None
    assert document.text[directive.covers.start : directive.covers.end] == "Two words."


@pytest.mark.parametrize(
    ("body", "quote", "put", "expected"),
    [
        ("<text:p>Boats came.</text:p>", "Boats came", "A & B <came", "<text:p>A &amp; B &lt;came.</text:p>"),
        (
            '<text:p>annexed <text:span text:style-name="T2">Russia</text:span>.</text:p>',
            "annexed Russia",
            "annexed by Russia",
            '<text:p>annexed by <text:span text:style-name="T2">Russia</text:span>.</text:p>',
        ),
        ("<text:p>a<text:s/>b &amp;\n c</text:p>", "& c", "and c", "<text:p>a<text:s/>b and\n c</text:p>"),
        ("<text:p>a<text:tab/>b</text:p>", "a\tb", "x\ty", "<text:p>x<text:tab/>y</text:p>"),
        ("<text:p>One.</text:p>\n<text:p>Two.</text:p>", "Two.", "", "<text:p>One.</text:p>\n<text:p></text:p>"),
    ],
)
def test_a_correction_changes_its_characters(body: str, quote: str, put: str, expected: str) -> None:
    for data in (text(body), flat(body)):
        document = READER.read(data, "a.odt")
        start = document.text.index(quote)
        edit = registry.spelled(document, Edit(start, start + len(quote), put))
        written = READER.write(data, document, [edit])
        if data.startswith(b"<"):
            assert written == data.replace(body.encode(), expected.encode())
            continue
        old, new = parts_of(data), parts_of(written)
        assert list(new) == list(old)
        assert {name for name in old if old[name] != new[name]} == {"content.xml"}
        assert new["content.xml"] == old["content.xml"].replace(body.encode(), expected.encode())


PIECES = st.sampled_from(
    ["port", "&amp;", "<text:s/>", '<text:span text:style-name="T1">boat</text:span>', "\n ", "é", "😀"]
)


@given(st.lists(PIECES), st.data())
def test_any_correction_reads_as_that_copy(pieces: list[str], data: st.DataObject) -> None:
    source = text(f"<text:p>Begin {' '.join(pieces)} end.</text:p><text:p>More.</text:p>")
    document = READER.read(source, "a.odt")
    assert READER.write(source, document, []) == source
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start, min(len(document.text), start + 6)))
    if "\n" in document.text[max(0, start - 1) : end + 1]:
        return
    put = data.draw(st.sampled_from(["", "a", "R&D", "<b>", '"so"']))
    written = READER.write(source, document, [Edit(start, end, put)])
    wanted = document.text[:start] + put + document.text[end:]
    assert READER.read(written, "a.odt").text.split() == wanted.split()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"PK\3\4", "cut off or damaged"),
        (text("<text:p>a</text:p>")[:-60], "cut off or damaged"),
        (text("<text:p>a</text:p>", mime="application/epub+zip"), "another kind"),
        (text("", more={"META-INF/manifest.xml": MANIFEST.format("<manifest:encryption-data/>")}), "password"),
        (text("", more={"Basic/Standard/Module1.xml": "<a/>"}), "macros"),
        (text("", more={"content.xml": "<a><b></a>"}), "damaged at line 1"),
        (text("", more={"content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "document type"),
        (text("", more={"content.xml": '<?xml version="1.0" encoding="utf-16"?><a/>'}), "claims to be in"),
        (text("<table:table>" * 600 + "</table:table>" * 600), "deep"),
        (text("", more={"../a.xml": "b"}), "would lead out"),
        (b"<?xml version='1.0'?><html/>", "another kind"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words) as caught:
        READER.read(data, "a.odt")
    assert "\n" not in caught.value.message


def test_a_hundred_levels_of_tables_are_read() -> None:
    cell = "<table:table><table:table-row><table:table-cell>"
    close = "</table:table-cell></table:table-row></table:table>"
    assert said(text(cell * 100 + "<text:p>deep</text:p>" + close * 100)) == [("table", "deep", "paragraph 1")]


@pytest.mark.slow
def test_what_libreoffice_wrote_is_corrected_and_opened_again(tmp_path: Path) -> None:
    page = (
        "<html><body><h1>Ferries stop</h1><p>Boats lay in <b>the</b> <i>port</i> of Tarn, caf&eacute; &amp; all.</p>"
        "<ul><li>warm clothes</li></ul><table><tr><td>A</td><td>B</td></tr></table></body></html>"
    )
    (tmp_path / "a.html").write_text(page, "utf-8")

    def convert(name: str, to: str) -> None:
        profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
        command = [
            office.program(),
            profile,
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(tmp_path),
            str(tmp_path / name),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)

    convert("a.html", "odt:writer8")
    data = (tmp_path / "a.odt").read_bytes()
    document = READER.read(data, "a.odt")
    blocks = [(b.kind.value, b.view.text) for b in document.blocks]
    assert ("prose", "Boats lay in the port of Tarn, café & all.") in blocks
    start = document.text.index("port of Tarn")
    edit = registry.spelled(document, Edit(start, start + len("port of Tarn"), "harbour at Tarn"))
    (tmp_path / "b.odt").write_bytes(READER.write(data, document, [edit]))
    convert("b.odt", "txt:Text")
    assert "Boats lay in the harbour at Tarn, café & all." in (tmp_path / "b.txt").read_text("utf-8-sig")
