"""Views and their maps: total, exact, and the same from both sides."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import views
from corrigenda.documents.parts import Segment, Span, View

TEXT = "One caf&eacute; &amp; two\n  lines **here**, and x &NotEqualTilde; y.\t\n"


@st.composite
def view_of(draw: st.DrawFn) -> View:
    """A view made as readers make them: pieces of a text, some left out, some read as other texts, spaces tidied."""
    text = draw(st.one_of(st.just(TEXT), st.text("ab \n\t&", max_size=30)))
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = list(zip(places[::2], places[1::2], strict=False)) or [(0, len(text))]
    view = views.joined(text, spans) if draw(st.booleans()) else views.plain(text, spans[0][0], spans[-1][1])
    cuts = sorted(draw(st.sets(st.integers(0, len(view.text)), max_size=6)))
    read = [(a, b, draw(st.sampled_from(["", "é", "fl", "xyz"]))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    view = views.replaced(view, read)
    if draw(st.booleans()):
        view = views.tidy(view)
    return view


@given(view_of())
def test_segments_cover_the_view_and_ascend_in_the_document(view: View) -> None:
    at = reached = 0
    for segment in view.segments:
        assert segment.view_start == at and segment.view_length > 0
        assert segment.start >= reached and segment.length >= 0
        at += segment.view_length
        reached = segment.start + segment.length
    assert at == len(view.text)


@given(view_of())
def test_every_stretch_maps_to_the_document_and_back(view: View) -> None:
    length = len(view.text)
    for start in range(length + 1):
        assert len(view.to_document(start, start)) == 0
        for end in range(start + 1, length + 1):
            span = view.to_document(start, end)
            assert span.start < span.end
            # What stands for a whole comes back whole.
            back = view.span_of(span.start, span.end)
            assert back.start <= start and end <= back.end
            assert view.to_document(back.start, back.end) == span


@given(view_of())
def test_positions_of_the_document_map_in_order_wherever_they_are(view: View) -> None:
    last = max((segment.start + segment.length for segment in view.segments), default=0)
    found = [view.from_document(position) for position in range(last + 3)]
    assert all(one <= other for one, other in pairwise(found))
    assert all(0 <= position <= len(view.text) for position in found)
    for segment in view.segments:
        for offset in range(segment.length):
            exact = segment.view_length == segment.length
            assert found[segment.start + offset] == segment.view_start + (offset if exact else 0)


@given(view_of())
def test_starts_and_ends_ascend(view: View) -> None:
    spans = [view.to_document(index, index + 1) for index in range(len(view.text))]
    assert all(one.start <= other.start and one.end <= other.end for one, other in pairwise(spans))


def test_an_entity_stands_for_all_of_its_characters() -> None:
    view = View("café!", (Segment(0, 3, 10, 3), Segment(3, 1, 13, 8), Segment(4, 1, 21, 1)))
    assert view.to_document(0, 4) == Span(10, 21) and view.to_document(3, 4) == Span(13, 21)
    assert [view.from_document(position) for position in (9, 12, 13, 17, 20, 21, 22)] == [0, 2, 3, 3, 3, 4, 5]
    assert view.span_of(12, 15) == Span(2, 4) and view.span_of(21, 22) == Span(4, 5)
    assert view.span_of(22, 30) == Span(5, 5) and view.span_of(15, 15) == Span(3, 3)


def test_what_a_reader_supplied_stands_for_nothing() -> None:
    view = View("a b", (Segment(0, 1, 0, 1), Segment(1, 1, 1, 0), Segment(2, 1, 1, 1)))
    assert view.to_document(1, 2) == Span(1, 1) and view.to_document(0, 3) == Span(0, 2)
    assert view.from_document(1) == 2


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 6), (4, 3)])
def test_what_does_not_lie_in_the_view_is_refused(start: int, end: int) -> None:
    with pytest.raises(IndexError):
        views.plain("hello", 0, 5).to_document(start, end)
