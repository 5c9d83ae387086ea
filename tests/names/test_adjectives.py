"""Adjectives of places before English nouns: resolved to known places that lie where the text is, else left alone."""

import pytest

from corrigenda.names.adjectives import adjectives
from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty


def adjective(text: str) -> dict[str, tuple[str, Certainty]]:
    return {issue.form: (issue.suggestion, issue.certainty) for issue in adjectives(NameContext(text))}


@pytest.mark.parametrize(
    ("text", "form", "place"),
    [
        ("The Kakhovskaya HPP stopped.", "Kakhovskaya", "Kakhovka"),
        ("The Kakhovskaya hydroelectric power plant was closed.", "Kakhovskaya", "Kakhovka"),
        ("Roads in the Kievsky region are bad.", "Kievsky", "Kyiv"),
        ("The Zaporozhskaya NPP is quiet.", "Zaporozhskaya", "Zaporizhzhia"),
        ("The Belgorodsky region was hit by Ukrainian drones.", "Belgorodsky", "Belgorod"),
        ("Fields in the Tulsky region burned. Rain fell on Kyiv, and in Budsk. The Budsky power plant.", "Budsky", ""),
    ],
)
def test_before_a_plant_or_a_region(text: str, form: str, place: str) -> None:
    certainty = Certainty.LIKELY if place else Certainty.POSSIBLE
    assert adjective(text)[form] == (place, certainty)


def test_the_house_style_chooses_the_base() -> None:
    context = NameContext("Roads in the Kievsky region are bad.", style={"Kyiv": "Kiev"})
    assert [issue.suggestion for issue in adjectives(context)] == ["Kiev"]


def test_a_district_is_only_asked_about() -> None:
    found = adjective("In Bakhmut it rained. A shop in the Bakhmutsky district burned.")
    assert found == {"Bakhmutsky": ("Bakhmut", Certainty.POSSIBLE)}


@pytest.mark.parametrize(
    "text",
    [
        "Nevsky Prospekt is long.",
        "Primorsky region prepares.",
        "Mr Kievsky spoke.",
        "A husky region.",
        "Sky region.",
        # Nothing is invented.
        "The Leninsky district of Grozny is large.",
        "Smoke rose over the Sovetsky district.",
        "No train stops at Dostoyevskaya station.",
        "The Petrogradsky district is in the north, the Petrogradsky region nowhere.",
        "The Oktyabrsky region and the Kirovsky district of Donetsk were dark, Ukrainian officials said.",
        "They met at Moskovskaya station, on Sovetskaya Square and in the Kirovsky plant.",
        "The Chistopolsky region sows wheat.",
        # Districts of other cities bear a city's name.
        "Kyiv said so. The Kievsky district of Donetsk was quiet.",
        "Moscow said so. The Moskovsky district was quiet.",
        # The place lies elsewhere.
        "Ukrainian farmers sow wheat in the Kirovsky region.",
        "The Kirovsky region sows wheat.",
    ],
)
def test_what_is_no_adjective_of_a_place_or_of_none_that_we_know(text: str) -> None:
    assert adjective(text) == {}
