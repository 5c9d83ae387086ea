"""Messages read as LanguageTool's server writes them."""

import pytest

from corrigenda.engines.grammar.lingotweaker.wording import written


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("The modal verb 'can' requires the verb's base form.", "The modal verb ‘can’ requires the verb’s base form."),
        ("Did you mean <suggestion>by 'then'</suggestion>?", "Did you mean “by 'then'”?"),
        ('Consider removing "of" to be more concise', "Consider removing “of” to be more concise"),
        ("'Cafe' is a foreign word.", "‘Cafe’ is a foreign word."),
        ("<suggestion>Google</suggestion> is a name ('proper noun').", "“Google” is a name (‘proper noun’)."),
        ("It is <suggestion>a</suggestion> or <suggestion>b</suggestion>...", "It is “a” or “b”…"),
        ("The word 'to\"s' is not English.", 'The word ‘to"s’ is not English.'),
        ("An unclosed <suggestion>tag\ufffc", "An unclosed <suggestion>tag"),
        ("", ""),
        ("e.g. 'a sentence'", "e.g.\N{NO-BREAK SPACE}‘a sentence’"),
    ],
)
def test_quotation_marks_are_typographic_outside_of_suggestions(said: str, expected: str) -> None:
    assert written(said) == expected
