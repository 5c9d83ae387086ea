import pytest

from corrigenda.names.context import NameContext
from corrigenda.names.curated import given_name_forms, house_style, mixed_romanisation, outdated, system_of
from corrigenda.names.data import curated
from corrigenda.names.issue import Certainty


def said(issues: list[object]) -> list[tuple[str, str]]:
    return [(issue.form, issue.suggestion) for issue in issues]  # type: ignore[attr-defined]


def test_without_a_style_nothing_is_said() -> None:
    assert house_style(NameContext("The Dnieper, Kiev and Odessa.")) == []


def test_the_style_is_held_against_every_form() -> None:
    context = NameContext("Across the Dnieper. The Dnieper froze.", style={"Dnieper": "Dnipro"})
    (issue,) = house_style(context)
    assert issue.suggestion == "Dnipro" and len(issue.spans) == 2 and issue.canonical == "Dnieper"
    assert house_style(NameContext("In Kyiv.", style={"Kyiv": "Kyiv"})) == []


def test_of_a_person_as_much_as_was_written() -> None:
    style = {"Volodymyr Zelenskyy": "Volodymyr Zelensky"}
    context = NameContext("Zelenskyy spoke. KYIV listened.", style=style)
    assert said(list(house_style(context))) == [("Zelenskyy", "Zelensky")]


def test_the_last_word_of_a_name_with_the_surname_first_is_no_surname() -> None:
    style = {"Moon Jae-in": "Moon Jae-in", "Kim Jong Un": "Kim Jong-un"}
    context = NameContext("In Seoul the UN met. Kim Jong Un left.", style=style)
    assert said(list(house_style(context))) == [("Kim Jong Un", "Kim Jong-un")]


def test_a_form_that_two_names_share_is_left_alone() -> None:
    assert house_style(NameContext("In Dnipro it rained.", style={"Dnieper": "Dnieper"})) == []


def test_former_names() -> None:
    (issue,) = outdated(NameContext("The trade office moved to Bombay last week."))
    assert issue.suggestion == "Mumbai" and issue.certainty is Certainty.POSSIBLE and "1995" in issue.reason


@pytest.mark.parametrize(
    "text",
    [
        "The Bombay Stock Exchange closed higher.",  # keep_in
        "He was born in Mumbai, then Bombay.",  # the text explains it
        "In 1950 the ship left Bombay for Aden.",  # the year is before the change
        "Mumbai is large.",
    ],
)
def test_former_names_that_belong(text: str) -> None:
    assert outdated(NameContext(text)) == []


def test_two_languages_systems_in_one_text() -> None:
    (issue,) = mixed_romanisation(NameContext("From Mykolaiv and Luhansk to Zaporozhye."))
    assert (issue.form, issue.suggestion) == ("Zaporozhye", "Zaporizhzhia")
    assert issue.other == "Mykolaiv" and issue.other_spans == ((5, 13),)


@pytest.mark.parametrize(
    "text",
    [
        "From Mykolaiv and Luhansk to Zaporizhzhia.",
        "From Nikolaev and Lugansk to Zaporozhye.",
        "From Kharkiv along the Dnieper to Kherson and Chernobyl.",  # forms that do not tell
        "From Kharkiv and Luhansk to Minsk and Brest.",  # each country's own
        "Kharkiv, also Kharkov.",  # one name in two spellings is another check's
    ],
)
def test_texts_of_one_system(text: str) -> None:
    assert mixed_romanisation(NameContext(text)) == []


def test_a_form_that_is_also_a_surname_needs_context() -> None:
    assert not mixed_romanisation(NameContext("In Kharkiv and Luhansk the coach, said Nikolaev, slept."))
    (issue,) = mixed_romanisation(NameContext("From Kharkiv and Luhansk they went to Nikolaev."))
    assert (issue.form, issue.suggestion) == ("Nikolaev", "Mykolaiv")


@pytest.mark.parametrize(
    ("canonical", "form", "system"),
    [
        ("Kyiv", "Kyiv", "uk"),
        ("Kyiv", "Kiev", "ru"),
        ("Chernobyl", "Chernobyl", ""),
        ("Chernobyl", "Chornobyl", "uk"),
        ("Dnieper", "Dnieper", ""),
        ("Kherson", "Kherson", ""),
        ("Luhansk", "Lugansk", "ru"),
        ("Lviv", "Lwów", ""),
    ],
)
def test_what_a_form_tells(canonical: str, form: str, system: str) -> None:
    (row,) = [row for row in curated().rows if row.canonical == canonical]
    assert system_of(row, form) == system


def test_a_third_languages_given_name() -> None:
    (issue,) = given_name_forms(NameContext("The local leader Uladzimir Saldo said so."))
    assert (issue.form, issue.suggestion) == ("Uladzimir Saldo", "Volodymyr Saldo")


def test_a_belarusian_given_name_in_a_text_without_belarus() -> None:
    (issue,) = given_name_forms(NameContext("The welder Uladzimir Chornenko came from Poltava."))
    assert issue.form == "Uladzimir" and issue.spans == ((11, 20),) and "Volodymyr" in issue.other


@pytest.mark.parametrize(
    "text",
    [
        "Vladimir Saldo and Vladimir Putin met.",
        "In Minsk the minister Uladzimir Makei spoke.",
        "The Belarusian runner Uladzimir Krot won.",
        "Volodymyr Zelenskyy spoke.",
        "Yan Bingwen flew from Moscow to Wuhan.",
        "In Lisbon the painter Uladzimir Krot won.",
    ],
)
def test_given_names_that_belong(text: str) -> None:
    assert given_name_forms(NameContext(text)) == []


def test_a_person_is_given_no_towns_spelling() -> None:
    style = {"Odesa": "Odesa", "Lviv": "Lviv"}
    for text in ("Odessa Young sang.", "Coach Lvov spoke.", "The painter Anna Lvov left."):
        assert not house_style(NameContext(text, style=style))
    text = "Odessa Young sang. In Odessa it rained."
    (issue,) = house_style(NameContext(text, style=style))
    assert issue.spans == ((text.rindex("Odessa"), text.rindex("Odessa") + 6),)
