"""What a scan's matches must hold: every match really holds it, and the usual expressions get something useful."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.expressions import compiled
from corrigenda.rules.required import DIGIT, is_cased, required

EXPRESSIONS = [
    r"[\pL\pN](?P<mark> {2,4})[\pL\pN(“‘]",
    r"[\pL)](?P<mark>[ \x{00A0}]+)(?P<after>[,;:!?.])(?:[ \n”]|$)",
    r"(?i)(?:from|to) \d+ years|\bage (?:of|from) \d",
    r"ab?c|x(?:yz)+",
    r"(?:a|b)+c",
    r"(?i)[\pL%](?P<mark>(?:[”»]?),[”»]? ?[-–—]+) (?:said|added)\b",
]


@pytest.mark.parametrize(
    ("expression", "strings"),
    [
        (r"\pL  \pL", ("  ",)),
        (r"a?", ()),
        (r"x*", ()),
        (r"[a-z]+", ()),
        (r"\d+ ?%", (DIGIT,)),
        (r"(?i)ABC|[xy]z", ("abc", "xz", "yz")),
        (r"(ab|c)d", ("abd", "cd")),
        (r", (?:However|Then) \pL", (", However ", ", Then ")),
        (r"\x{200B}+", ("\u200b",)),
        (r"(?P<broken", ()),
    ],
)
def test_what_is_required(expression: str, strings: tuple[str, ...]) -> None:
    assert required(expression) == tuple(sorted(strings))


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_useful(expression: str) -> None:
    assert required(expression)


@given(st.text("abcxyz ,.!?:-–—”»  0123456789years ageofromtsaiddd(%", max_size=60), st.sampled_from(EXPRESSIONS))
def test_every_match_holds_one_of_the_strings(text: str, expression: str) -> None:
    for found in compiled(expression).finditer(text):
        piece = found.group(0) if is_cased(expression) else found.group(0).lower()
        assert any(
            string in piece if string != DIGIT else any(character.isdigit() for character in piece)
            for string in required(expression)
        )
