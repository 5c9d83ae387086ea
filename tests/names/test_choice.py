"""Which of two spellings is recommended, and why: context decides between two languages' forms, and where nothing
decides none is.
"""

from pathlib import Path

import pytest

from corrigenda.names.choice import Basis
from corrigenda.names.context import NameContext
from corrigenda.names.pairs import NamePair
from corrigenda.names.report import all_pairs, one_form_each
from corrigenda.names.systems import ukrainian_of
from tests.conftest import Corrigenda


def pair_of(text: str, **style: str) -> NamePair:
    context = NameContext(text, style={name.replace("_", " "): form for name, form in style.items()})
    (pair,) = one_form_each(all_pairs(context))
    return pair


CONTEXT = [
    # The surname: of a person of the list, or by its ending.
    ("Nikolai Hrytsenko sang. Mykola Hrytsenko danced.", "Mykola", "Ukrainian surname"),
    ("Elena Shevchuk sang. Olena Shevchuk danced.", "Olena", "Ukrainian surname"),
    # Places and countries.
    ("Oleksandr Sokol won in Voronezh. Aleksandr Sokol slept.", "Aleksandr", "Voronezh"),
    ("The Russian painter Mykola Sokol came. Nikolai Sokol left.", "Nikolai", "Russian"),
    ("Evgeny Sokol is from Poltava. Yevhen Sokol smiled.", "Yevhen", "Poltava"),
    ("Kiev slept. In Kiev it rained. Kyiv and Kharkiv were wet.", "Kyiv", "other places"),
    ("Kyiv slept. In Kiev it rained, and in Lvov and Kharkov too.", "Kiev", "other places"),
    ("Grigorenko sings in Poltava. Hryhorenko slept.", "Hryhorenko", "Ukrainian surname"),
    # Other people's given names.
    (
        "Aleksandr Sokol won. Oleksandr Sokol slept. Mykola Bondar and Olha Rudyk waited.",
        "Oleksandr",
        "the text also has",
    ),
    (
        "Aleksandr Sokol won. Oleksandr Sokol slept. Nikolai and Yevgeny Bondar waited.",
        "Aleksandr",
        "the text also has",
    ),
]


@pytest.mark.parametrize(("text", "wanted", "why"), CONTEXT)
def test_context_chooses_the_form(text: str, wanted: str, why: str) -> None:
    pair = pair_of(text)
    assert (pair.preferred, pair.basis, pair.majority.text) == (wanted, "context", wanted)
    assert why in pair.why


PERSONS = [
    ("Volodymyr Zelensky came to Kharkiv. Vladimir Zelensky thanked them.", "Volodymyr"),
    ("Vladimir Zelensky left. Volodymyr Zelensky stayed.", "Volodymyr"),
    ("Alyaksandr Lukashenko left. Alexander Lukashenko stayed.", "Alexander"),
    ("Vladimir Klitschko boxed. Wladimir Klitschko won.", "Wladimir"),
    ("Mariya Zakharova said so. Maria Zakharova laughed.", "Maria"),
    ("Alexei Navalny died. Oleksii Navalny was 47.", "Alexei"),
    ("Kirill Budanov spoke. Kyrylo Budanov was silent.", "Kyrylo"),
]


@pytest.mark.parametrize(("text", "wanted"), PERSONS)
def test_a_known_person_keeps_the_form_that_english_uses(text: str, wanted: str) -> None:
    pair = pair_of(text)
    assert (pair.preferred, pair.basis) == (wanted, "known person")
    assert "in English" in pair.why


def test_one_languages_usual_form_is_chosen_by_context() -> None:
    pair = pair_of("Irina Sokol sang in Poltava. Iryna Sokol danced in Kharkiv.")
    assert (pair.preferred, pair.basis) == ("Iryna", "context")


