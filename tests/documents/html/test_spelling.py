"""Corrections are put into a page with the references that their place needs, and no more."""

import pytest

from corrigenda.documents import registry
from corrigenda.documents.html.page import parse
from corrigenda.documents.parts import Edit


@pytest.mark.parametrize(
    ("source", "quote", "copy", "written"),
    [
        ("<p>R and D</p>", "R and D", "R & D", "R &amp; D"),
        ("<p>R&amp;D here</p>", "R&amp;D", "R&D unit", "R&amp;D unit"),
        ("<p>more then 5</p>", "more then", "more <than>", "more &lt;than>"),
        (
            "<p>so &ldquo;he&rdquo; said it&rsquo;s</p>",
            "he&rdquo; said it",
            "she” said it’s",
            "she&rdquo; said it&rsquo;s",
        ),
        ("<p>10&nbsp;km far</p>", "10&nbsp;km", "12\u00a0km", "12&nbsp;km"),
        ("<p>10\u00a0km far</p>", "10\u00a0km", "12\u00a0km", "12\u00a0km"),
        ("<p>a &mdash; b, c - d</p>", "c - d", "c — d", "c &mdash; d"),
        (
            "<p>annexed <b>the Russia</b></p>",
            "annexed <b>the Russia",
            "annexed <b>by & Russia",
            "annexed <b>by &amp; Russia",
        ),
        ('<img alt="a boat">', "boat", 'the "boat"', "the &quot;boat&quot;"),
        ("<img alt='a boat'>", "boat", 'the "boat\'s"', 'the "boat&#39;s"'),
        ("<img alt=boats>", "boats", "two boats", "two&#32;boats"),
    ],
)
def test_a_correction_as_the_page_has_it(source: str, quote: str, copy: str, written: str) -> None:
    document = parse(source, "a.html")
    start = source.index(quote)
    assert registry.spelled(document, Edit(start, start + len(quote), copy)).text == written


@pytest.mark.parametrize(
    ("source", "start", "end", "text", "kept"),
    [
        ("<p>one two</p>", 3, 6, "three", True),
        ("<p>one <b>two</b></p>", 3, 10, "three", False),
        ("<p>a < b</p>", 6, 7, "", False),
        ("<p>a &amp; b</p>", 5, 10, "and", True),
        ("<p>AT& copy;</p>", 6, 7, "", True),
        ("<!-- a --><p>b</p>", 5, 6, "c", False),
        ("<img alt='boat' src=x>", 10, 14, "ship", True),
        ("<img alt=boat src=x>", 9, 13, "a ship", False),
    ],
)
def test_only_what_changes_no_tag_is_harmless(source: str, start: int, end: int, text: str, kept: bool) -> None:
    edit = Edit(start, end, text)
    assert registry.harmless(parse(source, "a.html"), [edit]) == ([edit] if kept else [])


def test_edits_are_judged_apart() -> None:
    source = "<p>one <b>two</b> three</p>"
    good, bad = Edit(3, 6, "a &amp; b"), Edit(14, 17, "")
    assert registry.harmless(parse(source, "a.html"), [bad, good]) == [good]
