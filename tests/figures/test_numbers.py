"""Numbers in every style: what each may mean, how it is rendered, and that a correction has the same value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.languages import language
from corrigenda.languages.base import Figure
from corrigenda.languages.en.figures.numbers import english, readings, scaled

GROUPS = (".", " ", "\u00a0", "\u202f", "'", "’")


def figures(text: str) -> list[Figure]:
    grammar = language("en").figures
    return list(grammar.find(text, grammar.habits(text, "", documentation=False)))


def written(value: Decimal, places: int, group: str, mark: str) -> str:
    return f"{value:,.{places}f}".replace(".", "\0").replace(",", group).replace("\0", mark)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1.250.000,50", ["1250000.50"]),
        ("62.500", ["62500", "62.500"]),
        ("1,250", ["1250", "1.250"]),
        ("0.125", ["0.125"]),
        ("3,5", ["3.5"]),
        ("72 000", ["72000"]),
        ("1'250'000.5", ["1250000.5"]),
        ("12,34,567", []),
        ("1.25.000", []),
        ("", []),
        ("1.2.3", []),
    ],
)
def test_what_a_number_may_mean(text: str, values: list[str]) -> None:
    assert [own.value for own in readings(text)] == [Decimal(value) for value in values]


@given(
    st.decimals(min_value=1000, max_value=10**12, places=2, allow_nan=False),
    st.sampled_from((0, 1, 2)),
    st.sampled_from(GROUPS),
)
def test_value_and_style_parse_back(value: Decimal, places: int, group: str) -> None:
    value = round(value, places)
    mark = "," if group == "." else "."
    (*_, last), first = readings(written(value, places, group, mark)), readings(written(value, places, group, mark))[0]
    assert (first.value, first.group, first.places) == (value, group, places)
    assert places == 0 or last.mark == mark
    assert readings(english(value, places))[0].value == value


@given(st.integers(1, 10**15))
def test_a_large_number_in_words_parses_back(value: int) -> None:
    number, _, word = scaled(Decimal(value)).partition(" ")
    power = {"": 0, "million": 6, "billion": 9, "trillion": 12}[word]
    read = {own.value.scaleb(power) for own in readings(number) if own.is_english}
    assert Decimal(value) in read


@given(st.integers(1000, 10**9), st.sampled_from(GROUPS), st.sampled_from(("people", "euros", "houses", "dollars")))
def test_a_correction_of_groups_has_the_same_value(value: int, group: str, noun: str) -> None:
    text = f"They counted {written(Decimal(value), 0, group, ',')} {noun} there."
    found = figures(text)
    if group == "." and value < 10**6 and str(value)[-3:] in ("125", "375", "625", "875"):
        return  # a price in eighths
    assert len(found) == 1 or (group == "." and value < 10**6 and value % 10)
    for figure in found:
        assert readings(figure.corrections[0][0])[0].value == value


@given(st.integers(0, 9999), st.integers(0, 99), st.sampled_from(("%", " percent", " million people", " km", " euros")))
def test_a_correction_of_a_decimal_comma_has_the_same_value(whole: int, part: int, unit: str) -> None:
    (figure,) = figures(f"It grew by {whole},{part:02}{unit} then.")
    number = figure.corrections[0][0]
    assert readings(number)[-1].value == Decimal(f"{whole}.{part:02}")
    assert figure.kind == "decimal-comma"


@given(st.decimals(min_value=1, max_value=999, places=1, allow_nan=False), st.sampled_from(".,"))
def test_thousands_are_multiplied_out(value: Decimal, mark: str) -> None:
    (figure,) = figures(f"The port handled {str(value).replace('.', mark)} thousand tonnes.")
    assert readings(figure.corrections[0][0])[0].value == value * 1000


@given(st.text("0123456789.,' \u00a0%€$–-", max_size=60))
def test_any_figures_are_read_without_an_error(text: str) -> None:
    for figure in figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert all(new != text[figure.start : figure.end] for new, _ in figure.corrections)


def test_corrected_figures_are_silent() -> None:
    text = "It cost 1.250.000,50 euros, 3,5 % more, for 12 thous. people and 2 millions of cows; school № 5 paid 5 €."
    for figure in reversed(figures(text)):
        text = text[: figure.start] + figure.corrections[0][0] + text[figure.end :]
    assert text == "It cost 1,250,000.50 euros, 3.5% more, for 12,000 people and 2 million cows; school No. 5 paid €5."
    assert figures(text) == []
