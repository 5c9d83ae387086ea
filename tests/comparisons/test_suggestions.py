"""What another program suggests, in the order that the comparison gives it."""

from collections.abc import Sequence

import pytest

from corrigenda.documents.formats.text import parse
from corrigenda.engines.judge.judge import Judge, Judgement, Place
from corrigenda.engines.judge.models import Comparisons, Models
from corrigenda.pipeline.confirm import MOST_RANKED, MOST_SUGGESTIONS, ordered


@pytest.fixture(scope="module")
def comparisons(judge: Judge) -> Comparisons:
    return Comparisons(Models({}, {}))


def place(text: str, words: str, *suggestions: str) -> tuple[int, int, tuple[str, ...]]:
    start = text.index(words)
    return start, start + len(words), suggestions


def test_the_right_one_comes_first_where_it_is_clearly_better(comparisons: Comparisons) -> None:
    text = "Somebody must of left the gate open, because the sheep were on the road at dawn.\n"
    (order,) = ordered(parse(text, "a.txt"), [place(text, "must of", "most of", "must have")], comparisons)
    assert order == ["must have", "most of"]


def test_elsewhere_the_order_is_the_programs_own(comparisons: Comparisons) -> None:
    text = "They will recieve the keys of the flat on Friday, the agency said.\n"
    (order,) = ordered(parse(text, "a.txt"), [place(text, "recieve", "receive", "relieve", "retrieve")], comparisons)
    assert order == ["receive", "relieve", "retrieve"]


def test_names_are_left_to_the_program(comparisons: Comparisons) -> None:
    text = "The mayor of Odesa met the mayor Odesa on Friday.\n"
    suggestions = place(text, "mayor Odesa", "mayor Odessa", "mayor of Odesa")
    assert ordered(parse(text, "a.txt"), [suggestions], comparisons) == [["mayor Odessa", "mayor of Odesa"]]


def test_without_a_language_model_nothing_is_ordered() -> None:
    text = "Somebody must of left the gate open.\n"
    without = Comparisons(Models({"language-model": "off"}, {}))
    assert ordered(parse(text, "a.txt"), [place(text, "must of", "most of", "must have")], without) == [
        ["most of", "must have"]
    ]


class Counted(Comparisons):
    """Comparisons that take note of what they are asked, and fail."""

    asked: Sequence[Place] = ()

    def can_judge(self) -> bool:
        return True

    def judge(self, places: Sequence[Place]) -> list[list[Judgement]] | None:
        self.asked = places
        return None


def test_what_is_ranked_is_bounded_and_the_rest_keeps_its_order() -> None:
    text = "They recieve it. " * (MOST_RANKED + 5)
    starts = [at for at in range(len(text)) if text.startswith("recieve", at)]
    suggestions = [f"receive{'d' * number}" for number in range(MOST_SUGGESTIONS + 3)]
    counted = Counted(Models({}, {}))
    result = ordered(parse(text, "a.txt"), [(at, at + 7, suggestions) for at in starts], counted)
    assert [len(place.repairs) for place in counted.asked] == [MOST_SUGGESTIONS] * MOST_RANKED
    assert result == [suggestions] * len(starts)
