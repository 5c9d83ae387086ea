"""How a correction is made to fit its place: the place between ⟦ and ⟧, what is put there, and the sentence."""

import pytest

from corrigenda import Session
from corrigenda.languages import language

FITTING = language("en").fitting


def made(sentence: str, text: str, *, agreeing: bool = True) -> str | None:
    """Return a sentence with a correction for what stands between ⟦ and ⟧, None where it was refused."""
    before, _, rest = sentence.partition("⟦")
    quote, _, after = rest.partition("⟧")
    result = FITTING.fitted(before, quote, after, text, agreeing=agreeing)
    if result is None:
        return None
    return before[: len(before) - result.before] + result.text + after[result.after :]


@pytest.mark.parametrize(
    ("sentence", "text", "right"),
    [
        # the subject, by its pronoun, or by the verb that stands there
        ("I ⟦am⟧ here.", "has been", "I have been here."),
        ("They ⟦are⟧ here.", "has been", "They have been here."),
        ("She often ⟦is⟧ here.", "have been", "She often has been here."),
        ("He and she ⟦stand to the disposal⟧.", "is available", "He and she are available."),
        ("The keys ⟦are⟧ lost.", "has been", "The keys have been lost."),
        ("The results of the vote ⟦stand to the disposal⟧.", "is available", "The results of the vote are available."),
        ("The minister ⟦should speak⟧ at noon.", "is due to speak", "The minister is due to speak at noon."),
        ("The ministers ⟦should speak⟧ at noon.", "is due to speak", "The ministers are due to speak at noon."),
        # the past stays past, and a base form stays one
        ("The boat ⟦stood at the disposal⟧.", "is available", "The boat was available."),
        ("It will ⟦stand at the disposal⟧.", "is available", "It will be available."),
        # one determiner
        ("The ⟦responsibles⟧ left.", "those responsible", "Those responsible left."),
        ("It hit his ⟦chef⟧.", "the head", "It hit his head."),
        ("She saw a ⟦calque⟧.", "the house", "She saw the house."),
        ("He saw a ⟦communal enterprise⟧.", "utilities", "He saw utilities."),
        ("The Latvian ⟦ministry of hearths⟧ left.", "The Fire Office", "The Latvian Fire Office left."),
        ("They gave the boy ⟦permission⟧.", "a permit", "They gave the boy a permit."),
        # a and an, before the place and inside it
        ("It was a ⟦actual⟧ list.", "important", "It was an important list."),
        ("It was an ⟦actual⟧ list.", "current", "It was a current list."),
        ("A ⟦nice⟧ hour.", "honest", "An honest hour."),
        ("He saw a ⟦NPP⟧.", "SMS", "He saw an SMS."),
        ("He saw a ⟦thing⟧.", "European", "He saw a European."),
        ("He spoke ⟦in quality of⟧ expert.", "as a", "He spoke as an expert."),
        ("Such ⟦attitude⟧ is bad.", "a attitude", "Such an attitude is bad."),
        # words and marks that stand beside the place already
        ("They are ⟦responsibles⟧ for it.", "responsible for", "They are responsible for it."),
        ("It is in ⟦good weather⟧.", "in fine weather", "It is in fine weather."),
        ("He left ⟦from his side⟧, and slept.", "for his part,", "He left for his part, and slept."),
        ("He left ⟦etc⟧.", "and so on.", "He left and so on."),
        # a mark stands directly behind the word before it, and once
        ("“Now” ⟦– added⟧ he.", ", said", "“Now”, said he."),
        ("“Now,” ⟦– added⟧ he.", ", said", "“Now,” said he."),
        # what is taken out takes one space with it, and leaves a capital
        ("He went ⟦in⟧ last week.", "", "He went last week."),
        ("Well ⟦in principle⟧, yes.", "", "Well, yes."),
        ("⟦Vigorously⟧ build ships.", "", "Build ships."),
        ("⟦It rained.⟧ About ten ships sailed.", "", "About ten ships sailed."),
        ("It is a ⟦vigorously⟧ active man.", "", "It is an active man."),
        # the capital of a sentence
        ("⟦HPP⟧ was built.", "hydroelectric power plant", "Hydroelectric power plant was built."),
    ],
)
def test_it_fits(sentence: str, text: str, right: str) -> None:
    assert made(sentence, text) == right


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("He paid 1 ⟦250 000⟧ dollars.", "250,000"),
        ("He paid ⟦1 250⟧ 000 dollars.", "1,250"),
        ("He paid 1⟦250⟧ dollars.", "350"),
        ("They ⟦lead⟧ the city last year.", "leads"),
        ("They ⟦lead⟧ the city last year.", "leaded"),
        ("As soon as he ⟦arrives⟧ we go.", "arrive"),
        ("The ⟦chief⟧ of the house.", "head for"),
        ("A boat ⟦over there⟧ there.", "there"),
    ],
)
def test_what_nothing_makes_fit_is_refused(sentence: str, text: str) -> None:
    assert made(sentence, text) is None


