"""One test for each way in which two spellings are one name, and for each veto."""

import pytest

from corrigenda.names.candidate import Candidate
from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty
from corrigenda.names.pairs import NamePair, mixed_spellings
from corrigenda.names.report import all_issues
from corrigenda.names.suffixes import is_derivation, is_gender_pair
from corrigenda.names.vetoes import (
    Veto,
    veto_article,
    veto_belarusian,
    veto_brand,
    veto_common_word,
    veto_curated,
    veto_demonym,
    veto_gender,
    veto_glossed,
    veto_kept,
    veto_neighbours,
    veto_organisation,
    veto_parts,
    veto_places,
    veto_plural,
    veto_short,
    veto_two_known,
)


def pairs(text: str, **style: str) -> list[NamePair]:
    return mixed_spellings(NameContext(text, style={k.replace("_", " "): v for k, v in style.items()}))


def sure(text: str) -> set[frozenset[str]]:
    return {
        frozenset((pair.minority.text, pair.majority.text))
        for pair in pairs(text)
        if pair.certainty is not Certainty.POSSIBLE
    }


@pytest.mark.parametrize(
    ("text", "one", "two"),
    [
        ("The train left Kyiv at noon. In Kiev it rained.", "Kyiv", "Kiev"),
        ("Colonel Bondarchuk agreed. Later Bondartschuk refused.", "Bondarchuk", "Bondartschuk"),
        ("The baker Vitalii Hrynko sang. Mr Grinko smiled.", "Hrynko", "Grinko"),
        ("The village of Torbeevo sleeps; Torbeyevo wakes.", "Torbeevo", "Torbeyevo"),
        ("Olga Paustovska came. Olha Paustovska left.", "Olga", "Olha"),
        ("Nikolai Zabrodin sang. Mykola Zabrodin danced.", "Nikolai", "Mykola"),
        ("Bruno Fernandes ran. Then Bruno Fernandez fell.", "Fernandes", "Fernandez"),
        ("The goalkeeper Räbinen fell. Rabinen got up.", "Räbinen", "Rabinen"),
        ("The club “Zenit” won. “Zenith” celebrated.", "Zenit", "Zenith"),
        ("Sergei Dolin came. Then Sergey Dolin left.", "Sergei", "Sergey"),
        ("The diver Kaiko-kan rose; Kaikokan sank.", "Kaiko-kan", "Kaikokan"),
    ],
)
def test_one_name_in_two_spellings(text: str, one: str, two: str) -> None:
    assert frozenset((one, two)) in sure(text)


def test_names_of_several_words_are_one_pair() -> None:
    found = pairs("Kryvyi Rih is large. Near Krivoy Rog a mine closed.")
    assert [(p.minority.text, p.majority.text) for p in found] == [("Krivoy Rog", "Kryvyi Rih")]
    assert found[0].certainty is Certainty.CERTAIN and found[0].canonical == "Kryvyi Rih"


def test_everything_a_finding_needs() -> None:
    text = "Kharkiv slept. In Kharkov it snowed. Kharkiv woke, and Kharkiv ate."
    (pair,) = pairs(text)
    assert pair.minority.text == "Kharkov" and pair.minority.count == 1
    assert pair.majority.count == 3
    assert [text[a:b] for a, b in pair.minority.spans] == ["Kharkov"]
    assert (pair.preferred, pair.basis, pair.certainty) == ("Kharkiv", "majority", Certainty.CERTAIN)
    assert pair.reason == "both spellings are known"


def test_a_listed_name_beside_an_unlisted_spelling_is_at_most_likely() -> None:
    (pair,) = pairs("The tailor Zelinsky slept. Zelensky woke.")
    assert pair.certainty is Certainty.LIKELY


def test_the_house_style_decides_before_the_majority() -> None:
    (pair,) = pairs("Kiev slept. Kiev woke. In Kyiv it rained.", Kyiv="Kyiv")
    assert (pair.preferred, pair.basis, pair.minority.text) == ("Kyiv", "house style", "Kiev")


def test_a_tie_goes_to_the_form_of_the_country() -> None:
    (pair,) = pairs("In Kiev it rained. In Kyiv it snowed.")
    assert (pair.preferred, pair.basis) == ("Kyiv", "context")


def test_quoted_places_are_counted() -> None:
    text = "In Kyiv he said: “Kiev is calm.” Kyiv agreed."
    context = NameContext(text, quotations=[(text.index("“"), text.index("”") + 1)])
    (pair,) = mixed_spellings(context)
    assert pair.minority.text == "Kiev" and pair.minority.quoted == 1 and pair.majority.quoted == 0


def test_masked_places_are_not_judged() -> None:
    text = "In Kyiv it rained; see `Kiev`."
    assert not mixed_spellings(NameContext(text, skip=[(text.index("`"), len(text))]))


def test_a_vowel_more_at_the_end_is_only_possible() -> None:
    assert not sure("Tabrashov slept. Later Tabrashovu woke. The town of Belgorod; Belgoroda fell.")


def test_typesetting_is_no_spelling() -> None:
    assert not pairs("Luhans'k and Luhans’k; Zu\u0308lpich and Zülpich; PfannenStil, Pfannenstil.")


