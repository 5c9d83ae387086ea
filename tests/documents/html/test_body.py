"""The article of a whole page is read, what stands around it is not, and the report says so."""

import pytest

from corrigenda.documents.html.page import FURNITURE, parse

SENTENCE = "The ferry to Tarn was cancelled on Monday, since the wind blew harder than the harbour master liked. "
COPY = "".join(f"<p>{SENTENCE * 2}{number}</p>\n" for number in range(4))
NAVIGATION = "<nav><ul><li><a href='/'>Home</a><li><a href='/s'>Sport</a></ul></nav>"
COOKIES = "<div class='cookie-banner'><p>We use cookies. By going on you agree to our use of them.</p></div>"
RELATED = "<div class='related-links'><h3>Read next</h3><a href='/1'>Storm cuts off islands</a></div>"
FOOTER = "<footer><p>All rights reserved. Contact our news team.</p></footer>"


def page(body: str, title: str = "Boats") -> str:
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


def said(source: str) -> str:
    return "\n".join(block.view.text for block in parse(source, "a.html").blocks)


AROUND = [
    f"{COOKIES}{NAVIGATION}<main><h1>Ferries stop</h1>{COPY}</main>{RELATED}{FOOTER}",
    f"{COOKIES}{NAVIGATION}<article><h1>Ferries stop</h1>{COPY}{RELATED}</article>{FOOTER}",
    f"{NAVIGATION}<main><article><h1>Ferries stop</h1>{COPY}</article><article><p>Storm</p></article></main>{FOOTER}",
    f"{COOKIES}<div id=top>{NAVIGATION}</div><h1>Ferries stop</h1><div class=text>{COPY}</div>{RELATED}{FOOTER}",
    f"<table><tr><td>{NAVIGATION}</td><td><h1>Ferries stop</h1>{COPY}</td></tr></table>{FOOTER}",
    f"<div role=navigation><a href=/>Home</a></div><div role=main><h1>Ferries stop</h1>{COPY}</div>{FOOTER}",
]


@pytest.mark.parametrize("body", AROUND)
def test_the_article_is_found_and_its_furniture_is_left_out(body: str) -> None:
    text = said(page(body))
    assert "Ferries stop" in text and text.count("harbour master") == 8
    for other in ("Sport", "cookies", "Storm", "All rights reserved"):
        assert other not in text


def test_what_was_left_out_is_said() -> None:
    document = parse(page(AROUND[0]), "a.html")
    assert {one.what for one in document.unread} == {FURNITURE}
    assert "We use cookies" in "".join(document.text[one.start : one.end] for one in document.unread)


def test_boilerplate_in_the_article_is_read() -> None:
    text = said(page(f"<article><h1>Ferries stop</h1>{COPY}<p>Contact our news team.</p></article>{FOOTER}"))
    assert "Contact our news team." in text


def test_a_fragment_is_read_whole() -> None:
    text = said(f"{COOKIES}{NAVIGATION}{COPY}{RELATED}{FOOTER}")
    for other in ("Sport", "cookies", "Storm", "All rights reserved"):
        assert other in text


def test_a_page_with_hardly_any_copy_is_read_whole() -> None:
    assert said(page("<h1>Ferries</h1><p>All stopped.</p>")) == "Boats\nFerries\nAll stopped."


def test_a_front_page_of_several_articles_is_read() -> None:
    articles = "".join(f"<article><h2>Story {number}</h2>{COPY}</article>" for number in range(3))
    text = said(page(f"{NAVIGATION}<main>{articles}</main>{FOOTER}"))
    assert all(f"Story {number}" in text for number in range(3)) and "Sport" not in text


def test_forms_and_buttons_of_a_page_are_no_copy() -> None:
    form = "<form><p>Get our mails</p><input name=a><button>Send</button></form>"
    assert "mails" not in said(page(f"<main><h1>Ferries stop</h1>{COPY}{form}</main>"))


def test_the_chapters_of_a_manual_are_read_together() -> None:
    chapters = "".join(f"<div class=chapter><h2>Chapter {number}</h2>{COPY * 2}</div>" for number in range(3))
    text = said(page(f"{NAVIGATION}<div class=book><h1>Boats</h1>{chapters}</div>{FOOTER}"))
    assert all(f"Chapter {number}" in text for number in range(3)) and "Sport" not in text
