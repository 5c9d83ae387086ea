"""Which of the speller's suggestions comes first, where no language model orders them."""

import pytest

from corrigenda.engines.grammar.filter.spelling import unlikelihood


@pytest.mark.parametrize(
    ("word", "suggestions"),
    [
        ("wich", ["which", "with", "rich", "wish", "Rich"]),
        ("teh", ["the", "tech", "ten"]),
        ("becuase", ["because", "becalms"]),
        ("seperate", ["separate", "desperate"]),
        ("beleive", ["believe", "relieve"]),
        ("untill", ["until", "untilled"]),
        ("occured", ["occurred", "obscured"]),
        ("goverment", ["government", "garment"]),
        ("thier", ["their", "tier"]),
        ("adress", ["address", "dress"]),
    ],
)
def test_the_likeliest_word_comes_first(word: str, suggestions: list[str]) -> None:
    assert min(reversed(suggestions), key=lambda other: unlikelihood(word, other)) == suggestions[0]
