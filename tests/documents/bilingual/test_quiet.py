"""What is said of one text is not said of a program's labels, and marks of several characters are found whole."""

import json
from pathlib import Path

from corrigenda.documents import registry
from corrigenda.documents.parts import Edit
from tests.conftest import Corrigenda
from tests.documents.bilingual.holding import read, said

HEAD = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n\n'
LABELS = (
    "English", "Messages", "Log in", "Time:", "Click here to select the objects across all pages", "Subscribe",
    "Read more", "Share this article", "browse for",
    "You have selected an action, and nothing was changed in the list.",
    "You have selected an action, and nothing was changed in the lists.", "Source code (Photo: none)",
    "One of the three boats", "One of the four boats",
)  # fmt: skip
QUIET = ("cleanup/outlier", "cleanup/said-twice", "cleanup/boilerplate", "cleanup/broken-off", "cleanup/caption")


def units(texts: tuple[str, ...]) -> str:
    return HEAD + "".join(f'msgid "m{n}"\nmsgstr "{text}"\n\n' for n, text in enumerate(texts))


def test_labels_are_no_article(corrigenda: Corrigenda, tmp_path: Path) -> None:
    data = units(LABELS)
    assert read(data, "a.po").is_catalogue
    (tmp_path / "a.po").write_text(data, "utf-8")
    (report,) = json.loads(corrigenda("check", "a.po", "--config", "none", "--format", "json").out)["documents"]
    assert not {finding["check"] for finding in report["findings"]} & set(QUIET)


def test_sentences_in_units_are_one() -> None:
    sentence = "The ferry to the northern islands leaves from the third pier at nine o'clock every day."
    assert not read(units((sentence, sentence, "A label")), "a.po").is_catalogue


def test_columns_that_are_set_with_spaces_are_read_one_by_one() -> None:
    data = units(("  terminate       Terminate the program\\n  list\\tList all boats",))
    assert [text for _, text in said(read(data, "a.po"))] == [
        "terminate", "Terminate the program", "list", "List all boats",
    ]  # fmt: skip


def test_an_escaped_quotation_mark_is_changed_whole() -> None:
    data = units(('He said \\"boats\\" twice.',))
    document = read(data, "a.po")
    (quotation,) = document.quotations
    opening, closing = document.marks_of(quotation)
    assert [document.text[slice(*mark)] for mark in (opening, closing)] == ['\\"', '\\"']
    edits = [registry.spelled(document, Edit(*opening, "“")), registry.spelled(document, Edit(*closing, "”"))]
    written = registry.written(data.encode(), document, edits).decode()
    assert 'msgstr "He said “boats” twice."' in written


def test_an_unread_language_of_a_file_is_said(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("en:\n  a: The ferry is late.\nde:\n  a: Die Fähre.\n", "utf-8")
    outcome = corrigenda("check", "a.yml", "--config", "none")
    assert "texts in de" in outcome.out


def test_in_folders_only_files_of_translators_are_taken(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(units(("The ferry is late.",)), "utf-8")
    (tmp_path / "compose.yml").write_text("a: The ferry is late.\n", "utf-8")
    outcome = corrigenda("check", ".", "--config", "none", "--format", "json")
    assert [document["path"] for document in json.loads(outcome.out)["documents"]] == ["a.po"]
