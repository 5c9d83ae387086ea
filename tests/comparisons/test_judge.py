"""The judge with the real models: minimal pairs, and what a comparison must and must not depend on."""

import json
import math
from pathlib import Path

import pytest

from corrigenda.check import parse_example
from corrigenda.comparing import wording
from corrigenda.comparing.judge import Judge, Place, fitted, names_changed, probability

PAIRS = Path(__file__).resolve().parent.parent / "minimal_pairs.jsonl"


def place(before: str, marked: str, repair: str, after: str) -> Place:
    text, ((start, end),) = parse_example(marked)
    at = len(before) + 1
    repair = repair[:1].upper() + repair[1:] if text[start].isupper() else repair
    return Place(f"{before} {text} {after}", at + start, at + end, (repair,))


@pytest.fixture(scope="module")
def consents(judge: Judge) -> list[tuple[str, float, float]]:
    """Each minimal pair's sentence, and the consent for its wrong and its fine half."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    places = [
        one
        for row in rows
        for one in (
            place(row["before"], row["wrong"], row["repair"], row["after"]),
            place(row["fine_before"], row["fine"], row["repair"], row["fine_after"]),
        )
    ]
    judged = [judgements[0].consent for judgements in judge.compare(places)]
    return [(row["wrong"], judged[2 * n], judged[2 * n + 1]) for n, row in enumerate(rows)]


def test_the_wrong_half_of_a_minimal_pair_gets_more_consent_than_the_fine_one(
    consents: list[tuple[str, float, float]],
) -> None:
    assert len(consents) == 60
    failed = [sentence for sentence, wrong, fine in consents if wrong <= fine]
    assert len(failed) <= 5, failed


def test_at_one_margin_for_all_most_pairs_are_right_in_both_halves(consents: list[tuple[str, float, float]]) -> None:
    """The aim was 50 of 60; docs/comparisons.md tells how far one margin for twenty kinds goes."""
    right = [sentence for sentence, wrong, fine in consents if wrong >= 0 > fine]
    assert len(right) >= 42
    assert sum((wrong >= 0) + (fine < 0) for _, wrong, fine in consents) >= 100


def test_a_country_closes_in_and_a_shop_closes(judge: Judge) -> None:
    before = "Soldiers loyal to the occupiers told the residents of the city to flee."
    after = "The front line is ten miles away."
    army = place(before, "They left at once because Ukraine ⟦is closing⟧.", "is closing in", after)
    shop = place(before, "They left at once because the shop ⟦is closing⟧.", "is closing in", after)
    (one,), (other,) = judge.compare([army, shop])
    # A rule that names both verbs asks for less than the general margin: what it nominates is wrong more often.
    assert one.consent >= -1.5 > other.consent
    assert one.consent > other.consent + 2


def test_the_score_changes_its_sign_when_the_two_wordings_change_places(judge: Judge) -> None:
    text = "Police detained ten people with placards at the {} on the square."
    start = text.index("{")
    there = Place(text.format("action"), start, start + 6, ("protest",))
    back = Place(text.format("protest"), start, start + 7, ("action",))
    (one,), (two,) = judge.compare([there, back])
    assert one.preference > 0
    assert math.isclose(one.preference, -two.preference, abs_tol=1e-3)


def test_a_judgement_does_not_depend_on_what_is_asked_with_it(judge: Judge) -> None:
    text = "The turbines of the factory stand below the dam. Police broke up the action on the square."
    first = Place(text, text.index("factory"), text.index("factory") + 7, ("plant", "mill"))
    second = Place(text, text.index("action"), text.index("action") + 6, ("protest",))
    together = judge.compare([first, second])
    assert [judge.compare([first])[0], judge.compare([second])[0]] == together
    assert judge.compare([second, first]) == together[::-1]


def test_empty_and_odd_places_are_judged_without_a_crash(judge: Judge) -> None:
    judged = judge.compare(
        [Place("a", 0, 1, ("", "b")), Place("\ud800 x", 2, 3, ("y",)), Place("x" * 5000, 0, 5000, ("z",))]
    )
    assert all(math.isfinite(one.consent) for judgements in judged for one in judgements)


def test_weights_are_kept_with_what_they_were_fitted_on() -> None:
    for part in ("judge", "consent"):
        assert fitted()[part]["fitted_on"] and fitted()[part]["by"].startswith("benchmarks/calibrate.py")
    measured = fitted()["judge"]["cross_validated_by_article"]
    assert measured["preferred"] >= 0.73 and measured["most_decided_fifth"] >= 0.82


def test_wording_is_antisymmetric_and_its_table_sorted() -> None:
    assert wording.preference("carry out", "do") == -wording.preference("do", "carry out")
    assert wording.rarity("plant", "factory") == -wording.rarity("factory", "plant")
    assert list(wording.table()) == sorted(wording.table())


def test_names() -> None:
    assert names_changed("in Kiev today", "in Kyiv today")
    assert not names_changed("Factory near Kyiv", "Plant near Kyiv")
    assert probability(0) == 0.5 and probability(1e9) == 1.0
