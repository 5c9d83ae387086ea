"""A second language is one folder: tests/languages/installed brings a small one, as an installed package would.

It announces itself by an entry point. A check in it is compiled with its forms and its word boundaries and finds its
examples on the command line, with nothing of it in corrigenda; checks for English do not run on its documents.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corrigenda import languages
from tests.conftest import Corrigenda, Outcome

INSTALLED = Path(__file__).parent / "installed"

CHECK = """\
id: desk/participation
summary: A calque of the Russian for taking part
why: Word for word from Russian; Ukrainian says "брати участь", and every style guide asks for it.
category: style/unidiomatic
severity: warning
detector: phrases
language: uk
message: "“{quote}”: скажіть «брати участь»."
find: ~прийняти участь
corrections: ["взяти участь"]
examples:
  wrong:
    - text: "Він ⟦прийняв участь⟧ у зборах. Див. далі."
      right: "Він взяти участь у зборах. Див. далі."
    - text: "Вони ⟦прийняли участь⟧."
      right: "Вони взяти участь."
    - text: "⟦Прийняти участь⟧ може кожен."
      right: "Взяти участь може кожен."
  fine:
    - "Він взяв участь у зборах."
    - "Вона неприйняла участь не те слово."
    - "Прийняв участьок, а не те."
"""
ENGLISH = """\
id: desk/term
summary: The house says otherwise
why: The house style names another word for this thing.
category: style/unidiomatic
severity: warning
detector: phrases
find: on the territory of
corrections: ["in"]
"""
FORMS = """\
id: desk/one-form
summary: One thing under two names
why: Editors of the desk keep to one of the two names in one text, whichever it is.
category: terminology/inconsistent-use
severity: suggestion
detector: consistency
language: uk
message: "“{quote}” тут, «{other}» там."
groups:
  - forms:
      - {label: міст, find: [міст]}
      - {label: перехід, find: [перехід]}
"""
EVERYWHERE = """\
id: desk/mark
summary: A mark that no text has
why: The mark is a placeholder of the translators, whatever the language of the text is.
category: design-and-markup/markup
severity: warning
detector: regex
language: any
find: '§§'
"""
TEXT = "Депутат прийняв участь у зборах (див. Рішення §§). Село on the territory of громади не прийняло участь.\n"


@pytest.fixture
def checked(corrigenda_process: Corrigenda, tmp_path: Path) -> Iterator[Corrigenda]:
    """The command line with the second language installed and four checks in three languages."""
    folder = tmp_path / "checks" / "desk"
    folder.mkdir(parents=True)
    for name, text in (("participation", CHECK), ("one-form", FORMS), ("term", ENGLISH), ("mark", EVERYWHERE)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    path = os.pathsep.join((str(INSTALLED), *(part for part in sys.path if part)))

    def call(*arguments: str) -> Outcome:
        return corrigenda_process(*arguments, env={"PYTHONPATH": path})

    yield call


def config(folder: Path, language: str) -> Path:
    """Write a configuration in which the desk's checks alone run."""
    path = folder / f"{language}.toml"
    path.write_text(
        f'language = "{language}"\nprofile = "minimal"\nenable = ["desk"]\ncheck-folders = ["checks"]\n',
        encoding="utf-8",
    )
    return path


def test_a_check_finds_its_words_in_a_text_of_its_language(checked: Corrigenda, tmp_path: Path) -> None:
    outcome = checked("check", "text.txt", "--config", str(config(tmp_path, "uk")), "--format", "json")
    assert outcome.code in (0, 1), outcome.err
    assert [(finding["check"], finding["quote"]) for finding in outcome.findings] == [
        ("desk/participation", "прийняв участь"),
        ("desk/mark", "§§"),
    ]
    assert outcome.findings[0]["message"] == "“прийняв участь”: скажіть «брати участь»."


def test_words_are_whole_words_in_every_detector(checked: Corrigenda, tmp_path: Path) -> None:
    text = "Міст довгий. Місто велике, містечко мале. На міст виходить перехід. Переходів багато.\n"
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    outcome = checked("check", "text.txt", "--config", str(config(tmp_path, "uk")), "--format", "json")
    (finding,) = outcome.findings
    assert (finding["quote"], finding["evidence"]["counts"]) == ("перехід", {"міст": 2, "перехід": 1})


def test_a_letter_with_a_mark_belongs_to_its_word(corrigenda: Corrigenda, tmp_path: Path) -> None:
    text = "The colour of the harbour and of the centre was grey. She wrote “dessin coloré”, then coloré again.\n"
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    options = ("--config", "none", "--disable", "all", "--enable", "consistency/dialect", "--format", "json")
    assert corrigenda("check", "text.txt", *options).findings == []


def test_a_check_of_another_language_finds_nothing_in_an_english_text(checked: Corrigenda, tmp_path: Path) -> None:
    outcome = checked("check", "text.txt", "--config", str(config(tmp_path, "en")), "--format", "json")
    assert [finding["check"] for finding in outcome.findings] == ["desk/mark", "desk/term"]


def test_the_examples_are_tried_in_the_language_of_the_check(checked: Corrigenda, tmp_path: Path) -> None:
    outcome = checked("test-checks", str(tmp_path / "checks"), "--config", "none")
    assert outcome.code == 0, outcome.out + outcome.err


def test_without_the_package_the_check_and_the_setting_are_refused(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "checks" / "desk").mkdir(parents=True)
    (tmp_path / "checks" / "desk" / "participation.yaml").write_text(CHECK, encoding="utf-8")
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    outcome = corrigenda("check", "text.txt", "--config", str(config(tmp_path, "en")))
    assert (
        outcome.code == 2 and "participation.yaml:7" in outcome.err and "no language has the code 'uk'" in outcome.err
    )
    outcome = corrigenda("check", "text.txt", "--config", str(config(tmp_path, "uk")))
    assert outcome.code == 2 and "uk.toml:1" in outcome.err


def test_the_folder_announces_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    for function in (languages.language, languages.any_language, languages._of):
        function.cache_clear()
    monkeypatch.syspath_prepend(str(INSTALLED))
    try:
        ukrainian = languages.language("uk-UA")
        assert (ukrainian.code, ukrainian.name, ukrainian.script) == ("uk", "Ukrainian", "Cyrillic")
        assert languages.codes() == ["en", "uk"] and "uk" in languages.tags()
        text = "Див. Рішення. Вул. ім. Шевченка. Далі."
        assert [text[start:end] for start, end in ukrainian.sentences(text)][-1] == "Далі."
    finally:
        for function in (languages.language, languages.any_language, languages._of):
            function.cache_clear()
