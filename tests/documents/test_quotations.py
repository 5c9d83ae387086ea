"""Quotations: every style, over paragraphs, and apostrophes that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents.document import Document
from corrigenda.documents.formats.text import parse
from corrigenda.documents.registry import read_bytes


def document(*paragraphs: str) -> Document:
    return read_bytes("\n\n".join(paragraphs).encode(), "a.txt")


def quoted(*paragraphs: str) -> list[str]:
    found = document(*paragraphs)
    return [found.text[quotation.start : quotation.end] for quotation in found.quotations]


@pytest.mark.parametrize(
    ("text", "expected", "style"),
    [
        ("He said “go home” and left.", "“go home”", "“”"),
        ('He said "go home" and left.', '"go home"', '""'),
        ("He said ‘go home’ and left.", "‘go home’", "‘’"),
        ("He said 'go home' and left.", "'go home'", "''"),
        ("He said „go home“ and left.", "„go home“", "„“"),
        ("He said „go home” and left.", "„go home”", "„”"),
        ("He said «go home» and left.", "«go home»", "«»"),
        ("He said »go home« and left.", "»go home«", "»«"),
        ("He said ”go home” and left.", "”go home”", "””"),
        ("He said ‚go home‘ and left.", "‚go home‘", "‚‘"),
        ("He said ‹go home› and left.", "‹go home›", "‹›"),
        ("He said 「go home」 and left.", "「go home」", "「」"),
        ('He said “go home" and left.', '“go home"', '“"'),
    ],
)
def test_styles(text: str, expected: str, style: str) -> None:
    found = document(text)
    (quotation,) = found.quotations
    assert found.text[quotation.start : quotation.end] == expected
    assert (quotation.style, quotation.closed, quotation.continued) == (style, True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Don't they know it isn't theirs?",
        "It’s the players’ union and the owners’ club that won’t talk.",
        "The '90s were kinder, and so were the ’80s.",
        "Rock 'n' roll, fish ’n’ chips.",
        "O'Brien, d'Artagnan, Sana'a, Qur'an, Lukʼyanenko and Hawai‘i.",
        "Tell ’em ’tis late; 'twas always so.",
        "The class of '89 met the boys' choir and the girls' team.",
        'He is 6\'2" tall and the pipe is 5" wide.',
        "The wreck lies at 51°30'26\" north, 12° 8' east.",
        "James' boat, Charles' dog and the Joneses' cats' ears",
        "A loose ’ or ' alone.",
    ],
)
def test_apostrophes_and_measures_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'The players' union said no,' he wrote.", ["'The players' union said no,'"]),
        ("“I heard, ‘Don’t go,’ and left,” she said.", ["“I heard, ‘Don’t go,’ and left,”", "‘Don’t go,’"]),
        ("\"It was 'great' there,\" he said.", ["\"It was 'great' there,\"", "'great'"]),
        ("«outer «inner» end»", ["«outer «inner» end»", "«inner»"]),
        ('"A 15" screen," he said, "is too small."', ['"A 15" screen,"', '"is too small."']),
        ("He called it 'a gift' in '92.", ["'a gift'"]),
        ("She asked: 'Why?' He didn't answer.", ["'Why?'"]),
        ("(‘aside’) and ‘again’", ["‘aside’", "‘again’"]),
        ("“One.” “Two.” “Three.”", ["“One.”", "“Two.”", "“Three.”"]),
        ('"One." "Two."', ['"One."', '"Two."']),
    ],
)
def test_nesting_and_neighbours(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("«", "»"), ("‘", "’")])
def test_a_mark_reopened_at_each_paragraph(opening: str, closing: str) -> None:
    found = document(
        f"The mayor spoke. {opening}We were not warned.",
        f"{opening}Nobody came.",
        f"{opening}And nobody will,{closing} she said. Then she left.",
        "The room was quiet.",
    )
    if opening == "‘":  # a single mark in mid-sentence that nothing closes may be an apostrophe
        assert [(item.continued, item.closed) for item in found.quotations][-1] == (True, True)
        return
    assert [(item.continued, item.closed) for item in found.quotations] == [
        (False, False),
        (True, False),
        (True, True),
    ]
    texts = [found.text[item.start : item.end] for item in found.quotations]
    assert texts == [
        f"{opening}We were not warned.",
        f"{opening}Nobody came.",
        f"{opening}And nobody will,{closing}",
    ]


def test_a_quotation_that_runs_on_without_a_new_mark() -> None:
    assert quoted("“We were not warned.", "Nobody came.", "Nobody will,” she said. “Ever.”") == [
        "“We were not warned.",
        "Nobody came.",
        "Nobody will,”",
        "“Ever.”",
    ]


def test_a_caption_between_two_paragraphs_of_a_quotation() -> None:
    found = document("“We were not warned.", "The mayor at the harbour (Photo: Reuters)", "“Nobody came,” she said.")
    assert [item.continued for item in found.quotations] == [False, True]


def test_a_mark_that_is_never_closed_ends_with_its_paragraph() -> None:
    found = document("He said: “Go home and stay there.", "The harbour is closed until Monday.", "It rains.")
    assert [(item.end, item.closed) for item in found.quotations] == [(found.text.index("\n"), False)]


def test_a_restarted_quotation_ends_where_the_next_begins() -> None:
    assert quoted("He said: “The first. “The second.”") == ["“The first. ", "“The second.”"]


def test_the_innermost_quotation_at_a_place() -> None:
    found = document("“I heard ‘run’ and ran,” she said.")
    at = found.text.index("run")
    inner = found.quotation_at(at, at + 3)
    assert inner is not None and inner.style == "‘’"
    outer = found.quotation_at(found.text.index("heard"), at + 3)
    assert outer is not None and outer.style == "“”"
    assert found.quotation_at(at, at + 3) and not found.quotation_at(len(found.text) - 5, len(found.text))


def test_marks_in_markdown_keep_their_places_in_the_file() -> None:
    found = read_bytes('He said **“go** home” and `"x"`.'.encode(), "-", "markdown")
    first = found.quotations[0]
    assert found.text[first.start : first.end] == "“go** home”"


MARKS = st.lists(
    st.sampled_from(
        [*"“”„‟‘’‚‛\"'«»‹›「」", " ", " ", "word", "it", "s", ".", ",", "5", "\n\n", "(", ")", "—", "90s", "said", "😀"]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(MARKS, st.text()))
def test_quotations_lie_in_a_paragraph_and_begin_and_end_with_marks(text: str) -> None:
    found = parse(text, "a.txt")
    starts = [(item.start, -item.end) for item in found.quotations]
    assert starts == sorted(starts)
    for item in found.quotations:
        index = found.block_at(item.start)
        assert index is not None
        assert found.blocks[index].start <= item.start < item.end <= found.blocks[index].end
        if not item.continued:
            assert found.text[item.start] == item.style[0]
        if item.closed:
            assert found.text[item.end - 1] == item.style[1]


def test_a_text_of_marks_ends_in_bounded_time() -> None:
    for mark in "\"“'‘«":
        assert len(document(mark * 200_000, (mark + "a ") * 100_000).quotations) >= 0
