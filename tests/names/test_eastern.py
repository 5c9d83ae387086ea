"""Korean, Chinese and Vietnamese names, compared by syllable."""

import pytest

from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty
from corrigenda.names.pairs import NamePair
from corrigenda.names.report import all_pairs


def found(text: str) -> list[NamePair]:
    return [pair for pair in all_pairs(NameContext(text)) if pair.certainty is not Certainty.POSSIBLE]


def forms(text: str) -> list[set[str]]:
    return [{pair.minority.text, pair.majority.text} for pair in found(text)]


@pytest.mark.parametrize(
    ("text", "one", "two"),
    [
        ("Park Chan-ho sang. Pak Chan-ho danced.", "Park", "Pak"),
        ("Moon Sung-min sang. Mun Seong-min danced.", "Moon Sung-min", "Mun Seong-min"),
        ("Roh Tae-il sang. No Tae-il danced.", "Roh", "No"),
        ("Roh Moo-jin sang. No Mu-jin danced.", "Roh Moo-jin", "No Mu-jin"),
        ("Chung Joon-ho sang. Jeong Jun-ho danced.", "Chung Joon-ho", "Jeong Jun-ho"),
        ("Kim Jong-su sang. Kim Chong-su danced.", "Jong-su", "Chong-su"),
        ("Ban Ki-tae sang. Pan Ki Thae danced.", "Ban Ki-tae", "Pan Ki Thae"),
        ("Chan-ho Park sang. Pak Chan-ho danced.", "Park", "Pak"),
        ("Moon Sung-min sang. Later Mun danced.", "Moon", "Mun"),
        ("Tsai Mei-ling sang. Cai Meiling danced.", "Tsai Mei-ling", "Cai Meiling"),
        ("Hsu Ing-kuo sang. Xu Yingguo danced.", "Hsu Ing-kuo", "Xu Yingguo"),
        ("Lee Ching-te sang. Li Qingde danced.", "Lee Ching-te", "Li Qingde"),
        ("Mao Tse-hua sang. Mao Zehua danced.", "Tse-hua", "Zehua"),
        ("Pham Minh Trinh sang. Fam Min Chin danced.", "Pham Minh Trinh", "Fam Min Chin"),
        ("Nguyen Phu Khanh sang. Nguyen Fu Khan danced.", "Phu Khanh", "Fu Khan"),
        ("Trần Văn Đức sang. Tran Van Duc danced.", "Trần", "Tran"),
    ],
)
def test_one_person(text: str, one: str, two: str) -> None:
    assert {one, two} in forms(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong-su sang. Kim Jong-il danced. Kim Jong-nam slept.",
        "Lee Jung-ho sang. Lee Jong-ho danced.",
        "Son Chan-ho sang. Song Chan-ho danced.",
        "Park Chan-ho sang. Park Chan-hee danced.",
        "Park Chan-ho sang. Pak Yong-su danced. Pak slept.",
        "Zhang Wei sang. Zhang Hui danced.",
        "Zhang Weimin sang. Chang Weimin danced.",
        "Tsai Mei-ling sang. Cai Meihua danced.",
        "Nguyen Van Thanh sang. Nguyen Van Than danced.",
        "Tran Minh Duc sang. Tran Minh Ngoc danced.",
        "He lives in Zhejiang. Zhang Wei came.",
        "Lee Harper wrote. Li Wei read. Kim Basinger acted. Jimmy Choo made shoes.",
        "Moon Sung-min sang under the Moon. The moon rose. No Korean came.",
        "Kim Jong-un sang. Kim Jong Un danced.",
    ],
)
def test_two_people(text: str) -> None:
    assert forms(text) == []


def test_the_places_are_those_of_the_name_and_not_of_the_word() -> None:
    text = "No rain fell. Roh Tae-il sang. No Tae-il danced. No dog barked."
    (pair,) = found(text)
    assert {(form.text, form.spans) for form in (pair.minority, pair.majority)} == {
        ("Roh", ((14, 17),)),
        ("No", ((31, 33),)),
    }


def test_a_name_is_reported_once_as_a_whole() -> None:
    text = "Tsai Mei-ling sang. Cai Meiling danced. Tsai Mei-ling slept."
    (pair,) = found(text)
    assert (pair.minority.text, pair.preferred, pair.rule) == ("Cai Meiling", "Tsai Mei-ling", "syllables")
    assert [text[a:b] for a, b in pair.majority.spans] == ["Tsai Mei-ling"] * 2


def test_names_without_end_are_compared_within_bounds() -> None:
    text = " ".join(f"Zhang {a}{b} sang." for a in ("Wei", "Hui", "Min", "Bo") * 9 for b in ("ming", "hua", "an") * 9)
    assert found(text + " Zhang " + "wei" * 500 + " Zhang-" + "-wei" * 500) == []
