"""HTML as its reader sees it: blocks, what they are, and what of a page is no copy."""

import pytest

from corrigenda.documents.document import Document
from corrigenda.documents.html.page import parse
from corrigenda.documents.parts import RegionKind
from corrigenda.reporting import layout


def read(text: str) -> Document:
    return parse(text, "a.html")


def said(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.view.text) for block in read(text).blocks]


def shown(text: str, kind: RegionKind) -> list[str]:
    return [text[region.start : region.end] for region in read(text).regions_of(kind)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<h2>Ferries  stop</h2><p>All\n   day.", [("heading", "Ferries stop"), ("prose", "All day.")]),
        ("<p>caf&eacute; &amp; bar&nbsp;&#8212; open", [("prose", "café & bar\u00a0— open")]),
        ("<p>the <b>port</b> of <a href='x'>Tarn</a>", [("prose", "the port of Tarn")]),
        ("<p>foo <b> bar</b> baz </p>", [("prose", "foo bar baz")]),
        ("<ul><li>One<li><p>Two<ul><li>Three</ul></ul>", [("list", "One"), ("list", "Two"), ("list", "Three")]),
        ("<dl><dt>Tide<dd>Water that comes", [("list", "Tide"), ("list", "Water that comes")]),
        (
            "<table><caption>Boats</caption><tr><th>A<td>B</table>",
            [("caption", "Boats"), ("table", "A"), ("table", "B")],
        ),
        ("<table role=presentation><tr><td>Copy</table>", [("prose", "Copy")]),
        ("<table><tr><td><p>Copy</table>", [("prose", "Copy")]),
        ("<blockquote><p>He said so.</blockquote>", [("quotation", "He said so.")]),
        (
            "<figure><img alt='A boat'><figcaption>In port</figcaption></figure>",
            [("caption", "A boat"), ("caption", "In port")],
        ),
        ("<p>He said <q>no</q>.", [("prose", "He said “no”.")]),
        ("<p>one<br>two<br><br>three", [("prose", "one\ntwo"), ("prose", "three")]),
        ("<p>extra<wbr>ordinary and ex&shy;tra", [("prose", "extraordinary and extra")]),
        ("<p>a <del>b</del> c <s>d</s>.", [("prose", "a c.")]),
        ("<p>type <code>ls</code> now", [("prose", "type ls now")]),
        ("<p>a<pre>code\n</pre>b", [("prose", "a"), ("prose", "b")]),
        ("<p>note<sup><a href='#n1'>1</a></sup>, m<sup>2</sup>", [("prose", "note, m2")]),
        ("<p><strong>Where to go</strong></p>", [("heading", "Where to go")]),
        ("<p><strong>Stop.</strong> Now", [("prose", "Stop. Now")]),
        ("<p><ruby>東京<rp>(</rp><rt>Tokyo</rt></ruby>", [("prose", "東京")]),
        ("<div>a<div>b</div>c</div>", [("prose", "a"), ("prose", "b"), ("prose", "c")]),
        ("<p>a<span hidden>b</span>c<p style='display:none'>d<p>e", [("prose", "ac"), ("prose", "e")]),
        ("<p>a<!-- b -->c<svg><text>d</text></svg>", [("prose", "ac")]),
        ("<template><p>a</template><noscript><p>b</noscript><script>c</script><style>d</style>", []),
        ("<p aria-hidden=true>a<p>b<dialog>c</dialog>", [("prose", "b")]),
        ("<h2>Boats<a class='headerlink' href='#boats' title='Link to this'>¶</a></h2>", [("heading", "Boats")]),
        ("<p translate=no>Foo</p><p>a <span class=notranslate>Bar</span>", [("prose", "a Bar")]),
        ("<button>Send</button><label>Name</label>", [("prose", "Send"), ("prose", "Name")]),
        ("<p>Photo: Anna Lind", [("caption", "Photo: Anna Lind")]),
        ("a < b & c &bogus; &amp d", [("prose", "a < b & c &bogus; & d")]),
        ("<p hidden>a</div>b<p>c", [("prose", "c")]),
        ("<b><p>a</b>b</p>c", [("prose", "ab"), ("prose", "c")]),
        ("<p>x<p hidden>y<table><tr><td>z</table>", [("prose", "x"), ("table", "z")]),
        ("", []),
        ("just words", [("prose", "just words")]),
    ],
)
def test_what_its_reader_sees(source: str, expected: list[tuple[str, str]]) -> None:
    assert said(source) == expected


def test_what_is_seen_or_heard_of_a_tag_is_a_block_of_its_own() -> None:
    source = '<p>Boats in <a href="/x" title="The port &amp; town">Tarn</a> lay <img alt="A boat" src=b> still.</p>'
    document = read(source)
    assert [block.view.text for block in document.blocks] == ["Boats in Tarn lay still.", "The port & town", "A boat"]
    assert document.block_at(source.index("port")) == 1
    assert document.block_at(source.index("still")) == 0
    assert document.within(RegionKind.IMAGE, *document.blocks[2][1:3])


