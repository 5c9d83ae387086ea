"""What the editor reads of a name: no circle, no scheme of romanisation for what is not romanised, and no correction
that would put one name twice into a row of names.
"""

import pytest

from corrigenda import check
from corrigenda.finding import Finding


def _found(text: str, name: str) -> list[Finding]:
    return [finding for finding in check(text).findings if finding.check == name]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kraków is large. Kraków is old. Trains leave Krakow at noon.", "known"),
        ("The army is in Kiev. Kyiv is quiet. Kyiv sleeps.", "known"),
        ("Mayor Rafał Trzaskowski spoke. Mr Trzaskowski left. Mr Trzaskowsky came back.", "sound is spelled"),
    ],
)
def test_a_reason_repeats_no_form_and_speaks_of_no_romanisation(text: str, wanted: str) -> None:
    found = _found(text, "names/mixed-spelling")[0]
    forms, _, reason = found.message.partition(": ")
    assert wanted in reason and "romanise" not in reason
    assert not any(form in reason for form in found.variants), forms


@pytest.mark.parametrize("row", ["Krakow and Kraków", "Krakow, Gdynia and Kraków"])
def test_a_row_that_has_both_forms_gets_no_correction(row: str) -> None:
    text = f"Kraków is large. {row} also plan new lines. Kraków is old."
    in_row = [each for each in _found(text, "names/mixed-spelling") if 17 <= each.start < 17 + len(row)]
    assert in_row and not any(finding.corrections for finding in in_row)


def test_the_same_name_in_another_sentence_is_corrected() -> None:
    found = _found("Kraków is large. Trains leave Krakow. Kraków and Gdynia plan new lines.", "names/mixed-spelling")
    assert found and all(finding.corrections for finding in found)


def test_an_institution_is_named_in_one_plain_sentence() -> None:
    (found,) = _found("The State Service of Ukraine for Emergency Situations sent boats.", "names/institution")
    assert found.message == "The institution calls itself “State Emergency Service of Ukraine” in English."


def test_the_blank_before_a_percent_sign_is_said() -> None:
    (found,) = _found("The rate rose to 5 % in May.", "artefacts/percentage")
    assert found.message == "English writes no space before “%”."


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Mieszkańcy od lat czekają na tę inwestycję.", "Polish"),
        ("On pracuje v továrně už dvacet let a nikdo neví proč.", "Czech"),
        ("Kapitán nevedel, že most bol zatvorený celú noc.", "Slovak"),
        ("Gospod je rekel, da ne bo nihče odgovarjal za to.", "Slovenian"),
        ("Han visste ikke at broen var stengt hele natten.", "another language"),
        ("O capitão não sabia que a ponte estava fechada durante a noite.", "Portuguese"),
    ],
)
def test_a_language_is_named_by_its_letters(sentence: str, language: str) -> None:
    (found,) = _found(
        f"The council met on Tuesday. {sentence} The police made no comment.", "cleanup/untranslated-sentence"
    )
    assert found.message.endswith(f"it reads like {language}.")
