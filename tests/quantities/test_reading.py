"""What numbers, dates, times and units come to, in each language that has a table."""

from fractions import Fraction

import pytest

from corrigenda.quantities.folding import folded
from corrigenda.quantities.quantity import Level, Quantity
from corrigenda.quantities.reading import quantities
from corrigenda.quantities.tables import languages, measures, table


def values(text: str, language: str) -> list[float]:
    """What the figures and number words of a text come to."""
    found = [own for own in quantities(text, language) if own.level is not Level.HINT and own.kind == "number"]
    return [float(own.value) for own in found]


def one(text: str, language: str) -> Quantity:
    """The one quantity of a text that is no hint."""
    (found,) = [own for own in quantities(text, language) if own.level is not Level.HINT]
    return found


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Twenty-six people and two hundred and five thousand three hundred", [26, 205300]),
        ("en", "$2.6m, £3bn, 10k, 1,250 and 12.5", [2_600_000, 3_000_000_000, 10_000, 1250, 12.5]),
        ("en", "three and a half million, two-thirds, a dozen", [3_500_000, 2 / 3, 12]),
        ("ru", "двадцать шесть тысяч триста пять, 19,5 тыс., две трети", [26305, 19500, 2 / 3]),
        ("ru", "полтора миллиона, двухдневный, 40-тысячный", [1_500_000, 2, 40_000]),
        ("uk", "п’ятсот сорок два, 82 млн, три чверті", [542, 82_000_000, 0.75]),
        ("pl", "dwadzieścia sześć tysięcy, dwie trzecie, 3,5 mln", [26000, 2 / 3, 3_500_000]),
        ("cs", "pětadvacet, dvě stě padesát, 3,5 milionu", [25, 250, 3_500_000]),
        ("de", "dreihundertfünfundzwanzig, 1.250.000,50, zwei Drittel", [325, 1_250_000.5, 2 / 3]),
        ("fr", "quatre-vingt-dix-neuf, soixante et onze, 1 250 000, dix-sept", [99, 71, 1_250_000, 17]),
        ("es", "treinta y cinco, 2 mil millones, 1,5 millones", [35, 2_000_000_000, 1_500_000]),
        ("it", "ventisei, trecentoquarantadue, 180mila, due terzi", [26, 342, 180_000, 2 / 3]),
        ("pt", "cento e vinte e cinco mil, 3,5 bilhões", [125_000, 3_500_000_000]),
        ("tr", "yirmi beş, iki bin on dokuz, yüzde 5, 2,5 milyon", [25, 2019, 5, 2_500_000]),
        ("ar", "خمسة وعشرون ألفا و ٢٥ مليون", [25_000, 25_000_000]),
        ("hi", "पच्चीस लाख, डेढ़ करोड़, 35 वर्षीय", [2_500_000, 15_000_000, 35]),
        ("zh", "三百二十五万人,3亿5千万元,百分之五十,三分之二,两个人", [3_250_000, 350_000_000, 50, 2 / 3, 2]),
        ("ja", "82万円、１億2,000万円、3分の1、三人", [820_000, 120_000_000, 1 / 3, 3]),
        ("ko", "82만원, 3억5천만원, 1만2000명, 두 명", [820_000, 350_000_000, 12_000, 2]),
    ],
)
def test_numbers_are_read_by_value(language: str, text: str, expected: list[float]) -> None:
    assert sorted(values(text, language)) == pytest.approx(sorted(expected))


@pytest.mark.parametrize(
    ("language", "text", "minutes"),
    [
        ("en", "7:30 p.m.", 1170),
        ("en", "3 a.m.", 180),
        ("fr", "18h42", 1122),
        ("ja", "午前３時", 180),
        ("zh", "下午3点", 900),
        ("ko", "오전 3시", 180),
        ("ar", "الساعة 7 مساءً", 1140),
        ("ru", "19:30", 1170),
    ],
)
def test_times_of_day_are_minutes(language: str, text: str, minutes: int) -> None:
    found = one(text, language)
    assert (found.kind, found.value) == ("time", minutes)


def test_a_time_without_its_half_of_the_day_may_be_in_either() -> None:
    moments = {own.value for own in one("7:30", "en").readings}
    assert moments == {450, 1170}


def test_a_date_in_figures_is_its_parts_and_a_month_in_words_is_the_same_month() -> None:
    day, month, year = quantities("17.01.2024", "de")
    assert (day.value, month.value, year.value) == (17, 1, 2024)
    for language, name in (("en", "January"), ("ru", "января"), ("ja", "1月"), ("tr", "Ocak"), ("ar", "يناير")):
        assert not one(name, language).readings.isdisjoint(month.readings), language


def test_a_year_of_an_era_is_a_year() -> None:
    assert Fraction(2023) in {own.value for own in quantities("令和5年", "ja")[0].readings}


def test_words_that_are_no_numbers_alone_only_account_for_others() -> None:
    for language, word in (("en", "one"), ("fr", "neuf"), ("it", "sei"), ("ru", "второй"), ("de", "beide")):
        found = quantities(word, language)
        assert found and all(own.level is Level.HINT for own in found), language


def test_a_point_with_three_digits_behind_it_means_what_the_language_means() -> None:
    assert one("62.500", "de").value == 62_500
    english = one("62.500", "en")
    assert english.value == Fraction(125, 2) and {own.value for own in english.foreign} == {62_500}


def test_units_have_their_places() -> None:
    text = "The road is 12 kilometres long."
    found = one(text, "en")
    assert found.unit == "km" and text[slice(*found.unit_place)] == "kilometres"
    assert one("5 кв. км", "ru").unit in ("km2", "")
    assert one("$5", "en").unit == "USD"


def test_folding_keeps_the_length() -> None:
    for text in ("２４－０", "İstanbul’da 5", "सितंबर १२", "٣٫٥", "ﬁ½"):
        assert len(folded(text)) == len(text)


def test_hostile_text_is_read_in_little_time() -> None:
    repeated = ("1", "1.", "hundred ", "ein", "万", "1 000 ", "½", "1:")
    for text in (unit * (9_000 // len(unit)) for unit in repeated):
        for language in ("en", "de", "ja", "it"):
            assert len(quantities(text, language)) <= 9_000


@pytest.mark.parametrize("language", sorted(languages()))
def test_each_table_can_be_used(language: str) -> None:
    own = table(language)
    known = measures()
    assert own.raw["months"] and own.raw["weekdays"].keys() == set("1234567")
    for code in own.raw["units"]:
        assert code == "%" or code in known or (len(code) == 3 and code.isupper()), code
    if not own.eastern:
        assert own.raw["months"].keys() == {str(number) for number in range(1, 13)}
        for number in range(3, 10):
            words = " ".join(own.raw[part].get(str(number), "") for part in ("values", "parts"))
            assert words.strip(), (language, number)
