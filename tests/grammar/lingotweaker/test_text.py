"""The plain text that LingoTweaker reads, and the way back, for any text and any mark-up."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.engines.grammar.lingotweaker.text import PlainText
from corrigenda.engines.grammar.pieces import Part, Piece
from tests.grammar.lingotweaker.helpers import piece

LETTERS = "ab é\u0301\u0323\u0308o\u200d😀👩🇺🇦“”’ שָׁלוֹם مَرْحَبًا 한\u1112\u1161\u11ab\u0915\u093c\u09c7\u09beÅÅ\ufb01"
TEXTS = st.text(alphabet=st.sampled_from(LETTERS), max_size=12)
PARTS = st.one_of(
    TEXTS.map(Part),
    st.sampled_from(["**", "<b>", "](x)", "\u0301"]).map(lambda text: Part(text, markup=True)),
    st.sampled_from([("&amp;", "&"), ("&eacute;", "é"), ("&#x301;", "\u0301"), ("&NotEqualTilde;", "≂̸")]).map(
        lambda pair: Part(pair[0], markup=True, reads=pair[1])
    ),
)


def read(item: Piece, start: int, end: int) -> str:
    """Return how a stretch of a piece reads; an entity that is cut is read whole."""
    shown, at = "", 0
    for part in item.parts:
        if part.markup:
            shown += part.reads if start < at + len(part.text) and at < end else ""
        else:
            shown += part.text[max(0, start - at) : max(0, end - at)]
        at += len(part.text)
    return shown


def character(plain: PlainText, number: int) -> tuple[int, int] | None:
    """Return the place of one character of the plain text."""
    return plain.place(len(plain.text[:number].encode()), len(plain.text[number].encode()))


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@given(st.lists(PARTS, max_size=8), st.data())
def test_every_position_is_that_of_the_right_characters(parts: list[Part], data: st.DataObject) -> None:
    item = piece(*parts)
    plain = PlainText(item)
    assert plain.text == composed(read(item, 0, len(item.source)))
    if not plain.text:
        return
    first = data.draw(st.integers(0, len(plain.text) - 1))
    last = data.draw(st.integers(first, len(plain.text) - 1))
    offset = len(plain.text[:first].encode())
    place = plain.place(offset, len(plain.text[first : last + 1].encode()))
    assert place is not None
    start, end = place
    # What is marked reads as the characters in question. A letter that was composed, or that an entity reads as, is
    # marked whole; there is never another letter before or after.
    while first and character(plain, first - 1) == character(plain, first):
        first -= 1
    while last + 1 < len(plain.text) and character(plain, last + 1) == character(plain, last):
        last += 1
    assert composed(read(item, start, end)) == plain.text[first : last + 1]


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_can_be_written_in_utf_8_and_keeps_its_places(text: str) -> None:
    plain = PlainText(piece(text))
    assert plain.text.encode("utf-8").decode("utf-8") == plain.text
    whole = plain.place(0, len(plain.text.encode()))
    assert whole == ((0, len(text)) if text else None)


def test_half_a_character_is_replaced_one_for_one() -> None:
    plain = PlainText(piece("a \ud83d b"))
    assert plain.text == "a \ufffd b"
    assert plain.place(len("a \ufffd ".encode()), 1) == (4, 5)


@pytest.mark.parametrize(
    ("parts", "word", "marked"),
    [
        (("a ", Part("**", markup=True), "wrod", Part("**", markup=True), " b"), "wrod", "wrod"),
        (("a wr", Part("**", markup=True), "od", Part("**", markup=True), " b"), "wrod", "wr**od"),
        (("a ", Part("&amp;", markup=True, reads="&"), " b"), "&", "&amp;"),
        (("cafe\u0301s!",), "é", "e\u0301"),
        (("caf", Part("&eacute;", markup=True, reads="é"), "s"), "cafés", "caf&eacute;s"),
    ],
)
def test_markup_is_within_a_match_and_never_at_its_ends(parts: tuple[str | Part, ...], word: str, marked: str) -> None:
    item = piece(*parts)
    plain = PlainText(item)
    place = plain.place(len(plain.text[: plain.text.index(word)].encode()), len(word.encode()))
    assert place is not None
    assert item.source[slice(*place)] == marked


@pytest.mark.parametrize("place", [(0, 0), (0, 100), (-1, 2), (5, 1), (100, 1), (0, -3)])
def test_what_is_nowhere_in_the_text_is_no_place(place: tuple[int, int]) -> None:
    assert PlainText(piece("abcde")).place(*place) is None
    assert PlainText(piece("äbcde")).place(place[0] * 2, place[1] * 2) is None


def test_thousands_of_marks_on_one_letter_take_no_time() -> None:
    text = "e" + "\u0301\u0323" * 20_000 + " word"
    plain = PlainText(piece(text))
    assert plain.text == text
    assert plain.place(len(plain.text[:-4].encode()), 4) == (len(text) - 4, len(text))
