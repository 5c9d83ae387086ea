"""A quote is exact characters of the document, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.engines.llm import grounding, taste
from corrigenda.engines.llm.names import changes_a_name
from corrigenda.engines.names import NameIndex


def document(text: str, path: str = "a.md") -> Document:
    return registry.read_bytes(text.encode(), path, "markdown")


@pytest.mark.parametrize(
    ("view", "quote", "found"),
    [
        ("He came on the place.", "on the place", "on the place"),
        ("He came  on\nthe place.", "on the place", "on\nthe place"),
        ("She said “on the place”.", '"on the place"', "“on the place”"),
        ("It’s on the place.", "It's on", "It’s on"),
        ("He came on the pla\u00adce.", "the place", "the pla\u00adce"),
        ("on it, on it", "on it", None),
        ("He came.", "he came", None),
        ("He came.", "", None),
        ("He came.", "   ", None),
        ("The other one is on", "on", "on"),
        ("one, only", "on", None),
        ("Ein Straße", "Straße", "Straße"),
    ],
)
def test_where_a_quote_stands(view: str, quote: str, found: str | None) -> None:
    at = grounding.place(view, quote)
    assert (None if at is None else view[slice(*at)]) == found


@given(st.text(max_size=60), st.data())
def test_a_place_is_always_what_was_quoted(view: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(view)))
    end = data.draw(st.integers(start, len(view)))
    at = grounding.place(view, view[start:end])
    if at is not None:
        wanted = grounding.Folded.of(view[start:end]).text.strip()
        assert grounding.Folded.of(view[slice(*at)]).text.strip() == wanted


@pytest.mark.parametrize(
    ("standing", "corrections", "narrow", "left"),
    [
        ("gave the first help to two", ("gave first aid to two",), "the first help", ("first aid",)),
        ("works here since", ("has worked here since",), "works", ("has worked",)),
        ("on the place", ("at the scene",), "on the place", ("at the scene",)),
        ("the old bridge", ("the bridge",), "old bridge", ("bridge",)),
        ("said would", ("said he would",), "said would", ("said he would",)),
        ("a b c", (), "a b c", ()),
        ("to go home", ("to go home now", "to go away"), "home", ("home now", "away")),
    ],
)
def test_a_finding_marks_what_changes(
    standing: str, corrections: tuple[str, ...], narrow: str, left: tuple[str, ...]
) -> None:
    view = f"He {standing} ."
    start, end, texts = grounding.narrowed(view, 3, 3 + len(standing), corrections)
    assert (view[start:end], texts) == (narrow, left) or standing == "said would"
    for whole, text in zip(corrections, texts, strict=True):
        assert view[:start] + text + view[end:] == f"He {whole} ."


def test_what_is_no_copy_is_no_place() -> None:
    own = document("Use `kubectl get pods` on the *place* and see https://example.org/on-the-place now.\n")
    view = own.blocks[0].view.text
    for quote, is_copy in (("kubectl get", False), ("example.org", False), ("on the place and", True)):
        at = grounding.place(view, quote)
        assert at is not None
        assert (grounding.in_document(own, 0, *at) is not None) is is_copy


def test_marks_are_those_of_the_text() -> None:
    assert grounding.dressed('it\'s "so"', "It’s “here”") == "it’s “so”"
    assert grounding.dressed("it's", "It's") == "it's"


@pytest.mark.parametrize(
    ("standing", "correction"),
    [
        ("colour", "color"),
        ("organise", "organize"),
        ("well known", "well-known"),
        ("red, white, and blue", "red, white and blue"),
        ("café", "cafe"),
        ("do not", "don't"),
        ("“so”", '"so"'),
        ("Government", "government"),
    ],
)
def test_what_houses_do_in_their_own_ways_is_taste(standing: str, correction: str) -> None:
    assert taste.is_taste(standing, correction)


@pytest.mark.parametrize(
    ("standing", "correction"), [("closing", "closing in"), ("he", "it"), ("their", "there"), ("form", "from")]
)
def test_what_says_something_else_is_none(standing: str, correction: str) -> None:
    assert not taste.is_taste(standing, correction)


@pytest.mark.parametrize(
    ("text", "standing", "correction", "changed"),
    [
        ("The army is in Kharkiv today.", "Kharkiv", "Kharkov", True),
        ("The army is in Kharkiv today.", "is in Kharkiv", "stands at Kharkiv", False),
        ("Olena Shevchenko said so.", "Olena Shevchenko", "Elena Shevchenko", True),
        ("Olena Shevchenko’s house burnt.", "Olena Shevchenko’s house", "the house of Olena Shevchenko", False),
        ("The mayor said so.", "The mayor", "Mayor Klitschko", True),
        ("The bridge fell. He was old.", "He was", "It was", False),
        ("He came on the place.", "on the place", "at the scene", False),
    ],
)
def test_no_model_changes_a_name(text: str, standing: str, correction: str, changed: bool) -> None:
    own = document(text + "\n")
    start = text.index(standing)
    assert changes_a_name(own, start, start + len(standing), correction, NameIndex()) is changed
