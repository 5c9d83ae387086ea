"""`fix` in Markdown: what a program reads stays as it is, and the copy around it is corrected."""

from pathlib import Path

import pytest

from corrigenda.documents.edits import widened
from corrigenda.documents.formats.markdown import parse
from corrigenda.documents.parts import Edit
from corrigenda.pipeline.seams import sewn
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
    (tmp_path / "b.md").write_text("See [what now ?] too.\n\n[what now ?]: /plan\n", encoding="utf-8")
    assert "space-before" not in corrigenda("check", "b.md", "--fail-on", "never", cwd=tmp_path).out
    corrigenda("fix", "--unsafe", "--exit-zero", "a.md", cwd=tmp_path)
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The quay was full , and late .\n\n1 . A list , they said.\n", "1 . A"),
        ("# What now ?\n\nSee [below](#what-now-) , please.\n", "now ?"),
        ("# What  now\n\nSee [below](#what--now) , please.\n", "What  now"),
        ("Ask @\u200bquay , please.\n", "@\u200bquay"),
        ("The quay , :\u200bship: too.\n", ":\u200bship:"),
        ("The quay , please.\n\n\u200b# No heading\n", "\u200b# No"),
        ("The quay , please.\n\u200b1. No list\n", "\u200b1."),
        ("The quay , *\u200b* said.\n", "*\u200b*"),
        ("The quay , <\u200bb> said.\n", "<\u200bb>"),
        ("The quay , [a\u200b](/quay) and [b]\u200b(/quay) said.\n", "[b]\u200b(/"),
        ("The quay , a\n\u200b---\n", "\u200b---"),
        ("The quay , [the plan , now] said.\n\n[the plan, now]: /plan\n", "plan ,"),
    ],
)
def test_what_would_change_the_structure_is_left_to_a_person(
    corrigenda: Corrigenda, tmp_path: Path, text: str, kept: str
) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    outcome = corrigenda("check", "a.md", "--fail-on", "never", "--format", "json", cwd=tmp_path)
    assert "would change how the file's markup is read" in outcome.out
    left = fixed(corrigenda, tmp_path, text)
    assert kept in left
    assert left != text, "the others are made"
    assert fixed(corrigenda, tmp_path, left) == left, "and a second time brings nothing"


def test_emphasis_beside_a_correction_is_no_hindrance(corrigenda: Corrigenda, tmp_path: Path) -> None:
    text = "- [ ] The **quay** , and `the mole` , were *full* .\n> The\u200by slept , all .\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert fixed(corrigenda, tmp_path, text).startswith("- [ ] The **quay**, and `the mole`, were *full*.\n")


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("One line.\n\nGone now.\n\nThe last.\n", "Gone now.", "One line.\n\nThe last.\n"),
        ("One line.\r\n\r\nGone now.\r\n\r\nLast.\r\n", "Gone now.", "One line.\r\n\r\nLast.\r\n"),
        ("Gone now.\n\nThe last.\n", "Gone now.", "The last.\n"),
        ("One line.\n\nGone now.", "Gone now.", "One line.\n\n"),
        ("- one\n- Gone now.\n- two\n", "Gone now.", "- one\n- two\n"),
        ("> one\n> Gone now.\n> two\n", "Gone now.", "> one\n> two\n"),
        ("One. Gone now. Two.\n", "Gone now.", "One. Two.\n"),
        ("One. Gone now.\nTwo.\n", "Gone now.", "One.\nTwo.\n"),
        ("One. Gone now.  \nTwo.\n", "Gone now.", "One.  \nTwo.\n"),
        ("Gone now. Two.\n", "Gone now.", "Two.\n"),
        ("| Gone now. | two |\n", "Gone now.", "| | two |\n"),
    ],
)
def test_a_deletion_leaves_no_blank_line_and_no_space_behind(text: str, words: str, left: str) -> None:
    start = text.index(words)
    edit = widened(text, Edit(start, start + len(words), ""))
    assert text[: edit.start] + edit.text + text[edit.end :] == left


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("It was the [the map](/map) again.\n", "It was [the map](/map) again.\n"),
        ("They took **the** the boat home.\n", "They took **the** boat home.\n"),
        ("The *old* old man left.\n", "The *old* man left.\n"),
        ("It was late of *of* it.\n", "It was late *of* it.\n"),
        ("He said **that the quay** the quay was.\n", "He said **that the quay** was.\n"),
        ("> [!NOTE]\n> It was the\n> the boat.\n", "> [!NOTE]\n> It was the\n> boat.\n"),
        ("- It was of\n  of the island.\n", "- It was of\n  the island.\n"),
        ("It was at the\nthe quay.\n", "It was at the quay.\n"),
    ],
)
def test_markup_between_words_that_are_replaced_stays(
    corrigenda: Corrigenda, tmp_path: Path, text: str, right: str
) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    corrigenda("fix", "--unsafe", "--exit-zero", "a.md", cwd=tmp_path)
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == right


def test_what_cannot_be_parted_from_its_markup_is_advice() -> None:
    text = "On **the territory** of the port, and M&amp;S.\n"
    document = parse(text, "a.md")
    assert sewn(document, 0, text.index(" the port"), "In") is None
    assert sewn(document, text.index("M"), text.index("."), "N&S") == "N&amp;S"
    assert sewn(document, text.index("port"), text.index(","), "quay") == "quay"


def test_a_ligature_or_an_entity_seen_as_code_is_replaced_whole() -> None:
    document = parse("The \ufb01rst **bank** of M&amp;amp;S, and &amp;#39;so on&amp;#39;.\n", "a.md")
    assert sewn(document, 4, 5, "fi") == "fi"
    start = document.text.index("&amp;#39;")
    assert sewn(document, start, start + len("&amp;#39;"), "'") == "'"
