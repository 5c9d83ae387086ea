"""Expressions as RE2 gets them: blocks of code points for the class of letters."""

import pytest

from corrigenda.expressions import compiled


@pytest.mark.parametrize(
    ("expression", "text", "found"),
    [
        (r"\pL+", "żółw, 狐", "żółw"),
        (r"[^\pL]+", "a—“b", "—“"),
        (r"[]\pL]+", "]é1", "]é"),
        (r"[\]\pL-]+", "]é-1", "]é-"),
        (r"[\pL\pN]+", "№5б", "№5б"),
        (r"\[\pL\]", "[б]", "[б]"),
        (r"(?:^|[^\pL\pN_])(?P<mark>б)", "«б", "«б"),
        (r"\pLx", "，x 。x éx", "éx"),
    ],
)
def test_letters_are_found_as_their_class_says(expression: str, text: str, found: str) -> None:
    match = compiled(expression).search(text)
    assert match is not None and match[0] == found


@pytest.mark.parametrize("mark", "“”«»„…—–·、。，！？（）「」—•→★\u00a0\u200b\u2060")
def test_marks_are_no_letters(mark: str) -> None:
    assert compiled(r"\pL").search(mark) is None


@pytest.mark.parametrize("letter", "aZéßłЖїאعहあア漢한ÿĀ")
def test_letters_of_many_scripts_are(letter: str) -> None:
    assert compiled(r"^\pL$").search(letter)
