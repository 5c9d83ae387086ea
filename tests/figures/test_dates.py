"""Dates and times in every style come out as the same day and minute in English."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda import resources
from corrigenda.languages import language
from corrigenda.languages.base import Figure
from corrigenda.languages.en.figures.words import MONTHS
from corrigenda.rules.check import check_files, load

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))
STYLES = ("{d:02}.{m:02}.{y}", "{d}.{m}.{y}", "{y}.{m:02}.{d:02}", "{y}. {m}. {d}", "{d}.{r}.{y}", "the {d} of {n} {y}",
          "{d} of {n} of {y}", "{d} {n} of {y}", "{n} {d} of {y}", "the {d}. {n} {y}")  # fmt: skip
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def figures(text: str, tag: str = "", *, documentation: bool = False) -> list[Figure]:
    grammar = language("en").figures
    return list(grammar.find(text, grammar.habits(text, tag, documentation=documentation)))


def day_of(text: str) -> datetime.date:
    month = next(number for number, name in enumerate(MONTHS, 1) if name in text)
    day, year = re.findall(r"\d+", text)
    return datetime.date(int(year), month, int(day))


@given(DAYS, st.sampled_from(STYLES), st.sampled_from(("", "en-GB", "en-US")))
def test_the_correction_is_the_same_day(day: datetime.date, style: str, tag: str) -> None:
    written = style.format(d=day.day, m=day.month, y=day.year, r=ROMAN[day.month - 1], n=MONTHS[day.month - 1])
    (figure,) = figures(f"They met on {written}, and left.", tag)
    assert figure.corrections[0][0].startswith(str(day.day) if tag == "en-GB" else "") or "of" in written
    assert day_of(figure.corrections[0][0]) == day
    assert figures(f"They met on {figure.corrections[0][0]}, and left.", tag) == []


@given(DAYS)
def test_a_date_that_has_two_readings_is_never_safe(day: datetime.date) -> None:
    (figure,) = figures(f"They met on {day.day:02}.{day.month:02}.{day.year} there.")
    both = day.day <= 12 and day.day != day.month
    assert [safe for _, safe in figure.corrections] == ([False, False] if both else [True])


@pytest.mark.parametrize(
    "text", ["They met on 31.04.2024.", "It is 00.05.2024 or 45.13.2024.", "Build 1.2.2024.5 is out."]
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize("text", ["Release 17.01.2024 is out.", "Ubuntu 24.04 and build 2024.01.17 run at 19.00."])
def test_documentation_has_versions(text: str) -> None:
    assert figures(text, documentation=True) == []


CLOCKS = ("{h}h{m:02}", "{h} h {m:02}", "{h} hours {m} minutes", "{h:02}:{m:02} o'clock")


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(CLOCKS))
def test_a_time_comes_out_as_the_same_minute(hour: int, minute: int, style: str) -> None:
    (figure,) = figures(f"They met at {style.format(h=hour, m=minute)} in the port.", "en-GB")
    assert figure.corrections[0][0] == f"{hour}:{minute:02}"
    assert figures(f"They met at {figure.corrections[0][0]} in the port.", "en-GB") == []


def test_a_text_with_half_days_keeps_them() -> None:
    (figure,) = figures("The bank opens at 9 a.m.; the concert starts at 20h30.")
    assert figure.corrections[0][0] == "8:30 p.m."


@given(st.text("0123456789.:/- thofMayjune'sThe", max_size=60))
def test_any_dates_are_read_without_an_error(text: str) -> None:
    for figure in figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert all(new != text[figure.start : figure.end] for new, _ in figure.corrections)


def test_every_kind_stands_in_one_family_and_a_check_speaks_of_it() -> None:
    families = language("en").figures.families
    kinds = [kind for family in families.values() for kind in family.kinds]
    assert len(kinds) == len(set(kinds))
    folder = resources.folder("checks")
    checks = [load(path, folder) for path in check_files(folder)]
    said = [kind for check in checks for entry in check.options.get("figures", ()) for kind in entry["kinds"]]
    assert sorted(said) == sorted(kinds)
