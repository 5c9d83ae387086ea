"""`fix` in Markdown: what a program reads stays as it is, and the copy around it is corrected."""

from pathlib import Path

import pytest

from tests.conftest import Corrigenda


def fixed(corrigenda: Corrigenda, folder: Path, text: str, name: str = "a.md") -> str:
    """Return a text as `fix` leaves it."""
    (folder / name).write_bytes(text.encode())
    corrigenda("fix", "--exit-zero", name, cwd=folder)
    return (folder / name).read_bytes().decode()


@pytest.mark.parametrize(
    "text",
    [
        "Quay\n: A wall , for ships\n",
        "The ferry\n; was late\n! very\n? who knows\n",
        "See [[Plan , 2024]] and [[Plan  B|the plan , too]].\n",
        "See [the plan , 2024] now , please.\n\n[the plan , 2024]: /plan\n",
        "The sum $a , b$ is known , and {{ a , b }} too.\n",
    ],
)
def test_only_copy_is_corrected(corrigenda: Corrigenda, tmp_path: Path, text: str) -> None:
    right = text.replace("wall ,", "wall,").replace("the plan , too", "the plan, too").replace("now ,", "now,")
    assert fixed(corrigenda, tmp_path, text) == right.replace("known ,", "known,")


def test_an_alert_is_corrected_and_a_quotation_is_not(corrigenda: Corrigenda, tmp_path: Path) -> None:
    text = "> [!TIP]\n> The quay was full , and it rained.\n\n> The mole was full , and it rained.\n"
    assert fixed(corrigenda, tmp_path, text) == text.replace("full ,", "full,", 1)


def test_a_key_is_left_to_a_person_who_is_told_why(corrigenda: Corrigenda, tmp_path: Path) -> None:
    text = "See [the the plan] now, or [[the the plan]].\n\n[the the plan]: /plan\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    outcome = corrigenda("check", "a.md", "--fail-on", "never", cwd=tmp_path)
    assert outcome.out.count("finds its target by these words") == 2
    corrigenda("fix", "--unsafe", "--exit-zero", "a.md", cwd=tmp_path)
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == text
