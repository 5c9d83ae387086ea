"""The words of other languages that are looked for, and the letters by which others are known."""

import unicodedata

import pytest

from corrigenda import resources
from corrigenda.detectors.foreign_words import strangeness
from corrigenda.languages import language

KNOWN = frozenset("ar cs de es fr it ja ko pl pt ru tr uk zh".split())


def rows(name: str) -> list[str]:
    """The lines of a file of corpora/ that are no comments."""
    lines = resources.path("corpora", *name.split("/")).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_the_words_are_sorted_and_each_has_a_language_and_a_meaning() -> None:
    words = [line.split("\t") for line in rows("foreign_words.tsv")]
    assert [row[0] for row in words] == sorted(row[0] for row in words)
    assert len({row[0].casefold() for row in words}) == len(words)
    for word, languages, meaning in words:
        assert word == unicodedata.normalize("NFC", word.strip()) and meaning == meaning.strip() and meaning
        assert set(languages.split(",")) <= KNOWN, word


def test_no_word_of_the_list_is_an_english_one_in_small_letters() -> None:
    own = language("en")
    words = (line.split("\t")[0] for line in rows("foreign_words.tsv"))
    assert not [word for word in words if word.islower() and " " not in word and own.is_word(word)]


def test_the_loan_words_are_sorted_and_the_dictionary_lacks_no_small_letter() -> None:
    words = rows("lists/loan-words.txt")
    assert words == sorted(set(words))
    assert all(word == word.lower() for word in words)


def test_the_letters_are_sorted_trigrams_with_whole_numbers() -> None:
    grams = [line.split("\t") for line in rows("foreign_letters.tsv")]
    assert [gram for gram, _ in grams] == sorted({gram for gram, _ in grams})
    assert all(len(gram) == 3 and -99 <= int(odds) <= 99 for gram, odds in grams)


@pytest.mark.parametrize("word", ["vyshyvanka", "ayuntamiento", "zastupitelstvo", "käsikirjoittamassa", "büyükşehir"])
def test_words_of_other_languages_are_strange(word: str) -> None:
    assert strangeness(word) > 0.35


@pytest.mark.parametrize(
    "word", ["cybersecurity", "fundraiser", "podcasters", "lockdowns", "healthcare", "crowdfunding"]
)
def test_new_english_words_are_not(word: str) -> None:
    assert strangeness(word) < 0
