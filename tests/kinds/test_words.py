"""Words that the speller does not know: where they are a misspelling, and where they are somebody's own."""

import pytest

from corrigenda.documents.formats import markdown
from corrigenda.engines.grammar.filter.place import Place, Surroundings
from corrigenda.engines.grammar.filter.unknown_words import UnknownWords


def judged(text: str, word: str, suggestions: tuple[str, ...]) -> str | None:
    """Return the condition of a word of a text, None where nothing is said of it."""
    document = markdown.parse(text, "a.md")
    start = document.text.index(word)
    index = document.block_at(start)
    assert index is not None
    place = Place(Surroundings(document), document.blocks[index], start, start + len(word))
    verdict = UnknownWords(None).judge(place, "", suggestions)
    return None if verdict is None else verdict.condition


MISSPELT = "Accomodation was dear. They found accomodation at last."


def test_a_capital_at_the_start_of_a_sentence_hides_no_misspelling() -> None:
    assert judged(MISSPELT, "Accomodation", ("Accommodation",)) == "near"
    assert judged(MISSPELT, "accomodation", ("accommodation",)) == "near"
    assert judged("# The Accomodation\n\nThey found accomodation.", "accomodation", ("accommodation",)) == "near"


def test_a_capital_inside_a_sentence_makes_a_name() -> None:
    text = "The firm Accomodation sold it. They asked accomodation for it."
    assert judged(text, "accomodation", ("accommodation",)) is None


@pytest.mark.parametrize(
    ("text", "word", "condition"),
    [
        ("They drank the uzvaryk at noon.", "uzvaryk", "far"),
        ("He said, “Bring me the uzvaryk at noon.”", "uzvaryk", None),
        ("Ye cannae drink the uzvaryk, ye ken.", "uzvaryk", None),
        (
            "O bring to me the uzvaryk,\nAnd bring it soon to me,\nFor I have sailed the winter through\n",
            "uzvaryk",
            None,
        ),
        ("Use the `lamp` with the `shade`.\n\nThe uzvaryk is lit.", "uzvaryk", None),
        ("Start `uzvaryk` first. Then the uzvaryk runs.", "uzvaryk", None),
        ("He wrote “Der Kapitän wusste nicht, wo die uzvaryk war” on it.", "uzvaryk", None),
        ("She studied at the École hôtelière of Lyon.", "hôtelière", None),
        ("The naïve façade was new.", "façade", None),
    ],
)
def test_words_in_quotations_verse_dialect_and_code_are_left_alone(text: str, word: str, condition: str | None) -> None:
    assert judged(text, word, ()) == condition