NOTHING = [
    "Oleksandr Sokol won. Aleksandr Sokol slept.",
    "Aleksandr Sokol won. Oleksandr Sokol slept.",
    "Mykola Sokol came. Nikolai Sokol left.",
    "Olena Sokol came. Elena Sokol left, and Elena Sokol slept.",
    "Dmitry Sokol wrote from Minsk. Dmytro Sokol slept.",
    "Nikolai Sokol went from Ukraine to Russia. Mykola Sokol came back.",
    "Zelenskiy left. Zelensky stayed.",
    "Zelensky left. Zelenskyy stayed.",
    "Sergei Krasin came. Sergey Krasin left.",
    "Hrynko came. Grinko left.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_without_context_none_is_recommended(text: str) -> None:
    pair = pair_of(text)
    assert (pair.preferred, pair.basis) == ("", "nothing")
    assert "nothing in the text says" in pair.why


@pytest.mark.parametrize(
    ("text", "wanted", "basis"),
    [
        ("Kyiv slept. Kiev woke. In Kyiv it rained.", "Kyiv", "majority"),
        ("Zelensky left. Zelenskiy stayed. Zelenskiy slept.", "Zelenskiy", "majority"),
        ("Muammar Gaddafi left. Qaddafi slept.", "Gaddafi", "known form"),
        ("Mykola Sokol came. " + "Nikolai Sokol left. " * 3, "Nikolai", "majority"),
        ("Kyiv slept. Kiev woke.", "Kyiv", "context"),
        ("General Syrsky spoke. Then Syrskyi left.", "Syrskyi", "known form"),
        ("Roman Abramovich sold it in Kyiv. Roman Abramovych left.", "Abramovich", "known form"),
    ],
)
def test_what_else_decides(text: str, wanted: str, basis: Basis) -> None:
    pair = pair_of(text)
    assert (pair.preferred, pair.basis) == (wanted, basis)


def test_the_house_style_decides_before_the_context() -> None:
    text = "Volodymyr Zelensky came to Kharkiv. Vladimir Zelensky thanked them."
    pair = pair_of(text, Volodymyr_Zelenskyy="Vladimir Zelensky")
    assert (pair.preferred, pair.basis) == ("Vladimir", "house style")


def test_only_the_places_of_the_person_are_marked() -> None:
    text = "Vladimir Putin spoke. Volodymyr Zelensky replied. Vladimir Zelensky left, and Vladimir Putin slept."
    pair = pair_of(text)
    assert [text[start : start + 17] for start, _ in pair.minority.spans] == ["Vladimir Zelensky"]


def test_only_the_places_of_the_town_are_marked() -> None:
    text = "Odessa Young sang. In Odessa it rained, in Odesa it snowed. Odesa slept."
    pair = pair_of(text)
    assert [text[start - 3 : end] for start, end in pair.minority.spans] == ["In Odessa"]
    text = "They ate chicken Kiev. In Kiev it rained. In Kyiv it snowed, and Kyiv slept."
    assert [start for start, _ in pair_of(text).minority.spans] == [text.index("Kiev it")]


def test_three_spellings_that_nothing_decides_are_each_marked_once() -> None:
    text = "Zabrovsky left. Zabrovskiy stayed. Zabrovskyi slept."
    pairs = one_form_each(all_pairs(NameContext(text)))
    assert {(pair.minority.text, pair.majority.text, pair.preferred) for pair in pairs} == {
        ("Zabrovskiy", "Zabrovsky", ""),
        ("Zabrovskyi", "Zabrovsky", ""),
    }


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Hryhorenko", "Grigorenko", "Hryhorenko"),
        ("Klimenko", "Klymenko", "Klymenko"),
        ("Kharkov", "Kharkiv", "Kharkiv"),
        ("Alekseyenko", "Olekseyenko", "Olekseyenko"),
        ("Kovalev", "Kovalyov", ""),
        ("Hrinko", "Grynko", ""),
    ],
)
def test_the_ukrainian_one_of_two_spellings(first: str, second: str, expected: str) -> None:
    assert ukrainian_of(first, second) == expected
    assert ukrainian_of(second, first) == expected


def test_what_nothing_decides_has_no_correction_and_says_so(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Oleksandr Sokol won. Aleksandr Sokol slept.\n", encoding="utf-8")
    outcome = corrigenda("check", "a.md", "--config", "none", "--format", "json", "--fail-on", "never")
    (finding,) = (finding for finding in outcome.findings if finding["check"] == "names/mixed-spelling")
    assert finding["corrections"] == [] and "nothing in the text says" in finding["message"]
    assert set(finding["variants"]) == {"Oleksandr", "Aleksandr"}
    assert "recommended by" not in finding["evidence"]


def test_what_decides_is_said_in_words(corrigenda: Corrigenda, tmp_path: Path) -> None:
    text = "Kyiv slept. In Kyiv it rained. Kiev woke, and Kyiv ate. Kyiv is old.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    outcome = corrigenda("check", "a.md", "--config", "none", "--fail-on", "never")
    assert "Spelled Kyiv four times (line 1), Kiev once (line 1)." in outcome.out
    assert "The text writes Kyiv more often." in outcome.out
