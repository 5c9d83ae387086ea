from itertools import product

import pytest

from corrigenda.names import endings
from corrigenda.names.context import NameContext
from corrigenda.names.endings import case_endings, is_case_of
from corrigenda.names.report import all_pairs


def cases(text: str) -> dict[str, str]:
    return {issue.form: issue.suggestion for issue in case_endings(NameContext(text))}


@pytest.mark.parametrize(
    ("inflected", "base"),
    [
        ("Belgoroda", "Belgorod"),
        ("Dzyube", "Dzyuba"),
        ("Torbeyev", "Torbeevo"),
        ("Vesny", "Vesna"),
        ("Yermaka", "Ermak"),
        ("Mintsifrom", "Mintsifr"),
        ("Zelenskogo", "Zelensky"),
        ("Wodzickiego", "Wodzicki"),
        ("Wodzickim", "Wodzicki"),
        ("Sedláčka", "Sedláček"),
        ("Horobtsa", "Horobets"),
        ("Brzozowskou", "Brzozowska"),
        ("Tsikhanouskoy", "Tsikhanouskaya"),
        ("Torbeyevoy", "Torbeyeva"),
        ("Dmytriyem", "Dmytrii"),
        ("Nowakiem", "Nowak"),
    ],
)
def test_cases_of_a_base(inflected: str, base: str) -> None:
    assert is_case_of(inflected, base)
    assert not is_case_of(base, base)


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("Slobozhansky", "Slobozhansk"),
        ("Kharkov", "Kharkiv"),
        ("Odesa", "Kyiv"),
        ("Rim", "Rima"),
        ("Horobko", "Horobets"),
        ("Nowakowski", "Nowak"),
        ("Petrenko", "Petrov"),
    ],
)
def test_what_is_no_case(word: str, base: str) -> None:
    assert not is_case_of(word, base)


def test_a_known_place_with_an_ending() -> None:
    assert cases("The shells fell in Melitopolom at dawn.") == {"Melitopolom": "Melitopol"}
    assert cases("They drove from Belgoroda to the coast.") == {"Belgoroda": "Belgorod"}


def test_a_base_that_stands_in_the_text() -> None:
    text = "The forward Budkivrash laughed. A song about Budkivrashom pleased Budkivrash."
    assert cases(text) == {"Budkivrashom": "Budkivrash"}


def test_a_name_of_the_dictionary_is_a_base_after_one_given_name_only() -> None:
    assert cases("Luc Tanner came. They saw Luc Tannerem at noon.") == {"Tannerem": "Tanner"}
    assert cases("Luc Tanner came. They saw Tannerem at noon.") == {}


def test_a_case_is_no_pair_of_spellings_too() -> None:
    text = "Sirens in Belgoroda; Belgorod slept. Belgorod woke."
    assert cases(text) == {"Belgoroda": "Belgorod"}
    assert all_pairs(NameContext(text)) == []


def test_a_word_has_one_right_form() -> None:
    (issue,) = case_endings(NameContext("They fear Omikrot. With Omikrotom it is worse. The omikrot is mild."))
    assert (issue.form, issue.canonical) == ("Omikrotom", "Omikrot")


def test_a_known_place_is_named_and_another_name_is_not() -> None:
    def canonical(text: str) -> list[str]:
        return [issue.canonical for issue in case_endings(NameContext(text))]

    assert canonical("Sirens in Belgoroda; Belgorod slept. Belgorod woke.") == ["Belgorod"]
    assert canonical("The forward Budkivrash laughed. A song about Budkivrashom pleased Budkivrash.") == [""]


def test_an_ending_without_a_preposition_or_a_base_is_left_alone() -> None:
    assert cases("Belgoroda is the name of a boat.") == {}


@pytest.mark.parametrize(
    "text",
    [
        "Bernard sold the farm to Bernardi.",  # the dictionary has Bernard
        "In Tokyo the Tokyu shops opened.",  # not Slavic
        "Mezenov danced and Mezenova sang.",  # a man and a woman
        "Oleh Sabadash left; Iryna Sabadasha stayed.",  # two given names
        "In Kyiv and Kharkiv it rained.",
        "The prize went to Makarova. A letter from Belyakova came.",  # women, not towns
        "She gave the keys to Nikolaeva.",
        "Cheng Li spoke. Chenghe slept.",  # a syllable has no case
        "Scorers: Budkivrash, Budkivrasha, Bondar.",  # one enumeration
    ],
)
def test_what_has_no_case_ending(text: str) -> None:
    assert cases(text) == {}


def test_a_pair_of_spellings_is_not_said_twice() -> None:
    assert cases("In Hostomel it rained. In Hostomil it snowed.") == {}


def test_names_without_end_are_not_all_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """15,000 words that sound alike would be 200 million pairs: the work ends, and the report says so."""
    forms = ["Kar" + "".join(letters) for letters in product("bdgkmnprst", "aeio", "bdgkmnprst", "aeo")]
    context = NameContext(" ".join(f"{form} spoke." for form in forms))
    compared: list[str] = []
    monkeypatch.setattr(endings, "is_case_of", lambda inflected, base: compared.append(base))
    case_endings(context)
    assert len(forms) ** 2 > 2 * endings.MOST_COMPARED >= len(compared) > 1_000
    (limit,) = (limit for limit in context.limits if "case endings" in limit)
    assert f"{endings.MOST_COMPARED:,}" in limit
