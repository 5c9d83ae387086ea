"""What looks like one name in two spellings and is two: two people, a person and a town, a father's name, two items of
one list, a syllable and a longer name. Beside each stand look-alikes that are one name and have to be found.
"""

import pytest

from corrigenda.names import rosters, syllables
from corrigenda.names.bearers import Role, is_of_father, patronymic
from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty
from corrigenda.names.pairs import NamePair
from corrigenda.names.report import all_pairs


def pairs(text: str) -> list[NamePair]:
    return all_pairs(NameContext(text))


def found(text: str) -> set[frozenset[str]]:
    """The pairs of a text that are more than a suggestion."""
    return {
        frozenset((pair.minority.text, pair.majority.text))
        for pair in pairs(text)
        if pair.certainty is not Certainty.POSSIBLE
    }


TWO_PEOPLE = [
    "The dancer Julia Stiles thanked Yulia Bondar.",
    "Sergey Brin spoke first. Sergei Eisenstein filmed it.",
    "Natalie Wood wrote to Natalia Shulha. Victoria Wood wrote to Viktoria Hrynko.",
    "Aleksey Tolstoy wrote it. Alexei Leonov read it in orbit.",
    "Sofia Coppola filmed Sophia Loren.",
    "Mohammed Salah played. Muhammad Ali boxed.",
    "Elena Ferrante wrote it. Jelena Janković won.",
    "Catherine the Great ruled. Kateryna Bilokur painted.",
    "Prince Yaroslav the Wise ruled. Jaroslav Hašek wrote.",
    "Queen Elena of Italy died. Olena Pchilka wrote.",
    "Grand Prince Volodymyr baptised Kyiv. Vladimir Lenin fell in 1924.",
    "Saint Olga ruled. Olha Kobylianska wrote.",
    "Abdullah Gül met Abdallah II.",
    "Abdullah Gül met King Abdallah of Jordan.",
    "Chiang Mai is hot; Qiang people live in China.",
    "Yuri Gagarin flew. Yuriy Andrukhovych wrote, and Iurii Rudnytskyi taught.",
]
ONE_PERSON = [
    ("Julia Bondarchuk sang. Later Yulia Bondarchuk danced.", "Julia", "Yulia"),
    ("Sergei Krasin spoke. Sergey Krasin left.", "Sergei", "Sergey"),
    ("Sergei Pavlovich Krasin spoke. Sergey Krasin left.", "Sergei", "Sergey"),
    ("Prince Volodymyr came. Prince Vladimir left.", "Volodymyr", "Vladimir"),
    ("Jens Askelund spoke. Yens Askelund left.", "Jens", "Yens"),
    ("Emmanuel Macron called. Emmanuel Makron left.", "Macron", "Makron"),
    ("The poet Sergey Krasin was born here. Sergei Pavlovich wrote at night.", "Sergei", "Sergey"),
]


@pytest.mark.parametrize("text", TWO_PEOPLE)
def test_one_given_name_before_two_settled_surnames_is_two_people(text: str) -> None:
    assert not pairs(text)


@pytest.mark.parametrize(("text", "one", "two"), ONE_PERSON)
def test_a_given_name_of_one_person_is_found(text: str, one: str, two: str) -> None:
    assert frozenset((one, two)) in found(text)


PATRONYMICS = [
    "Ivan Petrov writes. His neighbour Ivan Petrovich Shulha bakes.",
    "Anna Ivanova sang. Anna Ivanovna Shulha danced.",
    "Boris Pavlov came. Boris Pavlovych Hrynko left, and Boris Pavlovich slept.",
    "Olha Stepanova came. Olha Stepanivna Hrynko left.",
    "Oleh Andriyovych came with Olena Andriyivna.",
]


@pytest.mark.parametrize("text", PATRONYMICS)
def test_a_patronymic_is_no_spelling_of_a_surname(text: str) -> None:
    assert all(len({patronymic(name) for name in pair}) == 1 for pair in found(text))


def test_one_patronymic_in_two_romanisations_is_found() -> None:
    assert frozenset(("Petrovich", "Petrovych")) in found("Ivan Petrovich came. Ivan Petrovych left.")
    assert frozenset(("Petrović", "Petrovic")) in found("Milos Petrović scored. Petrovic was booked.")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *((word, "m") for word in ("Petrovich", "Andriyovych", "Mykolayovych", "Sergeevich", "Petrovicha", "Jovović")),
        *((word, "f") for word in ("Petrovna", "Mykolaivna", "Sergeevna", "Ilyinichna", "Petrovny")),
        *((word, "") for word in ("Petrov", "Petrova", "Kovalchuk", "Munich", "Zurich", "Anna", "Vrubel", "Rivne")),
    ],
)
def test_patronymics(word: str, kind: str) -> None:
    assert patronymic(word) == kind


