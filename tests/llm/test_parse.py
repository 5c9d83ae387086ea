"""Answers are read strictly; what stands around the JSON is taken off."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.engines.llm.errors import AnswerError
from corrigenda.engines.llm.parse import Proposal, Verdict, proposals, verdicts, wordings

PLACE = {
    "block": 1,
    "quote": "on the place",
    "kind": "grammar",
    "why": "x",
    "corrections": ["at the scene"],
    "sure": 90,
}
RIGHT = json.dumps({"places": [PLACE]})


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        f"```json\n{RIGHT}\n```",
        f"Here is my answer:\n\n{RIGHT}\n\nI hope this helps!",
        f"<think>Is it {{wrong}}? Yes.</think>\n{RIGHT}",
        f"  \n{RIGHT}",
        json.dumps([PLACE]),
    ],
)
def test_what_stands_around_it_is_taken_off(text: str) -> None:
    assert proposals(text) == [Proposal(1, "on the place", "grammar", "x", ("at the scene",), 90)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "style"}, '"kind" must be one of'),
        ({"block": "one"}, '"block" must be a whole number'),
        ({"block": True}, '"block" must be a whole number'),
        ({"quote": None}, '"quote" must be a string'),
        ({"corrections": "at the scene"}, '"corrections" must be a list'),
        ({"corrections": ["x" * 3_000]}, "replaces one short place"),
        ({"sure": 101}, '"sure" must be'),
        ({"sure": "very"}, '"sure" must be'),
    ],
)
def test_what_is_wrong_is_said(change: dict[str, object], said: str) -> None:
    with pytest.raises(AnswerError) as raised:
        proposals(json.dumps({"places": [{**PLACE, **change}]}))
    assert said in str(raised.value)


@pytest.mark.parametrize("text", ["", "no", "{", '{"places": 3}', '{"places": [3]}', RIGHT[:-4], "[" * 100_000, "null"])
def test_what_is_no_answer(text: str) -> None:
    with pytest.raises(AnswerError):
        proposals(text)


def test_forms_that_models_write_for_numbers() -> None:
    assert proposals(json.dumps({"places": [{**PLACE, "block": "[2]", "sure": 0.9}]}))[0][0::5] == (2, 90)
    assert verdicts('{"verdicts": [{"place": 1, "change": true, "sure": 80.0}]}') == [Verdict(1, True, 80)]
    assert wordings('{"texts": [{"place": 1, "text": ""}]}')[0].text == ""


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_any_text_is_an_answer_or_an_error(text: str) -> None:
    for read in (proposals, verdicts, wordings):
        try:
            read(text)
        except AnswerError as error:
            assert str(error)
