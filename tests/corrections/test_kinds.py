"""Kinds of wrong corrections and of what was missed, each with what looks like it and is right.

Whole texts go through the whole check, without a grammar engine and without a model: that is what everybody has.
"""

import pytest

from corrigenda.documents.registry import read_bytes
from corrigenda.finding import Applicability, Finding
from corrigenda.fixes.apply import correct
from corrigenda.pipeline.checker import Checker, checker
from corrigenda.pipeline.run import check_documents
from corrigenda.settings import Settings

ALONE = Settings(engines={"embeddings": "off", "language-model": "off", "grammar": "off"})


@pytest.fixture(scope="module")
def own() -> Checker:
    return checker(ALONE)


def found(own: Checker, text: str) -> tuple[Finding, ...]:
    document = read_bytes(text.encode(), "text.md", "markdown")
    return check_documents(own, [document]).documents[0].findings


def fixed(own: Checker, text: str) -> str:
    """Return a text after `fix --unsafe`."""
    document = read_bytes(text.encode(), "text.md", "markdown")

    def again(document: object) -> tuple[Finding, ...]:
        return check_documents(own, [document]).documents[0].findings  # type: ignore[list-item]

    return correct(document, text.encode(), again, unsafe=True).document.text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("I am in this house since 1999.", "I have been in this house since 1999."),
        ("They are in prison since May.", "They have been in prison since May."),
        ("As soon as the bus will come, we leave.", "As soon as the bus comes, we leave."),
        ("As soon as they will come, we leave.", "As soon as they come, we leave."),
        ("The responsibles were never found.", "Those responsible were never found."),
        ("The road cost 3 400 500 euros.", "The road cost 3,400,500 euros."),
        ("These informations are wrong.", "This information is wrong."),
        ("The sailor gave us many advices.", "The sailor gave us much advice."),
        ("The police has arrived.", "The police have arrived."),
        ("We are agree with the plan.", "We agree with the plan."),
        ("The boys was tired.", "The boys were tired."),
        ("The soldiers has left.", "The soldiers have left."),
        ("She have a boat.", "She has a boat."),
        ("They built an NPP near the river.", "They built a nuclear power plant near the river."),
        ("It is worth to visit the fort.", "It is worth visiting the fort."),
        ("The cook stood to the disposal.", "The cook was available."),
        ("The cooks stand to the disposal.", "The cooks are available."),
        ("She did not meet nobody there.", "She did not meet anybody there."),
        ("She never said nothing to him.", "She never said anything to him."),
        ("No one did not answer.", "No one answered."),
        ("A wall 30 cm (12 feet) high stood there.", "A wall 30 cm (12 inches) high stood there."),
        ("It rained on the roof on the roof on the roof.", "It rained on the roof."),
        ("They ate soup soup soup soup.", "They ate soup."),
        ("They ate soup soup soup soup soup soup.", "They ate soup."),
        ("The plan was so-so so-so so-so so-so so-so.", "The plan was so-so."),
    ],
)
def test_the_first_correction_makes_the_sentence_right(own: Checker, text: str, right: str) -> None:
    assert fixed(own, text) == right
    assert fixed(own, right) == right


@pytest.mark.parametrize(
    "text",
    [
        "He has been in this house since 1999, and it is the first since 1987.",
        "She told us to wait until the bus came.",
        "The information is old, and so are the pieces of advice.",
        "The minister of the soldiers has left, and one of the boys was tired.",
        "The captain whose boats was the topic of the day spoke for an hour.",
        "It was not for nothing that nobody came.",
        "Nobody who had not paid was let in, and there was nobody who did not sing.",
        "He did not know nobody was at home.",
        "“We ain't got nothing, and nobody did not care,” the old man said.",
        "Not a soul said nothing was wrong.",
        "They had had enough, and he handed it in in June.",
        "No, no, no, no, she said. Ha ha ha ha ha!",
        "Row, row, row your boat, row, row, row your boat, row, row, row your boat.",
        "“Let him go let him go let him go let him go,” the crowd sang.",
        "The wall is 30 cm (12 inches) high and 3 metres (10 feet) long.",
        "He ran 2.4 miles and then swam a mile and a half.",
        "On May 1 250 people came, and in 2014 250 left.",
        "He saw an hour glass, a European and a one-legged man.",
    ],
)
def test_what_looks_like_it_and_is_right_is_silent(own: Checker, text: str) -> None:
    said = [(f.check, f.quote) for f in found(own, text) if f.severity.rank > 0]
    assert said == []


@pytest.mark.parametrize("times", [3, 4, 7, 40])
def test_a_loop_is_one_finding_whose_correction_leaves_one(own: Checker, times: int) -> None:
    text = "The mayor went " + " ".join(["to the mill"] * times) + "."
    [finding] = [finding for finding in found(own, text) if finding.category.endswith("duplication")]
    assert finding.quote == " ".join(["to the mill"] * times)
    assert [correction.text for correction in finding.corrections] == ["to the mill"]
    assert str(times) in finding.message
    assert fixed(own, text) == "The mayor went to the mill."


def test_advice_is_no_correction_and_no_part_of_the_message(own: Checker) -> None:
    [finding] = [f for f in found(own, "The mayor wants that everyone sings.") if f.check == "artefacts/verb-pattern"]
    assert [c.applicability for c in finding.corrections] == [Applicability.DISPLAY_ONLY]
    assert "somebody" not in finding.message and "“”" not in finding.message


def test_an_article_that_must_change_is_part_of_the_place(own: Checker) -> None:
    [finding] = found(own, "They built an NPP near the river.")
    assert (finding.quote, finding.corrections[0].text) == ("an NPP", "a nuclear power plant")


def test_two_entries_do_not_contradict_each_other_at_one_place(own: Checker) -> None:
    found_here = found(own, "The informations are wrong.")
    assert [(f.quote, f.corrections[0].text) for f in found_here] == [("informations are", "information is")]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("The plan is bad, he said in a comment to the paper.", "The plan is bad, he said in a comment to the paper."),
        ("The ministry informed about the accident.", "The ministry reported the accident."),
        ("He got five years of deprivation of liberty.", "He got five years in prison."),
        ("The program allow to skip the tests.", "The program makes it possible to skip the tests."),
        ('"We stay in our city" – said the captain.', '"We stay in our city," said the captain.'),
        ("The informations in the report are old.", "The information in the report is old."),
        ("The captain did not wanted to stop.", "The captain did not want to stop."),
    ],
)
def test_a_first_correction_is_good_english_where_it_stands(own: Checker, text: str, right: str) -> None:
    assert fixed(own, text) == right


def test_a_credit_line_is_called_one_and_no_caption(own: Checker) -> None:
    (credit,) = found(own, "The mill burned all night. Firemen came from three towns.\n\nSource: PAP\n")
    assert "credit line" in credit.message and "picture" not in credit.message


def test_the_credit_of_a_press_service_is_one_finding(own: Checker) -> None:
    text = "The mill burned all night. Firemen came from three towns.\n\nPhoto: press service of the SES\n"
    assert [finding.check for finding in found(own, text)] == ["cleanup/caption"]
