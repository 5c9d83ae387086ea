"""Letters with marks and without, letters spelled out, and a capital inside a name."""

import pytest

from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty
from corrigenda.names.order import divided
from corrigenda.names.pairs import NamePair, mixed_spellings
from corrigenda.names.romanise import differ_in_marks, has_marks


def found(text: str, **style: str) -> list[NamePair]:
    return mixed_spellings(NameContext(text, style=style))


def advice(text: str, **style: str) -> dict[str, str]:
    return {pair.minority.text: pair.preferred for pair in found(text, **style)}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Räbinen", "Rabinen"),
        ("Müller", "Mueller"),
        ("Müller", "Muller"),
        ("Søndergård", "Soendergaard"),
        ("Weiß", "Weiss"),
        ("Kraśko", "Krasko"),
        ("Ğül", "Gul"),
    ],
)
def test_the_same_letters(first: str, second: str) -> None:
    assert differ_in_marks(first, second) and differ_in_marks(second, first)


@pytest.mark.parametrize(
    ("first", "second"), [("Mueller", "Muller"), ("Möller", "Müller"), ("Müller", "Miller"), ("Räbinen", "Robinen")]
)
def test_other_letters(first: str, second: str) -> None:
    assert not differ_in_marks(first, second)


def test_an_apostrophe_is_no_mark() -> None:
    assert has_marks("Gámez") and has_marks("Łoś")
    assert not has_marks("Luhans’k") and not has_marks("O'Neil")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("José Alvarez sang. Jose Alvarez danced. Jose Alvarez slept.", {"Jose": "José"}),
        ("Raul Gámez came. Raúl Gamez left.", {"Raul": "Raúl", "Gamez": "Gámez"}),
        ("Lena Müller ran. Later Mueller won. Mueller wept.", {"Mueller": "Müller"}),
        ("Zoë Schröder baked. Zoe Schroeder ate.", {"Zoe": "Zoë", "Schroeder": "Schröder"}),
        ("Søren Dahl rowed. Soren Dahl swam.", {"Soren": "Søren"}),
    ],
)
def test_the_marked_form_is_recommended_however_often_the_other_stands(text: str, wanted: dict[str, str]) -> None:
    assert advice(text) == wanted
    assert {pair.basis for pair in found(text)} == {"marks"}


def test_the_house_style_decides_before_the_marks() -> None:
    style = {"Raúl Gámez": "Raul Gamez"}
    pairs = mixed_spellings(NameContext("Raul Gámez came. Raúl Gamez left.", style=style))
    assert {pair.preferred for pair in pairs} == {"Raul", "Gamez"}
    assert {pair.basis for pair in pairs} == {"house style"}


def test_english_has_a_form_of_its_own_for_a_place() -> None:
    assert advice("P'yŏngyang slept. Pyongyang woke. P'yŏngyang ate.") == {"P'yŏngyang": "Pyongyang"}


@pytest.mark.parametrize(
    "text",
    [
        "Thomas Müller ran. Hans Mueller won.",
        "José Alvarez sang. Jose Pimentel danced.",
        "Anaïs Dupont came. Anais Martin left.",
        "Jürgen Schröder met Gerhard Schroeder in Bonn.",
        "The Café opened. A Cafe is a place for coffee.",
    ],
)
def test_two_people_and_words(text: str) -> None:
    assert found(text) == []


def test_another_man_is_no_spelling_of_a_known_one() -> None:
    (pair,) = found("Jürgen Schröder, a baker, came. Jürgen Schroeder sold bread.")
    assert (pair.canonical, pair.certainty, pair.preferred) == ("", Certainty.LIKELY, "Schröder")
    (known,) = found("Gerhard Schröder came. Gerhard Schroeder spoke.")
    assert known.canonical == "Gerhard Schroeder" and known.certainty is Certainty.CERTAIN


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Ron DeSantis spoke. Desantis left.", {"DeSantis", "Desantis"}),
        ("Bill McGurk ran. Mcgurk fell. McGurk got up.", {"McGurk", "Mcgurk"}),
        ("Fiona MacAskill sang. Fiona Macaskill bowed.", {"MacAskill", "Macaskill"}),
        ("Anna VanDorn baked. Vandorn ate.", {"VanDorn", "Vandorn"}),
    ],
)
def test_a_capital_inside_a_surname(text: str, forms: set[str]) -> None:
    (pair,) = found(text)
    assert {pair.minority.text, pair.majority.text} == forms
    assert "capital" in pair.reason


@pytest.mark.parametrize(
    "text",
    [
        "Mary MacAskill spoke. John Macaskill left.",
        "The signature read DESANTIS. Ron DeSantis spoke.",
        "PfannenStil opened. Pfannenstil closed.",
        "Devon lies in the south; DeVon is a singer. The devon cattle graze.",
    ],
)
def test_capitals_that_say_nothing(text: str) -> None:
    assert found(text) == []


def test_two_families_of_one_name_are_possible_only() -> None:
    (pair,) = found("Fiona MacAskill sang. Later Macaskill bowed.")
    assert pair.certainty is Certainty.POSSIBLE


def test_a_particle_apart() -> None:
    from_two = {
        frozenset((pair.minority.text, pair.majority.text)): pair.certainty
        for pair in divided(
            NameContext("Ron DeSantorra spoke. De Santorra left. VonLeyenburg came; Von Leyenburg went.")
        )
    }
    assert from_two == {
        frozenset(("DeSantorra", "De Santorra")): Certainty.LIKELY,
        frozenset(("VonLeyenburg", "Von Leyenburg")): Certainty.LIKELY,
    }
    assert (
        divided(
            NameContext(
                "La Plata lies there. De Luxe and Deluxe rooms. Le Mans. MacOS. The Dubois and Du Bois families."
            )
        )
        == []
    )
