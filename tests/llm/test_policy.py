"""What is fitted must at least be sane: whoever is surer counts more, and so does a text full of mistakes."""

import itertools

import pytest

from corrigenda.engines.llm import kinds
from corrigenda.engines.llm.policy import bars, density, probability

pytestmark = pytest.mark.shipped_bars


def test_the_bars_are_in_order() -> None:
    assert 0 < bars().suggestion < bars().warning < 1
    assert {f"kind {name}" for name in kinds.NAMES} < bars().weights.keys()


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_who_is_surer_counts_more(kind: str) -> None:
    for low, high in itertools.pairwise((10, 50, 80, 95)):
        assert probability(kind, low, 0.9, 4.0) < probability(kind, high, 0.9, 4.0)
        assert probability(kind, 90, low / 100, 4.0) < probability(kind, 90, high / 100, 4.0)
    assert probability(kind, 90, None, 4.0) == probability(kind, 90, 0.5, 4.0)


def test_one_place_in_good_copy_is_no_warning_and_one_of_many_is() -> None:
    text = "The council met on Monday and built a bridge. " * 60
    few, many = density(1, text), density(40, text)
    assert few < many
    assert probability("grammar", 90, 0.9, few) < bars().warning <= probability("grammar", 95, 0.97, many)


def test_density_is_of_words() -> None:
    assert density(0, "") == density(0, "a word") == 0.0
    assert density(5, "word " * 1000) == pytest.approx(density(10, "word " * 2100), abs=0.02)
