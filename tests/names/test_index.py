import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.names.table import DocumentNames


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
        ("the Zu\u0308rich train", ["Zu\u0308rich"]),
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


def test_a_table_survives_json() -> None:
    names = DocumentNames("Olena Kravets met “Petro” in Kyiv.", quotations=[(18, 25)])
    again = DocumentNames.from_plain(json.loads(json.dumps(names.to_plain())))
    assert again.forms == names.forms
    assert [again.at(n) for n in range(len(again))] == [names.at(n) for n in range(len(names))]
    assert again.is_quoted(2) and not again.is_quoted(1)


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"forms": 1},
        {"forms": ["A"], "ids": [3], "starts": [0], "lengths": [1], "flags": [0]},
        {"forms": ["A"], "ids": [0], "starts": [0, 1], "lengths": [1], "flags": [0]},
    ],
)
def test_a_broken_table_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a name table"):
        DocumentNames.from_plain(plain)


def test_lower_words() -> None:
    assert "orange" in DocumentNames.lower_words("An orange is Orange")
    assert "Orange" not in DocumentNames.lower_words("An orange is Orange")


@given(st.text(max_size=120))
def test_every_span_is_its_form(text: str) -> None:
    names = DocumentNames(text)
    for number in range(len(names)):
        form, start, end = names.token(number)
        assert text[start:end] == form
        assert names.number_at(start) == number
