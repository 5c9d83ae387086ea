"""Arabic names in two romanisations."""

import pytest

from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty
from corrigenda.names.report import all_pairs


def forms(text: str) -> list[set[str]]:
    pairs = all_pairs(NameContext(text))
    return [{pair.minority.text, pair.majority.text} for pair in pairs if pair.certainty is not Certainty.POSSIBLE]


@pytest.mark.parametrize(
    ("text", "one", "two"),
    [
        ("Mohammed Barzan sang. Muhammad Barzan danced.", "Mohammed", "Muhammad"),
        ("Mohamed Ali Barzan sang. Mohammad Ali Barzan danced.", "Mohamed", "Mohammad"),
        ("Gamal Barzan sang. Jamal Barzan danced.", "Gamal", "Jamal"),
        ("Yusuf Barzan sang. Youssef Barzan danced.", "Yusuf", "Youssef"),
        ("Zeinab Barzan sang. Zaynab Barzan danced.", "Zeinab", "Zaynab"),
        ("Tarek Barzan sang. Tariq Barzan danced.", "Tarek", "Tariq"),
        ("Sheikh Barzan sang. Shaykh Barzan danced.", "Sheikh", "Shaykh"),
        ("The old Sheik sang. The Sheikh danced.", "Sheik", "Sheikh"),
        ("Ayatollah Barzan sang. Ayatullah Barzan danced.", "Ayatollah", "Ayatullah"),
        ("Abd al-Rahman Barzan sang. Abdulrahman Barzan danced.", "Abd al-Rahman", "Abdulrahman"),
        ("Abd al-Rahman sang. Abderrahmane danced.", "Abd al-Rahman", "Abderrahmane"),
        ("Abdel Aziz Barzan sang. Abdulaziz danced.", "Abdel Aziz", "Abdulaziz"),
        ("Abdul-Karim Barzan sang. Abd el-Krim Barzan danced.", "Abdul-Karim", "Abd el-Krim"),
        ("Mohammed Abdel-Salam sang. Muhammad Abdussalam danced.", "Abdel-Salam", "Abdussalam"),
    ],
)
def test_one_name(text: str, one: str, two: str) -> None:
    assert {one, two} in forms(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mohammed Barzan and Muhammad Hariri met in Doha. Mohamed bin Talal was absent.",
        "Hassan Barzan met Hussein Barzan. Mahmoud Barzan and Ahmed Barzan came.",
        "Jamal Barzan met Kamal Barzan. Omar Barzan and Osama Barzan came.",
        "Nasser Barzan met Yasser Barzan. Said Barzan and Saad Barzan came.",
        "Ahmed Barzan sang. Ahmad Hariri danced.",
        "Sheikh Barzan sang. Shaykh Hariri danced.",
        "Abd al-Rahman Barzan sang. Abdulrahman Hariri danced.",
        "Abd al-Rahman sang. Abd al-Karim danced. Abdulaziz slept. Abdullah woke.",
        "Omar Abdulaziz sang. Hatem Abdel-Aziz danced.",
        "Abdel Fattah Barzan sang. Abdul Fattah Hariri danced.",
        "Abdul Rahman sang. Abdulrahman slept.",
        "Sharm el-Sheikh lies by the sea. A Sheikh came. Abdul came too.",
    ],
)
def test_two_people(text: str) -> None:
    assert forms(text) == []


def test_two_people_s_titles_are_possible_only() -> None:
    (pair,) = all_pairs(NameContext("Sheikh Barzan sang. Shaykh Hariri danced."))
    assert pair.certainty is Certainty.POSSIBLE


def test_the_places_are_those_of_the_whole_name() -> None:
    text = "Abd al-Rahman Barzan sang. Abdulrahman Barzan danced. Abd al-Rahman slept."
    (pair,) = all_pairs(NameContext(text))
    assert [text[a:b] for a, b in pair.majority.spans] == ["Abd al-Rahman"] * 2
    assert (pair.minority.text, pair.preferred, pair.basis) == ("Abdulrahman", "Abd al-Rahman", "majority")
