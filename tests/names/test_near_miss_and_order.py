import pytest

from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty
from corrigenda.names.near_miss import is_typing_error, near_misses
from corrigenda.names.order import chinese, divided, transposed
from corrigenda.names.syllables import in_two_systems, readings, same_syllables


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("sunak", "sonak", True),
        ("sunak", "suank", True),
        ("sunak", "sunnak", True),
        ("sunak", "suna", True),
        ("sunak", "sunak", False),
        ("sunak", "sonok", False),
        ("ab", "cdef", False),
    ],
)
def test_typing_errors(one: str, two: str, expected: bool) -> None:
    assert is_typing_error(one, two) is expected
    assert is_typing_error(two, one) is expected


def test_a_rare_form_beside_a_frequent_one() -> None:
    text = "Tabrosh ran. Tabrosh won. Then Tabrosh slept, and Tabrosh woke. They cheered Tabrolh."
    (issue,) = near_misses(NameContext(text))
    assert (issue.form, issue.suggestion, len(issue.other_spans)) == ("Tabrolh", "Tabrosh", 4)
    assert issue.certainty is Certainty.LIKELY and "once" in issue.reason


@pytest.mark.parametrize(
    "text",
    [
        "Tabrosh ran. Tabrosh won. They cheered Tabrolh.",  # too seldom to know which is right
        "Henry ran. Henry won. Henry sat. Henry slept. They saw Henty of the club, Pat Henty.",  # another person
        "Himalayas here, Himalayas there, Himalayas up, Himalayas down, the Himalayan sun.",
        "Tabrosh ran. Tabrosh won. Tabrosh sat. Tabrosh slept. A word: tabrolh. They saw Tabrolh.",
        "Marine ran. Marine won. Marine sat. Marine slept. They saw Marina.",  # a dictionary has it
        "Tabrosh ran. Tabrosh won. Tabrosh sat. Tabrosh slept. They use CTabrosh.",  # the same in another language
    ],
)
def test_what_is_no_typing_error(text: str) -> None:
    assert near_misses(NameContext(text)) == []


def test_names_in_both_orders() -> None:
    (pair,) = transposed(NameContext("Viktor Halasz spoke. Halasz Viktor left. Viktor Halasz slept."))
    assert (pair.minority.text, pair.majority.text, pair.preferred) == (
        "Halasz Viktor",
        "Viktor Halasz",
        "Viktor Halasz",
    )
    assert pair.certainty is Certainty.POSSIBLE
    assert transposed(NameContext("New House stood. House New fell.")) == []


def test_names_with_a_hyphen_and_without() -> None:
    (pair,) = divided(NameContext("Kim Jong-un arrived. Kim Jong Un left."))
    assert {pair.minority.text, pair.majority.text} == {"Jong-un", "Jong Un"}
    assert divided(NameContext("The Wide-Field Array and the Wide Field Camera.")) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [("Tse-tung", "Zedong"), ("Tszinpin", "Jinping"), ("Hsiao-p'ing", "Xiaoping"), ("Ch’ing-tao", "Qingdao")],
)
def test_syllables_of_two_systems(one: str, two: str) -> None:
    assert same_syllables(one, two) and in_two_systems(one, two)
    assert in_two_systems(two, one)


def test_syllables_that_differ() -> None:
    assert not same_syllables("Jinping", "Jiping")
    assert not in_two_systems("Jinping", "Jinping")
    assert readings("Strasbourg").pinyin == frozenset()


def test_a_chinese_name_in_two_systems() -> None:
    (pair,) = chinese(NameContext("Mao Tse-tung wrote it. Mao Zedong read it."))
    assert {pair.minority.text, pair.majority.text} == {"Tse-tung", "Zedong"}
    assert chinese(NameContext("Mao Zedong wrote it. Zhu Xiaoping read it.")) == []
    assert chinese(NameContext("Li Tse-tung wrote it. Mao Zedong read it.")) == []
