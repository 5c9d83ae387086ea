"""The HTML page's parts that Python makes: layout, positions, encodings, the policy."""

import base64
import codecs
import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents.document import Document
from corrigenda.documents.formats import markdown
from corrigenda.documents.formats import text as plain_text
from corrigenda.documents.parts import Block, Encoding, RegionKind, Segment, View
from corrigenda.documents.utf16 import Units
from corrigenda.finding import DocumentReport, Report
from corrigenda.reporting import html, layout
from corrigenda.reporting.base import Options
from tests.reporting.sample import sample


def data_of(page: str) -> dict[str, object]:
    match = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert match
    loaded: dict[str, object] = json.loads(match.group(1))
    return loaded


def block(kind: RegionKind, start: int, end: int, *runs: tuple[int, int]) -> Block:
    placed, at = [], 0
    for origin, length in runs or ((start, end - start),):
        placed.append(Segment(at, length, origin, length))
        at += length
    return Block(kind, start, end, View("x" * at, tuple(placed)))


def test_markup_is_quiet_and_cells_share_a_line() -> None:
    text = "# Head\n\n- item *two*\n\n| a | b |\n\n```\ncode\n```\n\nEnd."
    head, item, star = text.index("Head"), text.index("item"), text.index("*two*")
    blocks = (
        block(RegionKind.HEADING, head, head + 4),
        block(RegionKind.LIST, item, star + 5, (item, 5), (star + 1, 3)),
        block(RegionKind.TABLE, text.index("a |"), text.index("a |") + 1),
        block(RegionKind.TABLE, text.index("b |"), text.index("b |") + 1),
        block(RegionKind.PROSE, text.index("End."), len(text)),
    )
    laid = layout.paragraphs(Document("a.md", text, "text", (), blocks))
    shown = [(p.kind, text[p.start : p.end], [text[a:b] for a, b in p.quiet]) for p in laid]
    assert shown == [
        ("heading", "# Head", ["# "]),
        ("list", "- item *two*", ["- ", "*", "*"]),
        ("table", "| a | b |", ["| ", " | ", " |"]),
        ("quiet", "```\ncode\n```", []),
        ("prose", "End.", []),
    ]


pieces = st.lists(st.text("ab \n\r\t#é🙂", max_size=8), max_size=8)


@pytest.mark.parametrize("form", ["text", "markdown"])
@given(texts=pieces, readable=st.lists(st.booleans(), min_size=8, max_size=8))
def test_every_character_is_laid_out_once(form: str, texts: list[str], readable: list[bool]) -> None:
    text, blocks = "", []
    for piece, use in zip(texts, readable, strict=False):
        if use and piece.strip():
            blocks.append(block(RegionKind.PROSE, len(text), len(text) + len(piece)))
        text += piece
    covers_all(text, layout.paragraphs(Document("a", text, form, (), tuple(blocks))))


def covers_all(text: str, laid: list[layout.Paragraph]) -> None:
    at = 0
    for paragraph in laid:
        assert at <= paragraph.start < paragraph.end
        assert not text[at : paragraph.start].strip()
        for a, b in (*paragraph.quiet, *((a, b) for a, b, _ in paragraph.styles), *paragraph.cells):
            assert paragraph.start <= a <= b <= paragraph.end
        at = paragraph.end
    assert not text[at:].strip()


markdown_pieces = st.sampled_from(
    ["# ", "- ", "1. ", "> ", "| a | b |\n", "|--|--|\n", "```\n", "**", "*", "~~", "[a](b)", "`c`", "word ", "é🙂",
     "\n", "\n\n", "\r\n", "<div>x</div>", "---\n", "![p](q)", "    ", "{{ t }}", "===\n", "<!-- c -->", "[x] ", "\\|"]
)  # fmt: skip


@given(st.lists(markdown_pieces, max_size=14).map("".join))
def test_every_character_of_real_markdown_is_laid_out_once(text: str) -> None:
    covers_all(text, layout.paragraphs(markdown.parse(text, "a.md")))


@pytest.mark.parametrize(
    "piece", ["{{a}} ", "{{a}}", "`a` ", "~~a~~ ", "[a](b) ", "| a ", "> a\n>\n", "<b>x</b>", "](", "[a "]
)
def test_much_of_one_kind_on_one_line_is_laid_out(piece: str) -> None:
    """A paragraph may hold tens of thousands of signs: what is done for each must not look at all the others."""
    text = piece * 20_000
    laid = layout.paragraphs(markdown.parse(text, "a.md"))
    assert laid[0].start == 0 and laid[-1].end == len(text.rstrip())