# vetoes: (function, first, second, text)
VETOED = [
    (veto_short, "Nur", "Nour", "Nur and Nour met."),
    (veto_brand, "Davidov", "Davidoff", "Davidov bought a Davidoff."),
    (veto_common_word, "Summit", "Samit", "The Summit heard Samit."),
    (veto_demonym, "Estonia", "Estonian", "Estonia sent an Estonian."),
    (veto_two_known, "Stephen", "Steven", "Stephen met Steven."),
    (veto_two_known, "Mykola", "Nicola", "Mykola met Nicola."),
    (veto_curated, "Chernihiv", "Chernivtsi", "From Chernihiv to Chernivtsi."),
    (veto_organisation, "Brazil", "Brasil", "In Brazil, CNN Brasil reported."),
    (veto_gender, "Mezenov", "Mezenova", "Mezenov danced, Mezenova sang."),
    (veto_gender, "Korostyshevsky", "Korostyshevskaya", "Korostyshevsky and Korostyshevskaya."),
    (veto_neighbours, "Vladimir", "Volodymyr", "Vladimir Putin called Volodymyr Zelensky."),
    (veto_neighbours, "Mezenov", "Mezinov", "Pavlo Mezenov met Taras Mezinov."),
    (veto_neighbours, "Sergio", "Sergeev", "Sergio Leone filmed Pavel Sergeev."),
    (veto_kept, "Kyiv", "Kiev", "In Kyiv they ate chicken Kiev."),
    (veto_places, "Donetske", "Donets", "Between Donetske and Donets."),
    (veto_article, "al-Zarqawi", "Zarqawi", "Abu Musab al-Zarqawi fled; Zarqawi hid."),
    (veto_parts, "Kwok-hing", "Kwok-kin", "Kwok-hing met Kwok-kin."),
    (veto_parts, "Pantsir-S", "Pantsir-C", "A Pantsir-S and a Pantsir-C."),
    (veto_parts, "Wide-Field", "Widefield", "The Wide-Field Array and the Widefield Array."),
    (veto_belarusian, "Makarov", "Makarou", "Makarov met Makarou."),
    (veto_glossed, "Isfahan", "Esfahan", "The city of Isfahan (also known as Esfahan) shines."),
    (veto_demonym, "Slobozhansk", "Slobozhansky", "From Slobozhansk to Slobozhansky."),
    (veto_plural, "Houthi", "Houthis", "A Houthi and other Houthis."),
]


@pytest.mark.parametrize(("ask", "first", "second", "text"), VETOED, ids=[f"{v[0].__name__}-{v[1]}" for v in VETOED])
def test_vetoes(ask: Veto, first: str, second: str, text: str) -> None:
    assert ask(Candidate(first, second, NameContext(text)))
    assert ask(Candidate(second, first, NameContext(text)))
    assert frozenset((first, second)) not in sure(text)


@pytest.mark.parametrize(
    ("ask", "first", "second", "text"),
    [
        (veto_brand, "Smirnov", "Smirnow", "Smirnov met Smirnow."),
        (veto_common_word, "Zenith", "Zenit", "The club “Zenit” won and “Zenith” sang."),
        (veto_demonym, "Zelensky", "Zelenskyy", "Zelensky met Zelenskyy."),
        (veto_demonym, "Donbas", "Donbass", "Donbas or Donbass."),
        (veto_two_known, "Fernandes", "Fernandez", "Bruno Fernandes ran, Bruno Fernandez fell."),
        (veto_organisation, "Kanaevsky", "Kanayevsky", "The Kanaevsky Bank lent; Kanayevsky Bank failed."),
        (veto_gender, "Petrenkov", "Petrenkova", "Zaur Petrenkov spoke. Zaur Petrenkova left."),
        (veto_gender, "Vesna", "Vesny", "The centre “Vesna” opened; “Vesny” closed."),
        (veto_neighbours, "Denysenko", "Denisenko", "Vadym Denysenko met Vadim Denisenko."),
        (veto_kept, "Kyiv", "Kiev", "In Kyiv and in Kiev."),
        (veto_glossed, "Isfahan", "Esfahan", "Isfahan shines. Esfahan sleeps."),
        (veto_article, "al-Sisi", "el-Sisi", "The president al-Sisi met el-Sisi."),
        (veto_parts, "Jong-un", "Jong-oun", "Kim Jong-un and Kim Jong-oun."),
        (veto_places, "Irpin", "Irpen", "From Irpin to Irpen."),
    ],
)
def test_vetoes_let_spellings_pass(ask: Veto, first: str, second: str, text: str) -> None:
    assert ask(Candidate(first, second, NameContext(text))) is None
    assert ask(Candidate(second, first, NameContext(text))) is None


def test_a_river_and_a_city_of_nearly_one_name_are_no_pair() -> None:
    assert not pairs("The Dnieper divides Dnipro in two.")


def test_two_names_of_an_organisation_are_no_spellings() -> None:
    assert not pairs("ISIS lost the town, and Daesh withdrew.")


