"""UTF-16 units against code points, and the layout of a request, for any text."""

from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import views
from corrigenda.documents.document import Document
from corrigenda.documents.parts import Block, RegionKind, Segment, View
from corrigenda.documents.utf16 import Units
from corrigenda.engines.grammar.languagetool.layout import Layout
from corrigenda.engines.grammar.pieces import PIECE, Batch, Part, Piece, batches, pieces

WIDE = st.text(alphabet=st.sampled_from("ab é\u0301\u200d😀𝒜🇺🇦“”"), max_size=60)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(WIDE)
def test_every_code_point_is_found_from_its_units(text: str) -> None:
    table = Units(text)
    assert len(table) == units(text)
    for index in range(len(text) + 1):
        assert table.point(units(text[:index])) == index
        assert table.end(units(text[:index])) == index


def test_an_end_inside_a_pair_takes_the_whole_character() -> None:
    assert Units("a😀b").end(2) == 2
    assert Units("a😀b").point(2) == 1


@given(st.lists(WIDE.filter(bool), min_size=1, max_size=6), st.data())
def test_a_place_in_any_paragraph_comes_back(texts: list[str], data: st.DataObject) -> None:
    batch = [Piece(0, n, 0, len(text), (Part(text),)) for n, text in enumerate(texts)]
    layout = Layout(batch)
    number = data.draw(st.integers(0, len(texts) - 1))
    text = texts[number]
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    before = units("\n\n".join(texts[:number])) + (2 if number else 0)
    offset = before + units(text[:start])
    assert layout.place(offset, units(text[start:end])) == (number, start, end)


def test_what_lies_over_two_paragraphs_is_nowhere() -> None:
    batch = [Piece(0, n, 0, 3, (Part("abc"),)) for n in range(2)]
    assert Layout(batch).place(2, 4) is None
    assert Layout(batch).place(3, 1) is None


def test_markup_is_annotated_and_counted() -> None:
    text = "a **bold** word &amp; more"
    segments = ((0, 2, 0, 2), (2, 4, 4, 4), (6, 6, 10, 6), (12, 1, 16, 5), (13, 5, 21, 5))
    view = View("a bold word & more", tuple(Segment(*s) for s in segments))
    document = Document("m.md", text, "markdown", (), (Block(RegionKind.PROSE, 0, len(text), view),))
    (piece,) = pieces(document, 0)
    assert piece.source == text
    assert [part.text for part in piece.parts if part.markup] == ["**", "**", "&amp;"]
    assert [part.reads for part in piece.parts if part.markup] == ["", "", "&"]
    assert "".join(part.reads if part.markup else part.text for part in piece.parts) == view.text
    assert Layout([piece]).place(text.index("word"), 4) == (0, text.index("word"), text.index("word") + 4)


def test_a_letter_written_in_several_characters_reads_as_the_one_that_dictionaries_know() -> None:
    text = "two cafe\u0301s, \U0001f600 and a word"
    piece = Piece(0, 0, 0, len(text), (Part(text),))
    layout = Layout([piece])
    assert layout.annotation == [
        {"text": "two caf"},
        {"markup": "e\u0301", "interpretAs": "é"},
        {"text": "s, \U0001f600 and a word"},
    ]
    units = len(text[:-4].encode("utf-16-le")) // 2
    assert layout.place(units, 4) == (0, len(text) - 4, len(text))


def test_a_very_long_paragraph_is_cut_between_words_and_nothing_is_lost() -> None:
    text = "word " * 9000 + "end"
    document = Document(
        "l.txt", text, "text", (), (Block(RegionKind.PROSE, 0, len(text), views.plain(text, 0, len(text))),)
    )
    found = pieces(document, 0)
    assert len(found) > 1
    assert "".join(piece.source for piece in found) == text
    assert all(len(piece.source) <= PIECE and piece.end - piece.start == len(piece.source) for piece in found)
    assert [piece.start for piece in found[1:]] == [piece.end for piece in found[:-1]]
    assert all(piece.source.endswith(" ") for piece in found[:-1])


@given(st.lists(st.tuples(st.sampled_from(["en-GB", "en-US"]), st.integers(1, 50)), max_size=20))
def test_batches_hold_every_piece_once_and_one_variant_each(items: list[tuple[str, int]]) -> None:
    wanted = [(variant, Piece(0, n, 0, size, (Part("x" * size),))) for n, (variant, size) in enumerate(items)]
    made = batches(wanted, 60)
    assert sorted((b.variant, p.block) for b in made for p in b.pieces) == sorted((v, p.block) for v, p in wanted)
    for batch in made:
        assert isinstance(batch, Batch)
        assert len(batch.pieces) == 1 or sum(piece.end for piece in batch.pieces) <= 60
