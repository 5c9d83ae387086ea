"""Cues of source languages: the lists can be read, an expression finds what it should, and negations are balanced."""

import time
import tomllib

import pytest

from corrigenda import resources
from corrigenda.alignment.bitext import Stretch
from corrigenda.cues.balance import counted, leaning, surplus
from corrigenda.cues.lists import LONGEST, Cues, cues
from corrigenda.cues.sides import Side

LANGUAGES = "ar cs de es fr hi it ja ko pl pt ru tr uk zh".split()
FILES = sorted(resources.path("corpora", "sources").glob("*/*.toml"))


def own_files() -> list[str]:
    """The lists that are read by this package."""
    return [
        f"{path.parent.name}/{path.stem}"
        for path in FILES
        if path.parent.name in ("gender", "modality", "negation", "question")
    ]


@pytest.mark.parametrize("name", own_files())
def test_a_list_has_each_expression_once_and_nothing_idle(name: str) -> None:
    kind, language = name.split("/")
    read = tomllib.loads(resources.path("corpora", "sources", kind, f"{language}.toml").read_text(encoding="utf-8"))
    groups = {key: value for key, value in read.items() if key not in ("words", "prefixes")}
    for group, expressions in groups.items():
        assert len(set(expressions)) == len(expressions), f"{group}: {sorted(expressions)}"
        assert all(text == text.strip() and text.strip("*. …") for text in expressions), group
    every = [text for expressions in groups.values() for text in expressions]
    twice = set() if name == "question/en" or kind == "opposite" else {text for text in every if every.count(text) > 1}
    assert not twice, f"in two groups: {twice}"
    assert cues(kind, language) is not None


@pytest.mark.parametrize("language", [*LANGUAGES, "en"])
def test_negations_of_each_language_are_there(language: str) -> None:
    found = cues("negation", language)
    assert found is not None
    assert {"clear", "mild", "none"} <= set(found.groups)


@pytest.mark.parametrize("language", ["", "xx", "../en", "EN", "sv"])
def test_a_language_without_a_list_has_no_cues(language: str) -> None:
    assert cues("negation", language) is None


def test_expressions() -> None:
    own = Cues({"a": ["un*", "not", "not only", "ne ... pas"], "b": ["under*"]})
    text = "Not only unkind but under it, notable; ne le dit jamais pas"
    assert [(cue.group, text[cue.start : cue.end]) for cue in own.find(text)] == [
        ("a", "Not only"),
        ("a", "unkind"),
        ("b", "under"),
        ("a", "ne le dit jamais pas"),
    ]
    assert own.find("ne a b c d e pas") == []  # farther than four words
    assert [cue.start for cue in Cues({"a": ["n't"]}).find("isn’t n’t")] == [6]


def test_expressions_without_spaces_stand_anywhere_and_marks_are_part_of_a_word() -> None:
    assert [cue.start for cue in Cues({"a": ["不", "只…不"]}, words=False).find("他只是说不要不")] == [1, 6]
    assert Cues({"a": ["न"]}).find("ना नि न") == Cues({"a": ["न"]}).find("xx xx न")
    assert [cue.start for cue in Cues({"a": ["لم"]}, prefixes=["و"]).find("ولم كلم لم")] == [0, 8]


def test_a_hostile_text_takes_no_time() -> None:
    began = time.perf_counter()
    for language in LANGUAGES:
        own = cues("negation", language)
        assert own is not None
        for text in ("a" * 500_000, "ne " * 100_000, "не только " * 50_000, "\u0301" * 100_000, "不" * 100_000):
            assert all(cue.end <= LONGEST for cue in own.find(text))
    assert time.perf_counter() - began < 20


def surplus_of(target: str, source: str, language: str) -> list[str]:
    """What the translation denies beyond its source."""
    own, other = cues("negation", "en"), cues("negation", language)
    assert own is not None
    assert other is not None
    here, there = counted(target, own), counted(source, other)
    return [target[cue.start : cue.end] for cue in surplus(here, there)]


def test_the_negation_that_is_farthest_from_those_of_the_source_is_left() -> None:
    source = "Nikdo neví, kde bydlí, a pes šel za ním až k řece a potom zase domů."
    target = "Nobody knows where he lives, and the dog did not follow him to the river and then home again."
    assert surplus_of(target, source, "cs") == []  # "nikdo neví" may be two negations
    assert surplus_of(target, "Neví, kde bydlí, a pes šel za ním až k řece a potom zase domů.", "cs") == ["not"]


def test_a_lost_negation_is_looked_for_at_the_word_that_would_bear_it() -> None:
    own, other = cues("negation", "en"), cues("negation", "ru")
    assert own is not None
    assert other is not None
    text = "The shop is open, and the owner was at home."
    there, here = counted("Лавка открыта, а хозяина дома не было.", other), counted(text, own)
    (cue,) = surplus(there, here)
    carrier = leaning(cue, there, here)
    assert carrier is not None
    assert (carrier.start, text[carrier.start : carrier.end]) == (text.index("was"), "was")


def test_a_place_is_in_the_sentence_in_which_it_begins() -> None:
    first, second = Stretch(0, 0, 5, "One. "), Stretch(1, 10, 14, "Two.")
    side = Side((first, second))
    assert side.place(0, 3) == (first, 0, 3)
    assert side.place(6, 9) == (second, 0, 3)
    assert side.place(2, 9) == (first, 2, 5)
