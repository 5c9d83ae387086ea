"""The registry of languages, what English says, and what a language that says nothing gives."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda import languages
from corrigenda.documents.registry import read_bytes
from corrigenda.engines.grammar.session import Grammar
from corrigenda.engines.grammar.settings import Settings
from corrigenda.engines.judge.models import EMBEDDINGS, Models
from corrigenda.engines.models import store
from corrigenda.engines.spacy import Spacy
from corrigenda.expressions import compiled
from corrigenda.languages.base import Language
from corrigenda.pipeline.index import load


def test_codes_and_tags_name_one_language() -> None:
    english = languages.language()
    assert english.code == "en" and english.name == "English"
    assert all(languages.language(tag) is english for tag in ("en", "en-GB", "EN-us", "auto", ""))
    assert languages.tags()[0] == "en" and "en-GB" in languages.tags()


def test_a_language_that_nobody_added_is_an_error_and_can_be_had_without_words() -> None:
    with pytest.raises(languages.UnknownLanguage, match="'xx'; there are: en"):
        languages.language("xx-YY")
    unknown = languages.any_language("xx-YY")
    assert unknown.code == "xx"
    assert unknown.forms("word") == ("word",) and not unknown.is_word("word") and not unknown.claims.denials


def test_importing_a_language_reads_no_list_and_no_heavy_library() -> None:
    code = (
        "import sys\n"
        "from corrigenda.languages import language\n"
        "language('en-GB').claims, language().captions, language().grammar\n"
        "from corrigenda.languages.en import dialects, dictionary, frequencies\n"
        "heavy = {'spacy', 'numpy', 'pandas', 'yaml', 'gzip', 're2', 'importlib.metadata'}\n"
        "read = [frequencies.frequencies, dictionary._lists, dialects.pairs]\n"
        "print(sorted(heavy & set(sys.modules)), [function.cache_info().currsize for function in read])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] [0, 0, 0]"


def test_the_models_of_english_are_in_the_catalogue() -> None:
    english = languages.language("en")
    assert english.embedding_model == store.SHIPPED_EMBEDDINGS
    assert english.language_model == store.DEFAULT_LANGUAGE_MODEL


def test_frequencies_fall_with_length_where_a_word_is_not_listed() -> None:
    frequency = languages.language("en").frequency
    assert frequency("the") > frequency("minister") > frequency("qqqq") > frequency("qqqqqqqq") > 0


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The colour of the theatre.", "en-GB"),
        ("The color of the theater.", "en-US"),
        ("They organised a programme for travellers.", "en-GB"),
        ("They organized a program for travelers.", "en-US"),
        ("They organized a program.", "en-ZA"),
        ("The color of the centre.", "en-ZA"),
        ("", "en-ZA"),
    ],
)
def test_spelling_tells_the_standard(text: str, tag: str) -> None:
    assert languages.language("en").dialects.variant(text, "en-ZA") == tag


def test_one_list_serves_the_check_and_the_standard() -> None:
    tables = languages.language("en").dialects.tables()
    assert tables["gb"]["colours"] == "colors" and tables["us"]["colors"] == "colours"
    # What means something else in the other standard, or stands in names, only tells the standard.
    assert not {"programme", "theatre", "tyre"} & tables["gb"].keys()
    assert not {"program", "theater", "tire", "check"} & tables["us"].keys()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Один. Два! Три?", ["Один.", "Два!", "Три?"]),
        ("  Він сказав: «Так.» Вона пішла.  ", ["Він сказав: «Так.»", "Вона пішла."]),
        ("Див. с. п'ять. Далі.", ["Див. с. п'ять.", "Далі."]),
        ("一。二。", ["一。", "二。"]),
        ("", []),
        (" ", []),
    ],
)
def test_a_language_without_rules_ends_sentences_at_their_marks(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in Language("uk").sentences(text)] == parts


@given(st.text())
def test_default_sentences_hold_all_but_white_space(text: str) -> None:
    spans = Language("xx").sentences(text)
    assert spans == sorted(spans) and all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("дім на горі", [(0, 3)]),
        ("дім, домівка", [(0, 3)]),
        ("під дім", [(4, 7)]),
        ("дімок", []),
        ("ведім", []),
        ("2дім", []),
    ],
)
def test_whole_words_of_letters_outside_ascii(text: str, found: list[tuple[int, int]]) -> None:
    language = Language("uk")
    expression = compiled(language.bounded("дім", "д", "м"))
    assert [m.span() for m in expression.finditer(text) if language.is_whole(text, *m.span())] == found


def test_whole_words_of_ascii_are_found_by_the_expression_alone() -> None:
    expression = languages.language("en").bounded("cat", "c", "t")
    assert expression == r"\bcat\b"
    assert [m.span() for m in compiled(expression).finditer("cat, concat, cats; cat")] == [(0, 3), (19, 22)]
    # A letter that RE2 takes for no letter stands beside it: a part of a word.
    assert not languages.language("en").is_whole("catégorie", 0, 3)


def test_languagetool_is_not_asked_about_texts_in_other_languages() -> None:
    rules = [rule for rule in load().rules if rule.check.detector == "grammar"]
    document = read_bytes("Це речення українською.".encode(), "a.txt", "text")
    nowhere = Settings(url="http://127.0.0.1:9", use_cache=False)
    with Grammar(nowhere, rules) as engine:
        outcome = engine.check([replace(document, language="uk")])
        assert outcome.sent == 0 and engine.status().status == "not needed"


def test_a_language_without_models_says_so() -> None:
    models = Models({}, {"language": "xx"})
    assert not models.there(EMBEDDINGS) and "has no model of its own" in models.status(EMBEDDINGS, False, 1).reason
    named = Models({}, {"language": "xx", "embedding-model": store.SHIPPED_EMBEDDINGS})
    assert named.there(EMBEDDINGS)


def test_checks_for_any_language_are_few_and_name_no_words() -> None:
    spoken = {check.id: check.language for check in load().checks.values()}
    assert {name for name, language in spoken.items() if language == languages.ANY} == {
        "cleanup/broken-markup",
        "cleanup/double-space",
        "cleanup/entity",
        "cleanup/ligature",
        "cleanup/zero-width",
    }
    assert set(spoken.values()) == {languages.ANY, "en"}


def test_a_language_without_a_pipeline_says_so() -> None:
    tagger = Spacy(language="xx")
    assert tagger.identity() == "absent" and not tagger.available()
    assert "xx has no spaCy pipeline of its own" in tagger.status().reason
    assert Spacy().pipeline == Spacy(language="en-GB").pipeline == languages.language().spacy_pipeline
