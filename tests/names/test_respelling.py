"""Foreign names that were written in Cyrillic on the way."""

import pytest

from corrigenda.names.context import NameContext
from corrigenda.names.endings import case_endings
from corrigenda.names.issue import Certainty
from corrigenda.names.pairs import mixed_spellings
from corrigenda.names.respelling import FAR, distance, readings


@pytest.mark.parametrize(
    ("written", "comes_back"),
    [
        ("Mincean", "Minchan"),  # Romanian
        ("Cernica", "Chernika"),
        ("Dragea", "Dradzha"),
        ("Gutierrezo", "Gutierreso"),  # Spanish
        ("Jurado", "Khurado"),
        ("Rousselot", "Russelo"),  # French
        ("Girardeau", "Zhirardo"),
        ("Steinbach", "Shtaynbakh"),  # German
        ("Heusgen", "Khoysgen"),
        ("Jackman", "Dzhakman"),  # English
        ("Giorgetti", "Dzhordzhetti"),  # Italian
        ("Çelikcan", "Chelikdzhan"),  # Turkish
        ("Bociański", "Botyanski"),  # Polish
        ("Siposz", "Shipos"),  # Hungarian
    ],
)
def test_what_comes_back(written: str, comes_back: str) -> None:
    assert distance(written, comes_back) <= 0.08
    assert distance(written, comes_back) == distance(comes_back, written)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mincean", "Minchuk"),
        ("Jurado", "Zurabov"),
        ("Girardeau", "Gerardi"),
        ("Rousselot", "Ruslan"),
        ("Jackman", "Hackman"),
        ("Schnitzke", "Schnitt"),
        ("Cernica", "Cornwall"),
        ("Heusgen", "Hausner"),
        ("Dragea", "Draga"),
        ("Giorgetti", "Gorbetti"),
    ],
)
def test_other_names(first: str, second: str) -> None:
    assert distance(first, second) > 0.08


def test_short_words_and_several_have_no_readings() -> None:
    assert readings("Gia") == () and readings("Le Pen") == () and readings("") == ()
    assert distance("Gia", "Dzha") == FAR


def sure(text: str) -> set[frozenset[str]]:
    return {
        frozenset((pair.minority.text, pair.majority.text))
        for pair in mixed_spellings(NameContext(text))
        if pair.certainty is not Certainty.POSSIBLE
    }


@pytest.mark.parametrize(
    ("text", "one", "two"),
    [
        ("Minister Ion Mincean spoke. Minchan left the hall.", "Mincean", "Minchan"),
        ("The mayor Vasile Dragescu came. Later Vasile Dradzhesku slept.", "Dragescu", "Dradzhesku"),
        ("The writer Luc Girardeau came. Luc Zhirardo smiled.", "Girardeau", "Zhirardo"),
        ("The baker Otto Schnitzler spoke. Otto Shnittsler left.", "Schnitzler", "Shnittsler"),
        ("The judge Carla Giorgettini came. Dzhordzhettini read it.", "Giorgettini", "Dzhordzhettini"),
        ("The diver Pablo Juradez fell. Pablo Khurades got up.", "Juradez", "Khurades"),
    ],
)
def test_both_stand_in_a_text(text: str, one: str, two: str) -> None:
    assert frozenset((one, two)) in sure(text)


@pytest.mark.parametrize(
    "text",
    [
        "Luc Girardeau came. Pavel Zhirardo smiled.",  # two people
        "The town of Coventry was Coventre in old books.",  # an old spelling of a known name
        "They met at Melbourn, not Melbourne.",
        "Ion Mincean and Petro Minchuk spoke.",
        "The Girodes opened, and Girod closed.",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert sure(text) == set()


def test_a_case_of_what_came_back() -> None:
    (issue,) = case_endings(NameContext("Minister Ion Mincean spoke. They asked Minchana about it."))
    assert (issue.form, issue.suggestion) == ("Minchana", "Mincean")


def test_of_two_forms_that_can_be_cases_the_one_after_a_given_name_is_the_base() -> None:
    for text in ("Igor Brosu came. Brosa nodded.", "Then Brosa nodded. Igor Brosu left."):
        (issue,) = case_endings(NameContext(text))
        assert (issue.form, issue.suggestion) == ("Brosa", "Brosu")
