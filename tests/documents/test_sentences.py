"""Sentences: abbreviations, initials, quotations, datelines; and that nothing of the text is lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.languages.en.sentences import sentences


@pytest.mark.parametrize(
    "marked",
    [
        "The boats are in. | Nobody is hurt! | Is that so? | Yes…",
        "Dr. Holm and Mr. J. R. Berg met Gen. Lind on St. Olaf Street. | They ate.",
        "She moved to the U.S. in May. | He stayed in the U.K. | The rest left.",
        "The U.S. Senate met. | U.N. envoys came at 5 p.m. Monday. | They left at 9 a.m. | Nobody slept.",
        "TARN, Wash. (AP) — The harbour closed on Jan. 5, 2021. | It reopened in Feb. | The storm had passed.",
        "Harbour Holdings Inc. bought Quay Corp. for $3.5 million. | Shares rose 2.5 percent.",
        "See No. 5 and fig. 3, e.g. the pier, i.e. the old one, vs. the new. | That is all.",
        "“Why now?” asked the mayor. | “Because.” | “I see,” she said.",
        "“Nobody came.” | The mayor left. | “Who knows?” Anna Lind said.",
        "“We waited!” Mr. Holm shouted. | (Nobody answered.) | Then it rained.",
        "The storm came.|The boats sank. | That was all.",
        "He waited … and waited. | Then he said: no… | Nobody heard.",
        "The ship (built by A. Lind & Co.) sank. | Its crew lived.",
        "He wrote of it.[12] | Others did too. [13] | Then it was forgotten.",
        "1. Bring water. | Bring a torch.",
        "2.1. The harbour",
        "Figure 2. The old pier",
        "J. Holm said so. | It was after World War I. | Then came peace.",
        "He uses an e-mail app. | iPhone owners use another.",
        "Prices rose . . . and fell.",
        "会議が行われた。|日本語の文章です。",
        "“It’s over,” he said, “and it’s done.” | The end.",
        "She has a Ph.D. in law. | Her brother has none.",
        "It measures 3 ft. by 5 in. and weighs 2 lb. | It is old.",
    ],
)
def test_boundaries(marked: str) -> None:
    parts = [part.strip() for part in marked.split("|")]
    text = marked.replace(" | ", " ").replace("|", "")
    assert [text[start:end] for start, end in sentences(text)] == parts


@pytest.mark.parametrize("text", ["", " ", "\u00a0\t"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert sentences(text) == []


PIECES = st.lists(
    st.sampled_from(
        [
            "The ",
            "end",
            ".",
            "!",
            "?",
            "…",
            " ",
            "”",
            "“",
            '"',
            ")",
            "[1]",
            "U.S.",
            "Mr.",
            "a",
            "B",
            "5",
            "。",
            "」",
            "\u00a0",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(PIECES, st.text()))
def test_spans_hold_all_that_is_not_white_space(text: str) -> None:
    reached = 0
    for start, end in sentences(text):
        assert text[reached:start].strip() == ""
        assert start < end
        assert text[start:end] == text[start:end].strip()
        reached = end
    assert text[reached:].strip() == ""


@pytest.mark.parametrize(
    "text",
    [
        "." * 500_000,
        ". " * 250_000,
        "a" * 500_000,
        "The end. " * 50_000,
        "”" * 500_000,
        "“A " * 200_000,
        "U.S. " * 100_000,
        ".”" * 250_000,
        " " * 500_000,
        ".)" * 250_000,
    ],
)
def test_hostile_text_ends_in_bounded_time(text: str) -> None:
    began = time.process_time()
    sentences(text)
    assert time.process_time() - began < 10  # seconds; well under one on an idle machine
