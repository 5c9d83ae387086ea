import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.names.errors import NameTableError
from corrigenda.names.table import DocumentNames, as_form

LETTERS = "AKŁÉZaklz'’-.! \n“”\u0301\u0308\U0001f600\u00a0İıßДж1_"
"""Capitals, combining marks, an emoji, marks of punctuation: what moves positions."""


def forms(text: str) -> list[str]:
    return list(DocumentNames(text).forms)


def test_capitalised_words_with_their_places() -> None:
    text = "In Kyiv the mayor of Odesa met Kyiv's council."
    names = DocumentNames(text)
    assert [text[a:b] for a, b in names.spans("Kyiv")] == ["Kyiv", "Kyiv"]
    assert names.count("Odesa") == 1
    assert "mayor" not in names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("near Ust-Kamenogorsk today", ["Ust-Kamenogorsk"]),
        ("near O’Neill’s farm", ["O’Neill"]),
        ("near O'Neill's farm", ["O'Neill"]),
        ("by al-Sisi himself", ["al-Sisi"]),
        ("by Al-Sisi himself", ["Al-Sisi"]),
        ("von Luhans'k nach", ["Luhans'k"]),
        ("an Istanbul\u0307 word", ["Istanbul\u0307"]),
        ("the Zu\u0308rich train", ["Zürich"]),
        ("the iPhone and McDonald", ["McDonald"]),
        ("for James' sake", ["James"]),
        ("they'll see She'll go", ["She"]),
        ("a_Name and 2Name", []),
        ("Ångström and Łódź", ["Ångström", "Łódź"]),
    ],
)
def test_forms(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


def test_neighbours_are_words_joined_by_one_space() -> None:
    names = DocumentNames("Olena Kravets spoke. Then Ivan, Petro Kravets and Kevin de Bruyne left.\nOleh")
    assert names.occurrences("Kravets")[0].before == "Olena"
    assert names.occurrences("Kravets")[1].before == "Petro"
    assert names.occurrences("Ivan")[0].after == ""
    assert names.occurrences("Bruyne")[0].before == "Kevin"
    assert names.occurrences("Oleh")[0].before == ""


def test_beginnings_of_sentences_are_known() -> None:
    names = DocumentNames("Kravets spoke. Later Kravets left. “Kravets knows.”")
    assert [o.initial for o in names.occurrences("Kravets")] == [True, False, True]


def test_skipped_ranges_hold_no_names_and_quotations_are_marked() -> None:
    text = "See Odesa at `Odesa` and “Odesa”."
    code = text.index("`")
    quote = text.index("“")
    names = DocumentNames(text, skip=[(code, code + 7)], quotations=[(quote, quote + 7)])
    assert names.count("Odesa") == 2
    assert [names.is_quoted(n) for n in names.numbers("Odesa")] == [False, True]


def test_positions_are_code_points() -> None:
    text = "\U0001f600 Kyiv"
    assert DocumentNames(text).spans("Kyiv") == ((2, 6),)


@given(st.text(alphabet=LETTERS, max_size=80))
def test_a_table_survives_json_without_its_words(text: str) -> None:
    quotations = [(m.start(), m.end()) for m in re.finditer("“[^”]*”", text)]
    names = DocumentNames(text, quotations=quotations)
    plain = json.dumps(names.to_positions())
    assert not any(character.isupper() for character in plain)
    again = DocumentNames.from_positions(json.loads(plain), text)
    assert again.forms == names.forms
    assert [again.at(n) for n in range(len(again))] == [names.at(n) for n in range(len(names))]
    assert [again.is_quoted(n) for n in range(len(again))] == [names.is_quoted(n) for n in range(len(names))]


POSITIONS = {"ids": [0], "starts": [0], "lengths": [1], "flags": [0], "first": [0]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"ids": 1},
        {"ids": [3]},
        {"ids": [-1]},
        {"starts": [0, 1]},
        {"starts": [1 << 40]},
        {"lengths": [2]},  # the text became shorter
        {"flags": []},
        {"first": [4]},
        {"first": ["a"]},
    ],
)
def test_a_broken_table_is_refused(wrong: dict[str, object]) -> None:
    DocumentNames.from_positions(POSITIONS, "A")  # type: ignore[arg-type]
    with pytest.raises(NameTableError, match="name table"):
        DocumentNames.from_positions({**POSITIONS, **wrong}, "A")  # type: ignore[arg-type]
    with pytest.raises(NameTableError, match="name table"):
        DocumentNames.from_positions({}, "A")  # type: ignore[typeddict-item]


def test_lower_words() -> None:
    assert "orange" in DocumentNames.lower_words("An orange is Orange")
    assert "Orange" not in DocumentNames.lower_words("An orange is Orange")


@given(st.text(alphabet=LETTERS, max_size=120))
def test_every_span_is_its_form(text: str) -> None:
    names = DocumentNames(text)
    for number in range(len(names)):
        form, start, end = names.token(number)
        assert as_form(text[start:end]) == form
        assert names.number_at(start) == number