def test_a_longer_form_of_a_name_is_no_other_spelling() -> None:
    assert not pairs("Islamic State fled. The Islamic State group lost the town.")


def test_a_countrys_own_name_is_not_mixed_with_its_english_one() -> None:
    assert not pairs("In Russia the channel Rossiya 1 broadcast the match.")


def test_odessa_in_texas_is_another_town() -> None:
    assert not pairs("From Odesa he moved to Odessa, Texas.")


def test_result_does_not_depend_on_order_of_asking() -> None:
    text = "Kiev, Kyiv, Kharkov, Kharkiv, Hrynko, Grinko, Gostomel and Hostomel."
    assert pairs(text) == pairs(text)
    starts = [pair.minority.spans[0] for pair in pairs(text)]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Petrov", "Petrova", True),
        ("Pushkin", "Pushkina", True),
        ("Zabuzhny", "Zabuzhna", True),
        ("Zelensky", "Zelenska", True),
        ("Petrov", "Petrenko", False),
        ("Kharkiv", "Kharkov", False),
    ],
)
def test_gender_pairs(first: str, second: str, expected: bool) -> None:
    assert is_gender_pair(first, second) is expected
    assert is_gender_pair(second, first) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Russia", "Russian", True),
        ("Iraq", "Iraqis", True),
        ("London", "Londoners", True),
        ("Zelensky", "Zelenskyi", False),
        ("Donbas", "Donbass", False),
        ("Kyiv", "Kiev", False),
    ],
)
def test_derivations(first: str, second: str, expected: bool) -> None:
    assert is_derivation(first, second) is expected


def test_three_spellings_of_a_name_get_one_recommendation_and_each_place_is_marked_once() -> None:
    from corrigenda.names.report import all_pairs, one_form_each

    text = "Zelensky met the mayor. Zelenskyy said so twice, Zelenskyy did. Then Zelenskiy left Kyiv."
    pairs = all_pairs(NameContext(text))
    assert len(pairs) == 3
    advised = one_form_each(pairs)
    assert {(pair.minority.text, pair.preferred) for pair in advised} == {
        ("Zelensky", "Zelenskyy"),
        ("Zelenskiy", "Zelenskyy"),
    }
    spans = [span for pair in advised for span in pair.minority.spans]
    assert len(spans) == len(set(spans)) == 2
    assert {pair.others for pair in advised} == {("Zelenskiy",), ("Zelensky",)}


def test_two_peoples_given_name_in_two_romanisations_is_a_question_at_most() -> None:
    text = "Natalia Zabrodina spoke in Moscow. Nataliya Hryshchuk spoke in Odesa."
    (verdict,) = [pair for pair in mixed_spellings(NameContext(text)) if pair.minority.text == "Nataliya"]
    assert verdict.certainty is Certainty.POSSIBLE and "two people" in verdict.reason


@pytest.mark.parametrize(
    "text",
    [
        "Anna Alekseeva sang. Later Alekseyev bowed.",
        "Judge Olena Drozdova ruled. Drozdov said that she was right.",
        "Deputy Nadia Kalynovska spoke. Kalynovskyi thanked her voters.",
        "Mr Petrenkova left at noon. Ivan Petrenkov came back.",
    ],
)
def test_one_person_with_a_man_s_and_a_woman_s_ending(text: str) -> None:
    assert len(sure(text)) == 1
    assert "case-ending" not in {issue.rule for issue in all_issues(NameContext(text))}


@pytest.mark.parametrize(
    "text",
    [
        "Anna Alekseeva sang. Her husband Alekseyev bowed.",
        "Anna Alekseeva sang. Alekseyev said that he had heard it.",
        "Anna Alekseeva sang. Ivan Alekseyev bowed.",
        "Anna Mezenova and Mezenov came.",
        "Yulia Navalnaya spoke. Navalny had died.",
        "Kalynovska spoke. Kalynovskyi thanked the voters.",
        "Olena Drozdova ruled. Petro Drozdov asked. Drozdov left.",
    ],
)
def test_a_man_and_a_woman(text: str) -> None:
    assert sure(text) == set()


@pytest.mark.parametrize(
    ("text", "one", "two"),
    [
        ("The chairman Vasile Botnaru spoke. According to Botnar, it is late.", "Botnaru", "Botnar"),
        ("The coach Claude Lemerlé left. Lemerl said so.", "Lemerlé", "Lemerl"),
        ("The guard Mykhailo Zhovtuk ran. Mikhail Zhovtyuk won.", "Zhovtuk", "Zhovtyuk"),
    ],
)
def test_one_person_by_the_given_name(text: str, one: str, two: str) -> None:
    assert frozenset((one, two)) in sure(text)
    assert "case-ending" not in {issue.rule for issue in all_issues(NameContext(text))}


@pytest.mark.parametrize(
    "text",
    [
        "Claude Lemerlé left. Anna Lemerl said so.",
        "Luc Bernardi came. Bernard stayed.",
        "Mykhailo Zhovtuk ran. Petro Zhovtyuk won.",
    ],
)
def test_other_bearers(text: str) -> None:
    assert sure(text) == set()
