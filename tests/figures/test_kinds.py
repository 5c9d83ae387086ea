"""What each kind of figures finds, what it leaves alone, and that nothing is expensive."""

import time

import pytest

from corrigenda.expressions import compiled
from corrigenda.languages import language
from corrigenda.languages.base import Figure


def figures(text: str, *, documentation: bool = False) -> list[Figure]:
    grammar = language("en").figures
    return list(grammar.find(text, grammar.habits(text, "", documentation=documentation)))


@pytest.mark.parametrize(
    ("text", "kind", "quote", "correction"),
    [
        ("The town lies 12 км from the sea.", "unit-cyrillic", "км", "km"),
        ("The flat has 54 sq. m of floor.", "unit-square", "sq. m", "square metres"),
        ("The house used 300 kWt in May.", "unit-power", "kWt", "kW"),
        ("She is 1m75 and strong.", "height", "1m75", "1.75 metres"),
        ("It will be 5…7 degrees.", "dots-range", "5…7", "5 to 7"),
        ("The league match ended with a 27:24 victory by 3:1 sets.", "score", "3:1", "3-1"),
        ("Dozens of thousands of people left.", "count-plural", "Dozens of thousands", "Tens of thousands"),
        ("Exports rose in 1.5 times.", "multiplier", "in 1.5 times", "1.5 times"),
        ("They opened half a thousand shops.", "count-half", "half a thousand", "500"),
        ("The 5-th floor is shut.", "ordinal-hyphen", "5-th", "5th"),
        ("The ХХ-5 and the 12-го plan.", "ordinal-cyrillic", "12-го", "12th"),
    ],
)
def test_kinds(text: str, kind: str, quote: str, correction: str) -> None:
    found = {(own.kind, text[own.start : own.end]): own.corrections[0][0] for own in figures(text)}
    assert found[kind, quote] == correction


@pytest.mark.parametrize(
    "text",
    [
        "Call 555 123 4567 or +49 30 901820; the ISBN is 978-3-16-148410-0.",
        "See https://example.org/2024.01.17/a%20b and section 3.125 of RFC 2119.",
        "Built on 10.0.12.24 with v1.2.3, at 1:1 scale, 16:9, on page 3,5.",
        "The euro stood at $1.354 after the pilot of October 16, 2001. 8.4 million saw it; a code: %8",
        "In 1987 profit was 3 mln dlrs vs 2 mln, or 12 pct.",
        "The 5th of May, the 1990s, the '90s, 20 years, a 20-year-old, 8.30pm, 2030 GMT and £5bn are English.",
        "It takes 24 hours, 1 h 30 min or 2.5 hours; 1,250 people, $1.375 billion, 0.125 of it.",
        "Rooms 101 102 103 and 2019 300 are shut; 5 3/4 in.",
    ],
)
def test_english_figures_are_left_alone(text: str) -> None:
    assert figures(text) == []


def test_every_figure_is_nominated_by_its_family() -> None:
    text = "On 17.01.2024, at 20h30, 12 thous. people paid 5 € for № 5 in the 90-s, 2031 year, 3,5 % of 54 sq.m."
    families = language("en").figures.families
    own = {kind: family.scan for family in families.values() for kind in family.kinds}
    found = figures(text)
    assert len(found) >= 8
    assert all(compiled(own[figure.kind]).search(text) for figure in found)


@pytest.mark.parametrize(
    "piece", ["1 000 ", "1.000,", "5,5 ", "on the 5th, ", "3:1 ", "12 thousand ", "№", "1h30 ", "1.1.2024 "]
)
def test_a_long_row_of_figures_is_read_in_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times + "goal match league coach"
        started = time.perf_counter()
        figures(text)
        return time.perf_counter() - started

    figures(piece)
    few, many = min(seconds(500) for _ in range(3)), seconds(5_000)
    assert many < 40 * few + 0.5
