"""What a word is that the speller does not know."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda.engines.grammar.filter import spelling as words

WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=6, max_size=14)


@pytest.mark.parametrize(
    ("word", "replacements", "judged"),
    [
        ("harbouring", ("harboring",), "dialect"),
        ("rainbow-coloured", ("rainbow-colored",), "dialect"),
        ("demobilisation", ("demobilization",), "dialect"),
        ("leukaemia", ("leukemia",), "dialect"),
        ("calibre", ("caliber",), "dialect"),
        ("judgement", ("judgment",), "dialect"),
        ("goverment", ("government",), "near"),
        ("recieved", ("received", "relieved"), "near"),
        ("evidance", ("evidence",), "near"),
        ("beteen", ("between", "be teen"), "near"),
        ("dilluted", ("diluted",), "near"),
        ("accross", ("across",), "near"),
        ("forthe", ("for the", "forte"), "near"),
        ("walkwalk", ("walk walk",), "near"),
        ("contractconscientiously", ("contract conscientiously",), "near"),
        ("lithuanians", ("Lithuanians",), "capital"),
        ("pitchside", ("pitch side",), "compound"),
        ("antiaging", ("anti-aging",), "compound"),
        ("reshore", ("restore",), "far"),
        ("superpremiums", ("superpremium",), "far"),
        ("zemstvo", (), "far"),
        ("wilaya", ("Malaya",), "far"),
        ("tipo", ("tip",), "far"),
    ],
)
def test_judgement(word: str, replacements: tuple[str, ...], judged: str) -> None:
    assert words.judge(word, replacements) == judged


def test_the_message_may_name_the_dialect() -> None:
    message = "Possible spelling mistake. ‘tyre’ is British English."
    assert words.judge("tyre", ("tire",), message) == "dialect"
    assert words.judge("tyre", ("tire",)) != "dialect"


@given(WORD, st.data())
def test_one_lost_letter_is_near(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 2))
    misspelt = word[:at] + word[at + 1 :]
    assert words.near(misspelt, word)


@given(WORD, st.data())
def test_two_swapped_letters_are_near(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 3))
    misspelt = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert misspelt == word or words.near(misspelt, word)


@given(WORD, st.sampled_from("bcdfghjklmnpqrstvwxz"), st.integers(1, 4))
def test_a_consonant_for_another_is_not(word: str, letter: str, at: int) -> None:
    if word[at] in "aeiouy" or word[at] == letter or letter in word or len(set(word)) < len(word):
        return
    assert not words.near((word[:at] + letter + word[at + 1 :])[:8], word[:8])


@settings(deadline=None)
@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=4))
def test_anything_can_be_judged(word: str, replacements: list[str]) -> None:
    assert words.judge(word, replacements) in ("dialect", "near", "capital", "compound", "far")
