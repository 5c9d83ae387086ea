"""One article as a page, a book and an OpenDocument text: the same findings at the same words as in plain text."""

import json
import re
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path

import pytest

from tests.conftest import Corrigenda
from tests.documents.epub.making import book, chapter
from tests.documents.odt.making import text as odt

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>The Courier</title><style>p {{margin: 0}}</style>
<script>var kiev = "<p>Kiev and Kyiv</p>";</script></head>
<body>
<div id="cookie-banner" class="cookie-consent"><p>We use cookies. By going on you agree to our use of cookies.</p>
<button>Accept all</button></div>
<header><a href="/" class="logo">The Courier</a>
<nav><ul><li><a href="/world">World</a></li><li><a href="/contact">Contact our news team</a></li></ul></nav></header>
<main><article>
{body}
</article>
<aside class="related"><h2>Related articles</h2><ul>
<li><a href="/1">Storm nears Kiev as ferries are cut off</a></li></ul></aside></main>
<footer><p>Follow us on Facebook. Sign up for our newsletter. Contact our news team at news@example.org.</p></footer>
</body></html>
"""


def _as_page(paragraphs: list[str]) -> bytes:
    return _PAGE.format(body="\n".join(f"<p>{escape(one, quote=False)}</p>" for one in paragraphs)).encode()


def _with_references(paragraphs: list[str]) -> bytes:
    """Quotation marks as references, some words in links and bold, lines broken with CRLF."""
    lines = []
    for one in paragraphs:
        marked = escape(one, quote=False)
        for mark, reference in (("“", "&ldquo;"), ("”", "&rdquo;"), ("’", "&#8217;"), ("‘", "&#x2018;")):
            marked = marked.replace(mark, reference)
        marked = re.sub(r"\b(Kyiv|Kiev|Russia)\b", r'<a href="/\1" class="place">\1</a>', marked)
        marked = re.sub(r" (strategic|evacuation|said) ", r"\n   <b>\1</b> ", marked)
        lines.append(f"<p>{marked}</p>")
    return _PAGE.format(body="\n".join(lines)).replace("\n", "\r\n").encode()


def _as_book(paragraphs: list[str]) -> bytes:
    return book(chapter("\n".join(f"<p>{escape(one, quote=False)}</p>" for one in paragraphs)))


def _as_odt(paragraphs: list[str]) -> bytes:
    return odt("".join(f"<text:p>{escape(one, quote=False)}</text:p>" for one in paragraphs))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "made"),
    [("a.html", _as_page), ("b.html", _with_references), ("a.epub", _as_book), ("a.odt", _as_odt)],
)
def test_the_same_findings_at_the_same_words(
    tmp_path: Path, shared_dir: Path, corrigenda: Corrigenda, name: str, made: Callable[[list[str]], bytes]
) -> None:
    article = (shared_dir / "articles" / "kherson.txt").read_text("utf-8")
    (tmp_path / "a.txt").write_text(article, "utf-8")
    (tmp_path / name).write_bytes(made([line for line in article.split("\n") if line.strip()]))

    def found(path: str) -> list[tuple[str, str]]:
        (document,) = json.loads(corrigenda("check", path, "--format", "json").out)["documents"]
        return [
            (one["check"], " ".join(unescape(re.sub(r"<[^>]*>", "", one["quote"])).split()))
            for one in document["findings"]
        ]

    expected = found("a.txt")
    assert len(expected) > 10
    assert found(name) == expected
