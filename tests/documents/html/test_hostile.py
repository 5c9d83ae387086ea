"""Pages that somebody made to break readers: read in time that grows with their length, or refused in one line."""

import time

import pytest

from corrigenda.documents.errors import Unreadable
from corrigenda.documents.html.page import MAX_TAGS, parse

N = 8_000


@pytest.mark.parametrize(
    "unit",
    [
        "<div>x",
        "<b>x",
        "<b><p>x",
        "<table><tr><td>x",
        "<a href=x>x",
        "<p><font size=1><b><i>x",
        "<q>x",
        "<br>x",
        "<img alt='a b'>x",
        "<p hidden>x",
        "<div lang=fr>x",
        "<svg><g>",
        "<template>",
        "<select><option>x",
        "<article>x",
        "<main>x</main>",
        "<nav>x</nav>y",
        "</p>",
        "&amp;",
        "<",
        "<!--",
        "<!-- corrigenda: ignore -->x",
        "<sup><a href='#x'>1</a></sup>",
        "<ul><li>x",
        "<blockquote>x",
        "x \n",
    ],
)
@pytest.mark.parametrize("head", ["", "<html><body>"])
def test_the_time_grows_with_the_length(unit: str, head: str) -> None:
    def spent(times: int) -> float:
        source = head + unit * times + "end"
        started = time.process_time()
        parse(source, "a.html")
        return time.process_time() - started

    spent(10)
    short = min(spent(N // 8) for _ in range(2))
    assert spent(N) < 8 * 5 * max(short, 0.02)


def test_a_tag_with_a_hundred_thousand_attributes() -> None:
    started = time.process_time()
    source = "<a title=boat " + " ".join(f"x{number}=y" for number in range(100_000)) + ">"
    assert [block.view.text for block in parse(source, "a.html").blocks] == ["boat"]
    assert time.process_time() - started < 5


def test_a_hundred_levels_of_tables_are_read() -> None:
    source = "<table><tr><td>" * 100 + "deep" + "</td></tr></table>" * 100
    assert [block.view.text for block in parse(source, "a.html").blocks] == ["deep"]


def test_more_tags_than_a_page_has_are_refused() -> None:
    with pytest.raises(Unreadable, match="more than 1,000,000 tags"):
        parse("<b>" * (MAX_TAGS + 1), "a.html")
