"""Every character of a view stands for its own in the page, and a correction changes just those."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.formats.html import READER
from corrigenda.documents.html.page import parse
from corrigenda.documents.parts import Edit

WORDS = st.sampled_from(
    [
        "port",
        "Kyiv",
        "caf&eacute;",
        "R&amp;D",
        "a&nbsp;b",
        "&#8220;so&#8221;",
        "naïve",
        "😀",
        "x < y",
        "&",
        "1 > 0",
        "e\u0301",
    ]
)
SPACE = st.sampled_from([" ", "  ", "\n   ", "\r\n", "\t"])
INLINE = st.sampled_from(["b", "i", "a href='/x?a=1&amp;b=2'", 'span class="it\'s"', "em", "q", "small"])


@st.composite
def phrases(draw: st.DrawFn, depth: int = 2) -> str:
    pieces: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.integers(0, 6 if depth else 3))
        if kind < 4:
            pieces.append(draw(WORDS))
        elif kind == 4:
            pieces.append(draw(st.sampled_from(["<br>", "<!-- c -->", "<wbr>", "<img alt='A &quot;b&quot;'>"])))
        else:
            name = draw(INLINE)
            pieces.append(f"<{name}>{draw(phrases(depth - 1))}</{name.split()[0]}>")
        pieces.append(draw(SPACE))
    return "".join(pieces)


@st.composite
def fragments(draw: st.DrawFn) -> str:
    pieces: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        block = draw(st.sampled_from(["p", "h2", "li", "td", "div title='A &amp; b'", "blockquote", "figcaption"]))
        close = f"</{block.split()[0]}>" if draw(st.booleans()) else ""
        pieces.append(f"<{block}>{draw(phrases())}{close}")
        pieces.append(draw(st.sampled_from(["", "\n", "<hr>", "<script>var a = '<p>';</script>", "</div>", "<ul>"])))
    return "".join(pieces)


@given(fragments())
def test_views_map_to_the_page(source: str) -> None:
    document = parse(source, "a.html")
    assert READER.write(source.encode(), document, []) == source.encode()
    for block in document.blocks:
        reached = block.start
        at = 0
        for view_start, view_length, start, length in block.view.segments:
            assert view_start == at and view_length > 0
            assert start >= reached and start + length <= block.end
            shown, written = block.view.text[at : at + view_length], source[start : start + length]
            if view_length == length:
                assert shown == re.sub(r"[\t\n\r]", " ", written)
            elif written.startswith("&"):
                assert unescape(written) == shown
            else:
                assert not written.strip() or written.startswith("<") or shown == "é"
            at += view_length
            reached = start + length
        assert at == len(block.view.text)
        assert not block.view.text.startswith(" ") and "  " not in block.view.text
    starts = [block.start for block in document.blocks]
    assert starts == sorted(starts)


@given(fragments(), st.data())
def test_a_correction_changes_its_words_and_nothing_else(source: str, data: st.DataObject) -> None:
    """A word in one piece is replaced by copy full of signs: it reads as that copy, and all else as before."""
    document = parse(source, "a.html")
    whole = [
        (number, segment)
        for number, block in enumerate(document.blocks)
        for segment in block.view.segments
        if segment.view_length == segment.length
        and block.view.text[segment.view_start : segment.view_start + 2].isalpha()
    ]
    if not whole:
        return
    number, segment = data.draw(st.sampled_from(whole))
    put = data.draw(
        st.sampled_from(["Lviv", "A & B", "a < b", "it's", '"so"', "R&D;", "é—", "<b>", "&lt;", "a\u00a0b"])
    )
    view = document.blocks[number].view
    edit = registry.spelled(document, Edit(segment.start, segment.start + 2, put))
    written = READER.write(source.encode(), document, [edit])
    assert written == (source[: segment.start] + edit.text + source[segment.start + 2 :]).encode()
    again = READER.read(written, "a.html")
    expected = [block.view.text for block in document.blocks]
    expected[number] = view.text[: segment.view_start] + put + view.text[segment.view_start + 2 :]
    assert [block.view.text for block in again.blocks] == expected
    assert registry.harmless(document, [edit]) == [edit]
