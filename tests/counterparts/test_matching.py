"""The names of a sentence beside those of its source."""

import tomllib

import pytest

from corrigenda import resources
from corrigenda.counterparts.gaps import gap
from corrigenda.counterparts.matching import compare, read
from corrigenda.counterparts.places import places_of
from corrigenda.counterparts.writing import writing_of

LANGUAGES = "ar cs de es fr hi it ja ko pl pt ru tr uk zh".split()


@pytest.mark.parametrize("kind", ["exonyms", "letters", "peoples"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_source_language_has_its_data(kind: str, language: str) -> None:
    path = resources.path("corpora", "sources", kind, f"{language}.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert data
    if kind != "letters":
        assert list(data) == sorted(data)
        assert all(isinstance(form, str) and form.strip() == form for forms in data.values() for form in forms)


def test_a_language_without_data_is_taken_for_one_in_latin_letters() -> None:
    assert writing_of("sv").in_latin
    assert writing_of("../uk").in_latin
    assert not places_of("sv").said("Det regnar i Sverige.")


@pytest.mark.parametrize(
    ("language", "word", "latin"),
    [
        ("uk", "Гуцул", "hutsul"),
        ("ru", "Щукин", "shchukin"),
        ("ko", "서울", "seoul"),
        ("ja", "パリ", "pari"),
        ("ja", "フィンランド", "finrando"),
        ("zh", "北京", "beijing"),
        ("ar", "باريس", "barys"),
        ("hi", "पटना", "ptna"),
        ("de", "Köln", "Köln"),
    ],
)
def test_names_come_into_latin_letters(language: str, word: str, latin: str) -> None:
    assert writing_of(language).latin(word) == latin


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("uk", "Мер Житомира Остап Ковальчук поїхав до Польщі.", "Ostap Kovalchuk, mayor of Zhytomyr, went to Poland."),
        ("ru", "Художника Щукина видели в Шотландии.", "The painter Shchukin was seen in Scotland."),
        ("pl", "Burmistrz Krakowa rozmawiał z Janem Nowakiem.", "The mayor of Kraków talked to Jan Nowak."),
        ("cs", "Merkelová přijela do Prahy.", "Merkel came to Prague."),
        ("de", "US-Botschafter trafen in Wien ein.", "US ambassadors arrived in Vienna."),
        ("fr", "L'Autriche et l'Italie jouent à Genève.", "Austria and Italy play in Geneva."),
        ("zh", "习近平和迈克尔在莫斯科。", "Xi Jinping and Michael are in Moscow."),
        ("ja", "オランダのマイケルがパリに着いた。", "Michael of the Netherlands arrived in Paris."),
        ("ko", "서울에서 프랑스 팀이 이겼다.", "In Seoul the French team won."),
        ("ar", "زار الوفد باريس وموسكو.", "The delegation visited Paris and Moscow."),
        ("tr", "Almanya'da Ahmet Yılmaz kazandı.", "Ahmet Yılmaz won in Germany."),
    ],
)
def test_a_true_translation_lacks_and_adds_no_name(language: str, source: str, target: str) -> None:
    names = compare(target, read(source, language))
    assert not names.added
    assert not names.lost


@pytest.mark.parametrize(
    ("language", "source", "target", "added", "lost"),
    [
        ("uk", "Потяг до Польщі стоїть.", "The train to Spain is waiting.", ["Spain"], ["Польщі"]),
        ("fr", "Le train de Genève attend.", "The train from Vienna is waiting.", ["Vienna"], ["Genève"]),
        ("zh", "他在莫斯科。", "He is in Vilnius.", ["Vilnius"], ["莫斯科"]),
        ("de", "Er traf Lohmann.", "He met Veguilla.", ["Veguilla"], []),
        ("hi", "दिल्ली में बारिश हुई।", "It rained in Kathmandu.", ["Kathmandu"], []),
    ],
)
def test_a_changed_name_is_left_over_on_both_sides(
    language: str, source: str, target: str, added: list[str], lost: list[str]
) -> None:
    names = compare(target, read(source, language))
    assert [word.text for word in names.added] == added
    assert [name.text for name in names.lost] == lost


def test_kanji_are_not_read() -> None:
    names = compare("A resident of Hita spoke.", read("日田市の住民が語った。", "ja"))
    assert not names.added


def test_the_place_of_a_lost_name_is_where_the_grammar_breaks_off() -> None:
    source = read("Паром до Швеції запізнився.", "uk")
    target = "The ferry to was late."
    names = compare(target, source)
    place = gap(target, names.lost[0], source, names)
    assert (target[place.start : place.end], place.broken) == ("to", True)


def test_a_long_line_is_read_in_time() -> None:
    names = compare("Norwich " * 5000, read("Норвич " * 5000, "ru"))
    assert len(names.found) <= 400
