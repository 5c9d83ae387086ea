import gzip

import pytest

from corrigenda import resources
from corrigenda.languages.en import dictionary
from corrigenda.names import gazetteer, given_names, lists
from corrigenda.names.context import NameContext
from corrigenda.names.data import read_row
from corrigenda.names.gazetteer import Places
from corrigenda.names.issue import Certainty
from corrigenda.names.verdict import is_name


@pytest.mark.parametrize(
    ("word", "kind"),
    [("Kyiv", "place"), ("Kiev", "place"), ("Zelenskyy", "person"), ("Torbeevo", "place"), ("Volodymyr", "given")],
)
def test_known_names(word: str, kind: str) -> None:
    verdict = is_name(word)
    assert verdict.is_name and verdict.kind == kind


def test_a_curated_name_comes_with_its_row() -> None:
    verdict = is_name("Kharkov")
    assert verdict.row is not None and verdict.row.canonical == "Kharkiv" and verdict.certainty is Certainty.CERTAIN
    whole = is_name("Kryvyi Rih")
    assert whole.row is not None and whole.row.canonical == "Kryvyi Rih"


@pytest.mark.parametrize("word", ["However", "Minister", "Admiralty", "council", "42", "the"])
def test_words_that_are_no_names(word: str) -> None:
    text = f"{word} opened the meeting of the town."
    assert not is_name(word, NameContext(text), 0).is_name


def test_unknown_capitals_are_names_and_the_text_says_how_sure() -> None:
    text = "Brzhnok spoke. They saw Brzhnok and Drzhnak."
    context = NameContext(text)
    assert is_name("Drzhnak", context, text.index("Drzhnak")).certainty is Certainty.LIKELY
    assert is_name("Drzhnak").certainty is Certainty.POSSIBLE
    assert is_name("brzhnok", context).is_name
    assert not is_name("brzhnax", context).is_name


def test_a_word_that_the_text_also_writes_small_is_no_name() -> None:
    context = NameContext("Blorping is fun. We like blorping.")
    assert not is_name("Blorping", context, 0).is_name


def test_an_english_word_beside_a_name_is_a_name() -> None:
    text = "They met Grace Hopper in a café."
    assert is_name("Grace", NameContext(text), text.index("Grace")).is_name


def test_a_misspelled_name_of_the_text_is_recognised() -> None:
    context = NameContext("Melitopol slept. Melitopol woke. In Melitpol it rained.")
    assert is_name("Melitpol", context).near_miss_of == "Melitopol"
    assert is_name("Melitopol", context).near_miss_of == ""


def test_possessives_and_articles() -> None:
    assert is_name("Kyiv's").is_name
    assert is_name("al-Ghannouchi").is_name


def test_inflections_are_words() -> None:
    for word in ("carries", "carried", "carrying", "ministries", "happiest", "teachers", "boxes"):
        assert dictionary.is_word(word), word
    assert not dictionary.is_word("hostomel")
    assert dictionary.is_proper("Stephen") and not dictionary.is_proper("Hostomel")


def test_the_word_list_is_sorted_and_says_where_it_is_from() -> None:
    data = gzip.decompress(resources.path("corpora", "english_words.txt.gz").read_bytes()).decode("utf-8")
    head, _, names = data.partition("\n\n")
    lines = head.split("\n")
    assert lines[0] == dictionary.HEADER
    assert lines[1:] == sorted(set(lines[1:]))
    listed = names.rstrip("\n").split("\n")
    assert listed == sorted(set(listed)) and all(name[0].isupper() for name in listed)


def test_the_gazetteer_is_sorted_and_small() -> None:
    path = resources.path("corpora", "gazetteer_cyrl.txt.gz")
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").rstrip("\n").split("\n")
    assert lines[0] == gazetteer.HEADER
    assert lines[1:] == sorted(set(lines[1:]))
    assert path.stat().st_size < 200_000


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Mykolaiv", "Nikolaev", Places.SAME),
        ("Torbeevo", "Torbeyevo", Places.SAME),
        ("Chernihiv", "Chernivtsi", Places.DIFFERENT),
        ("Kyiv", "Brzhnok", Places.UNKNOWN),
    ],
)
def test_places(one: str, two: str, expected: Places) -> None:
    assert gazetteer.compare(one, two) is expected


def test_neighbours_are_names() -> None:
    assert lists.is_neighbour("Olena") and lists.is_neighbour("Kravets")
    for word in ("President", "The", "Mr", "In", "Russian", ""):
        assert not lists.is_neighbour(word), word


def test_given_names() -> None:
    assert given_names.are_spellings("Sergei", "Sergey")
    assert not given_names.are_spellings("Sergei", "Serhii") and given_names.are_one_name("Sergei", "Serhii")
    assert given_names.language_of("Uladzimir") == "be"
    assert (given_names.sex("Olena"), given_names.sex("Mykola"), given_names.sex("Zaur")) == ("f", "m", "m")


def test_a_row_without_its_fields_is_refused() -> None:
    with pytest.raises(KeyError):
        read_row({"kind": "place.city"})


def test_a_gazetteer_says_the_same_however_often_it_is_asked() -> None:
    towns = gazetteer.Gazetteer("ABAI ABAJ\nABAKAN\nABAI\n\nMINSK")
    names = ("ABAI", "ABAJ", "ABA", "ABAKAN", "MINSK", "", "KAN")
    first = [towns.towns(name) for name in names]
    assert [len(found) for found in first] == [2, 1, 0, 1, 1, 0, 0]
    for _ in range(50):
        assert [towns.towns(name) for name in names] == first