@pytest.mark.parametrize("word", ["Petrovich", "Mykolayovych", "Sergeevich", "Pavlovna", "Mykolaivna", "Ilyinichna"])
def test_a_father_is_known(word: str) -> None:
    assert is_of_father(word)


@pytest.mark.parametrize("word", ["Andrukhovych", "Shushkevich", "Rudnytskyi", "Munich", "Milinkevich"])
def test_a_surname_that_ends_as_patronymics_do_has_no_father(word: str) -> None:
    assert not is_of_father(word)


def test_a_gloss_ends_with_its_sentence() -> None:
    assert not pairs("He was born in Isfahan (Pers. Esfahan), and Isfahan, formerly Esfahan, is old.")
    assert pairs("He wrote to Halyna Savchenko, as she is called. Galyna Savchenko wrote back.")


RELATIVES = [
    "Zabrodin's wife Anna Zabrodina came.",
    "The baker Zabrodin slept. His daughter Olha Zabrodina danced.",
    "Zabrodin and his sister, Olha Zabrodina, danced.",
]


@pytest.mark.parametrize("text", RELATIVES)
def test_a_relative_is_another_person(text: str) -> None:
    assert not found(text)


PERSONS = [
    "The cosmonaut Andriyan Nikolayev was buried far from Mykolaiv.",
    "Odessa Young, who acts, has never seen Odesa.",
    "Sophia Loren flew to Sofia in Bulgaria.",
    "The singer Anna Lvov lives in Lviv.",
    "Mr Lvov spoke. He had left Lviv.",
    "Coach Nikolayev said so in Mykolaiv.",
    "President Lvov came to Lviv. Lvov slept.",
    "A. Kharkov, a painter, moved to Kharkiv.",
    "The Lvov family moved to Lviv.",
    "Mr. Lvov, a banker, flew to Lviv.",
    "Dr. Nikolayev works in Mykolaiv. Prof. Kharkov lives in Kharkiv.",
    "“Lvov,” he said, “is my name.” He was born in Lviv.",
    "Kharkov, who paints, was born in Kharkiv.",
    "Kharkov's widow was born in Kharkiv.",
    "The striker Rovno? The striker Nikolayev scored in Mykolaiv.",
    "Viktor Kharkov went to Kharkiv. Kharkov liked it.",
    "Nikolaev scored twice. The team trains in Mykolaiv.",
]
TOWNS = [
    ("They fought near Nikolayev. Mykolaiv burned.", "Nikolayev", "Mykolaiv"),
    ("Kharkov, which burned, is quiet. Kharkiv slept.", "Kharkov", "Kharkiv"),
    ("Kharkov's mayor spoke. Kharkiv slept.", "Kharkov", "Kharkiv"),
    ("Trains from Lvov were late. In Lviv it rained.", "Lvov", "Lviv"),
    ("The Odesa Opera sang. The port of Odessa slept.", "Odesa", "Odessa"),
    ("Metalist Kharkiv won. Near Kharkov it rained.", "Kharkiv", "Kharkov"),
    ("The Kharkiv mayor Ihor Terekhov spoke in Kharkov.", "Kharkiv", "Kharkov"),
    ("Kyiv said no. Kiev said yes.", "Kyiv", "Kiev"),
]