def test_the_head_of_a_page_gives_its_title_and_its_description() -> None:
    source = (
        "<html><head><title>Boats &amp; tides</title><meta name=description content='Where they lie'>"
        "<meta name=robots content=noindex></head><body><p>Copy"
    )
    assert said(source) == [("heading", "Boats & tides"), ("caption", "Where they lie"), ("prose", "Copy")]


def test_emphasis_code_and_what_is_struck_are_regions() -> None:
    source = "<p><em>Aida</em>, <cite>x</cite>, <code>ls</code>, <s>old</s>, <span class='math'>y</span> <b>b</b>"
    assert shown(source, RegionKind.EMPHASIS) == ["<em>Aida</em>", "<cite>x</cite>"]
    assert shown(source, RegionKind.CODE) == ["<code>ls</code>", "<span class='math'>y</span>"]
    assert shown(source, RegionKind.STRUCK) == ["<s>old</s>"]


def test_a_finding_may_reach_over_tags_and_not_over_code() -> None:
    source = "<p>annexed <b>Russia</b> and <code>x</code>, http://example.org/a."
    document = read(source)
    start = source.index("annexed")
    assert not document.is_masked(start, source.index("</b>"))
    assert document.is_masked(start, source.index("</code>"))
    assert shown(source, RegionKind.URL) == ["http://example.org/a"]
    assert "<" not in document.readable and "annexed" in document.readable
    assert len(document.words) == len(source) and document.words.replace("\u2060", "")[3:].startswith(
        "annexed Russia and"
    )


def test_the_language_of_the_article_and_words_of_another() -> None:
    source = '<html lang="uk"><body><main lang="en-GB"><p>The <i lang="fr">mot juste</i>.<p lang="de">Ein Satz.</main>'
    document = read(source)
    assert document.language == "en-GB"
    assert [block.view.text for block in document.blocks] == ["The mot juste."]
    start = source.index("mot")
    assert document.is_masked(start, start + 3)
    assert [one.what for one in document.unread] == ["text that the page says is in another language"]


def test_a_page_that_is_not_to_be_translated_is_copy_all_the_same() -> None:
    assert said("<html translate=no class=notranslate><body><p>Copy") == [("prose", "Copy")]


def test_comments_speak_to_corrigenda() -> None:
    source = "<p>a</p><!-- corrigenda: ignore names --><p>b<!-- -->c<!-- of corrigenda --></p>"
    document = read(source)
    assert [(one.text, source[one.start : one.end]) for one in document.directives] == [
        ("ignore names", "<!-- corrigenda: ignore names -->")
    ]
    assert document.blocks[1].view.text == "bc"


def test_lists_tables_and_figures_are_regions_as_a_whole() -> None:
    source = "<ul><li>a</ul><table><tr><td>b</table><blockquote>c</blockquote><figure><img alt=d></figure>"
    for kind, whole in [
        (RegionKind.LIST, "<ul><li>a</ul>"),
        (RegionKind.TABLE, "<table><tr><td>b</table>"),
        (RegionKind.QUOTATION, "<blockquote>c</blockquote>"),
        (RegionKind.IMAGE, "<figure><img alt=d></figure>"),
    ]:
        assert whole in shown(source, kind)


def test_lines_and_columns_are_the_files_own() -> None:
    source = "<p>one\r\n  two</p>\r<p>three\n"
    document = read(source)
    assert [document.locate(block.start)[:2] for block in document.blocks] == [(1, 4), (3, 4)]
    assert document.blocks[0].view.text == "one two"
    assert document.blocks[0].view.to_document(3, 4) == (6, 10)


def test_a_language_that_the_letters_belie_is_not_believed() -> None:
    assert read("<html lang=uk><body><p>The boats lay in the port of Tarn all day.").language == ""
    assert read("<html lang=uk><body><p>Човни стояли в порту весь день.").language == "uk"


def test_xhtml_is_read_by_the_rules_of_xml() -> None:
    head = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a"/></head>'
    document = parse(f"{head}<body><p>One<a id='x'/> &amp; two</p></body></html>", "a.xhtml")
    assert [block.view.text for block in document.blocks] == ["One & two"]
    broken = parse(f"{head}<body><p>One<br>two</p></body></html>", "a.html")
    assert broken.text.endswith("</html>")


def test_a_report_shows_the_page_as_it_reads() -> None:
    source = "<nav>\n<a href=/>Home</a></nav>\n<h2>Boats</h2>\n<p>in <b>port</b></p>"
    document = read(source)
    assert layout.hides_signs(document)
    shown = [one for one in layout.paragraphs(document) if one.look.role != "markup"]
    words = []
    for paragraph in shown:
        hidden = {at for start, end in paragraph.quiet for at in range(start, end)}
        words.append("".join(source[at] for at in range(paragraph.start, paragraph.end) if at not in hidden))
    assert words == ["Home", "Boats", "in port"]


def test_a_report_of_corrigenda_is_not_checked_again() -> None:
    from corrigenda.finding import Report
    from corrigenda.reporting import formats

    made = formats.render("html", Report("1", (), (), ()), lambda _: None)
    assert isinstance(made, str)
    document = read(made)
    assert document.blocks == () and [one.what for one in document.unread] == ["a report of corrigenda itself"]
