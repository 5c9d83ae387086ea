"""The words of other languages that are looked for, and the letters by which others are known."""

import unicodedata

import pytest

from corrigenda import Settings, check, resources
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


CALQUES = "The meeting took place on the territory of the school. According to his words, the roof will be mended.\n\n"


def said(text: str) -> list[str]:
    """What is marked in a text as words of another language."""
    off = dict.fromkeys(("spacy", "embeddings", "language-model", "grammar"), "off")
    checks = ("artefacts/foreign-word", "artefacts/foreign-demonym", "artefacts/place-calque", "artefacts/news-formula")
    found = check(text, configuration=Settings(disabled=("all",), enabled=checks, engines=off))
    return [finding.quote for finding in found if finding.check.startswith("artefacts/foreign")]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("The wall fell with a “gashan” sound, the owner said.", ["“gashan” sound"]),
        ('She woke to a "zudon" noise.', ['"zudon" noise']),
        ("It closed with a “whoosh” sound, and the child cannot say the “th” sound or a “Kyoto” sound.", []),
        ("The akimat shut the przedszkole in the mahalla.", ["akimat", "przedszkole", "mahalla"]),
        ("Many Castelvecchini who left as children came back.", ["Castelvecchini"]),
        ("Many Lamborghini cars, some Bernini statues and all Parisians are here.", []),
    ],
)
def test_words_of_a_text_that_was_translated(text: str, quotes: list[str]) -> None:
    assert said(CALQUES + text) == quotes


def test_what_native_writers_write_too_needs_a_text_that_was_translated() -> None:
    assert said("The wall fell with a “gashan” sound. Many Castelvecchini who left came back.") == []