@pytest.mark.parametrize(
    ("sentence", "text", "right"),
    [
        ("Did he ⟦arrives⟧ late?", "arrive", "Did he arrive late?"),
        ("They ⟦lead⟧ the city last year.", "led", "They led the city last year."),
        ("In 2014 ⟦15 thousand⟧ came.", "15,000", "In 2014 15,000 came."),
        ("He said that ⟦chef⟧ left.", "the head", "He said that the head left."),
        ("It was ⟦is⟧ late.", "were", "It was were late."),
        ("One of you ⟦are⟧ here.", "is", "One of you is here."),
        ("The ⟦old old⟧ man.", "old", "The old man."),
        ("It cost&nbsp;⟦&nbsp;⟧5.", " ", "It cost&nbsp; 5."),
    ],
)
def test_what_fits_already_stays(sentence: str, text: str, right: str) -> None:
    assert made(sentence, text) == right


@pytest.mark.parametrize(
    ("before", "who"),
    [
        ("I ", "i"),
        ("They also ", "they"),
        ("He said that she ", "he"),
        ("The minister ", "he"),
        ("The ministers ", "they"),
        ("As soon as the heads of the department ", "they"),
        ("As soon as the head of the departments ", "he"),
        ("The mayor and his deputy ", "they"),
        ("The number of ships ", "he"),
        ("A number of ships ", "they"),
        ("The police ", "they"),
        ("The news ", "he"),
        ("Three boats ", "they"),
        ("One of you ", ""),
        ("Wales ", ""),
        ("", ""),
        ("The crisis ", "he"),
    ],
)
def test_the_subject_is_found(before: str, who: str) -> None:
    from corrigenda.languages.en.subjects import subject

    assert subject(before) == who


@pytest.mark.parametrize(
    ("word", "wanted", "before", "form"),
    [
        ("arrive", "present", "As soon as he ", "arrives"),
        ("arrive", "present", "As soon as they ", "arrive"),
        ("be", "present", "As soon as I ", "am"),
        ("works", "perfect", "She ", "has worked"),
        ("am", "perfect", "I ", "have been"),
        ("know", "perfect", "They ", "have known"),
        ("Informations", "singular", "", "Information"),
        ("many", "singular", "", "much"),
        ("is", "plural", "", "are"),
        ("visit", "gerund", "", "visiting"),
        ("come", "past", "", "came"),
        ("carries", "base", "", "carry"),
        ("stopping", "base", "", "stop"),
        ("making", "base", "", "make"),
    ],
)
def test_forms_that_a_template_asks_for(word: str, wanted: str, before: str, form: str) -> None:
    assert FITTING.form(word, wanted, before) == form


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ('"Come," he said. "Now," she said. The ship «Swan» sailed.', {'"'}),
        ("“Come,” he said. “Now,” she said. The ship «Swan» sailed.", {"“", "”"}),
        ("The ship «Swan» sailed.", {"“", "”"}),
    ],
)
def test_quotation_marks_are_corrected_to_those_of_the_text(text: str, right: set[str]) -> None:
    with Session(engines={"grammar": "off"}) as session:
        found = [f for f in session.check(text).findings if f.quote in ("«", "»")]
    assert len(found) == 2
    assert {finding.corrections[0].text for finding in found} == right
