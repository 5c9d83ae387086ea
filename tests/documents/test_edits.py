"""Edits of a text, and two rounds of them as one."""

from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents.document import Document
from corrigenda.documents.edits import apply, composed, settled
from corrigenda.documents.parts import Edit, Encoding

ROUNDS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.text("XY\n", max_size=3)), max_size=5)


def edits_of(length: int, steps: list[tuple[int, int, str]]) -> list[Edit]:
    """Make edits of (distance to the one before, length, text) that lie in a text."""
    edits: list[Edit] = []
    at = 0
    for distance, size, text in steps:
        if at + distance + size > length:
            break
        edits.append(Edit(at + distance, at + distance + size, text))
        at += distance + size
    return edits


@given(st.text("abc", max_size=20), ROUNDS, ROUNDS, st.sampled_from(["\n", "\r\n"]))
def test_two_rounds_of_edits_are_one(
    text: str, one: list[tuple[int, int, str]], two: list[tuple[int, int, str]], newline: str
) -> None:
    document = Document("a.txt", text, "text", encoding=Encoding(newline=newline))
    first = settled(document, edits_of(len(text), one))
    between = Document("a.txt", apply(document, first), "text", encoding=document.encoding)
    second = settled(between, edits_of(len(between.text), two))
    whole = composed(first, second, len(text))
    assert apply(Document("a.txt", text, "text"), whole) == apply(between, second)


def test_what_no_round_touched_is_in_no_edit() -> None:
    first = [Edit(2, 4, "xxxx"), Edit(10, 11, "")]
    second = [Edit(3, 4, "y"), Edit(12, 12, "z")]
    assert composed(first, second, 20) == [Edit(2, 4, "xyxx"), Edit(10, 11, "z")]
