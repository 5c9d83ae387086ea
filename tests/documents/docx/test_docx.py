"""What is read of a Word document, as what, and where it stands."""

from collections.abc import Iterable

import pytest

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.parts import RegionKind
from corrigenda.rules import structures
from tests.documents.docx.making import STYLES, document, para, run, story, word


def read(body: str, **more: object) -> Document:
    return registry.read_bytes(word(body, **more), "a.docx", "docx")  # type: ignore[arg-type]


def said(document: Document) -> list[str]:
    return [block.view.text for block in document.blocks]


def labelled(document: Document) -> list[tuple[str, str]]:
    return [(document.locate(block.start).label, block.view.text) for block in document.blocks]


def kinds(document: Document) -> list[str]:
    return [block.kind.value for block in document.blocks]


def stretches(document: Document, *wanted: RegionKind) -> list[str]:
    return [document.text[r.start : r.end] for r in document.regions if r.kind in wanted]


def cell(*paragraphs: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(paragraphs)}</w:tc>"


def table(*rows: Iterable[str]) -> str:
    inside = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{inside}</w:tbl>"


def field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_runs_are_one_text_whatever_they_look_like() -> None:
    body = para(
        run("The har"), run("bo", "<w:b/>"), run("ur &amp; the caf&#233; o", "<w:sz w:val='9'/>"), run("pened.")
    )
    found = read(body)
    assert said(found) == ["The harbour & the café opened."]
    assert found.text == "The harbour & the café opened."
    assert found.language == "en-GB"


