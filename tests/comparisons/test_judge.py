"""The judge with the real models: minimal pairs, and what a comparison must and must not depend on."""

import json
import math
from pathlib import Path

import pytest

from corrigenda.engines.judge import wording
from corrigenda.engines.judge.contrasts import contrasts, surroundings
from corrigenda.engines.judge.judge import Judge, Place, fitted, names_changed, probability
from corrigenda.languages import language
from corrigenda.rules.check import parse_example

PAIRS = Path(__file__).resolve().parent.parent / "minimal_pairs.jsonl"


def place(before: str, marked: str, repair: str, after: str, contrast: str = "") -> Place:
    text, ((start, end),) = parse_example(marked)
    at = len(before) + 1
    repair = repair[:1].upper() + repair[1:] if text[start].isupper() else repair
    return Place(f"{before} {text} {after}", at + start, at + end, (repair,), contrast=contrast)


def minimal_pairs() -> list[dict[str, str]]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def consents_of(judge: Judge, contrast_of: dict[str, str]) -> list[tuple[str, float, float]]:
    """Each minimal pair's sentence, and the consent for its wrong and its fine half."""
    rows = minimal_pairs()
    places = []
    for row in rows:
        own = contrast_of.get(f"{_marked(row['wrong'])} -> {row['repair'].lower()}", "")
        places.append(place(row["before"], row["wrong"], row["repair"], row["after"], own))
        places.append(place(row["fine_before"], row["fine"], row["repair"], row["fine_after"], own))
    judged = [judgements[0].consent for judgements in judge.compare(places)]
    return [(row["wrong"], judged[2 * n], judged[2 * n + 1]) for n, row in enumerate(rows)]


def _marked(text: str) -> str:
    return text.partition("⟦")[2].partition("⟧")[0].lower()


@pytest.fixture(scope="module")
def by_examples(judge: Judge) -> list[tuple[str, float, float]]:
    """The pairs judged with the examples of corpora/contrasts.jsonl, among which no pair's sentence is."""
    known = {f"{own.words.lower()} -> {own.repair.lower()}": name for name, own in contrasts().items() if not own.of}
    assert len(known) == 60
    return consents_of(judge, known)


def test_of_sixty_minimal_pairs_fifty_are_right_in_both_halves(by_examples: list[tuple[str, float, float]]) -> None:
    """The wrong half is confirmed and the fine one is not, at the margin of 0."""
    assert len(by_examples) == 60 and len({row["kind"] for row in minimal_pairs()}) == 20
    wrong = [sentence for sentence, wrong, fine in by_examples if not wrong >= 0 > fine]
    assert len(wrong) <= 10, wrong


def test_in_general_too_the_wrong_half_gets_more_consent_than_the_fine_one(judge: Judge) -> None:
    """Without examples: nearly always in the right order, and at one margin for all of them two in three."""
    consents = consents_of(judge, {})
    assert sum(wrong > fine for _, wrong, fine in consents) >= 54
    assert sum(wrong >= 0 > fine for _, wrong, fine in consents) >= 38


def test_no_pair_is_among_the_examples() -> None:
    pairs = {row[half].replace("⟦", "").replace("⟧", "") for row in minimal_pairs() for half in ("wrong", "fine")}
    for own in contrasts().values():
        for example in (*own.wrong, *own.fine):
            assert not any(sentence in example.text for sentence in pairs), example.text
    training = (Path(__file__).resolve().parents[2] / "benchmarks/calibration/pairs.jsonl").read_text(encoding="utf-8")
    assert not any(sentence in training.replace("⟦", "").replace("⟧", "") for sentence in pairs)


def test_a_country_closes_in_and_a_shop_closes(judge: Judge) -> None:
    before = "Soldiers loyal to the occupiers told the residents of the city to flee."
    after = "The front line is ten miles away."
    army = place(before, "They left at once because Ukraine ⟦is closing⟧.", "is closing in", after, "is-closing")
    shop = place(before, "They left at once because the shop ⟦is closing⟧.", "is closing in", after, "is-closing")
    (one,), (other,) = judge.compare([army, shop])
    assert one.consent >= 0 > other.consent


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
    for part in (*(fitted()[part] for part in ("judge", "consent", "contrast")), *fitted()["curves"].values()):
        assert part["fitted_on"] and part["by"].startswith("benchmarks/calibrate.py")
    measured = fitted()["judge"]["cross_validated_by_article"]
    assert measured["preferred"] >= 0.73 and measured["most_decided_fifth"] >= 0.82


def test_wording_is_antisymmetric_and_its_table_sorted() -> None:
    assert wording.preference("carry out", "do") == -wording.preference("do", "carry out")
    assert wording.rarity("plant", "factory") == -wording.rarity("factory", "plant")
    assert list(language().wording.odds) == sorted(language().wording.odds)


def test_names() -> None:
    assert names_changed("in Kiev today", "in Kyiv today")
    assert not names_changed("Factory near Kyiv", "Plant near Kyiv")
    assert probability(0) == 0.5 and probability(1e9) == 1.0


def test_what_stands_around_a_place_is_its_sentence_and_its_neighbours() -> None:
    text = "The first is long past. The second is near. The army is closing, they say. A third follows. A fourth too."
    start = text.index("is closing")
    around = surroundings(text, start, start + len("is closing"))
    assert around.passage == "The second is near. The army is closing, they say. A third follows."
    assert around.rest == "The army , they say."
    assert surroundings("closing", 0, 7).rest == "-"
