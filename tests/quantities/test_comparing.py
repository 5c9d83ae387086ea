"""What a sentence and its source differ in, and what is written instead."""

import pytest

from corrigenda.quantities.comparing import differences
from corrigenda.quantities.reading import quantities
from corrigenda.quantities.tables import table
from corrigenda.quantities.writing import written


def faults(target: str, source: str, language: str) -> list[tuple[str, str, str]]:
    """The differences of a pair: the kind, what stands there and what the source has."""
    return [
        (
            own.fault,
            target[own.target.start : own.target.end] if own.target is not None else "",
            source[own.source.start : own.source.end] if own.source is not None else "",
        )
        for own in differences(quantities(target, "en"), quantities(source, language))
    ]


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("de", "Am 17.01.2024 um 19.30 Uhr kamen 1.250 Leute.", "On January 17, 2024, 1,250 people came at 7:30 p.m."),
        ("ru", "В 90-е годы XIX века вдвое больше", "In the 1890s, in the 19th century, twice as many"),
        ("uk", "19,5 тис. людей, обидві пари", "19,500 people, both couples"),
        ("fr", "à minuit, vingt et un joueurs", "at midnight, 21 players"),
        ("zh", "百分之五十的人", "half of the people"),
        ("es", "5 kilómetros", "about 3.1 miles"),
        ("ja", "3分の1の人", "one in three people"),
        ("it", "alle 19 del 3 marzo", "at 7 p.m. on 3 March"),
        ("ko", "3억5천만원", "350 million won"),
    ],
)
def test_what_is_said_otherwise_is_the_same(language: str, source: str, target: str) -> None:
    assert faults(target, source, language) == []


@pytest.mark.parametrize(
    ("language", "source", "target", "fault"),
    [
        ("de", "41 Laternen", "14 lamps", ("changed", "14", "41")),
        ("ko", "82만 원", "82,000 won", ("changed", "82,000", "82만")),
        ("ja", "午前3時", "3 p.m.", ("changed", "3 p.m.", "3")),
        ("pl", "w czwartek", "on Tuesday", ("changed", "Tuesday", "czwartek")),
        ("uk", "12 кілометрів", "12 miles", ("unit", "12", "12")),
        ("de", "62.500 Euro", "62.500 euros", ("format", "62.500", "62.500")),
        ("ru", "410 человек", "people", ("lost", "", "410")),
        ("ru", "люди", "410 people", ("added", "410", "")),
    ],
)
def test_what_differs_is_told(language: str, source: str, target: str, fault: tuple[str, str, str]) -> None:
    assert faults(target, source, language) == [fault]


def test_what_stands_in_a_neighbouring_sentence_has_moved() -> None:
    ours, theirs = quantities("410 people", "en"), quantities("410 человек", "ru")
    assert differences(ours, [], near_source=theirs) == []
    assert differences([], theirs, near_target=ours) == []


@pytest.mark.parametrize(
    ("language", "source", "target", "right"),
    [
        ("de", "41", "14", "41"),
        ("ko", "82만", "82,000", "820,000"),
        ("es", "1,5 millones", "1.5", "1.5 million"),
        ("ru", "двадцать шесть", "Twenty", "Twenty-six"),
        ("it", "due terzi", "a third", "two thirds"),
        ("ja", "午前3時", "3 p.m.", "3 a.m."),
        ("de", "3,5 Milliarden", "3.5 million", "3.5 billion"),
        ("fr", "1987", "1978", "1987"),
        ("cs", "23", "22nd", "23rd"),
        ("pl", "czwartek", "Tuesday", "Thursday"),
        ("de", "18 Uhr 30", "17:30", "18:30"),
    ],
)
def test_the_right_value_is_written_as_the_wrong_one_was(language: str, source: str, target: str, right: str) -> None:
    (own,) = [own for own in quantities(target, "en") if own.level]
    (other,) = [own for own in quantities(source, language) if own.level]
    said = source[other.start : other.end]
    assert written(other, said, own, target[own.start : own.end], table("en")) == right
