"""Plain text: paragraphs, wrapped lines, headings, captions, lists, quoted mail, addresses, and the map back."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import characters, urls
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.formats.text import parse
from corrigenda.documents.parts import RegionKind

PARAGRAPHS = [
    "Ferries to the northern islands were cancelled on Monday after a storm brought down power lines on the coast.",
    "The harbour master, who has worked there since 1998, said that nobody had been hurt and that repairs would begin "
    "as soon as the wind fell. Two boats are still missing from their moorings, and a third one lies on the beach.",
    "Schools stay closed until Wednesday.",
    "A spokeswoman for the council told reporters that emergency shelters had been opened in three villages, where "
    "more than two hundred people spent the night.",
]


def words(document: Document) -> list[str]:
    return [block.view.text for block in document.blocks]


def kinds(text: str) -> list[RegionKind]:
    return [block.kind for block in parse(text, "a.txt").blocks]


def hold(document: Document) -> None:
    """Assert what must hold of every document of plain text."""
    text = document.text
    assert all(0 <= region.start < region.end <= len(text) for region in document.regions)
    starts = [(region.start, -region.end) for region in document.regions]
    assert starts == sorted(starts)
    reached = 0
    for block in document.blocks:
        assert reached <= block.start < block.end <= len(text)
        reached = block.end
        for index, character in enumerate(block.view.text):
            span = block.view.to_document(index, index + 1)
            assert block.start <= span.start < span.end <= block.end
            original = text[span.start : span.end]
            read = characters.plain(original)
            whole = character in (read, original) or (len(read) > 1 and character in read)
            assert whole or (character == " " and original.isspace())
            assert block.view.from_document(span.start) == index or len(read) > 1
    # No letter is lost: each lies in a block.
    covered = set()
    for block in document.blocks:
        covered.update(range(block.start, block.end))
    assert all(index in covered for index, character in enumerate(text) if character.isalpha())


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \t\n"])
def test_each_line_of_a_dump_is_a_paragraph(separator: str) -> None:
    document = parse(separator.join(PARAGRAPHS), "a.txt")
    assert words(document) == PARAGRAPHS
    hold(document)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [58, 66, 72, 79, 90])
def test_wrapped_lines_are_joined(width: int, newline: str) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width, break_on_hyphens=False) for paragraph in PARAGRAPHS)
    document = parse(wrapped.replace("\n", newline), "a.txt")
    assert words(document) == PARAGRAPHS
    hold(document)


def test_wrapped_paragraphs_that_only_an_indentation_tells_apart() -> None:
    wrapped = "\n".join(
        textwrap.fill(paragraph, 66, initial_indent="   ", break_on_hyphens=False) for paragraph in PARAGRAPHS
    )
    assert words(parse(wrapped, "a.txt")) == PARAGRAPHS


def test_a_line_break_in_a_wrapped_paragraph_maps_to_itself() -> None:
    text = textwrap.fill(PARAGRAPHS[1], 60).replace("\n", " \r\n  ")
    document = parse(text, "a.txt")
    view = document.blocks[0].view
    at = view.text.index("soon as")
    assert "  " not in view.text
    for index, character in enumerate(view.text):
        span = view.to_document(index, index + 1)
        assert text[span.start : span.end] in (character, "\r", "\n", "\r\n")
    assert text[slice(*_pair(view.to_document(at, at + 7)))].split() == ["soon", "as"]


def _pair(span: object) -> tuple[int, int]:
    return span.start, span.end  # type: ignore[attr-defined]


def test_verse_and_addresses_keep_their_lines() -> None:
    lines = ["Maria Holm", "14 Quay Street", "Tarn Harbour", "TH4 2QQ"]
    assert words(parse("\n".join(lines), "a.txt")) == lines


@pytest.mark.parametrize(
    "headline", ["Storm cuts off northern islands", "Who pays for the storm?", "Council: ‘We were warned’"]
)
def test_a_headline_at_the_top(headline: str) -> None:
    assert kinds("\n".join([headline, *PARAGRAPHS]))[0] is RegionKind.HEADING


def test_a_headline_that_is_set_off_anywhere_and_one_left_at_the_end() -> None:
    text = "\n\n".join([*PARAGRAPHS, "What happens next", *PARAGRAPHS, "Storm cuts off northern islands"])
    assert [kind is RegionKind.HEADING for kind in kinds(text)] == [False] * 4 + [True] + [False] * 4 + [True]


@pytest.mark.parametrize(
    "line",
    [
        "A boat on the beach at Tarn Harbour (Photo: Reuters)",
        "The harbour before the storm (Image: Council archive)",
        "Photo: Anna Lind",
        "Image credit: Coast Guard",
        "Fishermen mend their nets. [Lena Berg/AP]",
        "© Tarn Harbour Museum",
        "Picture courtesy of the coast guard",
    ],
)
def test_captions(line: str) -> None:
    text = "\n\n".join([PARAGRAPHS[0], line, PARAGRAPHS[1]])
    assert kinds(text) == [RegionKind.PROSE, RegionKind.CAPTION, RegionKind.PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "Photographs show the damage.",
        "Video games are sold there, said the owner (the AP reported).",
        "Source material was lost in the fire, and nobody kept copies of it.",
    ],
)
def test_sentences_that_are_no_captions(line: str) -> None:
    assert kinds("\n\n".join([PARAGRAPHS[0], line, PARAGRAPHS[1]]))[1] is RegionKind.PROSE


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "2) ", "(3) "])
def test_a_list_item_is_read_without_its_mark(mark: str) -> None:
    document = parse(f"Bring these:\n\n{mark}warm clothes and water\n{mark}a torch\n", "a.txt")
    assert [block.view.text for block in document.blocks[1:]] == ["warm clothes and water", "a torch"]
    assert all(block.kind is RegionKind.LIST for block in document.blocks[1:])
    hold(document)


def test_a_dash_that_opens_dialogue_is_no_list() -> None:
    assert kinds("— We are leaving tomorrow, she said at last.\n— Then I am coming with you.") == [RegionKind.PROSE] * 2


def test_quoted_mail_is_joined_without_its_marks() -> None:
    document = parse(
        "She wrote:\n\n> The boats are gone and the pier\n> is under water.\n>\n> Come soon.\n\nI went.", "a.txt"
    )
    assert words(document)[1:3] == ["The boats are gone and the pier is under water.", "Come soon."]
    assert document.blocks[1].kind is RegionKind.QUOTATION
    at = document.text.index("boats")
    assert document.within(RegionKind.QUOTATION, at, at + 5)
    assert not document.within(RegionKind.QUOTATION, 0, 3)
    hold(document)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("See https://example.org/a_(b), or not.", ["https://example.org/a_(b)"]),
        ("(see https://example.org/path).", ["https://example.org/path"]),
        ("Write to anna.lind+news@mail.example.org.", ["anna.lind+news@mail.example.org"]),
        ("It stands on www.example.net/news?id=4!", ["www.example.net/news?id=4"]),
        ("It stands on harbour.example.com today.", ["harbour.example.com"]),
        ("“http://example.org/x” he typed", ["http://example.org/x"]),
        ("Follow @tarn_harbour for more.", ["@tarn_harbour"]),
        ("He left.In the morning he came back.", []),
        ("Prices rose 4.5 per cent, e.g. for fish, i.e. cod.", []),
        ("no address here", []),
    ],
)
def test_addresses_are_masked(text: str, masked: list[str]) -> None:
    document = parse(text, "a.txt")
    assert [text[span.start : span.end] for span in document.masked] == masked
    for address in masked:
        at = text.index(address)
        assert document.is_masked(at, at + 1) and document.is_masked(at + len(address) - 1, at + len(address))
        assert not document.is_masked(at - 1, at) if at else True


def test_emoji_combining_marks_and_line_columns() -> None:
    text = "Great 👩‍👩‍👧 news 🇺🇦 today\r\n\r\nZe\u0301la\u0308 went\u00a0home."
    document = parse(text, "a.txt")
    hold(document)
    at = text.index("news")
    assert document.line_and_column(at) == (1, at + 1)
    assert document.line_and_column(text.index("went")) == (3, 8)
    assert document.block_at(text.index("went")) == 1
    assert document.block_at(text.index("\r")) is None


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(Unreadable, match="lines"):
        parse("\n" * 600_000, "a.txt")


PIECES = st.lists(
    st.sampled_from(
        [
            *PARAGRAPHS,
            "\n",
            "\r\n",
            "\n\n",
            "\r",
            " ",
            "\t",
            "> ",
            ">",
            "- ",
            "1. ",
            "word",
            "é",
            "👍🏽",
            "\u00a0",
            "“",
            '"',
            "'",
            "Photo: X",
            "http://a.org/b",
            "a@b.org",
            "\u2028",
            "\x0c",
            "\x85",
            "\x1c",
            ".",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(st.text(), PIECES))
def test_any_text_is_read_and_every_character_maps_back(text: str) -> None:
    hold(parse(text, "a.txt"))


@given(st.one_of(st.text(), PIECES))
def test_addresses_lie_in_the_text_and_apart(text: str) -> None:
    reached = 0
    for region in urls.find(text):
        assert reached <= region.start < region.end <= len(text)
        reached = region.end


@given(PIECES)
def test_line_starts_agree_with_lines(text: str) -> None:
    document = parse(text, "a.txt")
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert len(document.line_starts) == plain.count("\n") + 1
    for position in range(len(text)):
        line, column = document.line_and_column(position)
        assert document.line_starts[line - 1] + column - 1 == position