def test_paragraphs_are_counted_as_people_count_them() -> None:
    body = para("One.") + para() + para(run("  ")) + table([cell(para("Cell."))]) + para("Two.")
    assert labelled(read(body)) == [
        ("paragraph 1", "One."),
        ("table 1, row 1, cell 1", "Cell."),
        ("paragraph 2", "Two."),
    ]


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        (para("A harbour opens", style="berschrift1"), "heading"),
        (para("A harbour opens", style="House"), "heading"),
        (para("A harbour opens", style="Bold"), "heading"),
        (para("A harbour opens", properties='<w:outlineLvl w:val="1"/>'), "heading"),
        (para("Boats in the harbour.", style="Cap"), "caption"),
        (para("We waited for years.", style="Zitat"), "quotation"),
        (para("One thing", style="Bullet"), "list"),
        (para("One thing", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'), "list"),
        (para("One thing.", style="Bullet", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'), "prose"),
        (para("It opened on Monday."), "prose"),
        (para("It opened on Monday.", style="Missing"), "prose"),
    ],
)
def test_styles_say_what_a_paragraph_is(paragraph: str, kind: str) -> None:
    found = read(para("The harbour stood here.", style="berschrift1") + paragraph)
    assert kinds(found) == ["heading", kind]


def test_code_is_masked_and_contents_are_left_out() -> None:
    body = (
        para("Contents", style="Toc1")
        + para(run("Use the "), run("pip install x", '<w:rStyle w:val="Mono"/>'), run(" command."))
        + para("print('x')", style="Pre")
    )
    found = read(body)
    assert said(found) == ["Use the pip install x command."]
    assert stretches(found, RegionKind.CODE) == ["pip install x", "print('x')"]
    at = found.text.index("pip")
    assert found.is_masked(at, at + 3)


def test_without_styles_a_text_is_read_like_plain_text() -> None:
    body = para("Harbour reopens after years") + para("It was closed, they said.") + para("- one thing, and another.")
    body += para(run("What comes next for the boats of the town", "<w:b/>")) + para("Nobody knows.")
    found = read(body)
    assert kinds(found) == ["heading", "prose", "list", "heading", "prose"]
    assert said(found)[2] == "one thing, and another."


def test_a_table_that_lays_out_the_page_holds_paragraphs() -> None:
    whole = read(table([cell(para("It was closed, they said."), para("It opened again."))]))
    assert kinds(whole) == ["prose", "prose"]
    long = (
        "The harbour was closed for eleven years, and nobody in the town could say who had the keys to its gates. " * 2
    )
    cells = read(table([cell(para("Riga")), cell(para(long.strip()))]))
    assert kinds(cells) == ["table", "prose"]


def test_tables_in_tables_say_where() -> None:
    inner = table([cell(para("in"))])
    body = table([cell(para("a")), cell(para("b"))], [cell(para("c")), cell(inner, para("d"))]) + table(
        [cell(para("e"))]
    )
    assert labelled(read(body)) == [
        ("table 1, row 1, cell 1", "a"),
        ("table 1, row 1, cell 2", "b"),
        ("table 1, row 2, cell 1", "c"),
        ("table 1, row 2, cell 2, table 1, row 1, cell 1", "in"),
        ("table 1, row 2, cell 2", "d"),
        ("table 2, row 1, cell 1", "e"),
    ]


BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent>'
    "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox>"
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    body = para("One", BOX.format(para("In the box."), para("In the box.")), " day.") + para("After.")
    assert labelled(read(body)) == [
        ("paragraph 1", "One day."),
        ("text box 1", "In the box."),
        ("paragraph 2", "After."),
    ]


def test_what_is_tracked_is_read_as_accepted() -> None:
    body = para(
        "The harbour ",
        f"<w:del>{run('was').replace('w:t>', 'w:delText>').replace('<w:t ', '<w:delText ')}</w:del>",
        f"<w:ins>{run('is')}</w:ins>",
        f"<w:ins><w:del>{run('x')}</w:del></w:ins>",
        f"<w:moveFrom>{run(' here')}</w:moveFrom>",
        " open",
        f"<w:moveTo>{run(' here')}</w:moveTo>.",
    ).replace("</w:moveTo>.", "</w:moveTo>" + run("."))
    assert said(read(body)) == ["The harbour is open here."]


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next() -> None:
    mark = "<w:rPr><w:del w:id='1'/></w:rPr>"
    body = (
        para("The harbour", properties=mark) + para(" is open.", properties=mark) + para(" It was shut.") + para("Two.")
    )
    assert labelled(read(body)) == [("paragraph 1", "The harbour is open. It was shut."), ("paragraph 2", "Two.")]


def test_deleted_rows_and_old_properties_are_passed_over() -> None:
    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{cell(para('gone'))}</w:tr>"
    old = '<w:pPrChange w:id="2"><w:pPr><w:pStyle w:val="Pre"/><w:numPr/></w:pPr></w:pPrChange>'
    strike = "<w:b/><w:rPrChange w:id='3'><w:rPr><w:strike/><w:vanish/></w:rPr></w:rPrChange>"
    body = f"<w:tbl>{gone}<w:tr>{cell(para('stays'))}</w:tr></w:tbl>" + para(run("Shown.", strike), properties=old)
    found = read(body)
    assert said(found) == ["stays", "Shown."]
    assert stretches(found, RegionKind.STRUCK, RegionKind.CODE) == []


def test_characters_that_are_elements_are_read() -> None:
    body = para(
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>Ivano</w:t><w:noBreakHyphen/><w:t>Fran</w:t><w:softHyphen/>"
        '<w:t>kivsk 5</w:t><w:sym w:font="Symbol" w:char="F0B0"/><w:t>C</w:t></w:r>',
        properties='<w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs>',
    )
    assert read(body).text == "a\tb\nIvano-Frankivsk 5°C"


def test_spaces_at_the_ends_of_a_run_count_only_where_it_says_so() -> None:
    body = para(run(" The ", space=False), run("har", space=False), run("bour "), run("opened.", space=False))
    assert read(body).text == "Theharbour opened."


def test_hidden_text_is_left_out() -> None:
    body = para(run("Shown"), run(" hidden", "<w:vanish/>"), run(" gone", '<w:rStyle w:val="Gone"/>'), run("."))
    body += para(run("all", "<w:vanish/>")) + para(run("not", "<w:vanish w:val='0'/>"))
    assert labelled(read(body)) == [("paragraph 1", "Shown."), ("paragraph 2", "not")]


def test_fields_are_read_by_what_they_are_for() -> None:
    body = (
        para("See ", field('HYPERLINK "http://x.invalid"', run("the page")), ".")
        + para("On page ", field("PAGEREF x", run("12")), " it says so.")
        + para(f'<w:fldSimple w:instr=" SEQ Figure ">{run("3")}</w:fldSimple>', ": a boat.")
        + para("See ", f'<w:hyperlink r:id="r">{run("this link")}</w:hyperlink>', " too.")
        + para(field("TOC \\o", run("Harbour 1")) + "")
        + para("Nested ", field("IF 1 = " + "x", field("DATE", run("today")) + run(" yes")), ".")
    )
    found = read(body)
    assert said(found) == [
        "See the page.",
        "On page 12 it says so.",
        "3: a boat.",
        "See this link too.",
        "Nested today yes.",
    ]
    assert stretches(found, RegionKind.CODE) == ["12", "3", "today"]


def test_a_table_of_contents_over_paragraphs_is_left_out() -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    body = para(begin, run("Harbour opens 1")) + para("Boats come 2")
    body += para('<w:r><w:fldChar w:fldCharType="end"/></w:r>') + para("The text.")
    assert said(read(body)) == ["The text."]


def test_a_field_without_an_end_loses_no_text() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert said(read(para("One.", begin, separate) + para("Two."))) == ["One.", "Two."]
    assert said(read(para("One.", begin) + para("Two."))) == ["One.", "Two."]


def test_content_controls_are_read_but_for_prompts() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = control.format("", para("Read."))
    body += para(control.format("<w:showingPlcHdr/>", run("Click to enter text")), "Also read.")
    body += control.format('<w:dataBinding w:xpath="/title"/>', para("From the properties."))
    found = read(body)
    assert said(found) == ["Read.", "Also read."]
    assert [unread.what for unread in found.unread] == ["text that Word fills in from the document's properties"]


def test_italics_are_emphasis_where_they_set_something_off() -> None:
    body = (
        para(
            "They said ",
            run("prav", "<w:i/>"),
            run("da", "<w:i/><w:b/>"),
            " and ",
            run("mir", '<w:rStyle w:val="Emph"/>'),
        )
        + para(run("All of it leans.", "<w:i/>"))
        + para("A quotation that ", run("stands", '<w:i w:val="false"/>'), " upright.", style="Zitat")
        + para(run("struck", "<w:strike/>"), " text")
    )
    found = read(body)
    assert stretches(found, RegionKind.EMPHASIS) == ["pravda", "mir", "stands"]
    assert stretches(found, RegionKind.STRUCK) == ["struck"]


NOTES = story(
    "footnotes",
    '<w:footnote w:type="separator" w:id="-1">' + para("---") + "</w:footnote>"
    '<w:footnote w:id="7">'
    + para("The second.")
    + '</w:footnote><w:footnote w:id="3">'
    + para("The first.")
    + '</w:footnote><w:footnote w:id="9">'
    + para("Of deleted text.")
    + "</w:footnote>",
)


def test_notes_stand_behind_the_text_by_their_numbers() -> None:
    def reference(number: int) -> str:
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    body = para("One", reference(3), " and two", reference(7), f"<w:del>{reference(9)}</w:del>", run("."))
    found = read(body, parts={"footnotes.xml": NOTES})
    assert labelled(found) == [
        ("paragraph 1", "One and two."),
        ("footnote 1", "The first."),
        ("footnote 2", "The second."),
    ]
    assert (found.beside, found.text_blocks) == (2, 1)


def test_headers_and_footers_are_read_once() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1.xml"/>'
        '<w:headerReference w:type="first" r:id="header2.xml"/><w:headerReference w:type="even" r:id="header3.xml"/>'
        '<w:footerReference w:type="default" r:id="footer1.xml"/></w:sectPr>'
    )
    page = para("Page ", field("PAGE", run("2")))
    found = read(
        para("Text.") + section,
        parts={
            "header1.xml": story("hdr", para("Harbour news")),
            "header2.xml": story("hdr", para("First page")),
            "header3.xml": story("hdr", para("Harbour news")),
            "header4.xml": story("hdr", para("Of no page")),
            "footer1.xml": story("ftr", page),
        },
    )
    assert labelled(found) == [
        ("paragraph 1", "Text."),
        ("header", "Harbour news"),
        ("first-page header", "First page"),
        ("footer", "Page 2"),
    ]
    assert found.text_blocks == 1


def test_descriptions_of_pictures_are_captions() -> None:
    def picture(words: str) -> str:
        return f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{words}"/></wp:inline></w:drawing></w:r>'

    body = para("Text.", picture("A boat &amp; a caf&#233;"), picture("image1.png"))
    body += para(picture("A person in a suit&#10;&#10;Description automatically generated"))
    found = read(body)
    assert labelled(found) == [("paragraph 1", "Text."), ("description of picture 1", "A boat & a café")]
    assert kinds(found)[1] == "caption" and stretches(found, RegionKind.IMAGE) == ["A boat & a café"]


def test_a_reviewers_comment_is_no_copy_but_may_speak_to_corrigenda() -> None:
    comments = story(
        "comments",
        '<w:comment w:id="1">'
        + para("Is this right?")
        + '</w:comment><w:comment w:id="2">'
        + para("corrigenda: ignore names")
        + '</w:comment><w:comment w:id="3">'
        + para("corigenda: ignore all")
        + "</w:comment>",
    )

    def commented(identifier: int, inside: str) -> str:
        return f'<w:commentRangeStart w:id="{identifier}"/>{inside}<w:commentRangeEnd w:id="{identifier}"/>'

    body = para("One.") + para("Two ", commented(2, run("words")), commented(1, run(" more")), ".")
    body += para(commented(3, run("Three.")))
    found = read(body, parts={"comments.xml": comments})
    assert said(found) == ["One.", "Two words more.", "Three."]
    good, misspelt = found.directives
    assert good.text == "ignore names" and good.fault is None and good.covers is not None
    assert found.text[good.covers.start : good.covers.end] == "Two words more."
    assert misspelt.fault is not None


def test_what_is_not_read_is_said() -> None:
    chart = '<w:r><w:drawing><c:chart r:id="x"/></w:drawing></w:r>'
    found = read(para("Text.", chart) + '<w:altChunk r:id="y"/>')
    assert [unread.what for unread in found.unread] == ["a chart", "an embedded document"]
    sheet = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    formula = '<w:r><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r>'
    assert [unread.what for unread in read(para("Text.", sheet, formula)).unread] == ["an embedded object"]


def test_formulas_are_read_and_masked() -> None:
    found = read(para("Where ", "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>", " holds."))
    assert said(found) == ["Where x=2 holds."] and stretches(found, RegionKind.CODE) == ["x=2"]


@pytest.mark.parametrize(
    ("usual", "marked", "text", "language"),
    [
        ("en-GB", "", "The harbour is open.", "en-GB"),
        ("uk-UA", "", "The harbour is open.", ""),
        ("uk-UA", "en-US", "The harbour is open.", "en-US"),
        ("en-US", "ru-RU", "The harbour is open.", ""),
        ("en-US", "uk-UA", "Порт знову відкрито.", "uk-UA"),
        ("", "", "The harbour is open.", ""),
        ("en-US", "de-DE", "Der Hafen ist offen.", "de-DE"),
    ],
)
def test_the_language_is_what_the_file_says_where_that_can_be_believed(
    usual: str, marked: str, text: str, language: str
) -> None:
    own = f'<w:lang w:val="{marked}"/>' if marked else ""
    styles = STYLES.replace('<w:lang w:val="en-GB"/>', f'<w:lang w:val="{usual}"/>' if usual else "")
    assert read(para(run(text, own)), styles=styles).language == language


def test_the_strict_edition_and_other_prefixes_are_read() -> None:
    raw = document(para("Text.", style="berschrift1"))
    strict = raw.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    other = (
        strict.replace("xmlns:w=", "xmlns:ns0=")
        .replace(" w:", " ns0:")
        .replace("<w:", "<ns0:")
        .replace("</w:", "</ns0:")
    )
    assert said(registry.read_bytes(word("", raw=strict), "a.docx", "docx")) == ["Text."]
    assert said(registry.read_bytes(word("", raw=other), "a.docx", "docx")) == ["Text."]


def test_a_part_in_utf_16_is_read() -> None:
    raw = document(para("A café.")).replace("UTF-8", "UTF-16").encode("utf-16")
    assert said(registry.read_bytes(word("", raw=raw), "a.docx", "docx")) == ["A café."]


def test_an_empty_document_is_a_document_without_blocks() -> None:
    found = read(para())
    assert (found.text, found.blocks, found.regions) == ("", (), ())


def test_what_stands_beside_the_text_is_not_its_end() -> None:
    body = "".join(para(f"The harbour of the town was open on day {number} of the week.") for number in range(6))
    section = '<w:sectPr><w:footerReference w:type="default" r:id="footer1.xml"/></w:sectPr>'
    footer = story("ftr", para("Harbour news") + para("Weekly"))
    found = read(body + para("Contact our news team") + section, parts={"footer1.xml": footer})
    ends = [found.blocks[index].view.text for index, _, _ in structures.last_blocks(found, 3) if index is not None]
    assert ends == ["Contact our news team"]