@pytest.mark.parametrize("text", PERSONS)
def test_a_person_is_no_town(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(("text", "one", "two"), TOWNS)
def test_a_town_is_found_beside_other_names(text: str, one: str, two: str) -> None:
    assert frozenset((one, two)) in found(text)


@pytest.mark.parametrize(
    ("text", "form", "role"),
    [
        ("Anna Lvov sang.", "Lvov", Role.SURNAME),
        ("Mr Lvov sang.", "Lvov", Role.SURNAME),
        ("the pilot Lvov sang.", "Lvov", Role.SURNAME),
        ("Then Nikolayev replied.", "Nikolayev", Role.SURNAME),
        ("Odessa Young sang.", "Odessa", Role.GIVEN),
        ("In Odessa Mayor Truth sang.", "Odessa", Role.UNKNOWN),
        ("The Odessa region sang.", "Odessa", Role.UNKNOWN),
        ("Saint Odessa sang.", "Odessa", Role.UNKNOWN),
        ("FC Kharkiv slept.", "Kharkiv", Role.UNKNOWN),
        ("Kiev said so.", "Kiev", Role.UNKNOWN),
    ],
)
def test_what_the_words_beside_a_name_say(text: str, form: str, role: Role) -> None:
    context = NameContext(text)
    assert context.role(form, context.occurrences(form)[0]) is role


ROSTERS = [
    "The squad: Kovalenko, Kovalyov, Kovalev, Bondar, Sydorov, Sidorov and Hryhorenko, Grigorenko.",
    "Scorers were Klymenko, Klimenko and Bondar.",
    "Hrytsenko and Gritsenko scored.",
    "- Hrytsenko, goalkeeper\n- Bondar, defender\n- Gritsenko, striker\n",
    "Present: Ivan Hrytsenko, Petro Bondar, Ivan Gritsenko.",
    "1. Sydorov\n2. Sidorov\n3. Koval\n",
    "Hrytsenko (12), Gritsenko (7), Bondar (3)",
    "| Hrytsenko | 3 |\n| Gritsenko | 4 |\n",
    "Killed: Hryhorenko O., Grigorenko P., Bondar I.",
    "Midfielders: Hrytsenko, Gritsenko; forwards: Bondar.",
    "Hrytsenko – Gritsenko 2:1",
    "Hrytsenko beat Gritsenko in the final.",
    "Anna Bondar met Hanna Bondar.",
    "Sydorov\nSidorov\nKoval\n",
    "Name,Goals\nSydorov,3\nSidorov,4\n",
]
NO_ROSTERS = [
    ("Hrytsenko scored. Bondar, Shulha and Gritsenko slept.", "Hrytsenko", "Gritsenko"),
    ("The regions of Zaporizhzhia, Kherson, Zaporozhye and Donetsk voted.", "Zaporizhzhia", "Zaporozhye"),
    ("- Hrytsenko was late again.\n- Nobody waited for Gritsenko.\n", "Hrytsenko", "Gritsenko"),
    ("# Hrytsenko\n\nGritsenko was late again.\n", "Hrytsenko", "Gritsenko"),
    ("When Hrytsenko scored, Gritsenko was tired.", "Hrytsenko", "Gritsenko"),
    ("Hrytsenko\n\nGritsenko was late again.\n", "Hrytsenko", "Gritsenko"),
    ("Hrytsenko sang. Bondar met Gritsenko.", "Hrytsenko", "Gritsenko"),
    ("According to Hrytsenko, Gritsenko slept.", "Hrytsenko", "Gritsenko"),
]


@pytest.mark.parametrize("text", ROSTERS)
def test_two_items_of_one_enumeration_are_two_people(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(("text", "one", "two"), NO_ROSTERS)
def test_what_is_no_enumeration_is_compared(text: str, one: str, two: str) -> None:
    assert frozenset((one, two)) in found(text)


def test_items_far_apart_are_not_of_one_enumeration() -> None:
    text = "Kovalyov, " + "Bondar, " * 100 + "Kovalev"
    assert not rosters.in_one(text, (0, 8), (len(text) - 7, len(text)))


SYLLABLES = [
    "Zhang Wei was born in Zhejiang.",
    "Mr Zhang sells tea from Zhejiang. Zhang is glad.",
    "Mr Zheng met Mr Zhang.",
    "Liang came. Lang left.",
    "Wang came. Wong stayed, and Weng slept.",
    "Cheng Li spoke. Chenghe slept.",
]


@pytest.mark.parametrize("text", SYLLABLES)
def test_a_syllable_is_no_spelling_of_another_or_of_a_longer_name(text: str) -> None:
    assert not pairs(text)


def test_one_chinese_name_in_two_systems_is_found() -> None:
    assert frozenset(("Zedong", "Tse-tung")) in found("Mao Zedong died. Mao Tse-tung had ruled.")
    assert not syllables.are_others("Zhang", "Chang")
    assert not syllables.are_others("Hostomel", "Gostomel")


def test_a_capital_inside_a_scottish_surname_tells_two_families_apart() -> None:
    assert not found("Blair Macaskill was tackled. Then MacAskill scored.")
    assert frozenset(("MacAskill", "Macaskill")) in found("Blair Macaskill fell. Then Blair MacAskill scored.")
    assert frozenset(("DeSantis", "Desantis")) in found("Ron DeSantis spoke. Desantis left.")
