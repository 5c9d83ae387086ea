"""Sentences of a translation stand beside those of the source that they translate, or beside none."""

import pytest

from corrigenda.alignment.align import bitext_of
from corrigenda.alignment.bitext import SURE, Bitext
from corrigenda.alignment.segmentation import sentences
from corrigenda.alignment.signs import consonants, signs
from corrigenda.pipeline.examples import read_pair

UKRAINIAN = """Нова лікарня в Лозовій

Мер міста Олена Гаврилюк сказала, що будівництво триватиме 18 місяців. На це виділили 46 млн гривень. Тендер виграла \
фірма «Будсервіс».

Стару будівлю 1957 року закрили ще навесні. Пацієнтів возять до Барвінкового, за 60 км.

«Ми чекали цього десять років», — каже лікарка Тетяна Соломко.
"""
ENGLISH = """A new hospital in Lozova

Mayor Olena Havryliuk said that construction would take 18 months. For this, 46 million hryvnias have been allocated. \
The tender was won by the firm Budservis.

The old building of 1957 was closed back in the spring. Patients are taken to Barvinkove, 60 km away.

“We have been waiting for this for ten years,” says the doctor Tetiana Solomko.
"""


def aligned(target: str, source: str, language: str = "uk") -> Bitext:
    """Return two texts beside each other."""
    bitext = bitext_of(read_pair(target, "a.txt", "en", source, language), language)
    assert bitext is not None
    return bitext


def beginnings(bitext: Bitext) -> list[tuple[str, str]]:
    """Return how the sides of each pair that is sure begin."""
    return [(pair.target_text[:12], pair.source_text[:12]) for pair in bitext.pairs if pair.confidence >= SURE]


def test_sentences_stand_beside_each_other() -> None:
    found = beginnings(aligned(ENGLISH, UKRAINIAN))
    assert len(found) == 7
    assert ("For this, 46", "На це виділи") in found
    assert ("“We have bee", "«Ми чекали ц") in found


def test_what_was_left_out_and_what_was_added_stands_alone() -> None:
    lost = ENGLISH.replace("The old building of 1957 was closed back in the spring. ", "")
    assert "Стару будівлю 1957 року закрили ще навесні." in [
        pair.source_text for pair in aligned(lost, UKRAINIAN).pairs if not pair.target
    ]
    shorter = UKRAINIAN.replace("Пацієнтів возять до Барвінкового, за 60 км.", "")
    assert ("Patients are", "") in beginnings(aligned(ENGLISH, shorter))


def test_sentences_that_were_joined_or_divided_stand_beside_both() -> None:
    joined = ENGLISH.replace("months. For this, 46", "months, and for this 46")
    pair = next(pair for pair in aligned(joined, UKRAINIAN).sure() if "46" in pair.source_text)
    assert len(pair.source) == 2 and len(pair.target) == 1
    pair = next(pair for pair in aligned(UKRAINIAN, joined, "en").sure() if "46" in pair.source_text)
    assert len(pair.source) == 1 and len(pair.target) == 2


def test_paragraphs_that_changed_places_are_found_again() -> None:
    parts = ENGLISH.split("\n\n")
    parts[1], parts[2] = parts[2], parts[1]
    found = beginnings(aligned("\n\n".join(parts), UKRAINIAN))
    assert ("Patients are", "Пацієнтів во") in found
    assert ("For this, 46", "На це виділи") in found


def test_a_text_beside_another_has_few_pairs_that_are_sure() -> None:
    other = "Ринок мав добрий рік.\n\nОбласна рада зібралася знову. Вона не мала нічого сказати."
    assert len(aligned(ENGLISH, other).sure()) <= 1


def test_nothing_beside_something_and_nothing_beside_nothing() -> None:
    assert aligned("", "\n").pairs == ()
    assert [pair.source for pair in aligned("One line.", "\n").pairs] == [()]
    assert [pair.target for pair in aligned("", "Один рядок.").pairs] == [()]


def test_long_texts_are_bounded() -> None:
    target = "\n\n".join(f"Line {n} of them, no more." for n in range(3000))
    source = "\n\n".join(f"Рядок {n} з них, не більше." for n in range(3000))
    bitext = aligned(target, source)
    assert len(bitext.sure()) == 3000
    assert aligned(target, "Рядок.").pairs == ()


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("de", "Am 3. April kam Dr. Haas z. B. nicht. Das war 1997. Er fehlte.", 3),
        ("ru", "В 2021 г. завод дал 3 тыс. тонн. А. П. Крюков ушёл. Что дальше?", 3),
        ("uk", "«Ми тут!» — сказав він. Потім пішов.", 2),
        ("ja", "「もう限界だ。」と話した。雨が降る。", 2),
        ("zh", "他来了。天黑了！谁知道？", 3),
        ("ar", "وصل الوفد أمس. متى يعود؟ لا أحد يعلم.", 3),
        ("ko", '"끝났다."라고 말했다. 비가 온다.', 2),
        ("", "One. Two.", 2),
        ("xx", "One. Two.", 2),
    ],
)
def test_sources_are_cut_into_sentences(language: str, text: str, count: int) -> None:
    spans = sentences(text, language)
    assert len(spans) == count
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")


def test_names_sound_alike_across_scripts() -> None:
    for first, second in (
        ("Вознесенськ", "Voznesensk"),
        ("Ιωάννινα", "Ioannina"),
        ("سليمان", "Suleiman"),
        ("トヨタ", "Toyota"),
        ("Łódź", "Lodz"),
        ("Хмельницький", "Khmelnytskyi"),
    ):
        assert consonants(first)[:4] == consonants(second)[:4], (first, second)
    assert consonants("東京") == ""


def test_figures_are_signs_in_any_digits() -> None:
    assert signs("1.250.000 und 3,5")["#1250000"] == 1
    assert signs("٢٠٢٤") == signs("2024")
    assert signs("18:30").keys() == {"#18", "#30"}
