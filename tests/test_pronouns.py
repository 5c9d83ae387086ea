"""Pronouns of the wrong sex: who is known, who could be meant, and when nothing is said."""

import unicodedata
from collections import Counter
from functools import cache

import pytest

from corrigenda import resources
from corrigenda.languages import language
from corrigenda.names import sexes
from corrigenda.pipeline.checker import Checker
from corrigenda.pipeline.compile import compile_checks
from corrigenda.pipeline.examples import read_example
from corrigenda.pipeline.index import Index, assemble
from corrigenda.rules.check import load_folder
from corrigenda.settings import Settings

CHECK = "artefacts/pronoun-gender"


@cache
def index() -> Index:
    """Return the index of the one check."""
    checks = [check for check in load_folder(resources.folder("checks")) if check.id == CHECK]
    return assemble([compile_checks(checks)])


def found(text: str) -> list[tuple[str, str]]:
    """Return the wrong pronouns of a text with their first corrections."""
    with Checker(index(), Settings()) as checker:
        document = read_example(text, "text")
        hits = sorted(checker.hits([document]), key=lambda hit: hit.start)
        return [(document.text[hit.start : hit.end], hit.corrections[0].text) for hit in hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Olena Koval lives in Lviv. His school is new.", [("His", "Her")]),
        ("Friederike Brandt himself wrote the song.", [("himself", "herself")]),
        ("Olena Koval left the room. We thanked him.", [("him", "her")]),
        ("Mr Tanaka left the room. We thanked her warmly.", [("her", "him")]),
        ("Mr Tanaka left the room. We mended her boat.", [("her", "his")]),
        ("Olena Koval, head of the school, said no. He added that it was late.", [("He", "She")]),
    ],
)
def test_a_pronoun_that_nobody_else_can_be_meant_by(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Olena Koval lives in Lviv. Her school is new.",
        "Olena Koval and her brother sang. He left at ten.",
        "The owner thanked Olena Koval. He left at ten.",
        "Boiko met Olena Koval. He left at ten.",
        "“He left at ten,” Olena Koval said.",
        "In his letter to Olena Koval, Petro Boiko wrote about the rain.",
        "Carla Smith Jackson sang. Tim Jackson bowed. He added a song.",
    ],
)
def test_silence_where_somebody_else_can_be_meant(text: str) -> None:
    assert found(text) == []


def test_a_surname_is_whose_full_name_introduced_it() -> None:
    text = "The jury chose Olena Koval.\n\nThe weather was good.\n\nKoval himself came late."
    assert found(text) == [("himself", "herself")]
    assert found("The jury chose Koval.\n\nKoval himself came late.") == []


def test_a_surname_of_two_people_is_nobodys() -> None:
    text = "The jury chose Olena Koval and Petro Koval.\n\nKoval himself came late."
    assert found(text) == []


def test_names_of_both_sexes_are_unknown() -> None:
    assert sexes.of_given_name("Andrea") == ""
    assert sexes.of_given_name("Anna-Lena") == "f"
    assert sexes.of_given_name("Jean-Luc") == "" and sexes.of_given_name("Karl-Heinz") == "m"
    assert sexes.of_given_name("Quibble-Jean") == ""
    assert sexes.of_other_name("Kowalska") == "f"


def test_long_paragraphs_are_read_in_bounded_time() -> None:
    assert found("Olena Koval came. " + "he " * 30_000) == []


def test_the_list_is_sorted_and_names_each_name_once() -> None:
    lines = resources.path("corpora", "names_by_sex.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert [row[:2] for row in rows] == sorted(row[:2] for row in rows)
    sexes_of: dict[str, set[str]] = {}
    for code, sex, names in rows:
        assert sex in ("f", "m")
        assert max(Counter(names.split()).values()) == 1, code
        for name in names.split():
            assert name == unicodedata.normalize("NFC", name)
            sexes_of.setdefault(name, set()).add(sex)
    assert not [name for name, both in sexes_of.items() if len(both) > 1]


def test_the_other_pronoun_has_the_same_role() -> None:
    other = language("en").references.other
    assert other("Her", " house") == "His"
    assert other("her", " to go") == "him"
    assert other("his", " house") == "her"
    assert other("his", ".") == "hers"
    assert other("Himself", "") == "Herself"