def test_markdown_reads_as_it_is_meant() -> None:
    text = (
        "Title\n=====\n\n## Part\n\nA **bold** and *soft* `code` ~~gone~~ [link](x.html) ![quay](q.jpg).\n\n"
        "- one\n  1. deep\n- [x] done\n\n> said\n\n| a | |\n|---|--:|\n| **x** | y |\n\n***\n\n```py\ncode\n```\n"
    )
    laid = layout.paragraphs(markdown.parse(text, "a.md"))
    looks = [(p.kind, p.line, {key: value for key, value in p.look._asdict().items() if value}) for p in laid]
    assert looks == [
        ("heading", 1, {"level": 1}),
        ("quiet", 2, {"role": "markup"}),
        ("heading", 4, {"level": 2}),
        ("prose", 6, {}),
        ("list", 8, {"marker": "•"}),
        ("list", 9, {"marker": "1.", "depth": 1}),
        ("list", 10, {"marker": "☑"}),
        ("quotation", 12, {"quoted": 1}),
        ("table", 14, {"head": True}),
        ("quiet", 15, {"role": "markup"}),
        ("table", 16, {}),
        ("quiet", 18, {"role": "rule"}),
        ("quiet", 20, {"role": "code"}),
    ]
    prose = laid[3]
    assert [(text[a:b], style) for a, b, style in prose.styles] == [
        ("bold", "strong"), ("soft", "em"), ("`code`", "code"),
        ("gone", "struck"), ("link", "link"), ("quay", "picture"),
    ]  # fmt: skip
    seen = "".join(
        c
        for at, c in enumerate(text[prose.start : prose.end], prose.start)
        if not any(a <= at < b for a, b in prose.quiet)
    )
    assert seen == "A bold and soft code gone link quay."
    assert [[text[a:b].strip() for a, b in p.cells] for p in laid if p.cells] == [["a", ""], ["**x**", "y"]]


def test_plain_text_has_no_markup() -> None:
    text = "# A *star* stands here\n\n- and a dash\n"
    document = plain_text.parse(text, "a.txt")
    assert all(not (p.styles or p.cells or any(p.look)) for p in layout.paragraphs(document))


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=30))
def test_positions_are_utf16_units(text: str) -> None:
    units = Units(text)
    for position in range(len(text) + 1):
        assert units.unit(position) == len(text[:position].encode("utf-16-le", "surrogatepass")) // 2


def test_the_policy_allows_this_script_and_style_alone() -> None:
    report, documents = sample()
    page = html.render(report, documents.get, Options(title='<b>"&'))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    for name, tag in (("script-src", "<script>"), ("style-src", "<style>")):
        source = page.split(tag, 1)[1].split("</", 1)[0]
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy.group(1)
    assert policy.group(1).startswith("default-src 'none'; ")
    assert "unsafe" not in policy.group(1)
    assert "<title>&lt;b&gt;&quot;&amp;</title>" in page


def test_sources_cannot_end_their_own_element() -> None:
    for name in html.SCRIPTS:
        assert not re.search(r"</script|<!--", html._source(name), re.IGNORECASE)
        assert "innerHTML" not in html._source(name) and "eval(" not in html._source(name)
    assert "</style" not in html._source("report.css").lower()
    assert "http" not in html._source("report.css")


def test_clean_documents_do_not_carry_their_text() -> None:
    report, documents = sample()
    rows = data_of(html.render(report, documents.get, Options()))["documents"]
    assert isinstance(rows, list)
    assert [row["text"] is not None for row in rows] == [False, True, True, False]
    alone = Report("1", (), (DocumentReport("articles/clean.txt", "checked"),), ())
    rows = data_of(html.render(alone, documents.get, Options()))["documents"]
    assert isinstance(rows, list)
    assert rows[0]["text"] == "All ferries sailed on time.\n"


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        (Encoding(), ("utf-8", [], 0)),
        (Encoding("utf-8", codecs.BOM_UTF8), ("utf-8", [239, 187, 191], 0)),
        (Encoding("utf-8-sig"), ("utf-8", [239, 187, 191], 0)),
        (Encoding("utf-16", codecs.BOM_UTF16_BE), ("utf-16-be", [254, 255], 0)),
        (Encoding("UTF-16LE", codecs.BOM_UTF16_LE), ("utf-16-le", [255, 254], 0)),
        (Encoding("cp1251"), ("table", [], 256)),
        (Encoding("shift_jis"), ("utf-8", [], 0)),
        (Encoding("no such codec"), ("utf-8", [], 0)),
    ],
)
def test_the_page_knows_how_to_write_the_file(encoding: Encoding, expected: tuple[str, list[int], int]) -> None:
    result = html._encoding(Document("a.txt", "x", "text", encoding=encoding))
    assert (result["kind"], result["bom"], len(result["table"])) == expected
