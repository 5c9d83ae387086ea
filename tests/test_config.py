"""The configuration file: what it may say, and that a mistake is told with its line and the nearest right word."""

from pathlib import Path

import pytest

from corrigenda.finding import Severity
from corrigenda.workspace.config import FILE, Config, ConfigError, find, load
from tests.command import Corrigenda

FULL = """\
enable = ["artefacts/calque"]
disable = ["names"]
exclude = ["drafts/**"]
check-folders = ["own"]
fail-on = "warning"
jobs = 2

[severity]
"cleanup/caption" = "error"

[engines]
grammar = "off"
"""


def written(folder: Path, text: str, name: str = "corrigenda.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_all_that_it_may_say(tmp_path: Path) -> None:
    config = load(written(tmp_path, FULL))
    assert config.enable == ("artefacts/calque",)
    assert config.check_folders == ((tmp_path / "own").resolve(),)
    assert (config.fail_on, config.jobs, config.exclude) == ("warning", 2, ("drafts/**",))
    assert config.settings().severity_of("cleanup/caption", Severity.SUGGESTION) is Severity.ERROR
    assert config.engines == {"grammar": "off"}


def test_in_pyproject(tmp_path: Path) -> None:
    text = '[project]\nname = "a"\n\n[tool.corrigenda]\nfail-on = "never"\n'
    assert load(written(tmp_path, text, "pyproject.toml")).fail_on == "never"


def test_the_nearest_file_counts_and_a_pyproject_without_the_table_does_not(tmp_path: Path) -> None:
    upper = written(tmp_path, FULL)
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    written(folder, '[project]\nname = "a"\n', "pyproject.toml")
    assert find(folder) == upper
    own = written(folder.parent, "")
    assert find(folder) == own


def test_no_file_means_defaults() -> None:
    assert load(None) == Config()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('fail_on = "error"', 1, "did you mean 'fail-on'"),
        ('\nexcludes = ["a"]', 2, "did you mean 'exclude'"),
        ('fail-on = "eror"', 1, "one of error, warning"),
        ('enable = "names"', 1, "list of strings"),
        ("jobs = -1", 1, "number of processes"),
        ("jobs = true", 1, "number of processes"),
        ('jobs = 1\n\n[severity]\n"names" = "grave"', 4, "one of error, warning, suggestion"),
        ('[engines]\ngramar = "off"', 2, "did you mean 'grammar'"),
        ('[engines]\ngrammar = "no"', 2, "auto, on, off"),
        ("enable = [", 1, "not valid TOML"),
        ("enable = []\nenable = []", 2, "not valid TOML"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert words in caught.value.message
    assert (caught.value.path, caught.value.line) == (path, line)


def test_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "corrigenda.toml"
    path.write_bytes("# Привіт\n".encode("windows-1251"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load(path)


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ({}, Severity.WARNING),
        ({"cleanup": Severity.ERROR}, Severity.ERROR),
        ({"cleanup": Severity.ERROR, "cleanup/caption": Severity.SUGGESTION}, Severity.SUGGESTION),
        ({"clean": Severity.ERROR}, Severity.WARNING),
    ],
)
def test_the_most_exact_name_decides_on_severity(severities: dict[str, Severity], expected: Severity) -> None:
    from corrigenda.settings import Settings

    assert Settings(severities=severities).severity_of("cleanup/caption", Severity.WARNING) is expected


FORMER = """\
languagetool-url = "http://127.0.0.1:8081/"

[engines]
languagetool = "{said}"
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[engines]\nlanguagetool = "off"\n', "off"),
        ('[engines]\nlanguagetool = "auto"\n', "auto"),
        ('[engines]\nlanguagetool = "on"\n', "languagetool"),
        ('languagetool-url = "http://127.0.0.1:8081/"\n', "http://127.0.0.1:8081"),
        (FORMER.format(said="on"), "http://127.0.0.1:8081"),
        (FORMER.format(said="off"), "off"),
    ],
)
def test_former_names_of_the_grammar_engine_are_understood_and_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / FILE
    path.write_text(text, encoding="utf-8")
    config = load(path)
    assert config.engines == {"grammar": said}
    (note,) = config.notes
    name = "languagetool-url" if "languagetool-url" in text else "languagetool"
    lines = text.splitlines()
    assert lines[int(note.split(":")[1]) - 1].startswith(name), "the note names the line of the former name"
    assert f'write grammar = "{said}"' in note


def test_a_former_setting_in_the_wrong_table_is_told_what_to_write(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text('[engines]\nlanguagetool-url = "http://127.0.0.1:8081"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r'write grammar = "http://127\.0\.0\.1:8081"'):
        load(path)


@pytest.mark.parametrize(
    "text",
    [
        'languagetool-url = "http://127.0.0.1:8081"\n[engines]\ngrammar = "lingotweaker"\n',
        '[engines]\ngrammar = "off"\nlanguagetool = "off"\n',
    ],
)
def test_a_former_name_beside_the_new_one_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / FILE
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="take it out"):
        load(path)


def test_the_note_is_printed_once(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('[engines]\nlanguagetool = "off"\n', encoding="utf-8")
    (tmp_path / "a.md").write_text("It is quiet in the port.\n", encoding="utf-8")
    outcome = corrigenda("check", "a.md")
    assert outcome.err.count('languagetool is now called grammar; write grammar = "off"') == 1
