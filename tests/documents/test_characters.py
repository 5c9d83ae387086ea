"""Characters that hide what a word is: invisible marks, ligatures, letters in two pieces."""

import unicodedata
from collections.abc import Callable

import pytest

from corrigenda.documents import characters
from corrigenda.documents.document import Document
from corrigenda.documents.formats import markdown, text
from corrigenda.documents.parts import View
from corrigenda.documents.views import plain

RESIDUE = {
    "left-to-right mark": "\u200e",
    "right-to-left mark": "\u200f",
    "arabic letter mark": "\u061c",
    "embedding": "\u202b",
    "override": "\u202e",
    "isolate": "\u2067",
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "zero-width non-joiner": "\u200c",
    "word joiner": "\u2060",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
    "combining grapheme joiner": "\u034f",
    "invisible times": "\u2062",
    "Hangul filler": "\u3164",
    "variation selector": "\ufe0f",
    "tag": "\U000e0061",
}


@pytest.mark.parametrize("mark", RESIDUE.values(), ids=RESIDUE)
def test_a_mark_inside_a_word_is_residue_and_is_not_read(mark: str) -> None:
    line = f"The mayor of Ly{mark}viv spoke."
    assert list(characters.hidden(line)) == [(15, 16)]
    document = text.parse(line, "a.txt")
    assert document.blocks[0].view.text == "The mayor of Lyviv spoke."
    assert document.blocks[0].view.to_document(13, 18) == (13, 19)


@pytest.mark.parametrize(
    "line",
    [
        "A family \U0001f468\u200d\U0001f469\u200d\U0001f467 and a judge \U0001f469\U0001f3fd\u200d\u2696\ufe0f.",
        "A heart \u2764\ufe0f\u200d\U0001f525, a key 1\ufe0f\u20e3 and a sign \u2139\ufe0f.",
        "The flag \U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f of Scotland.",
        "The Persian word \u0645\u06cc\u200c\u0631\u0648\u0645 and Hindi \u0915\u094d\u200d\u0937.",
        "Its name in Hebrew (\u200f\u05e9\u05dc\u05d5\u05dd\u200f) is short.",
        "A Thai sign: \u0e01\u0e23\u200b\u0e38\u0e07 and no more.",
        "Nothing at all.",
    ],
)
def test_marks_that_belong_to_the_text_are_left(line: str) -> None:
    assert list(characters.hidden(line)) == []
    assert text.parse(line, "a.txt").blocks[0].view.text == line


def test_two_marks_side_by_side_are_one_place() -> None:
    assert list(characters.hidden("a\u200b\u200eb \u200fc")) == [(1, 3), (5, 6)]


@pytest.mark.parametrize("parse", [text.parse, markdown.parse])
def test_a_word_in_pieces_is_read_as_its_letters(parse: Callable[[str, str], Document]) -> None:
    composed = "The café of São Paulo, run by Zoë, is in Kraków."
    apart = unicodedata.normalize("NFD", composed)
    assert apart != composed
    document = parse(apart, "a")
    view = document.blocks[0].view
    assert view.text == composed
    for word in ("café", "São", "Zoë", "Kraków", "is"):
        at = view.text.index(word)
        span = view.to_document(at, at + len(word))
        assert unicodedata.normalize("NFC", document.text[span.start : span.end]) == word


def test_a_mark_that_no_letter_has_stays() -> None:
    view = plain("The mean x\u0304 is 3.", 0, 16)
    assert characters.as_read(view) == view


def test_ligatures_are_read_as_letters() -> None:
    view = characters.as_read(plain("The o\ufb03ce of \ufb01ve", 0, 16))
    assert view.text == "The office of five"
    assert view.to_document(4, 10) == (4, 8)


def test_a_clean_view_is_the_same_object() -> None:
    view = View("Plain – with a dash.", ())
    assert characters.as_read(view) is view


def test_words_are_compared_without_marks() -> None:
    assert characters.plain(unicodedata.normalize("NFD", "Ky\u200eiv café")) == "Kyiv café"


def test_many_marks_cost_no_more_than_their_number() -> None:
    line = "a\u200b\u0301\ufb01" * 20_000
    assert characters.as_read(plain(line, 0, len(line))).text == "áfi" * 20_000
