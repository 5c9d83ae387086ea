import pytest

from corrigenda.names.acronyms import acronyms
from corrigenda.names.context import NameContext
from corrigenda.names.institutions import changed_institutions, content
from corrigenda.names.issue import Certainty


def changed(text: str) -> dict[str, str]:
    return {issue.form: issue.suggestion for issue in changed_institutions(NameContext(text))}


@pytest.mark.parametrize(
    ("text", "form", "name"),
    [
        ("The Institute of War drew a map.", "Institute of War", "Institute for the Study of War"),
        (
            "Inspectors of the International Agency for Atomic Energy came.",
            "International Agency for Atomic Energy",
            "International Atomic Energy Agency",
        ),
        ("A nurse of Doctors without Frontiers left.", "Doctors without Frontiers", "Doctors Without Borders"),
    ],
)
def test_names_that_came_back_changed(text: str, form: str, name: str) -> None:
    assert changed(text) == {form: name}


@pytest.mark.parametrize(
    "text",
    [
        "The Institute for the Study of War drew a map.",
        "The International Atomic Energy Agency came.",
        "Doctors Without Borders left. Doctors without Borders returned.",
        "The World Health Organisation met the World Trade Organization.",
        "The World Organization of Beekeepers met.",
        "The Institute of Archaeology dug.",
        "The Energy Department said no.",
        "The Emergency Situations Ministry came.",
        "The Senate Foreign Relations Committee voted.",
        "The Office of the President answered.",
        "The Study closed.",
    ],
)
def test_names_that_are_right_or_others(text: str) -> None:
    assert changed(text) == {}


def test_places_are_gathered_and_masked_ones_left_out() -> None:
    text = "The Institute of War drew. The Institute of War slept. `The Institute of War`"
    (issue,) = changed_institutions(NameContext(text, skip=[(text.index("`"), len(text))]))
    assert [text[a:b] for a, b in issue.spans] == ["Institute of War", "Institute of War"]


def test_content_words_are_compared_in_one_spelling() -> None:
    assert content("Organisations for the Defence of Labour") == content("Organization of Defense and Labor")


def test_one_acronym_with_two_names() -> None:
    text = "The National Museum Council (NMC) met. Later the Northern Miners Club (NMC) met."
    (issue,) = acronyms(NameContext(text))
    assert issue.form == "Northern Miners Club" and issue.other == "National Museum Council"
    assert text[slice(*issue.spans[0])] == "Northern Miners Club"


def test_one_name_with_two_acronyms() -> None:
    (issue,) = acronyms(NameContext("The Museum of Old Trains (MOT) opened. The Museum of Old Trains (MT) closed. "
                                    "The Museum Old Trains (MTO) slept."))  # fmt: skip
    assert issue.form == "MTO" and issue.suggestion == "MOT"


def test_two_acronyms_that_stand_for_one_thing() -> None:
    text = "The DNR closed a road. The DPR opened it."
    (issue,) = acronyms(NameContext(text))
    assert (issue.form, issue.suggestion) == ("DNR", "DPR") and issue.spans == ((4, 7),)


def test_an_explanation_with_other_endings_is_only_asked_about() -> None:
    text = "The National Museum Council (NMC) met. Later the Nation Museums Council (NMC) met."
    (issue,) = acronyms(NameContext(text))
    assert issue.certainty is Certainty.POSSIBLE


@pytest.mark.parametrize(
    "text",
    [
        "The National Museum Council (NMC) met. The National Museum Councils (NMC) met again.",
        "NMC (National Museum Council) met. The National Museum Council (NMC) slept.",
        "Mr Petersen (CEO) met Mrs Jansen (CFO).",
        "It rained (IR).",
    ],
)
def test_acronyms_that_hold_together(text: str) -> None:
    assert acronyms(NameContext(text)) == []
