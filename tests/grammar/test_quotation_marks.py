"""A message of LanguageTool's has one kind of quotation marks, and one full stop."""

import pytest

from corrigenda.engines.grammar.filter.messages import message_of
from corrigenda.engines.grammar.match import Match


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Use “an” instead of ‘a’ here", "Use “an” instead of “a” here."),
        ("The verb ‘doesn’t’ needs the verb’s base form.", "The verb “doesn’t” needs the verb’s base form."),
        ("Did you mean “are” (as in be willing to’.)", "Did you mean “are” (as in be willing to.)"),
        ("The dogs’ owner is one person", "The dogs’ owner is one person."),
        ("Write “rock ’n’ roll”.", "Write “rock ’n’ roll”."),
    ],
)
def test_single_marks_become_double(said: str, wanted: str) -> None:
    match = Match(0, 1, "RULE", "GRAMMAR", "grammar", said, ())
    assert message_of("", match, "x", ()) == wanted
